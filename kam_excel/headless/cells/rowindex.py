"""Where the rows of a sheet stand in its XML: an index of arrays, found block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.tags import (
    Bytes,
    Marks,
    Places,
    called,
    leading_integers,
    padded,
    places,
    standing,
    stands,
)
from kam_excel.headless.package.spool import Data
from kam_excel.headless.references.addressing import MAX_ROW

BLOCK = 4 * 1024**2  # bytes that are looked at together
_MOST_OF_A_ROW = 64 * 1024**2  # bytes, and the blanks behind it
_MOST_TAGS_OF_A_ROW = 1_000_000  # of which a full row of rich texts has less
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


class UnusualRowsError(Exception):
    """Rows that no spreadsheet writes; the message names what is odd."""


class RowXml(NamedTuple):
    """A row: its number, its attributes as written and its offsets in the rows' bytes."""

    number: int
    attributes: str
    start: int
    inner: int
    inner_end: int
    end: int


class _Found(NamedTuple):
    """The rows of a block by the same offsets; `first` and `last` are columns of cells.

    `computed` is 1 where a row has a formula, else 0.
    """

    numbers: Places
    starts: Places
    inners: Places
    inner_ends: Places
    ends: Places
    first: Places
    last: Places
    computed: Places


def _common(one: Callable[[int, int], bytes], two: Callable[[int, int], bytes], end: int) -> int:
    """How many bytes up to `end` are the same; both give those between two places."""
    for place in range(0, end, BLOCK):
        stop = min(place + BLOCK, end)
        ours, theirs = one(place, stop), two(place, stop)
        if ours != theirs:
            differ = np.frombuffer(ours, np.uint8) != np.frombuffer(theirs, np.uint8)
            return place + int(np.argmax(differ))
    return end


