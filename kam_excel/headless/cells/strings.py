"""Texts as workbooks hold them: the shared strings, and the escapes of characters XML lacks.

A character that XML cannot hold is written `_xHHHH_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring);
an underscore that would begin such an escape is itself written `_x005F_`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from xml.sax.saxutils import escape as _markup

from lxml import etree

from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import MAIN, local_name, parse

_MOST_BYTES = 256 * 1024**2  # of shared strings, which are held in memory
_MOST_ITEMS = 4_000_000
_ILLEGAL = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"  # with CR, which XML makes a LF
_TO_ESCAPE = re.compile(f"[{_ILLEGAL}]|_(?=x[0-9A-Fa-f]{{4}}[_{_ILLEGAL}])")
_REFERENCE = re.compile("&([^;&]*);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PLAIN_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?<sst[\s>]")
_ITEM = re.compile(r'<si>(?:<t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)|(.*?))</si>', re.DOTALL)
_RUN = re.compile(rb"<(?:[\w.-]+:)?r[\s>]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def escape(text: str) -> str:
    """`text` as XML character data: `&`, `<` and `>`, and all that XML cannot hold, escaped."""
    return _markup(encode(text))


def encode(text: str) -> str:
    """`text` with what XML cannot hold as `_xHHHH_`; `decode` undoes it."""
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def needs_escape(text: str) -> bool:
    """Whether `escape` would change a text."""
    return any(char in text for char in "&<>") or _TO_ESCAPE.search(text) is not None


def unescape(data: str) -> str:
    """The text that XML character data stands for, both kinds of escapes undone.

    Raises ValueError where a reference is none of XML's own.
    """
    return decode(_REFERENCE.sub(_referred, data) if "&" in data else data)


def decode(text: str) -> str:
    """`text`, of which a parser has undone XML's own references, without `_xHHHH_` escapes."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _referred(match: re.Match[str]) -> str:
    name = match[1]
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    if name not in _NAMED:
        raise ValueError(f"unknown entity: {match[0]}")
    return _NAMED[name]


def plain_text(item: etree._Element) -> str:
    """The text of an `si` or `is` element: its runs joined, phonetic readings left out."""
    pieces = []
    for child in item:
        name = local_name(child)
        if name == "t":
            pieces.append(_characters(child))
        elif name == "r":
            pieces += [_characters(run) for run in child if local_name(run) == "t"]
    return decode("".join(pieces))


def _characters(element: etree._Element) -> str:
    """The text of an element, which comments may interrupt."""
    return (element.text or "") + "".join(each.tail or "" for each in element)


def texts_of(data: bytes) -> list[str] | None:
    """The plain texts of a part of shared strings, a hundred times as fast as through a tree.

    None where it is written in a way that needs one: with prefixes, comments, empty items.
    """
    try:
        data = splice.utf8(data)
        if not _PLAIN_ROOT.match(data) or b"<!" in data:
            return None
        text = data.decode().replace("\r\n", "\n").replace("\r", "\n")
        found = _ITEM.findall(text)
        if "&" in text or "_x" in text:
            found = [(unescape(plain), rich) for plain, rich in found]
        texts = [_rich_text(rich) if rich else plain for plain, rich in found]
    except (ValueError, LookupError, etree.XMLSyntaxError):
        return None
    items = data.count(b"<si>") + data.count(b"<si/") + data.count(b"<si ")
    return texts if 0 < len(texts) == items == data.count(b"</si>") else None


def _through_trees(data: bytes) -> Iterator[str]:
    """The plain texts of a part of shared strings, each through a tree of its own."""
    events = etree.iterparse(
        io.BytesIO(data), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    for _, element in events:
        parent = element.getparent()
        if parent is None or parent.getparent() is not None:
            continue  # the root, or a piece of an item
        if local_name(element) == "si":
            yield plain_text(element)
        element.clear(keep_tail=True)
        parent.remove(element)


def _rich_text(inner: str) -> str:
    return plain_text(parse(f'<si xmlns="{MAIN}">{inner}</si>'.encode()))


def _has_runs(item: etree._Element) -> bool:
    return any(local_name(child) == "r" for child in item)


class SharedStrings:
    """The plain texts of the workbook's shared strings, read when first asked for.

    Read only: texts that we write stand in their cells.
    """

    def __init__(self, package: Package) -> None:
        self._package = package

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, index: int) -> str:
        """The text at `index`; raises IndexError where the workbook has no such string."""
        if index < 0:
            raise IndexError(index)
        return self._texts[index]

    def item(self, index: int) -> etree._Element:
        """The `si` element at `index`, with the looks of its parts; raises IndexError."""
        if index < 0:
            raise IndexError(index)
        return self._kept_items[index]

    @cached_property
    def rich(self) -> frozenset[int]:
        """The indexes of texts of which parts look different."""
        part = self._part
        if part is None or not _RUN.search(self._package.read(part)):
            return frozenset()
        return frozenset(i for i, each in enumerate(self._kept_items) if _has_runs(each))

    @cached_property
    def _texts(self) -> list[str]:
        part = self._part
        if part is None:
            return []
        size = self._package.size(part)[0]
        if size > _MOST_BYTES:
            raise self._package.too_large(part, size, _MOST_BYTES)
        data = self._package.read(part)
        items = data.count(b"si>") // 2 + data.count(b"si/>")
        if items > _MOST_ITEMS:
            raise self._package.too_large(part, items, _MOST_ITEMS)
        try:
            texts = texts_of(data)
            return list(_through_trees(data)) if texts is None else texts
        except etree.XMLSyntaxError as error:
            raise self._package.damaged(part) from error

    @property
    def _part(self) -> str | None:
        return self._package.related(self._package.workbook, "sharedStrings")

    @cached_property
    def _kept_items(self) -> list[etree._Element]:
        return self._items()

    def _items(self) -> list[etree._Element]:
        part = self._part
        if part is None:
            return []
        return [item for item in self._package.tree(part) if local_name(item) == "si"]
