"""New sheets stand behind all others."""

from __future__ import annotations

import xlwings as xw

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.workbook.adapter import is_structure_locked


def new_sheet(book: xw.Book, name: str) -> xw.Sheet:
    """A new last sheet. Raises WorkbookError where the book has charts or macros alone, or takes
    no more sheets.
    """
    if not len(book.sheets):
        raise WorkbookError(problem("WORKSHEET_MISSING", Place(file=book.name)))
    if is_structure_locked(book):
        raise WorkbookError(problem("STRUCTURE_LOCKED", Place(file=book.name)))
    return book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
