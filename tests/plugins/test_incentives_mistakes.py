"""S8 on sheets with mistakes: each is told with its cell, and nothing wrong is paid for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kam_excel_plugins import identification
from kam_excel_plugins import incentives as plugin
from kam_excel_plugins.incentives.agreements import ProposedTiers, RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.control_outputs import PolicyChange
from kam_excel_plugins.incentives.rebate_outputs import RebateAccrual, RebateCalc
from kam_excel_plugins.incentives.records import Contests, RebateLedger, Violations
from kam_excel_plugins.incentives.wording import worded

from kam_excel import Customers, DataIssues, NetSales, Sales
from kam_excel.domain.issues import IssueLog
from kam_excel.testing.books import write_workbook
from kam_excel.testing.runs import run_plugins
from rebate_tables import AS_OF, agreed, codes, reckon, sold

SALES = sold(("2026-02-01", "A", 1000))
ONE_PERCENT = "policy_id, tier_lower, rebate_rate\nP1, 0, 1%"
OF_A = {"eligible_customers": "A"}


def told(found, code):
    """The cells that issues of a code are about: table, row, column and what it says."""
    issues = found[DataIssues]
    rows = issues[issues["reason_code"] == code]
    names = ["table_id", "row_no", "column_name", "original_value"]
    return [tuple(each) for each in rows[names].fillna("").itertuples(index=False)]


def test_where_no_policy_can_be_reckoned_the_outputs_are_empty():
    found = reckon({NetSales: SALES, RebateTiers: None})
    assert codes(found).count("POLICY_WITHOUT_TIERS") == 1
    assert found[RebateCalc].empty
    early = reckon({NetSales: SALES}, as_of=date(2025, 12, 31))
    assert "POLICY_NOT_BEGUN" in codes(early)
    assert early[RebateCalc].empty


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"valid_to": "2099-12-31"}, "POLICY_TERM_TOO_LONG"),
        ({"payout_days": 10_000_000}, "POLICY_TERM_TOO_LONG"),
    ],
)
def test_a_policy_without_a_real_end_is_told(terms, code):
    found = reckon({NetSales: SALES, RebatePolicies: [agreed(**terms)]})
    assert code in codes(found)
    assert found[RebateCalc].empty


def test_a_tier_below_nothing_pays_for_volume_that_nobody_bought():
    tiers = "policy_id, tier_lower, rebate_rate\nP1, -100000, 1%"
    found = reckon({NetSales: SALES, RebateTiers: tiers})
    (cell,) = told(found, "POLICY_AMOUNT_NEGATIVE")
    assert cell[0::2] == ("rebate_tiers", "tier_lower")
    assert found[RebateCalc].empty


def test_a_tier_of_no_policy_is_told():
    tiers = f"{ONE_PERCENT}\n, 500, 2%"
    found = reckon({NetSales: SALES, RebateTiers: tiers})
    assert [each[0] for each in told(found, "KEY_EMPTY")] == ["rebate_tiers"]


def test_a_confirmation_within_the_period_is_not_accrued_again():
    ledger = """
        date,       customer_id, policy_id, entry_type,   amount, voucher_no
        2026-03-31, A,           P1,        accrual,      3.00,   V1
        2026-04-05, A,           P1,        confirmation, 4.00,   V2
    """
    policies = [agreed(**OF_A, valid_to="2026-12-31")]
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: policies,
            RebateTiers: ONE_PERCENT,
            RebateLedger: ledger,
        }
    )
    found.assert_rows(
        RebateAccrual,
        """
        customer_id, accrual, already_accrued, accrual_delta
        A,           10.00,   7.00,            3.00
        """,
    )


def test_violations_of_nobody_and_of_strangers_are_told():
    violations = """
        customer_id, violation_type, penalty_share, policy_id
        ,            underpricing,   20%,
        Q,           underpricing,   20%,
        A,           underpricing,   20%,           P2
    """
    policies = [agreed(), agreed("P2", valid_from="2026-07-01", valid_to="2026-12-31")]
    customers = "customer_id, customer_name\nA, Alpha\nB, Beta\nC, Gamma\nD, Delta"
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: policies,
            Violations: violations,
            Customers: customers,
        }
    )
    assert [each[2] for each in told(found, "CUSTOMER_MISSING")] == ["customer_id"]
    assert [each[3] for each in told(found, "CUSTOMER_NOT_FOUND")] == ["Q"]
    assert not told(found, "OF_NO_POLICY")


def test_what_is_to_come_of_a_policy_that_has_not_begun_is_no_mistake():
    ledger = """
        date,       customer_id, policy_id, entry_type, amount
        2026-09-30, A,           P2,        accrual,    3.00
    """
    later = {"valid_from": "2026-07-01", "valid_to": "2026-12-31"}
    found = reckon(
        {
            NetSales: SALES,
            RebatePolicies: [agreed(), agreed("P2", **later)],
            RebateLedger: ledger,
            ProposedTiers: "policy_id, tier_lower, rebate_rate\nP2, 0, 1%",
        }
    )
    assert "FUTURE_DATE" in codes(found)
    assert not {"LEDGER_POLICY_NOT_RECKONED", "OF_NO_POLICY"} & set(codes(found))


@pytest.mark.parametrize(
    ("policy", "entry", "code", "cell"),
    [
        ("qantity", "payment", "POLICY_WORD_UNKNOWN", ("qantity",)),
        ("sales", "paiment", "LEDGER_TYPE_MISSING", ("paiment",)),
    ],
)
def test_a_word_that_is_no_choice_concerns_its_row_alone(policy, entry, code, cell, tmp_path: Path):
    ids = "ABCDE"
    day = date(2026, 2, 1)
    sheets = {
        Customers: "customer_id, customer_name\n" + "\n".join(f"{each}, {each}" for each in ids),
        Sales: "date, customer_id, amount\n" + "\n".join(f"{day}, {each}, 100" for each in ids),
        "Rebate Policies": [
            ["Policy ID", "Valid From", "Valid To", "Basis", "Rebate Method"],
            ["P1", date(2026, 1, 1), date(2026, 6, 30), policy, "stepped"],
            ["P2", date(2026, 1, 1), date(2026, 6, 30), "sales", "stepped"],
        ],
        RebateTiers: f"{ONE_PERCENT}\nP2, 0, 1%",
        "Rebate Ledger": [
            ["Date", "Customer ID", "Policy ID", "Entry Type", "Amount"],
            [day, "A", "P2", entry, 1],
        ],
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets)
    run = run_plugins(book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF)
    issues = run.outputs[DataIssues]
    assert tuple(issues["original_value"][issues["reason_code"] == code]) == cell
    assert "P2" in set(run.outputs[RebateCalc]["policy_id"])
    unknown = issues[issues["reason_code"] == "CHOICE_UNKNOWN"]
    nearest = {"qantity": "quantity, ", "paiment": "payment, "}[cell[0]]
    assert [f"the nearest first: {nearest}" in text for text in unknown["handling"]] == [True]


@pytest.mark.parametrize(
    ("language", "method", "nearest", "others"),
    [
        ("zh", "全额返还", "：全额、", ("超额分段", "目标", "增长", "单位", "回款期")),
        ("en", "steps", ": stepped, ", ("retrospective", "target", "growth", "payment age")),
    ],
)
def test_an_unknown_word_is_told_with_those_that_are_known(language, method, nearest, others):
    log = IssueLog()
    log.add_one(
        "POLICY_WORD_UNKNOWN", "rebate_policies", "POLICY_NOT_RECKONED", 2, "rebate_method", method
    )
    (text,) = worded(log.frame(), language)["reason_text"]
    assert nearest in text
    assert all(word in text for word in others)


def test_a_misspelt_policy_of_a_violation_is_told(tmp_path: Path):
    day = date(2026, 2, 1)
    sheets = {
        Customers: "customer_id, customer_name\nA, A",
        Sales: f"date, customer_id, amount\n{day}, A, 100",
        RebatePolicies: "policy_id, valid_from, valid_to, basis\nP1, 2026-01-01, 2026-06-30, sales",
        RebateTiers: ONE_PERCENT,
        "Violations": [
            ["Customer ID", "Customer Name", "Date", "Violation Type", "Penalty Share", "Scheme"],
            ["A", "A", day, "underpricing", "50%", "P1"],
        ],
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets)
    run = run_plugins(book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF)
    issues = run.outputs[DataIssues]
    (issue,) = issues[issues["reason_code"] == "COLUMN_UNKNOWN"].to_dict("records")
    assert issue["original_value"] == "Scheme"
    assert "政策编号 / Policy ID" in issue["reason_text"]


def test_violations_that_lack_a_column_are_no_customer_sheet(make_workbook, kam):
    day = date(2026, 2, 1)
    rows = [["客户编码", "客户名称", "日期", "种类", "处理比例(%)"], ["A", "甲", day, "窜货", 50]]
    sheets = {
        "销售明细": [["日期", "客户编码", "金额"], [day, "A", 100]],
        "返利政策": [["政策编号", "起", "止", "基数"], ["P1", day, day, "销售额"]],
        "返利阶梯": [["政策编号", "下限", "返利率(%)"], ["P1", 0, 1]],
    }
    done = kam("check", make_workbook({**sheets, "违规记录": rows}))
    assert "COLUMN_MISSING 违规记录!1:1" in done.err


def test_a_policy_that_is_open_to_nobody_is_told():
    found = reckon({NetSales: SALES, RebatePolicies: [agreed(eligible_regions="West")]})
    (cell,) = told(found, "NOBODY_ELIGIBLE")
    assert cell[2:] == ("eligible_regions", "P1")


def test_choices_are_told_in_the_words_of_the_reader(tmp_path: Path):
    sheets = {
        Customers: "customer_id, customer_name\nA, A",
        Sales: "date, customer_id, amount\n2026-02-01, A, 100",
        Contests: """
            contest_id, period, contest_measure, place, prize_amount, payee_type
            T1,         2026Q1, ,                1,     5,            individual
            T2,         2026Q1, growth,          1,     5,
            T2,         ,       attainment,      2,     3,
        """,
        RebatePolicies: [agreed(rebate_method="per unit")],
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets, "zh")
    run = run_plugins(
        book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF, language="zh"
    )
    cells = run.cells(DataIssues)
    code, value, text = (cells[0].index(name) for name in ("代码", "原值", "原因"))
    said = {row[code]: (row[value], row[text]) for row in cells}
    assert said["INDIVIDUAL_BENEFIT"][0] == "个人"
    contradiction = "同一竞赛的各行说法不同：达成率 与 增长率。"
    assert said["CONTEST_CONTRADICTS"] == ("达成率", contradiction)
    assert said["POLICY_METHOD_UNFIT"] == ("单位", "“单位”的方式与该政策的基数不符。")


def test_tables_that_are_not_there_are_named_in_the_language_of_the_reader(tmp_path: Path):
    sheets = {
        Customers: "customer_id, customer_name\nA, A",
        Sales: "date, customer_id, amount\n2026-02-01, A, 100",
        RebatePolicies: [agreed()],
        RebateTiers: ONE_PERCENT,
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets, "zh")
    run = run_plugins(
        book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF, language="zh"
    )
    cells = run.cells(DataIssues)
    code, table = (cells[0].index(name) for name in ("代码", "表"))
    named = {row[code]: row[table] for row in cells}
    assert (named["LEDGER_ABSENT"], named["CONTESTS_MISSING"]) == ("返利台账", "销售竞赛")


def test_proposed_tiers_of_a_sheet_with_rates_alone_are_compared(tmp_path: Path):
    tiers = [["Policy ID", "Lower Bound", "Rebate Rate (%)"], ["P1", 0, 2]]
    sheets = {
        Customers: "customer_id, customer_name\nA, A",
        Sales: "date, customer_id, amount\n2026-02-01, A, 100",
        RebatePolicies: [agreed()],
        RebateTiers: ONE_PERCENT,
        "Proposed Tiers": tiers,
    }
    book = write_workbook(tmp_path / "book.xlsx", sheets)
    run = run_plugins(book, tmp_path / "done.xlsx", identification, plugin, as_of=AS_OF)
    (change,) = run.outputs[PolicyChange]["rebate_change"]
    assert change == 1
