"""A workbook cut down to what engines need: some formulas live, all other cells as values.

What engines refuse or stumble over (macros, formats, data tables, links) is left out, and what
does not have to be computed is given to them as Excel computed it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.sheetxml import CellXml
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.cells.strings import escape
from kam_excel.headless.cells.values import NOT_COMPUTED
from kam_excel.headless.recalc.state import Cell, Precedents, State
from kam_excel.headless.references.addressing import MAX_ROW, Area, cell_name
from kam_excel.headless.xml.splice import attribute_text
from kam_excel.headless.xml.tree import MAIN
from kam_excel.headless.xml.values import is_true

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Scratch:
    """A scratch workbook: its bytes, the names of its sheets by their parts in the original,
    and the formulas in it.
    """

    data: bytes
    sheets: Mapping[str, str]
    cells: list[Cell]


def make_scratch(state: State, live: Mapping[Cell, Precedents]) -> Scratch:
    """A scratch workbook in which the formulas of `live` are to be computed."""
    return _Maker(state, live).make()


class _Maker:
    def __init__(self, state: State, live: Mapping[Cell, Precedents]) -> None:
        self._state = state
        self._live = live
        self._words = frozenset(word for each in live.values() for word in each.words)
        self._needed = _Needed(state, live.values())
        self._parts: dict[str, str] = {}

    def make(self) -> Scratch:
        state = self._state
        for number, part in enumerate(state.sheets, 1):
            self._add_sheet(number, part)
        self._add_workbook()
        self._add("xl/calcChain.xml", self._chain())
        self._add("[Content_Types].xml", self._content_types())
        self._add("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]))
        names = {part: sheet.entry.name for part, sheet in state.sheets.items()}
        return Scratch(_zipped(self._parts), names, list(self._live))

    def _add(self, name: str, markup: str) -> None:
        self._parts[name] = _HEAD + markup

    def _add_sheet(self, number: int, part: str) -> None:
        rows = "".join(self._rows(part))
        data = f"<sheetData>{rows}</sheetData>" if rows else "<sheetData/>"
        name = f"xl/worksheets/sheet{number}.xml"
        self._add(name, f'<worksheet xmlns="{MAIN}">{data}</worksheet>')

    def _rows(self, part: str) -> Iterator[str]:
        stored = self._state.sheets[part].grid.stored
        live = {(cell.row, cell.column) for cell in self._live if cell.part == part}
        live_rows = {row for row, _ in live}
        for row in stored.sheet.rows:
            if row not in live_rows and not self._needed.any_in(part, row):
                continue
            cells = "".join(
                self._cell(part, row, cell, stored, live)
                for cell in stored.sheet.cells(row)
                if (row, cell.column) in live or self._needed.holds(part, row, cell.column)
            )
            hidden = ' hidden="1"' if _is_hidden(stored, row) else ""
            if cells or hidden:
                yield f'<row r="{row}"{hidden}>{cells}</row>'

    def _cell(
        self, part: str, row: int, cell: CellXml, stored: StoredCells, live: set[tuple[int, int]]
    ) -> str:
        name = cell_name(row, cell.column)
        if (row, cell.column) not in live:
            value = stored.cached(cell)
            known = value is not None and value != NOT_COMPUTED
            return cellxml.cell("", name, 0, value) if known else ""
        formula = self._state.formulas(part)[row, cell.column]
        array = f' t="array" ref="{name}"' if formula.area else ""
        text, place = formula.text, Cell(part, row, cell.column)
        if not self._live[place].words.isdisjoint(self._state.tables):
            text = self._state.without_tables(place, text)
        return f'<c r="{name}"><f{array}>{escape(text)}</f></c>'

    def _chain(self) -> str:
        """The formulas as Excel lists what it computed: there `A1:A9` means the cell beside it."""
        places = {part: number for number, part in enumerate(self._state.sheets, 1)}
        cells = "".join(
            f'<c r="{cell_name(cell.row, cell.column)}" i="{places[cell.part]}"/>'
            for cell in self._live
        )
        return f'<calcChain xmlns="{MAIN}">{cells}</calcChain>'

    def _add_workbook(self) -> None:
        state = self._state
        count = len(state.sheets)
        sheets = "".join(
            f'<sheet name="{attribute_text(sheet.entry.name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, sheet in enumerate(state.sheets.values(), 1)
        )
        dates = '<workbookPr date1904="1"/>' if state.model.xml.date1904 else "<workbookPr/>"
        names = "".join(self._names())
        names = f"<definedNames>{names}</definedNames>" if names else ""
        self._add(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{_RELATED}">{dates}'
            f"<sheets>{sheets}</sheets>{names}</workbook>",
        )
        targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
        targets.append(("calcChain", "calcChain.xml"))
        self._add("xl/_rels/workbook.xml.rels", _relationships(targets))

    def _names(self) -> Iterator[str]:
        places = {part: place for place, part in enumerate(self._state.sheets)}
        for (scope, name), text in self._state.names.items():
            if name not in self._words or "[" in text or scope == "":
                continue
            local = "" if scope is None else f' localSheetId="{places[scope]}"'
            text = self._state.without_tables(Cell(scope or "", 1, 1), text)
            yield f'<definedName name="{attribute_text(name)}"{local}>{escape(text)}</definedName>'

    def _content_types(self) -> str:
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{_KIND}worksheet+xml"/>'
            for name in self._parts
            if name.startswith("xl/worksheets/")
        )
        return (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}sheet.main+xml"/>'
            f'<Override PartName="/xl/calcChain.xml" ContentType="{_KIND}calcChain+xml"/>'
            f"{overrides}</Types>"
        )


class _Needed:
    """The cells that formulas read, as a range of rows for each column of a sheet."""

    def __init__(self, state: State, read: Iterable[Precedents]) -> None:
        self._widths: dict[str, int] = {}
        self._rows: dict[str, dict[int, tuple[int, int]]] = {part: {} for part in state.sheets}
        for part, sheet in state.sheets.items():
            used = sheet.grid.used_area()
            self._widths[part] = used.col2 if used else 0
        for each in read:
            areas = each.areas
            if each.anywhere:
                areas = tuple(
                    (part, Area(1, 1, MAX_ROW, max(width, 1)))
                    for part, width in self._widths.items()
                )
            for part, area in areas:
                self._add(part, area)

    def _add(self, part: str, area: Area) -> None:
        rows = self._rows[part]
        for column in range(area.col1, min(area.col2, self._widths[part]) + 1):
            first, last = rows.get(column, (area.row1, area.row2))
            rows[column] = min(first, area.row1), max(last, area.row2)

    def any_in(self, part: str, row: int) -> bool:
        """Whether any cell of a row is read."""
        return any(first <= row <= last for first, last in self._rows[part].values())

    def holds(self, part: str, row: int, column: int) -> bool:
        """Whether a cell is read."""
        first, last = self._rows[part].get(column, (1, 0))
        return first <= row <= last


def _is_hidden(stored: StoredCells, row: int) -> bool:
    return is_true(stored.sheet.row_attributes(row).get("hidden"))


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _zipped(parts: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, markup in parts.items():
            archive.writestr(zipfile.ZipInfo(name), markup)
    return stream.getvalue()
