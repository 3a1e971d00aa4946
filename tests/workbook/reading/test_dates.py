"""Dates: cells, numbers of days, and texts that name one day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import Kind
from typing_columns import typed, verdict

JANUARY_5 = datetime(2026, 1, 5)
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}


@pytest.mark.parametrize(
    "text",
    [
        *("2026/1/5", "2026-01-05", "2026.1.5", "20260105", "2026年1月5日", "2026 年 1 月 5 日"),
        *("2026年1月5号", "２０２６／１／５", "\xa02026-01-05\u200b"),
        *("2026-01-05 10:30", "2026-01-05T10:30:00", "2026-01-05T10:30:00.123Z"),
        *("2026/1/5 23:59:59+08:00", "2026/1/5 10:30 AM", "2026/1/5 10:30:15 p.m."),
        *("2026/1/5 下午 3:20", "2026年1月5日 10:30", "2026年1月5日下午3:20"),
        *("2026年1月5日 星期一", "2026年1月5日星期一", "2026/1/5 周一", "2026-01-05 (Mon)"),
        *("5-Jan-2026", "05 JAN 2026", "5 January 2026", "5th January, 2026", "5-jan.-2026"),
        *("Jan 5, 2026", "January 5 2026", "Jan. 5th, 2026", "Mon, 5 Jan 2026 10:30:00"),
        "Monday, January 5, 2026",
    ],
)
def test_a_text_that_names_one_day_is_read_and_noted(text):
    assert verdict(Kind.DATE, text) == (JANUARY_5, "TEXT_DATE")


@pytest.mark.parametrize("text", ["2026年1月", "2026/01", "2026-1", "Jan 2026", "January-2026"])
def test_a_month_is_its_first_day(text):
    assert verdict(Kind.DATE, text) == (datetime(2026, 1, 1), "TEXT_DATE")


@pytest.mark.parametrize("text", ["5/1/2026", "05-01-2026", "5.1.2026", "5/1/26", "5-Jan-26"])
def test_an_order_of_days_and_months_is_not_guessed(text):
    assert verdict(Kind.DATE, text) == "DATE_ORDER_UNKNOWN"
    assert verdict(Kind.DATE, text, {"date_order": "dmy"}) == (JANUARY_5, "TEXT_DATE")


@pytest.mark.parametrize("text", ["1/5/2026", "01-05-2026", "1/5/26", "1/5/2026 10:30"])
def test_months_may_come_first(text):
    assert verdict(Kind.DATE, text, {"date_order": "mdy"}) == (JANUARY_5, "TEXT_DATE")


@pytest.mark.parametrize("order", ["none", "dmy", "mdy"])
def test_an_order_leaves_what_is_clear_alone(order):
    assert verdict(Kind.DATE, "2026/1/5", {"date_order": order}) == (JANUARY_5, "TEXT_DATE")
    assert verdict(Kind.DATE, "31/31/2026", {"date_order": "dmy"}) == "DATE_NOT_READABLE"
    assert verdict(Kind.DATE, "13/1/2026", {"date_order": "mdy"}) == "DATE_NOT_READABLE"


def test_a_short_year_is_of_this_century_to_29_as_in_excel():
    rules = {"date_order": "dmy"}
    assert verdict(Kind.DATE, "5/1/29", rules)[0].year == 2029
    assert verdict(Kind.DATE, "5/1/30", rules) == (datetime(1930, 1, 5), "TEXT_DATE", "DATE_FAR")


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-02-30", "2026-13-01", "20261301", "2026年13月", "0000-01-01", "2026-0-1"),
        *("2026", "2026.1", "2026.10", "202601", "26-1-5", "2026-1/5", "昨天", "1月5日", "Jan 5"),
        *("2026-01-05 24:00", "2026-01-05 10:60", "2026/1/5 13:00 PM", "2026/1/5 下午 1:00 PM"),
        *("2026年1月5日 星期二", "Tue, 5 Jan 2026", "2026-01-05 10", "10:30", "2026Q1", "46027"),
        *(0, -1, 60, 2026, 2026.0, 202601.0, 20261301, 73_416, 2_958_466, 1e300, True, 0.5),
        *(datetime(1899, 12, 31), datetime(1900, 2, 28), time(10, 30), timedelta(5), object()),
    ],
)
def test_what_names_no_day_is_refused(cell):
    assert verdict(Kind.DATE, cell) == "DATE_NOT_READABLE"


def test_a_date_cell_loses_its_time_and_is_not_noted():
    assert verdict(Kind.DATE, datetime(2026, 1, 5, 17, 30)) == (JANUARY_5,)
    assert verdict(Kind.DATE, date(2026, 1, 5)) == (JANUARY_5,)


@pytest.mark.parametrize("cell", [46027, 46027.0, 46027.75, 20260105, 20260105.0])
def test_a_number_of_days_or_a_compact_date_is_read_and_noted(cell):
    assert verdict(Kind.DATE, cell) == (JANUARY_5, "NUMBER_DATE")


def test_numbers_of_days_count_from_the_epoch_of_their_book():
    assert verdict(Kind.DATE, 44565.0, date1904=True) == (JANUARY_5, "NUMBER_DATE")
    assert verdict(Kind.DATE, 46027.0, date1904=True) == (datetime(2030, 1, 6), "NUMBER_DATE")
    # A time without a day.
    assert verdict(Kind.DATE, datetime(1904, 1, 1, 10), date1904=True) == "DATE_NOT_READABLE"


@pytest.mark.parametrize("cell", [datetime(2206, 1, 5), datetime(1969, 12, 31), "2206-01-05"])
def test_a_day_of_another_age_is_kept_and_noted(cell):
    day = datetime(2206, 1, 5) if isinstance(cell, str) else cell
    assert verdict(Kind.DATE, cell)[0] == day
    assert verdict(Kind.DATE, cell)[-1] == "DATE_FAR"


def test_far_days_are_noted_at_each_of_their_rows():
    far = datetime(2206, 1, 5)
    found = typed(Kind.DATE, [far, JANUARY_5, None, far])
    assert found.noted == {"DATE_FAR": [0, 3]}


@pytest.mark.parametrize("cell", ["", "  ", None])
def test_a_blank_cell_is_no_date(cell):
    assert verdict(Kind.DATE, cell) == (None,)


def test_a_dash_is_an_empty_date_if_the_policy_says_so():
    assert verdict(Kind.DATE, "—") == "DASH_NOT_READABLE"
    assert verdict(Kind.DATE, "—", {"dash": "empty"}) == (None, "DASH_READ")
    assert verdict(Kind.DATE, "—", {"dash": "zero"}) == (None, "DASH_READ")


DAYS = st.dates(date(1970, 1, 1), date(2100, 12, 31)).map(
    lambda day: datetime(day.year, day.month, day.day)
)
FORMS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%Y年%m月%d日",
    "%d-%b-%Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%A, %B %d, %Y",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %I:%M %p",
]


@given(DAYS, st.sampled_from(FORMS))
def test_a_day_is_read_back_from_any_form(day, form):
    assert verdict(Kind.DATE, day.strftime(form)) == (day, "TEXT_DATE")


@given(DAYS, st.sampled_from(["%{}/%{}/%Y", "%{}-%{}-%Y", "%{}.%{}.%Y"]))
def test_a_day_is_read_back_in_the_order_that_the_policy_names(day, form):
    for order, first, second in (("dmy", "d", "m"), ("mdy", "m", "d")):
        text = day.strftime(form.format(first, second))
        assert verdict(Kind.DATE, text, {"date_order": order}) == (day, "TEXT_DATE")


@given(DAYS, st.booleans(), st.floats(0, 0.99))
def test_a_day_is_read_back_from_its_serial_number(day, date1904, part):
    serial = (day - EPOCHS[date1904]).days + part
    assert verdict(Kind.DATE, serial, date1904=date1904) == (day, "NUMBER_DATE")
