# mypy: allow-subclassing-any
"""Conditional formats as xlwings sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from kam_excel.headless.api.entering import stored_formula, typed_formula
from kam_excel.headless.api.unsupported import explained
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.rules import conditionalmarkup as markup
from kam_excel.headless.rules import words as words
from kam_excel.headless.rules.conditionalmarkup import NewRule, Threshold
from kam_excel.headless.rules.conditionalxml import Key, Rule, SheetRules
from kam_excel.headless.styles import dxfs
from kam_excel.headless.styles.colors import RGB
from kam_excel.headless.xml.nodes import Node
from kam_excel.headless.xml.values import is_true

if TYPE_CHECKING:
    from kam_excel.headless.api.ranges import Range
    from kam_excel.headless.styles.part import Styles

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_WITH_LOOK = ("cell_value", "custom")
_FALSE = ("0", "false")


@explained
class ConditionalFormat(base_classes.ConditionalFormat):
    """A rule, known by its key while others come and go."""

    def __init__(self, rules: SheetRules, styles: Styles, key: Key) -> None:
        self._rules, self._styles, self._key = rules, styles, key

    @property
    def api(self) -> ConditionalFormat:
        return self

    @property
    def _rule(self) -> Rule:
        return self._rules.find(self._key)

    def _attribute(self, name: str) -> str | None:
        return self._rule.node.attributes.get(name)

    @property
    def type(self) -> str:
        return words.TYPES.get(self._attribute("type") or "", "unknown")

    @property
    def stop_if_true(self) -> bool | None:
        if self.type in ("color_scale", "data_bar", "icon_set"):
            return None
        return is_true(self._attribute("stopIfTrue"))

    # comparisons and formulas -----------------------------------------------

    @property
    def operator(self) -> str | None:
        if self.type != "cell_value":
            return None
        return words.OPERATOR_NAMES.get(self._attribute("operator") or "")

    def _formula(self, kind: str, index: int) -> str | None:
        formulas = self._rule.formulas if self.type == kind else []
        return typed_formula(formulas[index]) if len(formulas) > index else None

    @property
    def formula1(self) -> str | None:
        return self._formula("cell_value", 0)

    @property
    def formula2(self) -> str | None:
        return self._formula("cell_value", 1)

    @property
    def formula(self) -> str | None:
        return self._formula("custom", 0)

    # looks ------------------------------------------------------------------

    @property
    def _look(self) -> dxfs.Look:
        rule = self._rule
        if self.type not in _WITH_LOOK:
            return dxfs.Look()
        if dxf := rule.node.first("dxf"):
            return dxfs.read(dxf.copy(), self._styles.colors)
        given = rule.node.attributes.get("dxfId")
        return dxfs.Look() if given is None else self._styles.look(int(given))

    @property
    def fill_color(self) -> RGB | None:
        return self._look.fill_color

    @property
    def font_color(self) -> RGB | None:
        return self._look.font_color

    @property
    def font_bold(self) -> bool | None:
        return self._look.font_bold

    @property
    def font_italic(self) -> bool | None:
        return self._look.font_italic

    # scales, bars and icons -------------------------------------------------

    def _drawn(self, kind: str, tag: str) -> Node | None:
        """The element that says what is drawn; the extension's goes before the sheet's own."""
        rule = self._rule
        if self.type != kind:
            return None
        return (rule.partner or rule.node).first(tag) or rule.node.first(tag)

    @property
    def colors(self) -> tuple[RGB | None, ...] | None:
        scale = self._drawn("color_scale", "colorScale")
        return scale and tuple(map(self._color, scale.all("color")))

    def _color(self, node: Node) -> RGB | None:
        return self._styles.colors.rgb(node.copy())

    @property
    def bar_color(self) -> RGB | None:
        if self.type != "data_bar":
            return None
        node = self._rule.node
        found = node.first("dataBar", "color") or node.first("dataBar", "fillColor")
        return found and self._color(found)

    @property
    def gradient(self) -> bool | None:
        bar = self._drawn("data_bar", "dataBar")
        return bar and bar.attributes.get("gradient") not in _FALSE

    @property
    def show_value(self) -> bool | None:
        drawn = self._drawn("data_bar", "dataBar") or self._icons
        return drawn and drawn.attributes.get("showValue") not in _FALSE

    @property
    def _icons(self) -> Node | None:
        return self._drawn("icon_set", "iconSet")

    @property
    def icon_set(self) -> str | None:
        icons = self._icons
        if icons is None or is_true(icons.attributes.get("custom")):
            return None
        return words.ICON_SET_NAMES.get(icons.attributes.get("iconSet", "3TrafficLights1"))

    @property
    def reverse_order(self) -> bool | None:
        icons = self._icons
        return icons and is_true(icons.attributes.get("reverse"))

    def _thresholds(self) -> list[tuple[str, float | str | None]] | None:
        if icons := self._icons:
            return [_threshold(each) for each in icons.all("cfvo")[1:]]
        drawn = self._drawn("data_bar", "dataBar") or self._drawn("color_scale", "colorScale")
        return drawn and [_threshold(each) for each in drawn.all("cfvo")]

    @property
    def threshold_types(self) -> tuple[str, ...] | None:
        found = self._thresholds()
        return None if found is None else tuple(kind for kind, _ in found)

    @property
    def thresholds(self) -> tuple[float | str | None, ...] | None:
        found = self._thresholds()
        return None if found is None else tuple(value for _, value in found)

    # changes ----------------------------------------------------------------

    def set(self, changes: Mapping[str, Any]) -> None:
        rule, attributes = self._rule, {}
        formulas = rule.formulas
        if operator := changes.get("operator"):
            attributes["operator"] = words.OPERATORS[operator]
        if "stop_if_true" in changes and changes["stop_if_true"] != self.stop_if_true:
            attributes["stopIfTrue"] = str(int(changes["stop_if_true"]))
        for index, name in enumerate(("formula1", "formula2")):
            if name in changes:
                formulas[index:] = [*_operand(changes[name]), *formulas[index + 1 :]]
        if "formula" in changes:
            formulas = [stored_formula(changes["formula"])]
        if look := _look_of(changes):
            base = rule.node.attributes.get("dxfId")
            dxf = self._styles.dxf(None if base is None else int(base), look)
            attributes["dxfId"] = str(dxf)
        self._rules.change(rule, attributes, formulas)

    def delete(self) -> None:
        self._rules.delete(self._rule)


@explained
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that apply to some cell of a range, the first to be evaluated first."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells
        self._rules: SheetRules = cells.sheet.model.rules
        self._styles: Styles = cells.sheet.book.model.styles

    @property
    def api(self) -> ConditionalFormats:
        return self

    @property
    def parent(self) -> Range:
        return self._cells

    def _all(self) -> list[ConditionalFormat]:
        found = self._rules.touching(self._cells.area) if self._cells else []
        return [ConditionalFormat(self._rules, self._styles, rule.key) for rule in found]

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, key: int) -> ConditionalFormat:
        found = self._all()
        if not isinstance(key, int) or not 1 <= key <= len(found):
            raise KeyError(key)
        return found[key - 1]

    def _add(self, rule: NewRule) -> ConditionalFormat:
        key = self._rules.add(self._cells.area, rule)
        return ConditionalFormat(self._rules, self._styles, key)

    def _dxf(self, spec: Mapping[str, Any]) -> int | None:
        look = _look_of(spec)
        return self._styles.dxf(None, look) if look else None

    def add_cell_value(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        operands = [*_operand(spec["formula1"]), *_operand(spec["formula2"])]
        operator, stop = words.OPERATORS[spec["operator"]], spec["stop_if_true"]
        return self._add(markup.cell_value(operator, operands, self._dxf(spec), stop))

    def add_custom(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        formula, stop = stored_formula(spec["formula"]), spec["stop_if_true"]
        return self._add(markup.custom(formula, self._dxf(spec), stop))

    def add_color_scale(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        return self._add(markup.color_scale(spec["colors"], _given_thresholds(spec)))

    def add_data_bar(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        (low, least), (high, greatest) = zip(
            spec["threshold_types"], spec["thresholds"], strict=True
        )
        rule = markup.data_bar(
            spec["bar_color"],
            ("autoMin", None) if low == "automatic" else (words.THRESHOLDS[low], least),
            ("autoMax", None) if high == "automatic" else (words.THRESHOLDS[high], greatest),
            gradient=spec["gradient"],
            show_value=spec["show_value"],
        )
        return self._add(rule)

    def add_icon_set(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        name = words.ICON_SETS[spec["icon_set"]]
        rule = markup.icon_set(
            name,
            _given_thresholds(spec),
            show_value=spec["show_value"],
            reverse=spec["reverse_order"],
            extended=name in words.EXTENDED_ICON_SETS,
        )
        return self._add(rule)

    def clear(self) -> None:
        if self._cells:
            self._rules.clear(self._cells.area)


def _look_of(spec: Mapping[str, Any]) -> dict[str, Any]:
    names = dxfs.Look.__dataclass_fields__
    return {name: value for name, value in spec.items() if name in names}


def _operand(value: str | None) -> list[str]:
    """What is compared with, as the file writes it: a text that is no number is quoted."""
    if value is None:
        return []
    if value.startswith("="):
        return [stored_formula(value)]
    if _NUMBER.fullmatch(value):
        return [number_text(float(value))]
    if value.upper() in ("TRUE", "FALSE"):
        return [value.upper()]
    quoted = value.replace('"', '""')
    return [f'"{quoted}"']


def _given_thresholds(spec: Mapping[str, Any]) -> list[Threshold]:
    kinds = (words.THRESHOLDS[kind] for kind in spec["threshold_types"])
    return list(zip(kinds, spec["thresholds"], strict=True))


def _threshold(cfvo: Node) -> tuple[str, float | str | None]:
    """A threshold as xlwings names it; least, greatest and automatic ones have no value."""
    kind = words.THRESHOLD_NAMES.get(cfvo.attributes.get("type", ""), "unknown")
    text = cfvo.attributes.get("val") or cfvo.text_of("f")
    if kind in ("automatic", "lowest_value", "highest_value", "unknown") or not text:
        return kind, None
    try:
        return kind, float(text)
    except ValueError:
        return kind, f"={text}"
