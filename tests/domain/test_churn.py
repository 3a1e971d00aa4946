from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.churn import order_gaps, risk_levels, rolling_change
from kam_excel.domain.exact import exact

AS_OF = date(2026, 6, 30)


def sales(*lines):
    """Net sales lines of (customer, date, amount); a negative amount is a return."""
    customers, dates, amounts = zip(*lines, strict=True) if lines else ((), (), ())
    amount = exact([Decimal(str(each)) for each in amounts])
    return pd.DataFrame(
        {
            "date": pd.to_datetime(pd.Series(dates, dtype="str"), format="ISO8601"),
            "customer_id": pd.Series(customers, dtype="str"),
            "amount": amount,
            "is_return": (amount < 0).astype(bool),
        }
    )


def orders(*dates, customer="A"):
    return sales(*[(customer, each, 100) for each in dates])


def compared(recent, year_before):
    """April to June 2026 and 2025 of A, beside an account with sales in all of their months."""
    others = [("Z", f"{year}-{month:02}-15", 1) for year in (2025, 2026) for month in (4, 5, 6)]
    return sales(("A", "2026-05-01", recent), ("A", "2025-04-01", year_before), *others)


# Gaps between orders


def test_gaps_are_between_the_dates_of_orders():
    lines = orders("2026-01-01", "2026-01-11", "2026-01-31", "2026-06-10")
    found = order_gaps(lines, AS_OF).loc["A"]
    assert found["last_order_date"] == pd.Timestamp("2026-06-10")
    assert (found["n_order_dates"], found["median_order_gap"], found["days_since_order"]) == (
        4,
        20,
        20,
    )


def test_orders_of_one_day_are_one():
    lines = orders("2026-06-01 09:00", "2026-06-01 17:30", "2026-06-01", "2026-06-08", "2026-06-11")
    found = order_gaps(lines, AS_OF).loc["A"]
    assert (found["n_order_dates"], found["median_order_gap"]) == (3, 5)
    assert found["last_order_date"] == pd.Timestamp("2026-06-11")


def test_an_even_number_of_gaps_has_its_median_between_two():
    found = order_gaps(orders("2026-06-01", "2026-06-02", "2026-06-06"), AS_OF)
    assert found.loc["A", "median_order_gap"] == 2.5


def test_a_return_is_no_order():
    lines = sales(("A", "2026-06-01", 100), ("A", "2026-06-29", -100), ("B", "2026-06-02", -5))
    found = order_gaps(lines, AS_OF)
    assert found["n_order_dates"].to_dict() == {"A": 1, "B": 0}
    assert found.loc["A", "days_since_order"] == 29
    assert found.loc["B", ["last_order_date", "median_order_gap", "days_since_order"]].isna().all()


def test_two_orders_have_a_gap_and_one_has_none():
    lines = pd.concat([orders("2026-06-01", "2026-06-08"), orders("2026-06-03", customer="B")])
    found = order_gaps(lines, AS_OF)
    assert found["median_order_gap"].tolist()[:1] == [7]
    assert found["median_order_gap"].isna().tolist() == [False, True]


def test_what_is_dated_after_as_of_did_not_happen_yet():
    lines = pd.concat(
        [orders("2026-06-30 23:59", "2026-07-01"), orders("2026-07-01", customer="B")]
    )
    found = order_gaps(lines, AS_OF)
    assert found["n_order_dates"].to_dict() == {"A": 1}
    assert found["days_since_order"].to_dict() == {"A": 0}


def test_sales_without_a_customer_are_no_account():
    lines = pd.concat([compared(80, 100), orders("2026-06-01", customer=UNASSIGNED)])
    assert list(order_gaps(lines, AS_OF).index) == ["A", "Z"]
    assert list(rolling_change(lines, AS_OF).index) == ["A", "Z"]


def test_without_lines_there_is_nobody_to_lose():
    found = order_gaps(sales(), AS_OF).join(rolling_change(sales(), AS_OF))
    assert found.empty
    assert risk_levels(found).empty


# The last months against the same months a year before


def test_the_change_is_of_the_last_full_months():
    lines = pd.concat(
        [
            compared("79.99", 100),
            orders("2026-03-31", "2025-03-31", "2026-07-01", "2025-07-01"),
        ]
    )
    found = rolling_change(lines, AS_OF).loc["A"]
    assert (found["recent"], found["year_before"]) == (Decimal("79.99"), 100)
    assert found["rolling_change"] == -0.2001
    partial = rolling_change(lines, date(2026, 7, 30)).loc["A"]
    assert partial["rolling_change"] == -0.2001


