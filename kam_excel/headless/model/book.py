"""A workbook as our own objects: workbook part, sheets with their grids, formats, tables."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.strings import SharedStrings
from kam_excel.headless.model.sheet import SheetModel, hold_formula
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.parts.usage import own_parts
from kam_excel.headless.parts.workbook import State, WorkbookXml
from kam_excel.headless.references.names import same_name
from kam_excel.headless.rewriting.changes import (
    Change,
    SheetDeleted,
    SheetRenamed,
    TableRenamed,
)
from kam_excel.headless.rewriting.package import rewritten
from kam_excel.headless.saving.save import SaveReport, save
from kam_excel.headless.styles.part import Styles


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
        sheets = self.sheets()
        return any(sheet.is_large for sheet in sheets) or any(
            hold_formula(self.package.pieces(sheet.part)) for sheet in sheets
        )

    @property
    def revision(self) -> int:
        """A number that grows with every change, of cells or of parts."""
        return self.package.revision + sum(model.revision for model in self._sheets.values())

    def save(self, path: Path, root: Path | None = None) -> SaveReport:
        """Save the package as `path`, never out of the folder `root`."""
        return save(self.package, path, root=root)
