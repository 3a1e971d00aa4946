"""A workbook as our own objects: workbook part, sheets with their grids, formats, tables."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.geometry import Geometry
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.strings import SharedStrings
from kam_excel.headless.charts.sheet import SheetCharts
from kam_excel.headless.notes.sheet import SheetNotes
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.hyperlinks import Hyperlinks
from kam_excel.headless.parts.tables import SheetTables, TableXml
from kam_excel.headless.parts.usage import mentions, own_parts, refers, renamed, table_users
from kam_excel.headless.parts.workbook import DefinedName, SheetEntry, State, WorkbookXml
from kam_excel.headless.rules.conditionalxml import SheetRules
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.rules.sparklines import SheetSparklines
from kam_excel.headless.rules.validationxml import SheetValidations
from kam_excel.headless.saving.save import SaveReport, save
from kam_excel.headless.styles.part import Styles

_LARGE = 16 * 1024**2  # bytes of a sheet


class _Pending(Protocol):
    def flush(self) -> None: ...


_P = TypeVar("_P", bound=_Pending)


class SheetModel:
    """One worksheet: found by its relationship, whatever it is called or wherever it moves."""

    def __init__(self, workbook: WorkbookModel, entry: SheetEntry, added: bool = False) -> None:
        self._workbook = workbook
        self.relationship = entry.relationship
        self.part = entry.part
        self.added = added
        self._grid: Grid | None = None
        self._pending: list[_Pending] = []
        self.charts = SheetCharts(workbook.package, self)

    @property
    def entry(self) -> SheetEntry:
        """Name, place and state; raises KeyError once the sheet is deleted."""
        for entry in self._workbook.xml.sheets():
            if entry.relationship == self.relationship:
                return entry
        raise KeyError("the sheet was deleted")

    @property
    def grid(self) -> Grid:
        """The cells, read when first asked for."""
        if self._grid is None:
            book = self._workbook
            self._grid = Grid(
                book.package.read(self.part),
                self.part,
                book.strings,
                book.styles,
                book.xml.date1904,
            )
        return self._grid

    @property
    def tables(self) -> SheetTables:
        """The Excel tables of the sheet."""
        return SheetTables(self._workbook.package, self.part, lambda: self.grid)

    @cached_property
    def hyperlinks(self) -> Hyperlinks:
        """The hyperlinks of the sheet."""
        package = self._workbook.package
        return self._to_flush(Hyperlinks(package, self.part, lambda: self.grid.shell))

    @cached_property
    def notes(self) -> SheetNotes:
        """The notes of the sheet."""
        book = self._workbook
        notes = SheetNotes(book.package, self.part, book.styles, lambda: self.grid)
        return self._to_flush(notes)

    @cached_property
    def rules(self) -> SheetRules:
        """The conditional formats of the sheet."""
        return SheetRules(self._outline)

    @cached_property
    def validations(self) -> SheetValidations:
        """The data validations of the sheet."""
        return SheetValidations(self._outline)

    @cached_property
    def sparklines(self) -> SheetSparklines:
        """The sparklines of the sheet."""
        return SheetSparklines(self._outline)

    @cached_property
    def _outline(self) -> Outline:
        return self._to_flush(Outline(lambda: self.grid.shell))

    def _to_flush(self, pending: _P) -> _P:
        self._pending.append(pending)
        return pending

    @property
    def geometry(self) -> Geometry:
        """Where cells lie, in points, as columns and rows are now."""
        return Geometry(self.grid, self._workbook.styles)

    def number_format(self, row: int, column: int) -> str:
        """The number format of a cell, as Excel writes it in English."""
        return self._workbook.styles.number_format(self.grid.style(row, column))

    def flush(self) -> bool:
        """Write pending changes into the package; whether cells were among them."""
        self.charts.flush()
        for each in self._pending:
            each.flush()
        if self._grid is None or not self._grid.is_changed:
            return False
        for table in self.tables:
            if table.header and self._grid.touches(table.header):
                self.tables.take_headers(table)
        used = self._grid.used_area()
        cells = used is not None and self._grid.touches(used)
        self._workbook.package.write(self.part, self._grid.flush())
        return cells

    def take_formulas_changed(self) -> bool:
        """Whether formulas came or went since this was last asked."""
        if self._grid is None:
            return False
        changed, self._grid.formulas_changed = self._grid.formulas_changed, False
        return changed


class WorkbookModel:
    """A package with what makes it a workbook. Changes of cells wait until `flush`."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.xml = WorkbookXml(package)
        self.strings = SharedStrings(package)
        self.styles = Styles(package)
        self._sheets: dict[str, SheetModel] = {}

    def sheets(self) -> list[SheetModel]:
        """The worksheets in their order."""
        for entry in self.xml.worksheets():
            if entry.relationship not in self._sheets:
                self._sheets[entry.relationship] = SheetModel(self, entry)
        return [self._sheets[entry.relationship] for entry in self.xml.worksheets()]

    def sheet(self, name: str) -> SheetModel:
        """The worksheet of that name, whatever its case; raises KeyError."""
        for model in self.sheets():
            if model.entry.name.casefold() == name.casefold():
                return model
        raise KeyError(name)

    def add_sheet(self, name: str, place: int) -> SheetModel:
        """Add an empty sheet at a place among all sheets."""
        entry = self.xml.add_sheet(name, place)
        model = SheetModel(self, entry, added=True)
        self._sheets[entry.relationship] = model
        return model

    def rename_sheet(self, model: SheetModel, name: str) -> None:
        """Rename a sheet; raises WorkbookError where something refers to it by its name.

        What Excel itself names on the sheet, such as the area that is printed, follows.
        """
        entry = model.entry
        if name == entry.name:
            return
        if not model.added:
            self._refuse_used(model, exempt=set())
        for each in self._own_names(entry):
            self.xml.set_name(each.name, renamed(each.refers_to, entry.name, name), each.scope)
        self.xml.rename_sheet(entry, name)

    def _own_names(self, entry: SheetEntry) -> list[DefinedName]:
        """The names on a sheet that are Excel's own."""
        names = (each for each in self.xml.names() if each.scope == entry.place)
        return [each for each in names if each.name.casefold().startswith("_xlnm.")]

    def delete_sheet(self, model: SheetModel) -> None:
        """Delete a sheet with its tables, drawings and names.

        Raises WorkbookError where something refers to it or no visible sheet would be left.
        """
        entry = model.entry
        others = [each for each in self.xml.sheets() if each.relationship != entry.relationship]
        if not any(each.state == "visible" for each in others):
            raise WorkbookError(problem("LAST_VISIBLE_SHEET", Place(self.name, entry.name)))
        owned = own_parts(self.package, model.part)
        self._refuse_used(model, exempt=owned)
        self.xml.delete_sheet(entry)
        self.xml.drop_calculation_chain()
        for part in owned:
            self.package.remove(part)
        del self._sheets[entry.relationship]

    def _refuse_used(self, model: SheetModel, exempt: set[str]) -> None:
        self.flush()
        entry = model.entry
        users = [
            part
            for part in self.package.names()
            if part not in exempt
            and part != self.xml.part
            and mentions(self.package, part, entry.name)
        ]
        own = self._own_names(entry)
        users += [
            each.name
            for each in self.xml.names()
            if each not in own
            and (each.scope != entry.place or not exempt)
            and refers(each.refers_to, entry.name)
        ]
        if users:
            place = Place(self.name, entry.name)
            listed = ", ".join(users[:5])
            raise WorkbookError(problem("SHEET_IN_USE", place, sheet=entry.name, users=listed))

    def set_visible(self, model: SheetModel, state: State) -> None:
        """Show or hide a sheet; raises WorkbookError where no visible sheet would be left."""
        entry = model.entry
        others = (each for each in self.xml.sheets() if each.relationship != entry.relationship)
        if state != "visible" and not any(each.state == "visible" for each in others):
            raise WorkbookError(problem("LAST_VISIBLE_SHEET", Place(self.name, entry.name)))
        self.xml.set_state(entry, state)

    def refuse_used_table(self, name: str) -> None:
        """Raise WorkbookError where a formula refers to a table."""
        self.flush()
        users = table_users(self.package, name)
        if users:
            listed = ", ".join(users[:5])
            raise WorkbookError(problem("TABLE_IN_USE", Place(self.name), table=name, users=listed))

    def taken_names(self) -> set[str]:
        """The names of tables and defined names, in lower case: they share one name space."""
        names = {each.name.casefold() for each in self.xml.names()}
        return names | {table.name.casefold() for table in self.tables()}

    def tables(self) -> list[TableXml]:
        """The tables of all sheets."""
        return [table for sheet in self.sheets() for table in sheet.tables]

    def flush(self) -> None:
        """Write everything that is pending into the package."""
        changed = [model.flush() for model in self.sheets()]
        formulas = [model.take_formulas_changed() for model in self.sheets()]
        self.styles.flush()
        if any(formulas):
            self.xml.drop_calculation_chain()
        if any(changed) and self._has_formulas():
            self.xml.compute_on_load()

    def _has_formulas(self) -> bool:
        """Whether a sheet holds a formula; a large one may, and is not searched for it."""
        parts = [model.part for model in self.sheets()]
        return any(self.package.size(part)[0] > _LARGE for part in parts) or any(
            _holds_formula(self.package.read(part)) for part in parts
        )

    def save(self, path: Path) -> SaveReport:
        """Save the package as `path`."""
        return save(self.package, path)


def _holds_formula(data: bytes) -> bool:
    return b"<f>" in data or b"<f " in data or b":f>" in data or b":f " in data
