"""The bytes of XML as arrays: where tags begin, and which are called by a name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Marks = NDArray[np.bool_]

PADDING = 64  # zeros behind the data, so that looking ahead of a place stays inside
BEHIND_NAME = np.zeros(256, dtype=bool)
BEHIND_NAME[np.frombuffer(b" \t\r\n/>", np.uint8)] = True


def padded(data: bytes) -> Bytes:
    """`data` as an array, with zeros behind it."""
    return np.frombuffer(data + bytes(PADDING), np.uint8)


def places(data: Bytes, char: bytes) -> Places:
    """Where a byte stands."""
    return np.flatnonzero(data == char[0])


def words(data: Bytes) -> NDArray[np.uint64]:
    """The eight bytes from each place on as one number, the first byte its lowest."""
    return np.ndarray(len(data) - 7, "<u8", data, strides=(1,))


def stands(data: Bytes, at: Places, text: bytes) -> Marks:
    """At which of the places a text stands."""
    found = np.ones(len(at), dtype=bool)
    for start in range(0, len(text), 8):
        piece = text[start : start + 8]
        mask = np.uint64(2 ** (8 * len(piece)) - 1)
        found &= words(data)[at + start] & mask == int.from_bytes(piece, "little")
    return found


def standing(data: Bytes, at: Places, text: bytes) -> Places:
    """The places at which a text stands."""
    for offset, byte in enumerate(text):
        at = at[data[at + offset] == byte]
    return at


def called(data: Bytes, tags: Places, name: bytes) -> Places:
    """The start tags of the elements `name`, among tags told by the place behind their `<`."""
    found = standing(data, tags, name)
    return found[BEHIND_NAME[data[found + len(name)]]]


def leading_integers(data: Bytes, at: Places) -> tuple[Places, Places]:
    """The numbers whose digits, nine at most, stand at places, and where the digits end."""
    values = np.zeros(len(at), dtype=np.int64)
    ends = at.copy()
    going = np.ones(len(at), dtype=bool)
    for offset in range(9):
        digits = data[at + offset] - np.uint8(48)  # below 0 wraps around to above 9
        going = going & (digits <= 9)
        if not going.any():
            break
        values = np.where(going, values * 10 + digits, values)
        ends += going
    return values, ends
