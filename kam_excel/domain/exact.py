"""The dtype of amounts: `exact[n]`, decimal fixed point with n places, stored as integers.

Sums, differences and products are exact whatever their size; a quotient of two amounts is a
float64 ratio; everything that would round silently raises TypeError and names the remedy
(`kam_excel.domain.money`). Missing values are pd.NA. Comparisons give dtype "boolean", which a
frame takes as a mask: where a value is missing, neither `mask` nor `~mask` selects the row.

What pandas itself turns into floats (rolling, corr, pct_change) is statistics, not amounts. Two
of its methods know no dtype but their own: in place of nlargest, sort and take the head; before
a merge on amounts, bring both columns to one scale.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionDtype, register_extension_dtype
from pandas.api.types import infer_dtype, is_list_like, is_string_dtype, pandas_dtype
from pandas.core.arraylike import OpsMixin

from kam_excel.domain import exact_values, integers
from kam_excel.domain.exact_reductions import ExactReductions
from kam_excel.domain.exact_values import REMEDY
from kam_excel.domain.integers import Ints


@register_extension_dtype
class ExactDtype(ExtensionDtype):
    """`exact[scale]`: exact decimals with `scale` places; ValueError for a negative scale."""

    type = Decimal
    _metadata = ("scale",)
    _is_numeric = True

    def __init__(self, scale: int = 0) -> None:
        if scale < 0:
            raise ValueError(f"the places of an amount cannot be {scale}")
        self.scale = int(scale)

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name that astype() takes, like "exact[2]"."""
        return f"exact[{self.scale}]"

    @property
    def na_value(self) -> Any:
        """pd.NA."""
        return pd.NA

    def __repr__(self) -> str:
        return self.name

    @classmethod
    def construct_from_string(cls, string: str) -> ExactDtype:
        """The dtype of the name `string`; TypeError for any other name."""
        if not isinstance(string, str):
            raise TypeError(f"'construct_from_string' expects a string, got {type(string)}")
        if found := re.fullmatch(r"exact\[(\d+)\]", string):
            return cls(int(found[1]))
        raise TypeError(f"Cannot construct a '{cls.__name__}' from '{string}'")

    def construct_array_type(self) -> Any:
        """ExactArray."""
        return ExactArray

    def _get_common_dtype(self, dtypes: list[Any]) -> ExactDtype | None:
        """The larger scale among amounts and integers; None, that is object, for others."""
        if all(isinstance(dtype, ExactDtype) or dtype.kind in "iu" for dtype in dtypes):
            return ExactDtype(max(getattr(dtype, "scale", 0) for dtype in dtypes))
        return None


