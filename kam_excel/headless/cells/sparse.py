"""Columns with few values among many rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, overload

# A column is kept sparse where one row in 16 or fewer of over 1000 has a value: filling a row up
# to its end must not cost 16,384 values for each other row.
_FEW, _SPARSE = 1000, 16


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
        if isinstance(place, slice):
            return list(map(self._values.get, range(self._height)[place]))
        if not -self._height <= place < self._height:
            raise IndexError(place)
        return self._values.get(place % self._height)

    def __iter__(self) -> Iterator[Any]:
        return map(self._values.get, range(self._height))


def is_sparse(filled: int, height: int) -> bool:
    """Whether a column with so many values among so many rows takes less room as a sparse one."""
    return height > _FEW and filled * _SPARSE < height
