# mypy: allow-subclassing-any
"""Formats of ranges: fonts, alignments, colours, row heights, and fitting columns to content."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes, utils

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.display import display_width, shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.colors import RGB
from kam_excel.headless.styles.part import Styles

WIDEST = 60
_DEFAULT_HEIGHT = 15.0
HORIZONTAL = {
    "general": None,
    "left": "left",
    "center": "center",
    "right": "right",
    "fill": "fill",
    "justify": "justify",
    "center_across_selection": "centerContinuous",
    "distributed": "distributed",
}
HORIZONTAL_NAMES = {stored: name for name, stored in HORIZONTAL.items()}


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


def common(grid: Grid, styles: Styles, area: Area, name: str) -> Any:
    """A property of `CellFormat` that all cells of the area share; None where they differ."""
    found = {getattr(styles.format_of(xf), name) for xf in styles_in(grid, area)}
    return found.pop() if len(found) == 1 else None


def stored_color(color: Any) -> RGB | None:
    """A colour as xlwings takes it (RGB, "#rrggbb", an integer of VBA's, None) as RGB."""
    if color is None:
        return None
    if isinstance(color, str):
        color = utils.hex_to_rgb(color)
    if isinstance(color, int):
        color = utils.int_to_rgb(color)
    red, green, blue = (int(channel) for channel in color)
    return red, green, blue


def row_height(grid: Grid, row: int) -> float:
    """The height of a row in points; 0 where it is hidden."""
    given = grid.row_attributes(row)
    if given.get("hidden") in ("1", "true"):
        return 0.0
    if "ht" in given:
        return float(given["ht"])
    element = grid.shell.child("sheetFormatPr")
    default = element.attributes.get("defaultRowHeight") if element else None
    return float(default or _DEFAULT_HEIGHT)


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


class _FontProperty:
    """A property of a font, read where all cells agree and written to each of them."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, font: Any, owner: type) -> Any:
        if font is None:
            return self
        return common(font.grid, font.styles, font.area, self._name)

    def __set__(self, font: Any, value: Any) -> None:
        if self._name == "font_color":
            value = stored_color(value)
        styles, name = font.styles, self._name
        font.grid.restyle(font.area, lambda xf: styles.xf(xf, **{name: value}))


@explained
class Font(base_classes.Font):
    """The font of a range."""

    bold = _FontProperty("bold")
    italic = _FontProperty("italic")
    size = _FontProperty("font_size")
    color = _FontProperty("font_color")
    name = _FontProperty("font_name")

    def __init__(self, grid: Grid, styles: Styles, area: Area) -> None:
        self.grid, self.styles, self.area = grid, styles, area

    @property
    def api(self) -> Font:
        return self
