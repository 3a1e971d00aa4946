"""What a sheet does not let anybody change."""

from __future__ import annotations

import xlwings as xw

from kam_excel.workbook.adapter.sides import is_headless, is_mac


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether a sheet is protected against changes of its cells."""
    if is_headless(sheet.book):
        return bool(sheet.impl.is_protected)
    if is_mac():
        return bool(sheet.api.protect_contents.get())
    return bool(sheet.api.ProtectContents)
