"""The sparklines of one sheet in its XML: added, trimmed, deleted.

They stand in groups, in an extension that Excel 2007 does not know. Each draws cells of some
sheet, which it names. Source: [MS-XLSX], CT_SparklineGroup.
"""

from __future__ import annotations

from typing import Literal
from xml.sax.saxutils import escape

from kam_excel.headless.references.addressing import Area, quote_sheet
from kam_excel.headless.references.areas import areas_text, moved, touch
from kam_excel.headless.references.filling import shift
from kam_excel.headless.rules.outline import EXTENSIONS, VALIDATIONS, Outline
from kam_excel.headless.rules.scopes import X14, XM, areas_of, in_extension
from kam_excel.headless.styles.colors import RGB, to_hex
from kam_excel.headless.xml.nodes import Node, append, removals
from kam_excel.headless.xml.splice import Edit, apply

Kind = Literal["line", "column"]

EXTENSION = "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
_LIST, _GROUP = "sparklineGroups", "sparklineGroup"
_LISTS = (EXTENSIONS, "ext", _LIST)
_SPARKLINES = ("sparklines", "sparkline")
_CONTAINERS = frozenset([_LIST, "ext", EXTENSIONS])
_EARLIER = ("conditionalFormattings", VALIDATIONS)
# A line takes no type: it is what Excel draws when nothing is said.
_TYPES: dict[Kind, str] = {"line": "", "column": ' type="column"'}
# What Excel gives to points that stand out, though it marks none before it is told to.
_POINTS = (
    '<x14:colorNegative theme="5"/><x14:colorAxis rgb="FF000000"/>'
    '<x14:colorMarkers theme="4" tint="-0.499984740745262"/>'
    '<x14:colorFirst theme="4" tint="0.39997558519241921"/>'
    '<x14:colorLast theme="4" tint="0.39997558519241921"/>'
    '<x14:colorHigh theme="4"/><x14:colorLow theme="4"/>'
)


class SheetSparklines:
    """The sparklines of a sheet."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    def add(self, cells: Area, source: Area, sheet: str, kind: Kind, color: RGB) -> None:
        """Let each cell of the column `cells` draw the same row of `source`, cells of `sheet`.

        Sparklines that are in `cells` are replaced.
        """
        self.clear(cells)
        self._outline.edit(self._insertion(cells, _markup(cells, source, sheet, kind, color)))

    def clear(self, area: Area) -> None:
        """Take the sparklines out of an area; others of their groups go on."""
        doomed: list[Node] = []
        for group in self._groups():
            members = group.all(*_SPARKLINES)
            touched = [each for each in members if touch(areas_of(each), area)]
            doomed += [group] if touched and touched == members else touched
        self._outline.edit(*removals(self._outline.root, doomed, _CONTAINERS))

    def spread(self, area: Area, rows: int, columns: int, copied: bool) -> None:
        """Let cells so far away have the sparklines of an area, in place of theirs.

        Copied ones draw cells as far away as the formulas of copied cells would mean.
        """
        target = moved(area, rows, columns)
        doomed: list[Node] = []
        edits: list[Edit] = []
        for group in self._groups():
            members = group.all(*_SPARKLINES)
            gone = [each for each in members if touch(areas_of(each), target)]
            found = [each for each in members if touch(areas_of(each), area)]
            copies = [_copy(each, rows, columns, copied) for each in found]
            doomed += [group] if gone and gone == members and not copies else gone
            if copies:
                edits.append(_at(members[-1].element.end, "".join(copies)))
        self._outline.edit(*edits, *removals(self._outline.root, doomed, _CONTAINERS))

    def _groups(self) -> list[Node]:
        return self._outline.root.all(*_LISTS, _GROUP)

    def _insertion(self, cells: Area, markup: str) -> Edit:
        """Put a group at a place that follows from its cells, not from when it is put."""
        before = [each for each in self._groups() if _begins(each) <= (cells.row1, cells.col1)]
        if before:
            return _at(before[-1].element.end, markup)
        list_ = self._outline.root.first(*_LISTS)
        if list_ is None:
            return self._extension(markup)
        return append(list_, markup) if list_.element.empty else _at(list_.element.inner, markup)

    def _extension(self, markup: str) -> Edit:
        """Put the extension where Excel does: behind those of rules and validations."""
        edit = in_extension(self._outline, EXTENSION, _LIST, markup)
        extensions = self._outline.root.all(EXTENSIONS, "ext")
        earlier = [each for each in extensions if any(map(each.first, _EARLIER))]
        if not earlier:
            return edit
        place = earlier[-1].element.end
        return edit._replace(start=place, end=place)


def _copy(sparkline: Node, rows: int, columns: int, copied: bool) -> str:
    """The markup of a sparkline for another cell."""
    start, edits = sparkline.element.start, []
    for node in sparkline.children:
        if node.name == "sqref":
            text = areas_text(moved(each, rows, columns) for each in areas_of(sparkline))
        else:
            text = shift(node.text, rows, columns) if copied else node.text
        inside = node.element.inner - start, node.element.inner_end - start
        edits.append(Edit(*inside, escape(text).encode()))
    return apply(sparkline.data[start : sparkline.element.end], edits).decode()


def _at(place: int, markup: str) -> Edit:
    return Edit(place, place, markup.encode())


def _begins(group: Node) -> tuple[int, int]:
    """The first cell of a group, row by row; (0, 0) where none can be read."""
    areas = (area for each in group.all(*_SPARKLINES) for area in areas_of(each))
    return min(((area.row1, area.col1) for area in areas), default=(0, 0))


def _markup(cells: Area, source: Area, sheet: str, kind: Kind, color: RGB) -> str:
    owner = escape(quote_sheet(sheet))
    sparklines = "".join(
        f"<x14:sparkline><xm:f>{owner}!{drawn}</xm:f><xm:sqref>{cell}</xm:sqref></x14:sparkline>"
        for cell, drawn in zip(_rows(cells), _rows(source), strict=True)
    )
    return (
        f'<x14:{_GROUP} xmlns:x14="{X14}" xmlns:xm="{XM}"{_TYPES[kind]} '
        f'displayEmptyCellsAs="gap"><x14:colorSeries rgb="{to_hex(color)}"/>{_POINTS}'
        f"<x14:sparklines>{sparklines}</x14:sparklines></x14:{_GROUP}>"
    )


def _rows(area: Area) -> list[Area]:
    return [Area(row, area.col1, row, area.col2) for row in area.rows]
