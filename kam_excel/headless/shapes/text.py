"""What a shape says: paragraphs of runs, and how their characters look (DrawingML text)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from kam_excel.headless.shapes import runs as textruns
from kam_excel.headless.styles.colors import RGB, Colors, from_hex
from kam_excel.headless.xml.nodes import Node
from kam_excel.headless.xml.splice import Edit
from kam_excel.headless.xml.tree import local_name, parse
from kam_excel.headless.xml.values import is_true

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# CT_TextCharacterProperties, ECMA-376 part 1, 21.1.2.3.9.
_ORDER = (
    "ln noFill solidFill gradFill blipFill pattFill grpFill effectLst effectDag highlight uLnTx "
    "uLn uFillTx uFill latin ea cs sym hlinkClick hlinkMouseOver rtl extLst"
).split()
_FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
_FONTS = ("latin", "ea", "cs")
_LINE_BREAK = "\v"
_PARAGRAPHS = re.compile("\r\n|\r|\n")
_NO_XML = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ShapeText:
    """The text of the shape `shape` of a drawing; `edit` gives the change as bytes.

    Paragraphs are parted by line feeds, lines of one by vertical tabs, as Excel parts them.
    """

    def __init__(
        self, root: Node, shape: Node, colors: Colors, theme: etree._Element | None
    ) -> None:
        self._shape, self._colors, self._theme = shape, colors, theme
        self._declared = _declared(root, shape)
        self._old = shape.first("txBody")
        self._body: etree._Element | None = None
        if self._old is not None:
            at = self._old.element
            self._body = self._parsed(shape.data[at.start : at.end])

    def _parsed(self, markup: bytes) -> etree._Element:
        return parse(b"<w%b>%b</w>" % ("".join(self._declared).encode(), markup))[0]

    @property
    def _paragraphs(self) -> list[etree._Element]:
        return [] if self._body is None else self._body.findall(f"{_A}p")

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(map(_paragraph_text, self._paragraphs))

    def set_text(self, value: str) -> None:
        """Say something else, looking as the first characters did."""
        if self._body is None:
            self._body = self._new_body()
        old = self._paragraphs
        properties = _first_properties(old)
        layout = old[0].find(f"{_A}pPr") if old else None
        for each in old:
            self._body.remove(each)
        for line in _PARAGRAPHS.split(_NO_XML.sub("", value)):
            paragraph = etree.SubElement(self._body, f"{_A}p")
            if layout is not None:
                paragraph.append(deepcopy(layout))
            _fill(paragraph, line, properties)

    def _new_body(self) -> etree._Element:
        p = self._shape.element.prefix
        a = f'xmlns:a="{_A[1:-1]}"'
        markup = f'<{p}txBody><a:bodyPr {a} rtlCol="0"/><a:lstStyle {a}/></{p}txBody>'
        return self._parsed(markup.encode())

    # fonts ------------------------------------------------------------------

    def font(self, start: int, stop: int, name: str) -> Any:
        """A property of characters where all agree, else None: "bold", "italic", "size" and so on.

        Sizes are in points; None is also a size that the file leaves to Excel.
        """
        read = {
            "bold": lambda given: _flag(given, "b"),
            "italic": lambda given: _flag(given, "i"),
            "size": _size,
            "color": self._color,
            "name": self._name,
        }[name]
        found = {read(given) for given in self._properties(start, stop)}
        return found.pop() if len(found) == 1 else None

    def set_font(self, start: int, stop: int, changes: Mapping[str, Any]) -> None:
        """Change properties of characters; others of theirs stay."""
        for run in self._runs(start, stop, split=True):
            _change(_own_properties(run, "rPr"), changes)
        for paragraph in self._paragraphs if stop >= len(self.text) and start == 0 else ():
            _change(_own_properties(paragraph, "endParaRPr"), changes)

    def _properties(self, start: int, stop: int) -> list[etree._Element | None]:
        found = [run.find(f"{_A}rPr") for run in self._runs(start, stop, split=False)]
        if found or not self._paragraphs:
            return found or [None]
        return [self._paragraphs[0].find(f"{_A}endParaRPr")]

    def _runs(self, start: int, stop: int, split: bool) -> list[etree._Element]:
        found, position = [], 0
        for paragraph in self._paragraphs:
            pieces = [each for each in paragraph if local_name(each) in ("r", "br", "fld")]
            for piece in pieces:
                length = len(_piece_text(piece))
                first, last = start - position, stop - position
                if local_name(piece) == "r":
                    found += textruns.inside([piece], first, last, split)
                elif first < length and last > 0:
                    found.append(piece)
                position += length
            position += 1
        return found

    def _color(self, given: etree._Element | None) -> RGB | None:
        fill = None if given is None else given.find(f"{_A}solidFill")
        if fill is None:
            named = self._shape.first("style", "fontRef", "schemeClr")
            slot = "dk1" if named is None else named.attributes.get("val", "dk1")
            return self._colors.scheme(slot)
        color = next(iter(fill), None)
        if color is None or len(color):
            return None  # a shade of a colour, which nobody has computed
        if local_name(color) == "srgbClr":
            return from_hex(color.get("val", "0"))
        return self._colors.scheme(color.get("val", ""))

    def _name(self, given: etree._Element | None) -> str | None:
        latin = None if given is None else given.find(f"{_A}latin")
        face = "+mn-lt" if latin is None else latin.get("typeface", "")
        if not face.startswith("+"):
            return face
        scheme = "majorFont" if face.startswith("+mj") else "minorFont"
        found = None if self._theme is None else self._theme.find(f".//{_A}{scheme}/{_A}latin")
        return None if found is None else found.get("typeface")

    # writing ----------------------------------------------------------------

    def edit(self) -> Edit:
        """The edit of the drawing that writes the text as it is now."""
        assert self._body is not None
        markup = etree.tostring(self._body, encoding="unicode", with_tail=False)
        tag, end, rest = markup.partition(">")
        for declared in self._declared:
            tag = tag.replace(declared, "")
        place = self._shape.element.inner_end
        start, stop = place, place
        if self._old is not None:
            start, stop = self._old.element.start, self._old.element.end
        return Edit(start, stop, f"{tag}{end}{rest}".encode())


def _declared(root: Node, target: Node) -> list[str]:
    """The declarations of namespaces that hold inside an element, as they are written."""
    found: dict[str, str] = {}
    place = target.element.start
    node: Node | None = root
    while node is not None:
        given = node.attributes.items()
        found |= {name: uri for name, uri in given if name.partition(":")[0] == "xmlns"}
        around = (c for c in node.children if c.element.start <= place < c.element.end)
        node = None if node is target else next(around, None)
    return [f' {name}="{uri}"' for name, uri in found.items()]


def _piece_text(piece: etree._Element) -> str:
    return _LINE_BREAK if local_name(piece) == "br" else textruns.text(piece)


def _paragraph_text(paragraph: etree._Element) -> str:
    pieces = (each for each in paragraph if local_name(each) in ("r", "br", "fld"))
    return "".join(map(_piece_text, pieces))


def _first_properties(paragraphs: list[etree._Element]) -> etree._Element | None:
    """How the first characters look, or would look where there are none."""
    for paragraph in paragraphs:
        for path in (f"{_A}r/{_A}rPr", f"{_A}endParaRPr"):
            if (found := paragraph.find(path)) is not None:
                return found
    return None


def _fill(paragraph: etree._Element, line: str, properties: etree._Element | None) -> None:
    """Let an empty paragraph say a line, and keep its look where that is empty."""

    def looking(parent: etree._Element, tag: str) -> None:
        if properties is not None:
            made = deepcopy(properties)
            made.tag = f"{_A}{tag}"
            parent.append(made)

    for number, piece in enumerate(line.split(_LINE_BREAK)):
        if number:
            looking(etree.SubElement(paragraph, f"{_A}br"), "rPr")
        if piece:
            run = etree.SubElement(paragraph, f"{_A}r")
            looking(run, "rPr")
            etree.SubElement(run, f"{_A}t").text = piece
    looking(paragraph, "endParaRPr")


def _flag(given: etree._Element | None, name: str) -> bool:
    return given is not None and is_true(given.get(name))


def _size(given: etree._Element | None) -> float | None:
    size = None if given is None else given.get("sz")
    return None if size is None else int(size) / 100


def _own_properties(parent: etree._Element, tag: str) -> etree._Element:
    """The properties of a run or of a paragraph's end, which are made if missing."""
    found = parent.find(f"{_A}{tag}")
    if found is None:
        found = etree.Element(f"{_A}{tag}")
        if tag == "rPr":
            parent.insert(0, found)
        else:
            parent.append(found)
    return found


def _change(given: etree._Element, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        if name in ("bold", "italic"):
            given.set(name[0], str(int(bool(value))))
        elif name == "size":
            given.set("sz", str(round(float(value) * 100)))
        elif name == "color":
            fill = etree.Element(f"{_A}solidFill")
            etree.SubElement(fill, f"{_A}srgbClr", val="{:02X}{:02X}{:02X}".format(*value))
            _replace(given, _FILLS, [fill])
        else:
            faces = [etree.Element(f"{_A}{tag}", typeface=str(value)) for tag in _FONTS]
            _replace(given, _FONTS, faces)


def _replace(given: etree._Element, tags: Sequence[str], new: list[etree._Element]) -> None:
    """Put `new` where children called `tags` stand, at the place that the schema demands."""
    for each in list(given):
        if local_name(each) in tags:
            given.remove(each)
    last = _ORDER.index(tags[-1])
    ranks = [_ORDER.index(local_name(each)) for each in given if local_name(each) in _ORDER]
    place = sum(rank < last for rank in ranks)
    given[place:place] = new
