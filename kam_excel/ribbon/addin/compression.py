"""The compression of VBA sources and of the stream `dir` ([MS-OVBA] 2.4.1)."""

from __future__ import annotations

from collections.abc import Iterator

_SIGNATURE = 0x01
_CHUNK = 4096  # bytes of a chunk before it is compressed
_SHORTEST = 3  # bytes from which on a copy is shorter than its literals
_IS_COMPRESSED, _CHUNK_SIGNATURE = 0x8000, 0x3000
_SIZE = 0x0FFF


def compress(data: bytes) -> bytes:
    """`data` as a compressed container; always the same bytes for the same data.

    Raises ValueError for a last chunk that no compression shortens: stored as it is, it would
    be filled up with zeros, which would then be part of the data. Texts are never like that.
    """
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return bytes([_SIGNATURE]) + b"".join(_compressed_chunk(each) for each in chunks)


def decompress(container: bytes) -> bytes:
    """What a compressed container holds; raises ValueError where it is damaged."""
    if not container or container[0] != _SIGNATURE:
        raise ValueError("no compressed container")
    found, place = bytearray(), 1
    while place < len(container):
        header = int.from_bytes(container[place : place + 2], "little")
        size = (header & _SIZE) + 3
        chunk = container[place + 2 : place + size]
        if header & 0x7000 != _CHUNK_SIGNATURE or len(chunk) != size - 2:
            raise ValueError("a chunk is damaged")
        found += _decompressed_chunk(chunk) if header & _IS_COMPRESSED else chunk
        place += size
    return bytes(found)


def _compressed_chunk(chunk: bytes) -> bytes:
    body = b"".join(_sequences(chunk))
    if len(body) <= _CHUNK:
        return _header(len(body), _IS_COMPRESSED) + body
    if len(chunk) < _CHUNK:
        raise ValueError("the last chunk cannot be compressed")
    return _header(_CHUNK, 0) + chunk


def _header(size: int, flag: int) -> bytes:
    return (flag | _CHUNK_SIGNATURE | (size + 2 - 3)).to_bytes(2, "little")


def _sequences(chunk: bytes) -> Iterator[bytes]:
    """Token sequences: a byte of flags, then up to eight literals and copies (2.4.1.1.7)."""
    tokens = list(_tokens(chunk))
    for start in range(0, len(tokens), 8):
        eight = tokens[start : start + 8]
        yield bytes([sum(1 << i for i, token in enumerate(eight) if len(token) == 2)])
        yield from eight


def _tokens(chunk: bytes) -> Iterator[bytes]:
    """A literal is one byte, a copy two."""
    place = 0
    while place < len(chunk):
        offset, length = _match(chunk, place)
        if length:
            bits = _length_bits(place)
            yield ((offset - 1) << bits | (length - _SHORTEST)).to_bytes(2, "little")
        else:
            yield chunk[place : place + 1]
        place += length or 1


def _match(chunk: bytes, place: int) -> tuple[int, int]:
    """The longest run before `place` that continues there, the nearest of those: (offset, length).

    It may overlap what it is copied to. (0, 0) where none is long enough.
    """
    most = min(len(chunk) - place, (1 << _length_bits(place)) - 1 + _SHORTEST) if place else 0
    start, length = 0, 0
    while length < most:
        wanted = max(length + 1, _SHORTEST)
        found = chunk.rfind(chunk[place : place + wanted], 0, place + wanted - 1)
        if found < 0 or wanted > most:
            break
        start, length = found, wanted
        while length < most and chunk[start + length] == chunk[place + length]:
            length += 1
    return (place - start, length) if length else (0, 0)


def _length_bits(place: int) -> int:
    """Bits of a copy token that say its length; the rest say its offset (2.4.1.3.19.1)."""
    return 16 - max((place - 1).bit_length(), 4)


def _decompressed_chunk(body: bytes) -> bytes:
    found, place = bytearray(), 0
    while place < len(body):
        flags, place = body[place], place + 1
        for bit in range(8):
            if place >= len(body):
                break
            if flags >> bit & 1:
                _copy(found, int.from_bytes(body[place : place + 2], "little"))
                place += 2
            else:
                found.append(body[place])
                place += 1
    if len(found) > _CHUNK:
        raise ValueError("a chunk is too long")
    return bytes(found)


def _copy(found: bytearray, token: int) -> None:
    bits = _length_bits(len(found))
    offset, length = (token >> bits) + 1, (token & ((1 << bits) - 1)) + _SHORTEST
    if offset > len(found):
        raise ValueError("a copy begins before its chunk")
    for _ in range(length):
        found.append(found[-offset])
