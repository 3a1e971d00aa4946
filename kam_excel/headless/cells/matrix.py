"""What the cells of a large area show, read in bulk; the same values as cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(slots=True)
class Matrix:
    """The values of an area, row by row; None where a cell is empty.

    `is_clean` where neither errors nor empty texts can be among them.
    """

    cells: Objects
    is_clean: bool = True


def matrix(stored: StoredCells, area: Area) -> Matrix:
    """The values of an area."""
    result = Matrix(np.full((area.height, area.width), None, dtype=object))
    for block, numbers, *places in stored.sheet.rows.blocks(area.row1, area.row2):
        for row in _put(result, block, numbers, places, area, stored):
            values = stored.parsed(row).values
            result.cells[row - area.row1] = list(map(values.get, area.columns))
            result.is_clean = False
    return result


def _put(
    result: Matrix,
    block: bytes,
    numbers: Places,
    places: Sequence[Places],
    area: Area,
    stored: StoredCells,
) -> list[int]:
    """Put the cells of a block in their places; returns the rows to be read cell by cell."""
    if stored.sheet.xml.prefix:
        odd = numbers
    else:
        found = scan(block, numbers, *places)
        try:
            for number in range(len(found.attributes)):
                _put_alike(result, found, number, numbers, area, stored)
            odd = numbers[found.odd]
        except (ValueError, LookupError):  # no number, no such string: its row will be named
            odd = numbers
    rows: list[int] = odd.tolist()
    return rows


def _put_alike(
    result: Matrix, found: Scanned, number: int, numbers: Places, area: Area, stored: StoredCells
) -> None:
    """Put the cells that share their attributes, those with `number`."""
    shape = cellxml.shape(found.attributes[number])
    own = (found.shapes == number) & (found.ends > found.starts)
    own &= (found.columns >= area.col1) & (found.columns <= area.col2)
    if shape.letters or shape.kind == "inlineStr":
        found.odd[found.rows[own & ~found.inline]] = True
        own &= found.inline
    else:
        own &= ~found.inline  # a text in a cell of another kind is not shown
    if own.any():
        values = _values(found, own, shape, stored)
        rows, columns = numbers[found.rows[own]] - area.row1, found.columns[own] - area.col1
        result.cells[rows, columns] = values
        if shape.kind not in _CLEAN_KINDS or (shape.kind != "n" and "" in values.tolist()):
            result.is_clean = False


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
