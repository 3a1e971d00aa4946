# mypy: allow-subclassing-any
"""Ranges whose cells come, go and move: insert, delete, copy, paste, merge, group, fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.api.rangebase import RangeBase
from kam_excel.headless.cells import dragging, merging, outlining
from kam_excel.headless.cells.copying import put_contents, read
from kam_excel.headless.cells.series import Fill
from kam_excel.headless.cells.values import Formula
from kam_excel.headless.model import copying
from kam_excel.headless.model.copying import WHAT, Source, What
from kam_excel.headless.model.restructuring import move_cells, shift_cells
from kam_excel.headless.references.addressing import Area, quote_sheet
from kam_excel.headless.references.moving import Axis, Shift
from kam_excel.headless.rewriting.rows import Origin

if TYPE_CHECKING:
    pass

_AXES: dict[str, Axis] = {"down": "rows", "up": "rows", "right": "columns", "left": "columns"}
_ORIGINS: dict[str | None, Origin] = {
    None: "before",
    "format_from_left_or_above": "before",
    "format_from_right_or_below": "behind",
}
# What autofill goes on with, and whether contents and formats are filled.
_FILLS: dict[str, tuple[Fill, bool, bool]] = {
    "fill_default": ("default", True, True),
    "fill_copy": ("copy", True, True),
    "fill_series": ("series", True, True),
    "fill_days": ("days", True, True),
    "fill_weekdays": ("weekdays", True, True),
    "fill_months": ("months", True, True),
    "fill_years": ("years", True, True),
    "fill_formats": ("copy", False, True),
    "fill_values": ("default", True, False),
    "linear_trend": ("linear", True, True),
    "growth_trend": ("growth", True, True),
}


class RangeEdits(RangeBase):
    """The part of a range that moves cells."""

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

    def move(self, destination: Any) -> None:
        """Cut the cells out and put them from a cell on; references to them follow.

        Raises WorkbookError, with nothing changed, where something would come apart.
        """
        target = destination.impl
        own, other = self.sheet.model, target.sheet.model
        move_cells(self.sheet.book.model, own, self.area, other, target.row, target.column)

    # copying ----------------------------------------------------------------

    def copy(self, destination: Any = None) -> None:
        """Copy the cells to a range, or keep in mind which they are until `paste`."""
        if destination is None:
            self.sheet.book.app.clipboard = self
        else:
            destination.impl.copy_from(self)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Paste what was copied in this app, as it is now; raises ValueError where nothing was."""
        source = self.sheet.book.app.clipboard
        if source is None:
            raise ValueError("copy a range first")
        self._paste(source, WHAT[paste], skip_blanks, transpose, operation)

    def copy_from(
        self,
        source_range: Any,
        copy_type: str = "all",
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Copy another range here: all, "formats", "formulas", "values" or a "link" to it."""
        source = getattr(source_range, "impl", source_range)
        if copy_type == "link":
            self._link(source)
        else:
            self._paste(source, WHAT[copy_type], skip_blanks, transpose, None)

    def _paste(
        self, source: RangeEdits, what: What, skip_blanks: bool, transpose: bool, by: str | None
    ) -> None:
        book = self.sheet.book
        if source.sheet.book is not book:
            self._paste_from_elsewhere(source, what, transpose)
            return
        cells = Source(source.sheet.model, source.area, book.model.styles)
        copying.paste(cells, self.sheet.model, self.area, what, skip_blanks, transpose, by)

    def _paste_from_elsewhere(self, source: RangeEdits, what: What, transpose: bool) -> None:
        """Between workbooks only values go: formats and formulas belong to theirs."""
        if what != WHAT["values"]:
            raise NotImplementedError(
                "between workbooks only values are copied here: paste 'values', or copy the sheet"
            )
        block = read(source._grid, source.area, "values")
        block = block.turned() if transpose else block
        put_contents(self._grid, block, self.area.row1, self.area.col1, False, None)

    def _link(self, source: RangeEdits) -> None:
        own = source.sheet.model is self.sheet.model
        owner = "" if own else f"{quote_sheet(source.sheet.name)}!"
        area, single = source.area, source.area.height == source.area.width == 1
        rows = [
            [
                Formula(f"{owner}{Area(row, column, row, column).address(single, single)}")
                for column in area.columns
            ]
            for row in area.rows
        ]
        self._grid.write(self.area.row1, self.area.col1, rows)

    def autofill(self, destination: Any, type_: str = "fill_default") -> None:
        """Drag the cells over a range that holds them: series go on, formulas move along.

        Raises NotImplementedError for "flash_fill", which guesses.
        """
        if type_ == "flash_fill":
            raise NotImplementedError("flash_fill is Excel's guess: write the values instead")
        fill, contents, formats = _FILLS[type_]
        styles = self._styles
        target = destination.impl.area
        dragging.drag(self._grid, styles, self.area, target, fill, contents, formats)

    # merging and grouping -----------------------------------------------------

    def merge(self, across: bool = False) -> None:
        """Make one cell of the range, or of each of its rows; the first content stays.

        Raises WorkbookError where part of a table would be merged.
        """
        area = self.area
        for table in self._tables:
            if table.area.common(area):
                place = Place(cell=str(area))
                raise WorkbookError(problem("TABLE_OVER_MERGE", place, area=table.area, merge=area))
        lines = (Area(row, area.col1, row, area.col2) for row in area.rows)
        for part in lines if across else [area]:
            merging.merge(self._grid, part)

    def unmerge(self) -> None:
        merging.unmerge(self._grid, self.area)

    @property
    def arg1_input(self) -> str:
        """The address, which xlwings looks at to tell rows from columns."""
        return self.area.address()

    def group(self, by: str) -> None:
        """Group rows or columns one level deeper, as `by` says."""
        self._group(by, 1)

    def ungroup(self, by: str) -> None:
        """Group rows or columns one level less deep, as `by` says."""
        self._group(by, -1)

    def _group(self, by: str, step: int) -> None:
        area = self.area
        if by.startswith("row"):
            outlining.group(self._grid, area.row1, area.row2, "rows", step)
        else:
            outlining.group(self._grid, area.col1, area.col2, "columns", step)

    def _shift(self, shift: Shift, origin: Origin) -> None:
        shift_cells(self.sheet.book.model, self.sheet.model, shift, origin)


def _axis(area: Area, shift: str | None, otherwise: Axis) -> Axis:
    """The direction in which cells go; whole rows and columns leave no choice."""
    if area.whole_rows != area.whole_columns:
        return "rows" if area.whole_rows else "columns"
    return otherwise if shift is None else _AXES[shift]
