"""S8 at its edges: returns, nothing sold, ties, strangers, doubles, currencies, odd days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from kam_excel_plugins.incentives import IncentivesPolicy
from kam_excel_plugins.incentives.account_outputs import ContestRank, RebateStatement
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.control_outputs import RebateLiability
from kam_excel_plugins.incentives.rebate_outputs import NextTier, RebateAccrual, RebateCalc
from kam_excel_plugins.incentives.records import Contests, RebateLedger

from kam_excel import Customers, DataIssues, FxRates, NetSales, Receipts, Staff
from rebate_tables import agreed, codes, reckon, sold

OF_A = {"eligible_customers": "A"}
ONE_PERCENT = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%"


def test_more_returned_than_sold_is_a_volume_of_nothing():
    sales = sold(("2026-02-01", "A", 100), ("2026-03-01", "A", -300), ("2026-03-01", "B", 500))
    found = reckon({NetSales: sales, RebateTiers: ONE_PERCENT})
    found.assert_rows(
        RebateCalc,
        """
        customer_id, basis_value, rebate_final, rebate_payable, reason_code
        A,           0,           0.00,         0.00,           NEGATIVE_BASIS
        B,           500,         5.00,         5.00,
        C,           0,           0.00,         0.00,
        """,
    )


LEDGER = """
    date,       customer_id, policy_id, entry_type,   amount, voucher_no
    2026-04-02, A,           P1,        confirmation, 10.00,  V1
    2026-04-09, A,           P1,        payment,      10.00,  V2
