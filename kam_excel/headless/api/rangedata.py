# mypy: allow-subclassing-any
"""Searching, replacing, sorting and sifting the cells of a range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.autofilter import AutoFilter
from kam_excel.headless.api.rangebase import RangeBase
from kam_excel.headless.cells import searching, sorting, special
from kam_excel.headless.references.addressing import Area, cell_name

if TYPE_CHECKING:
    from kam_excel.headless.model.sheet import SheetModel


class RangeData(RangeBase):
    """The part of a range that works on its cells as data; xlwings has checked the arguments."""

    def find(
        self, text: str, whole: bool, direction: str, order: str, match_case: bool
    ) -> Self | None:
        """The first cell that shows `text`, or None; hidden cells are not looked at."""
        if not self:
            return None
        self._compute()
        cell = searching.find(
            self._grid,
            self._styles,
            self.area,
            text,
            whole=whole,
            match_case=match_case,
            by_columns=order == "columns",
            backward=direction == "backward",
        )
        return self._over(Area(*cell, *cell)) if cell else None

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace text in formulas, texts and numbers; dates stay as they are."""
        if self:
            searching.replace(
                self._grid, self._styles, self.area, old, new, whole=whole, match_case=match_case
            )

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Self]:
        """The cells of a kind as rectangles, from the top."""
        if not self:
            return []
        if value_type is not None:
            self._compute()
        areas = special.cells_of(self._grid, self.area, cell_type, value_type)
        return [self._over(area) for area in areas]

    def sort(self, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
        """Sort the rows by columns of the range, counted from 1.

        Raises WorkbookError where a row cannot move or a formula among the keys has no value yet.
        """
        area = self._rows_to_arrange(has_headers)
        if area is not None:
            arrange(self.sheet.model, area, sorting.sorted_rows(self._grid, area, keys, ascending))

    def remove_duplicates(self, columns: Sequence[int], has_headers: bool) -> None:
        """Keep the first of the rows that show the same in some columns; the rest moves up.

        Raises WorkbookError as `sort` does.
        """
        area = self._rows_to_arrange(has_headers)
        if area is not None:
            moves, emptied = sorting.distinct_rows(self._grid, self._styles, area, columns)
            arrange(self.sheet.model, area, moves, emptied)

    @property
    def autofilter(self) -> AutoFilter:
        """The filter whose header is the first row; a single cell stands for its region.

        Of a table it is the table's; raises ValueError for part of one.
        """
        area = self.area if len(self) > 1 else self.current_region.area
        for table in self._tables:
            if table.area.common(area):
                filtered = AutoFilter.of_table(self.sheet, table)
                if area not in (filtered.area, table.area):
                    raise ValueError(f"the range is part of the table {table.name!r}: filter that")
                return filtered
        used = self._grid.used_area()
        last = max(area.row1, used.row2) if area.whole_columns and used else area.row2
        return AutoFilter(self.sheet, Area(area.row1, area.col1, last, area.col2))

    def _rows_to_arrange(self, has_headers: bool) -> Area | None:
        """The rows below the header that are used, in the columns of the range."""
        used = self._grid.used_area()
        if not self or used is None:
            return None
        self._compute()
        area = self.area
        first, last = area.row1 + has_headers, min(area.row2, used.row2)
        return Area(first, area.col1, last, area.col2) if first <= last else None


def arrange(
    sheet: SheetModel, area: Area, moves: sorting.Moves, emptied: Sequence[int] = ()
) -> None:
    """Move rows of an area, their hyperlinks with them; raises WorkbookError where notes would."""
    changed = {*moves, *moves.values(), *emptied}
    for row, column in sheet.notes.cells():
        if row in changed and column in area.columns:
            place = Place(cell=cell_name(row, column))
            raise WorkbookError(problem("ROWS_HAVE_NOTES", place, area=area))
    links = sheet.hyperlinks
    held = {
        (row, column): link
        for row in changed
        for column in area.columns
        if (link := links.find(row, column))
    }
    sorting.move_rows(sheet.grid, area, moves, emptied)
    for row, column in held:
        links.remove(Area(row, column, row, column))
    for (row, column), link in held.items():
        if row in moves:
            links.put(moves[row], column, link)
