"""The workbook part, and what belongs to a sheet: tables, hyperlinks, panes, pages."""
