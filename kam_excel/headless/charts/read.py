"""What a chart of the file says of itself where that is plain: its type and its title."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from kam_excel.headless.charts import kinds as chartkinds
from kam_excel.headless.charts.kinds import Family, Kind
from kam_excel.headless.xml.tree import local_name
from kam_excel.headless.xml.values import is_true

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_STACKINGS = {"stacked": "stacked", "percentStacked": "percent_stacked"}
_FAMILIES: Mapping[str, Family] = {
    "pieChart": "pie",
    "doughnutChart": "doughnut",
    "areaChart": "area",
}


def title(root: etree._Element) -> str | None:
    """The title as it is shown; None without one, or where Excel makes it up."""
    found = root.find(f"{C}chart/{C}title")
    if found is None:
        return None
    paragraphs = found.findall(f"{C}tx/{C}rich/{A}p")
    if paragraphs:
        lines = ("".join(each.text or "" for each in line.iter(f"{A}t")) for line in paragraphs)
        return "\n".join(lines)
    return found.findtext(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v")


def chart_type(root: etree._Element) -> str:
    """The type by xlwings' name, "combination" for several.

    Raises NotImplementedError for types that we don't know.
    """
    area = root.find(f"{C}chart/{C}plotArea")
    plots = [] if area is None else [each for each in area if local_name(each)[-5:] == "Chart"]
    names = {name for plot in plots for name in _names(plot)}
    if None in names or not names:
        listed = ", ".join(local_name(plot) for plot in plots)
        raise NotImplementedError(f"this type of chart is not known here: {listed or 'none'}")
    return str(names.pop()) if len(names) == 1 else "combination"


def _names(plot: etree._Element) -> set[str | None]:
    """What one plot shows by xlwings' names, None for what we don't know."""
    if local_name(plot) == "scatterChart":
        return {chartkinds.NAMES[kind] for kind in _scatters(plot)}
    return {_name(plot)}


def _name(plot: etree._Element) -> str | None:
    element = local_name(plot)
    stacking = _STACKINGS.get(_value(plot, "grouping"), "")
    if element in _FAMILIES:
        kind = Kind(_FAMILIES[element], stacking)
    elif element == "barChart":
        kind = Kind("bar" if _value(plot, "barDir") == "bar" else "column", stacking)
    elif element == "lineChart":
        kind = Kind("line", stacking, _has_markers(plot))
    elif element == "radarChart":
        kind = _radar(plot)
    else:
        return None
    return chartkinds.NAMES.get(kind)


def _radar(plot: etree._Element) -> Kind:
    if _value(plot, "radarStyle") == "filled":
        return Kind("radar", "filled")
    marked = _has_markers(plot)
    return Kind("radar", "with_markers", markers=True) if marked else Kind("radar")


def _scatters(plot: etree._Element) -> set[Kind]:
    """The kinds of a scatter's series: each says by itself whether it has lines and markers."""
    style = "smooth" if _value(plot, "scatterStyle") == "smoothMarker" else "straight"
    return {_scatter(each, style) for each in plot.iter(f"{C}ser")} or {Kind("scatter", style)}


def _scatter(series: etree._Element, style: str) -> Kind:
    if series.find(f"{C}spPr/{A}ln/{A}noFill") is not None:
        return Kind("scatter", "marker_only", markers=True)
    smooth = series.find(f"{C}smooth")
    if smooth is not None:
        style = "smooth" if is_true(smooth.get("val", "1")) else "straight"
    marked = _is_marked(series)
    return Kind("scatter", f"{style}_with_markers" if marked else style, marked)


def _has_markers(plot: etree._Element) -> bool:
    """Whether any series has markers."""
    return any(map(_is_marked, plot.iter(f"{C}ser")))


def _is_marked(series: etree._Element) -> bool:
    """Whether a series has markers: unless it says "none" it has."""
    symbol = series.find(f"{C}marker/{C}symbol")
    return symbol is None or symbol.get("val") != "none"


def _value(plot: etree._Element, name: str) -> str:
    found = plot.find(f"{C}{name}")
    return "" if found is None else found.get("val", "")
