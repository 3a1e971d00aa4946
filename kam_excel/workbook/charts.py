"""Charts of outputs, drawn through xlwings from the output sheets that hold their data."""

from __future__ import annotations

from collections.abc import Mapping

import xlwings as xw

from kam_excel.contract.chart import Chart, ChartKind, Series
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.workbook import card
from kam_excel.workbook.cellvalues import SPACE, number_format
from kam_excel.workbook.looks import WHITE, Color
from kam_excel.workbook.marks import PREFIX, output_sheet, table_name

ROWS, GAP = 21, 1  # rows that a chart covers, and rows between charts
COLUMNS = 8  # columns that a chart beside a table covers
PALETTE: tuple[Color, ...] = (
    (79, 129, 174),
    (192, 112, 64),
    (128, 128, 128),
    (84, 143, 126),
    (178, 153, 84),
    (120, 104, 150),
)
TYPES: Mapping[ChartKind, str] = {
    "column": "column_clustered",
    "stacked": "column_stacked",
    "bar": "bar_clustered",
    "line": "line",
    "area": "area",
    "pie": "pie",
    "scatter": "xy_scatter_lines_no_markers",
    "points": "xy_scatter",
}
LINES = frozenset({"line", "scatter"})
WITH_VALUES_ACROSS = frozenset({"scatter", "points"})  # their x axis is one of numbers
POINT = 7  # points, told apart from lines and from each other in print


def charts_end(table: type[Table]) -> int:
    """The last row that the charts below the card of `table` cover."""
    return card.card_end(table) + len(table.charts) * (ROWS + GAP)


def draw_charts(book: xw.Book, table: type[Table], run: Run) -> None:
    """Draw the charts of output `table` anew; every output must have been written.

    They stand below the card, or beside the table. A chart without rows to draw is left out.
    """
    sheet = output_sheet(book, table.id)
    if sheet is None:
        return
    prefix = f"{PREFIX}{table.id}."
    for old in [chart for chart in sheet.charts if chart.name.startswith(prefix)]:
        old.delete()
    for position, chart in enumerate(table.charts):
        source = chart.source or table
        data = output_sheet(book, source.id)
        if data is not None:
            _draw(sheet, _place(sheet, table, position), data, source, chart, prefix, run)


def _place(sheet: xw.Sheet, table: type[Table], position: int) -> xw.Range:
    """The cells that the chart covers."""
    if table.card:
        top = card.card_end(table) + GAP + 1 + position * (ROWS + GAP)
        left, right = 1, card.COLUMNS
    else:
        top, left = 5 + position * (ROWS + GAP), len(table.columns) + 2
        right = left + COLUMNS - 1
    return sheet.range((top, left), (top + ROWS - 1, right))


def _draw(
    sheet: xw.Sheet,
    place: xw.Range,
    data: xw.Sheet,
    source: type[Table],
    chart: Chart,
    prefix: str,
    run: Run,
) -> None:
    listed = next(each for each in data.tables if each.name == table_name(source.id))
    area = listed.range
    order = list(source.columns)
    first, last = order.index(chart.series[0].column), order.index(chart.series[-1].column)
    body = listed.data_body_range
    if body is None or _is_empty(body[:, first : last + 1]):
        return
    drawn = sheet.charts.add(
        place.left,
        place.top,
        place.width,
        place.height,
        chart_type=TYPES[chart.kind],
        source=area[:, first : last + 1],
        plot_by="columns",
        name=prefix + chart.id,
    )
    drawn.set_x_axis_values(body.columns[order.index(chart.x)])
    drawn.title = chart.title(run.language)
    if chart.named_by and (name := body[0, order.index(chart.named_by)].value):
        drawn.title = f"{chart.title(run.language)} · {name}"
    for number, series in enumerate(chart.series):
        _style(drawn, number, series, chart, run)
    drawn.legend.visible = len(chart.series) > 1 or chart.kind == "pie"
    if drawn.legend.visible:
        drawn.legend.position = "bottom"
    if chart.kind != "pie":
        _set_axes(drawn, chart, source, run)


def _is_empty(cells: xw.Range) -> bool:
    return all(value is None for row in cells.options(ndim=2).value for value in row)


def _style(drawn: xw.Chart, number: int, series: Series, chart: Chart, run: Run) -> None:
    if chart.kind == "pie":
        return  # each slice has a colour of its own
    given = drawn.series[number]
    if series.kind and series.kind != chart.kind:
        given.chart_type = TYPES[series.kind]
    if series.secondary:
        given.axis_group = "secondary"
    color, kind = PALETTE[number % len(PALETTE)], series.kind or chart.kind
    if kind == "points":
        given.set(
            marker_style="circle",
            marker_size=POINT,
            marker_background_color=color,
            marker_foreground_color=WHITE,
        )
    elif kind in LINES:
        given.line_color = color
    else:
        given.fill_color = color
    if series.name:
        given.name = series.name[0 if run.language == "zh" else 1]


def _set_axes(drawn: xw.Chart, chart: Chart, source: type[Table], run: Run) -> None:
    columns = source.columns
    of_x = columns[chart.x]
    drawn.category_axis.title = _words(chart.x_title, of_x, run)
    if chart.kind in WITH_VALUES_ACROSS and (code := number_format(of_x)):
        drawn.category_axis.number_format = _plain(of_x, code)
        if of_x.kind is Kind.PERCENT:
            drawn.category_axis.set(minimum_scale=0, maximum_scale=1)
    axes = [(drawn.value_axis, False, chart.y_title, chart.top)]
    if any(series.secondary for series in chart.series):
        axes.append((drawn.secondary_value_axis, True, chart.second_title, chart.second_top))
    for axis, secondary, words, top in axes:
        first = next(each for each in chart.series if each.secondary is secondary)
        column = columns[first.column]
        axis.title = _words(words, column, run)
        axis.minimum_scale = 0 if top is not None else None
        if top is not None:
            axis.maximum_scale = float(top)
        if code := number_format(column):
            axis.number_format = _plain(column, code)


def _words(given: tuple[str, str] | None, column: Column, run: Run) -> str:
    if given:
        return given[0 if run.language == "zh" else 1]
    unit = run.currency if column.kind is Kind.MONEY else ""
    return f"{column.header(run.language)} ({unit})" if unit else column.header(run.language)


def _plain(column: Column, code: str) -> str:
    """The number format of an axis: no decimals where ticks have none."""
    code = code.removesuffix(SPACE)
    large = {Kind.NUMBER: f"[>=100]#,##0;[=0]0;{code}", Kind.MONEY: "#,##0", Kind.PERCENT: "0%"}
    return large.get(column.kind, code)
