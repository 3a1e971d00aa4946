"""What accounts earn by each method, and that it is computed twice."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.checking import verify
from kam_excel.domain.incentives.rebates import Deal, calculated
from kam_excel.domain.incentives.settlement import Caps
from kam_excel.domain.incentives.tiers import Tier
from kam_excel.domain.periods import Window
from kam_excel.errors import PluginError

D = Decimal


def finals(*deals: Deal, **keywords: str) -> dict[str, list[Decimal]]:
    """What each policy pays its accounts, by the ids of both, computed twice."""
    found = calculated(deals, **keywords)
    verify(deals, found, **keywords)
    return found.groupby("policy_id")["rebate_final"].agg(list).to_dict()


def one(deal: Deal) -> list[Decimal]:
    return finals(deal)[deal.terms.policy_id]


def test_the_worked_example_in_full_and_in_slices():
    volumes = {"A": 6_200_000, "B": 5_000_000, "C": "4999999.99"}
    in_full = dealing(policy(method="retrospective"), **volumes)
    assert one(in_full) == [D("186000.00"), D("150000.00"), D("100000.00")]
    assert one(dealing(policy(), **volumes)) == [D("126000.00"), D("90000.00"), D("90000.00")]


def test_the_module_that_multiplies_each_section_by_its_upper_bound_pays_1120_not_1100():
    terms = policy(scale=scale({0: "0.10", 100: "0.20", 300: "0.30"}))
    assert one(dealing(terms, A=3800)) == [D("1100.00")]


def test_growth_is_paid_on_all_sales_or_on_the_increment():
    tiers = scale({"0.05": "0.01", "0.10": "0.02"})
    year = {
        "A": {"basis_value": 1_100_000, "prior_basis_value": 1_000_000},
        "B": {"basis_value": "1099999.99", "prior_basis_value": 1_000_000},
        "C": {"basis_value": 1_049_999, "prior_basis_value": 1_000_000},
    }
    whole = policy(method="growth", scale=tiers)
    assert one(dealing(whole, **year)) == [D("22000.00"), D("11000.00"), D("0.00")]
    increment = policy(method="growth", basis="growth", scale=tiers)
    assert one(dealing(increment, **year)) == [D("2000.00"), D("1000.00"), D("0.00")]


@pytest.mark.parametrize("prior", [None, 0, -5])
def test_growth_over_nothing_is_skipped_or_in_the_highest_tier(prior):
    terms = policy(method="growth", scale=scale({"0.05": "0.01", "0.10": "0.02"}))
    deal = dealing(terms, A={"basis_value": 500, "prior_basis_value": prior})
    assert one(deal) == [D("0.00")]
    zero_base = Deal(terms, deal.accounts, deal.ages, no_base="zero_base")
    assert one(zero_base) == [D("10.00")]


def test_a_target_is_reached_or_not():
    terms = policy(method="target", scale=scale({1_000_000: "0.02"}))
    deal = dealing(
        terms,
        A={"basis_value": 800_000, "target": 800_000},
        B={"basis_value": "799999.99", "target": 800_000},
        C=999_999,
        D=1_000_000,
    )
    assert one(deal) == [D("16000.00"), D("0.00"), D("0.00"), D("20000.00")]


def test_pieces_earn_an_amount_each():
    terms = policy(basis="quantity", method="per unit", scale=scale({0: 5, 1000: 8}))
    assert one(dealing(terms, A=999, B=1000)) == [D("4995.00"), D("8000.00")]


def test_receipts_earn_by_their_age():
    ages = pd.DataFrame(
        {"customer_id": ["A", "A", "A"], "days": [15, 16, 46], "amount": exact([1000, 2000, 4000])}
    )
    terms = policy(
        basis="receipts", method="payment age", scale=scale({0: "0.03", 16: "0.02", 46: 0})
    )
    assert one(dealing(terms, ages, A=7000)) == [D("70.00")]


def test_below_the_threshold_or_without_sales_nothing_is_earned():
    terms = policy(threshold=D(1000), method="retrospective")
    assert one(dealing(terms, A=1000, B="999.99", C=0)) == [D("10.00"), D("0.00"), D("0.00")]
    fixed = policy(scale=scale({0: 0}).__class__((Tier(D(0), amount=D(500)),)))
    assert one(dealing(fixed, A=1, B=0)) == [D("500.00"), D("0.00")]


def test_of_policies_for_the_same_sales_one_holds_and_of_others_both():
    half = Window(*(pd.Timestamp(day).date() for day in ("2025-07-01", "2025-12-31")))
    first = dealing(policy(policy_id="P1", priority=1), A=1000)
    second = dealing(policy(policy_id="P2", priority=2), A=5000)
    added = dealing(policy(policy_id="P3", stackable=True), A=5000)
    earlier = dealing(policy(policy_id="P4", priority=3, window=half), A=5000)
    other = dealing(policy(policy_id="P5", priority=9, covers=frozenset({"fans"})), A=5000)
    fans = dealing(policy(policy_id="P6", priority=8, covers=frozenset({"irons"})), A=5000)
    found = finals(first, second, added, earlier)
    assert found == {"P1": [D(10)], "P2": [D(0)], "P3": [D(50)], "P4": [D(50)]}
    assert finals(other, fans) == {"P5": [D(50)], "P6": [D(50)]}
    assert finals(first, second, rule="highest") == {"P1": [D(0)], "P2": [D(50)]}
    assert finals(first, second, rule="all") == {"P1": [D(10)], "P2": [D(50)]}


def test_a_currency_without_cents_is_rounded_to_whole_units():
    terms = policy(currency="JPY", scale=scale({0: "0.015"}))
    assert one(dealing(terms, A=101)) == [D(2)]


def test_a_difference_of_the_two_computations_stops_everything():
    deal = dealing(policy(), A=1000, B=2000)
    found = calculated([deal])
    wrong = found.assign(rebate_offered=found["rebate_offered"] + exact([0, D("0.01")]))
    with pytest.raises(PluginError) as error:
        verify([deal], wrong)
    assert error.value.problems[0].code.name == "REBATE_PROOF_FAILED"
    assert error.value.problems[0].facts["customer"] == "B"


# Laws.

cents = st.integers(0, 10**11).map(lambda each: D(each).scaleb(-2))
rates = st.integers(0, 2000).map(lambda each: D(each).scaleb(-4))
shares = st.integers(0, 100).map(lambda each: D(each).scaleb(-2))
METHODS = [
    ("sales", "retrospective"),
    ("sales", "stepped"),
    ("sales", "target"),
    ("sales", "growth"),
    ("growth", "growth"),
    ("growth", "stepped"),
    ("growth", "retrospective"),
    ("receipts", "payment age"),
    ("quantity", "per unit"),
]


@st.composite
def dealt(draw):
    """A policy of any method with accounts that stand anywhere, some at a bound."""
    basis, method = draw(st.sampled_from(METHODS))
    lowers = {"growth": shares, "payment age": st.integers(0, 90).map(D)}.get(method, cents)
    bounds = draw(
        st.lists(lowers, min_size=1, max_size=1 if method == "target" else 4, unique=True)
    )
    tiers = scale({bound: draw(rates) for bound in bounds}, exclusive=draw(st.booleans()))
    terms = policy(
        basis=basis,
        method=method,
        scale=tiers,
        threshold=draw(st.none() | cents),
        caps=Caps(draw(st.none() | cents), draw(st.none() | shares)),
        currency=draw(st.sampled_from(["CNY", "JPY"])),
    )
    near = st.sampled_from(
        [bound + step for bound in bounds for step in (D("-0.01"), 0, D("0.01"))]
    )
    volumes = draw(st.lists(cents | near.filter(lambda each: each >= 0), min_size=1, max_size=4))
    rows = {
        f"C{number}": {
            "basis_value": volume,
            "prior_basis_value": draw(st.none() | cents),
            "target": draw(st.none() | cents) if method == "target" else None,
            "factor": draw(st.none() | shares),
            "penalty": draw(shares),
        }
        for number, volume in enumerate(volumes)
    }
    days = draw(st.lists(st.integers(0, 120), max_size=4))
    ages = pd.DataFrame(
        {
            "customer_id": pd.Series(["C0"] * len(days), dtype="str"),
            "days": days,
            "amount": exact([draw(cents) for _ in days]).array,
        }
    )
    no_base = draw(st.sampled_from(["skip", "zero_base"]))
    deal = dealing(terms, ages, **rows)
    return Deal(terms, deal.accounts, ages, no_base)


@settings(max_examples=1000)
@given(dealt(), st.sampled_from([D("0.01"), D("0.05"), D(1)]))
def test_both_computations_agree_for_any_policy_and_volume(deal, rounding):
    verify([deal], calculated([deal], rounding=rounding), rounding=rounding)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.booleans(), st.none() | st.integers(1, 3), cents), min_size=1, max_size=5
    ),
    st.sampled_from(["by_priority", "highest", "all"]),
)
def test_both_agree_which_of_several_policies_hold(policies, rule):
    deals = [
        dealing(policy(policy_id=f"P{number}", stackable=stackable, priority=priority), A=volume)
        for number, (stackable, priority, volume) in enumerate(policies)
    ]
    verify(deals, calculated(deals, rule), rule)
