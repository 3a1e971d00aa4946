# mypy: allow-subclassing-any
"""Sheets: adding, finding, moving and deleting them, and what holds for a sheet as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api.charts import Charts
from kam_excel.headless.api.collections import numbered_name
from kam_excel.headless.api.comments import Comment, comments
from kam_excel.headless.api.names import Names, check_sheet_name
from kam_excel.headless.api.notes import Note
from kam_excel.headless.api.pagesetup import PageSetup
from kam_excel.headless.api.pictures import Pictures
from kam_excel.headless.api.pivots import PivotTables
from kam_excel.headless.api.ranges import Range
from kam_excel.headless.api.shapes import Shapes
from kam_excel.headless.api.tables import Tables
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.filled import Filled
from kam_excel.headless.cells.fitting import autofit
from kam_excel.headless.model import sheetcopies
from kam_excel.headless.model.finding import locate
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.parts import panes
from kam_excel.headless.parts.workbook import State
from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    MAX_ROW,
    WHOLE_SHEET,
    Area,
    parse_area,
)
from kam_excel.headless.references.names import same_name
from kam_excel.headless.xml.values import is_true

if TYPE_CHECKING:
    from kam_excel.headless.api.books import Book

# Excel's XlSheetVisibility; True and False are 1 and 0.
_STATES: dict[int, State] = {-1: "visible", 1: "visible", 0: "hidden", 2: "veryHidden"}


@explained
class Sheets(base_classes.Sheets):
    """The worksheets of a book; which one is active is remembered, not stored."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._active: SheetModel | None = None

    @property
    def api(self) -> Sheets:
        return self

    @property
    def active(self) -> Sheet:
        models = self._book.model.sheets()
        if self._active not in models:
            visible = [model for model in models if model.entry.state == "visible"]
            tab = self._book.model.xml.active_tab
            on_top = [model for model in visible if model.entry.place == tab]
            self._active = (on_top or visible or models)[0]
        assert self._active is not None
        return Sheet(self._book, self._active)

    def activate(self, model: SheetModel) -> None:
        """Make a sheet the active one."""
        self._active = model

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, str):
            return Sheet(self._book, self._book.model.sheet(name_or_index))
        models = self._book.model.sheets()
        if not 1 <= name_or_index <= len(models):
            raise IndexError(f"there is no sheet {name_or_index}")
        return Sheet(self._book, models[name_or_index - 1])

    def __contains__(self, name: str) -> bool:
        return any(same_name(sheet.name, name) for sheet in self)

    def __len__(self) -> int:
        return len(self._book.model.sheets())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self._book, model) for model in self._book.model.sheets()])

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        """Add a sheet before or after another one, else before the active one.

        Raises ValueError for a name that Excel refuses.
        """
        if name:
            check_sheet_name(name)
        if before is None and after is None and len(self):
            before = self.active
        if before is not None:
            place = before.model.entry.place
        else:
            place = after.model.entry.place + 1 if after else 0
        model = self._book.model.add_sheet(name or self._free_name(), place)
        self._active = model
        return Sheet(self._book, model)

    def _free_name(self) -> str:
        return numbered_name("Sheet", [entry.name for entry in self._book.model.xml.sheets()])


