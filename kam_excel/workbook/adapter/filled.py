"""The cells of a sheet that show something, with and without Excel."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlwings as xw

from kam_excel.headless.cells.sparse import SparseColumn, is_sparse
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW
from kam_excel.workbook.adapter.columns import read_columns
from kam_excel.workbook.adapter.sides import is_headless, is_mac

_AT_ONCE = 4_000_000  # cells that Excel is asked for together
_FORMULAS, _PART = -4123, 2  # XlFindLookIn, XlLookAt
_ROWS, _COLUMNS = 1, 2  # XlSearchOrder
_NEXT, _PREVIOUS = 1, 2  # XlSearchDirection
_NO_MATCH = -50  # what Excel for Mac says where nothing is found

Cell = tuple[int, int]
Filled = tuple[Sequence[int], Mapping[int, Sequence[Any]]]


def read_filled(sheet: xw.Sheet) -> Filled:
    """The rows of a sheet that show something, and one value of each of them by column.

    Both rise; cells without a value are None, values are those of `read_columns`. It takes time
    and memory for the cells that hold something, wherever others have but a format.
    """
    if is_headless(sheet.book):
        cells = sheet.impl.filled
        return cells.rows, cells.columns
    found = {
        column: (first, values)
        for column, first, values in _columns(sheet)
        if any(value is not None for value in values)
    }
    rows = sorted(set().union(*(_filled(*each) for each in found.values())))
    places = {row: place for place, row in enumerate(rows)}
    return rows, {column: _of_rows(places, *each) for column, each in found.items()}


def _filled(first: int, values: Sequence[Any]) -> dict[int, Any]:
    """The values that there are, by row."""
    return {row: value for row, value in enumerate(values, first) if value is not None}


def _of_rows(places: Mapping[int, int], first: int, values: Sequence[Any]) -> Sequence[Any]:
    """One value for each row that has a place, out of those of the rows from `first` on."""
    held = {places[row]: value for row, value in _filled(first, values).items()}
    column = SparseColumn(held, len(places))
    return column if is_sparse(len(held), len(places)) else list(column)


def _columns(sheet: xw.Sheet) -> Iterator[tuple[int, int, Sequence[Any]]]:
    """Columns of a live sheet with the first of their rows and the values from there on.

    All of them at once, or one by one where they lie far apart.
    """
    corner, used = sheet.range((MAX_ROW, MAX_COLUMN)), sheet.used_range
    lowest = _find(sheet.cells, sheet.range("A1"), _ROWS, _PREVIOUS)
    rightmost = _find(sheet.cells, sheet.range("A1"), _COLUMNS, _PREVIOUS)
    if lowest is None or rightmost is None:
        return
    last = lowest[0], rightmost[1]
    if (last[0] - used.row + 1) * (last[1] - used.column + 1) <= _AT_ONCE:
        values = _values(sheet, (used.row, used.column), last)
        yield from ((column, used.row, own) for column, own in enumerate(values, used.column))
        return
    found = _find(sheet.cells, corner, _COLUMNS, _NEXT)
    while found is not None:
        top, column = found
        cells = sheet.range((1, column), (MAX_ROW, column))
        bottom = _find(cells, cells[0, 0], _ROWS, _PREVIOUS) or found
        yield column, top, _values(sheet, found, bottom)[0]
        following = _find(sheet.cells, cells[MAX_ROW - 1, 0], _COLUMNS, _NEXT)
        found = following if following and following[1] > column else None


def _values(sheet: xw.Sheet, first: Cell, last: Cell) -> list[list[Any]]:
    """What the cells of an area show, column by column; an empty text is nothing."""
    columns = read_columns(sheet.range(first, last))
    return [[None if value == "" else value for value in column] for column in columns]


def _find(cells: xw.Range, after: xw.Range, order: int, direction: int) -> Cell | None:
    """The next or the previous cell of a live sheet that holds something, hidden ones too."""
    if is_mac():
        return _find_on_mac(cells, after, order, direction)
    found = cells.api.Find(
        What="*",
        After=after.api,
        LookIn=_FORMULAS,
        LookAt=_PART,
        SearchOrder=order,
        SearchDirection=direction,
        MatchCase=False,
        MatchByte=False,
    )
    return None if found is None else (found.Row, found.Column)


def _find_on_mac(cells: xw.Range, after: xw.Range, order: int, direction: int) -> Cell | None:
    appscript = importlib.import_module("appscript")
    keywords = appscript.k
    try:
        found = cells.api.find(
            what="*",
            after_=after.api,
            look_in=keywords.formulas,
            look_at=keywords.part,
            search_order=keywords.by_rows if order == _ROWS else keywords.by_columns,
            search_direction=(
                keywords.search_next if direction == _NEXT else keywords.search_previous
            ),
            match_case=False,
            match_byte=False,
        )
    except appscript.reference.CommandError as error:
        if error.errornumber == _NO_MATCH:
            return None
        raise
    if found is None or found == keywords.missing_value:
        return None
    cell = cells.sheet.range(found.get_address())
    return cell.row, cell.column
