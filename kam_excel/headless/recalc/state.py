"""A workbook as it stands, seen as formulas: what each says and which cells it refers to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kam_excel.headless.cells.values import NOT_COMPUTED, CellError, Content
from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.recalc import functions
from kam_excel.headless.recalc.parsing import Kind, Parsed, Reference, keyed, parse, substituted
from kam_excel.headless.recalc.scanning import scan
from kam_excel.headless.recalc.tables import TableAreas, is_of_own_row
from kam_excel.headless.references.addressing import (
    Area,
    cell_name,
    parse_area,
    quote_sheet,
)
from kam_excel.headless.references.formulas import Cells
from kam_excel.headless.xml.values import is_true

_MODIFIED = re.compile(rb"<dcterms:modified\b[^>]*>([^<]+)<")
_DEEPEST = 16  # names that refer to names


class Cell(NamedTuple):
    """A cell of a workbook: the part of its sheet, row and column."""

    part: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula with the value that is stored for it, NOT_COMPUTED where there is none.

    area: the cells of an array formula or a data table, else None. single: it gives one value,
    to its own cell. marked: the file says that the value is not computed yet.
    """

    text: str
    cached: Content
    area: Area | None
    single: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Precedents:
    """What a formula reads: areas by the part of their sheet.

    parsed: what its text says. words: the names, tables and sheets that it mentions, casefolded.
    anywhere: it may read any cell. ranges: it takes a range where one value is due.
    """

    areas: tuple[tuple[str, Area], ...]
    parsed: Parsed
    words: frozenset[str]
    anywhere: bool
    ranges: bool


