"""Amounts of the base currency in the currency of a policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.proof import rounded

D = Decimal


def exchange(*rates: tuple[str, str, str]) -> Exchange:
    frame = pd.DataFrame(rates, columns=["currency", "effective_date", "fx_rate"])
    days, values = pd.to_datetime(frame["effective_date"]), exact(map(D, frame["fx_rate"]))
    return Exchange("CNY", frame.assign(effective_date=days, fx_rate=values))


def test_the_rate_is_the_last_one_that_is_not_after_the_day():
    rates = exchange(
        ("USD", "2026-02-01", "8"), ("USD", "2026-01-01", "7"), ("EUR", "2020-01-01", "9")
    )
    days = pd.Series(pd.to_datetime(["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"]))
    amounts = exact([1000, 14, 7, 8])
    assert rates.is_unrated("USD", days).tolist() == [True, False, False, False]
    summed = rates.out_of_base(amounts, days, np.array([0, 0, 1, 1]), 3, "USD", 2)
    assert [str(each) for each in summed] == ["2.00", "2.00", "0.00"]


def test_a_currency_without_rates_is_worth_nothing_yet():
    days = pd.Series(pd.to_datetime(["2026-01-01"]))
    rates = exchange(("EUR", "2020-01-01", "9"))
    assert rates.is_unrated("USD", days).tolist() == [True]
    assert rates.out_of_base(exact([5]), days, np.array([0]), 1, "USD", 2).tolist() == [0]


DAYS = [date(2026, 1, day) for day in range(1, 6)]
cents = st.integers(-(10**12), 10**12).map(lambda each: D(each).scaleb(-2))
per_unit = st.integers(1, 99_999).map(lambda each: D(each).scaleb(-4))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(DAYS), cents), max_size=12),
    st.lists(per_unit, min_size=5, max_size=5),
    st.sampled_from([0, 2, 6]),
)
def test_each_row_is_divided_by_the_rate_of_its_day_and_the_sum_is_rounded_once(
    rows, rates, places
):
    by_day = dict(zip(DAYS, rates, strict=True))
    of_days = exchange(*(("USD", day.isoformat(), str(rate)) for day, rate in by_day.items()))
    groups = np.array([group for group, _, _ in rows], dtype=np.intp)
    days = pd.Series(pd.to_datetime([day for _, day, _ in rows]), dtype="datetime64[us]")
    summed = of_days.out_of_base(exact([each for *_, each in rows]), days, groups, 3, "USD", places)
    for number in range(3):
        parts = [Fraction(each) / Fraction(by_day[day]) for g, day, each in rows if g == number]
        assert summed[number] == rounded(sum(parts, Fraction(0)), places)
