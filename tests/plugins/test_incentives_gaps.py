"""S8 where the workbook lacks a table: what can be known is given, and what is missing is said."""

from __future__ import annotations

import pytest
from kam_excel_plugins.incentives.account_outputs import (
    ContestRank,
    IncentiveTotal,
    RebateStatement,
)
from kam_excel_plugins.incentives.agreements import (
    PaymentFactors,
    ProposedTiers,
    RebatePolicies,
    RebateTiers,
)
from kam_excel_plugins.incentives.control_outputs import (
    LiabilityTrend,
    PolicyChange,
    PolicyExecution,
    PolicyImpact,
    RebateLiability,
)
from kam_excel_plugins.incentives.rebate_outputs import RebateAccrual, RebateCalc
from kam_excel_plugins.incentives.records import Contests, RebateLedger, Violations

from kam_excel import (
    Customers,
    DataIssues,
    FxRates,
    KeyAccounts,
    NetSales,
    Promotions,
    Receipts,
    Staff,
    Targets,
)
from rebate_tables import agreed, codes, reckon, sold

OF_A = {"eligible_customers": "A"}
SALES = sold(("2026-02-01", "A", 1_000_000), ("2026-03-01", "B", 2000))
ONE_PERCENT = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%"
CONTEST = """
    contest_id, period, contest_measure, place, prize_amount
    K1,         2026Q1, sales,           1,     100.00
"""


def told(found, code: str) -> str:
    """What the one issue of that code says."""
    issues = found[DataIssues]
    (text,) = issues["reason_text"][issues["reason_code"] == code]
    return str(text)


def test_contests_alone_are_ranked_and_no_rebate_table_is_given():
    found = reckon({NetSales: SALES, RebatePolicies: None, RebateTiers: None, Contests: CONTEST})
    assert set(found) == {ContestRank, IncentiveTotal, DataIssues}
    found.assert_rows(ContestRank, "customer_id, place, prize_total\nA, 1, 100.00\nB, 2,\nC, ,")
    found.assert_rows(
        IncentiveTotal,
        """
        customer_id, rebate_total, prize_sum, incentive_total
        A,           ,             100.00,    100.00
        B,           ,             0.00,      0.00
        C,           ,             0.00,      0.00
        """,
    )
    assert {"REBATES_MISSING", "PROMOTIONS_MISSING"} <= set(codes(found))


def test_policies_without_tiers_are_named_and_their_tables_are_empty():
    found = reckon({NetSales: SALES, RebateTiers: None})
    assert found[RebateCalc].empty
    assert found[RebateAccrual].empty
    assert found[PolicyExecution].empty
    assert "P1" in told(found, "POLICY_WITHOUT_TIERS")


def test_without_a_ledger_nothing_is_paid_or_accrued_yet_and_no_liability_is_given():
    found = reckon({NetSales: SALES, RebatePolicies: [agreed(**OF_A, payout_days=10)]})
    found.assert_rows(
        RebateCalc,
        "rebate_final, rebate_paid, rebate_payable, settlement_status\n20000, 0, 20000, open",
    )
    assert RebateLiability not in found
    assert LiabilityTrend not in found
    assert told(found, "LEDGER_ABSENT")
    statement = found[RebateStatement].set_index("entry_type")["amount"]
    assert statement["payable"] == 20_000


def test_a_policy_on_receipts_needs_them_and_the_others_are_reckoned():
    policies = [
        agreed("P1", **OF_A, stackable="yes"),
        agreed("P2", basis="receipts", tax_included="yes", stackable="yes"),
        agreed("P3", basis="receipts", rebate_method="payment age", tax_included="yes"),
    ]
    tiers = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%\nP2, 0, 1%\nP3, 0, 1%"
    found = reckon({NetSales: SALES, RebatePolicies: policies, RebateTiers: tiers})
    found.assert_rows(RebateCalc, "policy_id, rebate_final\nP1, 10000.00")
    assert codes(found).count("RECEIPTS_NEEDED") == 2


def test_factors_without_receipts_leave_the_final_rebate_open_but_not_the_liability():
    factors = "policy_id, max_days, factor\nP1, 30, 100%\nP1, 60, 50%"
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: [agreed(**OF_A, valid_to="2026-12-31")],
            RebateTiers: ONE_PERCENT,
            PaymentFactors: factors,
        }
    )
    found.assert_rows(
        RebateCalc,
        """
        rebate_earned, factor, rebate_final, rebate_payable, reason_code
        10000.00,      ,       ,             ,               FACTOR_UNKNOWN
        """,
    )
    found.assert_rows(RebateAccrual, "accrual\n10000.00")
    assert told(found, "FACTORS_WITHOUT_RECEIPTS")


def test_targets_missing_are_said_and_the_tier_is_the_target():
    policies = [agreed(**OF_A, rebate_method="target")]
    tiers = "policy_id, tier_lower, rebate_amount\nP1, 900000, 500.00"
    found = reckon({NetSales: SALES, RebatePolicies: policies, RebateTiers: tiers})
    found.assert_rows(RebateCalc, "rebate_final\n500.00")
    assert told(found, "TARGETS_ABSENT")
    missed = reckon(
        {
            NetSales: SALES,
            RebatePolicies: policies,
            RebateTiers: tiers,
            Targets: "customer_id, period, target\nA, 2026H1, 1000000.01",
        }
    )
    assert "TARGETS_ABSENT" not in codes(missed)
    missed.assert_rows(RebateCalc, "rebate_final\n0.00")


