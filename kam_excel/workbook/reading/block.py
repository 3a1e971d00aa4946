"""The cells of a region as they are: columns by id, and which rows hold no data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_excel.workbook.finding.location import Region
from kam_excel.workbook.sheetcells import SheetCells


@dataclass(frozen=True, slots=True)
class Block:
    """What a region shows, row by row, blank rows left out.

    rows: the rows of the sheet. columns: cells by column id; months: by sheet column; others:
    those of columns that belong to no column of the table, by sheet column.
    """

    rows: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    months: Mapping[int, Sequence[Any]]
    others: Mapping[int, Sequence[Any]]
    blank: int

    def every(self) -> list[Sequence[Any]]:
        """All cells, column by column."""
        return [*self.columns.values(), *self.months.values(), *self.others.values()]


def block_of(cells: SheetCells, region: Region) -> Block:
    """The cells below the header of `region`. A row is blank where the table's own columns are."""
    first = bisect_right(cells.rows, region.header_row)
    last = bisect_right(cells.rows, region.last_row)
    rows = cells.rows[first:last]
    nothing: Sequence[Any] = [None] * len(rows)

    def column(position: int) -> Sequence[Any]:
        whole = cells.columns.get(position)
        return nothing if whole is None else whole[first:last]

    own = {name: column(position) for name, position in region.columns.items()}
    months = {month.column: column(month.column) for month in region.months}
    mine = {*region.columns.values(), *months}
    left, right = min(mine), max(mine)
    others = {c: column(c) for c in cells.columns if left <= c <= right and c not in mine}
    filled = _filled_rows([*own.values(), *months.values()], len(rows))
    last_data = rows[filled[-1]] if filled else region.header_row
    blank = last_data - region.header_row - len(filled)
    if len(filled) == len(rows):
        return Block(rows, own, months, others, blank)
    return Block(
        [rows[i] for i in filled],
        {name: [each[i] for i in filled] for name, each in own.items()},
        {position: [each[i] for i in filled] for position, each in months.items()},
        {position: [each[i] for i in filled] for position, each in others.items()},
        blank,
    )


def _filled_rows(columns: Sequence[Sequence[Any]], count: int) -> list[int]:
    """Positions of the rows in which one of the columns shows something."""
    for each in columns:
        if None not in each:
            return list(range(count))
    return [i for i in range(count) if any(each[i] is not None for each in columns)]
