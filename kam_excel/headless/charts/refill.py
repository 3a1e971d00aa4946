"""A chart of the file that is to show other cells: its series stay, what they refer to changes."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from kam_excel.headless.charts import cache
from kam_excel.headless.charts.cache import C
from kam_excel.headless.charts.model import Series
from kam_excel.headless.xml.tree import local_name, parse

_VALUES = ("val", "yVal")
# The names of the roles of a scatter, which has numbers on both axes, by those of others.
_CATEGORIES = {"val": "cat", "yVal": "xVal"}


def refilled(data: bytes, series: Sequence[Series]) -> bytes:
    """The chart part `data` with its series showing the cells of `series`.

    Raises NotImplementedError where it has another number of them, or other kinds than these.
    """
    root = parse(data)
    elements = sorted(root.iter(f"{C}ser"), key=_order)
    if len(elements) != len(series):
        raise NotImplementedError(
            f"the chart has {len(elements)} series and the range gives {len(series)}: "
            "take a range of as many, or delete the chart and add another"
        )
    for element, each in zip(elements, series, strict=True):
        _prepare(element, each)
        cache.fill(element, each)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _order(element: etree._Element) -> int:
    found = element.find(f"{C}order")
    return 0 if found is None else int(found.get("val", "0"))


def _prepare(element: etree._Element, series: Series) -> None:
    """Make the places for a name and for categories that the series did not have."""
    values = next((each for each in element if local_name(each) in _VALUES), None)
    if values is None or element.find(f"{C}bubbleSize") is not None:
        raise NotImplementedError("bubbles keep their cells: change them in Excel")
    role = _CATEGORIES[local_name(values)]
    if series.categories is not None and element.find(f"{C}{role}") is None:
        values.addprevious(etree.Element(f"{C}{role}"))
    if series.name is not None and element.find(f"{C}tx") is None:
        order = element.find(f"{C}order")
        if order is not None:
            order.addnext(etree.Element(f"{C}tx"))
