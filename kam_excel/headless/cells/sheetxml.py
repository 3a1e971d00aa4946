"""The rows of a worksheet part: where they stand, and splicing changed cells in among them.

Whatever is not written keeps its bytes: other cells and rows, their attributes, all that
stands outside sheetData.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.references.addressing import (
    Area,
    cell_name,
    column_number,
    parse_area,
)
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell

_SHEET_DATA = re.compile(rb"<([\w.-]+:)?sheetData\b[^>]*>")
_HAS_NUMBER = re.compile(r"\sr\s*=")
_TEMPLATE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    b'<dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    b'<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
    b'<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    b"</worksheet>"
)


def new_sheet() -> bytes:
    """The part of an empty sheet."""
    return _TEMPLATE


class RowXml(NamedTuple):
    """A row: its number, its attributes as written and its offsets in the rows' text."""

    number: int
    attributes: str
    start: int
    inner: int
    inner_end: int
    end: int


class CellXml(NamedTuple):
    """A cell: its column, its markup and what `cellxml` needs to read it."""

    column: int
    start: int
    end: int
    letters: str
    rest: str
    plain: str
    body: str


@dataclass(slots=True)
class RowChange:
    """What becomes of a row: markup by column (None: no cell) and attributes (None: none)."""

    cells: dict[int, str | None] = field(default_factory=dict)
    attributes: dict[str, str | None] = field(default_factory=dict)


