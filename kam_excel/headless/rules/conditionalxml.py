"""The conditional formats of one sheet in its XML: found, added, changed, trimmed, deleted.

Rules stand in `conditionalFormatting` elements, those that Excel 2007 does not know in an
extension. A data bar stands in both: its rule names the extension's rule by id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import (
    Areas,
    areas_text,
    moved,
    touch,
    within,
    without,
)
from kam_excel.headless.rules.conditionalmarkup import NewRule, formulas_markup
from kam_excel.headless.rules.outline import EXTENSIONS, RULES, Outline
from kam_excel.headless.rules.scopes import X14, XM, areas_of, in_extension, rescoped
from kam_excel.headless.xml.nodes import Node, removals
from kam_excel.headless.xml.splice import Edit, apply, delete, set_attribute

EXTENSION = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
_EXTENDED = (EXTENSIONS, "ext", "conditionalFormattings", RULES)
_CONTAINERS = frozenset([RULES, "conditionalFormattings", "ext", EXTENSIONS])


class Key:
    """What a rule is known by while others come and go."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the XML has it now; `partner` is its other half in the extension.

    `extended` tells that the rule stands in the extension alone.
    """

    key: Key
    node: Node
    block: Node
    partner: Node | None
    extended: bool

    @property
    def areas(self) -> Areas:
        """The cells that the rule applies to."""
        return areas_of(self.block)

    @property
    def priority(self) -> int:
        """The smaller, the earlier."""
        return _priority(self.node)

    @property
    def formulas(self) -> list[str]:
        """The formulas, without equals signs."""
        return [each.text for each in self.node.all("f" if self.extended else "formula")]


class SheetRules:
    """The rules of a sheet."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._keys: list[Key] = []

    def rules(self) -> list[Rule]:
        """Every rule, in the order of the XML: those of the extension come last."""
        found = list(_pairs(self._outline.root))
        if len(found) != len(self._keys):
            self._keys = [Key() for _ in found]
        return [Rule(key, *each) for key, each in zip(self._keys, found, strict=True)]

    def touching(self, area: Area) -> list[Rule]:
        """The rules that apply to some cell of an area, the first to be evaluated first."""
        found = (rule for rule in self.rules() if touch(rule.areas, area))
        return sorted(found, key=lambda rule: rule.priority)

    def find(self, key: Key) -> Rule:
        """The rule known by `key`; raises KeyError once it is deleted."""
        for rule in self.rules():
            if rule.key is key:
                return rule
        raise KeyError("the conditional format was deleted")

    def add(self, area: Area, rule: NewRule) -> Key:
        """Add a rule that is evaluated before all others."""
        place = sum(not each.extended for each in self.rules())
        outline, key, sqref = self._outline, Key(), areas_text([area])
        priority, edits = self._make_room()
        if rule.extension:
            rule = rule.identified(sqref, _ids(outline.root))
        if rule.main:
            tag = f"{outline.prefix}{RULES}"
            inside = rule.main_markup(priority, outline.prefix)
            edits.append(outline.place(RULES, f'<{tag} sqref="{sqref}">{inside}</{tag}>'))
        if rule.extension:
            markup = _extension_block(rule.extension_markup(priority), sqref)
            edits.append(in_extension(outline, EXTENSION, "conditionalFormattings", markup))
        outline.edit(*edits)
        self._keys.insert(place if rule.main else len(self._keys), key)
        return key

    def _make_room(self) -> tuple[int, list[Edit]]:
        """The first priority, and what makes it free: no more rules become later than have to."""
        nodes = list(_rule_nodes(self._outline.root))
        taken = sorted({_priority(node) for node in nodes if "priority" in node.attributes})
        if not taken or taken[0] > 1:
            return taken[0] - 1 if taken else 1, []
        moved, free = {}, 2
        for priority in taken:
            if priority >= free:
                break
            moved[priority], free = str(free), free + 1
        edits = [
            set_attribute(node.data, node.element, "priority", moved[_priority(node)])
            for node in nodes
            if "priority" in node.attributes and _priority(node) in moved
        ]
        return 1, edits

    def change(self, rule: Rule, attributes: dict[str, str], formulas: list[str]) -> None:
        """Give a rule other attributes and formulas; nothing happens where it has them.

        Raises NotImplementedError for a rule of the extension.
        """
        if rule.extended:
            raise NotImplementedError(
                "a rule that Excel 2007 does not know is not changed: delete it and add another"
            )
        element, data = rule.node.element, rule.node.data
        edits = [
            set_attribute(data, element, name, value)
            for name, value in attributes.items()
            if element.attributes.get(name) != value
        ]
        if formulas != rule.formulas:
            old = rule.node.all("formula")
            markup = formulas_markup(formulas, element.prefix).encode()
            edits.append(Edit(old[0].element.start, old[-1].element.end, markup))
        self._outline.edit(*edits)

    def delete(self, rule: Rule) -> None:
        """Take a rule out, wherever it applies."""
        doomed = [rule.node] + ([rule.partner] if rule.partner else [])
        self._remove(doomed)

    def clear(self, area: Area) -> None:
        """Take rules off an area: those that reach beyond it go on there."""
        root = self._outline.root
        doomed: list[Node] = []
        edits: list[Edit] = []
        for block in (*root.all(RULES), *root.all(*_EXTENDED)):
            areas = areas_of(block)
            rest = without(areas, area)
            if areas and not rest:
                doomed += block.all("cfRule")
            elif rest != areas:
                edits += rescoped(block, rest, _formula_nodes(block))
        self._remove(doomed, edits)

    def spread(self, area: Area, rows: int, columns: int) -> None:
        """Copy the rules of an area to cells so far away, in place of the rules there."""
        root, target = self._outline.root, moved(area, rows, columns)
        doomed: list[Node] = []
        edits: list[Edit] = []
        for block in (*root.all(RULES), *root.all(*_EXTENDED)):
            areas = areas_of(block)
            copies = tuple(moved(cut, rows, columns) for cut in within(areas, area))
            after = (*without(areas, target), *copies)
            if areas and not after:
                doomed += block.all("cfRule")
            elif after != areas:
                edits += rescoped(block, after, _formula_nodes(block))
        self._remove(doomed, edits)

    def take(self, other: SheetRules, area: Area, rows: int, columns: int) -> None:
        """Copy the rules of an area of another sheet; what only its extension says is left."""
        self.clear(moved(area, rows, columns))
        blocks = (block for block in other._outline.root.all(RULES))
        for block in blocks:
            areas = areas_of(block)
            copies = tuple(moved(cut, rows, columns) for cut in within(areas, area))
            if copies:
                markup = _transferred(block, copies, self._outline.prefix)
                self._outline.edit(self._outline.place(RULES, markup))

    def _remove(self, doomed: list[Node], edits: Iterable[Edit] = ()) -> None:
        self._keys = [rule.key for rule in self.rules() if rule.node not in doomed]
        self._outline.edit(*edits, *removals(self._outline.root, doomed, _CONTAINERS))


