"""The next tier, cliffs, and stock that is pushed at period end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.next_tier import AlertRules, alerts, next_tiers
from kam_excel.domain.incentives.rebates import calculated

D = Decimal
IN_FULL = policy(method="retrospective")
RULES = AlertRules()


def alert(deal, as_of, **before):
    earlier = {customer: D(each) for customer, each in before.items()}
    pushed = pd.Series(exact(list(earlier.values())).array, index=list(earlier))
    tiers = next_tiers(deal)
    return alerts(deal, tiers, pushed, date.fromisoformat(as_of), RULES).tolist()


def test_one_cent_below_a_tier_that_cent_gains_50_000():
    (row,) = next_tiers(dealing(IN_FULL, A="4999999.99")).to_dict("records")
    assert (row["tier"], row["next_tier"], row["next_tier_lower"]) == (2, 3, D(5_000_000))
    assert (row["tier_gap"], row["tier_gain"]) == (D("0.01"), D("50000.00"))
    assert row["cliff_ratio"] == 5_000_000


def test_slices_have_no_cliff():
    (row,) = next_tiers(dealing(policy(), A=4_000_000)).to_dict("records")
    assert (row["tier_gap"], row["tier_gain"]) == (D(1_000_000), D("20000.00"))
    assert row["cliff_ratio"] == pytest.approx(0.02)


def test_on_the_last_tier_there_is_no_next_one():
    row = next_tiers(dealing(IN_FULL, A=6_000_000)).iloc[0]
    assert row["tier"] == 3
    assert row.drop(["tier", "basis_value"]).isna().all()


@pytest.mark.parametrize(
    ("threshold", "basis", "expected"),
    [
        # What is paid at the threshold is the whole: 1 % of 800,000, 2 % of 1.5 million.
        (800_000, 300_000, (1, 1, D(800_000), D(500_000), D("8000.00"))),
        (1_500_000, 300_000, (1, 2, D(1_500_000), D(1_200_000), D("30000.00"))),
        (1_500_000, 1_200_000, (2, 2, D(1_500_000), D(300_000), D("30000.00"))),
        (6_000_000, 5_500_000, (3, 3, D(6_000_000), D(500_000), D("180000.00"))),
        (800_000, 800_000, (1, 2, D(1_000_000), D(200_000), D("12000.00"))),
    ],
)
def test_below_the_threshold_the_next_step_is_where_the_policy_begins_to_pay(
    threshold, basis, expected
):
    row = next_tiers(dealing(policy(method="retrospective", threshold=D(threshold)), A=basis))
    names = ["tier", "next_tier", "next_tier_lower", "tier_gap", "tier_gain"]
    assert tuple(row[names].iloc[0]) == expected


def test_a_first_tier_above_the_threshold_is_the_next_step():
    terms = policy(threshold=D(100), scale=scale({500: "0.01"}), method="retrospective")
    row = next_tiers(dealing(terms, A=50)).iloc[0]
    assert (row["next_tier"], row["next_tier_lower"], row["tier_gain"]) == (1, D(500), D("5.00"))


def test_what_is_gained_is_what_is_paid_after_the_factors():
    deal = dealing(IN_FULL, A={"basis_value": 4_000_000, "factor": "0.8", "penalty": "0.5"})
    assert next_tiers(deal)["tier_gain"].tolist() == [D("28000.00")]


def test_growth_has_its_next_tier_in_sales():
    terms = policy(method="growth", scale=scale({"0.05": "0.01", "0.10": "0.02"}))
    deal = dealing(
        terms,
        A={"basis_value": 1_060_000, "prior_basis_value": 1_000_000},
        B={"basis_value": 1_060_000},
    )
    first, second = next_tiers(deal).to_dict("records")
    assert (first["next_tier_lower"], first["tier_gap"]) == (D(1_100_000), D(40_000))
    assert first["tier_gain"] == D("11400.00")
    assert pd.isna(second["next_tier_lower"])


def test_an_increment_has_it_in_sales_as_well():
    terms = policy(basis="growth", method="stepped", scale=scale({0: "0.01", 500: "0.02"}))
    deal = dealing(terms, A={"basis_value": 1200, "prior_basis_value": 1000})
    row = next_tiers(deal).iloc[0]
    assert (row["next_tier_lower"], row["tier_gap"]) == (D(1500), D(300))


def test_where_a_bound_is_still_below_one_cent_more_is_needed():
    terms = policy(method="retrospective", scale=scale({0: "0.01", 1000: "0.02"}, exclusive=True))
    row = next_tiers(dealing(terms, A=1000)).iloc[0]
    assert (row["tier"], row["tier_gap"]) == (1, D("0.01"))


def test_receipts_by_their_age_have_no_next_tier():
    terms = policy(basis="receipts", method="payment age")
    assert next_tiers(dealing(terms, A=1000))["next_tier_lower"].isna().all()


def test_a_tier_within_a_tenth_of_its_bound_is_near_and_a_cliff_is_more():
    deal = dealing(policy(), A=4_500_000, B="4499999.99", C=6_000_000)
    assert alert(deal, "2026-06-30") == ["near tier", "none", "none"]
    assert alert(dealing(IN_FULL, A="4960000"), "2026-06-30") == ["cliff"]


def test_a_tier_that_was_reached_in_the_last_days_is_a_push():
    deal = dealing(IN_FULL, A=5_000_000, B=5_000_000)
    before = {"A": 4_999_999, "B": 5_000_000}
    assert alert(deal, "2026-12-21", **before) == ["none", "none"]
    assert alert(deal, "2026-12-22", **before) == ["end-of-period push", "none"]
    assert alert(deal, "2027-01-31", **before) == ["end-of-period push", "none"]


def test_a_threshold_that_was_reached_in_the_last_days_is_a_push():
    deal = dealing(policy(threshold=D(100)), A=100, B=100, C=90)
    before = {"A": 99, "B": 100, "C": 80}
    assert alert(deal, "2026-12-31", **before) == ["end-of-period push", "none", "none"]


def test_after_the_period_nothing_is_near():
    assert alert(dealing(IN_FULL, A=4_990_000), "2026-12-31", A=4_990_000) == ["none"]


cents = st.integers(0, 10**9).map(lambda each: D(each).scaleb(-2))


@settings(max_examples=30)
@given(cents, st.sampled_from(["stepped", "retrospective"]), st.none() | cents)
def test_who_buys_the_gap_is_in_the_next_tier_and_is_paid_the_gain(volume, method, threshold):
    deal = dealing(policy(method=method, threshold=threshold), A=volume)
    row = next_tiers(deal).iloc[0]
    if pd.notna(row["next_tier"]):
        there = calculated([deal.at(deal.accounts["basis_value"] + row["tier_gap"])]).iloc[0]
        now = calculated([deal]).iloc[0]
        assert there["tier"] == row["next_tier"]
        assert there["rebate_final"] - now["rebate_final"] == row["tier_gain"]