"""
FIRST_QUARTER = [agreed(**OF_A, valid_to="2026-03-31")]


@pytest.mark.parametrize(
    ("mode", "reason", "due"),
    [
        ("carry", "CORRECTION_CARRIED", ""),
        ("clawback_now", "CORRECTION_DUE", "2026-06-30"),
    ],
)
def test_what_is_returned_after_settlement_is_a_correction(mode, reason, due):
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000), ("2026-03-30", "A", -200)),
            RebatePolicies: FIRST_QUARTER,
            RebateTiers: ONE_PERCENT,
            RebateLedger: LEDGER,
        },
        IncentivesPolicy(returns_after_settlement=mode),
    )
    found.assert_rows(
        RebateCalc,
        f"""
        settlement_status, rebate_final, rebate_paid, rebate_payable, payable_date, reason_code
        settled,           10.00,        10.00,       0.00,           ,             SETTLED_KEPT
        correction,        -2.00,        0.00,        -2.00,          {due},        {reason}
        """,
    )
    found.assert_rows(
        RebateAccrual,
        """
        customer_id, accrual_method, accrual, already_accrued, accrual_delta, reason_code
        A,           ,               -2.00,   0.00,            -2.00,         CORRECTION_ACCRUED
        """,
    )


def test_what_was_settled_before_the_sales_begin_is_not_reckoned_down_to_nothing():
    found = reckon(
        {
            NetSales: sold(("2026-05-01", "A", 1000)),
            RebatePolicies: [*FIRST_QUARTER, agreed("P2", **OF_A)],
            RebateTiers: f"{ONE_PERCENT}\nP2, 0, 2%",
            RebateLedger: LEDGER.replace("payment,      10", "payment,      4"),
        },
    )
    assert "POLICY_BEFORE_SALES" in codes(found)
    assert found[RebateCalc]["policy_id"].tolist() == ["P2"]
    assert found[RebateLiability]["closing_balance"].tolist()[-1] == Decimal("6.00")


@pytest.mark.parametrize(("budget", "beyond"), [("9.99", ["0.01"]), ("10", []), ("", [])])
def test_rebates_beyond_their_budget_are_an_issue(budget, beyond):
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000)),
            RebatePolicies: [agreed(**OF_A, budget=budget)],
            RebateTiers: ONE_PERCENT,
        }
    )
    issues = found[DataIssues]
    over = issues[issues["reason_code"] == "REBATES_OVER_BUDGET"]
    assert [str(each) for each in over["amount"]] == beyond


def test_a_statement_says_how_it_is_paid_and_on_what_condition():
    policy = agreed(**OF_A, payout_method="offset", payment_condition="no invoice overdue")
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000)),
            RebatePolicies: [policy],
            RebateTiers: ONE_PERCENT,
        }
    )
    lines = found[RebateStatement].set_index("entry_type")
    said = "Not settled yet, set off against invoices, on condition: no invoice overdue"
    assert lines.loc["payable", "item"] == said


def test_overpaid_while_the_period_runs_is_carried():
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000), ("2026-05-30", "A", -200)),
            RebatePolicies: [agreed(**OF_A, valid_to="2026-12-31")],
            RebateTiers: ONE_PERCENT,
            RebateLedger: LEDGER.replace("confirmation", "accrual"),
        }
    )
    found.assert_rows(
        RebateCalc,
        """
        settlement_status, rebate_final, rebate_paid, rebate_payable, reason_code
        open,              8.00,         10.00,       -2.00,          OVERPAID_CARRIED
        """,
    )


def test_where_another_policy_holds_nothing_is_accrued_or_pointed_out():
    lower = {"priority": 2, "eligible_customers": "A", "valid_to": "2026-12-31"}
    tiers = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%\nP2, 0, 1%\nP2, 1000, 9%"
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 990)),
            RebatePolicies: [agreed(**{**lower, "priority": 1}), agreed("P2", **lower)],
            RebateTiers: tiers,
        },
        IncentivesPolicy(accrual_method="earned_to_date"),
    )
    found.assert_rows(
        RebateAccrual,
        """
        policy_id, accrual, reason_code
        P1,        9.90,
        P2,        0.00,    OTHER_POLICY_HOLDS
        """,
    )
    found.assert_rows(
        NextTier,
        """
        policy_id, alert, next_tier, tier_gap, reason_code
        P1,        none,  ,          ,
        P2,        none,  2,         10.00,    OTHER_POLICY_HOLDS
        """,
    )


def test_growth_over_nothing_is_skipped_or_at_the_highest_tier():
    growth = [agreed(rebate_method="growth", basis="sales")]
    tiers = "policy_id, tier_lower, rebate_rate\nP1, 0.1, 1%\nP1, 0.2, 2%"
    sales = sold(("2026-02-01", "A", 1000), ("2025-02-01", "B", 1000), ("2026-02-01", "B", 1100))
    tables = {NetSales: sales, RebatePolicies: growth, RebateTiers: tiers}
    found = reckon(tables)
    found.assert_rows(
        RebateCalc,
        """
        customer_id, basis_value, prior_basis_value, growth_rate, tier, rebate_final
        A,           1000,        0,                 ,            0,    0.00
        B,           1100,        1000,              0.1,         1,    11.00
        C,           0,           0,                 ,            0,    0.00
        """,
    )
    assert found[RebateCalc]["reason_code"].dropna().tolist() == ["GROWTH_NO_BASE"] * 2
    from_zero = reckon(tables, IncentivesPolicy(growth_no_base="zero_base"))
    assert from_zero[RebateCalc]["rebate_final"][0] == 20


def test_exactly_at_a_threshold_is_in_unless_bounds_are_exclusive():
    tables = {
        NetSales: sold(("2026-02-01", "A", "1000000.00"), ("2026-02-01", "B", "999999.99")),
        RebatePolicies: [agreed(min_threshold="1000000")],
    }
    found = reckon(tables)
    found.assert_rows(
        RebateCalc,
        """
        customer_id, tier, rebate_final
        A,           2,    20000.00
        B,           1,    0.00
        C,           1,    0.00
        """,
    )
    exclusive = reckon(tables, IncentivesPolicy(tier_lower_inclusive=False))
    assert exclusive[RebateCalc]["rebate_final"][0] == 10_000


def test_equals_share_the_prizes_of_their_places_with_the_cent_to_the_lower_code():
    contest = """
        contest_id, period, contest_measure, place, prize_amount
        K1,         2026Q1, sales,           1,     100.00
        K1,         2026Q1, sales,           2,     50.01
    """
    sales = sold(("2026-01-10", "B", 900), ("2026-02-10", "A", 900), ("2026-03-10", "C", 400))
    found = reckon({RebatePolicies: None, NetSales: sales, Contests: contest})
    found.assert_rows(
        ContestRank,
        """
        customer_id, place, prize_amount, prize_total
        A,           1,     75.01,        75.01
        B,           1,     75.00,        75.00
        C,           3,     ,
        """,
    )


def test_one_customer_is_reckoned_as_any_other():
    found = reckon(
        {NetSales: sold(("2026-02-01", "A", 2_000_000)), RebatePolicies: [agreed(**OF_A)]}
    )
    found.assert_rows(RebateCalc, "customer_id, tier, rebate_final\nA, 2, 40000.00")


def test_a_month_that_history_lacks_weighs_nothing():
    year_before = sold(*((f"2025-{month:02}-05", "A", 100) for month in range(1, 13) if month != 5))
    found = reckon(
        {
            NetSales: [*year_before, *sold(("2026-01-05", "A", 300))],
            RebatePolicies: [agreed(**OF_A, valid_to="2026-12-31")],
            RebateTiers: ONE_PERCENT,
        },
        as_of=date(2026, 5, 31),
    )
    found.assert_rows(RebateAccrual, "ytd_basis, expected_basis, accrual\n300, 825.00, 3.00")
    assert found[RebateAccrual]["seasonal_share"][0] == pytest.approx(4 / 11)


def test_an_account_that_the_customer_sheet_lacks_is_not_paid_and_named():
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000), ("2026-02-01", "X", 1000)),
            Customers: "customer_id, customer_name\nA, Alpha",
            RebatePolicies: [agreed(eligible_customers="A; X")],
            RebateTiers: ONE_PERCENT,
            RebateLedger: LEDGER.replace("A, ", "X, "),
        }
    )
    found.assert_rows(RebateCalc, "customer_id, rebate_final, rebate_paid\nA, 10.00, 0.00")
    assert "CUSTOMER_NOT_FOUND" in codes(found)
    assert codes(found).count("LEDGER_ACCOUNT_UNKNOWN") == 2


def test_a_voucher_is_booked_once():
    repeated = """
        2026-04-09, A,           P1,        payment,      10.00,  V2
        2026-04-10, A,           P1,        payment,      3.00,   V2
    """
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 1000)),
            RebatePolicies: FIRST_QUARTER,
            RebateTiers: ONE_PERCENT,
            RebateLedger: LEDGER + repeated.strip("\n"),
        }
    )
    found.assert_rows(RebateCalc, "rebate_paid, rebate_payable\n13.00, -3.00")
    assert codes(found).count("LEDGER_ENTRY_REPEATED") == 1
    assert codes(found).count("VOUCHER_REPEATED") == 1


RATES = """
    currency, effective_date, fx_rate
    USD,      2026-01-01,     7
    USD,      2026-03-01,     8
