"""Lines around and between the cells of an area.

A line between two cells belongs to both, and either may hold it: what is drawn over one of them
replaces or removes what the other has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import WHOLE_SHEET, Area
from kam_excel.headless.styles.lines import Drawing
from kam_excel.headless.styles.part import CellFormat, Edge, Styles

# The edge of a cell, the way to the cell beyond it, and what that one calls the same line.
_BEYOND = {
    "top": (-1, 0, "bottom"),
    "bottom": (1, 0, "top"),
    "left": (0, -1, "right"),
    "right": (0, 1, "left"),
}
_SIDES = {
    "edge_top": "top",
    "edge_bottom": "bottom",
    "edge_left": "left",
    "edge_right": "right",
    "inside_vertical": "right",
    "inside_horizontal": "bottom",
}


def edge_of(grid: Grid, styles: Styles, area: Area, side: str) -> Edge | None:
    """The line on a side of an area, as its first cell there has it; None where there is none."""
    if side in ("diagonal_up", "diagonal_down"):
        looks = styles.format_of(grid.style(area.row1, area.col1))
        return looks.diagonal if getattr(looks, side) else None
    if (side == "inside_vertical" and area.width == 1) or (
        side == "inside_horizontal" and area.height == 1
    ):
        return None
    row = area.row2 if side == "edge_bottom" else area.row1
    column = area.col2 if side == "edge_right" else area.col1
    return _cell_edge(grid, styles, (row, column), _SIDES[side])


def _cell_edge(grid: Grid, styles: Styles, cell: tuple[int, int], edge: str) -> Edge | None:
    own: Edge | None = getattr(styles.format_of(grid.style(*cell)), edge)
    down, right, shared = _BEYOND[edge]
    beyond = (cell[0] + down, cell[1] + right)
    if own is None and beyond in WHOLE_SHEET:
        own = getattr(styles.format_of(grid.style(*beyond)), shared)
    return own


def draw(grid: Grid, styles: Styles, area: Area, sides: Collection[str], drawing: Drawing) -> None:
    """Draw or remove lines on sides of an area, named as in xlwings ("edge_top", ...).

    The outer lines of whole columns and rows are those that stand inside the sheet.
    """
    for zone in _zones(area):
        edges = {_SIDES[side] for side in sides if side in _SIDES and side.startswith("edge")}
        found = {edge for edge in edges if _is_outer(zone, area, edge)}
        if "inside_horizontal" in sides:
            found |= {edge for edge in ("top", "bottom") if not _is_outer(zone, area, edge)}
        if "inside_vertical" in sides:
            found |= {edge for edge in ("left", "right") if not _is_outer(zone, area, edge)}
        diagonals = {side for side in sides if side not in _SIDES}
        if found or diagonals:
            grid.restyle(zone, _redrawn(styles, found, diagonals, drawing))
    for side in sides:
        if side.startswith("edge"):
            _draw_beyond(grid, styles, area, _SIDES[side], drawing)


def _zones(area: Area) -> Iterator[Area]:
    """Parts of an area whose cells have the same edges on its border; up to nine of them."""
    columns = _bands(area.col1, area.col2, whole=area.whole_rows)
    for row1, row2 in _bands(area.row1, area.row2, whole=area.whole_columns):
        for col1, col2 in columns:
            yield Area(row1, col1, row2, col2)


def _bands(first: int, last: int, whole: bool) -> list[tuple[int, int]]:
    if whole:
        return [(first, last)]
    middle = [(first + 1, last - 1)] if last - first > 1 else []
    return [(first, first), *middle, *([(last, last)] if last > first else [])]


def _is_outer(zone: Area, area: Area, edge: str) -> bool:
    if edge in ("top", "bottom") and area.whole_columns:
        return False
    if edge in ("left", "right") and area.whole_rows:
        return False
    place = {"top": "row1", "bottom": "row2", "left": "col1", "right": "col2"}[edge]
    return bool(getattr(zone, place) == getattr(area, place))


def _redrawn(
    styles: Styles, edges: Collection[str], diagonals: Collection[str], drawing: Drawing
) -> Callable[[int], int]:
    def change(xf: int) -> int:
        looks = styles.format_of(xf)
        wanted: dict[str, Any] = {edge: drawing.over(getattr(looks, edge)) for edge in edges}
        return styles.xf(xf, **wanted, **_diagonal(looks, diagonals, drawing))

    return change


def _diagonal(looks: CellFormat, sides: Collection[str], drawing: Drawing) -> dict[str, Any]:
    """The changed diagonals of a cell: both share one line, which goes with the last of them."""
    if not sides:
        return {}
    wanted: dict[str, Any] = dict.fromkeys(sides, not drawing.remove)
    left = [side for side in ("diagonal_up", "diagonal_down") if getattr(looks, side)]
    if not drawing.remove:
        wanted["diagonal"] = drawing.over(looks.diagonal if left else None)
    elif all(side in sides for side in left):
        wanted["diagonal"] = None
    return wanted


def _draw_beyond(grid: Grid, styles: Styles, area: Area, edge: str, drawing: Drawing) -> None:
    """Let the cells beyond an edge follow, where they hold its line as well."""
    shared = _BEYOND[edge][2]
    strip = {
        "top": Area(area.row1 - 1, area.col1, area.row1 - 1, area.col2),
        "bottom": Area(area.row2 + 1, area.col1, area.row2 + 1, area.col2),
        "left": Area(area.row1, area.col1 - 1, area.row2, area.col1 - 1),
        "right": Area(area.row1, area.col2 + 1, area.row2, area.col2 + 1),
    }[edge]
    beyond = WHOLE_SHEET.common(strip)
    if beyond is None:
        return

    def follow(xf: int) -> int:
        held: Edge | None = getattr(styles.format_of(xf), shared)
        return xf if held is None else styles.xf(xf, **{shared: drawing.over(held)})

    grid.restyle(beyond, follow)