class RowIndex(Mapping[int, RowXml]):
    """The rows that stand from `start` to `stop` in the data of a sheet, in order, by number.

    Raises UnusualRowsError where they are not in order.
    """

    def __init__(self, data: Data, start: int, stop: int, prefix: str) -> None:
        self._data = data
        self._start, self._stop = start, stop
        self._name = f"{prefix}row".encode()
        self.unnumbered: list[int] = []  # rows whose place alone tells their number
        blocks = list(self._blocks(f"{prefix}c".encode()))
        self._found = _Found(*(np.concatenate(each) for each in zip(*blocks, strict=True)))
        if (np.diff(self._found.numbers) <= 0).any():
            raise UnusualRowsError("row")

    # as a mapping -----------------------------------------------------------

    def __len__(self) -> int:
        return len(self._found.numbers)

    def __iter__(self) -> Iterator[int]:
        return iter(self.numbers)

    def __reversed__(self) -> Iterator[int]:
        return reversed(self.numbers)

    def __contains__(self, number: object) -> bool:
        return number in self._places

    def __getitem__(self, number: int) -> RowXml:
        return self._row(self._places[number])

    @cached_property
    def numbers(self) -> Sequence[int]:
        """The numbers of the rows."""
        found = self._found.numbers
        if len(found) and found[-1] - found[0] + 1 == len(found):
            return range(int(found[0]), int(found[-1]) + 1)
        return [int(number) for number in found]

    @cached_property
    def _places(self) -> _Places | dict[int, int]:
        if isinstance(self.numbers, range):
            return _Places(self.numbers)
        return {number: place for place, number in enumerate(self.numbers)}

    def _row(self, place: int) -> RowXml:
        number, start, inner, inner_end, end, *_ = (int(each[place]) for each in self._found)
        tag = self._data[start + 1 + len(self._name) : inner - 1].decode()
        return RowXml(number, tag.removesuffix("/"), start, inner, inner_end, end)

    def following(self, number: int) -> RowXml | None:
        """The first row whose number is not below `number`, or None."""
        place = int(np.searchsorted(self._found.numbers, number))
        return self._row(place) if place < len(self) else None

    # in bulk ----------------------------------------------------------------

    def blocks(self, first: int, last: int) -> Iterator[tuple[bytes, Places, Places, Places]]:
        """Rows `first` to `last` as (bytes, numbers, inner starts, inner ends), block by block."""
        rows = self._found
        place, stop = (
            int(np.searchsorted(rows.numbers, first)),
            int(np.searchsorted(rows.numbers, last, side="right")),
        )
        while place < stop:
            start = int(rows.starts[place])
            after = int(np.searchsorted(rows.starts, start + BLOCK))
            after = min(max(after, place + 1), stop)
            part = slice(place, after)
            data = self._data[start : int(rows.ends[after - 1])]
            yield data, rows.numbers[part], rows.inners[part] - start, rows.inner_ends[part] - start
            place = after

    def used(self, columns: Callable[[int], tuple[int, int] | None]) -> tuple[int, ...] | None:
        """The first row and column and the last ones with cells, or None.

        `columns` tells those of a row whose cells have no plain addresses.
        """
        rows = self._found
        first, last = rows.first.copy(), rows.last.copy()
        filled = first != _NO_CELL
        for place in np.flatnonzero(filled & ((first == _UNKNOWN) | (last == _UNKNOWN))):
            found = columns(int(rows.numbers[place]))
            filled[place] = found is not None
            first[place], last[place] = found or (_NO_CELL, _NO_CELL)
        if not filled.any():
            return None
        numbers = rows.numbers[filled]
        ends = numbers[0], first[filled].min(), numbers[-1], last[filled].max()
        return tuple(int(each) for each in ends)

    @cached_property
    def computed(self) -> list[int]:
        """The rows that have a formula, in order."""
        rows: list[int] = self._found.numbers[self._found.computed > 0].tolist()
        return rows

    def containing(self, text: bytes) -> list[int]:
        """The rows whose XML holds `text`."""
        numbers = []
        for data, own, _, ends in self.blocks(1, 1 << 30):
            place = data.find(text)
            while place >= 0:
                row = int(np.searchsorted(ends, place))
                numbers.append(int(own[row]))
                place = data.find(text, int(ends[row]))
        return numbers

    def differing(self, other: RowIndex) -> list[int]:
        """The numbers of rows that only one of two sheets has or that are written otherwise."""
        ours, theirs = self._stop - self._start, other._stop - other._start
        head = _common(self._from_start, other._from_start, min(ours, theirs))
        tail = _common(self._from_stop, other._from_stop, min(ours, theirs) - head)
        if self.unnumbered or other.unnumbered:
            head = tail = 0
        found = self._within(head, ours - tail) | other._within(head, theirs - tail)
        return sorted(number for number in found if self.written(number) != other.written(number))

    def written(self, number: int) -> bytes:
        """A row as it is written; nothing where there is none."""
        if number not in self:
            return b""
        place = self._places[number]
        return self._data[int(self._found.starts[place]) : int(self._found.ends[place])]

    def _from_start(self, start: int, stop: int) -> bytes:
        return self._data[self._start + start : self._start + stop]

    def _from_stop(self, start: int, stop: int) -> bytes:
        """Bytes counted from the last one on, backwards."""
        return self._data[self._stop - stop : self._stop - start][::-1]

    def _within(self, start: int, stop: int) -> set[int]:
        """The rows that reach beyond `start` and begin before `stop`, counted from the first."""
        found = self._found
        inside = (found.ends > self._start + start) & (found.starts < self._start + stop)
        return set(found.numbers[inside].tolist())

    # finding ----------------------------------------------------------------

    def _blocks(self, cell: bytes) -> Iterator[_Found]:
        rows, before, place = 0, 0, self._start
        yield _Found(*(np.empty(0, dtype=np.int64) for _ in _Found._fields))
        while place < self._stop:
            block = self._block(place)
            found = self._scan(block, cell, before)
            rows += len(found.numbers)
            if rows > MAX_ROW or (np.diff(found.numbers) <= 0).any():
                raise UnusualRowsError("row")
            before = int(found.numbers[-1]) if len(found.numbers) else before
            yield _shifted(found, place)
            place += len(block)

    def _block(self, place: int) -> bytes:
        """The bytes from a place to the beginning of a later row, or to the end of the rows."""
        opening, size = b"<" + self._name, BLOCK
        while True:
            block = self._data[place : min(place + size, self._stop)]
            cut = block.rfind(opening)
            if place + len(block) == self._stop:
                return block
            if cut > 0:
                return block[:cut]
            if size >= _MOST_OF_A_ROW:
                raise UnusualRowsError(f"a row of more than {size >> 20} MB")
            size *= 2

    def _scan(self, block: bytes, cell: bytes, before: int) -> _Found:
        """The rows of a block that begins and ends between rows."""
        # What stands in comments and processing instructions would be taken for tags.
        has_asides = b"<!" in block or b"<?" in block
        if has_asides and any(b"<" in each[1:] for each in _ASIDE.findall(block)):
            raise UnusualRowsError("comment")
        if len(block) > BLOCK and block.count(b"<") > _MOST_TAGS_OF_A_ROW:
            raise UnusualRowsError("a row of more cells than there are columns")
        data = padded(block)
        tags = places(data, b"<") + 1
        starts = called(data, tags, self._name) - 1
        closing = standing(data, tags, b"/%b>" % self._name) - 1
        inners = _behind(block, data, tags, starts)
        empty = data[inners - 2] == ord("/")
        inner_ends = inners.copy()
        if len(closing) != np.count_nonzero(~empty):
            raise UnusualRowsError("row")
        inner_ends[~empty] = closing
        ends = np.where(empty, inners, inner_ends + len(self._name) + 3)
        if (inner_ends < inners).any() or (starts[1:] < ends[:-1]).any():
            raise UnusualRowsError("row")
        numbers = self._numbers(data, starts, inners, before)
        cells = called(data, tags, cell) + len(cell)
        first, last = _outer_columns(data, cells, inners, inner_ends)
        computed = np.zeros(len(starts), dtype=np.int64)
        formulas = called(data, tags, cell[:-1] + b"f")
        computed[np.searchsorted(inners, formulas, side="right") - 1] = 1
        return _Found(numbers, starts, inners, inner_ends, ends, first, last, computed)

    def _numbers(self, data: Bytes, starts: Places, inners: Places, before: int) -> Places:
        at = starts + 1 + len(self._name)
        numbers, ends = leading_integers(data, at + 4)
        if (stands(data, at, b' r="') & (ends > at + 4) & (data[ends] == ord('"'))).all():
            return numbers
        for place, (start, inner) in enumerate(zip(at.tolist(), inners.tolist(), strict=True)):
            given = cellxml.attributes(data[start : inner - 1].tobytes().decode())
            numbers[place] = before = int(given.get("r", before + 1))
            if "r" not in given:
                self.unnumbered.append(before)
        return numbers


