"""Zip archives that lie: every field of a member's two headers can be set on its own.

APPNOTE.TXT of PKWARE, 4.3 and 4.4.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True)
class Member:
    """A member; what is None is as its data make it. `size` and such are what it says of them."""

    name: str
    data: bytes
    method: int = DEFLATED
    flags: int = 0
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    offset: int | None = None
    external: int = 0
    local_name: str | None = None
    local_size: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    packed: bytes | None = None

    @cached_property
    def body(self) -> bytes:
        """The bytes in the archive."""
        if self.packed is not None:
            return self.packed
        return deflate(self.data) if self.method == DEFLATED else self.data

    def local(self) -> bytes:
        """The header before the bytes."""
        name = (self.name if self.local_name is None else self.local_name).encode()
        size = self._size if self.local_size is None else self.local_size
        crc, packed = self._crc, self._packed_size
        head = (b"PK\3\4", 20, self._flags, self.method, 0, 0x21, crc, packed, size)
        return _LOCAL.pack(*head, len(name), len(self.local_extra)) + name + self.local_extra

    def central(self, offset: int) -> bytes:
        """The entry of the directory."""
        name = self.name.encode()
        at = offset if self.offset is None else self.offset
        head = (b"PK\1\2", 0x0314, 20, self._flags, self.method, 0, 0x21, self._crc)
        sizes = (self._packed_size, self._size, len(name), len(self.extra), 0, 0, 0)
        return _CENTRAL.pack(*head, *sizes, self.external, at) + name + self.extra

    @property
    def _flags(self) -> int:
        return self.flags if self.name.isascii() else self.flags | 0x800

    @property
    def _crc(self) -> int:
        return zlib.crc32(self.data) if self.crc is None else self.crc

    @property
    def _size(self) -> int:
        return len(self.data) if self.size is None else self.size

    @property
    def _packed_size(self) -> int:
        return len(self.body) if self.packed_size is None else self.packed_size


def deflate(data: bytes, level: int = 6) -> bytes:
    """`data` as a raw deflate stream."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def members(parts: Mapping[str, bytes]) -> list[Member]:
    """The parts as honest members."""
    return [Member(name, data) for name, data in parts.items()]


def changed(parts: Mapping[str, bytes], name: str, **facts: object) -> list[Member]:
    """The parts as members, of which one says something else of itself."""
    return [
        replace(each, **facts) if each.name == name else each  # type: ignore[arg-type]
        for each in members(parts)
    ]


def archive(given: Iterable[Member], comment: bytes = b"", count: int | None = None) -> bytes:
    """The archive of the members; `count` is what its end says of their number."""
    pieces, directory, place = [], [], 0
    for each in given:
        directory.append(each.central(place))
        pieces += [each.local(), each.body]
        place += len(pieces[-2]) + len(pieces[-1])
    held = b"".join(directory)
    number = min(len(directory), 0xFFFF) if count is None else count
    end = _END.pack(b"PK\5\6", 0, 0, number, number, len(held), place, len(comment))
    return b"".join(pieces) + held + end + comment


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as an honest archive."""
    return archive(members(parts))
