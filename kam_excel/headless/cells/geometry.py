"""Where cells stand on their sheet, in points: Excel draws columns and rows in whole pixels.

A point is 4/3 pixels and 12,700 EMU, the unit of drawings. Widths are stored in characters of
the default font (ECMA-376 part 1, 18.3.1.13).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area
from kam_excel.headless.styles.part import Styles
from kam_excel.headless.xml.values import is_true

EMU = 12_700
_POINTS = 0.75  # of a pixel
_DEFAULT_HEIGHT = 15.0
_BASE_WIDTH = 8
_PADDING = 5
# Pixels of the widest digit for each point of size, so that rounding gives what Excel measures
# (Calibri 11: 7, 宋体 11: 8); other fonts are taken for Calibri.
_DIGIT = {
    "arial": 0.70,
    "dengxian": 0.73,
    "等线": 0.73,
    "microsoft yahei": 0.73,
    "微软雅黑": 0.73,
    "simsun": 0.69,
    "宋体": 0.69,
    "tahoma": 0.73,
    "verdana": 0.85,
}
_CALIBRI = 0.64


@dataclass(frozen=True, slots=True)
class Marker:
    """A place on a sheet: a cell, 1-based, and the distance from its corner in EMU."""

    row: int
    column: int
    down: int = 0
    right: int = 0


class _Tracks:
    """Columns or rows side by side: most have the default size, some one of their own."""

    def __init__(self, default: float, own: dict[int, float], last: int) -> None:
        self._default, self._own, self._last = default, dict(sorted(own.items())), last

    def size(self, number: int) -> float:
        """The size of one, in points."""
        return self._own.get(number, self._default)

    def start(self, number: int) -> float:
        """Where one begins, in points from the first one's start."""
        before = [size for each, size in self._own.items() if each < number]
        return self._default * (number - 1 - len(before)) + sum(before)

    def at(self, points: float) -> tuple[int, float]:
        """Which one lies at a distance from the first one's start, and how far inside it."""
        number, left = 1, max(points, 0.0)
        for first, last, size in self._runs():
            width = size * (last - first + 1)
            if left < width:
                whole = int(left // size)
                return first + whole, left - whole * size
            number, left = last, left - width
        return number, self.size(number)

    def _runs(self) -> Iterator[tuple[int, int, float]]:
        """Neighbours as (first, last, size); those of their own size one by one."""
        position = 1
        for number, size in self._own.items():
            if position < number:
                yield position, number - 1, self._default
            yield number, number, size
            position = number + 1
        if position <= self._last:
            yield position, self._last, self._default


class Geometry:
    """The sizes and places of a sheet's columns and rows, as they are now."""

    def __init__(self, grid: Grid, styles: Styles) -> None:
        self._grid = grid
        font = styles.format_of(0)
        self._digit = max(
            round(font.font_size * _DIGIT.get(font.font_name.casefold(), _CALIBRI)), 1
        )

    @cached_property
    def columns(self) -> _Tracks:
        """The columns, from the left."""
        own: dict[int, float] = {}
        for each in self._grid.shell.items("cols", "col"):
            given = each.attributes
            points = self._column_points(given)
            if points is not None:
                last = min(int(given["max"]), MAX_COLUMN)
                own |= dict.fromkeys(range(int(given["min"]), last + 1), points)
        return _Tracks(self._default_width(), own, MAX_COLUMN)

    @cached_property
    def rows(self) -> _Tracks:
        """The rows, from the top."""
        default = self._sheet_format("defaultRowHeight", _DEFAULT_HEIGHT)
        hidden = self._sheet_format("zeroHeight", 0) != 0
        own: dict[int, float] = {}
        for row in self._grid.used_rows():
            given = self._grid.row_attributes(row)
            if is_true(given.get("hidden")):
                own[row] = 0.0
            elif "ht" in given:
                own[row] = _whole_pixels(float(given["ht"]))
        return _Tracks(0.0 if hidden else _whole_pixels(default), own, MAX_ROW)

    def point(self, marker: Marker) -> tuple[float, float]:
        """The place of a marker as (left, top) in points."""
        left = self.columns.start(marker.column) + marker.right / EMU
        return left, self.rows.start(marker.row) + marker.down / EMU

    def marker(self, left: float, top: float) -> Marker:
        """The cell at a place in points and the distance from its corner."""
        column, right = self.columns.at(left)
        row, down = self.rows.at(top)
        return Marker(row, column, round(down * EMU), round(right * EMU))

    def _column_points(self, given: dict[str, str]) -> float | None:
        if is_true(given.get("hidden")):
            return 0.0
        return self._stored_points(float(given["width"])) if "width" in given else None

    def _stored_points(self, width: float) -> float:
        return math.floor(width * self._digit + 0.5) * _POINTS

    def _default_width(self) -> float:
        """The width of columns without one: rounded up to 8 pixels where none is stored."""
        stored = self._sheet_format("defaultColWidth", 0)
        if stored:
            return self._stored_points(stored)
        base = self._sheet_format("baseColWidth", _BASE_WIDTH)
        return math.ceil((base * self._digit + _PADDING) / 8) * 8 * _POINTS

    def _sheet_format(self, name: str, default: float) -> float:
        element = self._grid.shell.child("sheetFormatPr")
        given = element.attributes.get(name) if element else None
        if given in ("true", "false"):
            return float(given == "true")
        return float(given) if given else default


def box(grid: Grid, styles: Styles, area: Area) -> tuple[float, float, float, float]:
    """Left, top, width and height of an area in points."""
    sheet = Geometry(grid, styles)
    left, top = sheet.columns.start(area.col1), sheet.rows.start(area.row1)
    right, bottom = sheet.columns.start(area.col2 + 1), sheet.rows.start(area.row2 + 1)
    return left, top, right - left, bottom - top


def row_height(grid: Grid, row: int) -> float:
    """The height of a row in points; 0 where it is hidden."""
    given = grid.row_attributes(row)
    if is_true(given.get("hidden")):
        return 0.0
    if "ht" in given:
        return float(given["ht"])
    element = grid.shell.child("sheetFormatPr")
    default = element.attributes.get("defaultRowHeight") if element else None
    return float(default or _DEFAULT_HEIGHT)


def row_heights(grid: Grid, area: Area) -> set[float]:
    """The heights that rows of an area have, in points."""
    own = [row for row in grid.used_rows() if row in area.rows]
    heights = {row_height(grid, row) for row in own}
    if len(own) < area.height:
        heights.add(row_height(grid, MAX_ROW))
    return heights


def _whole_pixels(points: float) -> float:
    return math.floor(points / _POINTS + 0.5) * _POINTS
