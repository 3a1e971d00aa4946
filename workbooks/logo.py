"""The company's logo, drawn pixel by pixel: a PNG made with the standard library."""

from __future__ import annotations

import math
import struct
import zlib

WIDTH, HEIGHT = 96, 96
BLUE, WHITE, SUN = 0, 1, 2
PALETTE = bytes((0x1F, 0x4E, 0x79, 0xFF, 0xFF, 0xFF, 0xF4, 0xB1, 0x3D))


def logo_png() -> bytes:
    """A sun over two waves of a river, 96 × 96 pixels in three colours."""
    rows = (bytes(_pixel(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    # Not compressed: zlib's output differs from build to build, and the package is compressed.
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), level=0)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", header),
            (b"PLTE", PALETTE),
            (b"IDAT", pixels),
            (b"IEND", b""),
        )
    )


def _pixel(x: int, y: int) -> int:
    if (x - 48) ** 2 + (y - 34) ** 2 < 16**2:
        return SUN
    wave = 3 * math.sin(x * math.tau / WIDTH * 2)
    return WHITE if any(abs(y - middle - wave) < 3.2 for middle in (64, 78)) else BLUE


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
