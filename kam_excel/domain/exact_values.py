"""Reading and showing single values of an exact column: Decimals, ints, fractions, cell floats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain import integers
from kam_excel.domain.integers import Ints

REMEDY = "read cell floats with exact(), write constants as Decimal, divide with divide()"
_CELL_DIGITS = 10**15  # a cell holds 15 significant digits
_UNBOUNDED = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)

Scaled = tuple[int, int]  # (n, scale) stands for n / 10**scale


def is_missing(value: object) -> bool:
    """Whether `value` is None, NA or not a number."""
    if isinstance(value, Decimal):
        return value.is_nan()
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def scaled(value: object, *, texts: bool = False) -> Scaled:
    """`value` as (n, scale); a Decimal keeps the places it is written with.

    Raises TypeError for a float, a bool or anything else that is no exact number, ValueError for
    an infinity, a text that is no number (where `texts` are read) and an endless fraction.
    """
    if isinstance(value, Decimal):
        return _of_decimal(value)
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return int(value), 0
    if isinstance(value, Fraction):
        return _of_fraction(value)
    if texts and isinstance(value, str):
        return _of_text(value)
    raise TypeError(f"{value} ({type(value).__name__}) is not an exact number: {REMEDY}")


def of_float(value: float) -> Scaled:
    """`value` read through its 15 significant digits, with the fewest places."""
    return _shortest(_of_decimal(Decimal(format(value, ".15g"))))


def decimal(number: int, scale: int) -> Decimal:
    """The Decimal number / 10**scale, with `scale` places."""
    return Decimal(number).scaleb(-scale, _UNBOUNDED)


def column_of(pairs: Sequence[Scaled], scale: int) -> Ints:
    """The pairs as integers at `scale`, which none of them exceeds."""
    return integers.column(number * 10 ** (scale - own) for number, own in pairs)


def read(values: Sequence[Any], *, texts: bool) -> tuple[Ints, NDArray[np.bool_], int]:
    """Exact values as (integers, missing, least common scale); errors as `scaled`."""
    missing = np.array([is_missing(value) for value in values], dtype=bool)
    pairs = [
        (0, 0) if gap else scaled(value, texts=texts)
        for value, gap in zip(values, missing, strict=True)
    ]
    scale = max((own for _, own in pairs), default=0)
    return column_of(pairs, scale), missing, scale


def read_floats(values: NDArray[np.float64]) -> tuple[Ints, NDArray[np.bool_], int]:
    """Cell floats as (integers, missing, least common scale); NaN is missing.

    A float stands for the decimal of at most 15 digits that it shows in a cell. Raises ValueError
    for an infinity.
    """
    if np.isinf(values).any():
        raise ValueError("infinity is not an amount")
    missing = np.isnan(values)
    levels, rest = _levels(values, np.flatnonzero(~missing))
    pairs = [of_float(value) for value in values[rest].tolist()]
    scale = max([own for own, _, _ in levels] + [own for _, own in pairs], default=0)
    parts = [(where, integers.shift(found, scale - own)) for own, where, found in levels]
    parts.append((rest, column_of(pairs, scale)))
    out = np.zeros(len(values), dtype=np.result_type(*(part for _, part in parts)))
    for where, part in parts:
        out[where] = part
    return out, missing, scale


def _levels(
    values: NDArray[np.float64], rest: NDArray[np.intp]
) -> tuple[list[tuple[int, NDArray[np.intp], Ints]], NDArray[np.intp]]:
    """The positions in `rest` by least scale, with integers, and those that have to be printed.

    n / 10**s is rounded once, so where it equals the float and n has 15 digits at most, it is
    what the 15 digits say.
    """
    levels = []
    for scale in range(16):
        power = 10.0**scale
        with np.errstate(over="ignore"):
            numbers = np.rint(values[rest] * power)
        found = (numbers / power == values[rest]) & (np.abs(numbers) < _CELL_DIGITS)
        if found.any():
            levels.append((scale, rest[found], numbers[found].astype(np.int64)))
        rest = rest[~found]
        if not len(rest):
            break
    return levels, rest


def _of_decimal(value: Decimal) -> Scaled:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is not an amount")
    scale = max(0, -exponent)
    return int(value.scaleb(scale, _UNBOUNDED)), scale


def _of_text(text: str) -> Scaled:
    try:
        return _of_decimal(Decimal(text))
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number") from None


def _of_fraction(value: Fraction) -> Scaled:
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        raise ValueError(f"{value} has no end as a decimal: use times(series, fraction, places)")
    scale = max(twos, fives)
    return value.numerator * 10**scale // value.denominator, scale


def _shortest(pair: Scaled) -> Scaled:
    number, scale = pair
    while scale and number % 10 == 0:
        number, scale = number // 10, scale - 1
    return number, scale
