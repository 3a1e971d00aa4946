"""The cells of a sheet: addresses, values, their XML, and what was written since."""
