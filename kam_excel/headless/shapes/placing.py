"""Where a shape stands, in points, and the edits that put it elsewhere.

Anchors name the cells of two corners, one corner and a size, or a place and a size
(ECMA-376 part 1, 20.5.2). The frame of a shape (`xfrm`) repeats it in EMU.
"""

from __future__ import annotations

from kam_excel.headless.cells.geometry import EMU, Geometry, Marker
from kam_excel.headless.charts.drawings import Box, place_markup
from kam_excel.headless.shapes.drawn import Drawn
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node
from kam_excel.headless.xml.splice import Edit

_DEGREE = 60_000


def box(drawn: Drawn, geometry: Geometry) -> Box:
    """Left, top, width and height in points, as they are before the shape is turned."""
    anchor = drawn.anchor
    left, top = _pair(anchor.first("pos"), "x", "y")
    width, height = _pair(anchor.first("ext"), "cx", "cy")
    start, end = anchor.first("from"), anchor.first("to")
    if start is not None:
        left, top = geometry.point(_marker(start))
    if end is not None:
        right, bottom = geometry.point(_marker(end))
        width, height = right - left, bottom - top
    return _turned(drawn, (left, top, width, height))


def moved(drawn: Drawn, geometry: Geometry, wanted: Box) -> list[Edit]:
    """The edits that give a shape another box."""
    left, top, width, height = _turned(drawn, wanted)
    anchor = drawn.anchor
    edits: list[Edit] = []
    start, end = anchor.first("from"), anchor.first("to")
    if start is not None:
        edits.append(_corner(start, geometry.marker(left, top)))
    if end is not None:
        edits.append(_corner(end, geometry.marker(left + width, top + height)))
    edits += _sized(anchor.first("pos"), x=left, y=top)
    edits += _sized(anchor.first("ext"), cx=width, cy=height)
    frame = _frame(drawn)
    if frame is not None:
        left, top, width, height = wanted
        edits += _sized(frame.first("off"), x=left, y=top)
        edits += _sized(frame.first("ext"), cx=width, cy=height)
    return edits


def _frame(drawn: Drawn) -> Node | None:
    paths = (("spPr", "xfrm"), ("grpSpPr", "xfrm"))
    return next((found for path in paths if (found := drawn.shape.first(*path))), None)


def _turned(drawn: Drawn, given: Box) -> Box:
    """The box of a shape as its anchor has it, and back: one that lies on its side has the other.

    Excel anchors what is turned by about a quarter as if it were turned by just that.
    """
    frame = _frame(drawn)
    degrees = int(frame.attributes.get("rot", "0")) / _DEGREE % 180 if frame is not None else 0
    if not 45 <= degrees < 135:
        return given
    left, top, width, height = given
    return left + (width - height) / 2, top + (height - width) / 2, height, width


def _corner(node: Node, marker: Marker) -> Edit:
    markup = place_markup(node.element.prefix, marker)
    return Edit(node.element.inner, node.element.inner_end, markup.encode())


def _marker(node: Node) -> Marker:
    column, right, row, down = (
        int(node.text_of(name) or "0") for name in ("col", "colOff", "row", "rowOff")
    )
    return Marker(row + 1, column + 1, down, right)


def _pair(node: Node | None, first: str, second: str) -> tuple[float, float]:
    given = {} if node is None else node.attributes
    return int(given.get(first, "0")) / EMU, int(given.get(second, "0")) / EMU


def _sized(node: Node | None, **points: float) -> list[Edit]:
    if node is None:
        return []
    return [
        splice.set_attribute(node.data, node.element, name, str(round(value * EMU)))
        for name, value in points.items()
    ]
