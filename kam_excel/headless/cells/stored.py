"""The cells of a sheet as they are stored: parsed row by row, when somebody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import Strings
from kam_excel.headless.cells.decimals import read_number
from kam_excel.headless.cells.richtext import RichRuns
from kam_excel.headless.cells.sheetxml import CellXml, SheetXml
from kam_excel.headless.cells.strings import SharedStrings
from kam_excel.headless.cells.values import (
    ArrayFormula,
    Content,
    Formula,
    Value,
    from_serial,
    naive,
)
from kam_excel.headless.references.addressing import WHOLE_SHEET, Area, column_number, parse_area
from kam_excel.headless.references.filling import shift
from kam_excel.headless.xml.tree import MAIN, parse


class Formats(Protocol):
    """The cell formats of a workbook, as far as reading needs them."""

    def is_date(self, xf: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class SharedFormula:
    """A formula that other cells follow, and the cell that it is written for."""

    row: int
    column: int
    text: str


@dataclass(slots=True)
class StoredRow:
    """A row: values and cell formats by column; a cell with a format may have no value."""

    values: dict[int, Value]
    styles: dict[int, int]


_NO_ROW = StoredRow({}, {})


class DateStyles:
    """Which cell formats show dates; each is asked for once."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._known: dict[int, bool] = {}

    def __contains__(self, xf: int) -> bool:
        if xf not in self._known:
            self._known[xf] = self._formats.is_date(xf)
        return self._known[xf]


def _array(found: cellxml.FormulaXml, metadata: str | None) -> ArrayFormula:
    area = parse_area(found.attributes.get("ref", "A1"))
    return ArrayFormula(found.text, area.height, area.width, metadata)


