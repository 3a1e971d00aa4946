"""The values of many cells at once, as arrays; the same values as cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.bulk import Scanned, scan
from kam_excel.headless.cells.decimals import read_floats
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.cells.tags import Marks, Places, leading_integers
from kam_excel.headless.cells.values import Value, from_serial
from kam_excel.headless.references.addressing import Area

Objects = NDArray[np.object_]

_CLEAN_KINDS = ("n", "s", "b", "str", "inlineStr")


class Piece(NamedTuple):
    """Some cells that show something: their rows, columns and values, each at its place.

    `is_clean` where neither errors nor empty texts can be among the values.
    """

    rows: Places
    columns: Places
    values: Objects | NDArray[np.float64]
    is_clean: bool

    def only(self, some: Marks) -> Piece:
        """The cells that are marked."""
        return Piece(self.rows[some], self.columns[some], self.values[some], self.is_clean)


def pieces(stored: StoredCells, area: Area) -> Iterator[Piece]:
    """The cells of an area that show something, each in one piece.

    Raises WorkbookError where a row cannot be read.
    """
    for block, numbers, *places in stored.sheet.rows.blocks(area.row1, area.row2):
        yield from _of_block(block, numbers, places, area, stored)


def _of_block(
    block: bytes, numbers: Places, places: Sequence[Places], area: Area, stored: StoredCells
) -> list[Piece]:
    result: list[Piece] = []
    odd = numbers
    if not stored.sheet.xml.prefix:
        found = scan(block, numbers, *places)
        try:
            for number in range(len(found.attributes)):
                result += _alike(found, number, numbers, area, stored)
            odd = numbers[found.odd]
        except (ValueError, LookupError):  # no number, no such string: its row will be named
            result = []
    if len(odd):
        result.append(_one_by_one(odd, area, stored))
    return result


def _alike(
    found: Scanned, number: int, numbers: Places, area: Area, stored: StoredCells
) -> Iterator[Piece]:
    """The cells that share their attributes, those with `number`."""
    shape = cellxml.shape(found.attributes[number])
    alike, written = found.shapes == number, found.ends > found.starts
    if shape.kind == "str":  # one without a value shows an empty text
        found.odd[found.rows[alike & ~written]] = True
    own = alike & written
    own &= (found.columns >= area.col1) & (found.columns <= area.col2)
    if shape.letters or shape.kind == "inlineStr":
        found.odd[found.rows[own & ~found.inline]] = True
        own &= found.inline
    else:
        own &= ~found.inline  # a text in a cell of another kind is not shown
    if own.any():
        values = _values(found, own, shape, stored)
        is_clean = shape.kind == "n" or (shape.kind in _CLEAN_KINDS and "" not in values.tolist())
        yield Piece(numbers[found.rows[own]], found.columns[own], values, is_clean)


def _one_by_one(numbers: Places, area: Area, stored: StoredCells) -> Piece:
    """The cells of rows that are read one by one."""
    cells = [
        (number, column, value)
        for number in numbers.tolist()
        for column, value in stored.parsed(number).values.items()
        if area.col1 <= column <= area.col2
    ]
    rows = np.array([row for row, _, _ in cells], dtype=np.int64)
    columns = np.array([column for _, column, _ in cells], dtype=np.int64)
    return Piece(rows, columns, objects([value for _, _, value in cells]), False)


def _values(
    found: Scanned, some: Marks, shape: cellxml.Shape, stored: StoredCells
) -> Objects | NDArray[np.float64]:
    """The values of the cells `some`, which share their attributes."""
    starts, ends = found.starts[some], found.ends[some]
    if shape.kind == "n":
        numbers = read_floats(found.data, starts, ends)
        return _dates(numbers, stored.date1904) if shape.style in stored.dates else numbers
    if shape.kind == "s":
        indexes, read_to = leading_integers(found.data, starts)
        if (read_to == ends).all():
            texts: Objects = stored.texts[indexes]
            return texts
    data, known = found.data.tobytes(), dict[bytes, Value]()
    values = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        text = data[start:end]
        if text not in known:
            known[text] = stored.shown(shape.kind, text.decode())
        values.append(known[text])
    return objects(values)


def _dates(serials: NDArray[np.float64], date1904: bool) -> Objects:
    """Serial numbers as the dates that they stand for, one object for each distinct one."""
    distinct, places = np.unique(serials, return_inverse=True)
    found: Objects = objects([from_serial(serial, date1904) for serial in distinct.tolist()])[
        places
    ]
    return found


def objects(values: Sequence[Value]) -> Objects:
    """Values as an array of objects."""
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result