def test_the_change_is_the_nearest_float():
    assert rolling_change(compared(80, 100), AS_OF).loc["A", "rolling_change"] == -0.2
    assert rolling_change(compared(110, 100), AS_OF).loc["A", "rolling_change"] == 0.1


@pytest.mark.parametrize("base", [0, -100])
def test_without_a_positive_base_there_is_no_change(base):
    found = rolling_change(compared(80, base), AS_OF).loc["A"]
    assert found["year_before"] == base
    assert pd.isna(found["rolling_change"])


def test_a_new_account_has_no_change_and_a_silent_one_lost_everything():
    lines = pd.concat(
        [compared(80, 100), orders("2026-05-05", customer="N"), orders("2025-05-05", customer="S")]
    )
    found = rolling_change(lines, AS_OF)
    assert pd.isna(found.loc["N", "rolling_change"])
    assert (found.loc["S", "recent"], found.loc["S", "rolling_change"]) == (0, -1)


def test_returns_lower_the_net_sales_that_are_compared():
    lines = pd.concat([compared(100, 100), sales(("A", "2026-06-30", -60))])
    assert rolling_change(lines, AS_OF).loc["A", "rolling_change"] == -0.6


def test_a_month_that_the_data_do_not_cover_is_left_out_on_both_sides():
    late = sales(
        *[("A", f"2025-{month:02}-01", 100) for month in (5, 6)],
        *[("A", f"2026-{month:02}-01", amount) for month, amount in [(4, 500), (5, 90), (6, 90)]],
    )
    found = rolling_change(late, AS_OF).loc["A"]
    assert (found["recent"], found["year_before"]) == (180, 200)
    assert rolling_change(late, date(2026, 12, 31)).empty


def test_a_month_without_sales_of_one_account_is_zero_if_others_sold():
    assert rolling_change(compared(80, 100), AS_OF).loc["A", "recent"] == 80


def year_round(**amounts):
    """Sales of A on the 15th, by month like m2026_01; the months from 2024-11 on have others."""
    months = pd.period_range("2024-11", "2026-06", freq="M").astype(str)
    others = [("Z", f"{month}-15", 1) for month in months]
    own = [("A", f"{name[1:5]}-{name[6:]}-15", amount) for name, amount in amounts.items()]
    return sales(*own, *others)


def test_february_counts_as_half_of_january_and_february():
    # The festival was in January 2025 and in February 2026.
    lines = year_round(m2025_01=20, m2025_02=100, m2026_01=100, m2026_02=20, m2026_04=7)
    april = date(2026, 4, 30)
    merged = rolling_change(lines, april).loc["A"]
    assert (merged["recent"], merged["year_before"]) == (67, 60)
    alone = rolling_change(lines, april, merge_jan_feb=False).loc["A"]
    assert (alone["recent"], alone["year_before"]) == (27, 100)


def test_halves_of_a_cent_are_kept():
    lines = year_round(m2025_02="0.03", m2026_02="0.01")
    found = rolling_change(lines, date(2026, 4, 30)).loc["A"]
    assert (found["recent"], found["year_before"]) == (Decimal("0.005"), Decimal("0.015"))


@pytest.mark.parametrize("as_of", [date(2026, 2, 28), date(2026, 3, 31)])
def test_where_both_months_count_merging_changes_nothing(as_of):
    lines = year_round(m2025_01=20, m2025_02=100, m2026_01=100, m2026_02=20)
    found = rolling_change(lines, as_of)
    assert found.loc["A", "recent"] == 120
    pd.testing.assert_frame_equal(found, rolling_change(lines, as_of, merge_jan_feb=False))


@pytest.mark.parametrize("as_of", [date(2026, 1, 31), date(2026, 2, 27)])
def test_january_is_left_out_until_its_february_is_complete(as_of):
    lines = year_round(
        m2024_11=1, m2024_12=1, m2025_01=20, m2025_11=2, m2025_12=2, m2026_01=100, m2026_02=9
    )
    found = rolling_change(lines, as_of).loc["A"]
    assert (found["recent"], found["year_before"]) == (4, 2)
    assert rolling_change(lines, as_of, months=1).empty
    alone = rolling_change(lines, as_of, merge_jan_feb=False).loc["A"]
    assert (alone["recent"], alone["year_before"]) == (104, 22)


