"""What xlwings' desktop engines lack, with a live and a headless side."""

from kam_excel.headless.parts.breaks import MOST_BREAKS
from kam_excel.headless.parts.pages import Margins
from kam_excel.headless.references.addressing import MAX_ROW
from kam_excel.workbook.adapter.books import named_areas, uses_1904
from kam_excel.workbook.adapter.breaks import break_pages
from kam_excel.workbook.adapter.columns import read_columns, write_columns
from kam_excel.workbook.adapter.filled import read_filled
from kam_excel.workbook.adapter.front import bring_to_front
from kam_excel.workbook.adapter.looks import (
    Box,
    formats_in_use,
    hidden_rows,
    indent,
    merged_areas,
    number_formats,
)
from kam_excel.workbook.adapter.pages import freeze_rows, set_up_page
from kam_excel.workbook.adapter.protection import is_protected, is_structure_locked
from kam_excel.workbook.adapter.sides import is_headless
from kam_excel.workbook.adapter.sparklines import add_sparklines, clear_sparklines
from kam_excel.workbook.adapter.visibility import is_visible

__all__ = [
    "MAX_ROW",
    "MOST_BREAKS",
    "Box",
    "Margins",
    "add_sparklines",
    "break_pages",
    "bring_to_front",
    "clear_sparklines",
    "formats_in_use",
    "freeze_rows",
    "hidden_rows",
    "indent",
    "is_headless",
    "is_protected",
    "is_structure_locked",
    "is_visible",
    "merged_areas",
    "named_areas",
    "number_formats",
    "read_columns",
    "read_filled",
    "set_up_page",
    "uses_1904",
    "write_columns",
]
