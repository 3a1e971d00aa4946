"""Arithmetic on columns of integers that never overflows.

A column is an int64 array, or an object array of Python ints where a value does not fit. Whether
a result fits is decided before the operation, from the largest magnitudes of its operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]

LIMIT = 2**63 - 1
_LIMB = 30  # bits: the sum of 2**33 such limbs still fits
_FLOAT_EXACT = 2**53  # up to here every integer is a float64


def largest(values: Ints) -> int:
    """The largest magnitude in `values`, 0 for none."""
    return max(-int(values.min()), int(values.max())) if values.size else 0


def column(values: Iterable[int]) -> Ints:
    """Python ints as a column."""
    return fitted(np.array(list(values), dtype=object))


def wide(values: Ints) -> Ints:
    """`values` as an object array of Python ints."""
    return np.asarray(values).astype(object)


def fitted(values: Ints) -> Ints:
    """`values` as int64 if all of them fit, -2**63 excepted: its negative does not."""
    return wide(values) if largest(values) > LIMIT else values.astype(np.int64, copy=False)


def add(left: Ints, right: Ints) -> Ints:
    """The sums left + right."""
    if largest(left) + largest(right) <= LIMIT:
        return np.asarray(fitted(left) + fitted(right))
    return fitted(wide(left) + wide(right))


def multiply(left: Ints, right: Ints) -> Ints:
    """The products left * right."""
    if largest(left) * largest(right) <= LIMIT:
        return fitted(np.asarray(fitted(left) * fitted(right)))
    return fitted(wide(left) * wide(right))


def shift(values: Ints, places: int) -> Ints:
    """The products values * 10**places, for places >= 0."""
    return multiply(values, column([10**places])) if places else values


def divide_half_up(numerators: Ints, denominators: Ints) -> Ints:
    """The quotients numerators / denominators to the nearest integer, halves away from zero.

    No denominator may be 0.
    """
    bound = 2 * largest(numerators) + largest(denominators)
    if bound > LIMIT or 2 * largest(denominators) > LIMIT:
        numerators, denominators = wide(numerators), wide(denominators)
    sign = np.where((numerators < 0) != (denominators < 0), -1, 1)
    top, bottom = abs(numerators), abs(denominators)
    return fitted(sign * ((2 * top + bottom) // (2 * bottom)))


def ratio(numerators: Ints, denominators: Ints) -> NDArray[np.float64]:
    """The float64 nearest to each quotient; no denominator may be 0."""
    if max(largest(numerators), largest(denominators)) <= _FLOAT_EXACT:
        return np.asarray(fitted(numerators) / fitted(denominators), dtype=np.float64)
    # Python divides integers of any size with one rounding.
    return np.asarray(wide(numerators) / wide(denominators), dtype=np.float64)


def additive(values: Ints, apply: Callable[[Ints], Ints]) -> Ints:
    """What apply(values) gives, for a sum of int64, running, grouped or whole.

    Values whose sum might not fit are summed in limbs of 30 bits.
    """
    if largest(values) * len(values) <= LIMIT:
        return apply(fitted(values))
    high, low = values >> _LIMB, values & (2**_LIMB - 1)
    return fitted(wide(additive(fitted(high), apply)) * 2**_LIMB + wide(apply(fitted(low))))


def ranks(values: Ints) -> tuple[NDArray[np.int64], Ints]:
    """int64 keys that order and equal as `values` do, and the sorted values by key."""
    by_key, keys = np.unique(values, return_inverse=True)
    return keys.astype(np.int64), by_key


def compare(left: Ints, right: Ints, op: Callable[[Any, Any], Any]) -> NDArray[np.bool_]:
    """op(left, right) for a comparison of the operator module."""
    return np.asarray(op(left, right)).astype(bool)