def test_february_is_left_out_where_the_data_begin_with_it():
    lines = year_round(m2025_02=100, m2025_03=5, m2026_02=50, m2026_03=4)
    begun = lines[lines["date"] >= "2025-02-01"]
    found = rolling_change(begun, date(2026, 4, 30)).loc["A"]
    assert (found["recent"], found["year_before"]) == (4, 5)


def test_one_month_of_the_two_takes_half_of_both():
    lines = year_round(m2025_01=20, m2025_02=100, m2026_01=100, m2026_02=20)
    found = rolling_change(lines, date(2026, 2, 28), months=1).loc["A"]
    assert (found["recent"], found["year_before"]) == (60, 60)


def test_a_partial_month_is_compared_up_to_the_same_day():
    lines = pd.concat([compared(30, 30), orders("2026-06-09", "2025-06-09", "2025-06-10")])
    found = rolling_change(lines, date(2026, 6, 9), include_partial_month=True).loc["A"]
    assert (found["recent"], found["year_before"]) == (130, 130)


def test_the_29th_of_february_is_compared_too():
    lines = sales(
        *[("A", f"{year}-{month}-05", 1) for year in (2024, 2025) for month in ("01", "02")],
        ("A", "2024-02-29", 100),
    )
    found = rolling_change(lines, date(2025, 2, 28), months=2).loc["A"]
    assert (found["recent"], found["year_before"]) == (2, 102)


# Both signals together


def test_levels_from_lines():
    steady = [("A", f"{year}-{month:02}-10", 10) for year in (2025, 2026) for month in range(1, 7)]
    stopped = [("B", f"2025-{month:02}-10", 10) for month in range(1, 13)]
    new = [("C", "2026-06-01", 10)]
    lines = sales(*steady, *stopped, *new)
    found = risk_levels(order_gaps(lines, AS_OF).join(rolling_change(lines, AS_OF)))
    assert found.dropna().to_dict() == {"A": "low", "B": "high"}
    assert pd.isna(found["C"])


# Laws

days = st.dates(date(2025, 1, 1), AS_OF)
line = st.tuples(
    st.sampled_from("ABC"), days.map(date.isoformat), st.decimals(-100, 1000, places=2)
)
books = st.lists(line, max_size=40).map(lambda lines: sales(*lines))


@given(books, st.booleans())
def test_gaps_are_what_the_definition_says(lines, shift_index):
    if shift_index:
        lines.index = [7] * len(lines)
    found = order_gaps(lines, AS_OF)
    for account, row in found.iterrows():
        own = lines[(lines["customer_id"] == account) & ~lines["is_return"]]
        dates = sorted(set(own["date"]))
        gaps = [(later - earlier).days for earlier, later in pairwise(dates)]
        assert row["n_order_dates"] == len(dates)
        assert row["median_order_gap"] == median(gaps) if gaps else pd.isna(row["median_order_gap"])
    assert set(found.index) == set(lines["customer_id"])


@settings(max_examples=50)
@given(books, st.randoms(), days, st.booleans())
def test_the_order_of_lines_does_not_matter(lines, random, as_of, merge):
    order = list(range(len(lines)))
    random.shuffle(order)
    shuffled = lines.iloc[order]
    pd.testing.assert_frame_equal(order_gaps(shuffled, as_of), order_gaps(lines, as_of))
    pd.testing.assert_frame_equal(
        rolling_change(shuffled, as_of, merge_jan_feb=merge),
        rolling_change(lines, as_of, merge_jan_feb=merge),
    )


@given(books, st.booleans())
def test_the_same_sales_in_both_years_change_nothing(lines, merge):
    every_month = sales(*[("Z", f"2025-{month:02}-01", 1) for month in range(1, 13)])
    first = pd.concat([lines[lines["date"] < "2026-01-01"], every_month])
    second = first.assign(date=first["date"] + pd.DateOffset(years=1))
    found = rolling_change(pd.concat([first, second]), date(2026, 12, 31), 12, merge)
    assert (found["recent"] == found["year_before"]).all()
    assert found["recent"].sum() == first["amount"].sum()