"""


def test_a_policy_in_dollars_converts_each_line_at_its_date():
    found = reckon(
        {
            NetSales: sold(("2026-02-28", "A", 7000), ("2026-03-01", "A", 8000)),
            FxRates: RATES,
            RebatePolicies: [agreed(**OF_A, currency="USD")],
            RebateTiers: ONE_PERCENT,
            RebateLedger: """
                date,       customer_id, policy_id, entry_type, amount, currency
                2026-02-02, A,           P1,        payment,    70.00,  CNY
                2026-04-02, A,           P1,        payment,    2.00,   USD
                2026-04-02, A,           P1,        payment,    9.00,   EUR
            """,
        }
    )
    found.assert_rows(
        RebateCalc,
        """
        basis_value, rebate_final, rebate_paid, rebate_payable, currency, reason_code
        2000.00,     20.00,        12.00,       8.00,           USD,      LEDGER_INCOMPLETE
        """,
    )
    assert "FX_MISSING" in codes(found)


def test_what_is_sold_before_there_is_a_rate_is_not_taken_as_one_to_one():
    found = reckon(
        {
            NetSales: sold(("2026-02-28", "A", 7000), ("2026-03-01", "A", 8000)),
            FxRates: "currency, effective_date, fx_rate\nUSD, 2026-03-01, 8",
            RebatePolicies: [agreed(**OF_A, currency="USD", valid_to="2026-12-31")],
            RebateTiers: ONE_PERCENT,
        }
    )
    found.assert_rows(
        RebateCalc,
        """
        basis_value, rebate_final, reason_code
        1000,        10.00,        BASIS_UNRATED
        """,
    )
    found.assert_rows(RebateAccrual, "ytd_basis, accrual, reason_code\n1000, 10.00, BASIS_UNRATED")
    assert "BASIS_RATE_MISSING" in codes(found)


def test_what_is_dated_after_the_day_of_the_run_does_not_count():
    found = reckon(
        {
            NetSales: sold(("2026-06-10", "A", 1000), ("2026-06-11", "A", 5000)),
            Receipts: "date, customer_id, amount\n2026-06-11, A, 500\n2026-06-10, A, 100",
            RebatePolicies: [
                agreed("P1", **OF_A),
                agreed("P2", **OF_A, basis="receipts", tax_included="yes", stackable="yes"),
            ],
            RebateTiers: "policy_id, tier_lower, rebate_rate\nP1, 0, 1%\nP2, 0, 1%",
            RebateLedger: LEDGER.replace("2026-04-09", "2026-06-11"),
        },
        as_of=date(2026, 6, 10),
    )
    found.assert_rows(
        RebateCalc,
        """
        policy_id, basis_value, rebate_final, rebate_paid
        P1,        1000,        10.00,        0.00
        P2,        100,         1.00,         0.00
        """,
    )
    assert codes(found).count("FUTURE_DATE") == 2


def test_the_month_of_the_run_counts_in_accruals():
    found = reckon(
        {
            NetSales: sold(("2026-05-31", "A", 1000), ("2026-06-10", "A", 500)),
            RebatePolicies: [agreed(**OF_A)],
            RebateTiers: ONE_PERCENT,
        },
        as_of=date(2026, 6, 10),
        include_partial_month=False,
    )
    accrued = found[RebateAccrual].iloc[0]
    assert (accrued["ytd_basis"], accrued["accrual"]) == (1500, 15)
    assert accrued["seasonal_share"] == pytest.approx(161 / 181)
    assert accrued["expected_basis"] == Decimal("1686.34")


def test_sales_of_a_group_count_for_the_manager_of_its_head():
    found = reckon(
        {
            NetSales: sold(("2026-02-01", "A", 900), ("2026-02-01", "B", 500)),
            Customers: """
                customer_id, customer_name, parent_id, manager_id
                A1,          Alpha South,   A,         S2
                A,           Alpha,         ,          S1
                B,           Beta,          ,          S2
            """,
            Staff: "staff_id, staff_name\nS1, Li Na\nS2, Wang Qiang",
            Contests: """
                contest_id, period, place, prize_amount, payee_type, contest_measure
                T1,         2026H1, 1,     100,          own staff,  sales
            """,
        }
    )
    found.assert_rows(
        ContestRank,
        """
        staff_id, place, measure_value
        S1,       1,     900
        S2,       2,     500
        """,
    )