_NO_CELL, _UNKNOWN = 0, -1


class _Places:
    """The places of rows that follow one another without a gap."""

    def __init__(self, numbers: range) -> None:
        self._numbers = numbers

    def __contains__(self, number: object) -> bool:
        return number in self._numbers

    def __getitem__(self, number: int) -> int:
        if number not in self._numbers:
            raise KeyError(number)
        return number - self._numbers.start


def _behind(block: bytes, data: Bytes, tags: Places, starts: Places) -> Places:
    """Where the start tags end that begin at some places."""
    following = np.append(tags, 0)[np.searchsorted(tags, starts + 1) + 1] - 1
    ends = np.where(data[following - 1] == ord(">"), following, 0)
    for place in np.flatnonzero(ends == 0).tolist():  # blanks stand before the next tag
        ends[place] = block.index(b">", int(starts[place])) + 1
    return ends


def _shifted(found: _Found, by: int) -> _Found:
    return found._replace(
        starts=found.starts + by,
        inners=found.inners + by,
        inner_ends=found.inner_ends + by,
        ends=found.ends + by,
    )


def _outer_columns(
    data: Bytes, cells: Places, inners: Places, inner_ends: Places
) -> tuple[Places, Places]:
    """The columns of the first and the last cell of each row."""
    begin, end = np.searchsorted(cells, inners), np.searchsorted(cells, inner_ends)
    filled = end > begin
    result = []
    for place in (begin, end - 1):
        columns = np.full(len(inners), _NO_CELL, dtype=np.int64)
        found, _ = column_numbers(data, cells[place[filled]])
        columns[filled] = np.where(found > 0, found, _UNKNOWN)
        result.append(columns)
    return result[0], result[1]


def column_numbers(data: Bytes, at: Places) -> tuple[Places, Places]:
    """The columns of the addresses that stand as ` r="AB1` at places, and where letters end.

    0 where none does, or one that is written in another way.
    """
    letters = [data[at + 4 + offset].astype(np.int64) - 64 for offset in range(3)]
    columns = np.zeros(len(at), dtype=np.int64)
    ends = at + 4
    going: Marks = stands(data, at, b' r="')
    for letter in letters:
        going = going & (letter >= 1) & (letter <= 26)
        columns = np.where(going, columns * 26 + letter, columns)
        ends = ends + going
    return columns, ends
