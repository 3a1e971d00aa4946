"""What a sheet's grid keeps: the stored cells, and what was written since."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from kam_excel.headless.cells.block import Block
from kam_excel.headless.cells.cellxml import Strings
from kam_excel.headless.cells.columns import Columns
from kam_excel.headless.cells.sheetxml import SheetXml, unusual
from kam_excel.headless.cells.stored import DateStyles, Formats, StoredCells
from kam_excel.headless.cells.styleruns import StyleRuns
from kam_excel.headless.cells.values import Content
from kam_excel.headless.package.spool import Data
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.values import is_true


class GridState:
    """The cells as they are stored, and the changes that wait for a flush."""

    def __init__(
        self, data: Data, part: str, strings: Strings, formats: Formats, date1904: bool
    ) -> None:
        self.part = part
        self.date1904 = date1904
        self._strings = strings
        self._dates = DateStyles(formats)
        self.revision = 0  # grows with every write
        self._load(data)

    def _load(self, data: Data) -> None:
        self._data: Data | None = data
        self._stored: StoredCells | None = None
        self._contents: dict[int, dict[int, Content]] = {}
        self._styles: dict[int, dict[int, int]] = {}
        self._row_attributes: dict[int, dict[str, str | None]] = {}
        self._blocks: list[Block] = []
        self._arrays: list[Area] = []
        self._columns: Columns | None = None
        self._merges: tuple[bytes, list[Area]] | None = None
        self._shown_styles: Mapping[int, StyleRuns] | None = None
        self._computed: dict[int, dict[int, Content]] = {}
        self.formulas_changed = False

    @property
    def stored(self) -> StoredCells:
        """The sheet as it was at the latest flush."""
        if self._stored is None:
            assert self._data is not None
            sheet = _scanned(self._data, self.part)
            self._stored = StoredCells(sheet, self._strings, self._dates, self.date1904)
            self._data = None
        return self._stored

    @property
    def is_scanned(self) -> bool:
        """Whether the rows were looked for since the latest flush."""
        return self._stored is not None

    @property
    def shell(self) -> Shell:
        """The sheet's XML around the rows: edits of it are part of the next flush."""
        return self.stored.sheet.shell

    @property
    def columns(self) -> Columns:
        """Widths and formats of whole columns."""
        if self._columns is None or self._columns.made_from is not self.shell.data:
            try:
                self._columns = Columns(self.shell)
            except (KeyError, ValueError) as error:
                raise unusual(self.part, f"cols: {error}") from error
        return self._columns

    def _pending(self, row: int) -> tuple[Mapping[int, Content], Mapping[int, int]]:
        """Contents and cell formats that a row was given since the latest flush, by column."""
        for block in self._blocks:
            if row in block:
                return block.contents(row), block.styles(row)
        return self._contents.get(row, {}), self._styles.get(row, {})

    def _own_style(self, row: int, column: int) -> int | None:
        for block in self._blocks:
            if row in block:
                return block.style(row, column)
        return self._styles.get(row, {}).get(column)

    def _pending_rows(self) -> set[int]:
        """The rows that were given contents or formats."""
        rows = self._contents.keys() | self._styles.keys()
        return rows.union(*(block.area.rows for block in self._blocks))

    def style(self, row: int, column: int) -> int:
        """The cell format of a cell, or the one that it would get from its row or column."""
        pending = self._own_style(row, column)
        if pending is not None:
            return pending
        stored = self.stored.row(row).styles
        return stored[column] if column in stored else self._default_style(row, column)

    def _default_style(self, row: int, column: int) -> int:
        style = self._row_style(row)
        return self.columns.style(column) if style is None else style

    def _row_style(self, row: int) -> int | None:
        """The cell format of a whole row, or None where it has none."""
        if row in self._row_attributes or row in self.stored.sheet.rows:
            given = self.row_attributes(row)
            if is_true(given.get("customFormat")):
                return int(given.get("s", 0))
        return None

    def _is_plain(self, row: int) -> bool:
        """Whether neither a row nor any column has a cell format for cells that are not there."""
        return not self.columns.have_styles and self._row_style(row) is None

    def row_attributes(self, row: int) -> dict[str, str]:
        """The attributes of a row, such as `ht`, with those changed since."""
        given: dict[str, str | None] = {**self.stored.sheet.row_attributes(row)}
        given |= self._row_attributes.get(row, {})
        return {name: value for name, value in given.items() if value is not None}

    def rows_saying(self, attribute: str) -> set[int]:
        """The rows that may have an attribute of that name."""
        return {*self.stored.sheet.rows_with(attribute), *self._row_attributes}

    def used_area(self) -> Area | None:
        """The smallest area around every cell with a value or a format of its own."""
        area = self.stored.used_area
        for row in self._contents.keys() | self._styles.keys():
            columns = [
                c for c, content in self._contents.get(row, {}).items() if content is not None
            ]
            columns += self._styles.get(row, {})
            if columns:
                found = Area(row, min(columns), row, max(columns))
                area = area.union(found) if area else found
        for block in self._blocks:
            used = block.used()
            area = area.union(used) if area and used else area or used
        return area

    def has_row(self, row: int) -> bool:
        """Whether a row has cells or attributes of its own."""
        pending = (self._contents, self._styles, self._row_attributes)
        return (
            row in self.stored.sheet.rows
            or any(row in each for each in pending)
            or any(row in block for block in self._blocks)
        )

    def used_rows(self) -> list[int]:
        """The rows that have cells or attributes of their own, in order."""
        pending = self._pending_rows() | self._row_attributes.keys()
        return sorted(pending | self.stored.sheet.rows.keys())

    def used_columns(self, row: int) -> set[int]:
        """The columns of a row that have a cell."""
        contents, styles = self._pending(row)
        pending = contents.keys() | styles.keys()
        return pending | self.stored.row(row).styles.keys()

    def merges(self) -> list[Area]:
        """The merged areas."""
        if self._merges is None or self._merges[0] is not self.shell.data:
            cells = self.shell.items("mergeCells", "mergeCell")
            try:
                merges = [parse_area(each.attributes["ref"]) for each in cells]
            except (KeyError, ValueError) as error:
                raise unusual(self.part, f"mergeCells: {error}") from error
            self._merges = self.shell.data, merges
        return self._merges[1]


def _scanned(data: Data, part: str) -> SheetXml:
    """The rows of a part and what is around them; raises WorkbookError where it is no XML."""
    try:
        sheet = SheetXml(data, part)
        splice.check(sheet.shell.data)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise unusual(part, str(error)) from error
    return sheet
