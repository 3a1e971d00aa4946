"""The cells of our own sheets as they are at one moment, to be compared with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter import is_visible
from kam_excel.workbook.marks import PREFIX, is_output

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The cells of one output sheet: `cells` from A1 on, and where its Excel table stands.

    Numbers have 15 significant digits, as in Excel's own cells. Rows and columns count from 1;
    the table reaches from `header_row` to `last_row`.
    """

    sheet: str
    is_hidden: bool
    cells: list[Row]
    header_row: int
    last_row: int
    first_column: int
    last_column: int

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


def take_snapshots(book: xw.Book) -> dict[str, Snapshot]:
    """The output sheets of `book` by table id, in the order of the sheets."""
    return {
        table.name.removeprefix(PREFIX): _take(sheet, table)
        for sheet in book.sheets
        if is_output(sheet)
        for table in sheet.tables
        if table.name.startswith(PREFIX)
    }


def _take(sheet: xw.Sheet, table: xw.main.Table) -> Snapshot:
    last = sheet.used_range.last_cell
    read = sheet.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value
    area = table.range
    return Snapshot(
        sheet.name,
        not is_visible(sheet),
        [[comparable(cell) for cell in row] for row in read],
        area.row,
        area.row + area.shape[0] - 1,
        area.column,
        area.column + area.shape[1] - 1,
    )


def comparable(cell: Any) -> Any:
    """A cell without what nobody sees: programs differ in the last binary digits that they save."""
    if isinstance(cell, float):
        return float(format(cell, ".15g"))
    return None if cell == "" else cell
