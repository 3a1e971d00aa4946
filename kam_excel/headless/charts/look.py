"""How our charts look, in the words of XlsxWriter: quiet, and readable in print.

No font is named, so that the workbook's own is taken, which has the characters of its language.
Colours are given: a workbook need not have a theme that automatic ones could come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kam_excel.headless.charts import kinds as chartkinds
from kam_excel.headless.charts.cache import holds_text, number_format, point_count
from kam_excel.headless.charts.model import AxisGroup, ChartModel, Reference, Series
from kam_excel.headless.styles.colors import RGB, to_hex

_INK = "#404040"
_FAINT = "#D9D9D9"
_TEXT = {"size": 9, "color": _INK, "bold": False}
_TITLE = {"size": 12, "color": _INK, "bold": False}
# Told apart in grey print and by colour-blind readers as far as ten colours can be.
_PALETTE = (
    "#4E79A7",
    "#F28E2B",
    "#76B7B2",
    "#E15759",
    "#59A14F",
    "#EDC948",
    "#B07AA1",
    "#FF9DA7",
    "#9C755F",
    "#BAB0AC",
)
_LINE_WIDTH = 2.0
_NO_LINE_WIDTH = 2.25  # what Excel writes of a line that is not drawn
_GAP = 60
_OLD_STYLES = range(1, 49)
_CROSSINGS = {"automatic": None, "minimum": "min", "maximum": "max"}
_LEGEND = {"corner": "top_right"}
MARKER_SIZE = 5


def type_options(chart: ChartModel, group: Sequence[Series]) -> dict[str, Any]:
    """The options of `add_chart` for series that are drawn as one.

    Where those of a scatter differ, each says for itself what it has.
    """
    kind = group[0].kind if group else chartkinds.KINDS[chart.chart_type]
    if len({series.kind.subtype for series in group}) > 1 and kind.family == "scatter":
        return {"type": kind.family, "subtype": "straight_with_markers"}
    return {"type": kind.family, **({"subtype": kind.subtype} if kind.subtype else {})}


def series_options(series: Series, place: int) -> dict[str, Any]:
    """The options of `add_series` for the series at a place of the chart, from 0.

    Cached values come later; those given here only tell text from numbers.
    """
    return {
        "values": f"={series.values.formula}",
        "values_data": [],
        "y2_axis": series.axis_group == "secondary",
        "gap": _GAP,
        **_name(series.name),
        **_categories(series),
        **_surface(series, _PALETTE[place % len(_PALETTE)]),
        **_marker(series, _PALETTE[place % len(_PALETTE)]),
    }


def _name(name: str | Reference | None) -> dict[str, Any]:
    if isinstance(name, Reference):
        return {"name": f"={name.formula}", "name_data": []}
    return {"name": name} if name else {}


def _categories(series: Series) -> dict[str, Any]:
    if series.categories is None:
        # A scatter must have x values to be drawn; they are taken out again.
        needed = series.kind.family == "scatter"
        return {"categories": f"={series.values.formula}"} if needed else {}
    text = holds_text(series.categories)
    formula = f"={series.categories.formula}"
    return {"categories": formula, "categories_data": ["text"] if text else [0]}


def _surface(series: Series, usual: str) -> dict[str, Any]:
    kind = series.kind
    if kind.is_round:
        return {"points": _slices(series), **_given(series)}
    if not kind.is_line:
        return {"fill": {"color": usual}, **_given(series)}
    if kind.subtype == "marker_only":
        return {"line": {"none": True, "width": _NO_LINE_WIDTH}, **_given(series)}
    smooth = {"smooth": True} if kind.subtype.startswith("smooth") else {}
    return {"line": {"color": usual, "width": _LINE_WIDTH}, **smooth, **_given(series)}


def _given(series: Series) -> dict[str, Any]:
    """The colours that were asked for."""
    given: dict[str, Any] = {}
    if series.line_color is not None:
        given["line"] = {"color": _hex(series.line_color), "width": _LINE_WIDTH}
    if series.fill_color is not None:
        given["fill"] = {"color": _hex(series.fill_color)}
    return given


def _slices(series: Series) -> list[dict[str, Any]]:
    """A colour for each slice, unless the whole series was given one."""
    if series.fill_color is not None:
        return []
    colors = (_PALETTE[place % len(_PALETTE)] for place in range(point_count(series.values)))
    return [{"fill": {"color": color}, "border": {"color": "white"}} for color in colors]


def _marker(series: Series, usual: str) -> dict[str, Any]:
    if not series.kind.is_line:
        return {}
    line, fill = series.marker_foreground_color, series.marker_background_color
    drawn = usual if series.line_color is None else _hex(series.line_color)
    marker: dict[str, Any] = {
        "type": series.marker_style or ("circle" if series.kind.markers else "none"),
        "size": series.marker_size or MARKER_SIZE,
        "border": {"color": drawn if line is None else _hex(line)},
        "fill": {"color": drawn if fill is None else _hex(fill)},
    }
    return {"marker": marker}


def _hex(color: RGB) -> str:
    return f"#{to_hex(color)[-6:]}"


def dress(drawn: Any, chart: ChartModel) -> None:
    """Give one of XlsxWriter's charts title, legend, axes and surfaces."""
    if chart.title:
        drawn.set_title({"name": chart.title, "name_font": _TITLE, "overlay": False})
    else:
        drawn.set_title({"none": True})
    drawn.set_legend(_legend(chart))
    drawn.set_chartarea({"border": {"none": True}, "fill": {"color": "white"}})
    if chart.style in _OLD_STYLES:
        drawn.set_style(chart.style)
    across, up = _axis(chart, "primary", "category"), _axis(chart, "primary", "value")
    if any(series.kind.family == "bar" for series in chart.series):
        across, up = up, across  # XlsxWriter's x axis lies at the bottom, whatever it shows
    drawn.set_x_axis(across)
    drawn.set_y_axis(up)
    drawn.set_x2_axis(_axis(chart, "secondary", "category"))
    drawn.set_y2_axis(_axis(chart, "secondary", "value"))


