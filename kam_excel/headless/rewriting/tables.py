"""The part of a table as cells make room or close up: its place and its columns."""

from __future__ import annotations

from dataclasses import dataclass

from kam_excel.headless.cells.strings import decode
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting.shell import Walker
from kam_excel.headless.xml.nodes import Node, removals, tree
from kam_excel.headless.xml.splice import Edit, apply, attribute_text, set_attribute


@dataclass(frozen=True, slots=True)
class Table:
    """What matters of a table: its part, its name, its cells, its rows of headers and totals."""

    part: str
    name: str
    area: Area
    header_rows: int
    totals_rows: int

    @classmethod
    def read(cls, part: str, data: bytes) -> Table:
        """The table of a part."""
        given = tree(data).attributes
        return cls(
            part,
            decode(given.get("displayName") or given.get("name", "")),
            parse_area(given["ref"]),
            int(given.get("headerRowCount", "1")),
            int(given.get("totalsRowCount", "0")),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A table afterwards: its part, new headers by (row, column), names of deleted columns."""

    data: bytes
    headers: dict[tuple[int, int], str]
    deleted: list[str]


def shifted(data: bytes, shift: Shift) -> Outcome:
    """A table after `shift`, which leaves at least one column and one row of it."""
    root = tree(data)
    area = parse_area(root.attributes["ref"])
    after = shift.follow(area)
    assert after is not None
    walker = Walker(shift, lambda text: text)
    walker.visit(root)
    edits, doomed = walker.edits, walker.doomed
    if after != area:
        edits.append(set_attribute(data, root.element, "ref", str(after)))
    headers: dict[tuple[int, int], str] = {}
    columns = root.all("tableColumns", "tableColumn")
    gone: list[Node] = []
    names: list[str] = []
    if shift.axis == "columns" and shift.spans(area):
        gone = [
            node
            for place, node in enumerate(columns)
            if shift.cell(area.row1, area.col1 + place) is None
        ]
        if shift.inserts and area.col1 < shift.area.col1 <= area.col2:
            names = _new_names(columns, shift.count)
            edits.append(_insertion(columns, shift.area.col1 - area.col1, names))
            if int(root.attributes.get("headerRowCount", "1")):
                places = zip(shift.area.columns, names, strict=True)
                headers = {(area.row1, column): name for column, name in places}
    edits += removals(root, doomed + gone, frozenset())
    edits += _count(root, len(columns) - len(gone) + len(names))
    return Outcome(apply(data, edits), headers, [_name(node) for node in gone])


def _name(column: Node) -> str:
    return decode(column.attributes["name"])


def _new_names(columns: list[Node], count: int) -> list[str]:
    taken = {_name(node).casefold() for node in columns}
    names: list[str] = []
    number = 1
    while len(names) < count:
        if f"column{number}" not in taken:
            names.append(f"Column{number}")
        number += 1
    return names


def _insertion(columns: list[Node], place: int, names: list[str]) -> Edit:
    first = max(int(node.attributes["id"]) for node in columns) + 1
    tag = columns[place].element.name
    markup = "".join(
        f'<{tag} id="{number}" name="{attribute_text(name)}"/>'
        for number, name in enumerate(names, first)
    )
    start = columns[place].element.start
    return Edit(start, start, markup.encode())


def _count(root: Node, count: int) -> list[Edit]:
    list_ = root.first("tableColumns")
    if list_ is None or list_.attributes.get("count", str(count)) == str(count):
        return []
    return [set_attribute(root.data, list_.element, "count", str(count))]
