# mypy: allow-subclassing-any
"""Which cells a range is about: what its members for formulas, formats and edits start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from xlwings import base_classes

from kam_excel.headless.cells import regions
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area

if TYPE_CHECKING:
    from kam_excel.headless.api.sheets import Sheet
    from kam_excel.headless.cells.grid import Grid
    from kam_excel.headless.parts.sheettables import SheetTables
    from kam_excel.headless.styles.part import Styles


class RangeBase(base_classes.Range):
    """A rectangle of cells of one sheet; with no rows or no columns it is empty and false.

    Raises IndexError for one that begins before the first cell, ValueError for one that reaches
    beyond the last.
    """

    options: dict[str, Any]

    def __init__(self, sheet: Sheet, row: int, column: int, rows: int, columns: int) -> None:
        if row < 1 or column < 1:
            raise IndexError("Attempted to access 0-based Range. Ranges are 1-based.")
        if (last := row + rows - 1) > MAX_ROW:
            raise ValueError(f"there is no row {last}: a sheet has {MAX_ROW}")
        if (last := column + columns - 1) > MAX_COLUMN:
            raise ValueError(f"there is no column {last}: a sheet has {MAX_COLUMN}")
        self._sheet = sheet
        self._row, self._column = row, column
        self._shape = (rows, columns)

    @classmethod
    def over(cls, sheet: Sheet, area: Area) -> Self:
        """The range that covers an area."""
        return cls(sheet, area.row1, area.col1, area.height, area.width)

    def _over(self, area: Area) -> Self:
        return self.over(self._sheet, area)

    @property
    def area(self) -> Area:
        """The cells; raises ValueError for an empty range."""
        if not self:
            raise ValueError("the range is empty")
        rows, columns = self._shape
        return Area(self._row, self._column, self._row + rows - 1, self._column + columns - 1)

    def __bool__(self) -> bool:
        """Whether there is any cell; xlwings writes nothing into a range that is false."""
        return 0 not in self._shape

    def __len__(self) -> int:
        return self._shape[0] * self._shape[1]

    @property
    def row(self) -> int:
        return self._row

    @property
    def column(self) -> int:
        return self._column

    @property
    def shape(self) -> tuple[int, int]:
        return self._shape

    @property
    def current_region(self) -> Self:
        return self._over(regions.current_region(self._grid, self.area)) if self else self

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def _grid(self) -> Grid:
        return self._sheet.model.grid

    @property
    def _styles(self) -> Styles:
        return self._sheet.book.model.styles

    @property
    def _tables(self) -> SheetTables:
        return self._sheet.model.tables

    def _compute(self) -> None:
        """Have formulas computed that are about to be read."""
        self._sheet.book.compute(self._sheet.model, self.area)
