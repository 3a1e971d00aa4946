"""Compound files ([MS-CFB]): the container of .xls files and of encrypted workbooks."""

from __future__ import annotations

import struct
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END_OF_CHAIN = 0xFFFFFFFA  # this and above are no sectors
_MOST_SECTORS = 1_000  # of a directory; Office writes a few
_ENTRY = 128


def stream_names(stream: BinaryIO) -> set[str]:
    """The names in the directory of a compound file, as many as can be read."""
    stream.seek(0)
    header = stream.read(512)
    if len(header) < 512:
        return set()
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in (9, 12):
        return set()
    fat_sectors = struct.unpack_from("<109I", header, 76)
    (sector,) = struct.unpack_from("<I", header, 48)
    names: set[str] = set()
    for _ in range(_MOST_SECTORS):
        names |= _names_in(_sector(stream, sector, 1 << shift))
        sector = _next(stream, sector, fat_sectors, 1 << shift)
        if sector >= _END_OF_CHAIN:
            break
    return names


def _sector(stream: BinaryIO, number: int, size: int) -> bytes:
    stream.seek((number + 1) * size)
    return stream.read(size)


def _next(stream: BinaryIO, sector: int, fat_sectors: tuple[int, ...], size: int) -> int:
    table, place = divmod(sector, size // 4)
    if table >= len(fat_sectors) or fat_sectors[table] >= _END_OF_CHAIN:
        return _END_OF_CHAIN
    entries = _sector(stream, fat_sectors[table], size)
    if len(entries) < 4 * place + 4:
        return _END_OF_CHAIN
    (following,) = struct.unpack_from("<I", entries, 4 * place)
    return int(following)


def _names_in(directory: bytes) -> set[str]:
    names = set()
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, start + 64)
        if 2 < length <= 64:
            raw = directory[start : start + length - 2]
            names.add(raw.decode("utf-16-le", "replace"))
    return names
