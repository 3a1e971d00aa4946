"""Edits on the bytes of an XML part, so that everything else in it stays as it was written.

`scan` tells where elements stand, the functions after it turn a wish into an `Edit`, and
`apply` carries edits out. Offsets are bytes of UTF-8: pass parts through `utf8` first.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

_START_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(rb"""([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED_ENCODING = re.compile(rb"""^(<\?xml[^>]*?encoding\s*=\s*["'])([\w.-]+)(["'])""")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_UTF16 = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


class Edit(NamedTuple):
    """Replace the bytes from `start` to `end` by `data`."""

    start: int
    end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Element:
    """An element and its byte offsets: start tag, content, end.

    `empty` means `<a/>`, without an end tag. Names are as written, with their prefix.
    """

    name: str
    attributes: dict[str, str]
    depth: int
    parent: int
    start: int
    inner: int
    inner_end: int
    end: int
    empty: bool

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or ""."""
        return self.name[: -len(self.local)]

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


def utf8(data: bytes) -> bytes:
    """`data` in UTF-8 without CDATA sections; unchanged where it is so already.

    Its declaration then says UTF-8. Raises UnicodeDecodeError or LookupError where the declared
    encoding doesn't hold.
    """
    data = _in_utf8(data)
    if b"<![CDATA[" in data:
        data = _CDATA.sub(lambda section: escape(section[1].decode()).encode(), data)
    return data


def _in_utf8(data: bytes) -> bytes:
    for mark, codec in _UTF16.items():
        if data.startswith(mark):
            return _DECLARED_ENCODING.sub(rb"\1UTF-8\3", data.decode(codec).encode())
    declared = _DECLARED_ENCODING.match(data)
    if declared is None or declared[2].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        return data
    text = data.decode(declared[2].decode())
    return _DECLARED_ENCODING.sub(rb"\1UTF-8\3", text.encode())


class _Scanner:
    """Collects the elements down to a depth, in document order."""

    def __init__(self, data: bytes, deepest: int) -> None:
        self.elements: list[Element] = []
        self._data, self._deepest, self._depth = data, deepest, -1
        self._open: list[tuple[int, str, dict[str, str], int]] = []
        self._parser = _parser()
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.Parse(data, True)

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth <= self._deepest:
            place = len(self.elements)
            start = self._parser.CurrentByteIndex
            self._open.append((place, name, attributes, start))
            self.elements.append(_PENDING)

    def _ended(self, name: str) -> None:
        if self._depth <= self._deepest:
            place, name, attributes, start = self._open.pop()
            parent = self._open[-1][0] if self._open else -1
            inner, inner_end, end, empty = self._offsets(start)
            self.elements[place] = Element(
                name, attributes, self._depth, parent, start, inner, inner_end, end, empty
            )
        self._depth -= 1

    def _offsets(self, start: int) -> tuple[int, int, int, bool]:
        tag = _START_TAG.match(self._data, start)
        if tag is None:
            raise ValueError(f"no start tag at byte {start}")
        inner = tag.end()
        if self._data[inner - 2 : inner] == b"/>":
            return inner, inner, inner, True
        inner_end = self._parser.CurrentByteIndex
        return inner, inner_end, self._data.index(b">", inner_end) + 1, False


_PENDING = Element("", {}, 0, -1, 0, 0, 0, 0, False)


def scan(data: bytes, deepest: int = 1) -> list[Element]:
    """The elements of UTF-8 XML down to depth `deepest` (the root's is 0), in document order.

    `Element.parent` is an index into the list. Raises expat.ExpatError where XML is malformed.
    """
    return _Scanner(data, deepest).elements


def check(data: bytes) -> None:
    """Raise expat.ExpatError where UTF-8 XML is not well-formed."""
    _parser().Parse(data, True)


def _parser() -> expat.XMLParserType:
    """A parser that takes no document type: no part has one, and it could expand without end."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_: object) -> None:
    raise expat.ExpatError("a document type")


def append_child(data: bytes, parent: Element, child: bytes) -> Edit:
    """Put `child` behind the last child of `parent`."""
    if not parent.empty:
        return Edit(parent.inner_end, parent.inner_end, child)
    slash = data.rindex(b"/", parent.start, parent.inner)
    return Edit(slash, parent.end, b">%b</%b>" % (child, parent.name.encode()))


def opened(data: bytes) -> bytes:
    """`data` with a root that has an end tag, so that several edits can put something inside."""
    root = scan(data, 0)[0]
    return apply(data, [append_child(data, root, b"")]) if root.empty else data


def delete(element: Element) -> Edit:
    """Take `element` out."""
    return Edit(element.start, element.end, b"")


def set_attribute(data: bytes, element: Element, name: str, value: str) -> Edit:
    """Give the attribute `name` of `element` another value, or add it."""
    name_end = element.start + 1 + len(element.name.encode())
    for match in _ATTRIBUTE.finditer(data, name_end, element.inner):
        if match[1] == name.encode():
            return Edit(match.start(2), match.end(2), b'"%b"' % attribute_text(value).encode())
    return Edit(name_end, name_end, b' %b="%b"' % (name.encode(), attribute_text(value).encode()))


def remove_attribute(data: bytes, element: Element, name: str) -> list[Edit]:
    """Take the attribute `name` out of `element`, with the blank before it; [] without one."""
    name_end = element.start + 1 + len(element.name.encode())
    for match in _ATTRIBUTE.finditer(data, name_end, element.inner):
        if match[1] == name.encode():
            start = match.start()
            while data[start - 1 : start].isspace():
                start -= 1
            return [Edit(start, match.end(), b"")]
    return []


def attribute_text(value: str) -> str:
    """`value` as it stands between double quotes."""
    return escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def attributes_markup(given: Mapping[str, str]) -> str:
    """Attributes as a tag has them, each with a blank before it."""
    return "".join(f' {name}="{attribute_text(value)}"' for name, value in given.items())


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with the edits, which don't overlap, carried out."""
    pieces: list[bytes] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += (data[done:start], new)
        done = end
    return b"".join((*pieces, data[done:]))
