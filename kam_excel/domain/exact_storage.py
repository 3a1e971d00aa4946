"""How a column of amounts is stored: integers at a scale and a mask of what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray, no_default, take
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like

from kam_excel.domain import exact_values, integers
from kam_excel.domain.integers import Ints


class ExactStorage(ExtensionArray):
    """Amounts as a sequence: made, indexed, changed, taken, and turned into Decimals or floats."""

    _readonly: bool

    def __init__(self, data: Ints, mask: NDArray[np.bool_], scale: int) -> None:
        """`data` / 10**scale, missing where `mask`; takes both arrays as they are."""
        # A missing value is stored as 0, so that it never widens a bound.
        self._data = np.where(mask, np.zeros(1, dtype=data.dtype), data) if mask.any() else data
        self._mask = mask
        self._scale = scale

    @classmethod
    def _read(cls, values: Any, *, texts: bool = False) -> Self:
        """Exact values of any kind at their least common scale; errors as exact_values.scaled."""
        array = getattr(values, "array", values)
        if isinstance(array, cls):
            return array
        dtype = getattr(array, "dtype", None)
        if dtype is not None and dtype.kind in "iu":
            masked = pd.array(array, dtype="Int64" if dtype.kind == "i" else "UInt64")
            data = masked.to_numpy(dtype=np.int64 if dtype.kind == "i" else object, na_value=0)
            return cls(integers.fitted(data), masked.isna(), 0)
        return cls(*exact_values.read(list(array), texts=texts))

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        data = np.concatenate([each._data for each in to_concat])
        mask = np.concatenate([each._mask for each in to_concat])
        return cls(data, mask, to_concat[0]._scale)

    def _like(self, data: Ints, mask: NDArray[np.bool_] | None = None) -> Self:
        """Other integers at the same scale, missing where these are unless `mask` says."""
        return type(self)(data, self._mask.copy() if mask is None else mask, self._scale)

    def _at(self, scale: int) -> Self:
        """The same values at another scale; ValueError where digits would be lost."""
        if scale == self._scale:
            return self
        if scale > self._scale:
            data = integers.shift(self._data, scale - self._scale)
            return type(self)(data, self._mask.copy(), scale)
        # A divisor beyond int64 makes Python ints of the remainders.
        power = integers.column([10 ** (self._scale - scale)])
        lost = (self._data % power).astype(bool)
        if lost.any():
            value = exact_values.decimal(int(self._data[np.argmax(lost)]), self._scale)
            raise ValueError(f"{value:f} has more than {scale} places: round it first")
        return type(self)(integers.fitted(self._data // power), self._mask.copy(), scale)

    @property
    def nbytes(self) -> int:
        """Bytes of the integers (as pointers, where they are Python ints) and the mask."""
        return self._data.nbytes + self._mask.nbytes

    def __len__(self) -> int:
        return len(self._data)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._decimals())

    def __contains__(self, item: object) -> bool | np.bool_:
        if item is pd.NaT or exact_values.is_missing(item):
            return item is pd.NA and bool(self._mask.any())
        return super().__contains__(item)

    def __getitem__(self, item: Any) -> Any:
        item = check_array_indexer(self, item)
        data, mask = self._data[item], self._mask[item]
        if not isinstance(mask, np.ndarray):
            return pd.NA if mask else exact_values.decimal(int(data), self._scale)
        result = self._like(data, mask)
        if isinstance(item, slice):
            result._readonly = self._readonly
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        many = is_list_like(value)
        new = self._read(value if many else [value], texts=True)._at(self._scale)
        if new._data.dtype == object:
            self._data = integers.wide(self._data)
        self._data[key] = new._data if many else new._data[0]
        self._mask[key] = new._mask if many else new._mask[0]

    def isna(self) -> NDArray[np.bool_]:
        """Where values are missing."""
        return self._mask.copy()

    def take(self, indexer: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """Values by position; -1 means `fill_value` where `allow_fill`."""
        fill = self._read([fill_value])._at(self._scale)
        data = integers.wide(self._data) if fill._data.dtype == object else self._data
        return self._like(
            np.asarray(take(data, indexer, allow_fill=allow_fill, fill_value=fill._data[0])),
            np.asarray(take(self._mask, indexer, allow_fill=allow_fill, fill_value=fill._mask[0])),
        )

    def copy(self) -> Self:
        """A copy that shares nothing."""
        return self._like(self._data.copy())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        if copy is False:
            raise ValueError("amounts cannot be had as a numpy array without a copy")
        if dtype is not None and np.dtype(dtype).kind == "f":
            return self._floats().astype(dtype)
        values = np.empty(len(self), dtype=object)
        values[:] = self._decimals()
        return values if dtype is None else values.astype(dtype)

    def to_numpy(
        self, dtype: Any = None, copy: bool = False, na_value: Any = no_default
    ) -> NDArray[Any]:
        """Decimals and pd.NA, or floats with NaN where `dtype` is a float."""
        result = np.asarray(self, dtype=dtype)
        if na_value is not no_default:
            result[self._mask] = na_value
        return result

    def _decimals(self) -> list[Any]:
        return [
            pd.NA if gap else exact_values.decimal(number, self._scale)
            for number, gap in zip(self._data.tolist(), self._mask.tolist(), strict=True)
        ]

    def _floats(self) -> NDArray[np.float64]:
        values = integers.ratio(self._data, integers.column([10**self._scale]))
        values[self._mask] = np.nan
        return values

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str | None]:
        return lambda value: str(value) if value is pd.NA else f"{value:f}"
