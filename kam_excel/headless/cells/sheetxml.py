"""The rows of a worksheet part: where they stand, and splicing changed cells in among them.

Whatever is not written keeps its bytes: other cells and rows, their attributes, all that
stands outside sheetData.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.rowindex import RowIndex, UnusualRowsError
from kam_excel.headless.package.spool import PIECE, Data, Spool, gathered, pieces_of
from kam_excel.headless.references.addressing import (
    Area,
    cell_name,
    column_number,
    parse_area,
)
from kam_excel.headless.references.areas import areas_text
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell

_MOST_AROUND = 64 * 1024**2  # bytes of all that is not rows
_SHEET_DATA = re.compile(rb"<([\w.-]+:)?sheetData\b[^>]*>")
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


def unusual(part: str, reason: str) -> WorkbookError:
    """The error that says what is irregular about a sheet."""
    return WorkbookError(problem("SHEET_XML_UNUSUAL", Place(), part=part, reason=reason))


class CellXml(NamedTuple):
    """A cell: its column, its place in the text of its row and what `cellxml` needs to read it."""

    column: int
    row: str
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


class NewRows(NamedTuple):
    """Rows that are added together: the first one's number, the area of their cells, their XML."""

    first: int
    used: Area | None
    xml: Iterable[bytes]


class SheetXml:
    """A worksheet part, scanned: `shell` around the rows, `rows` by number.

    Raises WorkbookError where rows are not in order or hold what no spreadsheet writes.
    """

    def __init__(self, data: Data, part: str) -> None:
        self.part = part
        data = _utf8(data)
        opening = _opening(data)
        if opening is None:
            data = self._with_rows(data[:])
            opening = _opening(data)
        assert opening is not None
        self.xml = cellxml.grammar((opening[1] or b"").decode())
        self._data = data
        self._opening, self._closing = opening[0], b""
        self._start = self._stop = end = opening.end()
        if not self._opening.endswith(b"/>"):
            self._closing = b"</%bsheetData>" % (opening[1] or b"")
            self._stop = data.rfind(self._closing)
            end = self._stop + len(self._closing)
        if self._stop < self._start:
            raise self.unusual("sheetData")
        self._place = b"<%bsheetData/>" % (opening[1] or b"")
        if len(data) - (end - opening.start()) > _MOST_AROUND:
            raise self.unusual(f"{len(data):,} bytes, most of them not rows")
        self.shell = Shell(data[: opening.start()] + self._place + data[end:])
        self._shell_before = self.shell.data
        self._index()

    @property
    def shell_is_changed(self) -> bool:
        """Whether anything around the rows was edited."""
        return self.shell.data != self._shell_before

    def _index(self) -> None:
        try:
            self.rows = RowIndex(self._data, self._start, self._stop, self.xml.prefix)
        except UnusualRowsError as error:
            raise self.unusual(str(error)) from error

    def _with_rows(self, data: bytes) -> bytes:
        """A part in which nothing is where the rows belong, with an empty element there."""
        shell = Shell(splice.opened(data))
        if shell.root.local != "worksheet":
            raise self.unusual("no sheetData")
        shell.put("sheetData", f"<{shell.prefix}sheetData/>")
        return shell.data

    def unusual(self, reason: str) -> WorkbookError:
        """The error that says what is irregular about this sheet."""
        return unusual(self.part, reason)

    # reading ----------------------------------------------------------------

    def raw_cells(self, row: int) -> list[tuple[str, str, str, str, str]]:
        """The cells of a row as (letters, digits, rest of the attributes, plain value, body)."""
        return self.xml.cell.findall(self._inner(row))

    def cells(self, row: int) -> list[CellXml]:
        """The cells of a row with their columns and offsets."""
        result: list[CellXml] = []
        text, column = self._inner(row), 0
        for match in self.xml.cell.finditer(text):
            letters, _, rest, plain, body = (group or "" for group in match.groups())
            try:
                letters = letters or cellxml.shape(rest).letters
                column = column_number(letters) if letters else column + 1
            except ValueError as error:
                raise self.unusual(f"row {row}: {error}") from error
            places = match.start(), match.end()
            result.append(CellXml(column, text, *places, letters, rest, plain, body))
        return result

    def _inner(self, row: int) -> str:
        """The text inside a row, "" where there is no such row."""
        found = self.rows.get(row)
        try:
            return self._data[found.inner : found.inner_end].decode() if found else ""
        except UnicodeDecodeError as error:
            raise self.unusual(f"row {row}: {error}") from error

    def markup(self, cell: CellXml) -> str:
        """A cell as it is written."""
        return cell.row[cell.start : cell.end]

    def row_attributes(self, row: int) -> dict[str, str]:
        """The attributes of a row, empty where there is no such row."""
        found = self.rows.get(row)
        return cellxml.attributes(found.attributes) if found else {}

    def rows_with(self, text: str) -> list[int]:
        """The rows whose XML holds `text`."""
        return self.rows.containing(text.encode())

    # writing ----------------------------------------------------------------

    def rewritten(self, changes: Mapping[int, RowChange], added: Sequence[NewRows] = ()) -> Data:
        """The part with the rows changed or added and the shell as it is now.

        Where rows are added none is and none is changed.
        """
        if changes or added:
            self._number_rows()
        blocks = {each.first: each for each in added}
        filled = _Filled()
        rows = gathered(self._rewritten_rows(changes, blocks, filled))
        self._grow_dimension(filled.area)
        opening, closing = self._opening, self._closing
        if len(rows) and not closing:
            opening = b"<%bsheetData>" % self.xml.prefix.encode()
            closing = b"</%bsheetData>" % self.xml.prefix.encode()
        head, _, tail = self.shell.data.partition(self._place)
        if isinstance(rows, Spool):
            return rows.within(head + opening, closing + tail)
        return b"".join((head, opening, rows, closing, tail))

    def _rewritten_rows(
        self, changes: Mapping[int, RowChange], blocks: Mapping[int, NewRows], filled: _Filled
    ) -> Iterator[bytes]:
        done = self._start
        for number in sorted(changes.keys() | blocks.keys()):
            following = self.rows.following(number)
            place = following.start if following else self._tail_start()
            yield from pieces_of(self._data, done, place)
            done = place
            if number in blocks:
                filled.grow(blocks[number].used)
                yield from blocks[number].xml
                continue
            change = changes[number]
            filled.note(number, change.cells)
            exists = following is not None and following.number == number
            yield self._row(number, exists, change).encode()
            done = following.end if following and exists else place
        yield from pieces_of(self._data, done, self._stop)

    def _number_rows(self) -> None:
        """Give rows that are numbered by their place alone their numbers."""
        edits = []
        for number in self.rows.unnumbered:
            place = self.rows[number].start + len(f"<{self.xml.prefix}row")
            edits.append(splice.Edit(place, place, f' r="{number}"'.encode()))
        if edits:
            before = len(self._data)
            self._data = splice.apply(self._data[:], edits)
            self._stop += len(self._data) - before
            self._index()

    def _tail_start(self) -> int:
        last = next(reversed(self.rows), None)
        return self._start if last is None else self.rows[last].end

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
        text, cells = self._inner(number), self.cells(number)
        if any(one.column >= two.column for one, two in pairwise(cells)):
            raise self.unusual(f"row {number}")
        pieces: list[str] = []
        done = turn = 0
        for cell in cells:
            while turn < len(wanted) and wanted[turn][0] < cell.column:
                pieces += (text[done : cell.start], wanted[turn][1] or "")
                done, turn = cell.start, turn + 1
            if turn < len(wanted) and wanted[turn][0] == cell.column:
                pieces += (text[done : cell.start], wanted[turn][1] or "")
                done, turn = cell.end, turn + 1
            elif not cell.letters:
                pieces += (text[done : cell.start], self._addressed(number, cell))
                done = cell.end
        last = cells[-1].end if cells else 0
        pieces.append(text[done : max(done, last)])
        pieces += [markup or "" for _, markup in wanted[turn:]]
        pieces.append(text[max(done, last) :])
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
        self.shell.set_attribute(element, "ref", areas_text([old.union(area)]))


