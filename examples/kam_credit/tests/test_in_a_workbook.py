"""The plugin in a workbook, as `kam-excel run` works it."""

from __future__ import annotations

from datetime import date

import kam_excel_plugins.identification as identification
import pytest

import kam_credit
from kam_credit import CreditStatus, OpenItems, credit
from kam_excel import Customers, Sales
from kam_excel.testing import StandardStrategyTests

AS_OF = date(2026, 6, 30)
SHEETS = {
    Sales: """
        doc_no, date,       customer_id, amount
        S1,     2025-08-12, A,           52000
        S2,     2025-11-03, A,           61000
        S3,     2026-02-20, B,           48000.50
        S4,     2026-03-18, A,           30000
        S5,     2026-05-05, C,           2500
        S6,     2026-05-28, B,           27000
        S7,     2026-06-02, D,           900
    """,
    Customers: """
        customer_id, customer_name, credit_limit, payment_days
        A,           东方商场,        60000,        30
        B,           恒通工业,        50000,        45
        C,           新源批发,        5000,         30
        D,           华联便利,        ,             30
    """,
    OpenItems: """
        customer_id, doc_no, date,       due_date,   amount
        A,           S4,     2026-03-18, 2026-04-17, 30000
        A,           S8,     2026-06-11, 2026-07-11, 41500.25
        A,           G1,     2026-06-15, 2026-07-15, -1500.25
        B,           S6,     2026-05-28, ,           46000
        D,           S7,     2026-06-02, 2026-07-02, 900
    """,
}


class TestCredit(StandardStrategyTests):
    """What holds for every strategy."""

    strategy = credit
    plugins = (kam_credit, identification)
    sheets = SHEETS
    as_of = AS_OF


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_is_what_it_was(run_workbook, golden, language):
    all_of_them = identification.IdentificationPolicy(top_percent="1")
    run = run_workbook(
        SHEETS,
        kam_credit,
        identification,
        as_of=AS_OF,
        policies=[all_of_them],
        language=language,
    )
    golden(f"credit_status.{language}.csv", run.outputs[CreditStatus])


def test_users_see_the_verdict_in_their_language(run_workbook):
    run = run_workbook(SHEETS, kam_credit, identification, as_of=AS_OF, language="zh")
    header, first, *_ = run.cells(CreditStatus)
    assert header[:4] == ["客户编码", "客户名称", "结论", "信用占用"]
    assert first[:4] == ["A", "东方商场", "停止发货", 70000]


def test_a_ledger_is_read_as_companies_keep_it(run_workbook):
    ledger = [
        ["2026年6月应收账款"],
        ["客户编号", "发票号", "开票日期", "应收到期日", "金额", "已收金额", "应收余额"],
        ["A", "S4", date(2026, 3, 18), date(2026, 4, 17), 30000, 1000, 29000],
        ["A", "S8", date(2026, 6, 11), date(2026, 7, 11), 500, 0, 500],
        ["合计", None, None, None, 30500, 1000, 29500],
    ]
    sheets = {Sales: SHEETS[Sales], "应收": ledger}
    run = run_workbook(sheets, kam_credit, identification, as_of=AS_OF, language="zh")
    account = run.outputs[CreditStatus].set_index("customer_id").loc["A"]
    assert (account["exposure"], account["overdue"]) == (29500, 29000)
    assert account["overdue_days"] == 74


def test_a_ledger_may_know_customers_by_their_names_alone(run_workbook):
    ledger = [
        ["客户名称", "到期日", "未收金额"],
        ["东方商场", date(2026, 7, 31), 61000],
    ]
    sheets = {Sales: SHEETS[Sales], Customers: SHEETS[Customers], "应收": ledger}
    run = run_workbook(sheets, kam_credit, identification, as_of=AS_OF, language="zh")
    run.outputs.assert_rows(
        CreditStatus,
        """
        customer_id, exposure, headroom, reason_code
        A,           61000,    -1000,    OVER_LIMIT
        """,
    )


def test_without_open_items_the_strategy_is_skipped(run_workbook):
    run = run_workbook({Sales: SHEETS[Sales]}, kam_credit, identification, as_of=AS_OF)
    assert run.skipped["credit"] == (OpenItems,)
