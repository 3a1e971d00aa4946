"""Hidden rows and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.xml.values import is_true


def is_row_hidden(grid: Grid, row: int) -> bool:
    """Whether a row is hidden, by hand or by a filter.

    Where a sheet hides rows by default, those are meant that nothing is stored of.
    """
    if grid.has_row(row):
        return is_true(grid.row_attributes(row).get("hidden"))
    return _hidden_by_default(grid)


def hidden_rows(grid: Grid, rows: Collection[int]) -> set[int]:
    """Those of some rows that are hidden."""
    if not _hidden_by_default(grid):
        rows = grid.rows_saying("hidden").intersection(rows)
    return {row for row in rows if is_row_hidden(grid, row)}


def rows_hidden(grid: Grid, area: Area) -> bool | None:
    """Whether the rows of an area are hidden; None where some are and some are not."""
    own = [row for row in grid.used_rows() if row in area.rows]
    states = {is_row_hidden(grid, row) for row in own}
    if len(own) < area.height:
        states.add(_hidden_by_default(grid))
    return states.pop() if len(states) == 1 else None


def columns_hidden(grid: Grid, area: Area) -> bool | None:
    """Whether the columns of an area are hidden; None where some are and some are not."""
    states = {grid.columns.is_hidden(column) for column in area.columns}
    return states.pop() if len(states) == 1 else None


def hide_rows(grid: Grid, area: Area, hidden: bool) -> None:
    """Hide the rows of an area, or show them."""
    rows: Iterable[int] = area.rows
    if area.whole_columns:
        if hidden:
            raise NotImplementedError("hiding every row: hide the sheet or its columns instead")
        rows = [row for row in grid.used_rows() if row in area.rows]
    for row in rows:
        if is_row_hidden(grid, row) != hidden:
            shown = "0" if _hidden_by_default(grid) else None
            grid.set_row(row, {"hidden": "1" if hidden else shown})


def hide_columns(grid: Grid, area: Area, hidden: bool) -> None:
    """Hide the columns of an area, or show them."""
    grid.columns.hide(area.col1, area.col2, hidden)


def _hidden_by_default(grid: Grid) -> bool:
    element = grid.shell.child("sheetFormatPr")
    return element is not None and is_true(element.attributes.get("zeroHeight"))
