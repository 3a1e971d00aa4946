"""One numbered list of the styles part, such as `fonts`: looked up, appended to, spliced back."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TypeAlias, cast

from lxml import etree

from kam_excel.headless.package import blank
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.tree import local_name, parse

_ORDER = (
    "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
).split()
Canonical: TypeAlias = tuple[str, tuple[tuple[str, str], ...], tuple["Canonical", ...]]


class StyleTable:
    """The entries of the list `name`, in their order; an entry's index is its number."""

    def __init__(self, root: etree._Element, name: str) -> None:
        self._root, self._name = root, name
        container = root.find(f"{{*}}{name}")
        self.elements = (
            [] if container is None else [each for each in container if local_name(each)]
        )
        self._stored = len(self.elements)
        # A list that is too short gets the entries that Excel takes for granted (two fills).
        self.elements += map(deepcopy, _expected(name)[self._stored :])
        if root.find("{*}cellStyleXfs") is None:  # then no format is based on one of them
            for element in self.elements[self._stored :]:
                if "xfId" in element.attrib:
                    del element.attrib["xfId"]
        self._given = len(self.elements)
        self._numbers: dict[Canonical, int] = {}
        for number, element in enumerate(self.elements):
            self._numbers.setdefault(canonical(element), number)

    @property
    def has_grown(self) -> bool:
        """Whether an entry was appended."""
        return len(self.elements) > self._given

    def has(self, element: etree._Element) -> bool:
        """Whether there is an entry equal to `element`."""
        return canonical(element) in self._numbers

    def put(self, element: etree._Element) -> int:
        """The number of an entry equal to `element`, which is appended if there is none."""
        number = self._numbers.setdefault(canonical(element), len(self.elements))
        if number == len(self.elements):
            self.elements.append(element)
        return number

    def add(self, tag: str, **attributes: str) -> int:
        """`put` of an element made from its attributes."""
        return self.put(self.element(tag, **attributes))

    def element(self, tag: str, **attributes: str) -> etree._Element:
        """An element of the part's own namespace, to be filled and `put`."""
        namespace = etree.QName(self._root).namespace
        nsmap = cast("dict[str, str]", self._root.nsmap)
        return etree.Element(f"{{{namespace}}}{tag}", attributes, nsmap)

    def edits(self, data: bytes) -> list[splice.Edit]:
        """What brings the new entries into the part `data`."""
        if len(self.elements) == self._stored:
            return []
        markup = b"".join(map(self._markup, self.elements[self._stored :]))
        root, *elements = splice.scan(data)
        count = str(len(self.elements))
        for each in elements:
            if each.local == self._name:
                return [
                    splice.set_attribute(data, each, "count", count),
                    splice.append_child(data, each, markup),
                ]
        tag = f"{root.prefix}{self._name}"
        whole = b'<%b count="%b">%b</%b>' % (tag.encode(), count.encode(), markup, tag.encode())
        later = _ORDER[_ORDER.index(self._name) + 1 :]
        place = next((each.start for each in elements if each.local in later), root.inner_end)
        return [splice.Edit(place, place, whole)]

    def _markup(self, element: etree._Element) -> bytes:
        """The element as XML, without the namespaces that the root of the part declares."""
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        for prefix, uri in self._root.nsmap.items():
            name = f"xmlns:{prefix}" if prefix else "xmlns"
            text = text.replace(f' {name}="{uri}"', "", 1)
        return text.encode()


def canonical(element: etree._Element) -> Canonical:
    """What two entries that mean the same share: the order of children doesn't count."""
    attributes = sorted((str(name), str(value)) for name, value in element.items())
    children = sorted(canonical(child) for child in element if local_name(child))
    return local_name(element), tuple(attributes), tuple(children)


@cache
def _blank_styles() -> etree._Element:
    return parse(blank.STYLES.encode())


def _expected(name: str) -> list[etree._Element]:
    return _blank_styles().findall(f"{{*}}{name}/*")
