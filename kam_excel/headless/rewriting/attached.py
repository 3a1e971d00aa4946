"""What other parts say of the cells of their sheet: notes, threads, pivot tables, mapped cells."""

from __future__ import annotations

from kam_excel.headless.references.addressing import cell_name, parse_area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.xml.nodes import Node, removals, tree
from kam_excel.headless.xml.splice import Edit, apply, set_attribute

# (root, path to elements, attribute) of parts whose elements stand for one cell each.
CELLS = {
    "comments": (("commentList", "comment"), "ref"),
    "ThreadedComments": (("threadedComment",), "ref"),
    "singleXmlCells": (("singleXmlCell",), "r"),
}


def cells(data: bytes, root_name: str, shift: Shift) -> bytes:
    """A part whose elements stand for cells, after `shift`; those of deleted cells go."""
    path, attribute = CELLS[root_name]
    root = tree(data)
    edits: list[Edit] = []
    doomed: list[Node] = []
    for node in root.all(*path):
        area = parse_area(node.attributes.get(attribute, ""))
        place = shift.cell(area.row1, area.col1)
        if place is None:
            doomed.append(node)
        elif place != (area.row1, area.col1):
            edits.append(set_attribute(data, node.element, attribute, cell_name(*place)))
    return apply(data, [*edits, *removals(root, doomed, frozenset())])


def pivot(data: bytes, shift: Shift) -> bytes:
    """A pivot table after `shift`, which moves it whole or not at all."""
    location = tree(data).first("location")
    if location is None:
        return data
    area = parse_area(location.attributes["ref"])
    after = shift.follow(area)
    if after is None or after == area:
        return data
    return apply(data, [set_attribute(data, location.element, "ref", str(after))])
