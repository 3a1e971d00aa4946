"""Threaded comments of a sheet: who wrote what and when, and whether it is settled.

[MS-XLSX] 2.6.203 and 2.6.205. Each begins with one comment, which replies name as their parent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lxml import etree

from kam_excel.headless.cells.strings import decode
from kam_excel.headless.notes.comments import Cell
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import parse_area
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.values import is_true


@dataclass(frozen=True, slots=True)
class Thread:
    """A threaded comment: its first words and the replies to them.

    `author` "" is unknown; `written` is in UTC.
    """

    id: str
    part: str
    cell: Cell
    text: str
    author: str
    written: dt.datetime | None
    resolved: bool
    replies: tuple[str, ...]


def threads(package: Package, sheet: str) -> list[Thread]:
    """The threads of a sheet, row by row."""
    persons = _persons(package)
    found = [
        thread
        for each in package.rels(sheet).of_type("threadedComment")
        if each.target in package
        for thread in _read(package.tree(each.target), each.target, persons)
    ]
    return sorted(found, key=lambda thread: thread.cell)


def resolve(package: Package, thread: Thread, value: bool) -> None:
    """Mark a thread as settled or as open again."""
    data = splice.utf8(package.read(thread.part))
    for each in splice.scan(data):
        if each.attributes.get("id") == thread.id:
            edit = splice.set_attribute(data, each, "done", str(int(value)))
            package.write(thread.part, splice.apply(data, [edit]))


def _read(root: etree._Element, part: str, persons: dict[str, str]) -> list[Thread]:
    comments = root.findall("{*}threadedComment")
    return [
        Thread(
            id=each.get("id", ""),
            part=part,
            cell=_cell(each),
            text=_text(each),
            author=persons.get(each.get("personId", ""), ""),
            written=_moment(each.get("dT")),
            resolved=is_true(each.get("done")),
            replies=tuple(_text(r) for r in comments if r.get("parentId") == each.get("id")),
        )
        for each in comments
        if each.get("parentId") is None
    ]


def _cell(comment: etree._Element) -> Cell:
    area = parse_area(comment.get("ref", "A1"))
    return area.row1, area.col1


def _text(comment: etree._Element) -> str:
    return decode(comment.findtext("{*}text") or "")


def _moment(text: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _persons(package: Package) -> dict[str, str]:
    """The names of those who comment, by their ids."""
    part = package.related(package.workbook, "person")
    people = [] if part is None else package.tree(part).findall("{*}person")
    return {each.get("id", ""): decode(each.get("displayName", "")) for each in people}
