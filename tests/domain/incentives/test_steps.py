"""How a rebate comes about, step by step."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import calculated
from kam_excel.domain.incentives.settlement import Caps
from kam_excel.domain.incentives.steps import rebate_steps, tier_detail

D = Decimal


def steps_of(*deals):
    return rebate_steps(deals, calculated(deals))


def told(steps):
    return list(zip(steps["step"], steps["amount"], strict=True))


def test_each_tier_pays_on_its_part():
    steps = steps_of(dealing(policy(), A=6_200_000))
    assert steps["tier"].tolist() == [1, 2, 3]
    assert steps["basis_value"].tolist() == [D(1_000_000), D(4_000_000), D(1_200_000)]
    assert steps["amount"].tolist() == [D(10_000), D(80_000), D(36_000)]
    assert tier_detail(steps)["R1", "A"] == (
        "1,000,000.00 × 1% + 4,000,000.00 × 2% + 1,200,000.00 × 3%"
    )


def test_in_full_one_rate_holds_for_all():
    steps = steps_of(dealing(policy(method="retrospective"), A="6200000.00"))
    assert tier_detail(steps)["R1", "A"] == "6,200,000.00 × 3%"


def test_pieces_and_fixed_amounts_are_told_as_amounts():
    pieces = policy(basis="quantity", method="per unit", scale=scale({0: "4.5"}))
    steps = steps_of(dealing(pieces, A=120))
    assert tier_detail(steps, in_pieces={"R1"})["R1", "A"] == "120 × 4.5"


def test_receipts_are_told_by_the_tier_of_their_age():
    ages = pd.DataFrame(
        {"customer_id": ["A", "A", "A"], "days": [3, 15, 20], "amount": exact([1000, 500, 2000])}
    )
    by_age = policy(
        basis="receipts", method="payment age", scale=scale({0: "0.03", 16: "0.02", 46: 0})
    )
    steps = steps_of(dealing(by_age, ages, A=3500))
    assert steps["basis_value"].tolist() == [D(1500), D(2000)]
    assert steps["amount"].tolist() == [D(45), D(40)]


def test_what_is_taken_off_follows_what_is_earned():
    terms = policy(method="retrospective", caps=Caps(amount=D(40)), scale=scale({0: "0.101"}))
    first = dealing(terms, A={"basis_value": "1000.05", "factor": "0.8", "penalty": "0.2"})
    better = dealing(policy(policy_id="R0", priority=1, scale=scale({0: "0.01"})), A="1000.05")
    steps = steps_of(first, better)
    own = steps[steps["policy_id"] == "R1"]
    assert told(own) == [
        ("section", D("101.00505")),
        ("factor", D("-20.201010")),
        ("violation", D("-16.1608080")),
        ("cap", D("-24.64")),
        ("stack", D("-40")),
        ("rounding", D("-0.003232")),
    ]
    assert own["amount"].sum() == 0


def test_an_unknown_factor_leaves_what_is_earned():
    steps = steps_of(dealing(policy(), A={"basis_value": 1000, "factor": None}))
    assert told(steps) == [("section", D(10))]


amounts = st.integers(0, 10**9).map(lambda each: D(each).scaleb(-2))
shares = st.integers(0, 100).map(lambda each: D(each).scaleb(-2))


@settings(max_examples=30)
@given(
    st.sampled_from(["stepped", "retrospective"]),
    st.lists(st.tuples(amounts, shares, shares), min_size=1, max_size=3),
    st.none() | amounts,
)
def test_all_steps_add_up_to_the_rebate(method, rows, cap):
    terms = policy(method=method, caps=Caps(amount=cap))
    accounts = {
        f"C{n}": {"basis_value": basis, "factor": factor, "penalty": penalty}
        for n, (basis, factor, penalty) in enumerate(rows)
    }
    deals = [dealing(terms, **accounts)]
    found = calculated(deals)
    sums = rebate_steps(deals, found).groupby("customer_id")["amount"].sum()
    finals = found.set_index("customer_id")["rebate_final"]
    assert sums.reindex(finals.index).fillna(0).tolist() == finals.tolist()


def test_what_earns_nothing_is_told_for_the_basis_to_add_up():
    from_a_million = policy(scale=scale({0: 0, 1_000_000: "0.02"}))
    steps = steps_of(dealing(from_a_million, A=1_500_000, B=900_000))
    assert steps["basis_value"].tolist() == [D(1_000_000), D(500_000)]
    assert steps["amount"].tolist() == [D(0), D(10_000)]
    assert tier_detail(steps)["R1", "A"] == "500,000.00 × 2%"
    late = pd.DataFrame({"customer_id": ["A"] * 2, "days": [3, 90], "amount": exact([1000, 700])})
    by_age = policy(basis="receipts", method="payment age", scale=scale({0: "0.03", 46: 0}))
    steps = steps_of(dealing(by_age, late, A=1700))
    assert steps["basis_value"].tolist() == [D(1000), D(700)]
