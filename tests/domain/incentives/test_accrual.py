"""Accruals while a period runs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.accrual import AccrualRules, accruals, expected_basis
from kam_excel.domain.incentives.checking import verified, verify_accruals
from kam_excel.domain.incentives.rebates import calculated
from kam_excel.errors import PluginError

D = Decimal
IN_FULL = policy(method="retrospective")


def accrue(deal, share, **rules):
    found = accruals([deal], {deal.terms.policy_id: share}, AccrualRules(**rules))
    return found.iloc[0]


@pytest.mark.parametrize(
    ("share", "expected", "whole", "owed"),
    [
        ("0.60", "5000000.00", "150000.00", "90000.00"),
        ("0.625", "4800000.00", "96000.00", "60000.00"),
    ],
)
def test_three_millions_accrue_by_what_the_season_lets_expect(share, expected, whole, owed):
    row = accrue(dealing(IN_FULL, A=3_000_000), Fraction(share))
    assert (row["expected_basis"], row["expected_rebate"]) == (D(expected), D(whole))
    assert row["accrual"] == D(owed)
    assert row["effective_rate"] == pytest.approx(float(D(whole) / D(expected)))


def test_earned_to_date_is_60_000_whatever_is_expected():
    row = accrue(dealing(IN_FULL, A=3_000_000), Fraction("0.6"), method="earned_to_date")
    assert row["accrual"] == D("60000.00")
    assert row["expected_basis"] == D(3_000_000)


def test_the_expected_value_weighs_a_low_and_a_high_case():
    # 4.5, 5.0 and 5.5 million earn 90,000, 150,000 and 165,000 in full.
    row = accrue(dealing(IN_FULL, A=3_000_000), Fraction("0.6"), method="expected")
    assert row["expected_rebate"] == D("138750.00")
    assert row["accrual"] == D("83250.00")


def test_only_the_part_that_is_certain_enough_is_recognised():
    row = accrue(dealing(IN_FULL, A=3_000_000), Fraction(1), constraint=Fraction(9, 10))
    assert row["accrual"] == D("54000.00")


def test_without_sales_nothing_is_owed():
    assert accrue(dealing(IN_FULL, A=0), Fraction("0.6"))["accrual"] == 0
    assert expected_basis(exact([D(100)]), Fraction(0)).isna().all()


def test_a_payment_factor_that_is_not_known_misses_no_liability():
    deal = dealing(IN_FULL, A={"basis_value": 3_000_000, "factor": None})
    assert accrue(deal, Fraction("0.6"))["accrual"] == D("90000.00")


def test_of_policies_that_exclude_each_other_one_is_accrued():
    deals = [
        dealing(policy(policy_id="P1", priority=1), A=600_000),
        dealing(policy(policy_id="P2", priority=2), A=600_000),
    ]
    shares = {"P1": Fraction("0.6"), "P2": Fraction("0.6")}
    assert accruals(deals, shares, AccrualRules())["accrual"].tolist() == [D("6000.00"), D("0.00")]


cents = st.integers(0, 10**11).map(lambda each: D(each).scaleb(-2))


@settings(max_examples=30)
@given(cents, st.sampled_from(["most_likely", "earned_to_date"]))
def test_at_the_end_of_the_period_what_is_accrued_is_what_is_earned(volume, method):
    deal = dealing(IN_FULL, A=volume)
    final = calculated([deal])["rebate_final"].iloc[0]
    assert accrue(deal, Fraction(1), method=method)["accrual"] == final


@settings(max_examples=30)
@given(cents, st.fractions(Fraction(1, 100), 1))
def test_slices_are_never_accrued_beyond_the_highest_rate(volume, share):
    terms = policy(scale=scale({0: "0.01", 1_000_000: "0.02"}))
    owed = accrue(dealing(terms, A=volume), share)["accrual"]
    assert D(0) <= owed <= volume * D("0.02") + D("0.01")


@settings(max_examples=30)
@given(cents, st.fractions(Fraction(1, 100), 1), st.sampled_from(["most_likely", "expected"]))
def test_accruals_are_the_same_in_fractions(volume, share, method):
    rules = AccrualRules(method, Fraction(2, 3))
    owed = accruals([dealing(IN_FULL, A=volume)], {"R1": share}, rules, reckon=verified)
    verify_accruals(owed, rules.constraint, {"R1": 2})
    wrong = owed.assign(accrual=owed["accrual"] + exact([D("0.01")]))
    with pytest.raises(PluginError, match="R1"):
        verify_accruals(wrong, rules.constraint, {"R1": 2})
