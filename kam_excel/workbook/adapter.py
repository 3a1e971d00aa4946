"""What xlwings' desktop engines lack, with a live and a headless side."""

from __future__ import annotations

import xlwings as xw


def is_headless(book: xw.Book) -> bool:
    """True where the book is edited without Excel."""
    return bool(book.app.engine.name == "headless")


def freeze_rows(sheet: xw.Sheet, rows: int) -> None:
    """Keep the first `rows` rows in sight."""
    if is_headless(sheet.book):
        sheet.freeze_panes.freeze_at(f"1:{rows}")
        return
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.SplitColumn, window.SplitRow = 0, rows
    window.FreezePanes = True
