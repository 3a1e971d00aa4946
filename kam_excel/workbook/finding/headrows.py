"""Rows that may be the header of a table: of one row or two, of a whole sheet or a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam_excel.workbook.finding.headers import HeaderCell, header_cell
from kam_excel.workbook.finding.pages import Listed, Page


@dataclass(frozen=True)
class HeadRow:
    """Cells that may be the header of a table: rows and columns of a sheet count from 1.

    `listed` is the area that the workbook itself calls a table, if the header is of one.
    `is_part` says that other columns of these rows may be the header of another table.
    """

    page: Page
    rows: tuple[int, ...]
    cells: Mapping[int, HeaderCell]
    listed: Listed | None = None
    is_part: bool = False

    @property
    def row(self) -> int:
        """The last row of the header, above the data."""
        return self.rows[-1]

    def overlaps(self, other: HeadRow) -> bool:
        """Whether both use one of the cells."""
        return (
            self.page is other.page
            and not set(self.rows).isdisjoint(other.rows)
            and not self.cells.keys().isdisjoint(other.cells)
        )


def head_rows(page: Page) -> Iterator[HeadRow]:
    """All rows of a sheet that may be headers."""
    for listed in page.listed:
        values = _of_listed(page, listed)
        if values:
            yield HeadRow(page, (listed.header_row,), _single(values), listed)
    for row in page.header_rows():
        yield from _free(page, row)
        yield from _free(page, row, row + 1)


def head_rows_at(page: Page, row: int) -> Iterator[HeadRow]:
    """The headers that end in a row of the sheet."""
    for listed in page.listed:
        values = _of_listed(page, listed)
        if values and listed.header_row == row:
            yield HeadRow(page, (row,), _single(values), listed)
    yield from _free(page, row)
    yield from _free(page, row - 1, row)


def _of_listed(page: Page, listed: Listed) -> dict[int, Any]:
    columns = range(listed.left, listed.right + 1)
    return {c: v for c, v in page.row(listed.header_row).items() if c in columns}


def _free(page: Page, *rows: int) -> Iterator[HeadRow]:
    """A header of one row or two outside of what is listed, as a whole and in parts."""
    values = [_unlisted(page, row) for row in rows]
    if all(values):
        cells = _single(values[0]) if len(rows) == 1 else _double(*values)
        yield from _in_parts(HeadRow(page, rows, cells))


def _unlisted(page: Page, row: int) -> dict[int, Any]:
    taken = [
        range(listed.left, listed.right + 1)
        for listed in page.listed
        if listed.header_row <= row <= listed.last_row and not listed.is_name
    ]
    return {c: v for c, v in page.row(row).items() if not any(c in columns for columns in taken)}


def _single(values: Mapping[int, Any]) -> dict[int, HeaderCell]:
    return {column: header_cell(value) for column, value in values.items()}


def _double(above: Mapping[int, Any], below: Mapping[int, Any]) -> dict[int, HeaderCell]:
    """A header of two rows: one above stands for its neighbours to the right that have none."""
    cells: dict[int, HeaderCell] = {}
    upper: Any = None
    for column in sorted(above.keys() | below.keys()):
        upper = above.get(column, upper)
        if column in below:
            cells[column] = header_cell(below[column], upper)
        else:  # merged over both rows
            cells[column] = header_cell(None, upper)
    return cells


def _in_parts(whole: HeadRow) -> Iterator[HeadRow]:
    yield whole
    runs = _runs(sorted(whole.cells))
    for run in runs if len(runs) > 1 else ():
        cells = {column: whole.cells[column] for column in run}
        if len(cells) > 1:
            yield HeadRow(whole.page, whole.rows, cells, is_part=True)


def _runs(columns: Sequence[int]) -> list[list[int]]:
    """Columns in groups of neighbours."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs
