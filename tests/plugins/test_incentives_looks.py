"""What readers of the outputs of incentives see: in what a basis is, and where accounts stand."""

from __future__ import annotations

from decimal import Decimal

from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.control_outputs import PolicySim, RebateCurve
from kam_excel_plugins.incentives.rebate_outputs import NextTier, RebateAccrual, RebateCalc

from kam_excel import NetSales
from rebate_tables import agreed, reckon, sold


def test_the_curve_reaches_its_largest_account():
    found = reckon(
        {
            NetSales: sold(("2026-02-03", "A", 9_000_000), ("2026-02-03", "B", 10)),
            RebatePolicies: [agreed(valid_to="2026-12-31")],
        }
    )
    drawn = found[RebateCurve]
    curve = drawn[drawn["customer_name"].isna()]
    assert curve["sim_basis"].max() == Decimal(9_000_000)
    assert found[PolicySim]["sim_basis"].max() == Decimal(6_000_000)
    largest = drawn[drawn["customer_name"] == "Alpha"].iloc[0]
    assert curve["sim_rebate"].max() == largest["rebate_earned"]


def test_a_basis_says_whether_it_is_money_or_pieces():
    policies = [
        agreed("M", valid_to="2026-12-31"),
        agreed("Q", basis="quantity", rebate_method="per unit", valid_to="2026-12-31"),
    ]
    tiers = "policy_id, tier_lower, rebate_rate, rebate_amount\nM, 0, 1%,\nQ, 10, , 3"
    sales = sold(("2026-02-03", "A", 900), qty="300")
    found = reckon({NetSales: sales, RebatePolicies: policies, RebateTiers: tiers})
    for table in (RebateCalc, RebateAccrual, NextTier, PolicySim):
        rows = found[table]
        units = set(zip(rows["policy_id"], rows["basis_unit"], strict=True))
        assert units == {("M", "money"), ("Q", "pieces")}
