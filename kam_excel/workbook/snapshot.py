"""The cells of our own sheets as they are at one moment, to be compared with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter import is_visible
from kam_excel.workbook.marks import PREFIX, is_output

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The cells of one output sheet: `cells` from A1 on, and where its Excel table stands.

    Numbers have 15 significant digits, as in Excel's own cells, unless it was taken exactly. Rows
    and columns count from 1; the table reaches from `header_row` to `last_row`. `formulas` are
    those in the columns of the table below its headers, by row and column.
    """

    sheet: str
    is_hidden: bool
    cells: list[Row]
    header_row: int
    last_row: int
    first_column: int
    last_column: int
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def headers(self) -> list[str]:
        """The headers of the table, from the left."""
        return [str(cell or "") for cell in self.row(self.header_row)]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows of the table that are not blank, with their numbers."""
        for number in range(self.header_row + 1, self.last_row + 1):
            row = self.row(number)
            if any(value is not None for value in row):
                yield number, row

    def outside(self) -> dict[tuple[int, int], Any]:
        """The values that are not in the body of the table, by row and column."""
        return {
            (r, c): value
            for r, row in enumerate(self.cells, start=1)
            for c, value in enumerate(row, start=1)
            if value is not None and not self.has_in_body(r, c)
        }

    def has_in_body(self, row: int, column: int) -> bool:
        """True for cells of the table below its headers."""
        rows, columns = (self.header_row, self.last_row), (self.first_column, self.last_column)
        return rows[0] < row <= rows[1] and columns[0] <= column <= columns[1]

    def row(self, number: int) -> Row:
        """The cells of the table in one row of the sheet."""
        row = self.cells[number - 1] if number <= len(self.cells) else []
        cells = row[self.first_column - 1 : self.last_column]
        return cells + [None] * (self.last_column - self.first_column + 1 - len(cells))


def take_snapshots(book: xw.Book, *, exact: bool = False) -> dict[str, Snapshot]:
    """The output sheets of `book` by table id, in the order of the sheets.

    To be written again they are taken exactly: with every digit, and with formulas.
    """
    return {
        table.name.removeprefix(PREFIX): take_snapshot(sheet, table, exact=exact)
        for sheet in book.sheets
        if is_output(sheet)
        for table in sheet.tables
        if table.name.startswith(PREFIX)
    }


def take_snapshot(sheet: xw.Sheet, table: xw.main.Table, *, exact: bool = False) -> Snapshot:
    """An output sheet and its Excel table."""
    last = sheet.used_range.last_cell
    read = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    area, seen = table.range, _shown if exact else _comparable
    top, right = area.row + 1, area.column + area.shape[1] - 1
    below = sheet.range((top, area.column), (max(last.row, top), right))
    return Snapshot(
        sheet.name,
        not is_visible(sheet),
        [[seen(cell) for cell in row] for row in read],
        area.row,
        area.row + area.shape[0] - 1,
        area.column,
        right,
        _formulas(below) if exact else {},
    )


def _formulas(cells: xw.Range) -> dict[tuple[int, int], str]:
    """The formulas among some cells by row and column; a text that looks like one is none."""
    given = cells.formula
    rows = [[given]] if cells.shape == (1, 1) else given
    values = cells.options(ndim=2, err_to_str=True).value
    return {
        (cells.row + r, cells.column + c): formula
        for r, row in enumerate(rows)
        for c, formula in enumerate(row)
        if isinstance(formula, str) and formula.startswith("=") and formula != values[r][c]
    }


def _shown(cell: Any) -> Any:
    return None if cell == "" else cell


def _comparable(cell: Any) -> Any:
    """A cell without what nobody sees: programs differ in the last binary digits that they save."""
    return float(format(cell, ".15g")) if isinstance(cell, float) else _shown(cell)
