"""What part of a period is to be expected by a day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.seasons import month_weights, share_to_date
from kam_excel.domain.periods import Window

YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))


def lines(**amounts: int) -> pd.DataFrame:
    """Sales on the tenth of months: `lines(m2025_01=100)`."""
    days = [pd.Timestamp(f"{name[1:5]}-{name[6:]}-10") for name in amounts]
    return pd.DataFrame({"date": days, "amount": exact(list(amounts.values()))})


def year(number: int, amounts: list[int]) -> dict[str, int]:
    return {f"m{number}_{month:02}": each for month, each in enumerate(amounts, start=1)}


SUMMER = [50, 50, 50, 50, 100, 300, 200, 50, 50, 50, 50, 0]


def test_months_weigh_what_was_sold_in_them_a_year_before():
    weights = month_weights(lines(**year(2025, SUMMER)), YEAR.start)
    assert weights == dict(enumerate(SUMMER, start=1))
    assert share_to_date(YEAR, date(2026, 6, 30), weights) == Fraction(6, 10)
    assert share_to_date(YEAR, date(2026, 6, 15), weights) == Fraction(45, 100)


def test_january_and_february_share_what_the_spring_festival_moves():
    weights = month_weights(lines(**year(2025, [90, 10, *SUMMER[2:]])), YEAR.start)
    assert (weights[1], weights[2]) == (50, 50)
    apart = month_weights(
        lines(**year(2025, [90, 10, *SUMMER[2:]])), YEAR.start, merge_jan_feb=False
    )
    assert (apart[1], apart[2]) == (90, 10)


def test_as_many_whole_years_count_as_there_are_three_at_most():
    two = lines(**year(2024, SUMMER), **year(2025, SUMMER), m2026_01=999)
    assert month_weights(two, YEAR.start)[6] == 600
    four = lines(
        **year(2022, [9] * 12),
        **{k: v for n in (2023, 2024, 2025) for k, v in year(n, SUMMER).items()},
    )
    assert month_weights(four, YEAR.start)[6] == 900


def test_without_a_whole_year_or_sales_every_day_counts_alike():
    assert month_weights(lines(m2025_03=1, m2025_12=1), YEAR.start) is None
    assert month_weights(lines(**year(2025, [0] * 12)), YEAR.start) is None
    assert month_weights(lines()[:0], YEAR.start) is None
    assert share_to_date(YEAR, date(2026, 6, 30)) == Fraction(181, 365)


def test_a_month_of_more_returns_than_sales_weighs_nothing():
    weights = month_weights(lines(**year(2025, [*SUMMER[:-1], -70])), YEAR.start)
    assert weights[12] == 0


def test_where_all_months_of_a_period_weigh_nothing_days_count():
    december = Window(date(2026, 12, 1), date(2026, 12, 31))
    weights = month_weights(lines(**year(2025, SUMMER)), YEAR.start)
    assert share_to_date(december, date(2026, 12, 10), weights) == Fraction(10, 31)


@pytest.mark.parametrize(
    ("as_of", "share"), [("2025-12-31", 0), ("2026-12-31", 1), ("2027-05-01", 1)]
)
def test_before_the_period_nothing_is_expected_and_after_it_all(as_of, share):
    assert share_to_date(YEAR, date.fromisoformat(as_of)) == share


@given(
    st.lists(st.integers(0, 1000), min_size=12, max_size=12),
    st.integers(0, 363),
)
def test_the_share_grows_with_the_days(amounts, day):
    weights = {month: Fraction(each) for month, each in enumerate(amounts, start=1)}
    today = YEAR.start + timedelta(days=day)
    now, tomorrow = (share_to_date(YEAR, each, weights) for each in (today, today + timedelta(1)))
    assert 0 <= now <= tomorrow <= 1
