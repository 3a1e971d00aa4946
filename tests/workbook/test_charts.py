"""Declared charts and the card, as they stand on the sheets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import (
    Chart,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    Series,
    Table,
    Text,
    column,
    headless,
)
from kam_excel.contract.strategy import Run
from kam_excel.domain.exact import exact
from kam_excel.workbook.charts import draw_charts
from kam_excel.workbook.write import write_output

RUN = Run(as_of=date(2026, 6, 30), language="en")


class Curve(Table, zh="曲线", en="Curve", key=("customer_id",)):
    rank: Integer = column(zh="排名", en="Rank")
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    amount: Money = column(zh="金额", en="Amount")
    share: Percent = column(zh="占比", en="Share")


class Scale(Table, zh="返利曲线", en="Rebate scale"):
    policy: Text = column(zh="政策", en="Policy")
    sales: Money = column(zh="销售额", en="Sales")
    rebate: Money = column(zh="返利", en="Rebate", optional=True)
    actual: Money = column(zh="实际返利", en="Actual rebate", optional=True)


CURVE = Chart(
    "scale",
    zh="返利曲线",
    en="Rebate scale",
    kind="scatter",
    source=Scale,
    x="sales",
    series=(Series("rebate"), Series("actual", kind="points")),
    named_by="policy",
)


class Steps(Table, zh="阶梯", en="Steps", charts=(CURVE,)):
    n: Integer = column(zh="数", en="N")


LINES = Chart(
    "lines",
    zh="金额与占比",
    en="Amount and share",
    kind="column",
    source=Curve,
    x="rank",
    series=(Series("amount"), Series("share", kind="line", secondary=True)),
    second_top=Decimal(1),
)


class Figures(Table, zh="概览", en="Figures", card=True, charts=(LINES,)):
    n: Integer = column(zh="客户数", en="Customers")
    index: Number = column(zh="指数", en="Index", decimals=4)
    advice: Text = column(zh="建议", en="Advice")


@pytest.fixture
def book():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add()
    app.quit()


def written(book: xw.Book, *amounts: int, run: Run = RUN) -> xw.Sheet:
    n = len(amounts)
    curve = pd.DataFrame(
        {
            "rank": range(1, n + 1),
            "customer_id": [f"C{i}" for i in range(n)],
            "amount": exact(list(amounts)),
            "share": [0.5] * n,
        }
    )
    figures = pd.DataFrame([{"n": n, "index": 0.12345, "advice": "=1+1"}])
    sheet = write_output(book, Figures, Figures.frame(figures), run, "0")
    write_output(book, Curve, Curve.frame(curve), run, "0")
    draw_charts(book, Figures, run)
    return sheet


def test_the_chart_draws_the_source_with_titles_and_units(book):
    chart = written(book, 300, 200, 100).charts[0]
    assert chart.name == "kam_figures.lines"
    assert chart.title == "Amount and share"
    assert [series.name for series in chart.series] == ["Amount", "Share"]
    assert [series.axis_group for series in chart.series] == ["primary", "secondary"]
    assert chart.category_axis.title == "Rank"
    assert chart.value_axis.title == "Amount (CNY)"
    assert chart.secondary_value_axis.title == "Share"
    assert chart.secondary_value_axis.maximum_scale == 1


def test_a_second_run_draws_the_same_chart_once_and_leaves_those_of_users(book):
    sheet = written(book, 300, 200)
    sheet.charts.add(name="mine", source=sheet.range("A5:B6"))
    written(book, 300, 200, 100)
    assert sorted(chart.name for chart in sheet.charts) == ["kam_figures.lines", "mine"]


def test_a_chart_without_rows_is_left_out(book):
    assert len(written(book).charts) == 0


def test_the_card_shows_labels_and_values_below_the_table(book):
    sheet = written(book, 300, 200)
    assert sheet.range("A9").value == "Figures · As of 2026-06-30 · CNY"
    assert sheet.range("A10").value == "Customers"
    assert sheet.range("C10").value == 2
    assert sheet.range("E10").value == "Index"
    assert sheet.range("G10").number_format == "#,##0.0000_ _ "
    assert (sheet.range("C11").value, sheet.range("C11").formula) == ("=1+1", "=1+1")
    assert sheet.page_setup.print_area.startswith("$A$9:$G$")


def test_the_card_covers_what_prints(book):
    sheet = written(book, 300, 200)
    chart = sheet.charts[0]
    area = sheet.range(sheet.page_setup.print_area)
    assert chart.top + chart.height <= area.top + area.height


def scale(book: xw.Book, rebates: list[int | None], actual: list[int | None]) -> xw.Sheet:
    """A sheet with the chart of a scale, whose steps are at 0, 100, 200 …"""
    sheet = write_output(book, Steps, Steps.frame(pd.DataFrame([{"n": 1}])), RUN, "0")
    data = {
        "policy": "Annual rebate",
        "sales": exact([100 * place for place in range(len(rebates))]),
        "rebate": exact(rebates),
        "actual": exact(actual),
    }
    write_output(book, Scale, Scale.frame(pd.DataFrame(data)), RUN, "0")
    draw_charts(book, Steps, RUN)
    return sheet


def test_points_stand_beside_a_line_that_may_begin_later(book):
    (chart,) = scale(book, [None, 0, 5, None], [3, None, None, 4]).charts
    line, points = chart.series
    assert (line.chart_type, line.marker_style) == ("xy_scatter_lines_no_markers", "none")
    assert (points.chart_type, points.marker_style) == ("xy_scatter", "circle")
    assert points.marker_size == 7
    assert points.marker_background_color != line.line_color
    assert chart.category_axis.number_format == "#,##0"
    assert chart.title == "Rebate scale · Annual rebate"


def test_a_chart_of_empty_columns_is_left_out(book):
    assert len(scale(book, [None, None], [None, None]).charts) == 0


@pytest.mark.parametrize(
    ("kind", "other", "is_shown"),
    [
        ("scatter", "points", True),
        ("points", "scatter", True),
        ("column", "line", True),
        ("line", "points", False),
        ("scatter", "line", False),
        ("bar", "line", False),
        ("pie", "column", False),
    ],
)
def test_kinds_that_no_chart_shows_together_are_refused_when_it_is_declared(kind, other, is_shown):
    series = (Series("rebate"), Series("actual", kind=other))
    chart = Chart("c", zh="图", en="C", kind=kind, source=Scale, x="sales", series=series)
    if is_shown:
        chart.check(Scale.columns)
    else:
        with pytest.raises(TypeError, match=f"{min(kind, other)}, {max(kind, other)} together"):
            chart.check(Scale.columns)


def test_titles_are_in_the_language_of_the_run(book):
    chart = written(book, 3, 2, run=Run(as_of=RUN.as_of, language="zh")).charts[0]
    assert chart.title == "金额与占比"
    assert chart.value_axis.title == "金额 (CNY)"


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ((Series("rank"), Series("amount")), "side by side"),
        ((Series("nothing"),), "nothing"),
        ((), "nothing"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_when_it_is_declared(series, said):
    bad = Chart("bad", zh="坏", en="Bad", kind="line", source=Curve, x="rank", series=series)
    with pytest.raises(TypeError, match=said):
        type("Bad", (Table,), {}, zh="坏", en="Bad", charts=(bad,))
