# mypy: allow-subclassing-any
"""Formulas of ranges: plain ones, dynamic ones that spill, and array formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kam_excel.headless.api.entering import entered, spell_out, typed
from kam_excel.headless.api.rangebase import RangeBase
from kam_excel.headless.cells.values import ArrayFormula, Content, Formula
from kam_excel.headless.parts.metadata import dynamic_array
from kam_excel.headless.references import futures
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.filling import shift
from kam_excel.headless.references.spilling import may_spill

if TYPE_CHECKING:
    pass


class RangeFormulas(RangeBase):
    """The part of a range that is about formulas."""

    @property
    def formula(self) -> Any:
        """Formulas with their equals sign, other contents as text; a tuple of rows or one."""
        if not self:
            return None
        area = self.area
        contents = self._grid.contents(area)
        for common, formula in self._arrays():
            for row, column in common.cells():
                contents[row - area.row1][column - area.col1] = formula
        rows = tuple(tuple(map(typed, row)) for row in contents)
        return rows[0][0] if self.shape == (1, 1) else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        self.raw_value = value

    @property
    def formula2(self) -> Any:
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        """Enter formulas that spill where they give several values.

        How far is for Excel to compute: until then only their own cells are taken.
        """
        if not self:
            return
        contents = self.entered_rows(self.rows_of(value))
        for row in contents:
            for place, content in enumerate(row):
                if isinstance(content, Formula) and may_spill(futures.typed(content)):
                    row[place] = ArrayFormula(content, metadata=self._dynamic())
        self._grid.write(self.area.row1, self.area.col1, contents)

    def _dynamic(self) -> str:
        return dynamic_array(self.sheet.book.model.package)

    @property
    def formula_array(self) -> str | None:
        """The formula that gives the values of all cells, or that of one; None for others."""
        if not self:
            return None
        for common, formula in self._arrays():
            return typed(formula) if common == self.area else None
        return typed(self._grid.content(*self._first)) if self.shape == (1, 1) else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        """Let one formula give the values of all cells.

        Raises WorkbookError for part of another array formula and for merged cells, ValueError
        for several cells of a table.
        """
        if not self:
            return
        area = self.area
        if self.shape != (1, 1) and any(each.area.common(area) for each in self._tables):
            raise ValueError("an array formula for several cells does not go into a table")
        text = value if value.startswith("=") else f"={value}"
        [[content]] = self.entered_rows([[text]])
        if not isinstance(content, Formula):
            raise ValueError("an array formula needs a formula")
        self._grid.write_array(area, ArrayFormula(content))

    @property
    def has_array(self) -> bool:
        """Whether a cell belongs to an array formula of the old kind, which does not spill."""
        return bool(self) and any(formula.metadata is None for _, formula in self._arrays())

    def _arrays(self) -> Iterator[tuple[Area, ArrayFormula]]:
        """The cells of the range that array formulas give the values of, and these formulas."""
        for array in self._grid.arrays():
            common = array.common(self.area)
            formula = self._grid.content(array.row1, array.col1) if common else None
            if common and isinstance(formula, ArrayFormula):
                yield common, formula

    @property
    def _first(self) -> tuple[int, int]:
        return self.area.row1, self.area.col1

    # entering -----------------------------------------------------------------

    def rows_of(self, data: Any) -> Sequence[Sequence[Any]]:
        """What is to be entered, cell by cell: one value goes into each of them.

        Raises ValueError where the rows are not as many or not as long as those of the range.
        """
        rows = data if isinstance(data, (list, tuple)) else self._filled(data)
        if rows and not isinstance(rows[0], (list, tuple)):
            rows = [rows]
        height, width = self.shape
        if len(rows) != height or any(len(row) != width for row in rows):
            raise ValueError(f"{self.area} does not take {len(rows)} rows of values")
        return rows

    def _filled(self, value: Any) -> Sequence[Sequence[Any]]:
        """Rows of one value; the references of a formula move along, as Excel fills it."""
        rows, columns = self.shape
        if type(value) is str and value[:1] == "=" and len(value) > 1 and rows * columns > 1:
            return [
                [f"={shift(value[1:], row, column)}" for column in range(columns)]
                for row in range(rows)
            ]
        return [[value] * columns] * rows

    def entered_rows(self, rows: Sequence[Sequence[Any]]) -> list[list[Content]]:
        """What cells hold once these values are typed into the range, from its first cell on."""
        date1904 = self._grid.date1904
        contents = [[entered(value, date1904) for value in row] for row in rows]
        spell_out(contents, self.area, self._tables)
        return contents
