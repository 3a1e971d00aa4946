"""An XML part as a tree whose elements know their bytes: read it, then splice edits in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import final

from lxml import etree

from kam_excel.headless.xml.splice import Edit, Element, append_child, delete, scan
from kam_excel.headless.xml.tree import parse

_DEEPEST = 64


@final
@dataclass(slots=True, eq=False)
class Node:
    """An element of the part `data` with its children; names are told without prefixes."""

    data: bytes
    element: Element
    children: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The local name."""
        return self.element.local

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes, by their names as written."""
        return self.element.attributes

    @property
    def text(self) -> str:
        """The text inside the element."""
        inner = self.data[self.element.inner : self.element.inner_end]
        if not inner:
            return ""
        return etree.tostring(parse(b"<t>%b</t>" % inner), method="text", encoding="unicode")

    def all(self, *path: str) -> list[Node]:
        """The elements at the end of a path of names that begins below this one."""
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def first(self, *path: str) -> Node | None:
        """The first of `all`, or None."""
        found = self.all(*path)
        return found[0] if found else None

    def text_of(self, *path: str) -> str:
        """The text of the first element at a path; "" where there is none."""
        found = self.first(*path)
        return found.text if found else ""

    def copy(self) -> etree._Element:
        """The element without namespaces, comments and texts, apart from the document."""
        names = {name: value for name, value in self.attributes.items() if ":" not in name}
        made = etree.Element(self.name, names)
        made.extend(child.copy() for child in self.children)
        return made


def append(parent: Node, markup: str) -> Edit:
    """Put `markup` behind the last child of `parent`."""
    return append_child(parent.data, parent.element, markup.encode())


def tree(data: bytes) -> Node:
    """The root of UTF-8 XML."""
    nodes: list[Node] = []
    for element in scan(data, _DEEPEST):
        node = Node(data, element)
        if nodes:
            nodes[element.parent].children.append(node)
        nodes.append(node)
    return nodes[0]


def removals(root: Node, doomed: Iterable[Node], containers: frozenset[str]) -> list[Edit]:
    """Edits that take out `doomed` elements, and `containers` in which nothing is left.

    What a container says of itself (its sqref) is nothing that is left in it.
    """
    return list(_removals(root, set(doomed), containers))


def _removals(node: Node, doomed: set[Node], containers: frozenset[str]) -> Iterator[Edit]:
    for child in node.children:
        if _goes(child, doomed, containers):
            yield delete(child.element)
        else:
            yield from _removals(child, doomed, containers)


def _goes(node: Node, doomed: set[Node], containers: frozenset[str]) -> bool:
    if node in doomed or node.name not in containers:
        return node in doomed
    members = [child for child in node.children if child.name != "sqref"]
    return bool(members) and all(_goes(member, doomed, containers) for member in members)
