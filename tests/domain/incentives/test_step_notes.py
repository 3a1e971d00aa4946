"""What a rebate is measured against: growth, targets, how soon invoices were paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import calculated
from kam_excel.domain.incentives.step_notes import NOTES
from kam_excel.domain.incentives.steps import rebate_steps

D = Decimal


def noted(deal) -> list[tuple[object, ...]]:
    """step, tier, basis and rate of each note, as statements tell them."""
    steps = rebate_steps([deal], calculated([deal]))
    rows = steps[steps["step"].isin(NOTES)]
    assert not (rows["amount"] != 0).any()
    names = ["customer_id", "step", "tier", "basis_value", "rate"]
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in rows[names].itertuples(index=False)
    ]


def test_growth_is_told_with_what_it_is_over():
    terms = policy(method="growth", scale=scale({"0.05": "0.01"}))
    grown = {"basis_value": 1100, "prior_basis_value": 1000}
    fallen = {"basis_value": 900, "prior_basis_value": 1000}
    assert noted(dealing(terms, A=grown, B=fallen, C=500)) == [
        ("A", "prior", None, D(1000), D("0.1"))
    ]


def test_a_target_is_told_with_its_attainment():
    terms = policy(method="target", scale=scale({1000: "0.01"}))
    reached = {"basis_value": 1500, "target": 1200}
    assert noted(dealing(terms, A=reached, B=1000)) == [("A", "target", None, D(1200), D("1.25"))]


def test_a_payment_factor_is_told_by_the_limits_that_its_parts_keep():
    terms = policy(factors=((30, D(1)), (60, D("0.5"))))
    days = [0, 30, 31, 61, 30, 90, 12]
    parts = pd.DataFrame(
        {
            "customer_id": ["A"] * 6 + ["B"],
            "days": days,
            "is_paid": [True, True, True, True, False, False, True],
            "amount": exact([D(each) for each in (100, 50, "0.004", 20, 30, 40, 9)]),
            "factor": exact([D(each) for each in (1, 1, "0.5", 0, 1, 0, 1)]),
        }
    )
    deal = dealing(terms, A={"basis_value": 1000, "factor": "0.75"}, B=1000)
    # What is less than a cent is left out, and so is a factor of 1.
    assert noted(replace(deal, collected=parts)) == [
        ("A", "collected", 30, D(150), D(1)),
        ("A", "collected", None, D(20), D(0)),
        ("A", "uncollected", 30, D(30), D(1)),
        ("A", "uncollected", None, D(40), D(0)),
    ]


def test_other_policies_are_measured_by_their_basis_alone():
    assert noted(dealing(policy(), A=1000)) == []
