# mypy: allow-subclassing-any
"""How the cells of a range look, and how much room they take."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from kam_excel.headless.api import alignments
from kam_excel.headless.api.borders import Borders
from kam_excel.headless.api.colors import stored_color
from kam_excel.headless.api.fonts import Font
from kam_excel.headless.api.rangebase import RangeBase
from kam_excel.headless.cells import fitting, geometry, looks, visibility
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.references.addressing import Area

if TYPE_CHECKING:
    pass

_WIDEST, _TALLEST = 255, 409.5
_DEEPEST_INDENT = 250
_INDENTED = ("left", "right", "distributed")


class RangeFormats(RangeBase):
    """The part of a range that is about formats; read where all cells agree, else None."""

    def _found(self, name: str) -> set[Any]:
        return looks.found(self._grid, self._styles, self.area, name)

    def common_format(self, name: str) -> Any:
        """A field of CellFormat that the cells agree on, else None."""
        return looks.common(self._grid, self._styles, self.area, name)

    def set_format(self, **changes: Any) -> None:
        """Give the cells other formats: fields of CellFormat."""
        self._grid.restyle(self.area, partial(self._styles.xf, **changes))

    @property
    def number_format(self) -> Any:
        return self.common_format("number_format") if self else ""

    @number_format.setter
    def number_format(self, value: str) -> None:
        if self:
            self.set_format(number_format=value)

    @property
    def font(self) -> Font:
        return Font(self._grid, self._styles, self.area)

    @property
    def borders(self) -> Borders:
        return Borders(self, self._grid, self._styles)

    @property
    def color(self) -> tuple[int, int, int] | None:
        fill: tuple[int, int, int] | None = self.common_format("fill") if self else None
        return fill

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        if self:
            self.set_format(fill=stored_color(color_or_rgb))

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """Fill cell by cell; `...` leaves a cell as it is, None takes its fill away."""
        for row, wanted in zip(self.area.rows, colors, strict=True):
            for column, color in zip(self.area.columns, wanted, strict=True):
                if color is not ...:
                    filled = partial(self._styles.xf, fill=stored_color(color))
                    self._grid.restyle(Area(row, column, row, column), filled)

    # alignment ----------------------------------------------------------------

    @property
    def wrap_text(self) -> Any:
        return self.common_format("wrap")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.set_format(wrap=bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        found = self._found("horizontal")
        return alignments.HORIZONTAL_NAMES.get(found.pop()) if len(found) == 1 else None

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.set_format(horizontal=alignments.HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        found = self._found("vertical")
        return alignments.VERTICAL_NAMES.get(found.pop()) if len(found) == 1 else None

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.set_format(vertical=alignments.VERTICAL[value])

    def adjust_indent(self, amount: int) -> None:
        """Move the text by `amount` steps from its side; what has no side goes to the left."""
        styles = self._styles

        def indented(xf: int) -> int:
            old = styles.format_of(xf)
            indent = min(max(old.indent + amount, 0), _DEEPEST_INDENT)
            side = old.horizontal if old.horizontal in _INDENTED or not indent else "left"
            return styles.xf(xf, indent=indent, horizontal=side)

        self._grid.restyle(self.area, indented)

    # sizes --------------------------------------------------------------------

    @property
    def column_width(self) -> float | None:
        if not self:
            return 0
        widths = {self._grid.columns.width(column) for column in self.area.columns}
        return widths.pop() if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not 0 <= value <= _WIDEST:
            raise ValueError(f"a column is 0 to {_WIDEST} characters wide, not {value}")
        if self:
            self._grid.columns.set_width(self.area.col1, self.area.col2, value)

    @property
    def row_height(self) -> float | None:
        if not self:
            return 0
        heights = geometry.row_heights(self._grid, self.area)
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        if not 0 <= value <= _TALLEST:
            raise ValueError(f"a row is 0 to {_TALLEST} points high, not {value}")
        if not self:
            return
        shown = {"ht": number_text(value), "customHeight": "1", "hidden": None}
        for row in self.area.rows:
            self._grid.set_row(row, shown if value else {"hidden": "1"})

    @property
    def row_hidden(self) -> bool | None:
        return visibility.rows_hidden(self._grid, self.area)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        visibility.hide_rows(self._grid, self.area, value)

    @property
    def column_hidden(self) -> bool | None:
        return visibility.columns_hidden(self._grid, self.area)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        visibility.hide_columns(self._grid, self.area, value)

    @property
    def left(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[0] if self else 0

    @property
    def top(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[1] if self else 0

    @property
    def width(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[2] if self else 0

    @property
    def height(self) -> float:
        return geometry.box(self._grid, self._styles, self.area)[3] if self else 0

    def autofit(self, axis: str | None = None) -> None:
        if self:
            fitting.autofit(self._grid, self._styles, self.area, axis)
