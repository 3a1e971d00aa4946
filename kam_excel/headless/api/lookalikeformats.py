"""Fonts, fills and borders as Excel has them, over those of a range; see `lookalike`."""

from __future__ import annotations

from typing import Any

from kam_excel.headless.api.forwarding import Constants, Forward, LookAlike, as_number
from kam_excel.headless.styles.colors import RGB, index_of, indexed

# Constants of Excel; see xlwings.constants.
_AUTOMATIC, _NONE = -4105, -4142
_SINGLE_LINE, _SOLID = 2, 1
_SIDES = Constants(
    "side",
    {
        5: "diagonal_down",
        6: "diagonal_up",
        7: "edge_left",
        8: "edge_top",
        9: "edge_bottom",
        10: "edge_right",
        11: "inside_vertical",
        12: "inside_horizontal",
    },
)
_GRID = [_SIDES.name(number) for number in range(7, 13)]
_LINE_STYLES = Constants(
    "LineStyle",
    {
        1: "continuous",
        -4115: "dash",
        4: "dash_dot",
        5: "dash_dot_dot",
        -4118: "dot",
        -4119: "double",
        13: "slant_dash_dot",
        _NONE: "none",
    },
    too={0: "none"},
)
_WEIGHTS = Constants("Weight", {1: "hairline", 2: "thin", -4138: "medium", 4: "thick"})


def _underline(value: Any) -> bool:
    if value not in (True, False, _SINGLE_LINE, _NONE):
        raise ValueError(f"Underline {value!r} is not known: use 2 (single) or -4142 (none)")
    return value in (True, _SINGLE_LINE)


def _font_color(index: int) -> RGB | None:
    return None if index == _AUTOMATIC else indexed(index)


class Font(LookAlike):
    """The font of a range."""

    Name = Forward("name")
    Size = Forward("size")
    Bold = Forward("bold", write=bool)
    Italic = Forward("italic", write=bool)
    Strikethrough = Forward("strikethrough", write=bool)
    Underline = Forward("underline", lambda on: _SINGLE_LINE if on else _NONE, _underline)
    Color = Forward("color", as_number)
    ColorIndex = Forward("color", index_of, _font_color)

    @property
    def Superscript(self) -> bool:
        return bool(self._target.script == "superscript")

    @Superscript.setter
    def Superscript(self, value: bool) -> None:
        self._target.script = "superscript" if value else None

    @property
    def Subscript(self) -> bool:
        return bool(self._target.script == "subscript")

    @Subscript.setter
    def Subscript(self, value: bool) -> None:
        self._target.script = "subscript" if value else None


class Interior(LookAlike):
    """The fill of a range."""

    Color = Forward("color", as_number)

    @property
    def ColorIndex(self) -> int:
        color = self._target.color
        return _NONE if color is None else index_of(color)

    @ColorIndex.setter
    def ColorIndex(self, value: int) -> None:
        self._target.color = None if value in (_NONE, _AUTOMATIC) else indexed(value)

    @property
    def Pattern(self) -> int:
        return _NONE if self._target.color is None else _SOLID

    @Pattern.setter
    def Pattern(self, value: int) -> None:
        if value == _NONE:
            self._target.color = None
        elif value != _SOLID:
            raise ValueError(f"Pattern {value!r} is not known: use 1 (solid) or -4142 (none)")


def _line_style(number: int) -> str | None:
    name = _LINE_STYLES.name(number)
    return None if name == "none" else name


def _line_color(index: int) -> RGB:
    return (0, 0, 0) if index == _AUTOMATIC else indexed(index)


class Border(LookAlike):
    """One side of a range."""

    LineStyle = Forward("line_style", _LINE_STYLES.number, _line_style)
    Weight = Forward("weight", _WEIGHTS.number, _WEIGHTS.name)
    Color = Forward("color", as_number)
    ColorIndex = Forward("color", index_of, _line_color)


class Borders(Border):
    """The sides of a range, by Excel's numbers: 7 left, 8 top, 9 bottom, 10 right.

    What is set of all of them is set of the edges and of the lines between cells.
    """

    def __init__(self, borders: Any) -> None:
        super().__init__(_AllBorders(borders))
        self._borders = borders

    def __call__(self, side: int) -> Border:
        return Border(self._borders[_SIDES.name(side)])

    __getitem__ = Item = __call__


class _AllBorders:
    """The borders of a range as one, for Excel's way of setting them."""

    def __init__(self, borders: Any) -> None:
        object.__setattr__(self, "_borders", borders)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._borders, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._borders.set(_GRID, **{name: value})
