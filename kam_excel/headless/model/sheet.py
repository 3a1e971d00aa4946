"""A worksheet as our own objects: its grid, and what hangs on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from kam_excel.headless.cells.geometry import Geometry
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import Content
from kam_excel.headless.charts.sheet import SheetCharts
from kam_excel.headless.notes.sheet import SheetNotes
from kam_excel.headless.package.spool import Data
from kam_excel.headless.parts import tablebands
from kam_excel.headless.parts.filters import FilterXml
from kam_excel.headless.parts.hyperlinks import Hyperlinks
from kam_excel.headless.parts.sheettables import SheetTables
from kam_excel.headless.parts.workbook import SheetEntry
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.rewriting.changes import (
    ColumnsRenamed,
)
from kam_excel.headless.rules.conditionalxml import SheetRules
from kam_excel.headless.rules.outline import Outline
from kam_excel.headless.rules.sparklines import SheetSparklines
from kam_excel.headless.rules.validationxml import SheetValidations
from kam_excel.headless.shapes.sheet import SheetShapes
from kam_excel.headless.styles.colors import Colors

if TYPE_CHECKING:
    from kam_excel.headless.model.book import WorkbookModel

LARGE = 16 * 1024**2  # bytes of a sheet
_BEHIND = (b">", b" ", b"/", b"\t", b"\r", b"\n")


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
        return hold_formula(self._workbook.package.pieces(self.part))

    @property
    def is_large(self) -> bool:
        """Whether it takes a while to look through its part."""
        return self._workbook.package.size(self.part)[0] > LARGE

    @property
    def is_unread(self) -> bool:
        """Whether it is a large sheet of which nobody has looked at a cell."""
        _, stored = self._workbook.package.size(self.part)
        return self._grid is None and stored > 0 and self.is_large

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


def hold_formula(pieces: Iterable[bytes]) -> bool:
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
