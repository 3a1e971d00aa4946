"""Small tables of the incentives strategy, and the strategy run on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam_excel_plugins.incentives import incentives
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers

from kam_excel import DataIssues, KeyAccounts, NetSales, Policy, Table
from kam_excel.testing import run_strategy
from kam_excel.testing.outputs import Outputs
from kam_excel.testing.rows import Rows

AS_OF = date(2026, 6, 30)
ACCOUNTS = """
    customer_id, customer_name, region, grade, is_key_account, net_sales
    A,           Alpha,         North,  A,     yes,            0
    B,           Beta,          South,  B,     yes,            0
    C,           Gamma,         North,  A,     yes,            0
    D,           Delta,         South,  C,     no,             0
"""
TIERS = """
    policy_id, tier, tier_lower, rebate_rate
    P1,        1,    0,          1%
    P1,        2,    1000000,    2%
    P1,        3,    5000000,    3%
"""
Tables = Mapping[type[Table], Rows | None]


def sold(*lines: tuple[str, str, object], **more: object) -> list[dict[str, object]]:
    """Net sales: (date, customer, amount) each, in base currency, free of tax; `more` columns."""
    return [
        {
            "date": day,
            "customer_id": customer,
            "amount": str(amount),
            "amount_net": str(amount),
            "amount_gross": str(amount),
            "is_return": "yes" if float(str(amount)) < 0 else "no",
            **more,
        }
        for day, customer, amount in lines
    ]


def agreed(policy_id: str = "P1", **terms: object) -> dict[str, object]:
    """A row of the policies: the first half of 2026, retrospective, on sales, without tax."""
    row = {
        "policy_id": policy_id,
        "valid_from": "2026-01-01",
        "valid_to": "2026-06-30",
        "basis": "sales",
        "rebate_method": "retrospective",
        "tax_included": "no",
    }
    return {**row, **{name: str(value) for name, value in terms.items()}}


def reckon(
    tables: Tables,
    *policies: Policy,
    as_of: date = AS_OF,
    **facts: Any,
) -> Outputs:
    """The strategy on `tables`; accounts, a policy and tiers are there unless they are given.

    None is a table that the workbook lacks.
    """
    usual: dict[type[Table], Rows | None] = {
        KeyAccounts: ACCOUNTS,
        NetSales: sold(),
        RebatePolicies: [agreed()],
        RebateTiers: TIERS,
    }
    given = {table: rows for table, rows in {**usual, **tables}.items() if rows is not None}
    return run_strategy(incentives, given, *policies, as_of=as_of, **facts)


def codes(found: Outputs) -> list[str]:
    """The codes of the issues, sorted."""
    return sorted(found[DataIssues]["reason_code"])
