"""Moving about a sheet by what is filled: Ctrl and arrow, and the region around a cell."""

from __future__ import annotations

from collections.abc import Iterable

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area

_STEPS = {
    "up": (-1, 0),
    "u": (-1, 0),
    "down": (1, 0),
    "d": (1, 0),
    "left": (0, -1),
    "l": (0, -1),
    "right": (0, 1),
    "r": (0, 1),
}
_SHEET = Area(1, 1, MAX_ROW, MAX_COLUMN)


def end(grid: Grid, cell: tuple[int, int], direction: str) -> tuple[int, int]:
    """The end of the filled cells in a direction, or the next filled one, or the sheet's edge."""
    down, right = _STEPS[direction]
    here, following = cell, (cell[0] + down, cell[1] + right)
    if following not in _SHEET:
        return cell
    if _filled(grid, cell) and _filled(grid, following):
        while _filled(grid, following):
            here, following = following, (following[0] + down, following[1] + right)
        return here
    ahead = _filled_ahead(grid, cell, down, right)
    nearest = min(
        ahead, key=lambda each: abs(each[0] - cell[0]) + abs(each[1] - cell[1]), default=None
    )
    return nearest or _edge(cell, down, right)


def _filled_ahead(
    grid: Grid, cell: tuple[int, int], down: int, right: int
) -> Iterable[tuple[int, int]]:
    row, column = cell
    if down:
        rows = (each for each in grid.used_rows() if (each - row) * down > 0)
        return [(each, column) for each in rows if _filled(grid, (each, column))]
    columns = (each for each in grid.used_columns(row) if (each - column) * right > 0)
    return [(row, each) for each in columns if _filled(grid, (row, each))]


def _edge(cell: tuple[int, int], down: int, right: int) -> tuple[int, int]:
    row = cell[0] if not down else (MAX_ROW if down > 0 else 1)
    column = cell[1] if not right else (MAX_COLUMN if right > 0 else 1)
    return row, column


def _filled(grid: Grid, cell: tuple[int, int]) -> bool:
    return cell in _SHEET and grid.value(*cell) is not None


def current_region(grid: Grid, area: Area) -> Area:
    """The area around `area` that empty rows and columns, or the sheet's edges, bound."""
    while True:
        grown = area
        for wider in _sides(grown):
            if wider != grown and _any_filled(grid, wider, grown):
                grown = grown.union(wider)
        if grown == area:
            return area
        area = grown


def _sides(area: Area) -> Iterable[Area]:
    around = _SHEET.common(Area(area.row1 - 1, area.col1 - 1, area.row2 + 1, area.col2 + 1))
    assert around is not None
    yield (
        Area(area.row2 + 1, around.col1, around.row2, around.col2)
        if around.row2 > area.row2
        else area
    )
    yield (
        Area(around.row1, area.col2 + 1, around.row2, around.col2)
        if around.col2 > area.col2
        else area
    )
    yield (
        Area(around.row1, around.col1, area.row1 - 1, around.col2)
        if around.row1 < area.row1
        else area
    )
    yield (
        Area(around.row1, around.col1, around.row2, area.col1 - 1)
        if around.col1 < area.col1
        else area
    )


def _any_filled(grid: Grid, side: Area, inside: Area) -> bool:
    return any(_filled(grid, cell) for cell in side.cells())
