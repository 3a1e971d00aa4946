"""The values that a chart holds of its cells, so that it shows them without recalculation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from lxml import etree

from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.values import CellError, Value, to_serial
from kam_excel.headless.charts.model import Reference, Series
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.xml.tree import local_name

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fill(element: etree._Element, series: Series) -> None:
    """Give a `ser` element what its cells hold now."""
    for role in list(element):
        name = local_name(role)
        if name == "tx" and isinstance(series.name, Reference):
            _put(role, _texts(series.name))
        elif name in ("val", "yVal"):
            _put(role, _numbers(series.values))
        elif name in ("cat", "xVal"):
            if series.categories is None:
                element.remove(role)
            else:
                _put(role, _labels(series.categories))


def holds_text(reference: Reference) -> bool:
    """Whether cells hold text, which makes the chart count its points and not place them."""
    area = _read_area(reference)
    if min(area.width, area.height) > 1:
        return True
    return any(
        isinstance(value, str) and not isinstance(value, CellError)
        for row in reference.sheet.grid.values(area)
        for value in row
    )


def text(reference: Reference) -> str:
    """What the first cell shows, as text."""
    return _text(_values(reference)[0]) or ""


def number_format(reference: Reference) -> str:
    """The number format of the first cell, which speaks for all of them."""
    return reference.sheet.number_format(reference.area.row1, reference.area.col1)


def xml_text(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def point_count(reference: Reference) -> int:
    """How many points the cells give."""
    area = _read_area(reference)
    return area.height * area.width


def _read_area(reference: Reference) -> Area:
    """The cells to read: whole columns and rows only as far as the sheet is used."""
    used = reference.sheet.grid.used_area()
    area = reference.area
    if used is None or not (area.whole_columns or area.whole_rows):
        return area
    return used.common(area) or Area(area.row1, area.col1, area.row1, area.col1)


def _put(role: etree._Element, content: etree._Element) -> None:
    for child in list(role):
        role.remove(child)
    role.append(content)


def _labels(reference: Reference) -> etree._Element:
    area = _read_area(reference)
    if min(area.width, area.height) > 1:
        return _levels(reference, area)
    return _texts(reference) if holds_text(reference) else _numbers(reference)


def _numbers(reference: Reference) -> etree._Element:
    root = _reference("numRef", reference)
    cache = etree.SubElement(root, f"{C}numCache")
    etree.SubElement(cache, f"{C}formatCode").text = number_format(reference)
    date1904 = reference.sheet.grid.date1904
    _points(cache, [_number(value, date1904) for value in _values(reference)])
    return root


def _texts(reference: Reference) -> etree._Element:
    root = _reference("strRef", reference)
    cache = etree.SubElement(root, f"{C}strCache")
    _points(cache, map(_text, _values(reference)))
    return root


def _levels(reference: Reference, area: Area) -> etree._Element:
    """Categories in several columns, or rows: the last one is next to the axis."""
    root = _reference("multiLvlStrRef", reference)
    cache = etree.SubElement(root, f"{C}multiLvlStrCache")
    rows = reference.sheet.grid.values(area)
    levels = list(zip(*rows, strict=True)) if area.height >= area.width else rows
    etree.SubElement(cache, f"{C}ptCount", val=str(len(levels[0])))
    for level in reversed(levels):
        _points(etree.SubElement(cache, f"{C}lvl"), map(_text, level), count=False)
    return root


def _reference(name: str, reference: Reference) -> etree._Element:
    root = etree.Element(f"{C}{name}")
    etree.SubElement(root, f"{C}f").text = reference.formula
    return root


def _values(reference: Reference) -> list[Value]:
    area = _read_area(reference)
    return [value for row in reference.sheet.grid.values(area) for value in row]


def _points(cache: etree._Element, texts: Iterable[str | None], count: bool = True) -> None:
    """Add points for all texts but None, which are gaps."""
    listed = list(texts)
    if count:
        etree.SubElement(cache, f"{C}ptCount", val=str(len(listed)))
    for place, text in enumerate(listed):
        if text is not None:
            point = etree.SubElement(cache, f"{C}pt", idx=str(place))
            etree.SubElement(point, f"{C}v").text = text


def _number(value: Value, date1904: bool) -> str | None:
    if isinstance(value, dt.datetime):
        return number_text(to_serial(value, date1904))
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, bool):
        return str(int(value))
    # Excel plots a text as nought; an error, and a formula without a value yet, is a gap.
    return None if value is None or isinstance(value, CellError) else "0"


def _text(value: Value) -> str | None:
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == dt.time() else value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_text(value)
    return None if value is None or isinstance(value, CellError) else xml_text(value)