class ExactArray(OpsMixin, ExactReductions):
    """A column of dtype `exact[n]`; values come out as Decimal with n places, or pd.NA."""

    __array_priority__ = 1000
    __hash__: ClassVar[None]  # type: ignore[assignment]

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        source = cls._read(scalars, texts=True)
        target: Any = pandas_dtype(dtype) if dtype is not None else source.dtype
        array = source._at(target.scale)
        return array.copy() if copy and array is source else array

    @classmethod
    def _from_sequence_of_strings(cls, strings: Any, *, dtype: Any, copy: bool = False) -> Self:
        return cls._from_sequence(list(strings), dtype=dtype)

    @classmethod
    def _from_factorized(cls, values: Any, original: ExactArray) -> Self:
        return cls._from_sequence(values, dtype=original.dtype)

    def _cast_pointwise_result(self, values: Any) -> Any:
        """What a function of single values gave: amounts where it gave Decimals, else as it is."""
        values = list(values)
        known = [value for value in values if not exact_values.is_missing(value)]
        if all(isinstance(value, Decimal) for value in known):
            array = self._read(values)
            return array._at(max(array._scale, self._scale))
        inferred = pd.Series(values)
        is_extension = isinstance(inferred.dtype, ExtensionDtype)
        return inferred.array if is_extension else inferred.to_numpy()

    @property
    def dtype(self) -> ExactDtype:
        """`exact[n]`."""
        return ExactDtype(self._scale)

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """float: the nearest; int and a smaller scale: ValueError where digits would be lost."""
        dtype = pandas_dtype(dtype)
        if isinstance(dtype, ExactDtype):
            array = self._at(dtype.scale)
            return array.copy() if copy and array is self else array
        if isinstance(dtype, np.dtype) and dtype.kind in "iu":
            if self._mask.any():
                raise ValueError(f"a missing amount cannot be {dtype}")
            return self._at(0)._data.astype(dtype)
        if isinstance(dtype, ExtensionDtype) and is_string_dtype(dtype):
            texts = [pd.NA if value is pd.NA else f"{value:f}" for value in self]
            return pd.Series(texts, dtype=dtype).array
        return super().astype(dtype, copy=copy)

    def _operand(self, other: Any) -> Self:
        """`other` as a column that broadcasts against this one; TypeError for a float."""
        if not is_list_like(other):
            return self._read([other])
        if len(other) != len(self):
            raise ValueError(f"Lengths must match: {len(self)} and {len(other)}")
        return self._read(other)

    def _arith_method(self, other: Any, op: Callable[..., Any]) -> Any:
        name = op.__name__
        if name in ("truediv", "rtruediv"):
            if not isinstance(other, ExactArray):
                raise TypeError("an amount divided by a number has to be rounded: use divide()")
            return other.ratio(self) if name == "rtruediv" else self.ratio(other)
        if name.removeprefix("r") not in ("add", "sub", "mul"):
            raise TypeError(f"an amount does not support operation '{name}': {REMEDY}")
        right = self._operand(other)
        mask = self._mask | right._mask
        if name in ("mul", "rmul"):
            data = integers.multiply(self._data, right._data)
            return type(self)(data, mask, self._scale + right._scale)
        scale = max(self._scale, right._scale)
        ours = (-self if name == "rsub" else self)._at(scale)
        theirs = (-right if name == "sub" else right)._at(scale)
        return type(self)(integers.add(ours._data, theirs._data), mask, scale)

    def ratio(self, other: Self) -> NDArray[np.float64]:
        """The float64 nearest to self / other; NaN where the divisor is 0 or a value missing."""
        right = self._operand(other)
        scale = max(self._scale, right._scale)
        undefined = self._mask | right._mask | (right._data == 0)
        divisors = _or_one(right._at(scale)._data, undefined)
        shares = integers.ratio(self._at(scale)._data, divisors)
        shares[undefined] = np.nan
        return shares

    def _cmp_method(self, other: Any, op: Callable[..., Any]) -> Any:
        try:
            right = self._operand(other)
        except TypeError:
            if op not in (operator.eq, operator.ne) or _is_float(other):
                raise
            # As elsewhere in pandas: what is no number equals no number.
            return pd.arrays.BooleanArray(np.full(len(self), op is operator.ne), self.isna())
        scale = max(self._scale, right._scale)
        found = integers.compare(self._at(scale)._data, right._at(scale)._data, op)
        return pd.arrays.BooleanArray(found, self._mask | right._mask)

    def isin(self, values: Any) -> NDArray[np.bool_]:
        """Whether each value is among `values`, whatever their scales; TypeError for floats."""
        others = self._read(values)
        scale = max(self._scale, others._scale)
        known = others._at(scale)._data[~others._mask]
        found = np.isin(self._at(scale)._data, known)
        return np.where(self._mask, others._mask.any(), found)

    def __neg__(self) -> Self:
        return self._like(-self._data)

    def __pos__(self) -> Self:
        return self.copy()

    def __abs__(self) -> Self:
        return self._like(np.asarray(abs(self._data)))

    def round(self, decimals: int = 0, *args: Any, **kwargs: Any) -> Self:
        """Half up, away from zero on both sides; the result has dtype exact[max(decimals, 0)].

        That is Excel's ROUND and not Python's round, which takes halves to the even neighbour.
        """
        return self.divide(self._read([1]), decimals)

    def divide(self, by: Self, places: int) -> Self:
        """The quotients by a column of this length or of length 1, rounded half up to `places`.

        Missing where a value is missing or the divisor is 0.
        """
        shift = by._scale + places - self._scale
        top = integers.shift(self._data, max(shift, 0))
        bottom = integers.shift(by._data, max(-shift, 0))
        undefined = self._mask | by._mask | (bottom == 0)
        rounded = integers.divide_half_up(top, _or_one(bottom, undefined))
        scale = max(places, 0)
        return type(self)(integers.shift(rounded, scale - places), undefined, scale)


def exact(values: Iterable[Any], scale: int = 0) -> pd.Series[Any]:
    """Cell values as amounts: a Series of dtype exact[n], n the fewest places that hold them all.

    A float is read through its 15 significant digits, which is what its cell shows; None, NA and
    NaN are missing; ints and Decimals are taken as they are. n is at least `scale`. A Series
    keeps its index and name. Raises ValueError for an infinity, TypeError for a text.
    """
    # A plain sequence stays as it is: pandas would read [2**62, None] as float.
    own = getattr(values, "dtype", object)
    source = values if isinstance(values, pd.Series) else pd.Series(values, dtype=own)
    array = _from_cells(source)
    array = array._at(max(scale, array._scale))
    return pd.Series(array, index=source.index, name=source.name, copy=True)


def _from_cells(source: pd.Series[Any]) -> ExactArray:
    is_object = source.dtype == object
    if source.dtype.kind == "f" or (is_object and infer_dtype(source) == "floating"):
        return _from_floats(source.to_numpy(float, na_value=np.nan))
    if not is_object:
        return ExactArray._read(source)
    values = source.to_numpy(object, copy=True)
    is_float = np.array([_is_float(value) for value in values], dtype=bool)
    if not is_float.any():
        return ExactArray._read(values)
    floats = _from_floats(values[is_float].astype(float))
    values[is_float] = None
    rest = ExactArray._read(values)
    result = rest._at(max(rest._scale, floats._scale))
    result[is_float] = floats
    return result


def _from_floats(values: NDArray[np.float64]) -> ExactArray:
    return ExactArray(*exact_values.read_floats(values))


def _or_one(divisors: Ints, undefined: NDArray[np.bool_]) -> Ints:
    return np.where(undefined, np.ones(1, dtype=divisors.dtype), divisors)


def _is_float(value: Any) -> bool:
    dtype = getattr(value, "dtype", None)
    return isinstance(value, float) or (dtype is not None and dtype.kind == "f")
