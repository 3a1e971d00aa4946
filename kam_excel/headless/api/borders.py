# mypy: allow-subclassing-any
"""Borders of a range: each side, and several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api import lookalikeformats
from kam_excel.headless.api.colors import stored_color
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells import edges
from kam_excel.headless.styles import lines
from kam_excel.headless.styles.colors import RGB
from kam_excel.headless.styles.lines import Drawing
from kam_excel.headless.styles.part import Edge

if TYPE_CHECKING:
    from kam_excel.headless.api.rangeformats import RangeFormats
    from kam_excel.headless.cells.grid import Grid
    from kam_excel.headless.styles.part import Styles

_UNSET: Any = base_classes._UNSET
_BLACK = (0, 0, 0)


@explained
class Border(base_classes.Border):
    """One side of a range. Where its cells differ the first one speaks for all, as in Excel."""

    def __init__(self, parent: RangeFormats, grid: Grid, styles: Styles, side: str) -> None:
        self.parent, self.side = parent, side
        self._grid, self._styles = grid, styles

    @property
    def api(self) -> lookalikeformats.Border:
        return lookalikeformats.Border(self)

    @property
    def _edge(self) -> Edge | None:
        return edges.edge_of(self._grid, self._styles, self.parent.area, self.side)

    def _draw(self, drawing: Drawing) -> None:
        edges.draw(self._grid, self._styles, self.parent.area, [self.side], drawing)

    @property
    def line_style(self) -> str:
        return lines.line_style(self._edge)

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self._draw(Drawing(line_style=value, remove=value is None))

    @property
    def weight(self) -> str:
        return lines.weight(self._edge)

    @weight.setter
    def weight(self, value: str) -> None:
        self._draw(Drawing(weight=value))

    @property
    def color(self) -> RGB | None:
        """The colour; None without a line, and for the diagonals of several cells."""
        edge = self._edge
        if edge is None or (self.side.startswith("diagonal") and len(self.parent) > 1):
            return None
        return edge.color or _BLACK

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._draw(Drawing(color=stored_color(color_or_rgb)))


@explained
class Borders(base_classes.Borders):
    """The sides of a range; its own members are about the edges and the lines between cells."""

    def __init__(self, parent: RangeFormats, grid: Grid, styles: Styles) -> None:
        self.parent = parent
        self._grid, self._styles = grid, styles

    @property
    def api(self) -> lookalikeformats.Borders:
        return lookalikeformats.Borders(self)

    def __getitem__(self, side: str) -> Border:
        return Border(self.parent, self._grid, self._styles, side)

    def _common(self, name: str) -> Any:
        """What the sides that exist agree on, else None."""
        found = {getattr(self[side], name) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> Any:
        return self._common("line_style")

    @property
    def weight(self) -> Any:
        return self._common("weight")

    @property
    def color(self) -> Any:
        return self._common("color")

    def set(
        self,
        which: Sequence[str],
        *,
        line_style: str | None = _UNSET,
        weight: str = _UNSET,
        color: Any = _UNSET,
    ) -> None:
        """Draw lines on the sides `which`; a `line_style` of None removes them."""
        drawing = Drawing(
            line_style=None if line_style is _UNSET else line_style,
            weight=None if weight is _UNSET else weight,
            color=None if color is _UNSET else stored_color(color),
            remove=line_style is None,
        )
        edges.draw(self._grid, self._styles, self.parent.area, which, drawing)

    def clear(self, which: Sequence[str]) -> None:
        self.set(which, line_style=None)
