"""Compound files ([MS-CFB]), version 3: the container of a VBA project."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import olefile

_SECTOR, _MINI_SECTOR = 512, 64
_CUTOFF = 4096  # shorter streams lie in the mini stream
_FREE, _END_OF_CHAIN, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FAT_SECTORS = 109  # that the header itself can list: files up to 7 MB
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK = 1
_NONE = 0xFFFFFFFF

Streams = Mapping[str, bytes]


def read(data: bytes) -> dict[str, bytes]:
    """The streams of a compound file by path ("VBA/dir"), sorted.

    Raises ValueError where the file is truncated or otherwise damaged.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_UNSURE) as file:
            paths = sorted("/".join(path) for path in file.listdir())
            return {path: file.openstream(path).read() for path in paths}
    except OSError as error:
        raise ValueError(str(error)) from error


def write(streams: Streams) -> bytes:
    """A compound file with these streams by path; always the same bytes for the same streams.

    Streams lie one after another, in the order of the directory; no time is noted.
    Raises ValueError where a name is too long or the file would exceed 7 MB.
    """
    root = _tree(streams)
    entries = list(_ordered(root))
    sectors = _Sectors()
    mini = _mini_stream(entries)
    for entry in entries:
        if entry.kind == _STREAM and len(entry.data) >= _CUTOFF:
            entry.start = sectors.add(entry.data)
    root.start, root.data = sectors.add(mini.data), mini.data
    mini_fat = sectors.add(_packed(mini.chain, _SECTOR // 4), b"\xff")
    directory = sectors.add(_directory(entries))
    return sectors.file(directory, mini_fat, -(-len(mini.chain) // (_SECTOR // 4)))


@dataclass
class _Entry:
    """A storage or a stream in the directory (2.6.1)."""

    name: str
    kind: int
    data: bytes = b""
    start: int = 0
    children: dict[str, _Entry] = field(default_factory=dict)
    number: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        if len(name) > 64:
            raise ValueError(f"{self.name!r}: a name has 31 characters at most")
        return struct.pack(
            "<64sHBB3I16sI8s8sIQ",
            name,
            len(name),
            self.kind,
            _BLACK,
            self.left,
            self.right,
            self.child,
            b"",
            0,
            b"",
            b"",
            self.start,
            len(self.data),
        )


def _tree(streams: Streams) -> _Entry:
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        *folders, name = path.split("/")
        storage = root
        for folder in folders:
            storage = storage.children.setdefault(folder, _Entry(folder, _STORAGE))
        storage.children[name] = _Entry(name, _STREAM, data, _END_OF_CHAIN if not data else 0)
    return root


def _ordered(root: _Entry) -> Iterator[_Entry]:
    """Every entry with its number and its place among its siblings, the root first."""
    entries = [root]
    for entry in entries:
        children = sorted(entry.children.values(), key=lambda each: _rank(each.name))
        for number, child in enumerate(children, len(entries)):
            child.number = number
        entries.extend(children)
        entry.child = _balanced(children)
    yield from entries


def _rank(name: str) -> tuple[int, str]:
    """Shorter names stand before longer ones, then upper-case letters decide (2.6.4)."""
    return len(name.encode("utf-16-le")), name.upper()


def _balanced(siblings: Sequence[_Entry]) -> int:
    """Link siblings to a search tree; the number of its top. All are black, as 2.6.4 allows."""
    if not siblings:
        return _NONE
    middle = len(siblings) // 2
    top = siblings[middle]
    top.left, top.right = _balanced(siblings[:middle]), _balanced(siblings[middle + 1 :])
    return top.number


@dataclass
class _Mini:
    """The mini stream, and which of its sectors follows which."""

    data: bytes
    chain: list[int]


def _mini_stream(entries: Sequence[_Entry]) -> _Mini:
    """Short streams, each in mini sectors of its own (2.4)."""
    data, chain = bytearray(), list[int]()
    for entry in entries:
        if entry.kind == _STREAM and 0 < len(entry.data) < _CUTOFF:
            entry.start = len(chain)
            data += entry.data + bytes(-len(entry.data) % _MINI_SECTOR)
            chain += _linked(entry.start, len(data) // _MINI_SECTOR)
    return _Mini(bytes(data), chain)


def _linked(start: int, stop: int) -> list[int]:
    """The chain of the sectors from `start` to `stop`."""
    return [following for _, following in pairwise(range(start, stop))] + [_END_OF_CHAIN]


def _packed(numbers: Sequence[int], multiple: int) -> bytes:
    """Sector numbers, filled up with free ones."""
    filled = [*numbers, *[_FREE] * (-len(numbers) % multiple)]
    return struct.pack(f"<{len(filled)}I", *filled)


def _directory(entries: Sequence[_Entry]) -> bytes:
    unused = struct.pack("<68s3I48s", b"", _NONE, _NONE, _NONE, b"")
    spare = -len(entries) % (_SECTOR // len(unused))
    return b"".join(each.packed() for each in entries) + unused * spare


class _Sectors:
    """The sectors of a file, and which follows which."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._chain: list[int] = []

    def add(self, data: bytes, filler: bytes = b"\0") -> int:
        """Append a chain of sectors; the number of its first, an end where there is no data."""
        if not data:
            return _END_OF_CHAIN
        start = len(self._chain)
        self._data += data + filler * (-len(data) % _SECTOR)
        self._chain += _linked(start, len(self._data) // _SECTOR)
        return start

    def file(self, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
        """Header, sectors, and the table of sectors behind them."""
        used, fat = len(self._chain), 1
        while fat * (_SECTOR // 4) < used + fat:
            fat += 1
        if fat > _FAT_SECTORS:
            raise ValueError("a file of more than 7 MB")
        table = _packed([*self._chain, *[_FAT_SECTOR] * fat], _SECTOR // 4)
        header = struct.pack(
            "<8s16s5H6x9I",
            olefile.MAGIC,
            b"",
            *(0x003E, 3, 0xFFFE, 9, 6),  # versions, byte order, sizes of sectors as powers of 2
            *(0, fat, directory, 0, _CUTOFF),
            *(mini_fat, mini_fat_sectors, _END_OF_CHAIN, 0),
        )
        listed = _packed(range(used, used + fat), _FAT_SECTORS)
        return header + listed + bytes(self._data) + table
