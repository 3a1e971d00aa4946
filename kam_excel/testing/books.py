"""Workbooks from small tables, as a company could have typed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.table import Table
from kam_excel.domain.exact_values import is_missing
from kam_excel.testing.rows import Rows, frame_of
from kam_excel.workbook.cellvalues import BOOLEANS

Cells = Sequence[Sequence[Any]]
Sheets = Mapping[str | type[Table], Cells | Rows]
"""Sheets by name, with their cells as they are; or by declared table, with rows of it."""

DAY = "yyyy-mm-dd"
FORMATS = {Kind.DATE: DAY, Kind.KEY: "@", Kind.MONEY: "#,##0.00", Kind.PERCENT: "0.00%"}
AS_GIVEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(path: Path, sheets: Sheets, language: Language = "en") -> Path:
    """Write `sheets` to an .xlsx file. Texts stay texts, dates become date cells.

    The sheet of a declared table is called as the table is, and headed by the headers of the
    columns that its rows name, in `language`. Raises ValueError for rows that the table cannot
    have, and for an amount with more digits than a cell holds.
    """
    book = xlsxwriter.Workbook(path, AS_GIVEN)
    formats: dict[str, Any] = {"": None}
    shown: Sequence[str]
    for name, rows in sheets.items():
        if isinstance(name, str):
            title, cells, shown = name, cast(Cells, rows), ()
        else:
            title = name.title(language)
            cells, shown = _declared(name, cast(Rows, rows), language)
        sheet = book.add_worksheet(title)
        for i, row in enumerate(cells):
            for j, cell in enumerate(row):
                format_ = shown[j] if i and shown else DAY if isinstance(cell, date) else ""
                if format_ not in formats:
                    formats[format_] = book.add_format({"num_format": format_})
                sheet.write(i, j, cell, formats[format_])
    book.close()
    return path


def _declared(table: type[Table], rows: Rows, language: Language) -> tuple[Cells, Sequence[str]]:
    """The header and the rows of a declared table, and the number format of each column."""
    frame = frame_of(table, rows)
    columns = [table.columns[name] for name in frame.columns]
    values = [[_cell(column, each, language) for each in frame[column.id]] for column in columns]
    header = [column.header(language) for column in columns]
    return [header, *zip(*values, strict=True)], [FORMATS.get(c.kind, "") for c in columns]


def _cell(column: Column, value: Any, language: Language) -> Any:
    """A value as a user types it."""
    if is_missing(value) or value is None or value != value:
        return None
    if column.kind is Kind.BOOLEAN:
        return BOOLEANS[language][bool(value)]
    if column.kind is Kind.CHOICE:
        return column.shown(value, language)
    if isinstance(value, Decimal):
        return _number(column, value)
    return value


def _number(column: Column, value: Decimal) -> float:
    number = float(value)
    if Decimal(format(number, ".15g")) != value:
        raise ValueError(f"{column.id}: a cell holds 15 digits, {value} has more")
    return number