def test_a_policy_abroad_without_rates_is_refused_and_not_shown_as_nothing():
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: [agreed(**OF_A, currency="USD"), agreed("P2", **OF_A)],
            RebateTiers: f"{ONE_PERCENT}\nP2, 0, 1%",
        }
    )
    found.assert_rows(RebateCalc, "policy_id, rebate_final\nP2, 10000.00")
    assert set(found[RebateAccrual]["policy_id"]) == {"P2"}
    assert "USD" in told(found, "POLICY_RATE_MISSING")


def test_a_target_without_a_rate_on_the_first_day_is_not_one_of_nothing():
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: [agreed(**OF_A, currency="USD", rebate_method="target")],
            RebateTiers: "policy_id, tier_lower, rebate_amount\nP1, 900000, 500.00",
            Targets: "customer_id, period, target\nA, 2026H1, 70000000",
            FxRates: "currency, effective_date, fx_rate\nUSD, 2026-01-15, 7",
        }
    )
    assert found[RebateCalc].empty
    assert "USD" in told(found, "POLICY_RATE_MISSING")


def test_without_products_a_policy_for_some_counts_nothing_and_says_so():
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: [agreed(**OF_A, eligible_products="X1")],
            RebateTiers: ONE_PERCENT,
        }
    )
    found.assert_rows(RebateCalc, "basis_value, rebate_final\n0, 0.00")
    assert told(found, "BASIS_PRODUCT_MISSING")


def test_without_tax_amounts_a_policy_with_tax_is_not_reckoned():
    lines = [{**line, "amount_gross": ""} for line in SALES]
    found = reckon({NetSales: lines, RebatePolicies: [agreed(tax_included="yes")]})
    assert found[RebateCalc].empty
    assert "P1" in told(found, "BASIS_TAX_MISSING")


def test_a_policy_that_fits_nobody_is_named():
    policies = [agreed("P1", **OF_A), agreed("P2", eligible_regions="Nroth", stackable="yes")]
    tiers = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%\nP2, 0, 1%"
    found = reckon({NetSales: SALES, RebatePolicies: policies, RebateTiers: tiers})
    found.assert_rows(RebateCalc, "policy_id, customer_id\nP1, A")
    assert "P2" in told(found, "NOBODY_ELIGIBLE")


def test_without_a_key_account_there_is_nothing_to_reckon_and_no_fault():
    nobody = {KeyAccounts: "customer_id, net_sales, is_key_account\nA, 5, no"}
    found = reckon({NetSales: SALES, **nobody, Contests: CONTEST})
    assert found[RebateCalc].empty
    assert told(found, "NOBODY_ELIGIBLE")


FEWEST = {
    RebatePolicies: "policy_id, valid_from, valid_to, basis\nP1, 2026-01-01, 2026-06-30, sales",
    RebateTiers: ONE_PERCENT,
    ProposedTiers: "policy_id, tier_lower, rebate_amount\nP1, 0, 7.00",
    PaymentFactors: "policy_id, max_days, factor\nP1, 30, 100%",
    Receipts: "date, customer_id, amount\n2026-02-05, A, 1000000",
    RebateLedger: "date, customer_id, policy_id, entry_type, amount\n2026-05-01, A, P1, accrual, 5",
    Violations: "customer_id, violation_type, penalty_share\nB, underpricing, 10%",
    Contests: "contest_id, place\nK1, 1",
    Targets: "staff_id, period, target\nE1, 2026, 5",
    Promotions: "promo_id, customer_id, start, end, mechanism, category\nS1, A, 2026-02-01, , , X",
    Customers: "customer_id, customer_name\nA, Alpha\nB, Beta",
    Staff: "staff_id, staff_name\nE1, Eve",
    FxRates: "currency, effective_date, fx_rate\nUSD, 2026-01-01, 7",
}


def test_tables_with_their_required_columns_alone_are_enough():
    found = reckon({NetSales: SALES, **FEWEST})
    found.assert_rows(
        RebateCalc,
        """
        customer_id, basis_value, rebate_method, factor, violation_factor, rebate_final
        A,           1000000,     stepped,       1,      1,                10000.00
        B,           2000,        stepped,       0,      0.9,              0.00
        """,
    )
    found.assert_rows(PolicyChange, "rebate_now, proposed_rebate, rebate_change\n10000, 7, -9993")
    assert len(found[PolicyImpact]) == 2


EMPTY = {table: rows.splitlines()[0] for table, rows in FEWEST.items()}


@pytest.mark.parametrize("table", [RebatePolicies, RebateTiers, Customers])
def test_without_a_row_of_policies_tiers_or_customers_nothing_is_reckoned(table):
    found = reckon({NetSales: SALES, **FEWEST, table: EMPTY[table]})
    assert found[RebateCalc].empty
    assert found[RebateAccrual].empty


def test_other_tables_without_a_row_are_no_fault():
    needed = {table: FEWEST[table] for table in (RebatePolicies, RebateTiers, Customers)}
    found = reckon({NetSales: SALES, **EMPTY, **needed})
    found.assert_rows(RebateCalc, "customer_id, rebate_final\nA, 10000\nB, 20")
    assert found[RebateLiability].empty
    assert found[PolicyChange].empty
    assert found[ContestRank].empty
