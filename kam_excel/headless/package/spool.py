"""Parts too large to be held in memory: their bytes lie in a file that has no name.

The file goes with the process. Where the system's folder for temporary files has no room, the
error that it gives is that of a full disk.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast

LARGE = 128 * 1024**2  # bytes from which on a part is kept outside of memory
PIECE = 1024**2  # bytes that are moved at a time


class Spool:
    """Bytes that are read by slices, like `bytes`; the file's may have others around them."""

    def __init__(
        self, file: BinaryIO, head: bytes = b"", tail: bytes = b"", owner: Spool | None = None
    ) -> None:
        self._file, self._head, self._tail = file, head, tail
        self._owner = owner  # closes the file when nobody has it any more
        file.seek(0, 2)
        self._size = file.tell()

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Spool:
        """The pieces, one after another."""
        file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - it lives as long as the spool
        for piece in pieces:
            file.write(piece)
        spool = cls(file)
        weakref.finalize(spool, file.close)
        return spool

    def within(self, head: bytes, tail: bytes) -> Spool:
        """The same bytes with others before and behind them."""
        return Spool(self._file, head + self._head, self._tail + tail, self)

    def __len__(self) -> int:
        return len(self._head) + self._size + len(self._tail)

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(len(self))
        begin, end = len(self._head), len(self._head) + self._size
        head = self._head[start:stop]
        tail = self._tail[max(start - end, 0) : max(stop - end, 0)]
        first, last = max(start, begin), min(stop, end)
        if first >= last:
            return head + tail
        self._file.seek(first - begin)
        return head + self._file.read(last - first) + tail

    def rfind(self, text: bytes) -> int:
        """Where a text stands last; -1 where it does not."""
        stop = len(self)
        while stop > 0:
            start = max(stop - PIECE, 0)
            found = self[start : stop + len(text) - 1].rfind(text)
            if found >= 0:
                return start + found
            stop = start
        return -1


Data = bytes | Spool


def gathered(pieces: Iterable[bytes]) -> Data:
    """The pieces, one after another: in memory as long as they are not large."""
    held: list[bytes] = []
    size = 0
    rest = iter(pieces)
    for piece in rest:
        held.append(piece)
        size += len(piece)
        if size >= LARGE // 4:  # the part that they replace may be in memory too
            return Spool.of(_chained(held, rest))
    return b"".join(held)


def _chained(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from held
    held.clear()
    yield from rest


def pieces_of(data: Data, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """What stands between two places, piece by piece."""
    stop = len(data) if stop is None else stop
    if isinstance(data, bytes):
        yield data[start:stop]
        return
    for place in range(start, stop, PIECE):
        yield data[place : min(place + PIECE, stop)]


def same(data: Data, pieces: Iterable[bytes]) -> bool:
    """Whether the pieces are `data`."""
    place = 0
    for piece in pieces:
        if data[place : place + len(piece)] != piece:
            return False
        place += len(piece)
    return place == len(data)
