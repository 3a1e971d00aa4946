"""What applies to cells of a sheet: conditional formats, data validation, sparklines."""
