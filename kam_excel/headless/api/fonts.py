# mypy: allow-subclassing-any
"""Fonts of ranges."""

from __future__ import annotations

from functools import partial
from typing import Any

from xlwings import base_classes

from kam_excel.headless.api.colors import stored_color
from kam_excel.headless.api.lookalikeformats import Font as LookAlike
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.looks import common, found
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.colors import RGB
from kam_excel.headless.styles.part import Styles

_BLACK = (0, 0, 0)


class _FontProperty:
    """A property of a font, read where all cells agree and written to each of them."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, font: Any, owner: type) -> Any:
        if font is None:
            return self
        return common(font.grid, font.styles, font.area, self._name)

    def __set__(self, font: Any, value: Any) -> None:
        font.grid.restyle(font.area, partial(font.styles.xf, **{self._name: value}))


@explained
class Font(base_classes.Font):
    """The font of a range."""

    bold = _FontProperty("bold")
    italic = _FontProperty("italic")
    size = _FontProperty("font_size")
    underline = _FontProperty("underline")
    strikethrough = _FontProperty("strike")
    script = _FontProperty("script")
    name = _FontProperty("font_name")

    def __init__(self, grid: Grid, styles: Styles, area: Area) -> None:
        self.grid, self.styles, self.area = grid, styles, area

    @property
    def api(self) -> LookAlike:
        return LookAlike(self)

    @property
    def color(self) -> RGB | None:
        """The colour, black where it is automatic; None where cells differ."""
        colors = found(self.grid, self.styles, self.area, "font_color")
        return (colors.pop() or _BLACK) if len(colors) == 1 else None

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        colored = partial(self.styles.xf, font_color=stored_color(color_or_rgb))
        self.grid.restyle(self.area, colored)