def _transferred(block: Node, areas: Areas, prefix: str) -> str:
    """The markup of a block for cells of another sheet, whose elements have `prefix`."""
    start = block.element.start
    edits = list(rescoped(block, areas, _formula_nodes(block)))
    edits += [delete(each.element) for rule in block.all("cfRule") for each in rule.all("extLst")]
    relative = [Edit(each.start - start, each.end - start, each.data) for each in edits]
    text = apply(block.data[start : block.element.end], relative).decode()
    return re.sub(rf"<(/?){re.escape(block.element.prefix)}(?=\w)", rf"<\1{prefix}", text)


def _pairs(root: Node) -> Iterator[tuple[Node, Node, Node | None, bool]]:
    """(rule, its block, its partner, whether it stands in the extension alone) of each rule."""
    extended = [(node, block) for block in root.all(*_EXTENDED) for node in block.all("cfRule")]
    partners = {node.attributes.get("id"): node for node, _ in extended}
    paired = set()
    for block in root.all(RULES):
        for node in block.all("cfRule"):
            partner = partners.get(node.text_of("extLst", "ext", "id").strip())
            paired.add(partner)
            yield node, block, partner, False
    for node, block in extended:
        if node not in paired:
            yield node, block, None, True


def _rule_nodes(root: Node) -> Iterator[Node]:
    for block in (*root.all(RULES), *root.all(*_EXTENDED)):
        yield from block.all("cfRule")


def _formula_nodes(block: Node) -> list[Node]:
    rules = block.all("cfRule")
    return [formula for rule in rules for name in ("formula", "f") for formula in rule.all(name)]


def _priority(node: Node) -> int:
    return int(node.attributes.get("priority", "0"))


def _ids(root: Node) -> set[str]:
    return {node.attributes.get("id", "") for node in _rule_nodes(root)}


def _extension_block(rule: str, sqref: str) -> str:
    namespaces = f'xmlns:x14="{X14}" xmlns:xm="{XM}"'
    end = f"<xm:sqref>{escape(sqref)}</xm:sqref></x14:{RULES}>"
    return f"<x14:{RULES} {namespaces}>{rule}{end}"
