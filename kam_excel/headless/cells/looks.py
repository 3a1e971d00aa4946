"""How the cells of an area look together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles


def styles_in(grid: Grid, area: Area) -> set[int]:
    """The cell formats that occur in an area; whole columns and rows count their own."""
    if not (area.whole_columns or area.whole_rows):
        return {grid.style(row, column) for row, column in area.cells()}
    found: set[int] = set()
    if area.whole_columns:
        found |= {grid.columns.style(column) for column in area.columns}
    for row in grid.used_rows():
        if row in area.rows:
            used = (each for each in grid.used_columns(row) if each in area.columns)
            found |= {grid.style(row, column) for column in used}
    return found or {0}


def found(grid: Grid, styles: Styles, area: Area, name: str) -> set[Any]:
    """What a property of `CellFormat` is in the cells of an area."""
    return {getattr(styles.format_of(xf), name) for xf in styles_in(grid, area)}


def always(style: int) -> Callable[[int], int]:
    """A change of formats by which every cell gets the same one."""
    return lambda _: style


def common(grid: Grid, styles: Styles, area: Area, name: str) -> Any:
    """A property of `CellFormat` that all cells of the area share; None where they differ."""
    values = found(grid, styles, area, name)
    return values.pop() if len(values) == 1 else None
