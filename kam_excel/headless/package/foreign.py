"""What a file is that is no zip archive, told by its content."""

from __future__ import annotations

import re
from typing import BinaryIO

from kam_excel.headless.package import ole

HEAD = 4096  # bytes that tell

_BY_BEGINNING = {
    b"\x09\x00": "FILE_XLS",  # BOF records of Excel 2, 3, 4 and 5 to 2003
    b"\x09\x02": "FILE_XLS",
    b"\x09\x04": "FILE_XLS",
    b"\x09\x08": "FILE_XLS",
    b"%PDF": "FILE_PDF",
    b"\x89PNG": "FILE_IMAGE",
    b"\xff\xd8\xff": "FILE_IMAGE",
    b"GIF8": "FILE_IMAGE",
    b"BM": "FILE_IMAGE",
    b"II*\0": "FILE_IMAGE",
    b"MM\0*": "FILE_IMAGE",
    b"Rar!": "FILE_ARCHIVE",
    b"7z\xbc\xaf": "FILE_ARCHIVE",
    b"\x1f\x8b\x08": "FILE_ARCHIVE",
    b"%TSD-Header": "FILE_GUARDED",
}
_GUARD = b"E-SafeNet"
_STREAMS = {
    "FILE_ENCRYPTED": {"EncryptedPackage", "EncryptionInfo"},
    "FILE_XLS": {"Workbook", "WORKBOOK", "Book", "BOOK"},
    "FILE_DOCUMENT": {"WordDocument", "PowerPoint Document"},
}
_NOT_OF_TEXTS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_HTML = re.compile(
    r"<(?:html|head|body|table|style|meta|title|div|!doctype html)[\s>]|mime-version:",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def code_of(head: bytes, stream: BinaryIO) -> str:
    """The code that names a file by its first bytes; of a compound file more is read."""
    if not head.strip(b"\0"):
        return "FILE_BLANK"
    if head.startswith(ole.MAGIC):
        return _of_streams(ole.stream_names(stream))
    if _GUARD in head[:64]:
        return "FILE_GUARDED"
    known = (code for start, code in _BY_BEGINNING.items() if head.startswith(start))
    text = _text(head)
    code = next(known, "FILE_OTHER")
    # A text may begin as a picture does: BM, GIF8.
    return code if text is None or code in ("FILE_PDF", "FILE_GUARDED") else _of_text(text)


def _of_streams(names: set[str]) -> str:
    fitting = (code for code, of_kind in _STREAMS.items() if names & of_kind)
    return next(fitting, "FILE_OTHER")


def _text(head: bytes) -> str | None:
    """The first bytes as a text, letters beyond ASCII as they come; None where it is none."""
    codec = _UTF16.get(head[:2])
    text = head.decode(codec, "replace") if codec else head.decode("latin-1")
    return None if _NOT_OF_TEXTS.search(text) else text


def _of_text(text: str) -> str:
    start = _ASIDE.sub("", text).lstrip("\ufeffï»¿ \t\r\n")
    if _HTML.match(start):
        return "FILE_HTML"
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "FILE_XML_2003"
    return "FILE_ODS" if start.startswith("<office:document") else "FILE_TEXT"
