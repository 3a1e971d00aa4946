"""The AutoFilter of a sheet or a table in its part: criteria read and written column by column.

Source: ECMA-376 part 1, 18.3.1.2 (autoFilter) and 18.3.2.
"""

from __future__ import annotations

from collections.abc import Callable

from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.filtering import (
    Comparison,
    Condition,
    Criterion,
    DateGroup,
    Top,
    Unknown,
    Values,
)
from kam_excel.headless.cells.strings import decode, encode
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.xml.nodes import Node, append, tree
from kam_excel.headless.xml.shell import Shell
from kam_excel.headless.xml.splice import Edit, attribute_text, attributes_markup
from kam_excel.headless.xml.values import is_true

_UNITS = ("year", "month", "day", "hour", "minute", "second")


class FilterXml:
    """The `autoFilter` of a part; `shell` gives the part, `store` is called after a change."""

    def __init__(self, shell: Callable[[], Shell], store: Callable[[], None]) -> None:
        self._get_shell, self._store = shell, store

    @property
    def _shell(self) -> Shell:
        return self._get_shell()

    @property
    def area(self) -> Area | None:
        """The header and the rows that are filtered; None without a filter."""
        element = self._shell.child("autoFilter")
        return parse_area(element.attributes["ref"]) if element else None

    def begin(self, area: Area) -> None:
        """Put an AutoFilter without criteria on an area."""
        self._shell.put("autoFilter", f'<{self._shell.prefix}autoFilter ref="{area}"/>')
        self._store()

    def criteria(self) -> dict[int, Criterion]:
        """What is asked of columns, by their place in the area from 0."""
        return {
            int(column.attributes["colId"]): read(column)
            for column in self._columns(self._element())
            if column.children
        }

    def set(self, column: int, criterion: Criterion | None, limit: float | None = None) -> None:
        """Ask something else of a column, or nothing; `limit` is what a Top comes down to."""
        element = self._element()
        assert element is not None
        p = self._shell.prefix
        inner = "" if criterion is None else markup(criterion, p, limit)
        found = next(
            (
                each
                for each in self._columns(element)
                if each.attributes.get("colId") == str(column)
            ),
            None,
        )
        if found is not None:
            edit = self._replaced(found, inner)
        elif inner:
            made = f'<{p}filterColumn colId="{column}">{inner}</{p}filterColumn>'
            edit = self._inserted(element, column, made)
        else:
            return
        self._shell.edit(edit)
        self._store()

    def _element(self) -> Node | None:
        return tree(self._shell.data).first("autoFilter")

    def _columns(self, element: Node | None) -> list[Node]:
        return [] if element is None else element.all("filterColumn")

    def _replaced(self, old: Node, inner: str) -> Edit:
        others = {name: text for name, text in old.attributes.items() if name != "colId"}
        start, end = old.element.start, old.element.end
        if not inner and not others:
            return Edit(start, end, b"")
        given = attributes_markup(old.attributes)
        p = self._shell.prefix
        made = f"<{p}filterColumn{given}>{inner}</{p}filterColumn>"
        return Edit(start, end, made.encode())

    def _inserted(self, element: Node, column: int, made: str) -> Edit:
        for child in element.children:
            if child.name != "filterColumn" or int(child.attributes["colId"]) > column:
                return Edit(child.element.start, child.element.start, made.encode())
        return append(element, made)


def read(column: Node) -> Criterion:
    """What a `filterColumn` asks for."""
    asked = column.children[0]
    if asked.name == "filters" and "calendarType" not in asked.attributes:
        return Values(
            tuple(_text(each) for each in asked.all("filter")),
            is_true(asked.attributes.get("blank")),
            tuple(_group(each) for each in asked.all("dateGroupItem")),
        )
    if asked.name == "customFilters":
        conditions = tuple(
            Condition(each.attributes.get("operator", "equal"), _text(each))
            for each in asked.all("customFilter")
        )
        return Comparison(conditions, is_true(asked.attributes.get("and")))
    if asked.name == "top10":
        given = asked.attributes
        percent, largest = is_true(given.get("percent")), is_true(given.get("top", "1"))
        return Top(float(given.get("val", 10)), percent, largest)
    return Unknown(asked.name)


def _text(node: Node) -> str:
    return decode(node.attributes.get("val", ""))


def _group(node: Node) -> DateGroup:
    given = [node.attributes[unit] for unit in _UNITS if unit in node.attributes]
    return DateGroup(tuple(map(int, given)))


def markup(criterion: Criterion, p: str, limit: float | None = None) -> str:
    """The XML of a criterion, inside of its `filterColumn`."""
    if isinstance(criterion, Values):
        blank = ' blank="1"' if criterion.blank else ""
        texts = "".join(f"<{p}filter{_val(text)}/>" for text in criterion.texts)
        groups = "".join(_group_markup(each, p) for each in criterion.dates)
        return f"<{p}filters{blank}>{texts}{groups}</{p}filters>"
    if isinstance(criterion, Comparison):
        both = ' and="1"' if criterion.both else ""
        conditions = "".join(_condition_markup(each, p) for each in criterion.conditions)
        return f"<{p}customFilters{both}>{conditions}</{p}customFilters>"
    if isinstance(criterion, Top):
        given = "" if criterion.largest else ' top="0"'
        given += ' percent="1"' if criterion.percent else ""
        reached = "" if limit is None else f' filterVal="{number_text(limit)}"'
        return f'<{p}top10{given} val="{number_text(criterion.count)}"{reached}/>'
    raise ValueError(f"a filter of the kind {criterion.name} is not written")


def _condition_markup(condition: Condition, p: str) -> str:
    operator = condition.operator
    given = "" if operator == "equal" else f' operator="{operator}"'
    return f"<{p}customFilter{given}{_val(condition.text)}/>"


def _group_markup(group: DateGroup, p: str) -> str:
    given = "".join(
        f' {unit}="{number}"' for unit, number in zip(_UNITS, group.parts, strict=False)
    )
    return f'<{p}dateGroupItem{given} dateTimeGrouping="{_UNITS[len(group.parts) - 1]}"/>'


def _val(text: str) -> str:
    return f' val="{attribute_text(encode(text))}"'
