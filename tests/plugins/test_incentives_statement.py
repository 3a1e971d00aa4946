"""A customer's accountant can follow the statement: what it shows adds up from what it shows."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby

import pandas as pd
import pytest
from kam_excel_plugins.incentives import IncentivesPolicy
from kam_excel_plugins.incentives.account_outputs import RebateStatement
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.records import RebateLedger, Violations

from kam_excel import NetSales, Receipts
from kam_excel.domain.money import round_half_up
from rebate_tables import agreed, reckon, sold

POLICIES = [
    agreed("P1", rebate_method="stepped", valid_to="2026-12-31"),
    agreed("P2", cap_amount=9000),
    agreed("P3", basis="quantity", rebate_method="per unit"),
    agreed("P4", basis="growth", rebate_method="growth"),
    agreed("P5", basis="receipts", rebate_method="payment age", tax_included="yes"),
]
TIERS = """
    policy_id, tier_lower, rebate_rate, rebate_amount
    P1,        0,          1%,
    P1,        100000,     2.5%,
    P2,        0,          0,           10000
    P3,        0,          ,            1.5
    P4,        0.05,       3%,
    P5,        0,          2%,
    P5,        31,         0%,
"""
SALES = [
    *sold(("2025-03-01", "A", "70000.55"), qty="40"),
    *sold(("2026-01-01", "A", "123456.78"), qty="61"),
    *sold(("2026-02-01", "A", "-3456.77"), qty="-1"),
    *sold(("2026-01-01", "B", "5.05"), qty="1"),
]
RECEIPTS = "date, customer_id, amount\n2026-01-20, A, 90000\n2026-06-20, A, 20000.01"
LEDGER = """
    date,       customer_id, policy_id, entry_type,   amount,  voucher_no
    2026-01-31, A,           P1,        accrual,      300,     V1
    2026-02-28, A,           P1,        reversal,     -100.01, V2
    2026-06-30, A,           P2,        confirmation, 9000,    V3
    2026-06-30, A,           P2,        payment,      4000,    V4
"""
VIOLATIONS = """
    customer_id, date,       violation_type, penalty_share
    A,           2026-03-01, underpricing,   7%
"""
FACTORS = re.compile(r"([\d,.]+)(?:件| pieces)? × ([\d,.]+)(%?)(?: \+ ([\d,.]+))?$")
BOOKED = ("accrual", "confirmation", "payment", "offset", "reversal")


@pytest.fixture(scope="module", params=["zh", "en"])
def lines(request):
    tables = {
        NetSales: SALES,
        RebatePolicies: POLICIES,
        RebateTiers: TIERS,
        Receipts: RECEIPTS,
        RebateLedger: LEDGER,
        Violations: VIOLATIONS,
    }
    found = reckon(tables, IncentivesPolicy(stacking="all"), language=request.param)
    return found[RebateStatement]


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def product(item: str) -> Decimal | None:
    """What the factors that a line tells come to, None where it tells none."""
    told = FACTORS.search(item)
    if not told:
        return None
    base, rate, percent, fixed = told.groups()
    amount = figure(base) * figure(rate) / (100 if percent else 1) + figure(fixed or "0")
    return Decimal(round_half_up(pd.Series([amount], dtype="exact[8]"), 2).iloc[0])


def test_each_product_is_the_amount_beside_it(lines):
    computed = lines[lines["entry_type"].isin(["section", "deduction"])]
    told = [
        (product(each.item), each.amount if each.entry_type == "section" else -each.amount)
        for each in computed.itertuples()
    ]
    told = [(of_factors, amount) for of_factors, amount in told if of_factors is not None]
    assert set(computed["policy_id"]) == {"P1", "P2", "P3", "P4", "P5"}
    assert len(told) >= 12
    assert [of_factors for of_factors, _ in told] == [amount for _, amount in told]


def test_sections_and_deductions_add_up_to_each_rebate(lines):
    for (customer, policy), own in lines.groupby(["customer_id", "policy_id"]):
        parts = own[own["entry_type"].isin(["section", "deduction"])]
        (total,) = own[own["entry_type"] == "rebate"].itertuples()
        assert parts["amount"].sum() == total.amount, (customer, policy)
        basis = parts["basis_value"].dropna().sum()
        if policy != "P4":  # paid on what the sales grew by
            assert basis == total.basis_value, (customer, policy)


def test_balances_and_payables_add_up_line_by_line(lines):
    for _, block in groupby(lines.itertuples(), lambda each: each.customer_id):
        rows = list(block)
        balance = next(each.balance for each in rows if each.entry_type == "opening")
        for each in rows:
            if each.entry_type in BOOKED:
                balance += each.amount
                assert each.balance == balance
        (closing,) = (each.balance for each in rows if each.entry_type == "closing")
        payable = sum(each.amount for each in rows if each.entry_type == "payable")
        (total,) = (each.amount for each in rows if each.entry_type == "total")
        beyond = [each.amount for each in rows if each.entry_type == "difference"]
        assert (balance, payable) == (closing, total)
        assert sum(beyond) == total - closing
