"""What a book or a sheet does not let anybody change."""

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


def is_structure_locked(book: xw.Book) -> bool:
    """Whether sheets of the book can be neither added nor deleted, shown, hidden or renamed."""
    if is_headless(book):
        return bool(book.impl.model.xml.is_locked)
    if is_mac():
        return bool(book.api.protect_structure.get())
    return bool(book.api.ProtectStructure)
