"""Where drawn things stand, as cells under them make room or close up.

Charts, pictures and shapes (ECMA-376 part 1, 20.5.2), controls of a sheet (18.3.1.2), and the
boxes of notes and controls in VML (part 4, 19.4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.xml.nodes import Node, tree
from kam_excel.headless.xml.splice import Edit, apply
from kam_excel.headless.xml.values import is_true

_VML_ANCHOR = re.compile(r"\s*,\s*")


def drawing(data: bytes, shift: Shift) -> bytes:
    """A drawing part after `shift`: shapes move and size with cells as they say."""
    edits: list[Edit] = []
    for node in tree(data).children:
        if node.name == "twoCellAnchor":
            edits += _two_cells(node, shift, node.attributes.get("editAs", "twoCell"))
        elif node.name == "oneCellAnchor":
            edits += _one_cell(node, shift)
        elif node.name == "AlternateContent":
            for each in node.all("Choice", "twoCellAnchor"):
                edits += _two_cells(each, shift, each.attributes.get("editAs", "twoCell"))
    return apply(data, edits)


def control(node: Node, shift: Shift) -> list[Edit]:
    """The anchor of a control or of an embedded object in the sheet itself."""
    moves = is_true(node.attributes.get("moveWithCells"))
    sizes = is_true(node.attributes.get("sizeWithCells"))
    return list(_two_cells(node, shift, "twoCell" if sizes else "oneCell" if moves else "absolute"))


def _one_cell(node: Node, shift: Shift) -> Iterator[Edit]:
    start = node.first("from")
    if start is not None:
        row, column = _cell(start)
        after = _ends((row, column), (row, column), False, shift, "oneCell")
        yield from _moved(start, (row, column), after[0], after[2], shift)


def _two_cells(node: Node, shift: Shift, edit_as: str) -> Iterator[Edit]:
    start, end = node.first("from"), node.first("to")
    if start is None or end is None or edit_as == "absolute":
        return
    first, last = _cell(start), _cell(end)
    flush = end.text_of("rowOff" if shift.axis == "rows" else "colOff").strip() in ("", "0")
    new_first, new_last, cut_first, cut_last = _ends(first, last, flush, shift, edit_as)
    yield from _moved(start, first, new_first, cut_first, shift)
    yield from _moved(end, last, new_last, cut_last, shift)


def _ends(
    first: tuple[int, int], last: tuple[int, int], flush: bool, shift: Shift, edit_as: str
) -> tuple[tuple[int, int], tuple[int, int], bool, bool]:
    """The corners afterwards, and whether the lines that they stood in are deleted.

    `flush` tells that the shape ends where the line of its last corner begins.
    """
    if not shift.spans(Area(first[0], first[1], max(first[0], last[0]), max(first[1], last[1]))):
        return first, last, False, False
    place = 0 if shift.axis == "rows" else 1
    limit = MAX_ROW if place == 0 else MAX_COLUMN
    start, cut_start = _line(first[place], shift)
    end, cut_end = _line(last[place], shift)
    edge = shift.area.row1 if place == 0 else shift.area.col1
    if shift.inserts and flush and last[place] == edge and first[place] < edge:
        end = last[place]
    if edit_as == "oneCell":
        end, cut_end = last[place] + start - first[place], False
    start, end = min(start, limit), min(end, limit)
    one = (start, first[1]) if place == 0 else (first[0], start)
    two = (end, last[1]) if place == 0 else (last[0], end)
    return one, two, cut_start, cut_end


def _line(number: int, shift: Shift) -> tuple[int, bool]:
    """Where a line goes, or the first one behind it where it is deleted."""
    line = shift.line(number)
    if line is not None:
        return line, False
    return (shift.area.row1 if shift.axis == "rows" else shift.area.col1), True


def _cell(corner: Node) -> tuple[int, int]:
    return int(corner.text_of("row") or 0) + 1, int(corner.text_of("col") or 0) + 1


def _moved(
    corner: Node, old: tuple[int, int], new: tuple[int, int], cut: bool, shift: Shift
) -> Iterator[Edit]:
    for name, before, after in (("row", old[0], new[0]), ("col", old[1], new[1])):
        if before != after:
            yield _say(corner, name, after - 1)
    if cut:
        yield _say(corner, "rowOff" if shift.axis == "rows" else "colOff", 0)


def _say(corner: Node, name: str, number: int) -> Edit:
    node = corner.first(name)
    assert node is not None
    return Edit(node.element.inner, node.element.inner_end, str(number).encode())


# VML --------------------------------------------------------------------------


def vml(data: bytes, shift: Shift) -> bytes:
    """A VML drawing after `shift`; the boxes of notes go with their cells."""
    edits: list[Edit] = []
    for shape in tree(data).children:
        for client in shape.all("ClientData"):
            if client.attributes.get("ObjectType") == "Note":
                place = _note(client)
                after = place and shift.cell(*place)
                if place is not None and after is None:
                    edits.append(Edit(shape.element.start, shape.element.end, b""))
                elif place is not None and after is not None and after != place:
                    edits += _moved_note(client, place, after)
            elif client.first("MoveWithCells") is None:
                edits += _moved_box(client, shift)
    return apply(data, edits)


def _note(client: Node) -> tuple[int, int] | None:
    row, column = client.text_of("Row").strip(), client.text_of("Column").strip()
    return (int(row) + 1, int(column) + 1) if row and column else None


def _moved_note(client: Node, place: tuple[int, int], after: tuple[int, int]) -> Iterator[Edit]:
    down, right = after[0] - place[0], after[1] - place[1]
    for name, number in (("Row", after[0]), ("Column", after[1])):
        yield _say(client, name, number - 1)
    yield from _anchored(client, [right, 0, down, 0, right, 0, down, 0])


def _moved_box(client: Node, shift: Shift) -> Iterator[Edit]:
    """The box of a control; the element MoveWithCells would tell that it stays."""
    numbers = _numbers(client)
    if numbers is None:
        return
    first, last = (numbers[2] + 1, numbers[0] + 1), (numbers[6] + 1, numbers[4] + 1)
    edit_as = "twoCell" if client.first("SizeWithCells") is None else "oneCell"
    one, two, _, _ = _ends(first, last, False, shift, edit_as)
    by = [one[1] - first[1], 0, one[0] - first[0], 0, two[1] - last[1], 0, two[0] - last[0], 0]
    yield from _anchored(client, by)


def _numbers(client: Node) -> list[int] | None:
    pieces = _VML_ANCHOR.split(client.text_of("Anchor").strip())
    numbers = [int(each) for each in pieces if each.lstrip("-").isdigit()]
    return numbers if len(numbers) == 8 else None


def _anchored(client: Node, by: list[int]) -> Iterator[Edit]:
    numbers, node = _numbers(client), client.first("Anchor")
    if numbers is None or node is None or not any(by):
        return
    moved = ", ".join(str(max(number + more, 0)) for number, more in zip(numbers, by, strict=True))
    yield Edit(node.element.inner, node.element.inner_end, moved.encode())
