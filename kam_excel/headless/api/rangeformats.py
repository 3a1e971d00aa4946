# mypy: allow-subclassing-any
"""How the cells of a range look, and how much room they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api import formats
from kam_excel.headless.cells import geometry
from kam_excel.headless.cells.cellxml import number_text

if TYPE_CHECKING:
    from kam_excel.headless.cells.grid import Grid
    from kam_excel.headless.references.addressing import Area
    from kam_excel.headless.styles.part import Styles


class RangeFormats(base_classes.Range):
    """The part of a range that is about formats; read where all cells agree, else None."""

    if TYPE_CHECKING:

        @property
        def area(self) -> Area: ...

        @property
        def _grid(self) -> Grid: ...

        @property
        def _styles(self) -> Styles: ...

    def _format(self, name: str) -> Any:
        return formats.common(self._grid, self._styles, self.area, name)

    def _set_format(self, name: str, value: Any) -> None:
        styles = self._styles
        self._grid.restyle(self.area, lambda xf: styles.xf(xf, **{name: value}))

    @property
    def number_format(self) -> Any:
        return self._format("number_format") if self else ""

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._set_format("number_format", value)

    @property
    def font(self) -> formats.Font:
        return formats.Font(self._grid, self._styles, self.area)

    @property
    def color(self) -> tuple[int, int, int] | None:
        fill: tuple[int, int, int] | None = self._format("fill")
        return fill

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._set_format("fill", formats.stored_color(color_or_rgb))

    @property
    def wrap_text(self) -> Any:
        return self._format("wrap")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set_format("wrap", bool(value))

    @property
    def horizontal_alignment(self) -> Any:
        return formats.HORIZONTAL_NAMES.get(self._format("horizontal"))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._set_format("horizontal", formats.HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> Any:
        return formats.common(self._grid, self._styles, self.area, "vertical") or "bottom"

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._set_format("vertical", None if value == "bottom" else value)

    @property
    def column_width(self) -> float | None:
        widths = {self._grid.columns.width(column) for column in self.area.columns}
        return widths.pop() if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._grid.columns.set_width(self.area.col1, self.area.col2, value)

    @property
    def row_height(self) -> float | None:
        heights = {formats.row_height(self._grid, row) for row in self.area.rows}
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        for row in self.area.rows:
            self._grid.set_row(row, {"ht": number_text(value), "customHeight": "1"})

    @property
    def left(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[0]

    @property
    def top(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[1]

    @property
    def width(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[2]

    @property
    def height(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[3]

    def autofit(self, axis: str | None = None) -> None:
        formats.autofit(self._grid, self._styles, self.area, axis)
