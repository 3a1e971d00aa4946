"""Differential formats: what a conditional format changes of a cell's look."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from kam_excel.headless.styles.cellformats import FONT_ORDER
from kam_excel.headless.styles.colors import RGB, Colors, to_hex
from kam_excel.headless.xml.tree import local_name

# The order that the schema demands (CT_Dxf).
_DXF_ORDER = "font numFmt fill alignment border protection extLst".split()
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Look:
    """What is changed of a cell's look; None leaves it as it is."""

    fill_color: RGB | None = None
    font_color: RGB | None = None
    font_bold: bool | None = None
    font_italic: bool | None = None


def read(dxf: etree._Element, colors: Colors) -> Look:
    """The look that a `dxf` gives; its background is what Excel shows of a solid fill."""
    pattern = dxf.find("{*}fill/{*}patternFill")
    if pattern is not None and pattern.get("patternType") == "none":
        pattern = None
    return Look(
        fill_color=None if pattern is None else colors.rgb(pattern.find("{*}bgColor")),
        font_color=colors.rgb(dxf.find("{*}font/{*}color")),
        font_bold=_switch(dxf, "b"),
        font_italic=_switch(dxf, "i"),
    )


def changed(base: etree._Element, changes: Mapping[str, Any]) -> etree._Element:
    """A copy of the `dxf` `base` with other values for fields of Look, none of them None."""
    made = deepcopy(base)
    for name, value in changes.items():
        if name == "fill_color":
            pattern = _put(_put(made, "fill", _DXF_ORDER, clear=True), "patternFill")
            _put(pattern, "bgColor").set("rgb", to_hex(value))
        elif name == "font_color":
            font = _put(made, "font", _DXF_ORDER)
            _put(font, "color", FONT_ORDER, clear=True).set("rgb", to_hex(value))
        else:
            tag = {"font_bold": "b", "font_italic": "i"}[name]
            switch = _put(_put(made, "font", _DXF_ORDER), tag, FONT_ORDER, clear=True)
            if not value:
                switch.set("val", "0")
    return made


def _switch(dxf: etree._Element, tag: str) -> bool | None:
    element = dxf.find(f"{{*}}font/{{*}}{tag}")
    return None if element is None else element.get("val", "1") not in _OFF


def _put(
    parent: etree._Element, tag: str, order: list[str] | None = None, *, clear: bool = False
) -> etree._Element:
    """The child `tag`, made at its place where it is missing, emptied where asked."""
    found = parent.find(f"{{*}}{tag}")
    if found is not None:
        if clear:
            found.clear()
        return found
    made = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    later = order[order.index(tag) + 1 :] if order else []
    follower = next((each for each in parent if local_name(each) in later), None)
    if follower is not None:
        follower.addprevious(made)
    return made
