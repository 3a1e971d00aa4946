"""Periods as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.incentives.spans import read_periods, text_of, window_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window

DAYS = st.dates(date(1970, 1, 1), date(2100, 12, 31))


def window(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


YEAR = window("2026-01-01", "2026-12-31")
FOURTH = window("2026-10-01", "2026-12-31")
OCTOBER = window("2026-10-01", "2026-10-31")
SPELLINGS = {
    YEAR: "2026, 2026年, 2026年度, 2026 年, ２０２６, 2026.0, 2026全年, 2026年1-12月, "
    "2026Q1~2026Q4",
    FOURTH: "2026Q4, 2026q4, 2026-Q4, 2026年Q4, 2026年第四季度, 2026四季度, 2026年4季度, "
    "2026第4季度, 2026-10-01~2026-12-31, 2026-10-01～2026-12-31, 2026/10/1-2026/12/31, "
    "2026.10.1—2026.12.31, 20261001-20261231, 2026-10-01 to 2026-12-31, 2026-10-01..2026-12-31, "
    "2026年10月1日至2026年12月31日, 2026年10月1日到12月31日, 2026年10月至12月, 2026年10-12月, "
    "2026-10 - 2026-12, 2026-10-01~12-31, 2026/10/1-12/31",
    window("2026-01-01", "2026-06-30"): "2026H1, 2026h1, 2026上半年, 2026年上半年, 2026Q1-Q2, "
    "2026年第一季度至第二季度",
    window("2026-07-01", "2026-12-31"): "2026H2, 2026下半年, 2026-H2",
    OCTOBER: "2026-10, 2026/10, 2026.10, 2026年10月, 202610, 2026年10月份, 2026年10月1日-31日",
    window("2026-02-01", "2026-02-28"): "2026-2, 2026年2月, 202602",
    window("2024-02-29", "2024-02-29"): "2024-02-29, 2024年2月29日, 20240229, "
    "2024-02-29 00:00:00, 2024/2/29~2024/2/29",
    window("2025-01-01", "2026-12-31"): "2025-2026, 2025年至2026年",
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [(text, meant) for meant, texts in SPELLINGS.items() for text in texts.split(", ")],
)
def test_a_period_is_read_as_people_write_it(text, meant):
    assert window_of(text) == meant


def test_a_number_is_a_year_or_a_month():
    assert window_of(2026) == YEAR
    assert window_of(202610) == OCTOBER


@pytest.mark.parametrize(
    "text",
    "|全年|26年|2026Q5|2026Q|2026H3|2026年五季度|2026上季度|2026一半年|2026-13|2026-00|2026-02-29"
    "|2026-04-31|20261301|1969|2101|2026-10~2026-12-31|2026~10|2026-12-31~2026-10-01|2026/10-1"
    "|2026-1-2-3|2026-1-13-5|2026-10-01~|~2026|2026年10月1日至今|见附件|nan".split("|"),
)
def test_what_cannot_be_read_is_nothing(text):
    assert window_of(text) is None


@given(DAYS, DAYS)
def test_every_window_is_read_back_from_its_text(one, other):
    meant = Window(min(one, other), max(one, other))
    assert window_of(text_of(meant)) == meant


@given(st.text("0123456789年月日季度QH~-/. 上下半第一至to", max_size=30) | st.text())
def test_any_text_is_a_period_or_none(text):
    window = window_of(text)
    assert window is None or window_of(text_of(window)) == window


def test_a_long_text_is_no_period():
    assert window_of("2026-10~" * 4000) is None


@given(st.integers(1970, 2100), st.sampled_from([1, 3, 6, 12]), st.integers(0, 11))
def test_whole_periods_have_short_texts(year, months, number):
    first = number * months % 12 + 1
    start = date(year, first, 1)
    after = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    said = text_of(Window(start, after - timedelta(days=1)))
    assert len(said) <= len("2026-10")
    assert window_of(said) == Window(start, after - timedelta(days=1))


def test_the_periods_of_a_sheet():
    log = IssueLog()
    frame = pd.DataFrame({"period": ["2026Q4", None, "2026-10-01", "soon", "soon"]}, range(6, 11))
    read = read_periods(frame, "targets", log)
    assert read.to_dict() == {6: FOURTH, 7: None, 8: OCTOBER, 9: None, 10: None}
    issues = log.frame()
    assert issues[["reason_code", "row_no", "original_value", "taken"]].values.tolist() == [
        ["PERIOD_UNREADABLE", 9, "soon", ""],
        ["PERIOD_DAY_AS_MONTH", 8, "2026-10-01", "2026-10"],
    ]


def test_who_means_the_first_of_a_month_can_say_so():
    log = IssueLog()
    frame = pd.DataFrame({"period": ["2026-10-01~2026-10-01", "2026年10月1日"]})
    day = window("2026-10-01", "2026-10-01")
    assert read_periods(frame, "contests", log).tolist() == [day, day]
    assert log.frame().empty
