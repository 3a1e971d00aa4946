"""A plugin whose outputs have every look, every kind of chart, a card, links and sparklines."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, get_args

import pandas as pd

from kam_excel import (
    Arrows,
    Boolean,
    Chart,
    Choice,
    DataBar,
    Date,
    Frame,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    RibbonAction,
    Sales,
    Series,
    Shades,
    Sparkline,
    Table,
    Text,
    Tones,
    column,
    hookimpl,
    strategy,
)
from kam_excel.codes import Text as Words
from kam_excel.contract.chart import ChartKind
from kam_excel.contract.look import Page

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)


def chart(kind: ChartKind) -> Chart:
    """A chart of that kind, with a second axis or with points where it can have them."""
    second = {
        "column": (Series("share", "line", secondary=True, name=("占比", "Share")),),
        "scatter": (Series("share", "points"),),
    }
    return Chart(
        kind,
        zh=kind,
        en=kind,
        kind=kind,
        x="number",
        series=(Series("first"), *second.get(kind, ())),
        top=Decimal(1) if kind == "line" else None,
    )


class Looks(
    Table,
    zh="外观",
    en="Looks",
    key=("code",),
    remembered=("number",),
    charts=tuple(chart(kind) for kind in KINDS),
    page=Page("Letter", landscape=True, break_by="code"),
):
    code: Key = column(zh="编码", en="Code", note=("客户", "Customer"))
    number: Integer = column(zh="序号", en="Number", look=DataBar())
    first: Money = column(zh="首期", en="First", look=Shades())
    share: Percent = column(zh="占比", en="Share", look=Shades(diverging=True))
    second: Number = column(zh="次期", en="Second", look=Arrows(Fraction(1), Fraction(0)))
    trend: Text = column(zh="走势", en="Trend", look=Sparkline("first", "second"))
    is_good: Boolean = column(zh="良好", en="Good", look=Tones({True: "good"}))
    day: Date = column(zh="日期", en="Day", optional=True)
    place: Text = column(zh="位置", en="Place", link=True)
    verdict: Choice = column(
        zh="意见", en="Verdict", manual=True, choices={"go": "去", "stay": "不去"}
    )
    reason: Text = column(zh="理由", en="Reason", manual=True)


class Overview(
    Table,
    zh="概览",
    en="Overview",
    card=True,
    charts=(
        Chart("c", zh="图", en="C", kind="bar", x="code", series=(Series("first"),), source=Looks),
    ),
):
    count: Integer = column(zh="家数", en="Count")
    share: Percent = column(zh="占比", en="Share")
    advice: Text = column(zh="建议", en="Advice")


class Given(NamedTuple):
    looks: Frame[Looks]
    overview: Frame[Overview]


@strategy(zh="外观", en="Show looks")
def show_looks(sales: Frame[Sales]) -> Given:
    codes = sorted(sales["customer_id"].dropna().unique())
    n = len(codes)
    looks = {
        "code": codes,
        "number": range(n),
        "first": [Decimal(i) for i in range(n)],
        "share": [i / n for i in range(n)],
        "second": [float(i % 2) for i in range(n)],
        "trend": [None] * n,
        "is_good": [i % 2 == 0 for i in range(n)],
        "day": [pd.Timestamp("2026-06-30")] * n,
        "place": ["https://example.com/"] + ["Sales!A1"] * (n - 1),
        "verdict": [None] * n,
        "reason": [None] * n,
    }
    overview = {"count": [n], "share": [0.5], "advice": ["=1+1"]}
    return Given(Looks.frame(pd.DataFrame(looks)), Overview.frame(pd.DataFrame(overview)))


def stamp(book: Any) -> None:
    book.sheets[0].range("Z1").font.italic = True


@hookimpl
def kam_register_strategies() -> list[Any]:
    return [show_looks]


@hookimpl
def kam_ribbon_actions() -> list[RibbonAction]:
    return [RibbonAction("stamp", Words("盖章", "Stamp"), Words("盖章", "Stamps"), stamp)]
