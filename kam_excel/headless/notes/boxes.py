"""The size of a note's box after its text, and its place beside the cell."""

from __future__ import annotations

import math

from kam_excel.headless.cells.display import display_width
from kam_excel.headless.cells.geometry import EMU, Geometry
from kam_excel.headless.notes.comments import Cell
from kam_excel.headless.notes.vml import Box
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW

# All in points. A half-width character of Tahoma 9, a line of it, and the insets of the box.
_CHARACTER, _LINE, _INSET = 5.0, 12.0, 9.0
_NARROWEST, _WIDEST, _TALLEST = 72.0, 288.0, 409.5
_POINTS = 0.75  # of a pixel
_RIGHT, _UP, _DOWN = 15 * _POINTS, 10 * _POINTS, 2 * _POINTS  # from the cell, as Excel places it


def size(text: str) -> tuple[float, float]:
    """Width and height in points that show the whole text, up to a limit."""
    widths = [_CHARACTER * display_width(line) for line in text.split("\n")]
    width = min(max(*widths, _NARROWEST - _INSET), _WIDEST - _INSET)
    lines = sum(max(math.ceil(each / width), 1) for each in widths)
    # Words are not broken, which leaves room at the ends of lines.
    lines += math.ceil(sum(each > width for each in widths) / 2)
    return width + _INSET, min(lines * _LINE + _INSET, _TALLEST)


def box(cell: Cell, text: str, geometry: Geometry) -> Box:
    """The box of a note: right of its cell and a little above, inside the sheet."""
    row, column = cell
    width, height = size(text)
    left = geometry.columns.start(column + 1) + _RIGHT
    top = geometry.rows.start(row - 1) + _UP if row > 1 else _DOWN
    left = min(left, geometry.columns.start(MAX_COLUMN + 1) - width)
    top = min(top, geometry.rows.start(MAX_ROW + 1) - height)
    start, end = geometry.marker(left, top), geometry.marker(left + width, top + height)
    anchor = (
        *(start.column - 1, _pixels(start.right), start.row - 1, _pixels(start.down)),
        *(end.column - 1, _pixels(end.right), end.row - 1, _pixels(end.down)),
    )
    return Box(anchor, width, height)


def _pixels(emu: int) -> int:
    return round(emu / EMU / _POINTS)
