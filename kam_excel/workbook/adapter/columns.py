"""Reading and writing cells column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter.sides import is_headless


def read_columns(cells: xw.Range) -> list[list[Any]]:
    """The values of a range, column by column; errors are their texts, empty cells None."""
    if is_headless(cells.sheet.book):
        columns: list[list[Any]] = cells.impl.column_values
        return columns
    rows = cells.options(ndim=2, err_to_str=True).value
    return [list(column) for column in zip(*rows, strict=True)]


def write_columns(cells: xw.Range, columns: Sequence[Sequence[Any]], texts: Sequence[bool]) -> None:
    """Write values column by column; what stands in `texts` columns is never typed, but text.

    Without that a name like =1+1 would become a formula, and 1/5 a date.
    """
    if is_headless(cells.sheet.book):
        cells.impl.write_columns(columns, texts)
        return
    typed = [
        [f"'{cell}" if isinstance(cell, str) else cell for cell in column] if is_text else column
        for column, is_text in zip(columns, texts, strict=True)
    ]
    cells.value = [list(row) for row in zip(*typed, strict=True)]
