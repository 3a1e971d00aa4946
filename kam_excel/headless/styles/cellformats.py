"""Fonts, fills, borders and alignments: reading them, and making others from them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

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
# Sheets that are read from right to left may name their edges otherwise.
_OTHER_NAMES = {"left": "start", "right": "end"}


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a cell: the name of a line style ("thin", "medium", "double") and its colour."""

    style: str
    color: RGB | None = None


@dataclass(frozen=True, slots=True)
class CellFormat:
    """How a cell looks. None is the default: automatic colour, no fill, general alignment.

    `font_size` is in points, `indent` in characters; alignments are named as in the file
    ("center", "centerContinuous", "top"). `rotation` is in degrees: 0 to 90 up, 91 to 180 for 1
    to 90 down, 255 for letters one below the other. `script` is "superscript" or "subscript".
    Both diagonals have one line, `diagonal`.
    """

    number_format: str = GENERAL
    font_name: str = ""
    font_size: float = 11.0
    font_color: RGB | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    script: str | None = None
    fill: RGB | None = None
    horizontal: str | None = None
    vertical: str | None = None
    wrap: bool = False
    indent: int = 0
    rotation: int = 0
    shrink: bool = False
    locked: bool = True
    hidden: bool = False
    left: Edge | None = None
    right: Edge | None = None
    top: Edge | None = None
    bottom: Edge | None = None
    diagonal: Edge | None = None
    diagonal_up: bool = False
    diagonal_down: bool = False


FONT = ("font_name", "font_size", "font_color", "bold", "italic", "underline", "strike", "script")
EDGES = ("left", "right", "top", "bottom", "diagonal")
DIAGONALS = {"diagonal_up": "diagonalUp", "diagonal_down": "diagonalDown"}
BORDER = (*EDGES, *DIAGONALS)
ALIGNMENT = ("horizontal", "vertical", "wrap", "indent", "rotation", "shrink")
PROTECTION = ("locked", "hidden")


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
    lines: dict[str, Any] = {side: _edge(_side(border, side), colors) for side in EDGES}
    lines |= {name: _true(border.get(stored, "0")) for name, stored in DIAGONALS.items()}
    return CellFormat(
        number_format=number_format,
        font_name=_value(font, "name", ""),
        font_size=float(_value(font, "sz", "11")),
        font_color=colors.rgb(font.find("{*}color")),
        bold=_is_on(font, "b"),
        italic=_is_on(font, "i"),
        underline=_value(font, "u", "single" if _has(font, "u") else "none") != "none",
        strike=_is_on(font, "strike"),
        script=_script(font),
        fill=_fill_color(fill, colors),
        horizontal=None if horizontal == "general" else horizontal,
        vertical=None if vertical == "bottom" else vertical,
        wrap=_true(alignment.get("wrapText", "0")),
        indent=int(alignment.get("indent", "0")),
        rotation=int(alignment.get("textRotation", "0")),
        shrink=_true(alignment.get("shrinkToFit", "0")),
        locked=_true(protection.get("locked", "1")),
        hidden=_true(protection.get("hidden", "0")),
        **lines,
    )


def font(base: etree._Element, wanted: CellFormat, changed: set[str]) -> etree._Element:
    """`base` with the changed properties as `wanted` has them."""
    made = deepcopy(base)
    switches = {"b": "bold", "i": "italic", "strike": "strike", "u": "underline"}
    for tag, name in switches.items():
        if name in changed:
            _set(made, tag, {} if getattr(wanted, name) else None, FONT_ORDER)
    if "script" in changed:
        _set(made, "vertAlign", {"val": wanted.script} if wanted.script else None, FONT_ORDER)
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


def border(
    base: etree._Element, current: CellFormat, wanted: CellFormat, changed: set[str]
) -> etree._Element:
    """`base`, which looks like `current`, with the changed lines as `wanted` has them."""
    made = deepcopy(base)
    for name in changed & DIAGONALS.keys():
        made.attrib.pop(DIAGONALS[name], "")
        if getattr(wanted, name):
            made.set(DIAGONALS[name], "1")
    for side in changed & set(EDGES):
        _set_edge(made, side, getattr(current, side), getattr(wanted, side))
    return made


def _set_edge(border: etree._Element, side: str, old: Edge | None, new: Edge | None) -> None:
    """Draw one edge; a colour that stays keeps the way it is written (theme, palette)."""
    tag = _tag(border, side)
    color = border.find(f"{{*}}{tag}/{{*}}color")
    element = _set(border, tag, {} if new is None else {"style": new.style}, _BORDER_ORDER)
    if element is None or new is None:
        return
    if old is not None and old.color == new.color and color is not None:
        element.append(color)
    else:
        _child(element, "color", _color(new.color) or {"auto": "1"})


def _side(border: etree._Element, side: str) -> etree._Element | None:
    return border.find(f"{{*}}{_tag(border, side)}")


def _tag(border: etree._Element, side: str) -> str:
    other = _OTHER_NAMES.get(side, side)
    return other if _has(border, other) and not _has(border, side) else side


def align(xf: etree._Element, wanted: CellFormat, changed: set[str]) -> None:
    """Give `xf` the changed alignment."""
    attributes = {
        "horizontal": ("horizontal", wanted.horizontal),
        "vertical": ("vertical", wanted.vertical),
        "wrap": ("wrapText", "1" if wanted.wrap else None),
        "indent": ("indent", str(wanted.indent) if wanted.indent else None),
        "rotation": ("textRotation", str(wanted.rotation) if wanted.rotation else None),
        "shrink": ("shrinkToFit", "1" if wanted.shrink else None),
    }
    _set_attributes(xf, "alignment", dict(attributes[name] for name in changed))
    xf.set("applyAlignment", "1")


def protect(xf: etree._Element, wanted: CellFormat) -> None:
    """Give `xf` its protection."""
    attributes = {
        "locked": None if wanted.locked else "0",
        "hidden": "1" if wanted.hidden else None,
    }
    _set_attributes(xf, "protection", attributes)
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


def _script(font: etree._Element) -> str | None:
    script = _value(font, "vertAlign", "baseline")
    return None if script == "baseline" else script


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
