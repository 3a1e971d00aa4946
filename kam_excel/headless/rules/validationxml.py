"""The data validations of one sheet in its XML: found, put, trimmed, deleted.

They stand in `dataValidations`, those that name other sheets often in an extension.
Source: ECMA-376 part 1, 18.3.1.32 (dataValidation); [MS-XLSX] 2.6 (x14:dataValidation).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import (
    Areas,
    areas_text,
    corner,
    touch,
    within,
    without,
)
from kam_excel.headless.references.filling import shift
from kam_excel.headless.rules.outline import EXTENSIONS, VALIDATIONS, Outline
from kam_excel.headless.rules.scopes import areas_of, rescoped
from kam_excel.headless.xml.nodes import Node, append, removals
from kam_excel.headless.xml.splice import Edit, attributes_markup, set_attribute

_ITEM = "dataValidation"
_EXTENDED = (EXTENSIONS, "ext", VALIDATIONS)
_CONTAINERS = frozenset([VALIDATIONS, "ext", EXTENSIONS])
_FORMULAS = ("formula1", "formula2")
# What a validation says, in the order in which Excel writes it; with what it takes for granted.
_DEFAULTS = {
    "type": "none",
    "errorStyle": "stop",
    "imeMode": "noControl",
    "operator": "between",
    "allowBlank": "0",
    "showDropDown": "0",
    "showInputMessage": "0",
    "showErrorMessage": "0",
    "errorTitle": "",
    "error": "",
    "promptTitle": "",
    "prompt": "",
}
_BOOLEANS = {"true": "1", "false": "0"}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What cells may hold, and what Excel says about it: attributes as in the file.

    `formulas` have no equals signs and are seen from the first cell of where they apply.
    """

    attributes: dict[str, str] = field(default_factory=dict)
    formulas: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, _DEFAULTS[name])

    def with_(self, formulas: Iterable[str], **attributes: str) -> Criteria:
        """The criteria with other formulas and some other attributes."""
        merged = self.attributes | attributes
        given = {name: merged[name] for name in _DEFAULTS if name in merged}
        said = {name: value for name, value in given.items() if value != _DEFAULTS[name]}
        return Criteria(said, tuple(formulas))

    def markup(self, area: Area, prefix: str) -> str:
        """The element for an area."""
        given = self.attributes | {"sqref": areas_text([area])}
        text = attributes_markup(given)
        formulas = "".join(
            f"<{prefix}{name}>{escape(formula)}</{prefix}{name}>"
            for name, formula in zip(_FORMULAS, self.formulas, strict=False)
        )
        return f"<{prefix}{_ITEM}{text}>{formulas}</{prefix}{_ITEM}>"


class SheetValidations:
    """The validations of a sheet."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    def _touching(self, area: Area) -> list[Node]:
        return [node for node in _nodes(self._outline.root) if touch(areas_of(node), area)]

    def criteria(self, area: Area) -> tuple[list[Criteria], bool]:
        """The different criteria in an area, seen from its first cell; whether all cells have any.

        No criteria at all is ([], False).
        """
        found: list[Criteria] = []
        rest: Areas = (area,)
        for node in self._touching(area):
            each = _criteria(node, (area.row1, area.col1))
            if each not in found:
                found.append(each)
            for taken in areas_of(node):
                rest = without(rest, taken)
        return found, bool(found) and not rest

    def within(self, area: Area) -> list[tuple[Area, Criteria]]:
        """The criteria in an area with the cells that have them, seen from the first of each."""
        return [
            (cut, _criteria(node, (cut.row1, cut.col1)))
            for node in self._touching(area)
            for cut in within(areas_of(node), area)
        ]

    def put(self, area: Area, criteria: Criteria) -> None:
        """Give the cells of an area these criteria alone; nothing happens where they have them."""
        if self.criteria(area) == ([criteria], True):
            return
        outline, touched = self._outline, self._touching(area)
        markup = criteria.markup(area, outline.prefix)
        only = touched[0] if len(touched) == 1 else None
        if only is not None and areas_of(only) == (area,) and only in _plain(outline.root):
            outline.edit(Edit(only.element.start, only.element.end, markup.encode()))
            return
        self.delete(area)
        outline.edit(self._insertion(area, markup))
        self._count()

    def _insertion(self, area: Area, markup: str) -> Edit:
        """Put an element at a place that follows from its area, not from when it is put."""
        outline = self._outline
        list_, tag = outline.root.first(VALIDATIONS), f"{outline.prefix}{VALIDATIONS}"
        if list_ is None:
            return outline.place(VALIDATIONS, f"<{tag}>{markup}</{tag}>")
        before = [node for node in list_.all(_ITEM) if _begins(node) <= (area.row1, area.col1)]
        if list_.element.empty:
            return append(list_, markup)
        place = before[-1].element.end if before else list_.element.inner
        return Edit(place, place, markup.encode())

    def delete(self, area: Area) -> None:
        """Take the criteria off an area: those that reach beyond it go on there."""
        doomed: list[Node] = []
        edits: list[Edit] = []
        for node in self._touching(area):
            rest = without(areas_of(node), area)
            if rest:
                edits += rescoped(node, rest, _formula_nodes(node))
            else:
                doomed.append(node)
        edits += removals(self._outline.root, doomed, _CONTAINERS)
        self._outline.edit(*edits)
        self._count()

    def _count(self) -> None:
        """Let the lists say how many elements they have."""
        root = self._outline.root
        edits = []
        for each in (*root.all(VALIDATIONS), *root.all(*_EXTENDED)):
            count = str(len(each.all(_ITEM)))
            if each.attributes.get("count") != count:
                edits.append(set_attribute(each.data, each.element, "count", count))
        self._outline.edit(*edits)


def _begins(node: Node) -> tuple[int, int]:
    areas = areas_of(node)
    return corner(areas) if areas else (0, 0)


def _plain(root: Node) -> list[Node]:
    return root.all(VALIDATIONS, _ITEM)


def _nodes(root: Node) -> list[Node]:
    return [*_plain(root), *root.all(*_EXTENDED, _ITEM)]


def _formula_nodes(node: Node) -> list[Node]:
    """What holds the formulas; in the extension an element inside."""
    found = [each for name in _FORMULAS for each in node.all(name)]
    return [each.first("f") or each for each in found]


def _criteria(node: Node, seen_from: tuple[int, int]) -> Criteria:
    row, column = corner(areas_of(node))
    formulas = [
        shift(each.text, seen_from[0] - row, seen_from[1] - column) for each in _formula_nodes(node)
    ]
    attributes = {
        name: _BOOLEANS.get(value, value)
        for name, value in node.attributes.items()
        if name in _DEFAULTS
    }
    return Criteria().with_(formulas, **attributes)
