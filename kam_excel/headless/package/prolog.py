"""What stands before the root element of an XML part, which must be no document type.

Only the beginning of a part is looked at; whatever passes here is refused by the parsers.
"""

from __future__ import annotations

import re

from kam_excel.headless.package import partnames

_XML = ("xml", "rels", "vml")
_OF_THEIR_OWN = ("svg", "htm", "html", "xhtml")  # may have one, and nobody here reads them
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = re.compile(rb"<[A-Za-z_:\x80-\xff]")
_UTF16 = {
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_FOUR_BYTES = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")
_EBCDIC = b"\x4c\x6f\xa7\x94"  # <?xm
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
# In each of them the bytes of < and ! stand for nothing else.
_READABLE = re.compile(
    rb"utf-?(8|16)([lb]e)?|(us-)?ascii|iso-?8859-\d+|latin-?1|(windows-|cp)125\d"
    rb"|gb(k|2312|18030)|big5|shift[_-]jis|euc-(jp|kr|cn)",
    re.IGNORECASE,
)


def is_xml(name: str) -> bool:
    """Whether a part is XML by its name."""
    return partnames.extension(name) in _XML


def objection(name: str, head: bytes, is_whole: bool) -> str | None:
    """The code for what is wrong with the beginning of a part, None where nothing is."""
    if is_xml(name) and (head.startswith((*_FOUR_BYTES, _EBCDIC)) or not _is_readable(head)):
        return "XML_ENCODING"
    text = _ASIDE.sub(b"", _as_ascii(head))
    root = _ROOT.search(text)
    if b"<!" in text[: root.start() if root else None] and _may_not(name, text):
        return "XML_DTD"
    return "PART_DAMAGED" if is_xml(name) and root is None and not is_whole else None


def _may_not(name: str, text: bytes) -> bool:
    """Parts of any name may be related to as a sheet; a picture in SVG has a right to its own."""
    if is_xml(name):
        return True
    is_markup = text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<!")
    return is_markup and partnames.extension(name) not in _OF_THEIR_OWN


def _is_readable(head: bytes) -> bool:
    declared = _DECLARED.search(_as_ascii(head[:1024]))
    return declared is None or _READABLE.fullmatch(declared[1]) is not None


def _as_ascii(head: bytes) -> bytes:
    """The text with its ASCII as single bytes."""
    codec = _UTF16.get(head[:2])
    return head if codec is None else head.decode(codec, "replace").encode()
