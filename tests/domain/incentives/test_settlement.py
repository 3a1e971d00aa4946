"""From what is earned to what is paid."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.settlement import Caps, holding, payment_factor, settle, still_due

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


def test_of_policies_that_exclude_each_other_the_first_priority_holds():
    offers = pd.DataFrame(
        [
            ("A", "P1", False, 2),
            ("A", "P2", False, 1),
            ("A", "P3", True, 9),
            ("B", "P1", False, 2),
            ("B", "P0", False, 2),
        ],
        columns=["customer_id", "policy_id", "stackable", "priority"],
    )
    assert holding(offers).tolist() == [False, True, True, False, True]


def test_more_paid_than_due_is_carried():
    final = pd.Series(exact([D(940), D(100)]).array, index=["A", "B"])
    paid = pd.Series(exact([D(1080)]).array, index=["A"])
    assert still_due(final, paid).to_dict() == {"A": D(-140), "B": D(100)}


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
