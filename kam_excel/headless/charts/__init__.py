"""Charts of a sheet: what they show, how they are drawn, where they stand."""
