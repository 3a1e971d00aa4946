"""Where a sheet begins new pages when it is printed."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import xlwings as xw

from kam_excel.errors import ExcelError, Place, problem
from kam_excel.workbook.adapter.sides import is_headless, is_mac


def break_pages(sheet: xw.Sheet, rows: Sequence[int]) -> None:
    """Begin a page with each of `rows`, which are below the first, and with no other.

    Breaks between columns, which a page of one page's width ignores, go in Excel as well.
    Raises ValueError for more than MOST_BREAKS, ExcelError where Excel refuses.
    """
    if is_headless(sheet.book):
        sheet.page_setup.impl.break_before(rows)
        return
    begin = _break_on_mac if is_mac() else _break_on_windows
    try:
        begin(sheet, rows)
    except Exception as error:  # com_error or CommandError: without a printer Excel refuses
        place = Place(file=sheet.book.name, sheet=sheet.name)
        raise ExcelError(problem("PAGE_SETUP_REFUSED", place, reason=str(error))) from error


def _break_on_windows(sheet: xw.Sheet, rows: Sequence[int]) -> None:
    sheet.api.ResetAllPageBreaks()
    for row in rows:
        sheet.api.HPageBreaks.Add(sheet.range(f"{row}:{row}").api)


def _break_on_mac(sheet: xw.Sheet, rows: Sequence[int]) -> None:
    """The same by the names of Excel's AppleScript dictionary."""
    manual = importlib.import_module("appscript").k.page_break_manual
    sheet.api.reset_all_page_breaks()
    for row in rows:
        sheet.range(f"{row}:{row}").api.page_break.set(manual)
