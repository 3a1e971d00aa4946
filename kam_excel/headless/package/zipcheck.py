"""The members of a zip archive, looked at before anything reads their content."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import unquote

from kam_excel.errors import WorkbookError
from kam_excel.headless.package import partnames, prolog

Refuse = Callable[..., WorkbookError]

HEAD = 64 * 1024
_SHORT_HEAD = 2 * 1024  # enough for nearly every part
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x2041  # flag bits 0, 6 and 13: classic, strong, and of the directory
_PATCHED = 0x20
_NO_PART = ("//", "\\\\")  # a share on the network
_HAS_DESCRIPTOR = 0x8
_UTF8_NAME = 0x800
_IN_ZIP64 = 0xFFFFFFFF
_LOCAL = struct.Struct("<4s5H3I2H")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may expand to, in bytes; the ratio counts only above `ratio_from`."""

    total: int = 4 * 1024**3 - 1
    members: int = 20_000
    directory: int = 16 * 1024**2
    ratio: int = 200
    ratio_from: int = 32 * 1024**2


LIMITS = Limits()


def check_members(archive: zipfile.ZipFile, stream: BinaryIO, limits: Limits, no: Refuse) -> None:
    """Raise what `no` makes of a code where a member is hostile or damaged."""
    infos = archive.infolist()
    if not infos:
        raise no("FILE_OTHER")
    if len(infos) > limits.members:
        raise no("ZIP_TOO_LARGE", size=f"{len(infos):,}", limit=f"{limits.members:,}")
    for info in infos:
        _check_entry(info, no)
    _check_duplicates(infos, no)
    _check_extents(archive, stream, no)
    _check_expansion(infos, limits, no)
    for info in infos:
        _check_prolog(archive, info, no)


def _check_entry(info: zipfile.ZipInfo, no: Refuse) -> None:
    name = info.orig_filename
    pieces = unquote(partnames.normal(name)).split("/")
    if info.flag_bits & _ENCRYPTED:
        raise no("ZIP_ENCRYPTED", part=name)
    if info.compress_type not in _METHODS or info.flag_bits & _PATCHED:
        raise no("ZIP_METHOD", part=name)
    if ".." in pieces or ":" in pieces[0] or "\0" in name or name.startswith(_NO_PART):
        raise no("ZIP_PATH", part=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise no("ZIP_SYMLINK", part=name)


def _check_duplicates(infos: list[zipfile.ZipInfo], no: Refuse) -> None:
    seen = set()
    for info in infos:
        name = partnames.normal(info.orig_filename)
        # Readers differ on names that differ by case; where no XML is concerned it is all one.
        same = partnames.key(name) if prolog.is_xml(name) else name
        if same in seen:
            raise no("ZIP_DUPLICATE", part=info.orig_filename)
        seen.add(same)


def _check_extents(archive: zipfile.ZipFile, stream: BinaryIO, no: Refuse) -> None:
    """Members begin with the file, each ends before the next one, the last before the directory.

    Their own headers say the same of them as the directory.
    """
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    starts = [info.header_offset for info in infos]
    if starts[0]:
        raise no("ZIP_DAMAGED", reason=f"{starts[0]:,} bytes before the first member")
    for info, limit in zip(infos, [*starts[1:], archive.start_dir], strict=True):
        end, is_same = _own_header(info, stream, no)
        if end > limit:
            raise no("ZIP_OVERLAP", part=info.orig_filename)
        if not is_same:
            raise no("ZIP_DAMAGED", reason=f"two headers of {info.orig_filename}")


def _own_header(info: zipfile.ZipInfo, stream: BinaryIO, no: Refuse) -> tuple[int, bool]:
    """Where a member ends by its own header, and whether that agrees with the directory."""
    stream.seek(info.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
        raise no("ZIP_DAMAGED", reason=info.orig_filename)
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    codec = "utf-8" if info.flag_bits & _UTF8_NAME else "cp437"
    is_same = stream.read(name_length) == info.orig_filename.encode(codec)
    is_same = is_same and method == info.compress_type
    if not flags & _HAS_DESCRIPTOR:  # else the sizes come behind the data
        is_same = is_same and crc == info.CRC
        is_same = is_same and packed in (info.compress_size, _IN_ZIP64)
        is_same = is_same and size in (info.file_size, _IN_ZIP64)
    end = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
    return end, is_same


def _check_expansion(infos: list[zipfile.ZipInfo], limits: Limits, no: Refuse) -> None:
    sizes = [(info.file_size, info.compress_size) for info in infos]
    total = tuple(map(sum, zip(*sizes, strict=True))) if sizes else (0, 0)
    if total[0] > limits.total:
        raise no("ZIP_TOO_LARGE", size=f"{total[0]:,}", limit=f"{limits.total:,}")
    for size, compressed in (*sizes, total):
        if size > limits.ratio_from and size > limits.ratio * compressed:
            raise no("ZIP_BOMB", size=f"{size:,}", compressed=f"{compressed:,}")


def _check_prolog(archive: zipfile.ZipFile, info: zipfile.ZipInfo, no: Refuse) -> None:
    """Refuse a part with a document type; two looks, as few need the longer one."""
    for length in (_SHORT_HEAD, HEAD):
        head = read_head(archive, info, no, length)
        code = prolog.objection(info.orig_filename, head, len(head) == info.file_size)
        if code != "PART_DAMAGED":
            break
    if code is not None:
        raise no(code, part=info.orig_filename)


def read_head(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, no: Refuse, length: int = HEAD
) -> bytes:
    """The first bytes of a member, inflating no more than them."""
    try:
        with archive.open(info) as member:
            return member.read(length)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise no("PART_DAMAGED", part=info.orig_filename) from error
