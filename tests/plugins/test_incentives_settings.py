"""What each setting of incentives changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from kam_excel_plugins.incentives import IncentivesPolicy
from kam_excel_plugins.incentives.account_outputs import IncentiveTotal, RebateStatement
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.control_outputs import RebateCurve
from kam_excel_plugins.incentives.rebate_outputs import (
    AccrualJournal,
    NextTier,
    RebateAccrual,
    RebateCalc,
)
from kam_excel_plugins.incentives.records import RebateLedger

from kam_excel import NetSales, Table
from kam_excel.contract.policy import settings_of
from kam_excel.testing.outputs import Outputs
from rebate_tables import reckon, sold

SALES = sold(
    ("2025-01-15", "A", 500),
    ("2025-09-15", "A", 500),
    ("2026-02-01", "A", 950),
    ("2026-06-25", "A", 60),
    ("2026-03-01", "B", 1000),
    ("2026-03-01", "C", 510),
)
POLICIES = """
    policy_id, eligible_customers, valid_to, basis, rebate_method, stackable, priority, budget, \
payee_type, valid_from, tax_included
    YEAR,   A, 2026-12-31, sales, ,              no,  , ,  ,           2026-01-01, no
    SPRING, B, 2026-03-31, sales, stepped,       yes, , ,  ,           2026-01-01, no
    GROWTH, B, 2026-06-30, sales, growth,        yes, , ,  ,           2026-01-01, no
    FIRST,  C, 2026-06-30, sales, stepped,       no, 1, 5, ,           2026-01-01, no
    SECOND, C, 2026-06-30, sales, stepped,       no, 2, ,  ,           2026-01-01, no
    PUSHED, A, 2026-06-30, sales, retrospective, yes, , ,  ,           2026-01-01, no
    PERSON, C, 2026-06-30, sales, stepped,       yes, , ,  individual, 2026-01-01, no
"""
TIERS = """
    policy_id, tier_lower, rebate_rate
    YEAR,      0,          1%
    YEAR,      2000,       3%
    SPRING,    0,          1%
    GROWTH,    0.1,        2%
    FIRST,     0,          1%
    SECOND,    0,          2%
    PUSHED,    0,          1%
    PUSHED,    1010,       2%
    PERSON,    0,          1%
"""
LEDGER = """
    date,       customer_id, policy_id, entry_type,   amount
    2026-04-10, B,           SPRING,    confirmation, 12.00
"""
TABLES = {NetSales: SALES, RebatePolicies: POLICIES, RebateTiers: TIERS, RebateLedger: LEDGER}

Where = dict[str, Any]
FINAL, ACCRUED = (RebateCalc, "rebate_final"), (RebateAccrual, "accrual")
ALERT = (NextTier, "alert")
YEAR, FIRST, SECOND = ({"policy_id": each} for each in ("YEAR", "FIRST", "SECOND"))
PUSHED = {"policy_id": "PUSHED"}
CORRECTED = {"settlement_status": "correction"}
EXPECTED = {"accrual_method": "expected"}
CASES: list[tuple[Where, tuple[type[Table], str], Where, Any, Any]] = [
    ({"tier_lower_inclusive": False}, FINAL, PUSHED, ["20.20"], ["10.10"]),
    ({"default_method": "retrospective"}, (NextTier, "tier_gain"), YEAR, ["9.90"], ["49.90"]),
    ({"growth_no_base": "zero_base"}, FINAL, {"policy_id": "GROWTH"}, ["0.00"], ["20.00"]),
    ({"accrual_method": "earned_to_date"}, ACCRUED, YEAR, ["10.30"], ["10.10"]),
    (EXPECTED, ACCRUED, YEAR, ["10.30"], ["10.76"]),
    ({**EXPECTED, "expected_spread": "0.2"}, ACCRUED, YEAR, ["10.30"], ["11.26"]),
    ({**EXPECTED, "expected_weight": "0.5"}, ACCRUED, YEAR, ["10.30"], ["11.21"]),
    ({"seasonal_run_rate": False}, ACCRUED, YEAR, ["10.30"], ["10.46"]),
    ({"constraint_pct": "0.5"}, ACCRUED, YEAR, ["10.30"], ["5.15"]),
    (
        {"returns_after_settlement": "clawback_now"},
        (RebateCalc, "payable_date"),
        CORRECTED,
        [""],
        ["2026-06-30"],
    ),
    ({"stacking": "highest"}, FINAL, FIRST, ["5.10"], ["0.00"]),
    ({"stacking": "all"}, FINAL, SECOND, ["0.00"], ["10.20"]),
    ({"cliff_alert_ratio": "0.01"}, ALERT, YEAR, ["none"], ["cliff"]),
    ({"near_tier_pct": "0.5"}, ALERT, YEAR, ["none"], ["near tier"]),
    ({"push_alert_last_days": 3}, ALERT, PUSHED, ["end-of-period push"], []),
    ({"rounding": "1"}, FINAL, FIRST, ["5.10"], ["5.00"]),
    ({"budget_overrun": "stop"}, (RebateCalc, "rebate_payable"), FIRST, ["5.10"], [""]),
    ({"individual_payee": "allowed"}, FINAL, {"policy_id": "PERSON"}, [], ["5.10"]),
    (
        {"statement_months": 1},
        (RebateStatement, "date"),
        {"entry_type": "opening", "customer_id": "B"},
        ["2025-07-01"],
        ["2026-06-01"],
    ),
    (
        {"chart_policy": "SECOND"},
        (RebateCurve, "policy_id"),
        {"customer_name": "Gamma"},
        [],
        ["SECOND"],
    ),
    (
        {"debit_account": "6001"},
        (AccrualJournal, "account_debit"),
        YEAR,
        ["Revenue: rebates"],
        ["6001"],
    ),
    (
        {"credit_account": "2241"},
        (AccrualJournal, "account_credit"),
        YEAR,
        ["Other payables: rebates"],
        ["2241"],
    ),
    (
        {"totals_window": "last_12_months"},
        (IncentiveTotal, "net_sales"),
        {"customer_id": "A"},
        ["1010.00"],
        ["1510.00"],
    ),
]


@pytest.fixture(scope="module")
def usual() -> Outputs:
    return reckon(TABLES)


def cells(found: Outputs, at: tuple[type[Table], str], where: Where) -> list[str]:
    """The cells of one column as texts, of the rows that are so."""
    table, column = at
    rows = found[table]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    return [_text(each) for each in rows[column]]


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)


@pytest.mark.parametrize(("said", "at", "where", "before", "after"), CASES)
def test_what_a_setting_changes(usual, said, at, where, before, after):
    assert cells(usual, at, where) == before
    assert cells(reckon(TABLES, IncentivesPolicy(**said)), at, where) == after


def test_every_setting_changes_something():
    changed = {name for said, *_ in CASES for name in said}
    assert changed == {leaf.path for leaf in settings_of(IncentivesPolicy)}