@dataclass(slots=True)
class _Found:
    """What is found while references are followed, for all formulas that share a key.

    moving: cells whose rows without a dollar are places in the rows of a formula, from 1. own:
    areas of which a formula reads its own row. is_lone: another formula with the key may read
    other cells.
    """

    areas: list[tuple[str, Area]] = field(default_factory=list)
    moving: list[tuple[str, Cells]] = field(default_factory=list)
    own: list[tuple[str, Area]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    anywhere: bool = False
    ranges: bool = False
    is_lone: bool = False

    def add(self, areas: list[tuple[str, Area]], reference: Reference) -> None:
        self.areas += areas
        cells = sum(area.height * area.width for _, area in areas)
        self.ranges |= reference.bare and cells > 1

    def areas_of(self, own: int, rows: tuple[int, ...]) -> Iterator[tuple[str, Area]]:
        """The areas for a formula in the row `own` that has these rows."""
        yield from self.areas
        for part, area in self.own:
            yield part, Area(own, area.col1, own, area.col2) if own in area.rows else area
        for part, cells in self.moving:
            one, two = cells.start, cells.end or cells.start
            row1 = one.row if one.row_fixed else rows[one.row - 1]
            row2 = two.row if two.row_fixed else rows[two.row - 1]
            columns = sorted((one.column, two.column))
            yield part, Area(min(row1, row2), columns[0], max(row1, row2), columns[1])


class State:
    """The formulas of a workbook without pending changes, read when first asked for.

    What the file says of its values counts as it was read (`before`): what is said since is said
    by us.
    """

    def __init__(self, model: WorkbookModel, before: State | None = None) -> None:
        self.model = model
        self._calculated = (before or self).model.xml
        self._formulas: dict[str, dict[tuple[int, int], FormulaCell]] = {}
        self._found: dict[tuple[str, str], _Found] = {}
        self._hidden: dict[str, list[int]] = {}
        self._leaving_out: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def sheets(self) -> dict[str, SheetModel]:
        """The worksheets by their parts, in order."""
        return {sheet.part: sheet for sheet in self.model.sheets()}

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts of the worksheets by name, casefolded."""
        return {sheet.entry.name.casefold(): part for part, sheet in self.sheets.items()}

    @cached_property
    def names(self) -> dict[tuple[str | None, str], str]:
        """What defined names refer to, by the part of their sheet (or None) and name."""
        places = {sheet.entry.place: part for part, sheet in self.sheets.items()}
        return {
            (None if each.scope is None else places.get(each.scope, ""), each.name.casefold()): (
                each.refers_to
            )
            for each in self.model.xml.names()
        }

    @cached_property
    def tables(self) -> dict[str, TableAreas]:
        """The tables by name, casefolded."""
        return {
            table.name.casefold(): TableAreas.of(part, table)
            for part, sheet in self.sheets.items()
            for table in sheet.tables
        }

    @property
    def may_be_old(self) -> bool:
        """Whether the file leaves computing to whoever opens it, and names no cells."""
        return self.has_marks and not self._calculated.marks_old_values

    @property
    def has_marks(self) -> bool:
        """Whether the file leaves computing to whoever opens it, so that a mark says "old"."""
        return self._calculated.computes_on_load

    def holds_formulas(self, part: str) -> bool:
        """Whether a sheet has any formula."""
        return self.sheets[part].holds_formulas

    def formulas(self, part: str) -> dict[tuple[int, int], FormulaCell]:
        """The formulas of a sheet by row and column, in order."""
        if part not in self._formulas:
            self._formulas[part] = dict(self._scan(part)) if self.holds_formulas(part) else {}
        return self._formulas[part]

    def _scan(self, part: str) -> Iterator[tuple[tuple[int, int], FormulaCell]]:
        marks = self.has_marks
        for found in scan(self.sheets[part].grid.stored):
            kind, area = found.attributes.get("t", "normal"), None
            if kind in ("array", "dataTable"):
                ref = found.attributes.get("ref")
                area = parse_area(ref or cell_name(found.row, found.column))
            single = kind != "dataTable" and "cm=" not in found.rest
            single &= area is None or area.height == area.width == 1
            marked = marks and is_true(found.attributes.get("ca"))
            formula = FormulaCell(found.text, found.cached, area, single, marked)
            yield (found.row, found.column), formula

    def formula(self, cell: Cell) -> FormulaCell | None:
        """The formula of a cell, or None."""
        if cell.part not in self.sheets:
            return None
        return self.formulas(cell.part).get((cell.row, cell.column))

    def value(self, cell: Cell) -> Content:
        """The value that is stored for a cell."""
        stored = self.sheets[cell.part].grid.stored
        found = stored.cells(cell.row).get(cell.column)
        return stored.cached(found) if found else None

    def cells(self, part: str, area: Area) -> Iterator[Cell]:
        """The cells of an area that are stored."""
        stored = self.sheets[part].grid.stored
        rows = stored.sheet.rows
        for row in area.rows if area.height < len(rows) else rows:
            if row in area.rows and row in rows:
                yield from (Cell(part, row, c) for c in stored.cells(row) if c in area.columns)

    def hides(self, part: str, area: Area) -> bool:
        """Whether a row of an area is hidden."""
        if part not in self.sheets:
            return False
        if part not in self._hidden:
            sheet = self.sheets[part].grid.stored.sheet
            rows = sheet.rows_with(" hidden=")
            self._hidden[part] = [
                row for row in rows if is_true(sheet.row_attributes(row).get("hidden"))
            ]
        return any(row in area.rows for row in self._hidden[part])

    @cached_property
    def saved_at(self) -> dt.datetime | None:
        """When the workbook was saved, as its properties say, in UTC; None if they don't."""
        package = self.model.package
        part = package.related("", "core-properties")
        found = _MODIFIED.search(package.read(part)) if part else None
        try:
            return dt.datetime.fromisoformat(found[1].decode()) if found else None
        except ValueError:
            return None

    # references -------------------------------------------------------------

    def precedents(self, cell: Cell, text: str) -> Precedents:
        """What the formula `text` reads, standing in `cell`; that of a data table is not told."""
        key, rows = keyed(text)
        found = self._found.get((cell.part, key))
        if found is None:
            found = _Found(anywhere=not text)
            self._follow(cell, parse(key), found, 0)
            if not found.is_lone:
                self._found[cell.part, key] = found
        areas = tuple(found.areas_of(cell.row, rows))
        words = frozenset(found.words)
        return Precedents(areas, parse(key), words, found.anywhere, found.ranges)

    def _follow(self, cell: Cell, parsed: Parsed, found: _Found, depth: int) -> None:
        found.anywhere |= parsed.anywhere
        for reference in parsed.references:
            if depth > _DEEPEST:
                found.anywhere = True
            elif reference.kind == "area":
                self._follow_cells(cell, reference, found, depth)
            elif reference.kind == "table":
                self._follow_table(cell, reference, found)
            else:
                self._follow_name(cell, reference, found, depth)

    def _follow_cells(self, cell: Cell, reference: Reference, found: _Found, depth: int) -> None:
        cells, parts = Cells.parse(reference.text), self._parts(cell, reference, found)
        corners = (cells.start, cells.end or cells.start)
        if depth or any(not each.row or not each.column for each in corners):
            found.add([(part, cells.area) for part in parts], reference)
            return
        found.moving += [(part, cells) for part in parts]
        found.ranges |= reference.bare and cells.end is not None

    def _parts(self, cell: Cell, reference: Reference, found: _Found) -> list[str]:
        """The sheets of a reference; none where it leads out of the workbook."""
        owner = reference.owner
        if owner is None:
            return [cell.part]
        if owner.book:
            return []
        first, last = owner.first.casefold(), owner.last.casefold()
        found.words |= {first, last}
        order = list(self.parts)
        if first not in self.parts or last not in self.parts:
            return []
        low, high = sorted((order.index(first), order.index(last)))
        return [self.parts[name] for name in order[low : high + 1]]

    def _follow_name(self, cell: Cell, reference: Reference, found: _Found, depth: int) -> None:
        name = reference.text.casefold()
        found.words.add(name)
        scopes: list[str | None] = [*self._parts(cell, reference, found), None]
        scope = next((each for each in scopes if (each, name) in self.names), "")
        if (scope, name) in self.names:
            text = self.names[scope, name]
            parsed = parse(text)
            found.anywhere |= any(_is_relative(each) for each in parsed.references)
            self._follow(Cell(scope or cell.part, 1, 1), parsed, found, depth + 1)
            if not reference.bare:
                return
            found.ranges |= any(_is_range(each) for each in parsed.references)
        elif name in self.tables:
            table = self.tables[name]
            found.add([(table.part, table.body or table.area)], reference)

    def _follow_table(self, cell: Cell, reference: Reference, found: _Found) -> None:
        found.is_lone |= reference.text.startswith("[")
        table = self._table(cell, reference.text)
        if table is None:
            return
        found.words.add(table.name.casefold())
        whole = table.area
        if not is_of_own_row(reference.text):
            area = table.part_of(reference.text, cell.row) or whole
            found.add([(table.part, area)], reference)
            return
        columns = table.part_of(reference.text, whole.row1) or whole
        found.own.append((table.part, Area(whole.row1, columns.col1, whole.row2, columns.col2)))
        found.ranges |= reference.bare and columns.width > 1

    def _table(self, cell: Cell, text: str) -> TableAreas | None:
        """The table of a structured reference or of a bare name, or None."""
        name = text.partition("[")[0]
        return self.tables.get(name.casefold()) if name else self._table_at(cell)

    def _table_at(self, cell: Cell) -> TableAreas | None:
        """The table in which a cell lies: there formulas may leave its name out."""
        for table in self.tables.values():
            if table.part == cell.part and (cell.row, cell.column) in table.area:
                return table
        return None

    def without_tables(self, cell: Cell, text: str) -> str:
        """The formula `text` of a cell with areas in place of references to tables."""

        def area(kind: Kind, reference: str) -> str | None:
            table = self._table(cell, reference)
            if table is None:
                return None
            place = table.body if kind == "name" else table.part_of(reference, cell.row)
            sheet = self.sheets[table.part].entry.name
            return f"{quote_sheet(sheet)}!{place.address(True, True)}" if place else None

        return substituted(text, area) if self.tables else text

    def leaving_out(self, part: str) -> list[tuple[int, int]]:
        """The cells of formulas such as SUBTOTAL, which others of them leave out."""
        if part not in self._leaving_out:
            self._leaving_out[part] = [
                place
                for place, formula in self.formulas(part).items()
                if any(f"{name}(" in formula.text.upper() for name in functions.HIDDEN)
            ]
        return self._leaving_out[part]


def _is_relative(reference: Reference) -> bool:
    return reference.kind == "area" and not Cells.parse(reference.text).is_fixed


def _is_range(reference: Reference) -> bool:
    return reference.kind == "table" or ":" in reference.text


def is_error(value: Content) -> bool:
    """Whether a value is an error of Excel's, which "not computed" is none of."""
    return isinstance(value, CellError) and value != NOT_COMPUTED