class SheetXml:
    """A worksheet part, scanned: `shell` around the rows, `rows` by number.

    Raises WorkbookError where rows are not in order or hold what no spreadsheet writes.
    """

    def __init__(self, data: bytes, part: str) -> None:
        self.part = part
        data = splice.utf8(data)
        opening = _SHEET_DATA.search(data)
        if opening is None:
            raise self._unusual("no sheetData")
        self.xml = cellxml.grammar((opening[1] or b"").decode())
        self._opening, self._text, self._closing, end = self._cut(data, opening)
        place = b"<%bsheetData/>" % (opening[1] or b"")
        self.shell = Shell(data[: opening.start()] + place + data[end:])
        self._place = place
        self._shell_before = self.shell.data
        self._rescan()

    @property
    def shell_is_changed(self) -> bool:
        """Whether anything around the rows was edited."""
        return self.shell.data != self._shell_before

    def _rescan(self) -> None:
        self.rows = {row.number: row for row in self._scan()}
        self._numbers = list(self.rows)

    def _cut(self, data: bytes, opening: re.Match[bytes]) -> tuple[bytes, str, bytes, int]:
        if opening[0].endswith(b"/>"):
            return opening[0], "", b"", opening.end()
        closing = b"</%bsheetData>" % (opening[1] or b"")
        start = data.rfind(closing)
        if start < 0:
            raise self._unusual("sheetData")
        text = data[opening.end() : start].decode()
        if "<!" in text:
            raise self._unusual("CDATA")
        return opening[0], text, closing, start + len(closing)

    def _unusual(self, reason: str) -> WorkbookError:
        return WorkbookError(problem("SHEET_XML_UNUSUAL", Place(), part=self.part, reason=reason))

    def _scan(self) -> Iterator[RowXml]:
        text, close, number = self._text, f"</{self.xml.prefix}row>", 0
        for match in self.xml.row.finditer(text):
            attributes, inner = match[1], match.end()
            if attributes.endswith("/"):
                attributes, inner_end, end = attributes[:-1], inner, inner
            else:
                inner_end = text.find(close, inner)
                if inner_end < 0:
                    raise self._unusual("row")
                end = inner_end + len(close)
            before, number = number, _row_number(attributes, number)
            if number <= before:
                raise self._unusual(f"row {number}")
            yield RowXml(number, attributes, match.start(), inner, inner_end, end)

    # reading ----------------------------------------------------------------

    def raw_cells(self, row: int) -> list[tuple[str, str, str, str]]:
        """The cells of a row as (letters, rest of the attributes, plain value, body)."""
        found = self.rows.get(row)
        if found is None:
            return []
        return self.xml.cell.findall(self._text, found.inner, found.inner_end)

    def cells(self, row: int) -> list[CellXml]:
        """The cells of a row with their columns and offsets."""
        found = self.rows.get(row)
        result: list[CellXml] = []
        if found is None:
            return result
        column = 0
        for match in self.xml.cell.finditer(self._text, found.inner, found.inner_end):
            letters, rest, plain, body = (group or "" for group in match.groups())
            letters = letters or cellxml.shape(rest).letters
            column = column_number(letters) if letters else column + 1
            result.append(CellXml(column, match.start(), match.end(), letters, rest, plain, body))
        return result

    def markup(self, cell: CellXml) -> str:
        """A cell as it is written."""
        return self._text[cell.start : cell.end]

    def row_attributes(self, row: int) -> dict[str, str]:
        """The attributes of a row, empty where there is no such row."""
        found = self.rows.get(row)
        return cellxml.attributes(found.attributes) if found else {}

    def rows_with(self, text: str) -> list[int]:
        """The rows whose XML holds `text`."""
        if text not in self._text:
            return []
        return [
            row.number
            for row in self.rows.values()
            if self._text.find(text, row.inner, row.end) > 0
        ]

    # writing ----------------------------------------------------------------

    def rewritten(self, changes: Mapping[int, RowChange]) -> bytes:
        """The part with the rows changed and the shell as it is now."""
        if changes:
            self._number_rows()
        pieces: list[str] = []
        done, filled = 0, _Filled()
        for number in sorted(changes):
            change = changes[number]
            filled.note(number, change.cells)
            following = self._next_row(number)
            place = following.start if following else self._tail_start()
            exists = following is not None and following.number == number
            pieces += (self._text[done:place], self._row(number, exists, change))
            done = following.end if following and exists else place
        pieces.append(self._text[done:])
        self._grow_dimension(filled.area)
        return self._joined("".join(pieces) if changes else self._text)

    def _number_rows(self) -> None:
        """Give rows that are numbered by their place alone their numbers."""
        bare = [row for row in self.rows.values() if not _HAS_NUMBER.search(row.attributes)]
        for row in reversed(bare):
            start = row.start + len(self.xml.prefix) + len("<row")
            self._text = f'{self._text[:start]} r="{row.number}"{self._text[start:]}'
        if bare:
            self._rescan()

    def _joined(self, text: str) -> bytes:
        opening, closing = self._opening, self._closing
        if text and not closing:
            opening = b"<%bsheetData>" % self.xml.prefix.encode()
            closing = b"</%bsheetData>" % self.xml.prefix.encode()
        head, _, tail = self.shell.data.partition(self._place)
        return b"".join((head, opening, text.encode(), closing, tail))

    def _next_row(self, number: int) -> RowXml | None:
        if number in self.rows:
            return self.rows[number]
        place = bisect_left(self._numbers, number)
        return self.rows[self._numbers[place]] if place < len(self._numbers) else None

    def _tail_start(self) -> int:
        last = next(reversed(self.rows.values()), None)
        return last.end if last else 0

    def _row(self, number: int, exists: bool, change: RowChange) -> str:
        p = self.xml.prefix
        if exists:
            attributes = self._changed_attributes(number, change)
            return f"<{p}row{attributes}>{self._changed_cells(number, change)}</{p}row>"
        cells = "".join(markup for _, markup in sorted(change.cells.items()) if markup is not None)
        given = "".join(f' {k}="{v}"' for k, v in change.attributes.items() if v is not None)
        return f'<{p}row r="{number}"{given}>{cells}</{p}row>' if cells or given else ""

    def _changed_cells(self, number: int, change: RowChange) -> str:
        wanted = sorted(change.cells.items())
        row, cells = self.rows[number], self.cells(number)
        pieces: list[str] = []
        done, turn = row.inner, 0
        for cell in cells:
            while turn < len(wanted) and wanted[turn][0] < cell.column:
                pieces += (self._text[done : cell.start], wanted[turn][1] or "")
                done, turn = cell.start, turn + 1
            if turn < len(wanted) and wanted[turn][0] == cell.column:
                pieces += (self._text[done : cell.start], wanted[turn][1] or "")
                done, turn = cell.end, turn + 1
            elif not cell.letters:
                pieces += (self._text[done : cell.start], self._addressed(number, cell))
                done = cell.end
        last = cells[-1].end if cells else row.inner
        pieces.append(self._text[done : max(done, last)])
        pieces += [markup or "" for _, markup in wanted[turn:]]
        pieces.append(self._text[max(done, last) : row.inner_end])
        return "".join(pieces)

    def _addressed(self, number: int, cell: CellXml) -> str:
        start = len(self.xml.prefix) + 2
        markup = self.markup(cell)
        return f'{markup[:start]} r="{cell_name(number, cell.column)}"{markup[start:]}'

    def _changed_attributes(self, number: int, change: RowChange) -> str:
        text = self.rows[number].attributes.rstrip()
        given = cellxml.attributes(text)
        wanted = dict(change.attributes)
        if "r" not in given:
            wanted["r"] = str(number)
        if spans := _wider(given.get("spans", ""), change.cells):
            wanted["spans"] = spans
        for name, value in wanted.items():
            text = cellxml.set_attribute(text, name, value)
        return text

    def _grow_dimension(self, area: Area | None) -> None:
        element = self.shell.child("dimension")
        if element is None or area is None:
            return
        try:
            old = parse_area(element.attributes.get("ref", ""))
        except ValueError:
            return
        if not self.rows and old == Area(1, 1, 1, 1):
            old = area
        self.shell.set_attribute(element, "ref", old.union(area).address())


class _Filled:
    """Grows around the cells that are put somewhere."""

    def __init__(self) -> None:
        self.area: Area | None = None

    def note(self, row: int, cells: Mapping[int, str | None]) -> None:
        columns = [column for column, markup in cells.items() if markup is not None]
        if columns:
            found = Area(row, min(columns), row, max(columns))
            self.area = self.area.union(found) if self.area else found


def _row_number(attributes: str, before: int) -> int:
    if attributes.startswith(' r="'):
        return int(attributes[4 : attributes.index('"', 4)])
    return int(cellxml.attributes(attributes).get("r", before + 1))


def _wider(spans: str, cells: Mapping[int, str | None]) -> str:
    """`spans` with the columns of `cells` in it, or "" where it need not change."""
    filled = [column for column, markup in cells.items() if markup is not None]
    if not filled or not re.fullmatch(r"\d+:\d+", spans):
        return ""
    first, last = map(int, spans.split(":"))
    wider = f"{min(first, *filled)}:{max(last, *filled)}"
    return wider if wider != spans else ""
