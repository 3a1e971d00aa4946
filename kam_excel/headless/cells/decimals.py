"""Many decimal numbers read at once, each as the very float that `float()` makes of its text."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells.tags import Bytes, Places

_LONGEST = 18  # characters; their digits fit an int64
_POWERS = 10.0 ** np.arange(_LONGEST + 1)  # exact: a float holds powers of ten up to 10**22
_EXACT = 2**53
_POINT, _MINUS = ord("."), ord("-")


def read_floats(data: Bytes, starts: Places, ends: Places) -> NDArray[np.float64]:
    """The numbers whose texts stand between places; raises ValueError where one is none.

    Digits n with s of them behind the point are n / 10**s. Both are exact as floats, so the one
    division rounds as a reader of decimals must. Longer texts and exponents go through read_number.
    """
    values, good = _plain(data, starts, ends)
    for place in np.flatnonzero(~good).tolist():
        values[place] = read_number(data[starts[place] : ends[place]].tobytes().decode())
    return values


def read_number(text: str) -> float:
    """A number as XML Schema writes it; raises ValueError for one that no cell can hold.

    `float()` reads more: NaN, infinity, 1_000, digits of other scripts.
    """
    number = float(text)
    if not math.isfinite(number) or not text.isascii() or "_" in text:
        raise ValueError(f"no number: {text!r}")
    return number


def _plain(
    data: Bytes, starts: Places, ends: Places
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The numbers, and which of them are exact already."""
    negative = data[starts] == _MINUS
    at = starts + negative
    lengths = ends - at
    good = (lengths > 0) & (lengths <= _LONGEST)
    numbers = np.zeros(len(at), dtype=np.int64)
    points = np.zeros(len(at), dtype=np.int64)  # characters up to the point, 0 without one
    for offset in range(int(lengths[good].max(initial=0))):
        inside = good & (lengths > offset)
        char = data[np.where(inside, at + offset, 0)]
        digits = char - np.uint8(48)  # below 0 wraps around to above 9
        is_digit, is_point = digits <= 9, (char == _POINT) & (points == 0)
        numbers = np.where(inside & is_digit, numbers * 10 + digits, numbers)
        points = np.where(inside & is_point, offset + 1, points)
        good &= ~inside | is_digit | is_point
    good &= (numbers <= _EXACT) & (lengths > (points > 0))
    places = np.where(points > 0, lengths - points, 0)
    values = numbers / _POWERS[np.where(good, places, 0)]
    return np.where(negative, -values, values), good