@explained
class Sheet(base_classes.Sheet):
    """A worksheet."""

    def __init__(self, book: Book, model: SheetModel) -> None:
        self._book = book
        self.model = model

    @property
    def api(self) -> Sheet:
        return self

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return self.model.entry.name

    @name.setter
    def name(self, value: str) -> None:
        check_sheet_name(value)
        clash = value.casefold() in {
            each.name.casefold()
            for each in self._book.model.xml.sheets()
            if each.relationship != self.model.relationship
        }
        if clash:
            raise ValueError(f"Sheet named {value!r} already present in workbook")
        self._book.model.rename_sheet(self.model, value)

    @property
    def names(self) -> Names:
        return Names(self._book, self.model)

    @property
    def index(self) -> int:
        return self._book.model.sheets().index(self.model) + 1

    @property
    def visible(self) -> bool:
        return self.model.entry.state == "visible"

    @visible.setter
    def visible(self, value: Any) -> None:
        self._book.model.set_visible(self.model, _STATES[value])

    def activate(self) -> None:
        self._book.activate()
        self._book.sheets.activate(self.model)

    def select(self) -> None:
        self.activate()

    # cells ------------------------------------------------------------------

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """A range from addresses, names, table references, (row, column) pairs or ranges.

        Four numbers are (row, column, rows, columns); zero rows or columns make it empty.
        """
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, *arg1)
        if isinstance(arg1, int) and isinstance(arg2, int):
            arg1, arg2 = (arg1, arg2), None
        first = self._area(arg1)
        area = first if arg2 is None else first.union(self._area(arg2))
        return Range.over(self, area)

    def _area(self, given: Any) -> Area:
        if isinstance(given, Range):
            return given.area
        if isinstance(given, tuple):
            row, column = int(given[0]), int(given[1])
            return Area(row, column, row, column)
        return locate(self._book.model, self.model, str(given))

    @property
    def cells(self) -> Range:
        return Range(self, 1, 1, MAX_ROW, MAX_COLUMN)

    @property
    def used_range(self) -> Range:
        return Range.over(self, self.model.grid.used_area() or Area(1, 1, 1, 1))

    @property
    def filled(self) -> Filled:
        """Every cell that shows something; xlwings has no word for it."""
        self._book.compute(self.model, WHOLE_SHEET)
        return self.model.grid.filled()

    def clear(self) -> None:
        self.cells.clear()

    def clear_contents(self) -> None:
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        self.cells.clear_formats()

    def autofit(self, axis: str | None = None) -> None:
        area = self.model.grid.used_area()
        if area is not None:
            autofit(self.model.grid, self._book.model.styles, area, axis)

    @property
    def notes(self) -> list[Note]:
        """The notes of the sheet, row by row."""
        return [Note(self.range(cell)) for cell in self.model.notes.cells()]

    @property
    def comments(self) -> list[Comment]:
        """The threaded comments of the sheet, row by row."""
        return comments(self)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def charts(self) -> Charts:
        return Charts(self)

    @property
    def shapes(self) -> Shapes:
        return Shapes(self)

    @property
    def pictures(self) -> Pictures:
        return Pictures(self)

    @property
    def pivot_tables(self) -> PivotTables:
        return PivotTables(self)

    @property
    def freeze_panes(self) -> FreezePanes:
        return FreezePanes(self.model)

    @property
    def page_setup(self) -> PageSetup:
        return PageSetup(self._book.model.xml, self.model)

    @property
    def is_protected(self) -> bool:
        """Whether the cells are protected; xlwings has no word for it."""
        element = self.model.grid.shell.child("sheetProtection")
        return element is not None and is_true(element.attributes.get("sheet"))

    @property
    def show_gridlines(self) -> bool:
        """Whether gridlines are shown; raises ValueError for a hidden sheet, as Excel does."""
        return panes.shows_gridlines(self._shown.grid.shell)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        panes.show_gridlines(self._shown.grid.shell, value)

    @property
    def _shown(self) -> SheetModel:
        if not self.visible:
            raise ValueError(f"the sheet {self.name!r} is hidden: show it first")
        return self.model

    @property
    def selection(self) -> Range:
        """The cells that were selected last, here or when the file was saved."""
        area = self.model.selected or panes.selection(self.model.grid.shell)
        return Range.over(self, area)

    # order ------------------------------------------------------------------

    def delete(self) -> None:
        """Delete the sheet; references to it become `#REF!`."""
        self._book.model.delete_sheet(self.model)

    def copy(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        """Copy the sheet before or after another one, which may be of another workbook.

        Raises NotImplementedError for what cannot be copied without Excel.
        """
        target = before or after or self.book.sheets(len(self.book.sheets))
        place = target.model.entry.place + (before is None)
        own, other = self._book.model, target.book.model
        if own is other:
            model = sheetcopies.copy_within(own, self.model, place)
        else:
            model = sheetcopies.copy_across(own, self.model, other, place)
        target.book.sheets.activate(model)

    def move(self, before: Sheet | None = None, after: Sheet | None = None) -> None:
        target = before or after
        if target is None:
            raise ValueError("say before or after which sheet to move")
        place, own = target.model.entry.place, self.model.entry.place
        place += (after is not None) - (own < place)
        self._book.model.xml.move_sheet(self.model.entry, place)


@explained
class FreezePanes(base_classes.FreezePanes):
    """Frozen rows and columns of a sheet."""

    def __init__(self, model: SheetModel) -> None:
        self._model = model

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows and columns of an address such as `A1`, `A:B` or `1:1`."""
        area = parse_area(frozen_range)
        rows = 0 if area.whole_columns else area.row2
        columns = 0 if area.whole_rows else area.col2
        panes.freeze(self._model.grid.shell, rows, columns)

    def unfreeze(self) -> None:
        panes.freeze(self._model.grid.shell, 0, 0)
