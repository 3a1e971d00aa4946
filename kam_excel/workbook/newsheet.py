"""New sheets stand behind all others."""

from __future__ import annotations

import xlwings as xw

from kam_excel.errors import Place, WorkbookError, problem


def new_sheet(book: xw.Book, name: str) -> xw.Sheet:
    """A new last sheet. Raises WorkbookError where the book has charts or macros alone."""
    if not len(book.sheets):
        raise WorkbookError(problem("WORKSHEET_MISSING", Place(file=book.name)))
    return book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
