"""Workbooks from small tables, as a person in a company would have made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

HEADER = ("日期", "客户编码", "金额")
DAYS = (date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3))
ROWS = tuple((day, f"C{n}", 100 * n) for n, day in enumerate(DAYS, 1))  # 600 together

Rows = Sequence[Sequence[Any]]


@contextmanager
def book(path: Path, **options: Any) -> Iterator[xlsxwriter.Workbook]:
    """A workbook to be filled; texts that begin with = stay texts."""
    made = xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options})
    yield made
    made.close()


def fill(
    made: xlsxwriter.Workbook, name: str, rows: Rows, first: int = 1, column: int = 0
) -> xlsxwriter.worksheet.Worksheet:
    """A sheet with rows from row `first` on; dates become date cells, a dict a formula."""
    sheet = made.get_worksheet_by_name(name) or made.add_worksheet(name)
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for i, row in enumerate(rows, first - 1):
        for j, cell in enumerate(row, column):
            if isinstance(cell, date):
                sheet.write_datetime(i, j, cell, day)
            elif isinstance(cell, dict):
                sheet.write_formula(i, j, cell["f"], None, cell["v"])
            else:
                sheet.write(i, j, cell)
    return sheet


def write(path: Path, sheets: Mapping[str, Rows], **options: Any) -> None:
    """A workbook of sheets by name."""
    with book(path, **options) as made:
        for name, rows in sheets.items():
            fill(made, name, rows)


def sales(path: Path, *more: Sequence[Any], header: Sequence[str] = HEADER) -> None:
    """The good sales with further rows below."""
    write(path, {"销售明细": [header, *ROWS, *more]})
