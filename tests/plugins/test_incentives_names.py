"""S8 where sheets name customers: names find their accounts, and who is nobody is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from kam_excel_plugins import identification
from kam_excel_plugins import incentives as plugin
from kam_excel_plugins.incentives.account_outputs import IncentiveTotal
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.rebate_outputs import RebateCalc
from kam_excel_plugins.incentives.records import RebateLedger, Violations

from kam_excel import (
    Customers,
    DataIssues,
    KeyAccounts,
    NetSales,
    Promotions,
    Receipts,
    Sales,
    Targets,
)
from kam_excel.testing.books import write_workbook
from kam_excel.testing.runs import WorkbookRun, run_plugins
from rebate_tables import AS_OF, agreed, codes, reckon, sold

SHEETS = {
    Customers: """
        customer_id, customer_name
        A,           东方商场
        B,           恒通工业
        T,           双子百货
        T2,          双子百货
    """,
    Sales: """
        date,       customer_id, amount
        2026-02-01, A,           20000
        2026-02-01, B,           10000
        2026-02-01, T,           5000
    """,
    RebateTiers: "policy_id, tier_lower, rebate_rate\nP1, 0, 1%\nP2, 100, 2%",
    Receipts: "date, customer_name, amount\n2026-03-01, 东方商场, 20000",
    RebateLedger: """
        date,       customer_name, policy_id, entry_type, amount
        2026-04-01, 东方商场,      P1,        payment,    50
        2026-04-01, 恒通工业,      P1,        accrual,    70
    """,
    Violations: """
        customer_name, violation_type, penalty_share
        恒通工业,      underpricing,   10%
    """,
    Targets: "customer_name, period, target\n东方商场, 2026H1, 20000\n恒通工业, 2026H1, 10001",
    Promotions: """
        promo_id, customer_name, category, start, end, mechanism, fixed_cost
        S1, 东方商场, X, 2026-02-01, 2026-02-09, display, 300
    """,
}


def policies(customers: str) -> list[dict[str, object]]:
    named = {"eligible_customers": customers, "stackable": "yes"}
    return [agreed("P1", **named), agreed("P2", **named, rebate_method="target")]


def run(tmp_path: Path, sheets: dict, language: str = "zh") -> WorkbookRun:
    book = write_workbook(tmp_path / "book.xlsx", sheets, language)
    return run_plugins(
        book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF, language=language
    )


def told(found: WorkbookRun, code: str) -> list[tuple[object, ...]]:
    """Cell, value, handling and text of each issue of a code on the issue sheet."""
    headers, *rows = found.cells(DataIssues)
    at = [headers.index(name) for name in ("链接", "原值", "处理", "原因")]
    return [tuple(row[each] for each in at) for row in rows if code in row]


def test_names_stand_for_ids_in_every_sheet(tmp_path: Path):
    found = run(tmp_path, {**SHEETS, RebatePolicies: policies("东方商场、恒通工业")})
    found.outputs.assert_rows(
        RebateCalc,
        """
        policy_id, customer_id, basis_value, violation_factor, rebate_final, rebate_paid
        P1,        A,           20000,       1,                200.00,       50.00
        P1,        B,           10000,       0.9,              90.00,        0.00
        P2,        A,           20000,       1,                400.00,       0.00
        P2,        B,           10000,       0.9,              0.00,         0.00
        """,
    )
    allowances = found.outputs[IncentiveTotal].set_index("customer_id")["allowance_total"]
    assert allowances["A"] == 300
    assert not {"CUSTOMER_NOT_FOUND", "LEDGER_ACCOUNT_UNKNOWN"} & set(codes(found.outputs))


STRANGERS = {
    "返利台账!B4": (RebateLedger, "2026-04-01, 东方商厦, P1, payment, 9"),
    "违规记录!A3": (Violations, "东方商厦, underpricing, 10%"),
    "任务量!A4": (Targets, "东方商厦, 2026H1, 5"),
    "促销活动!B3": (Promotions, "S2, 东方商厦, X, 2026-02-01, 2026-02-09, display, 9"),
    "回款明细!B3": (Receipts, "2026-03-02, 东方商厦, 9"),
}


@pytest.mark.parametrize("cell", STRANGERS)
def test_a_name_that_nobody_bears_is_told_with_its_cell_and_the_nearest(cell, tmp_path: Path):
    table, row = STRANGERS[cell]
    sheets = {**SHEETS, table: f"{SHEETS[table].rstrip()}\n{row}"}
    found = run(tmp_path, {**sheets, RebatePolicies: policies("A")})
    code = "LEDGER_ACCOUNT_UNKNOWN" if table is RebateLedger else "CUSTOMER_NOT_FOUND"
    said = "没有编码或名称为“东方商厦”的客户（最接近的是：东方商场）。"
    assert told(found, code) == [(cell, "东方商厦", "该行未计入", said)]


def test_a_name_that_several_bear_is_told_once_and_counts_for_nobody(tmp_path: Path):
    twins = {
        RebateLedger: f"{SHEETS[RebateLedger].rstrip()}\n2026-04-01, 双子百货, P1, payment, 9",
        Violations: "customer_name, violation_type, penalty_share\n双子百货, underpricing, 10%",
        Targets: f"{SHEETS[Targets]}\n双子百货, 2026H1, 5",
    }
    found = run(tmp_path, {**SHEETS, **twins, RebatePolicies: policies("A; 双子百货")})
    rows = found.outputs[RebateCalc]
    assert dict(
        zip(rows["policy_id"] + rows["customer_id"], rows["rebate_final"], strict=True)
    ) == {
        "P1A": 200,
        "P2A": 400,
        "P1B": 0,  # of the ledger alone
    }
    cells = ["返利台账!B4", "违规记录!A2", "任务量!A4"]
    nobody = [(cell, "不计入任何客户") for cell in cells]
    lists = [(cell, "不按该政策返利") for cell in ("返利政策!B2", "返利政策!B3")]
    found_cells = [(cell, handling) for cell, _, handling, _ in told(found, "CUSTOMER_AMBIGUOUS")]
    assert sorted(found_cells) == sorted([*nobody, *lists])
    others = {"CUSTOMER_MISSING", "TARGET_MISSING", "CUSTOMER_NOT_FOUND", "LEDGER_ACCOUNT_UNKNOWN"}
    assert not others & set(codes(found.outputs))


def test_without_a_customer_sheet_names_are_those_of_the_accounts():
    found = reckon({NetSales: sold(("2026-02-01", "A", 100)), RebatePolicies: policies("alpha")})
    assert set(found[RebateCalc]["customer_id"]) == {"A"}
    missed = reckon({NetSales: sold(("2026-02-01", "A", 100)), RebatePolicies: policies("Alhpa")})
    assert missed[RebateCalc].empty
    assert "CUSTOMER_NOT_FOUND" in codes(missed)


def test_without_a_customer_sheet_an_account_of_earlier_sales_is_known():
    found = reckon(
        {
            KeyAccounts: "customer_id, net_sales, is_key_account\nA, 5, yes",
            NetSales: sold(("2024-02-01", "F", 100), ("2026-02-01", "A", 100)),
            RebateLedger: "date, customer_id, policy_id, entry_type, amount\n"
            "2026-04-01, F, P1, accrual, 3\n2026-04-01, Z, P1, accrual, 3",
        }
    )
    issues = found[DataIssues]
    strangers = issues["original_value"][issues["reason_code"] == "LEDGER_ACCOUNT_UNKNOWN"]
    assert strangers.tolist() == ["Z"]
