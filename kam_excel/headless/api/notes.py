# mypy: allow-subclassing-any
"""Notes of cells, which Excel called comments before it had threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlwings import base_classes

from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.references.addressing import Area

if TYPE_CHECKING:
    from kam_excel.headless.api.ranges import Range


@explained
class Note(base_classes.Note):
    """The note of a cell; raises KeyError once it is deleted."""

    def __init__(self, cell: Range) -> None:
        self._cell = cell
        self._notes = cell.sheet.model.notes
        self._place = cell.row, cell.column

    @classmethod
    def of(cls, cell: Range) -> Note | None:
        """The note of a cell, or None; threaded comments are none."""
        has_one = (cell.row, cell.column) in cell.sheet.model.notes
        return cls(cell) if has_one else None

    @property
    def api(self) -> Note:
        return self

    @property
    def text(self) -> str:
        return self._notes.text(self._place)

    @text.setter
    def text(self, value: str) -> None:
        self._notes.set_text(self._place, value)

    @property
    def author(self) -> str:
        return self._notes.author(self._place)

    @property
    def location(self) -> Range:
        return self._cell

    def delete(self) -> None:
        row, column = self._place
        self._notes.remove(Area(row, column, row, column))
