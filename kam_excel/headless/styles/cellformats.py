"""Fonts, fills, borders and alignments: reading them, and making others from them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from kam_excel.headless.styles.colors import RGB, Colors, to_hex
from kam_excel.headless.styles.numberformats import GENERAL
from kam_excel.headless.xml.tree import local_name

# The order that the schema demands (CT_Font as Excel writes it, CT_Border, CT_Xf).
FONT_ORDER = (
    "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()
_BORDER_ORDER = "start end left right top bottom diagonal vertical horizontal".split()
_XF_ORDER = ["alignment", "protection", "extLst"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a cell: the name of a line style ("thin", "medium", "double") and its colour."""

    style: str
    color: RGB | None = None


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How a cell looks. None is the default: automatic colour, no fill, general alignment.

    `font_size` is in points, `indent` in characters; alignments are named as in the file
    ("center", "centerContinuous", "top").
    """

    number_format: str = GENERAL
    font_name: str = ""
    font_size: float = 11.0
    font_color: RGB | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    fill: RGB | None = None
    horizontal: str | None = None
    vertical: str | None = None
    wrap: bool = False
    indent: int = 0
    locked: bool = True
    left: Edge | None = None
    right: Edge | None = None
    top: Edge | None = None
    bottom: Edge | None = None


FONT = ("font_name", "font_size", "font_color", "bold", "italic", "underline", "strike")
EDGES = ("left", "right", "top", "bottom")
ALIGNMENT = ("horizontal", "vertical", "wrap", "indent")


def read(
    xf: etree._Element,
    font: etree._Element,
    fill: etree._Element,
    border: etree._Element,
    number_format: str,
    colors: Colors,
) -> CellFormat:
    """The format that an xf and the elements it refers to describe."""
    alignment, protection = _attributes(xf, "alignment"), _attributes(xf, "protection")
    horizontal, vertical = alignment.get("horizontal"), alignment.get("vertical")
    return CellFormat(
        number_format=number_format,
        font_name=_value(font, "name", ""),
        font_size=float(_value(font, "sz", "11")),
        font_color=colors.rgb(font.find("{*}color")),
        bold=_is_on(font, "b"),
        italic=_is_on(font, "i"),
        underline=_value(font, "u", "single" if _has(font, "u") else "none") != "none",
        strike=_is_on(font, "strike"),
        fill=_fill_color(fill, colors),
        horizontal=None if horizontal == "general" else horizontal,
        vertical=None if vertical == "bottom" else vertical,
        wrap=_true(alignment.get("wrapText", "0")),
        indent=int(alignment.get("indent", "0")),
        locked=_true(protection.get("locked", "1")),
        **{side: _edge(border.find(f"{{*}}{side}"), colors) for side in EDGES},
    )


def font(base: etree._Element, wanted: CellFormat, changed: set[str]) -> etree._Element:
    """`base` with the changed properties as `wanted` has them."""
    made = deepcopy(base)
    switches = {"b": "bold", "i": "italic", "strike": "strike", "u": "underline"}
    for tag, name in switches.items():
        if name in changed:
            _set(made, tag, {} if getattr(wanted, name) else None, FONT_ORDER)
    if "font_size" in changed:
        _set(made, "sz", {"val": f"{wanted.font_size:g}"}, FONT_ORDER)
    if "font_color" in changed:
        _set(made, "color", _color(wanted.font_color), FONT_ORDER)
    if "font_name" in changed:
        _set(made, "name", {"val": wanted.font_name}, FONT_ORDER)
        for tag in ("family", "charset", "scheme"):  # they describe the old font
            _set(made, tag, None, FONT_ORDER)
    # Other writers have orders of their own, which Excel reads; a font of ours has Excel's.
    made[:] = sorted(made, key=lambda each: _rank(local_name(each)))
    return made


def _rank(tag: str) -> int:
    return FONT_ORDER.index(tag) if tag in FONT_ORDER else len(FONT_ORDER)


def solid_fill(like: etree._Element, color: RGB | None) -> etree._Element:
    """A fill of one colour, or none at all, in the namespace of `like`."""
    made = _empty(like)
    pattern = _child(made, "patternFill", {"patternType": "solid" if color else "none"})
    if color is not None:
        _child(pattern, "fgColor", {"rgb": to_hex(color)})
        _child(pattern, "bgColor", {"indexed": "64"})
    return made


def border(base: etree._Element, wanted: CellFormat, changed: set[str]) -> etree._Element:
    """`base` with the changed edges as `wanted` has them."""
    made = deepcopy(base)
    for side in changed:
        edge: Edge | None = getattr(wanted, side)
        element = _set(made, side, {} if edge is None else {"style": edge.style}, _BORDER_ORDER)
        if element is not None and edge is not None:
            _child(element, "color", _color(edge.color) or {"auto": "1"})
    return made


def align(xf: etree._Element, wanted: CellFormat, changed: set[str]) -> None:
    """Give `xf` the changed alignment."""
    attributes = {
        "horizontal": ("horizontal", wanted.horizontal),
        "vertical": ("vertical", wanted.vertical),
        "wrap": ("wrapText", "1" if wanted.wrap else None),
        "indent": ("indent", str(wanted.indent) if wanted.indent else None),
    }
    _set_attributes(xf, "alignment", dict(attributes[name] for name in changed))
    xf.set("applyAlignment", "1")


def protect(xf: etree._Element, locked: bool) -> None:
    """Give `xf` its protection."""
    _set_attributes(xf, "protection", {"locked": None if locked else "0"})
    xf.set("applyProtection", "1")


def _fill_color(fill: etree._Element, colors: Colors) -> RGB | None:
    pattern = fill.find("{*}patternFill")
    kind = "none" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind == "none":
        return None
    return colors.rgb(pattern.find("{*}fgColor" if kind == "solid" else "{*}bgColor"))


def _edge(element: etree._Element | None, colors: Colors) -> Edge | None:
    style = "none" if element is None else element.get("style", "none")
    if element is None or style == "none":
        return None
    return Edge(style, colors.rgb(element.find("{*}color")))


def _attributes(parent: etree._Element, tag: str) -> dict[str, str]:
    element = parent.find(f"{{*}}{tag}")
    return {} if element is None else {str(name): str(value) for name, value in element.items()}


def _has(parent: etree._Element, tag: str) -> bool:
    return parent.find(f"{{*}}{tag}") is not None


def _value(parent: etree._Element, tag: str, default: str) -> str:
    element = parent.find(f"{{*}}{tag}")
    return default if element is None else element.get("val", default)


def _is_on(parent: etree._Element, tag: str) -> bool:
    return _has(parent, tag) and _true(_value(parent, tag, "1"))


def _true(text: str) -> bool:
    return text in ("1", "true", "on")


def _color(color: RGB | None) -> dict[str, str] | None:
    return None if color is None else {"rgb": to_hex(color)}


def _child(parent: etree._Element, tag: str, attributes: dict[str, str]) -> etree._Element:
    namespace = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)


def _empty(like: etree._Element) -> etree._Element:
    made = deepcopy(like)
    made.clear()
    return made


def _set(
    parent: etree._Element, tag: str, attributes: dict[str, str] | None, order: Sequence[str]
) -> etree._Element | None:
    """Replace the child `tag` by one with these attributes, at its place; None takes it out."""
    old = parent.find(f"{{*}}{tag}")
    if old is not None:
        parent.remove(old)
    if attributes is None:
        return None
    made = _child(parent, tag, attributes)
    later = order[order.index(tag) + 1 :]
    follower = next((each for each in parent if local_name(each) in later), None)
    if follower is not None:
        follower.addprevious(made)
    return made


def _set_attributes(xf: etree._Element, tag: str, attributes: dict[str, str | None]) -> None:
    """Set attributes of the child `tag`; None takes one out, and the child too if none is left."""
    kept = _attributes(xf, tag)
    kept |= {name: value for name, value in attributes.items() if value is not None}
    for name, value in attributes.items():
        if value is None:
            kept.pop(name, None)
    _set(xf, tag, kept or None, _XF_ORDER)
