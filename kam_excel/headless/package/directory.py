"""The directory of a zip archive, measured before zipfile holds all of it in memory.

Its end says where it is and how long (APPNOTE.TXT 4.3.14 to 4.3.16).
"""

from __future__ import annotations

import os
import struct
from typing import BinaryIO, NamedTuple

_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")
_ENTRY = 46  # bytes before the name
_LONGEST_COMMENT = 0xFFFF


class Directory(NamedTuple):
    """Where the directory begins, its bytes, and the number of entries that its end tells."""

    start: int
    size: int
    told: int


def find(stream: BinaryIO) -> Directory:
    """The directory; raises ValueError where the file's end is not that of a whole archive."""
    size = stream.seek(0, os.SEEK_END)
    tail = _read(stream, max(size - _END.size - _LONGEST_COMMENT, 0), size)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise ValueError("no end of the directory")
    _, _, _, _, told, length, start, _ = _END.unpack_from(tail, at)
    end = size - len(tail) + at
    large = _large(stream, end)
    if large:
        end -= _LOCATOR_64.size + _END_64.size
        told, length, start = large
    if start + length != end:  # something before the archive, or something missing in it
        raise ValueError("the directory is not where it should be")
    return Directory(start, length, told)


def _large(stream: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """What the end says in ZIP64: entries, length and start."""
    records = _read(stream, end - _LOCATOR_64.size - _END_64.size, end)
    if records[_END_64.size :].startswith(b"PK\6\7"):
        signature, *_, told, length, start = _END_64.unpack_from(records)
        if signature != b"PK\6\6":
            raise ValueError("no end of the directory in ZIP64")
        return told, length, start
    return None


def entries(stream: BinaryIO, directory: Directory, most: int) -> int:
    """The number of entries, counted one by one, but not beyond `most` by more than one."""
    data = _read(stream, directory.start, directory.start + directory.size)
    count = place = 0
    while place + _ENTRY <= len(data) and count <= most:
        place += _ENTRY + sum(struct.unpack_from("<3H", data, place + 28))
        count += 1
    return count


def _read(stream: BinaryIO, start: int, end: int) -> bytes:
    if start < 0:
        return b""
    stream.seek(start)
    return stream.read(end - start)
