"""The trial of an engine that loses nothing: edit a workbook, then look at every part of it."""
