"""A workbook as our own objects: workbook part, sheets with their grids, formats, tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.geometry import Geometry
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.strings import SharedStrings
from kam_excel.headless.cells.values import Content
from kam_excel.headless.charts.sheet import SheetCharts
from kam_excel.headless.notes.sheet import SheetNotes
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.spool import Data
from kam_excel.headless.parts import tablebands
from kam_excel.headless.parts.filters import FilterXml
from kam_excel.headless.parts.hyperlinks import Hyperlinks
from kam_excel.headless.parts.sheettables import SheetTables
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.parts.usage import own_parts
from kam_excel.headless.parts.workbook import SheetEntry, State, WorkbookXml
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.names import same_name
from kam_excel.headless.rewriting.changes import (
    Change,
    ColumnsRenamed,
    SheetDeleted,
    SheetRenamed,
    TableRenamed,
)
from kam_excel.headless.rewriting.package import rewritten
from kam_excel.headless.rules.conditionalxml import SheetRules
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.rules.sparklines import SheetSparklines
from kam_excel.headless.rules.validationxml import SheetValidations
from kam_excel.headless.saving.save import SaveReport, save
from kam_excel.headless.shapes.sheet import SheetShapes
from kam_excel.headless.styles.colors import Colors
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
        self._past_revision = 0  # of grids before this one
        self._pending: list[_Pending] = []
        self.selected: Area | None = None
        self.renamed_columns: list[ColumnsRenamed] = []
        self.charts = SheetCharts(workbook.package, self)
        self.shapes = SheetShapes(workbook.package, self)

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
                book.package.read_large(self.part),
                self.part,
                book.strings,
                book.styles,
                book.xml.date1904,
            )
        return self._grid

    @property
    def holds_formulas(self) -> bool:
        """Whether any cell has a formula; pending ones don't count."""
        if self._grid is not None and self._grid.is_scanned:
            return self._grid.stored.holds_formulas
        return _hold_formula(self._workbook.package.pieces(self.part))

    @property
    def is_unread(self) -> bool:
        """Whether it is a large sheet of which nobody has looked at a cell."""
        size, stored = self._workbook.package.size(self.part)
        return self._grid is None and stored > 0 and size > _LARGE

    @property
    def revision(self) -> int:
        """A number that grows with every write to the cells."""
        return self._past_revision + (0 if self._grid is None else self._grid.revision)

    def store_values(self, values: Mapping[tuple[int, int], Content]) -> bool:
        """Store values for formulas, by row and column, in place of the cached ones.

        NOT_COMPUTED marks a formula whose cached value, which stays, is not to be trusted.
        Returns whether anything was changed.
        """
        data = self.grid.store_values(values)
        self._store(data)
        return data is not None

    def restore_values(
        self, places: Collection[tuple[int, int]], before: SheetModel | None
    ) -> None:
        """Give formulas the cached values again that they have in `before`, or none."""
        self._store(self.grid.restore_values(places, before.grid.stored if before else None))

    def _store(self, data: Data | None) -> None:
        if data is not None:
            self._workbook.package.write(self.part, data)

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

    @property
    def filter(self) -> FilterXml:
        """The AutoFilter of the sheet."""
        return FilterXml(lambda: self.grid.shell, lambda: None)

    def mark_filtered(self, filtered: bool) -> None:
        """Say of the sheet whether its AutoFilter hides rows."""
        shell = self.grid.shell
        element = shell.child("sheetPr")
        if element is not None and (filtered or "filterMode" in element.attributes):
            shell.set_attribute(element, "filterMode", str(int(filtered)))
        elif filtered:
            shell.put("sheetPr", f'<{shell.prefix}sheetPr filterMode="1"/>')

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

    @property
    def colors(self) -> Colors:
        """What the colours of the workbook are."""
        return self._workbook.styles.colors

    def number_format(self, row: int, column: int) -> str:
        """The number format of a cell, as Excel writes it in English."""
        return self._workbook.styles.number_format(self.grid.style(row, column))

    def flush(self) -> None:
        """Write pending changes into the package."""
        self.charts.flush()
        for each in self._pending:
            each.flush()
        if self._grid is None or not self._grid.is_changed:
            return
        for table in self.tables:
            tablebands.settle(table, self._grid)
            if table.header and self._grid.touches(table.header):
                names = self.tables.take_headers(table)
                self.renamed_columns += [ColumnsRenamed(table.name, names)] if names else []
        self._workbook.package.write(self.part, self._grid.flush())

    def reload(self) -> None:
        """Read the sheet anew from its part; nothing may be pending."""
        self._past_revision, self._grid = self.revision + 1, None
        self._outline.reload()
        for name in ("hyperlinks", "notes"):
            if name in vars(self):
                self._pending.remove(vars(self).pop(name))

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
        self.structure = 0  # grows when cells change their places

    def sheets(self) -> list[SheetModel]:
        """The worksheets in their order."""
        for entry in self.xml.worksheets():
            if entry.relationship not in self._sheets:
                self._sheets[entry.relationship] = SheetModel(self, entry)
        return [self._sheets[entry.relationship] for entry in self.xml.worksheets()]

    def sheet(self, name: str) -> SheetModel:
        """The worksheet of that name, whatever its case; raises KeyError."""
        for model in self.sheets():
            if same_name(model.entry.name, name):
                return model
        raise KeyError(name)

    def add_sheet(self, name: str, place: int) -> SheetModel:
        """Add an empty sheet at a place among all sheets."""
        entry = self.xml.add_sheet(name, place)
        model = SheetModel(self, entry, added=True)
        self._sheets[entry.relationship] = model
        return model

    def rename_sheet(self, model: SheetModel, name: str) -> None:
        """Rename a sheet; whatever refers to it follows."""
        entry = model.entry
        if name == entry.name:
            return
        self.xml.refuse_locked()
        self.carry(SheetRenamed(entry.name, name))
        self.xml.rename_sheet(model.entry, name)

    def delete_sheet(self, model: SheetModel) -> None:
        """Delete a sheet with its tables, drawings and names; references to it become `#REF!`.

        Raises WorkbookError where no visible sheet would be left.
        """
        self.xml.refuse_locked()
        self.flush()
        entry, sheets = model.entry, self.xml.sheets()
        others = [each for each in sheets if each.relationship != entry.relationship]
        if not any(each.state == "visible" for each in others):
            raise WorkbookError(problem("LAST_VISIBLE_SHEET", Place(self.name, entry.name)))
        owned = own_parts(self.package, model.part)
        tables = [table.name for table in model.tables]
        order = [each.name for each in sheets]
        self.carry(SheetDeleted(entry.name, order, tables), exempt=owned)
        self.xml.delete_sheet(model.entry)
        self.xml.drop_calculation_chain()
        for part in owned:
            self.package.remove(part)
        del self._sheets[entry.relationship]
        for sheet in self.sheets():
            sheet.charts.release(model)

    def carry(self, change: Change, exempt: Collection[str] = ()) -> None:
        """Carry a change through every part that refers to what changes, but for `exempt` ones."""
        self.flush()
        self._carry_out(change, exempt)

    def _carry_out(self, change: Change, exempt: Collection[str] = ()) -> None:
        found = rewritten(self.package, self.xml.sheets(), change, exempt)
        for part, data in found.items():
            self.package.write(part, data)
        self.reload(found)

    def reload(self, parts: Collection[str]) -> None:
        """Read anew what was made of parts that have changed; nothing may be pending."""
        if self.xml.part in parts:
            self.xml.reload()
        for model in self.sheets():
            if model.part in parts:
                model.reload()

    def set_visible(self, model: SheetModel, state: State) -> None:
        """Show or hide a sheet; raises WorkbookError where no visible sheet would be left."""
        entry = model.entry
        others = (each for each in self.xml.sheets() if each.relationship != entry.relationship)
        if state != "visible" and not any(each.state == "visible" for each in others):
            raise WorkbookError(problem("LAST_VISIBLE_SHEET", Place(self.name, entry.name)))
        self.xml.set_state(entry, state)

    def rename_table(self, table: TableXml, name: str) -> None:
        """Rename a table; formulas follow."""
        self.carry(TableRenamed(table.name, name))
        table.name = name

    def rename_name(self, name: str, new: str) -> None:
        """Rename a name of the whole workbook; formulas follow, which name tables alike."""
        self.carry(TableRenamed(name, new))
        self.xml.rename_name(name, new)

    def taken_names(self) -> set[str]:
        """The names of tables and defined names, in lower case: they share one name space."""
        names = {each.name.casefold() for each in self.xml.names()}
        return names | {table.name.casefold() for table in self.tables()}

    def tables(self) -> list[TableXml]:
        """The tables of all sheets."""
        return [table for sheet in self.sheets() for table in sheet.tables]

    def flush(self) -> None:
        """Write everything that is pending into the package."""
        for model in self.sheets():
            model.flush()
        formulas = [model.take_formulas_changed() for model in self.sheets()]
        for model in self.sheets():
            while model.renamed_columns:
                self._carry_out(model.renamed_columns.pop())
        self.styles.flush()
        if any(formulas):
            self.xml.drop_calculation_chain()

    def cells_moved(self) -> None:
        """Note that cells have other places; Excel finds its order of computing anew."""
        self.structure += 1
        if self.has_formulas():
            self.xml.drop_calculation_chain()

    def has_formulas(self) -> bool:
        """Whether a sheet holds a formula; a large one may, and is not searched for it."""
        parts = [model.part for model in self.sheets()]
        return any(self.package.size(part)[0] > _LARGE for part in parts) or any(
            _hold_formula(self.package.pieces(part)) for part in parts
        )

    @property
    def revision(self) -> int:
        """A number that grows with every change, of cells or of parts."""
        return self.package.revision + sum(model.revision for model in self._sheets.values())

    def save(self, path: Path) -> SaveReport:
        """Save the package as `path`."""
        return save(self.package, path)


def _hold_formula(pieces: Iterable[bytes]) -> bool:
    """Whether an element `f` begins in one of the pieces of a sheet, whatever its prefix."""
    before = b""
    for piece in pieces:
        data = before + piece
        place = data.find(b"f")
        while place >= 0:
            if data[place - 1 : place] in (b"<", b":") and data[place + 1 : place + 2] in _BEHIND:
                return True
            place = data.find(b"f", place + 1)
        before = data[-2:]
    return False


_BEHIND = (b">", b" ", b"/", b"\t", b"\r", b"\n")
