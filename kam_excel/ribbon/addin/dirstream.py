"""The stream `dir` of a VBA project: its properties, references and modules ([MS-OVBA] 2.3.4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

_ENCODING = "cp1252"


class Id(IntEnum):
    """The records that are read or written here; all others are kept as they are."""

    NAME = 0x0004
    VERSION = 0x0009
    MODULES = 0x000F
    END = 0x0010
    COOKIE = 0x0013
    MODULE_NAME = 0x0019
    MODULE_NAME_UNICODE = 0x0047
    STREAM_NAME = 0x001A
    STREAM_NAME_UNICODE = 0x0032
    DOC_STRING = 0x001C
    DOC_STRING_UNICODE = 0x0048
    OFFSET = 0x0031
    HELP_CONTEXT = 0x001E
    MODULE_COOKIE = 0x002C
    IS_STANDARD = 0x0021
    IS_DOCUMENT_OR_CLASS = 0x0022
    MODULE_END = 0x002B


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its id, and its data without the size before them."""

    id: int
    data: bytes = b""

    def written(self) -> bytes:
        # 2.3.4.2.1.11: the size that the version tells is 4, though 6 bytes follow.
        size = 4 if self.id == Id.VERSION else len(self.data)
        return struct.pack("<HI", self.id, size) + self.data


@dataclass(frozen=True, slots=True)
class Module:
    """A module (2.3.4.2.3.2). `offset`: where its source begins behind compiled code."""

    name: str
    stream: str
    offset: int
    is_standard: bool
    doc: tuple[bytes, bytes] = (b"", b"")
    help_context: bytes = bytes(4)
    more: tuple[Record, ...] = ()  # read-only, private

    @classmethod
    def standard(cls, name: str) -> Module:
        """A new standard module."""
        return cls(name, name, 0, is_standard=True)

    @classmethod
    def of(cls, records: Sequence[Record]) -> Module:
        """The module that these records describe."""
        by_id = {each.id: each.data for each in records}
        known = {int(each) for each in Id}
        return cls(
            name=by_id[Id.MODULE_NAME].decode(_ENCODING),
            stream=by_id[Id.STREAM_NAME].decode(_ENCODING),
            offset=int.from_bytes(by_id[Id.OFFSET], "little"),
            is_standard=Id.IS_STANDARD in by_id,
            doc=(by_id[Id.DOC_STRING], by_id[Id.DOC_STRING_UNICODE]),
            help_context=by_id[Id.HELP_CONTEXT],
            more=tuple(each for each in records if each.id not in known),
        )

    def records(self) -> Iterator[Record]:
        """The records that describe the module, in the order that is prescribed."""
        yield Record(Id.MODULE_NAME, self.name.encode(_ENCODING))
        yield Record(Id.MODULE_NAME_UNICODE, self.name.encode("utf-16-le"))
        yield Record(Id.STREAM_NAME, self.stream.encode(_ENCODING))
        yield Record(Id.STREAM_NAME_UNICODE, self.stream.encode("utf-16-le"))
        yield Record(Id.DOC_STRING, self.doc[0])
        yield Record(Id.DOC_STRING_UNICODE, self.doc[1])
        yield Record(Id.OFFSET, self.offset.to_bytes(4, "little"))
        yield Record(Id.HELP_CONTEXT, self.help_context)
        yield Record(Id.MODULE_COOKIE, b"\xff\xff")
        yield Record(Id.IS_STANDARD if self.is_standard else Id.IS_DOCUMENT_OR_CLASS)
        yield from self.more
        yield Record(Id.MODULE_END)


def read(data: bytes) -> tuple[list[Record], list[Module]]:
    """What stands before the modules, and the modules of a decompressed stream `dir`.

    Raises ValueError or KeyError where it is damaged.
    """
    records = list(_records(data))
    start = [each.id for each in records].index(Id.MODULES)
    modules = [Module.of(each) for each in _grouped(records[start + 2 :])]
    if len(modules) != int.from_bytes(records[start].data, "little"):
        raise ValueError("the number of modules is wrong")
    return records[:start], modules


def written(head: Sequence[Record], modules: Sequence[Module]) -> bytes:
    """A stream `dir`, not yet compressed."""
    counted = Record(Id.MODULES, len(modules).to_bytes(2, "little"))
    listed = (record for each in modules for record in each.records())
    records = [*head, counted, Record(Id.COOKIE, b"\xff\xff"), *listed, Record(Id.END)]
    return b"".join(each.written() for each in records)


def _grouped(records: Sequence[Record]) -> Iterator[list[Record]]:
    """The records of each module."""
    one = list[Record]()
    for each in records:
        one.append(each)
        if each.id == Id.MODULE_END:
            yield one
            one = []


def _records(data: bytes) -> Iterator[Record]:
    place = 0
    while place < len(data):
        number, size = struct.unpack_from("<HI", data, place)
        if number == Id.VERSION:
            size = 6
        place += 6 + size
        if place > len(data):
            raise ValueError("a record is cut off")
        yield Record(number, data[place - size : place])