def _utf8(data: Data) -> Data:
    if isinstance(data, bytes):
        return splice.utf8(data)
    head = data[:PIECE]
    return data if splice.utf8(head) is head else splice.utf8(data[:])


def _opening(data: Data) -> re.Match[bytes] | None:
    """The start tag around the rows, which comes early."""
    if isinstance(data, bytes):
        return _SHEET_DATA.search(data)
    size = PIECE
    while (found := _SHEET_DATA.search(data[:size])) is None and size < len(data):
        size *= 2
    return found


class _Filled:
    """Grows around the cells that are put somewhere."""

    def __init__(self) -> None:
        self.area: Area | None = None

    def note(self, row: int, cells: Mapping[int, str | None]) -> None:
        columns = [column for column, markup in cells.items() if markup is not None]
        if columns:
            self.grow(Area(row, min(columns), row, max(columns)))

    def grow(self, area: Area | None) -> None:
        if area is not None:
            self.area = self.area.union(area) if self.area else area


def _wider(spans: str, cells: Mapping[int, str | None]) -> str:
    """`spans` with the columns of `cells` in it, or "" where it need not change."""
    filled = [column for column, markup in cells.items() if markup is not None]
    if not filled or not re.fullmatch(r"\d+:\d+", spans):
        return ""
    first, last = map(int, spans.split(":"))
    wider = f"{min(first, *filled)}:{max(last, *filled)}"
    return wider if wider != spans else ""
