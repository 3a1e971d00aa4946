"""Demo workbooks and the scripts that make them."""
