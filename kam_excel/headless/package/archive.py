"""Zip archives whose members are copied as they are, compressed bytes and all.

`zipfile` reads the directory and inflates; it cannot hand on compressed bytes, so the writing
is done here. ZIP64 is read but not written: preflight admits nothing that would need it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kam_excel.headless.package.spool import PIECE, Data, pieces_of

LEVEL = 4  # a third of the time of zlib's default, files 6 % larger
FAST = 1  # of parts that are much: two thirds of that time, 10 % larger
_MUCH = 16 * 1024**2  # bytes
_DEFLATE = 8
_EPOCH = (0, 0x0021)  # 1980-01-01 00:00 as DOS time and date
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8_NAME = 0x0800
_HAS_DESCRIPTOR = 0x0008
_ZIP64_EXTRA = 0x0001


@dataclass(frozen=True, slots=True)
class Member:
    """One member, ready to be written: its directory facts and its compressed bytes."""

    name: bytes
    flags: int
    method: int
    time: tuple[int, int]
    crc: int
    size: int
    compressed: bytes | memoryview
    version: int = 20
    made_by: int = 20
    extra: bytes = b""
    comment: bytes = b""
    internal: int = 0
    external: int = 0


def deflated(name: str, data: Data) -> Member:
    """`data` as a new member: the same bytes for the same data, whenever it is made."""
    level = FAST if len(data) >= _MUCH else LEVEL
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    compressed, crc = [], 0
    for piece in pieces_of(data):
        compressed.append(packer.compress(piece))
        crc = zlib.crc32(piece, crc)
    compressed.append(packer.flush())
    flags = 0 if name.isascii() else _UTF8_NAME
    return Member(name.encode(), flags, _DEFLATE, _EPOCH, crc, len(data), b"".join(compressed))


class Archive:
    """A zip archive in memory."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._zip = zipfile.ZipFile(io.BytesIO(raw))

    @property
    def comment(self) -> bytes:
        """The archive's comment."""
        return self._zip.comment

    def infos(self) -> list[zipfile.ZipInfo]:
        """The members in the order of the directory."""
        return self._zip.infolist()

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """The inflated bytes; raises BadZipFile or zlib.error where they are damaged."""
        if info.compress_type != _DEFLATE:
            return self._zip.read(info)
        start = _data_start(self.raw, info.header_offset)
        packed = memoryview(self.raw)[start : start + info.compress_size]
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        data = unpacker.decompress(packed, info.file_size + 1)
        if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
            raise zipfile.BadZipFile(info.orig_filename)
        return data

    def pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """The inflated bytes piece by piece; a wrong checksum is told at their end."""
        with self._zip.open(info) as member:
            while piece := member.read(PIECE):
                yield piece

    def member(self, info: zipfile.ZipInfo) -> Member:
        """The member as it is, without inflating it."""
        flags = info.flag_bits
        year, month, day, hour, minute, second = info.date_time
        start = _data_start(self.raw, info.header_offset)
        return Member(
            info.orig_filename.encode("utf-8" if flags & _UTF8_NAME else "cp437"),
            flags & ~_HAS_DESCRIPTOR,
            info.compress_type,
            (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day),
            info.CRC,
            info.file_size,
            memoryview(self.raw)[start : start + info.compress_size],
            info.extract_version,
            info.create_version | info.create_system << 8,
            _without_zip64(info.extra),
            info.comment,
            info.internal_attr,
            info.external_attr,
        )


def write(stream: BinaryIO, members: list[Member], comment: bytes = b"") -> None:
    """Write an archive of `members`, in their order."""
    directory, offset = [], 0
    for member in members:
        header = _local_header(member)
        stream.write(header)
        stream.write(member.compressed)
        directory.append(_central_header(member, offset))
        offset += len(header) + len(member.compressed)
    for entry in directory:
        stream.write(entry)
    count, size = len(members), sum(map(len, directory))
    stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, offset, len(comment)) + comment)


def _local_header(member: Member) -> bytes:
    return (
        _LOCAL.pack(
            b"PK\3\4",
            member.version,
            member.flags,
            member.method,
            *member.time,
            member.crc,
            len(member.compressed),
            member.size,
            len(member.name),
            0,
        )
        + member.name
    )


def _central_header(member: Member, offset: int) -> bytes:
    return (
        _CENTRAL.pack(
            b"PK\1\2",
            member.made_by,
            member.version,
            member.flags,
            member.method,
            *member.time,
            member.crc,
            len(member.compressed),
            member.size,
            len(member.name),
            len(member.extra),
            len(member.comment),
            0,
            member.internal,
            member.external,
            offset,
        )
        + member.name
        + member.extra
        + member.comment
    )


def _data_start(raw: bytes, header_offset: int) -> int:
    *_, name_length, extra_length = _LOCAL.unpack_from(raw, header_offset)
    return header_offset + _LOCAL.size + int(name_length) + int(extra_length)


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of a directory entry, less the sizes that our own header now holds."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64_EXTRA:
            kept += extra[place : place + 4 + length]
        place += 4 + length
    return kept
