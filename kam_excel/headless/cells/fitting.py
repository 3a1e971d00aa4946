"""Fitting columns and rows to what their cells show."""

from __future__ import annotations

from kam_excel.headless.cells.display import display_width, shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles

WIDEST = 60


def autofit(grid: Grid, styles: Styles, area: Area, axis: str | None) -> None:
    """Fit column widths to what cells show; rows are left to Excel, which fits them on opening.

    East Asian wide characters count two; no column becomes wider than `WIDEST`.
    """
    if axis in (None, "c", "columns"):
        fit = _Fit(grid, styles)
        for column in _used_columns(grid, area):
            width = fit.column(column, area)
            if width:
                grid.columns.set_width(column, column, min(width + 1, WIDEST))
    if axis in (None, "r", "rows"):
        for row in grid.used_rows():
            if row in area.rows and "ht" in grid.row_attributes(row):
                grid.set_row(row, {"ht": None, "customHeight": None})


def _used_columns(grid: Grid, area: Area) -> list[int]:
    used = grid.used_area()
    found = used and used.common(area)
    return list(found.columns) if found else []


class _Fit:
    """Widths of what cells show, in characters."""

    def __init__(self, grid: Grid, styles: Styles) -> None:
        self._grid, self._styles = grid, styles

    def column(self, column: int, area: Area) -> int:
        """The width of the widest cell of a column in the rows of `area`."""
        widest = 0
        merged = [each for each in self._grid.merges() if column in each.columns]
        for row in self._grid.used_rows():
            value = self._grid.value(row, column) if row in area.rows else None
            if value is None or any((row, column) in each and each.width > 1 for each in merged):
                continue
            number_format = self._styles.number_format(self._grid.style(row, column))
            widest = max(widest, *map(display_width, shown(value, number_format).split("\n")))
        return widest
