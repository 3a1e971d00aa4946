"""The values of many cells at once, as arrays; the same values as cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

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
    """Some cells that show something: rows, columns, values, cell formats, each at its place.

    `is_clean` where neither errors nor empty texts can be among the values.
    """

    rows: Places
    columns: Places
    values: Objects | NDArray[np.float64]
    styles: NDArray[np.int32]
    is_clean: bool

    def only(self, some: Marks) -> Piece:
        """The cells that are marked."""
        return Piece(
            self.rows[some],
            self.columns[some],
            self.values[some],
            self.styles[some],
            self.is_clean,
        )


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
        is_clean = shape.kind in _CLEAN_KINDS and not _may_be_empty(shape.kind, values, stored)
        rows, columns = numbers[found.rows[own]], found.columns[own]
        styles = np.full(len(rows), shape.style, dtype=np.int32)
        yield Piece(rows, columns, values, styles, is_clean)


def _may_be_empty(kind: str, values: NDArray[Any], stored: StoredCells) -> bool:
    """Whether there is an empty text among values of a kind."""
    if kind == "n" or (kind == "s" and not stored.has_empty_text):
        return False
    return "" in values.tolist()


def _one_by_one(numbers: Places, area: Area, stored: StoredCells) -> Piece:
    """The cells of rows that are read one by one."""
    cells = []
    for number in numbers.tolist():
        row = stored.parsed(number)
        for column, value in row.values.items():
            if area.col1 <= column <= area.col2:
                cells.append((number, column, value, row.styles[column]))
    return piece_of(cells)


def piece_of(cells: Sequence[tuple[int, int, Value, int]]) -> Piece:
    """Cells told one by one: row, column, value, cell format."""
    rows, columns, values, styles = zip(*cells, strict=True) if cells else ((), (), (), ())
    return Piece(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        _objects(values),
        np.array(styles, dtype=np.int32),
        False,
    )


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
    return _objects(values)


def _dates(serials: NDArray[np.float64], date1904: bool) -> Objects:
    """Serial numbers as the dates that they stand for, one object for each distinct one."""
    distinct, places = np.unique(serials, return_inverse=True)
    found: Objects = _objects([from_serial(serial, date1904) for serial in distinct.tolist()])[
        places
    ]
    return found


def _objects(values: Sequence[Value]) -> Objects:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result
