"""Fonts of runs of text, which are written much like those of cells (CT_RPrElt and CT_Font)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree

from kam_excel.headless.styles import cellformats
from kam_excel.headless.styles.cellformats import CellFormat
from kam_excel.headless.styles.colors import Colors
from kam_excel.headless.styles.numberformats import GENERAL
from kam_excel.headless.xml.tree import MAIN

_NAME, _RUN_NAME = f"{{{MAIN}}}name", f"{{{MAIN}}}rFont"


def read(properties: etree._Element, colors: Colors) -> CellFormat:
    """How characters with the `rPr` look, as the font of a cell that looks like them."""
    nothing = etree.Element("none")
    return cellformats.read(nothing, _as_font(properties), nothing, nothing, GENERAL, colors)


def of_cell(font: etree._Element) -> etree._Element:
    """The `rPr` of characters that look like the font of a cell."""
    return _as_run(font)


def changed(properties: etree._Element, **changes: Any) -> etree._Element:
    """The `rPr` with changes, fields of CellFormat."""
    wanted = replace(CellFormat(), **changes)
    return _as_run(cellformats.font(_as_font(properties), wanted, set(changes)))


def _as_font(properties: etree._Element) -> etree._Element:
    return _renamed(properties, "font", "rFont", _NAME)


def _as_run(font: etree._Element) -> etree._Element:
    return _renamed(font, "rPr", "name", _RUN_NAME)


def _renamed(element: etree._Element, tag: str, old: str, new: str) -> etree._Element:
    made = deepcopy(element)
    made.tail = None
    made.tag = f"{{{MAIN}}}{tag}"
    for each in made.findall(f"{{*}}{old}"):
        each.tag = new
    return made
