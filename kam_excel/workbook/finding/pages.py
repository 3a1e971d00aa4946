"""The sheets that may hold input, as the search for tables sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter import is_visible, named_areas
from kam_excel.workbook.marks import is_output
from kam_excel.workbook.sheetcells import SheetCells, read_sheet

HEADER_ROWS = 20  # a header stands within the first rows that show something
AFTER_GAP = 3  # or this near below an empty row: a table may stand below another one
TITLE_ROWS, TITLE_CELLS = 10, 3  # a title stands above a header, in rows with few cells


@dataclass(frozen=True, slots=True)
class Listed:
    """An area that the workbook itself calls a table: an Excel table, or a defined name.

    `last_row` is that of its data, `end` that of all of it, a totals row too. A name (`is_name`)
    may cover less than what was added since: it tells the header alone.
    """

    name: str
    header_row: int
    left: int
    right: int
    last_row: int
    is_name: bool = False
    end: int = 0


@dataclass(frozen=True)
class Page:
    """A sheet: what its cells show, and the areas in it that the workbook calls tables."""

    cells: SheetCells
    listed: Sequence[Listed] = ()
    file: str = ""
    positions: Mapping[int, int] = field(init=False)
    _seen: dict[int, Mapping[int, Any]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        places = {row: position for position, row in enumerate(self.cells.rows)}
        object.__setattr__(self, "positions", places)

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.cells.sheet

    @cached_property
    def last_row(self) -> int:
        """The last row that shows something."""
        return self.cells.rows[-1]

    @cached_property
    def has_figures(self) -> bool:
        """Whether it shows numbers."""
        return any(isinstance(cell, float) for each in self.cells.columns.values() for cell in each)

    def row(self, row: int) -> Mapping[int, Any]:
        """The values of a sheet row by column, without empty ones."""
        if row not in self.positions:
            return {}
        if row not in self._seen:
            at = self.positions[row]
            values = ((column, cells[at]) for column, cells in self.cells.columns.items())
            self._seen[row] = {column: value for column, value in values if value is not None}
        return self._seen[row]

    def header_rows(self) -> Iterator[int]:
        """The rows where headers may stand: the first ones, and those below a gap."""
        below_gap = 0
        for position, row in enumerate(self.cells.rows):
            if position and row - self.cells.rows[position - 1] > 1:
                below_gap = AFTER_GAP
            if position < HEADER_ROWS or below_gap:
                yield row
            below_gap = max(below_gap - 1, 0)

    def titles(self, header_row: int) -> list[str]:
        """The texts above a header, the nearest row first, as far as rows look like titles."""
        texts: list[str] = []
        above = list(self.cells.rows[: self.positions[header_row]])[-TITLE_ROWS:]
        for row in reversed(above):
            if not self._is_title(row):
                break
            texts += [cell for cell in self.row(row).values() if isinstance(cell, str)]
        return texts

    def _is_title(self, row: int) -> bool:
        """Whether a row has few cells, and texts alone unless it has but one."""
        cells = self.row(row).values()
        is_text = all(isinstance(cell, str) for cell in cells)
        return len(cells) == 1 or (len(cells) <= TITLE_CELLS and is_text)

    def goes_on(self, row: int) -> bool:
        """Whether the rows above a header are those of its table, with no title between."""
        position = self.positions[row]
        return position > 0 and not self._is_title(self.cells.rows[position - 1])

    def end_of(self, header_row: int, next_header: int | None) -> int:
        """The last row of the table below a header: before the gap above the next header."""
        if next_header is None:
            return self.last_row
        rows = self.cells.rows[self.positions[header_row] : self.positions[next_header] + 1]
        gaps = [upper for upper, lower in pairwise(rows) if lower - upper > 1]
        return max(gaps[-1], header_row) if gaps else next_header - 1


def read_pages(book: xw.Book) -> list[Page]:
    """The sheets that may hold input: visible, not empty, not written by us."""
    named: dict[str, list[Listed]] = {}
    for name, (sheet, row1, col1, row2, col2) in named_areas(book).items():
        named.setdefault(sheet, []).append(Listed(name, row1, col1, col2, row2, is_name=True))
    pages = []
    for sheet in book.sheets:
        if not is_visible(sheet) or is_output(sheet):
            continue
        cells = read_sheet(sheet)
        if cells.rows:
            listed = [*_excel_tables(sheet), *named.get(sheet.name, ())]
            pages.append(Page(cells, listed, book.name))
    return pages


def _excel_tables(sheet: xw.Sheet) -> Iterator[Listed]:
    """The Excel tables that have a header row; their totals row is none of their body."""
    for table in sheet.tables:
        header, body = table.header_row_range, table.data_body_range
        if header is not None:
            last_row = header.row if body is None else body.row + body.shape[0] - 1
            right = header.column + header.shape[1] - 1
            end = table.range.row + table.range.shape[0] - 1
            yield Listed(table.name, header.row, header.column, right, last_row, end=end)
