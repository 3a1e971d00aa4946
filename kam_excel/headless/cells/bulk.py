"""The cells of many rows at once: their XML as arrays, block by block.

Only cells as spreadsheets write them are told: ` r="A1"` first, then at most 24 bytes of other
attributes, and a value, a formula with a value, an inline text of one run, or nothing. Where a
row has any other cell, it is left to a reader that takes cells one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells.rowindex import column_numbers
from kam_excel.headless.cells.tags import (
    BEHIND_NAME,
    Bytes,
    Marks,
    Places,
    padded,
    places,
    stands,
    words,
)
from kam_excel.headless.references.addressing import MAX_COLUMN

_LONGEST = 24  # bytes of attributes
_WORD = 8
_MOST_SHAPES = 64
_PRESERVED = b'<t xml:space="preserve">'


@dataclass(frozen=True, slots=True)
class Scanned:
    """The cells of a block of rows, without those of its odd rows.

    `rows` are places among the block's rows, `shapes` places among `attributes`; the value of a
    cell is the text from `starts` to `ends`, which are equal where it has none. `odd` marks the
    rows that have to be read cell by cell.
    """

    data: Bytes
    rows: Places
    columns: Places
    shapes: Places
    starts: Places
    ends: Places
    inline: Marks
    attributes: list[str]
    odd: Marks


def scan(block: bytes, numbers: Places, inners: Places, inner_ends: Places) -> Scanned:
    """The cells of the rows `numbers`, whose insides stand between places in a block."""
    data = padded(block)
    tags = places(data, b"<")
    at = np.flatnonzero(data[tags + 1] == ord("c"))
    at = at[BEHIND_NAME[data[tags[at] + 2]]]
    cells = tags[at]
    first = np.searchsorted(cells, inners)
    rows = np.repeat(np.arange(len(numbers)), np.diff(first, append=len(cells)))
    columns, letters_end = column_numbers(data, cells + 2)
    addresses = _Addresses(numbers)
    quotes = letters_end + addresses.digits[rows]
    good = (columns > 0) & (columns <= MAX_COLUMN) & addresses.stand(data, letters_end, rows)
    good[1:] &= (columns[1:] > columns[:-1]) | (rows[1:] > rows[:-1])
    inline, starts, ends, tag_ends, known = _values(data, tags, at)
    good &= known
    shapes, attributes = _shapes(data, quotes + 1, tag_ends, good)
    odd = np.zeros(len(numbers), dtype=bool)
    odd[rows[shapes < 0]] = True
    even = ~odd[rows]
    return Scanned(
        data,
        rows[even],
        columns[even],
        shapes[even],
        starts[even],
        ends[even],
        inline[even],
        attributes,
        odd,
    )


class _Addresses:
    """The ends of the addresses of cells: the numbers of rows, of seven digits at most."""

    def __init__(self, numbers: Places) -> None:
        self.digits: Places = np.searchsorted(10 ** np.arange(1, 10), numbers, side="right") + 1
        texts = np.zeros(len(numbers), dtype=np.uint64)
        for place in range(_WORD - 1):  # the last digit first, the first one in the lowest byte
            left = self.digits > place
            digit = (numbers // 10**place % 10 + ord("0")).astype(np.uint64)
            texts = np.where(left, texts << np.uint64(8) | digit, texts)
        self._texts = texts
        self._masks = np.uint64(2**64 - 1) >> (8 * (_WORD - self.digits)).clip(0).astype(np.uint64)

    def stand(self, data: Bytes, at: Places, rows: Places) -> Marks:
        """At which places the numbers of rows stand, each with a quotation mark behind it."""
        found = words(data)[at] & self._masks[rows] == self._texts[rows]
        marks: Marks = found & (data[at + self.digits[rows]] == ord('"'))
        return marks


def _values(data: Bytes, tags: Places, at: Places) -> tuple[Marks, Places, Places, Places, Marks]:
    """Of each cell whether its text is inline, where its value begins and ends, where its
    attributes end, and whether it is one of the forms that are known.
    """
    behind = np.concatenate([tags, np.full(8, tags[-1] if len(tags) else 0)])
    cells, first, second = tags[at], behind[at + 1], behind[at + 2]
    closed = data[first - 1] == ord(">")
    empty = closed & (data[first - 2] == ord("/"))
    hollow = closed & ~empty & stands(data, first, b"</c>")
    computed = stands(data, first, b"<f") & closed & ~empty
    skipped = np.where(computed, np.where(data[second - 2] == ord("/"), 1, 2), 0)
    valued, end = behind[at + 1 + skipped], behind[at + 2 + skipped]
    last = behind[at + 3 + skipped]
    plain = closed & ~empty & stands(data, valued, b"<v>") & stands(data, end, b"</v></c>")
    plain &= (last == end + 4) & (end > valued + 3)
    inline, text, text_end = _inline(data, behind, at)
    inline &= closed
    starts = np.where(plain, valued + 3, np.where(inline, text, cells))
    ends = np.where(plain, end, np.where(inline, text_end, cells))
    return inline, starts, ends, first - 1 - empty, empty | hollow | plain | inline


def _inline(data: Bytes, behind: Places, at: Places) -> tuple[Marks, Places, Places]:
    first, second, third = behind[at + 1], behind[at + 2], behind[at + 3]
    found = stands(data, first, b"<is><t")
    if not found.any():
        return found, second, third
    bare = stands(data, second, b"<t>")
    starts = second + np.where(bare, 3, len(_PRESERVED))
    found &= (second == first + 4) & (bare | stands(data, second, _PRESERVED))
    found &= stands(data, third, b"</t></is></c>") & (third > starts)
    return found, starts, third


def _shapes(data: Bytes, starts: Places, ends: Places, good: Marks) -> tuple[Places, list[str]]:
    """The distinct texts of attributes, and which of them each cell has; -1 for none of them."""
    lengths = ends - starts
    shapes = np.full(len(starts), -1)
    left = np.flatnonzero(good & (lengths >= 0) & (lengths <= _LONGEST))
    pieces = [_word(data, starts[left], lengths[left], place) for place in range(3)]
    attributes: list[str] = []
    while len(left) and len(attributes) < _MOST_SHAPES:
        same = np.logical_and.reduce([piece == piece[0] for piece in pieces])
        shapes[left[same]] = len(attributes)
        one = left[0]
        attributes.append(data[starts[one] : ends[one]].tobytes().decode())
        left, pieces = left[~same], [piece[~same] for piece in pieces]
    return shapes, attributes


def _word(data: Bytes, starts: Places, lengths: Places, place: int) -> NDArray[np.uint64]:
    """Eight bytes of each text as a number, those behind its end as zeros."""
    used = np.clip(lengths - place * _WORD, 0, _WORD).astype(np.uint64)
    shift = (np.uint64(_WORD) - used) * np.uint64(8)
    full = words(data)[starts + place * _WORD]
    return np.where(used > 0, full & (np.uint64(2**64 - 1) >> np.minimum(shift, 63)), 0)
