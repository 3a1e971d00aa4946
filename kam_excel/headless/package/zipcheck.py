"""The members of a zip archive, looked at before anything reads their content."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kam_excel.errors import WorkbookError
from kam_excel.headless.package import partnames

Refuse = Callable[..., WorkbookError]

HEAD = 64 * 1024
_XML = (".xml", ".rels", ".vml")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x2041  # flag bits 0, 6 and 13: classic, strong, and of the directory
_PATCHED = 0x20
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may expand to, in bytes; the ratio counts only above `ratio_from`."""

    total: int = 4 * 1024**3 - 1
    members: int = 20_000
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
    for info, head in _xml_heads(archive, no):
        _check_prolog(info, head, no)


def _check_entry(info: zipfile.ZipInfo, no: Refuse) -> None:
    name = info.orig_filename
    pieces = partnames.normal(name).split("/")
    if info.flag_bits & _ENCRYPTED:
        raise no("ZIP_ENCRYPTED", part=name)
    if info.compress_type not in _METHODS or info.flag_bits & _PATCHED:
        raise no("ZIP_METHOD", part=name)
    if ".." in pieces or ":" in pieces[0] or "\0" in name:
        raise no("ZIP_PATH", part=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise no("ZIP_SYMLINK", part=name)


def _check_duplicates(infos: list[zipfile.ZipInfo], no: Refuse) -> None:
    seen = set()
    for info in infos:
        name = partnames.normal(info.orig_filename)
        if name in seen:
            raise no("ZIP_DUPLICATE", part=name)
        seen.add(name)


def _check_extents(archive: zipfile.ZipFile, stream: BinaryIO, no: Refuse) -> None:
    """Every member ends before the next one begins, the last before the directory."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    starts = [info.header_offset for info in infos]
    for info, limit in zip(infos, [*starts[1:], archive.start_dir], strict=True):
        stream.seek(info.header_offset)
        header = stream.read(30)
        if len(header) < 30 or not header.startswith(b"PK\3\4"):
            raise no("ZIP_DAMAGED", reason=info.orig_filename)
        name_length, extra_length = struct.unpack_from("<2H", header, 26)
        end = info.header_offset + 30 + name_length + extra_length + info.compress_size
        if end > limit:
            raise no("ZIP_OVERLAP", part=info.orig_filename)


def _check_expansion(infos: list[zipfile.ZipInfo], limits: Limits, no: Refuse) -> None:
    sizes = [(info.file_size, info.compress_size) for info in infos]
    total = tuple(map(sum, zip(*sizes, strict=True))) if sizes else (0, 0)
    if total[0] > limits.total:
        raise no("ZIP_TOO_LARGE", size=f"{total[0]:,}", limit=f"{limits.total:,}")
    for size, compressed in (*sizes, total):
        if size > limits.ratio_from and size > limits.ratio * compressed:
            raise no("ZIP_BOMB", size=f"{size:,}", compressed=f"{compressed:,}")


def _xml_heads(archive: zipfile.ZipFile, no: Refuse) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    for info in archive.infolist():
        if info.file_size and info.orig_filename.lower().endswith(_XML):
            yield info, read_head(archive, info, no)


def read_head(archive: zipfile.ZipFile, info: zipfile.ZipInfo, no: Refuse) -> bytes:
    """The first bytes of a member, inflating no more than them."""
    try:
        with archive.open(info) as member:
            return member.read(HEAD)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise no("PART_DAMAGED", part=info.orig_filename) from error


def _check_prolog(info: zipfile.ZipInfo, head: bytes, no: Refuse) -> None:
    """The root element comes within the head, and no declaration of a DTD before it."""
    text = head.replace(b"\0", b"")  # so that UTF-16 reads like ASCII
    prolog = _ASIDE.sub(b"", text)
    root = _ROOT.search(prolog)
    if b"<!" in prolog[: root.start() if root else None]:
        raise no("XML_DTD", part=info.orig_filename)
    if root is None and info.file_size > HEAD:
        raise no("PART_DAMAGED", part=info.orig_filename)
