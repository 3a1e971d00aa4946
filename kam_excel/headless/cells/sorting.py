"""Rows of an area in another order: sorted, or without those that say the same again.

Cells move with their formats and hyperlinks; formulas follow as if they were copied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.copying import carried
from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.looks import always
from kam_excel.headless.cells.richtext import RichRuns
from kam_excel.headless.cells.values import (
    CellError,
    Content,
    Value,
    computed,
    to_serial,
)
from kam_excel.headless.cells.visibility import is_row_hidden
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles
from kam_excel.headless.xml.tree import local_name

Moves = dict[int, int]
_SortKey = tuple[int, float | str]


def sorted_rows(grid: Grid, area: Area, keys: Sequence[int], ascending: Sequence[bool]) -> Moves:
    """Where each row of an area goes when it is sorted by columns of it, counted from 1.

    Numbers come before texts, texts before truth values, and these before errors; empty cells
    come last both ways. Upper and lower case are the same. Hidden rows stay where they are.
    """
    rows = [row for row in area.rows if not is_row_hidden(grid, row)]
    order = rows
    for key, upwards in reversed(list(zip(keys, ascending, strict=True))):
        column = area.col1 + key - 1
        values = _column(grid, area, column)
        filled = [row for row in order if values[row] is not None]
        empty = [row for row in order if values[row] is None]
        ranked = {row: _rank(values[row], grid.date1904) for row in filled}
        order = sorted(filled, key=ranked.__getitem__, reverse=not upwards) + empty
    return {old: new for old, new in zip(order, rows, strict=True) if old != new}


def _column(grid: Grid, area: Area, column: int) -> dict[int, Value]:
    """What a column shows, by row; raises WorkbookError for a formula without a value."""
    shown = grid.values(Area(area.row1, column, area.row2, column))
    return {
        row: computed(value, row, column) for row, (value,) in zip(area.rows, shown, strict=True)
    }


def _rank(value: Value, date1904: bool) -> _SortKey:
    if isinstance(value, bool):
        return 2, float(value)
    if isinstance(value, CellError):
        return 3, 0.0
    if isinstance(value, str):
        return 1, value.casefold()
    if isinstance(value, dt.datetime):
        return 0, to_serial(value, date1904)
    return 0, float(value or 0)


def distinct_rows(
    grid: Grid, styles: Styles, area: Area, columns: Sequence[int]
) -> tuple[Moves, list[int]]:
    """Where the rows go that are the first to show something, and which rows get empty at the end.

    Rows are compared by what cells show in some columns, counted from 1; case doesn't count.
    """
    seen, kept = set(), []
    compared = {area.col1 + each - 1: _column(grid, area, area.col1 + each - 1) for each in columns}
    for row in area.rows:
        said = tuple(
            _said(values[row], styles.number_format(grid.style(row, column)))
            for column, values in compared.items()
        )
        if said not in seen:
            seen.add(said)
            kept.append(row)
    moves = {old: new for old, new in zip(kept, area.rows, strict=False) if old != new}
    return moves, list(area.rows)[len(kept) :]


def _said(value: Value, number_format: str) -> tuple[bool, str]:
    return isinstance(value, str), shown(value, number_format).casefold()


def move_rows(grid: Grid, area: Area, moves: Moves, emptied: Sequence[int] = ()) -> None:
    """Move cells of an area from row to row; the rows `emptied`, one below the other, are cleared.

    Raises WorkbookError where merged cells or part of an array formula would have to move.
    """
    if not moves and not emptied:
        return
    _refuse_fixed(grid, area)
    old = {row: _cells(grid, area, row) for row in moves}
    for source, target in moves.items():
        contents, styles = old[source]
        moved = [carried(content, target - source, 0) for content in contents]
        grid.write(target, area.col1, [moved])
        for column, style in zip(area.columns, styles, strict=True):
            if grid.style(target, column) != style:
                grid.restyle(Area(target, column, target, column), always(style))
    if emptied:
        grid.fill(Area(min(emptied), area.col1, max(emptied), area.col2), None)


def _cells(grid: Grid, area: Area, row: int) -> tuple[list[Content], list[int]]:
    held = grid.contents(Area(row, area.col1, row, area.col2))[0]
    contents = [
        _rich(grid, row, column, content)
        for column, content in zip(area.columns, held, strict=True)
    ]
    return contents, [grid.style(row, column) for column in area.columns]


def _rich(grid: Grid, row: int, column: int, content: Content) -> Content:
    """A text with the looks of its parts and its phonetic readings."""
    item = grid.rich_text(row, column) if type(content) is str else None
    if item is None or all(local_name(each) == "t" for each in item):
        return content
    return RichRuns(str(content), item).rich_text()


def _refuse_fixed(grid: Grid, area: Area) -> None:
    for merge in grid.merges():
        if merge.common(area):
            raise WorkbookError(problem("ROWS_MERGED", Place(cell=str(area)), merge=merge))
    for array in grid.arrays():
        if array.common(area):
            raise WorkbookError(problem("PART_OF_ARRAY", Place(cell=str(area)), area=array))
