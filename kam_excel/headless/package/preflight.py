"""The gate before a file is opened: what it really is, and whether it is safe to read.

It goes by content, never by extension, and uses the standard library alone: a hostile file is
refused before any Excel library sees it. Nothing is inflated beyond the head of each part.
"""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from kam_excel.errors import Place, WorkbookError, problem, reason_of
from kam_excel.headless.package import directory, foreign, partnames
from kam_excel.headless.package.content_types import ContentTypes
from kam_excel.headless.package.directory import Directory
from kam_excel.headless.package.partnames import CONTENT_TYPES
from kam_excel.headless.package.relationships import Relationships
from kam_excel.headless.package.strict import STRICT
from kam_excel.headless.package.zipcheck import LIMITS, Limits, Refuse, check_members, read_head

OWNER_FILES = ("~$", ".~lock.")  # of Excel and WPS, of LibreOffice
_EXCEL_TEMPORARY = re.compile(r"[0-9A-F]{8}(\.tmp)?", re.IGNORECASE)
_ZIP = (b"PK\3\4", b"PK\5\6")  # of a member, or of an archive without any
_STRICT_MAIN = STRICT + b"spreadsheetml/main"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MOST_BOOKKEEPING = 16 * 1024**2  # bytes of the list of parts, and of relationships
_MOST_ENTRIES = 150_000  # elements and attributes in them


def check(path: Path, limits: Limits = LIMITS) -> None:
    """Raise WorkbookError, with the one reason, where the file is no workbook we can read."""

    def no(code: str, **facts: Any) -> WorkbookError:
        return WorkbookError(problem(code, Place(file=path.name), **facts))

    if not path.exists():
        raise no("FILE_MID_SAVE" if _excel_is_saving(path) else "FILE_NOT_FOUND")
    if not path.is_file():
        raise no("FILE_NOT_A_FILE")
    if path.name.startswith(OWNER_FILES):
        raise no("FILE_OWNER")
    try:
        with path.open("rb") as stream:
            _check_content(stream, limits, no)
    except OSError as error:
        # An offset in the archive that lies before the file's beginning is no fault of the disk.
        is_offset = error.errno == errno.EINVAL
        raise no(
            "ZIP_DAMAGED" if is_offset else "FILE_UNREADABLE", reason=reason_of(error)
        ) from error


def _excel_is_saving(path: Path) -> bool:
    """Excel's save deletes the file and then renames another, called by eight hex digits."""
    folder = path.parent
    return folder.is_dir() and any(
        _EXCEL_TEMPORARY.fullmatch(each.name) for each in folder.iterdir()
    )


def _check_content(stream: BinaryIO, limits: Limits, no: Refuse) -> None:
    head = stream.read(foreign.HEAD)
    if not head:
        raise no("FILE_EMPTY")
    if not head.startswith(_ZIP):
        raise no(foreign.code_of(head, stream))
    try:
        found = _checked_directory(stream, limits, no)
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise no("ZIP_DAMAGED", reason=str(error)) from error
    with archive:
        if archive.start_dir != found.start or len(archive.infolist()) != found.told:
            raise no("ZIP_DAMAGED", reason="two directories")
        check_members(archive, stream, limits, no)
        _check_workbook(archive, no)


def _checked_directory(stream: BinaryIO, limits: Limits, no: Refuse) -> Directory:
    """The directory, which has not too many entries to be held, and as many as it is said to."""
    found = directory.find(stream)
    if found.size > limits.directory:
        raise no("ZIP_TOO_LARGE", size=f"{found.size:,}", limit=f"{limits.directory:,}")
    count = directory.entries(stream, found, limits.members)
    if count > limits.members:
        raise no("ZIP_TOO_LARGE", size=f"{count:,}+", limit=f"{limits.members:,}")
    if count != found.told:
        raise ValueError(f"{found.told} members of {count}")
    return found


def _check_workbook(archive: zipfile.ZipFile, no: Refuse) -> None:
    members = {
        partnames.key(info.orig_filename): info
        for info in reversed(archive.infolist())
        if not info.is_dir()
    }
    if partnames.key(CONTENT_TYPES) not in members:
        raise no(_kind_of_archive(archive, members, no))
    types = _bookkeeping(archive, members, CONTENT_TYPES, no)
    rels = _bookkeeping(archive, members, partnames.rels_name(""), no)
    try:
        document = Relationships("", rels, _read_only).of_type("officeDocument")
        content_type = ContentTypes(types)[document[0].target] if document else ""
    except (expat.ExpatError, UnicodeDecodeError, LookupError, ValueError) as error:
        raise no("PART_DAMAGED", part=CONTENT_TYPES) from error
    workbook = members.get(partnames.key(document[0].target)) if document else None
    if workbook is None or not content_type:
        raise no("FILE_OTHER")
    _check_kind(content_type, no)
    head = read_head(archive, workbook, no).replace(b"\0", b"")  # UTF-16 reads like ASCII
    is_strict = document[0].type.encode().startswith(STRICT)
    if is_strict != (_STRICT_MAIN in head):
        raise no("FILE_STRICT")
    if not is_strict and _MAIN not in head:  # a draft of the format: no Excel opens it
        raise no("FILE_OTHER")


def _kind_of_archive(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], no: Refuse
) -> str:
    """The code for an archive that is no package."""
    if "mimetype" in members:
        kind = read_head(archive, members["mimetype"], no)
        return "FILE_ODS" if b"opendocument.spreadsheet" in kind else "FILE_DOCUMENT"
    is_of_apple = any(name.endswith((".iwa", "index.zip", "index.apxl")) for name in members)
    return "FILE_NUMBERS" if is_of_apple else "FILE_ARCHIVE"


def _check_kind(content_type: str, no: Refuse) -> None:
    kind = content_type.lower()
    if "sheet.binary" in kind:
        raise no("FILE_XLSB")
    if "wordprocessingml" in kind or "presentationml" in kind:
        raise no("FILE_DOCUMENT")
    if "spreadsheetml" not in kind and "ms-excel" not in kind:
        raise no("FILE_OTHER")


def _bookkeeping(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, no: Refuse
) -> bytes:
    info = members.get(partnames.key(name))
    if info is None:
        raise no("FILE_OTHER")
    if info.file_size > _MOST_BOOKKEEPING:
        raise no("ZIP_TOO_LARGE", size=f"{info.file_size:,}", limit=f"{_MOST_BOOKKEEPING:,}")
    try:
        data = archive.read(info)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError) as error:
        raise no("PART_DAMAGED", part=name) from error
    entries = data.count(b"<") + data.count(b"=")
    if entries > _MOST_ENTRIES:
        raise no("ZIP_TOO_LARGE", size=f"{entries:,}", limit=f"{_MOST_ENTRIES:,}")
    return data


def _read_only(_: bytes) -> None:
    raise AssertionError("preflight changes nothing")
