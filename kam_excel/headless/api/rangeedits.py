# mypy: allow-subclassing-any
"""Ranges whose cells come, go and move: insert, delete, copy, paste, merge, group, fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_excel.headless.model.restructuring import shift_cells
from kam_excel.headless.references.moving import Axis, Shift
from kam_excel.headless.rewriting.rows import Origin

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet
    from kam_excel.headless.cells.grid import Grid
    from kam_excel.headless.references.addressing import Area

_AXES: dict[str, Axis] = {"down": "rows", "up": "rows", "right": "columns", "left": "columns"}
_ORIGINS: dict[str | None, Origin] = {
    None: "before",
    "format_from_left_or_above": "before",
    "format_from_right_or_below": "behind",
}


class RangeEdits(base_classes.Range):
    """The part of a range that moves cells."""

    if TYPE_CHECKING:

        @property
        def area(self) -> Area: ...

        @property
        def sheet(self) -> Sheet: ...

        @property
        def _grid(self) -> Grid: ...

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert cells here, which take the formats of their neighbours; those here make room.

        `shift` is "down" or "right"; without it wide ranges go down and tall ones right. Raises
        WorkbookError, with nothing changed, where something would come apart.
        """
        area = self.area
        axis = _axis(area, shift, "rows" if area.width >= area.height else "columns")
        self._shift(Shift(area, axis, inserts=True), _ORIGINS[copy_origin])

    def delete(self, shift: str | None = None) -> None:
        """Delete the cells; those below or to the right close up.

        `shift` is "up" or "left"; without it wide ranges close up from below, tall ones from the
        right. Raises WorkbookError, with nothing changed, where something would come apart.
        """
        area = self.area
        axis = _axis(area, shift, "rows" if area.width > area.height else "columns")
        self._shift(Shift(area, axis, inserts=False), "before")

    def _shift(self, shift: Shift, origin: Origin) -> None:
        shift_cells(self.sheet.book.model, self.sheet.model, shift, origin)


def _axis(area: Area, shift: str | None, otherwise: Axis) -> Axis:
    """The direction in which cells go; whole rows and columns leave no choice."""
    if area.whole_rows != area.whole_columns:
        return "rows" if area.whole_rows else "columns"
    return otherwise if shift is None else _AXES[shift]
