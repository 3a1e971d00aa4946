"""Moving about a sheet by what is filled: Ctrl and arrow, and the region around a cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, WHOLE_SHEET, Area

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


def end(grid: Grid, cell: tuple[int, int], direction: str) -> tuple[int, int]:
    """The end of the filled cells in a direction, or the next filled one, or the sheet's edge."""
    down, right = _STEPS[direction]
    here, following = cell, (cell[0] + down, cell[1] + right)
    if following not in WHOLE_SHEET:
        return cell
    if _filled(grid, cell) and _filled(grid, following):
        while _filled(grid, following):
            here, following = following, (following[0] + down, following[1] + right)
        return here
    ahead = _filled_ahead(grid, cell, down, right)
    return next(ahead, _edge(cell, down, right))


def _filled_ahead(
    grid: Grid, cell: tuple[int, int], down: int, right: int
) -> Iterator[tuple[int, int]]:
    """The filled cells in a direction, the nearest one first."""
    row, column = cell
    if down:
        rows = _ahead(grid.used_rows(), row, down)
        return ((each, column) for each in rows if _filled(grid, (each, column)))
    columns = _ahead(sorted(grid.used_columns(row)), column, right)
    return ((row, each) for each in columns if _filled(grid, (row, each)))


def _ahead(ordered: Sequence[int], place: int, step: int) -> Sequence[int]:
    """The numbers after a place, or those before it in falling order."""
    if step > 0:
        return ordered[bisect_right(ordered, place) :]
    return ordered[: bisect_left(ordered, place)][::-1]


def _edge(cell: tuple[int, int], down: int, right: int) -> tuple[int, int]:
    row = cell[0] if not down else (MAX_ROW if down > 0 else 1)
    column = cell[1] if not right else (MAX_COLUMN if right > 0 else 1)
    return row, column


def _filled(grid: Grid, cell: tuple[int, int]) -> bool:
    return cell in WHOLE_SHEET and grid.is_filled(*cell)


def current_region(grid: Grid, area: Area) -> Area:
    """The area around `area` that empty rows and columns, or the sheet's edges, bound.

    Cells that touch a corner belong to it.
    """
    grown = _grown(grid, area)
    while grown != area:
        area, grown = grown, _grown(grid, grown)
    return area


def _grown(grid: Grid, area: Area) -> Area:
    """The area, grown in each direction as far as there are cells along its side."""
    for step in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        while (side := _side(area, *step)) and _any_filled(grid, side):
            down, right = step
            area = Area(
                area.row1 + min(down, 0),
                area.col1 + min(right, 0),
                area.row2 + max(down, 0),
                area.col2 + max(right, 0),
            )
    return area


def _side(area: Area, down: int, right: int) -> Area | None:
    """The row or column next to an area, its corners included; None beyond the sheet."""
    if down:
        row = area.row2 + 1 if down > 0 else area.row1 - 1
        return WHOLE_SHEET.common(Area(row, area.col1 - 1, row, area.col2 + 1))
    column = area.col2 + 1 if right > 0 else area.col1 - 1
    return WHOLE_SHEET.common(Area(area.row1 - 1, column, area.row2 + 1, column))


def _any_filled(grid: Grid, side: Area) -> bool:
    return any(_filled(grid, cell) for cell in side.cells())
