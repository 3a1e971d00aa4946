"""Merged cells: made and taken apart."""

from __future__ import annotations

from collections.abc import Iterable

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.looks import always
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.xml import splice

_LIST, _ITEM = "mergeCells", "mergeCell"


def merge(grid: Grid, area: Area) -> None:
    """Make one cell of an area; merged cells that it touches become part of it.

    As in Excel the first content stays, in the first cell, and its format is that of all.
    """
    area = _around(grid, area)
    if area.height == area.width == 1:
        return
    unmerge(grid, area)
    filled = _first(grid, area)
    if filled is not None and filled != (area.row1, area.col1):
        grid.write(area.row1, area.col1, [[grid.content(*filled)]])
    if area.width > 1:
        grid.fill(Area(area.row1, area.col1 + 1, area.row1, area.col2), None)
    if area.height > 1:
        grid.fill(Area(area.row1 + 1, area.col1, area.row2, area.col2), None)
    style = grid.style(area.row1, area.col1)
    if style:
        grid.restyle(area, always(style))
    mark(grid, [area])


def mark(grid: Grid, areas: Iterable[Area]) -> None:
    """List areas as merged; their cells are the caller's concern."""
    shell = grid.shell
    markup = "".join(f'<{shell.prefix}{_ITEM} ref="{area}"/>' for area in areas)
    if markup:
        shell.append(_LIST, markup)
        _count(grid)


def unmerge(grid: Grid, area: Area) -> None:
    """Take merged cells apart that touch an area; their contents stay in their first cells."""
    shell = grid.shell
    items = shell.items(_LIST, _ITEM)
    pairs = zip(items, grid.merges(), strict=True)
    gone = [item for item, merged in pairs if merged.common(area)]
    if not gone:
        return
    if len(gone) == len(items):
        shell.remove(_LIST)
        return
    shell.edit(*map(splice.delete, gone))
    _count(grid)


def _count(grid: Grid) -> None:
    shell = grid.shell
    list_ = shell.child(_LIST)
    assert list_ is not None
    shell.set_attribute(list_, "count", str(len(shell.items(_LIST, _ITEM))))


def _around(grid: Grid, area: Area) -> Area:
    """The smallest area that cuts no merged cells."""
    while True:
        wider = area
        for merged in grid.merges():
            if merged.common(wider):
                wider = wider.union(merged)
        if wider == area:
            return area
        area = wider


def _first(grid: Grid, area: Area) -> tuple[int, int] | None:
    """The first cell with a content, row by row."""
    for row in grid.used_rows():
        if row in area.rows:
            columns = sorted(column for column in grid.used_columns(row) if column in area.columns)
            for column in columns:
                if grid.content(row, column) is not None:
                    return row, column
    return None
