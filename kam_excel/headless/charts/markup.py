"""The XML of a chart: XlsxWriter draws each group of series, and the groups are put together.

XlsxWriter combines two types at most; a chart of ours may have each type on both pairs of axes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import xlsxwriter
from lxml import etree

from kam_excel.headless.charts import cache as chartcache
from kam_excel.headless.charts import look as chartlook
from kam_excel.headless.charts.model import ChartModel, Series
from kam_excel.headless.xml.tree import local_name, parse

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PART = "xl/charts/chart{}.xml"
# XlsxWriter draws no chart without a series: this one is taken out again.
_EMPTY = {"values": "=Sheet1!$A$1", "values_data": [], "categories": "=Sheet1!$A$1"}

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SMOOTHED = ("line", "scatter")


def render(chart: ChartModel, date1904: bool) -> bytes:
    """The part of a chart. The same model and cells give the same bytes."""
    groups = chart.groups() or [[]]
    roots = _drawn(chart, groups)
    root = roots[0]
    for group, other in zip(groups[1:], roots[1:], strict=True):
        _merge(_plot_area(root), _plot_area(other), same_axes=_shares_axes(groups, group))
    _number_series(root, [series for group in groups for series in group], chart.series)
    if date1904:
        root.insert(0, etree.Element(f"{C}date1904", val="1"))
    _leave_gaps(root)
    return _DECLARATION + etree.tostring(root, encoding="UTF-8")


def _leave_gaps(root: etree._Element) -> None:
    """Say that empty cells are gaps: some programs draw them as noughts unless told."""
    shown = root.find(f"{C}chart/{C}plotVisOnly")
    assert shown is not None
    shown.addnext(etree.Element(f"{C}dispBlanksAs", val="gap"))


def _shares_axes(groups: Sequence[Sequence[Series]], group: Sequence[Series]) -> bool:
    """Whether an earlier group is on the same axes, and so has them already."""
    earlier = groups[: groups.index(group)]
    return any(each[0].axis_group == group[0].axis_group for each in earlier)


def _drawn(chart: ChartModel, groups: Sequence[Sequence[Series]]) -> list[etree._Element]:
    """Each group as a chart of its own, drawn in a scratch workbook."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for group in groups:
        sheet.insert_chart("A1", _draw(workbook, chart, group))
    workbook.close()
    with zipfile.ZipFile(stream) as archive:
        return [parse(archive.read(_PART.format(place))) for place in range(1, len(groups) + 1)]


def _draw(workbook: Any, chart: ChartModel, group: Sequence[Series]) -> Any:
    options = chartlook.type_options(chart, group)
    drawn = workbook.add_chart(options)
    for place, series in enumerate(chart.series):
        if any(each is series for each in group):
            drawn.add_series(chartlook.series_options(series, place))
    if not group:
        drawn.add_series(_EMPTY)
    chartlook.dress(drawn, chart)
    return drawn


def _plot_area(root: etree._Element) -> etree._Element:
    found = root.find(f"{C}chart/{C}plotArea")
    assert found is not None
    return found


def _plots(area: etree._Element) -> list[etree._Element]:
    """The elements `barChart`, `lineChart` … of a plot area."""
    return [each for each in area if local_name(each).endswith("Chart")]


def _axes(area: etree._Element) -> list[etree._Element]:
    return [each for each in area if local_name(each).endswith("Ax")]


def _merge(area: etree._Element, other: etree._Element, same_axes: bool) -> None:
    """Draw what `other` shows in `area` too, on axes of its own or on those that are there."""
    plot = deepcopy(_plots(other)[0])
    plots = _plots(area)
    if same_axes:
        _take_axes(plot, plots[-1])
    plots[-1].addnext(plot)
    if not same_axes:
        last = _axes(area)[-1]
        for axis in reversed(_axes(other)):
            last.addnext(deepcopy(axis))


def _take_axes(plot: etree._Element, other: etree._Element) -> None:
    for own, theirs in zip(plot.iter(f"{C}axId"), other.iter(f"{C}axId"), strict=True):
        own.set("val", theirs.get("val", ""))


def _number_series(root: etree._Element, drawn: Sequence[Series], order: Sequence[Series]) -> None:
    """Number the series as the chart lists them and give them their cached values."""
    elements = list(root.iter(f"{C}ser"))
    if not drawn:
        _remove(elements)
        return
    places = {id(series): place for place, series in enumerate(order)}
    for element, series in zip(elements, drawn, strict=True):
        for name in ("idx", "order"):
            number = element.find(f"{C}{name}")
            assert number is not None
            number.set("val", str(places[id(series)]))
        chartcache.fill(element, series)
        if series.kind.family in _SMOOTHED and element.find(f"{C}smooth") is None:
            # Unless it is denied a line counts as smooth (ECMA-376 part 1, 21.2.2.194).
            etree.SubElement(element, f"{C}smooth", val="0")


def _remove(elements: Sequence[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
