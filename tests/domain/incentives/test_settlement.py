"""From what is earned to what is paid."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.settlement import (
    Caps,
    holding,
    payment_factor,
    settle,
    to_unit,
)

D = Decimal
CONTRACT = [(15, D(1)), (30, D("0.8")), (45, D("0.5"))]  # paid within 15, 30, 45 days


def accounts(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    names = ("basis", "earned", "factor", "penalty")
    columns = zip(*rows, strict=True)
    return pd.DataFrame({n: exact(map(D, c)) for n, c in zip(names, columns, strict=True)})


def test_factor_and_penalty_come_before_the_caps():
    settled = settle(accounts(("1000", "50", "0.8", "0.5")), Caps(share=D("0.015")))
    assert settled.iloc[0].to_dict() == {
        "rebate_earned": D("50.00"),
        "cap_reduction": D("5.00"),
        "rebate_final": D("15.00"),
    }


def test_the_lower_of_two_caps_holds():
    both = Caps(amount=D(40), share=D("0.05"))
    settled = settle(accounts(("1000", "90", "1", "0"), ("500", "90", "1", "0")), both)
    assert settled["rebate_final"].tolist() == [D("40.00"), D("25.00")]


def test_a_rebate_is_rounded_half_up_once():
    assert settle(accounts(("1", "2.675", "1", "0")))["rebate_final"].tolist() == [D("2.68")]


def test_payments_within_15_30_45_days_have_100_80_50_per_cent_later_ones_nothing():
    days = (0, 15, 16, 30, 45, 46, None)
    assert [payment_factor(each, CONTRACT) for each in days] == [
        D(each) for each in ("1", "1", "0.8", "0.8", "0.5", "0", "0")
    ]


OFFERS = pd.DataFrame(
    [
        ("A", "P1", False, 2, D(70)),
        ("A", "P2", False, 1, D(50)),
        ("A", "P3", True, 9, D(5)),
        ("B", "P1", False, 2, D(70)),
        ("B", "P0", False, 2, D(70)),
        ("C", "P1", False, 2, D(70)),
        ("C", "P2", False, 1, D(0)),
    ],
    columns=["customer_id", "policy_id", "stackable", "priority", "amount"],
).pipe(lambda frame: frame.assign(amount=exact(frame["amount"])))
ALL_PAIRS = {frozenset(pair) for pair in (("P0", "P1"), ("P1", "P2"), ("P0", "P2"))}


def test_of_policies_that_exclude_each_other_the_first_priority_holds():
    assert holding(OFFERS, ALL_PAIRS)[:5].tolist() == [False, True, True, False, True]


def test_a_policy_that_pays_nothing_stands_in_nobodys_way():
    assert holding(OFFERS, ALL_PAIRS)[5:].tolist() == [True, True]


def test_by_another_rule_the_highest_holds_or_all():
    assert holding(OFFERS, ALL_PAIRS, "highest")[:3].tolist() == [True, False, True]
    assert holding(OFFERS, ALL_PAIRS, "all").all()


def test_policies_that_reward_other_sales_do_not_exclude_each_other():
    assert holding(OFFERS, {frozenset({"P0", "P1"})})[:3].all()


@pytest.mark.parametrize(
    ("unit", "expected"), [("0.01", "2.68"), ("0.1", "2.7"), ("1", "3"), ("0.05", "2.70")]
)
def test_rebates_are_rounded_to_the_smallest_coin_half_up(unit, expected):
    assert to_unit(exact([D("2.675")]), D(unit)).tolist() == [D(expected)]


def test_without_a_factor_nothing_but_what_is_earned_is_known():
    unknown = accounts(("1000", "50", "1", "0")).assign(factor=exact([None]))
    settled = settle(unknown).iloc[0]
    assert settled["rebate_earned"] == D("50.00")
    assert settled.drop("rebate_earned").isna().all()


amounts = st.integers(0, 10**9).map(lambda each: D(each).scaleb(-4))
shares = st.integers(0, 100).map(lambda each: D(each).scaleb(-2))


@given(amounts, amounts, shares, shares, st.none() | amounts, st.none() | shares)
def test_nothing_above_a_cap_and_every_cent_is_accounted_for(
    basis, earned, factor, penalty, most, share
):
    given_ = accounts((str(basis), str(earned), str(factor), str(penalty)))
    (row,) = settle(given_, Caps(most, share)).to_dict("records")
    cent = D("0.01")
    due = earned * factor * (1 - penalty)
    assert most is None or row["rebate_final"] <= most + cent / 2
    assert share is None or row["rebate_final"] <= basis * share + cent / 2
    assert row["cap_reduction"] >= 0
    assert abs(due - row["cap_reduction"] - row["rebate_final"]) <= cent / 2
