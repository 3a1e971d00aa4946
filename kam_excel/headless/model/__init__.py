"""A workbook as our own objects, from its package."""
