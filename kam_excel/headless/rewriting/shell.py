"""What stands around the rows of a sheet and names its cells, as cells make room or close up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from kam_excel.headless.references.addressing import Area, area_or_none
from kam_excel.headless.references.areas import Areas, areas_text
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting import anchors
from kam_excel.headless.rewriting.rows import Origin
from kam_excel.headless.rewriting.scoped import scoped
from kam_excel.headless.rules.scopes import areas_of
from kam_excel.headless.xml.nodes import Node, removals, tree
from kam_excel.headless.xml.splice import Edit, apply, attributes_markup, set_attribute
from kam_excel.headless.xml.values import is_true

# (element, attribute) of one area; an element that loses it goes.
_AREAS = {
    "mergeCell": "ref",
    "hyperlink": "ref",
    "cellWatch": "r",
    "inputCells": "r",
    "cellSmartTags": "r",
    "sortCondition": "ref",
}
_LISTS = ("ignoredError", "protectedRange", "sparkline")
_RULES = ("conditionalFormatting", "dataValidation")
_FORMULAS = ("formula", "formula1", "formula2", "f")
# Elements that go with the last of what they hold.
_CONTAINERS = frozenset(
    "mergeCells hyperlinks cellWatches ignoredErrors protectedRanges conditionalFormattings "
    "dataValidations sparklines sparklineGroup sparklineGroups ext extLst sortState rowBreaks "
    "colBreaks".split()
)
_Span = tuple[int, int, dict[str, str]]
_COUNTED = ("mergeCells", "dataValidations", "rowBreaks", "colBreaks")


def shifted(data: bytes, shift: Shift, origin: Origin, change: Callable[[str], str]) -> bytes:
    """The part around the rows after `shift`; `change` is what becomes of formulas."""
    root = tree(data)
    walker = Walker(shift, change)
    walker.visit(root)
    edits = [*walker.edits, *_columns(root, shift, origin)]
    edits += removals(root, walker.doomed, _CONTAINERS)
    return _counted(apply(data, edits))


class Walker:
    """Collects edits, and elements that go, while it walks."""

    def __init__(self, shift: Shift, change: Callable[[str], str]) -> None:
        self.shift, self.change = shift, change
        self.edits: list[Edit] = []
        self.doomed: list[Node] = []

    def visit(self, node: Node) -> None:
        """Take the edits of everything below an element."""
        for child in node.children:
            handle = _HANDLERS.get(child.name, Walker.visit)
            handle(self, child)

    def _area(self, node: Node) -> None:
        attribute = _AREAS[node.name]
        area = area_or_none(node.attributes.get(attribute, ""))
        if area is None:
            return
        after = self.shift.follow(area)
        single = after is not None and after.height == after.width == 1
        if after is None or (node.name == "mergeCell" and single):
            self.doomed.append(node)
        elif after != area:
            self._set(node, attribute, str(after))

    def _dimension(self, node: Node) -> None:
        area = area_or_none(node.attributes.get("ref", ""))
        if area is not None:
            self._set(node, "ref", str(self.shift.follow(area) or "A1"))

    def _list(self, node: Node) -> None:
        old = areas_of(node)
        after = _followed(old, self.shift)
        if old and not after:
            self.doomed.append(node)
            return
        if after != old:
            self._set_areas(node, after)
        self.visit(node)

    def _group(self, node: Node) -> None:
        """Sparklines, whose group goes with the last of them."""
        members = node.all("sparklines", "sparkline")
        if members and not any(_followed(areas_of(each), self.shift) for each in members):
            self.doomed.append(node)
        else:
            self.visit(node)

    def _formula(self, node: Node) -> None:
        self._say(node, self.change(node.text))

    def _say(self, node: Node, text: str) -> None:
        if text != node.text:
            element = node.element
            self.edits.append(Edit(element.inner, element.inner_end, escape(text).encode()))

    def _rule(self, node: Node) -> None:
        old = areas_of(node)
        after = _followed(old, self.shift)
        if not old:
            return
        if not after:
            self.doomed.append(node)
            return
        if after != old:
            self._set_areas(node, after)
        for formula in _formulas(node):
            self._say(formula, scoped(formula.text, old, after, self.shift.cell, self.change))

    def _filter(self, node: Node) -> None:
        """A filter or the state of a sort; the columns of a filter are counted from its first."""
        area = area_or_none(node.attributes.get("ref", ""))
        after = area and self.shift.follow(area)
        if area is None or after is None:
            self.doomed += [node] if area is not None else []
            return
        if after != area:
            self._set(node, "ref", str(after))
        for column in node.all("filterColumn"):
            number = int(column.attributes.get("colId", "0"))
            place = self.shift.cell(area.row1, area.col1 + number)
            if place is None:
                self.doomed.append(column)
            elif place[1] - after.col1 != number:
                self._set(column, "colId", str(place[1] - after.col1))
        self.visit(node)

    def _breaks(self, node: Node) -> None:
        """Page breaks stand behind the row or column that they name."""
        axis = "rows" if node.name == "rowBreaks" else "columns"
        if axis != self.shift.axis or not self.shift.is_whole:
            return
        for child in node.all("brk"):
            number = int(child.attributes.get("id", "0"))
            line = self.shift.line(number + 1)
            if line is None or line < 2:
                self.doomed.append(child)
            elif line - 1 != number:
                self._set(child, "id", str(line - 1))

    def _anchor(self, node: Node) -> None:
        self.edits += anchors.control(node, self.shift)

    def _set(self, node: Node, name: str, value: str) -> None:
        if node.attributes.get(name) != value:
            self.edits.append(set_attribute(node.data, node.element, name, value))

    def _set_areas(self, node: Node, areas: Areas) -> None:
        text = areas_text(areas)
        inside = node.first("sqref")
        if inside is None:
            self._set(node, "sqref", text)
        else:
            element = inside.element
            self.edits.append(Edit(element.inner, element.inner_end, text.encode()))


_HANDLERS: dict[str, Callable[[Walker, Node], None]] = {
    **dict.fromkeys(_RULES, Walker._rule),
    **dict.fromkeys(_LISTS, Walker._list),
    **dict.fromkeys(_AREAS, Walker._area),
    **dict.fromkeys(_FORMULAS, Walker._formula),
    **dict.fromkeys(("autoFilter", "sortState"), Walker._filter),
    **dict.fromkeys(("rowBreaks", "colBreaks"), Walker._breaks),
    "dimension": Walker._dimension,
    "anchor": Walker._anchor,
    "sparklineGroup": Walker._group,
}


def _followed(areas: Areas, shift: Shift) -> Areas:
    return tuple(piece for area in areas for piece in shift.pieces(area))


def _formulas(node: Node) -> Iterator[Node]:
    """The formulas of a rule, also those inside of extended ones."""
    for child in node.children:
        if child.name in _FORMULAS and not child.children:
            yield child
        elif child.name != "extLst":
            yield from _formulas(child)


def _counted(data: bytes) -> bytes:
    """Lists that say how many they have, saying it right."""
    edits: list[Edit] = []
    for node in _lists(tree(data)):
        manual = sum(is_true(each.attributes.get("man")) for each in node.children)
        for name, count in (("count", len(node.children)), ("manualBreakCount", manual)):
            if node.attributes.get(name, str(count)) != str(count):
                edits.append(set_attribute(node.data, node.element, name, str(count)))
    return apply(data, edits)


def _lists(root: Node) -> Iterable[Node]:
    for name in _COUNTED:
        yield from root.all(name)
        yield from root.all("extLst", "ext", name)


# columns ----------------------------------------------------------------------


def _columns(root: Node, shift: Shift, origin: Origin) -> list[Edit]:
    """The widths and formats of columns, which move with whole columns."""
    list_ = root.first("cols")
    if list_ is None or shift.axis != "columns" or not shift.is_whole:
        return []
    first = shift.area.col1
    wanted = first - (origin == "before")
    spans: list[_Span] = []
    for node in list_.all("col"):
        given = dict(node.attributes)
        low, high = int(given.pop("min")), int(given.pop("max"))
        area = shift.follow(Area(1, low, shift.area.row2, high))
        if area is not None:
            spans += _around((area.col1, area.col2, given), shift)
        if shift.inserts and low <= wanted <= high:
            spans.append((first, shift.area.col2, _inherited(given, low < first <= high)))
    p, element = list_.element.prefix, list_.element
    cols = "".join(_column(p, span) for span in sorted(spans, key=lambda span: span[0]))
    markup = f"<{p}cols>{cols}</{p}cols>" if cols else ""
    return [Edit(element.start, element.end, markup.encode())]


def _around(span: _Span, shift: Shift) -> list[_Span]:
    """The columns that moved, without those inserted among them."""
    if not shift.inserts:
        return [span]
    low, high, given = span
    before = low, min(high, shift.area.col1 - 1), given
    behind = max(low, shift.area.col2 + 1), high, given
    return [each for each in (before, behind) if each[0] <= each[1]]


def _inherited(given: dict[str, str], is_amid: bool) -> dict[str, str]:
    """What inserted columns take from their neighbour: shown, and grouped where it goes on."""
    left = {"hidden", "collapsed"} if is_amid else {"hidden", "collapsed", "outlineLevel"}
    return {name: value for name, value in given.items() if name not in left}


def _column(prefix: str, span: _Span) -> str:
    low, high, given = span
    return f'<{prefix}col min="{low}" max="{high}"{attributes_markup(given)}/>'
