"""Where amounts have to be rounded: rounding half up, dividing, taking fractions and shares.

Amounts are Series of dtype exact[n]. Halves go away from zero on both sides, as in Excel's ROUND;
Python's round() takes them to the even neighbour: round(2.5) is 2, here it is 3. What is rounded
is rounded once, from the exact value. Floats raise TypeError: read them with exact().
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, overload

import numpy as np
import pandas as pd

from kam_excel.domain import exact_values, integers
from kam_excel.domain.exact import ExactArray

Number = Decimal | int


@overload
def round_half_up(amounts: Number, places: int = 2) -> Decimal: ...
@overload
def round_half_up(amounts: pd.Series[Any], places: int = 2) -> pd.Series[Any]: ...
def round_half_up(amounts: pd.Series[Any] | Number, places: int = 2) -> pd.Series[Any] | Decimal:
    """`amounts` to `places` decimal places, halves away from zero.

    A Series then has dtype exact[places]; negative places round to tens, hundreds and so on.
    """
    return times(amounts, 1, places)


@overload
def divide(amounts: Number, by: Number | Fraction, places: int = 2) -> Decimal: ...
@overload
def divide(
    amounts: pd.Series[Any], by: pd.Series[Any] | Number | Fraction, places: int = 2
) -> pd.Series[Any]: ...
def divide(
    amounts: pd.Series[Any] | Number, by: pd.Series[Any] | Number | Fraction, places: int = 2
) -> pd.Series[Any] | Decimal:
    """Amounts / by to `places` decimal places, halves away from zero.

    `by` is one number, or a Series of amounts or integers, aligned by index: where it is 0 or
    missing, so is the quotient. Raises ZeroDivisionError for one number 0.
    """
    if not isinstance(by, pd.Series):
        divisor = _fraction(by)
        if divisor == 0:
            raise ZeroDivisionError("an amount cannot be divided by 0")
        return times(amounts, 1 / divisor, places)
    if not isinstance(amounts, pd.Series):
        raise TypeError("one amount cannot be divided by a Series")
    divisors = pd.Series(ExactArray._read(by), index=by.index)
    left, right = amounts.align(divisors)
    return pd.Series(
        _array(left).divide(_array(right), places), index=left.index, name=amounts.name
    )


@overload
def times(amounts: Number, fraction: Number | Fraction, places: int = 2) -> Decimal: ...
@overload
def times(
    amounts: pd.Series[Any], fraction: Number | Fraction, places: int = 2
) -> pd.Series[Any]: ...
def times(
    amounts: pd.Series[Any] | Number, fraction: Number | Fraction, places: int = 2
) -> pd.Series[Any] | Decimal:
    """Amounts * fraction to `places` decimal places, for fractions without end like 1/3."""
    ratio = _fraction(fraction)
    if not isinstance(amounts, pd.Series):
        product = times(pd.Series(_column(amounts)), ratio, places).iloc[0]
        assert isinstance(product, Decimal)
        return product
    products = _array(amounts * ratio.numerator).divide(_column(ratio.denominator), places)
    return pd.Series(products, index=amounts.index, name=amounts.name)


def total(amounts: pd.Series[Any]) -> Decimal:
    """The exact sum of a column, missing values left out; Decimal 0 for none."""
    summed = _array(amounts).sum()
    assert isinstance(summed, Decimal)
    return summed


def integers_of(amounts: pd.Series[Any]) -> tuple[list[int], int]:
    """A column without missing values as integers, and the places that they are at."""
    array = _array(amounts)
    return array._data.tolist(), array.dtype.scale


def share_float(part: pd.Series[Any], whole: pd.Series[Any] | Number) -> pd.Series[float]:
    """Part / whole as float64, for ranking and display; NaN where `whole` is 0 or missing.

    `whole` is one amount for all, or a Series aligned by index. Each share is the float nearest
    to the exact ratio.
    """
    if not isinstance(whole, pd.Series):
        same = _column(whole).take(np.zeros(len(part), dtype=np.intp))
        whole = pd.Series(same, index=part.index)
    left, right = part.align(whole)
    return pd.Series(_array(left).ratio(_array(right)), index=left.index, name=part.name)


def _array(amounts: pd.Series[Any]) -> ExactArray:
    array: object = amounts.array
    if not isinstance(array, ExactArray):
        raise TypeError(f"amounts have dtype exact[n], these have {amounts.dtype}: use exact()")
    return array


def _column(number: Number) -> ExactArray:
    """One number as a column of length 1; TypeError for a float."""
    digits, scale = exact_values.scaled(number)
    return ExactArray(integers.column([digits]), np.zeros(1, dtype=bool), scale)


def _fraction(number: Number | Fraction) -> Fraction:
    if isinstance(number, Fraction):
        return number
    digits, scale = exact_values.scaled(number)
    return Fraction(digits, 10**scale)
