"""Every cell of a sheet that shows something, column by column; what is empty takes no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells.bulkvalues import Objects, Piece
from kam_excel.headless.cells.values import Value
from kam_excel.headless.references.addressing import MAX_ROW

# A column is kept sparse where one row in 16 or fewer of over 1000 has a value: filling a row up
# to its end must not cost 16,384 values for each other row.
_FEW, _SPARSE = 1000, 16

# Rows and the values of them, as they come block by block.
_Part = tuple[NDArray[np.int32], Objects | NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows that show something, and of each column that does one value for each of them.

    Both rise. Where a column shows nothing in a row, its value is None.
    """

    rows: Sequence[int]
    columns: Mapping[int, Sequence[Value]]


class SparseColumn(Sequence[Any]):
    """A column that shows something in few of the rows; the others are None."""

    def __init__(self, values: Mapping[int, Any], height: int) -> None:
        self._values = values  # by their places among the rows
        self._height = height

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, place: int) -> Any: ...

    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...

    def __getitem__(self, place: int | slice) -> Any:
        numbers = range(self._height)[place]
        if isinstance(numbers, range):
            return list(map(self._values.get, numbers))
        return self._values.get(numbers)

    def __iter__(self) -> Iterator[Any]:
        return map(self._values.get, range(self._height))


def is_sparse(filled: int, height: int) -> bool:
    """Whether a column with so many values among so many rows takes less room as a sparse one."""
    return height > _FEW and filled * _SPARSE < height


def filled(pieces: Iterable[Piece]) -> Filled:
    """The cells that show more than an empty text."""
    parts: dict[int, list[_Part]] = {}
    seen = np.zeros(MAX_ROW + 1, dtype=bool)
    for piece in pieces:
        some = piece if piece.is_clean else _without_empty_texts(piece)
        seen[some.rows] = True
        for column, part in _by_column(some):
            parts.setdefault(column, []).append(part)
    rows = np.flatnonzero(seen)
    places = np.empty(MAX_ROW + 1, dtype=np.int32)
    places[rows] = np.arange(len(rows))
    columns = {number: _column(parts.pop(number), places, len(rows)) for number in sorted(parts)}
    return Filled(rows.tolist(), columns)


def _without_empty_texts(piece: Piece) -> Piece:
    return piece.only(np.array([value != "" for value in piece.values.tolist()], dtype=bool))


def _by_column(piece: Piece) -> Iterator[tuple[int, _Part]]:
    if not len(piece.columns):
        return
    order = np.argsort(piece.columns.astype(np.uint16), kind="stable")
    columns = piece.columns[order]
    bounds = [0, *(np.flatnonzero(np.diff(columns)) + 1).tolist(), len(columns)]
    rows, values = piece.rows[order].astype(np.int32), piece.values[order]
    for start, stop in pairwise(bounds):
        yield int(columns[start]), (rows[start:stop], values[start:stop])


def _column(parts: Sequence[_Part], places: NDArray[np.int32], height: int) -> Sequence[Value]:
    """The values of a column; `places` tells of a row where it stands among those filled."""
    if is_sparse(sum(len(rows) for rows, _ in parts), height):
        pairs = (zip(places[rows].tolist(), own.tolist(), strict=True) for rows, own in parts)
        return SparseColumn(dict(chain.from_iterable(pairs)), height)
    values = np.full(height, None, dtype=object)
    for rows, own in parts:
        values[places[rows]] = own
    column: list[Value] = values.tolist()
    return column
