"""Order, equality, sums and groups of amounts.

pandas' own masked int64 arrays do the counting. They are given the stored integers; where a sum
might not fit, limbs of them; where the values themselves do not fit, their ranks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from pandas import NA
from pandas.arrays import IntegerArray

from kam_excel.domain import exact_values, integers
from kam_excel.domain.exact_storage import ExactStorage
from kam_excel.domain.integers import Ints

_ADDITIVE = frozenset({"sum", "cumsum"})
_ORDERED = frozenset({"min", "max", "cummin", "cummax"})
_POSITIONS = frozenset({"rank", "idxmin", "idxmax"})
_TAKEN = frozenset({"first", "last"})


class ExactReductions(ExactStorage):
    """Amounts that can be sorted, told apart, summed and grouped."""

    def _keys(self) -> tuple[NDArray[np.int64], Ints | None]:
        """int64 keys that order and equal as the values do; values by key (None: themselves)."""
        if self._data.dtype == np.int64:
            return self._data, None
        return integers.ranks(self._data)

    def _from_keys(self, keys: Any, by_key: Ints | None) -> Self:
        data = _plain(keys)
        return self._like(data if by_key is None else by_key[data], _missing(keys))

    def _values_for_argsort(self) -> NDArray[np.int64]:
        return self._keys()[0]

    def factorize(self, use_na_sentinel: bool = True) -> tuple[NDArray[Any], Self]:
        """Codes by first occurrence, and the distinct values."""
        keys, by_key = self._keys()
        codes, uniques = IntegerArray(keys, self._mask).factorize(use_na_sentinel)
        return codes, self._from_keys(uniques, by_key)

    def unique(self) -> Self:
        """The distinct values in order of occurrence."""
        return self.factorize(use_na_sentinel=False)[1]

    def sum(self, *, skipna: bool = True, min_count: int = 0, **kwargs: Any) -> Any:
        """The exact sum, Decimal; 0 for none; NA below `min_count` values."""
        if (not skipna and self._mask.any()) or (~self._mask).sum() < min_count:
            return NA
        summed = integers.additive(self._data, lambda part: np.array([part.sum()]))
        return exact_values.decimal(int(summed[0]), self._scale)

    def min(self, *, skipna: bool = True, **kwargs: Any) -> Any:
        """The least value, or NA for none."""
        return self._extreme(np.argmin, skipna=skipna)

    def max(self, *, skipna: bool = True, **kwargs: Any) -> Any:
        """The greatest value, or NA for none."""
        return self._extreme(np.argmax, skipna=skipna)

    def _extreme(self, position: Callable[[Ints], Any], *, skipna: bool) -> Any:
        known = self[~self._mask]
        if not len(known) or (not skipna and len(known) < len(self)):
            return NA
        return known[int(position(known._data))]

    def _reduce(
        self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any
    ) -> Any:
        if name == "count":
            return super()._reduce(name, skipna=skipna, keepdims=keepdims, **kwargs)
        if name not in ("sum", "min", "max"):
            raise _refusal(name)
        result = getattr(self, name)(skipna=skipna, **kwargs)
        return self._read([result])._at(self._scale) if keepdims else result

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        if name not in _ADDITIVE | _ORDERED:
            raise _refusal(name)
        return self._through_integers(
            name, lambda part: part._accumulate(name, skipna=skipna, **kwargs)
        )

    def _groupby_op(self, *, how: str, **facts: Any) -> Any:
        if how in _TAKEN:
            return super()._groupby_op(how=how, **facts)  # type: ignore[misc]
        if how in _POSITIONS:
            found = IntegerArray(self._keys()[0], self._mask)._groupby_op(how=how, **facts)  # type: ignore[attr-defined]
            return found.to_numpy(float, na_value=np.nan) if how == "rank" else found
        if how not in _ADDITIVE | _ORDERED:
            raise _refusal(how)
        return self._through_integers(how, lambda part: part._groupby_op(how=how, **facts))

    def _through_integers(self, name: str, apply: Callable[[Any], Any]) -> Self:
        """What `apply`, an operation `name` of pandas' masked integers, gives for these values."""
        if name in _ORDERED:
            keys, by_key = self._keys()
            return self._from_keys(apply(IntegerArray(keys, self._mask)), by_key)
        masks = []

        def applied(part: Ints) -> Ints:
            result = apply(IntegerArray(part, self._mask))
            masks.append(_missing(result))
            return _plain(result)

        return self._like(integers.additive(self._data, applied), masks[0])

    def _quantile(self, qs: Any, interpolation: str) -> Any:
        raise _refusal("quantile")

    def _groupby_quantile(self, **facts: Any) -> Any:
        raise _refusal("quantile")


def _plain(masked: Any) -> Ints:
    return np.asarray(masked.to_numpy(dtype=np.int64, na_value=0))


def _missing(masked: Any) -> NDArray[np.bool_]:
    return np.asarray(masked.isna(), dtype=bool)


def _refusal(name: str) -> TypeError:
    remedy = "divide the sum with divide()" if name == "mean" else "use astype(float)"
    return TypeError(f"an amount does not support operation '{name}': {remedy}")
