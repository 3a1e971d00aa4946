"""Which sheet is in front."""

from __future__ import annotations

import xlwings as xw

from kam_excel.workbook.adapter.sides import is_headless


def bring_to_front(sheet: xw.Sheet) -> None:
    """Make `sheet` the active one of its book; xlwings would ask the active engine for its app."""
    if is_headless(sheet.book):
        sheet.impl.activate()
    else:
        sheet.activate()