def _legend(chart: ChartModel) -> dict[str, Any]:
    if not chart.legend_shown:
        return {"none": True}
    position = _LEGEND.get(chart.legend_position, chart.legend_position)
    return {"position": position, "font": {"size": 9, "color": _INK}}


def _axis(chart: ChartModel, group: AxisGroup, which: str) -> dict[str, Any]:
    axis = chart.axes[group, which]
    options: dict[str, Any] = {
        "num_font": _TEXT,
        "reverse": axis.reverse_order,
        "crossing": _crossing(chart, group, which),
        "min": axis.minimum_scale,
        "max": axis.maximum_scale,
        "major_unit": axis.major_unit,
        "line": {"color": _FAINT},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        "major_gridlines": _gridlines(group, which),
        **_numbers(chart, group, which),
    }
    if which == "category" and group == "primary":
        options["label_position"] = "low"  # below the bars of negative values
        if len({series.kind.family for series in chart.series}) > 1:
            options["position_axis"] = "between"
    if axis.visible is not None:
        options["visible"] = axis.visible
        if which == "category" and axis.visible:
            options["label_position"] = "low" if group == "primary" else "high"
    if axis.title:
        options |= {"name": axis.title, "name_font": _TEXT}
    return options


def _crossing(chart: ChartModel, group: AxisGroup, which: str) -> str | None:
    """Where the other axis crosses this one; secondary ones stand at the right and on top."""
    crosses = chart.axes[group, which].crosses
    on_top = chart.axes[group, "category"].visible
    if group == "secondary" and crosses == "automatic" and (which == "category" or on_top):
        return "max"
    return _CROSSINGS[crosses]


def _gridlines(group: AxisGroup, which: str) -> dict[str, Any]:
    shown = (group, which) == ("primary", "value")
    return {"visible": shown, "line": {"color": _FAINT, "width": 0.5}}


def _numbers(chart: ChartModel, group: AxisGroup, which: str) -> dict[str, Any]:
    given = chart.axes[group, which].number_format
    if given is not None:
        return {"num_format": given}
    linked = linked_format(chart, group, which)
    return {"num_format": linked, "num_format_linked": True} if linked else {}


def linked_format(chart: ChartModel, group: AxisGroup, which: str) -> str | None:
    """The number format that an axis takes from its cells; None where it is none of theirs."""
    for series in chart.series:
        if series.axis_group == group:
            if which == "value":
                percent = series.kind.subtype == "percent_stacked"
                return None if percent else number_format(series.values)
            found = series.categories
            return None if found is None or holds_text(found) else number_format(found)
    return None
