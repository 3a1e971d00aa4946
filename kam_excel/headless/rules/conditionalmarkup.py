"""New conditional formats as XML, with the extension that Excel 2010 brought for some.

Sources: ECMA-376 part 1, 18.3.1 (cfRule, colorScale, dataBar, iconSet, cfvo); [MS-XLSX] 2.6
(x14:cfRule, x14:dataBar, x14:iconSet).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.rules.scopes import X14
from kam_excel.headless.styles.colors import RGB, to_hex

_ID_EXTENSION = "{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"
_NEGATIVE, _AXIS = (255, 0, 0), (0, 0, 0)
Threshold = tuple[str, float | None]
"""The type of a threshold as the file writes it ("num", "autoMin"), and its value."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element to be written; its name has no prefix yet."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()
    text: str = ""

    def markup(self, prefix: str) -> str:
        """The element as XML; a name that has a prefix keeps it."""
        name = self.name if ":" in self.name else f"{prefix}{self.name}"
        given = "".join(f" {key}={quoteattr(value)}" for key, value in self.attributes)
        inner = escape(self.text) + "".join(child.markup(prefix) for child in self.children)
        return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def element(
    name: str, attributes: Mapping[str, str | None], *children: Element, text: str = ""
) -> Element:
    """An Element; attributes that are None are left out."""
    given = tuple((key, value) for key, value in attributes.items() if value is not None)
    return Element(name, given, children, text)


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to be added: what stands in it, in the sheet itself and in its extension."""

    type: str
    main: tuple[Element, ...] = ()
    extension: tuple[Element, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    dxf: int | None = None
    id: str = ""

    def identified(self, sqref: str, taken: Set[str]) -> NewRule:
        """The rule with an id that follows from what it is: the same again gets the same."""
        content = f"{sqref} {self.extension_markup(0)}"
        number = 0
        while (made := _guid(f"{content} {number}")) in taken:
            number += 1
        return replace(self, id=made)

    def main_markup(self, priority: int, prefix: str) -> str:
        """The rule in the sheet itself."""
        dxf = None if self.dxf is None else str(self.dxf)
        given = {
            "type": self.type,
            "dxfId": dxf,
            "priority": str(priority),
            **dict(self.attributes),
        }
        children = (*self.main, _link(self.id)) if self.id else self.main
        return element("cfRule", given, *children).markup(prefix)

    def extension_markup(self, priority: int) -> str:
        """The rule in the extension; only one that stands there alone has a priority."""
        own = None if self.main else str(priority)
        given = {"type": self.type, "priority": own, "id": self.id}
        return element("cfRule", given, *self.extension).markup("x14:")


def cell_value(operator: str, formulas: Sequence[str], dxf: int | None, stop: bool) -> NewRule:
    """Cells whose value compares in this way with one or two formulas."""
    attributes = (*_stop(stop), ("operator", operator))
    return NewRule("cellIs", _formulas(formulas), attributes=attributes, dxf=dxf)


def custom(formula: str, dxf: int | None, stop: bool) -> NewRule:
    """Cells for which a formula is true."""
    return NewRule("expression", _formulas([formula]), attributes=_stop(stop), dxf=dxf)


def color_scale(colors: Sequence[RGB], thresholds: Iterable[Threshold]) -> NewRule:
    """Two or three colours, with as many thresholds."""
    points = [_cfvo(*threshold) for threshold in thresholds]
    return NewRule("colorScale", (element("colorScale", {}, *points, *map(_color, colors)),))


def data_bar(
    color: RGB, low: Threshold, high: Threshold, *, gradient: bool, show_value: bool
) -> NewRule:
    """Bars of one colour, red below zero; a gradient has a border, as Excel's own have.

    Excel 2007 knows neither solid bars nor automatic bounds: it sees least and greatest values.
    """
    old = {"autoMin": "min", "autoMax": "max"}
    points = [_cfvo(old.get(kind, kind), value) for kind, value in (low, high)]
    hidden = None if show_value else "0"
    main = element("dataBar", {"showValue": hidden}, *points, _color(color))
    border = [_color(color, "borderColor")] if gradient else []
    border_below = [_color(_NEGATIVE, "negativeBorderColor")] if gradient else []
    attributes = {
        "minLength": "0",
        "maxLength": "100",
        "showValue": hidden,
        "border": "1" if gradient else None,
        "gradient": None if gradient else "0",
        "negativeBarBorderColorSameAsPositive": "0" if gradient else None,
    }
    extension = element(
        "dataBar",
        attributes,
        *(_extended_cfvo(*threshold) for threshold in (low, high)),
        *border,
        _color(_NEGATIVE, "negativeFillColor"),
        *border_below,
        _color(_AXIS, "axisColor"),
    )
    return NewRule("dataBar", (main,), (extension,))


def icon_set(
    name: str, thresholds: Sequence[Threshold], *, show_value: bool, reverse: bool, extended: bool
) -> NewRule:
    """Icons from the lowest to the highest; each threshold begins the next icon.

    `extended` tells that Excel 2007 does not know these icons.
    """
    attributes = {
        "iconSet": name,
        "showValue": None if show_value else "0",
        "reverse": "1" if reverse else None,
    }
    make = _extended_cfvo if extended else _cfvo
    points = [make(*threshold) for threshold in (("percent", 0.0), *thresholds)]
    icons = (element("iconSet", attributes, *points),)
    return NewRule("iconSet", extension=icons) if extended else NewRule("iconSet", icons)


def formulas_markup(formulas: Sequence[str], prefix: str) -> str:
    """Formulas, without equals signs, as they stand in a rule of the sheet itself."""
    return "".join(each.markup(prefix) for each in _formulas(formulas))


def _formulas(formulas: Sequence[str]) -> tuple[Element, ...]:
    return tuple(element("formula", {}, text=formula) for formula in formulas)


def _stop(stop: bool) -> tuple[tuple[str, str], ...]:
    return (("stopIfTrue", "1"),) if stop else ()


def _color(color: RGB, name: str = "color") -> Element:
    return element(name, {"rgb": to_hex(color)})


def _cfvo(kind: str, value: float | None) -> Element:
    return element("cfvo", {"type": kind, "val": None if value is None else number_text(value)})


def _extended_cfvo(kind: str, value: float | None) -> Element:
    formula = () if value is None else (element("xm:f", {}, text=number_text(value)),)
    return element("cfvo", {"type": kind}, *formula)


def _link(id_: str) -> Element:
    """What names the rule of the extension."""
    attributes = {"xmlns:x14": X14, "uri": _ID_EXTENSION}
    return element("extLst", {}, element("ext", attributes, element("x14:id", {}, text=id_)))


def _guid(content: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, content)}}}".upper()
