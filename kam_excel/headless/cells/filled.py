"""Every cell of a sheet that shows something, column by column; what is empty takes no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells.bulkvalues import Objects, Piece
from kam_excel.headless.cells.sparse import SparseColumn, is_sparse
from kam_excel.headless.cells.styleruns import Numbers, StyleRuns, style_runs
from kam_excel.headless.cells.values import Value
from kam_excel.headless.references.addressing import MAX_ROW


class _Part(NamedTuple):
    """Cells of one column, as they come block by block."""

    rows: Numbers
    values: Objects | NDArray[np.float64]
    styles: Numbers

    def cut(self, start: int, stop: int) -> _Part:
        return _Part(self.rows[start:stop], self.values[start:stop], self.styles[start:stop])


@dataclass(frozen=True, slots=True)
class Filled:
    """The rows that show something, and of each column that does one value for each of them.

    Both rise. Where a column shows nothing in a row, its value is None. `styles` has the cell
    formats of what is shown.
    """

    rows: Sequence[int]
    columns: dict[int, Sequence[Value]]
    styles: dict[int, StyleRuns]


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
    result = Filled(rows.tolist(), {}, {})
    for number in sorted(parts):
        own = parts.pop(number)
        result.columns[number] = _column(own, places, len(rows))
        result.styles[number] = style_runs([(part.rows, part.styles) for part in own])
    return result


def _without_empty_texts(piece: Piece) -> Piece:
    return piece.only(np.array([value != "" for value in piece.values.tolist()], dtype=bool))


def _by_column(piece: Piece) -> Iterator[tuple[int, _Part]]:
    if not len(piece.columns):
        return
    order = np.argsort(piece.columns.astype(np.uint16), kind="stable")
    columns = piece.columns[order]
    bounds = [0, *(np.flatnonzero(np.diff(columns)) + 1).tolist(), len(columns)]
    whole = _Part(piece.rows[order].astype(np.int32), piece.values[order], piece.styles[order])
    for start, stop in pairwise(bounds):
        yield int(columns[start]), whole.cut(start, stop)


def _column(parts: Sequence[_Part], places: Numbers, height: int) -> Sequence[Value]:
    """The values of a column; `places` tells of a row where it stands among those filled."""
    if is_sparse(sum(len(part.rows) for part in parts), height):
        held: dict[int, Value] = {}
        for part in parts:
            held.update(zip(places[part.rows].tolist(), part.values.tolist(), strict=True))
        return SparseColumn(held, height)
    values = np.full(height, None, dtype=object)
    for part in parts:
        values[places[part.rows]] = part.values
    column: list[Value] = values.tolist()
    return column
