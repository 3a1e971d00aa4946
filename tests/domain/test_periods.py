from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.periods import (
    Window,
    gaps,
    last_full_months,
    month_keys,
    months,
    previous,
    shift_months,
)


@pytest.mark.parametrize(
    ("as_of", "count", "start", "end"),
    [
        (date(2015, 6, 30), 12, date(2014, 7, 1), date(2015, 6, 30)),
        (date(2011, 12, 9), 12, date(2010, 12, 1), date(2011, 11, 30)),
        (date(2024, 2, 28), 1, date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 29), 1, date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 1, 15), 3, date(2023, 10, 1), date(2023, 12, 31)),
    ],
)
def test_a_window_ends_with_the_last_complete_month(as_of, count, start, end):
    assert last_full_months(as_of, count) == Window(start, end)


def test_the_partial_month_counts_on_request():
    window = last_full_months(date(2011, 12, 9), 12, include_partial_month=True)
    assert window == Window(date(2011, 1, 1), date(2011, 12, 9))


def test_the_previous_window_is_as_long():
    assert previous(Window(date(2014, 7, 1), date(2015, 6, 30))) == Window(
        date(2013, 7, 1), date(2014, 6, 30)
    )
    assert previous(Window(date(2024, 2, 1), date(2024, 2, 29))) == Window(
        date(2024, 1, 1), date(2024, 1, 31)
    )


def test_the_window_before_a_partial_one_ends_on_the_same_day():
    partial = Window(date(2011, 10, 1), date(2011, 12, 9))
    assert previous(partial) == Window(date(2011, 7, 1), date(2011, 9, 9))


def test_contains_counts_both_ends_at_any_time_of_day():
    dates = pd.to_datetime(
        pd.Series(["2015-01-31", "2015-02-01", "2015-02-28 23:59:59", "2015-03-01", None]),
        format="ISO8601",
    )
    inside = Window(date(2015, 2, 1), date(2015, 2, 28)).contains(dates)
    assert inside.tolist() == [False, True, True, False, False]


def test_months_and_month_keys_agree():
    dates = pd.to_datetime(pd.Series(["2014-12-31", "2015-01-01", None]))
    assert month_keys(dates).astype(str).tolist()[:2] == ["2014-12", "2015-01"]
    assert month_keys(dates).isna().tolist() == [False, False, True]
    window = Window(date(2014, 12, 31), date(2015, 2, 1))
    assert months(window).astype(str).tolist() == ["2014-12", "2015-01", "2015-02"]


def test_impossible_windows_are_refused():
    with pytest.raises(ValueError, match="cannot end"):
        Window(date(2015, 2, 1), date(2015, 1, 31))
    with pytest.raises(ValueError, match="at least one month"):
        last_full_months(date(2015, 2, 1), 0)


def test_shifting_to_a_shorter_month_takes_its_last_day():
    assert shift_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60), st.booleans())
def test_windows_have_the_length_asked_for_and_follow_without_a_gap(as_of, count, partial):
    window = last_full_months(as_of, count, partial)
    before = previous(window)
    assert len(months(window)) == len(months(before)) == count
    assert shift_months(before.start, count) == window.start
    assert window.end <= as_of


def test_gaps_are_months_without_a_date():
    dates = pd.to_datetime(
        pd.Series(["2026-03-31", None, "2025-12-01", "2026-03-01", "2026-07-04"])
    )
    assert gaps(dates) == ["2026-01 – 2026-02", "2026-04 – 2026-06"]
    assert gaps(dates.iloc[[0, 2]].iloc[:1]) == []
    assert gaps(dates.iloc[:0]) == []