class StoredCells:
    """Values, formats and formulas of a scanned sheet."""

    def __init__(
        self, sheet: SheetXml, strings: Strings, dates: DateStyles, date1904: bool
    ) -> None:
        self.sheet = sheet
        self.strings = strings
        self.dates = dates
        self.date1904 = date1904
        self._rows: dict[int, StoredRow] = {}
        self._shared: dict[str, SharedFormula] | None = None
        self._arrays: list[Area] | None = None

    def row(self, number: int) -> StoredRow:
        """The row `number`, empty where nothing is stored."""
        if number not in self.sheet.rows:
            return _NO_ROW
        if number not in self._rows:
            self._rows[number] = self.parsed(number)
        return self._rows[number]

    def parsed(self, number: int) -> StoredRow:
        """The row `number`, read anew from its XML; raises WorkbookError where that is no row."""
        try:
            return self._parse(number)
        except (ValueError, LookupError) as error:  # no number, no column, no such string
            raise self.sheet.unusual(f"row {number}: {error}") from error

    def _parse(self, number: int) -> StoredRow:
        values: dict[int, Value] = {}
        styles: dict[int, int] = {}
        column, shape, own = 0, cellxml.shape, str(number)
        for letters, digits, rest, plain, body in self.sheet.raw_cells(number):
            elsewhere, style, kind, row = shape(rest)
            letters = letters or elsewhere
            column = column_number(letters) if letters else column + 1
            if column in styles or (digits or row or own) != own:
                raise ValueError(f"cell {letters}{digits or row}")
            styles[column] = style
            value: Value
            if kind == "n" and plain:
                value = read_number(plain)
            else:
                value = self.shown(kind, plain, body)
            if type(value) is float and style in self.dates:
                value = from_serial(value, self.date1904)
            if value is not None:
                values[column] = value
        return StoredRow(values, styles)

    def read(self, kind: str, plain: str, body: str = "") -> Content | dt.date:
        """`cellxml.content`; raises WorkbookError for a kind or a string that there is not."""
        try:
            return cellxml.content(kind, plain, body, self.strings, self.sheet.xml)
        except (ValueError, LookupError) as error:
            raise self.sheet.unusual(f"{kind} {plain or body}"[:99]) from error

    def shown(self, kind: str, plain: str, body: str = "") -> Value:
        """What a cell shows that is no number; see `cellxml.content`."""
        return naive(cellxml.content(kind, plain, body, self.strings, self.sheet.xml))

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """The shared strings as an array."""
        texts = np.empty(len(self.strings), dtype=object)
        texts[:] = [self.strings[index] for index in range(len(texts))]
        return texts

    @cached_property
    def has_empty_text(self) -> bool:
        """Whether a shared string is empty."""
        return "" in self.texts.tolist()

    @cached_property
    def used_area(self) -> Area | None:
        """The smallest area around every stored cell, with a value or without; None if none.

        Raises WorkbookError where cells lie beyond a sheet's edges.
        """
        found = self.sheet.rows.used(self._outer_columns)
        if found is None:
            return None
        area = Area(*found)
        if not WHOLE_SHEET.covers(area):
            raise self.sheet.unusual(f"cells in {area}" if area.row1 else "row 0")
        return area

    def _outer_columns(self, number: int) -> tuple[int, int] | None:
        columns = self.row(number).styles
        return (min(columns), max(columns)) if columns else None

    def cells(self, number: int) -> dict[int, CellXml]:
        """The cells of a row with their places in the XML, by column."""
        return {cell.column: cell for cell in self.sheet.cells(number)}

    def content(self, number: int, cell: CellXml) -> Content:
        """What the cell holds: its formula where it has one, a date as a number, a rich text."""
        formula = self.formula(number, cell)
        if formula is not None:
            return formula
        kind = cellxml.shape(cell.rest).kind
        found = self.read(kind, cell.plain, cell.body)
        if type(found) is str and self._is_rich(kind, cell):
            return RichRuns(found, self.rich_text(cell)).rich_text()
        return cellxml.iso_serial(found, self.date1904)

    def _is_rich(self, kind: str, cell: CellXml) -> bool:
        if kind == "s" and cell.plain:
            strings = self.strings
            return isinstance(strings, SharedStrings) and int(cell.plain) in strings.rich
        return kind == "inlineStr" and f"<{self.sheet.xml.prefix}r>" in cell.body

    def rich_text(self, cell: CellXml) -> etree._Element | None:
        """The element around the text of a cell, with the looks of its parts; None without one."""
        kind = cellxml.shape(cell.rest).kind
        if kind == "s" and cell.plain:
            return self.strings.item(int(cell.plain))
        if kind == "inlineStr" and cell.body:
            declared = f"xmlns:{p[:-1]}" if (p := self.sheet.xml.prefix) else "xmlns"
            return parse(f'<w {declared}="{MAIN}">{cell.body}</w>'.encode()).find("{*}is")
        return None

    # formulas ---------------------------------------------------------------

    @cached_property
    def holds_formulas(self) -> bool:
        """Whether any cell has a formula."""
        return bool(self.formula_rows)

    @cached_property
    def formula_rows(self) -> list[int]:
        """The rows in which formulas are, in order."""
        return self.sheet.rows.computed

    def cached(self, cell: CellXml) -> Content:
        """The value that is stored for a formula, dates as numbers; NOT_COMPUTED without one."""
        kind = cellxml.shape(cell.rest).kind
        found = self.read(kind, cell.plain, cell.body)
        return cellxml.iso_serial(found, self.date1904)

    def formula(self, number: int, cell: CellXml) -> Formula | None:
        """The formula of a cell, written out for it where it is shared; None without one."""
        found = cellxml.formula(cell.body, self.sheet.xml)
        if found is None:
            return None
        if found.attributes.get("t") == "array":
            return _array(found, cellxml.attributes(cell.rest).get("cm"))
        if found.text or found.attributes.get("t") != "shared":
            return Formula(found.text)
        return Formula(self.shared_text(number, cell.column, found.attributes))

    def shared_text(self, row: int, column: int, attributes: Mapping[str, str]) -> str:
        """The text of a formula that follows a shared one, "" where that is missing."""
        master = self.shared().get(attributes.get("si", ""))
        if master is None:
            return ""
        return shift(master.text, row - master.row, column - master.column)

    def shared(self) -> dict[str, SharedFormula]:
        """The shared formulas by their index."""
        self._scan_formulas()
        return self._shared or {}

    def arrays(self) -> list[Area]:
        """The areas of array formulas, dynamic ones and data tables included."""
        self._scan_formulas()
        return self._arrays or []

    def _scan_formulas(self) -> None:
        if self._shared is not None:
            return
        self._shared, self._arrays = {}, []
        for number in self.sheet.rows_with(" ref="):
            for cell in self.sheet.cells(number):
                self._note_formula(number, cell, self._shared, self._arrays)

    def _note_formula(
        self, number: int, cell: CellXml, shared: dict[str, SharedFormula], arrays: list[Area]
    ) -> None:
        found = cellxml.formula(cell.body, self.sheet.xml)
        if found is None or "ref" not in found.attributes:
            return
        if found.attributes.get("t") == "shared":
            index = found.attributes.get("si", "")
            shared[index] = SharedFormula(number, cell.column, found.text)
        else:
            arrays.append(parse_area(found.attributes["ref"]))

    def followers(self, index: str) -> list[tuple[int, CellXml]]:
        """The cells that take their formula from the shared one `index`: (row, cell)."""
        return [
            (number, cell)
            for number in self.sheet.rows_with("shared")
            for cell in self.sheet.cells(number)
            if (found := cellxml.formula(cell.body, self.sheet.xml))
            and found.attributes.get("si") == index
            and not found.text
        ]
