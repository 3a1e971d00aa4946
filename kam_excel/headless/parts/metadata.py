"""Metadata of cells: the entry that marks a formula as dynamic.

Source: ECMA-376 part 1, 18.9 (Metadata), MS-XLSX 2.6.221 (dynamicArrayProperties).
"""

from __future__ import annotations

from kam_excel.headless.package.parts import Package
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.nodes import Node, append, tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.tree import MAIN
from kam_excel.headless.xml.values import is_true

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml"
_ORDER = (
    "metadataTypes",
    "metadataStrings",
    "mdxMetadata",
    "futureMetadata",
    "cellMetadata",
    "valueMetadata",
    "extLst",
)
_NAME = "XLDAPR"
_ACTIONS = (
    "copy pasteAll pasteValues merge splitFirst rowColShift clearFormats clearComments assign "
    "coerce cellMeta"
).split()
_URI = "{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}"
_NAMESPACE = "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<metadata xmlns="{MAIN}"></metadata>'
)


def dynamic_array(package: Package) -> str:
    """The number that cells with dynamic formulas carry; the entry is made where it is missing."""
    part = package.related(package.workbook, "sheetMetadata")
    data = package.read(part) if part else _EMPTY.encode()
    xml = _Metadata(Shell(splice.utf8(data), _ORDER))
    number = xml.dynamic()
    if part is None:
        part = package.free_name("xl/metadata{}.xml")
        if "xl/metadata.xml" not in package:
            part = "xl/metadata.xml"
        package.write(part, xml.data, CONTENT_TYPE)
        package.rels(package.workbook).add("sheetMetadata", part)
    elif xml.data != splice.utf8(data):
        package.write(part, xml.data)
    return str(number)


class _Metadata:
    """The metadata part: types, what is known of each type, and which of it cells refer to."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    @property
    def data(self) -> bytes:
        return self._shell.data

    @property
    def _root(self) -> Node:
        return tree(self._shell.data)

    def dynamic(self) -> int:
        """The number of the cells' entry that says "dynamic", from 1."""
        type_, value = self._type(), self._value()
        entries = self._root.all("cellMetadata", "bk")
        for number, entry in enumerate(entries, 1):
            kinds = [(each.attributes["t"], each.attributes["v"]) for each in entry.all("rc")]
            if kinds == [(str(type_), str(value))]:
                return number
        p = self._shell.prefix
        self._add("cellMetadata", f'<{p}bk><{p}rc t="{type_}" v="{value}"/></{p}bk>')
        return len(entries) + 1

    def _type(self) -> int:
        """The number of the type of dynamic arrays, from 1."""
        types = self._root.all("metadataTypes", "metadataType")
        for number, each in enumerate(types, 1):
            if each.attributes.get("name") == _NAME:
                return number
        actions = "".join(f' {name}="1"' for name in _ACTIONS)
        p = self._shell.prefix
        made = f'<{p}metadataType name="{_NAME}" minSupportedVersion="120000"{actions}/>'
        self._add("metadataTypes", made)
        return len(types) + 1

    def _value(self) -> int:
        """The place of "dynamic, not collapsed" among what is known of the type, from 0."""
        known = next(
            (
                each
                for each in self._root.all("futureMetadata")
                if each.attributes.get("name") == _NAME
            ),
            None,
        )
        blocks = known.all("bk") if known else []
        for place, block in enumerate(blocks):
            for each in block.all("extLst", "ext", "dynamicArrayProperties"):
                given = each.attributes
                if is_true(given.get("fDynamic")) and not is_true(given.get("fCollapsed")):
                    return place
        self._add_value(known)
        return len(blocks)

    def _add_value(self, known: Node | None) -> None:
        p = self._shell.prefix
        properties = f'<xda:dynamicArrayProperties xmlns:xda="{_NAMESPACE}" '
        block = (
            f'<{p}bk><{p}extLst><{p}ext uri="{_URI}">{properties}fDynamic="1" fCollapsed="0"/>'
            f"</{p}ext></{p}extLst></{p}bk>"
        )
        if known is None:
            made = f'<{p}futureMetadata name="{_NAME}" count="1">{block}</{p}futureMetadata>'
            later = [*self._root.all("cellMetadata"), *self._root.all("valueMetadata")]
            later += self._root.all("extLst")
            place = later[0].element.start if later else self._shell.root.inner_end
            self._shell.edit(splice.Edit(place, place, made.encode()))
        else:
            count = str(len(known.all("bk")) + 1)
            self._shell.edit(
                append(known, block),
                splice.set_attribute(known.data, known.element, "count", count),
            )

    def _add(self, container: str, markup: str) -> None:
        """Put an entry at the end of a list, which is made where it is missing."""
        element = self._root.first(container)
        if element is None:
            p = self._shell.prefix
            self._shell.put(container, f'<{p}{container} count="1">{markup}</{p}{container}>')
            return
        count = str(len(element.children) + 1)
        self._shell.edit(
            append(element, markup),
            splice.set_attribute(element.data, element.element, "count", count),
        )
