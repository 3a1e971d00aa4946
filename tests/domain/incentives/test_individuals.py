"""Who is paid: accounts, our own staff, and people who should not be."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.codes import REGISTRY
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.individuals import is_person, report_individuals, report_payees
from kam_excel.domain.issues import IssueLog

NAMES = pd.Series({"C1": "华东大药房连锁有限公司", "C2": "王强商行", "C3": None}, dtype="str")


def verdicts(*entries: tuple[str, str, str | None], rule="forbidden"):
    """What is said of each (customer, policy, payee), and the issues as (code, row, value)."""
    ledger = pd.DataFrame(entries, columns=["customer_id", "policy_id", "payee"])
    ledger = ledger.assign(amount=exact([Decimal(100)] * len(ledger))).set_axis(ledger.index + 6)
    log = IssueLog()
    found = report_payees(ledger, NAMES, ["李娜"], ["STAFF"], log, rule)
    issues = log.frame()[["reason_code", "row_no", "original_value"]]
    said = [None if pd.isna(each) else each for each in found]
    return said, list(issues.itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "name", ["王强", "王小强", "欧阳娜娜", "欧阳锋", "王 强", "王强先生", "王总", "阿不都·热合曼"]
)
def test_names_of_people(name):
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "王强商行",
        "华联商厦",
        "一汽",
        "丰田汽车",
        "东风公司",
        "销售部",
        "张记店",
        "Wang Qiang",
        "王",
    ],
)
def test_names_of_firms_and_what_nobody_can_tell(name):
    assert is_person(name) == (name == "一汽")  # two characters could be anybody


def test_the_account_may_be_paid_under_any_of_its_names():
    assert verdicts(
        ("C1", "R1", "华东大药房连锁有限公司"),
        ("C1", "R1", "华东大药房"),
        ("C1", "R1", "上海华东大药房连锁有限公司"),
        ("C1", "R1", "c1"),
        ("C1", "R1", None),
        ("C2", "R1", "王强"),
        ("C9", "R1", "C9"),
    ) == ([None] * 7, [])


def test_people_of_a_customer_must_not_be_paid():
    assert verdicts(("C1", "R1", "赵敏"), ("C3", "R1", "王小强先生")) == (
        ["INDIVIDUAL_BENEFIT"] * 2,
        [("INDIVIDUAL_BENEFIT", 6, "赵敏"), ("INDIVIDUAL_BENEFIT", 7, "王小强先生")],
    )


def test_our_own_staff_is_paid_by_policies_for_it_alone():
    assert verdicts(("C1", "STAFF", "李娜"), ("C1", "R1", "李娜")) == (
        [None, "INDIVIDUAL_BENEFIT"],
        [("INDIVIDUAL_BENEFIT", 7, "李娜")],
    )


def test_another_firm_is_a_warning():
    assert verdicts(("C1", "R1", "北京广告公司"), ("C1", "R1", "王")) == (
        ["PAYEE_OTHER"] * 2,
        [("PAYEE_OTHER", 6, "北京广告公司"), ("PAYEE_OTHER", 7, "王")],
    )


def test_a_company_may_allow_individuals():
    assert verdicts(("C1", "R1", "赵敏"), ("C1", "R1", "广告公司"), rule="allowed") == (
        [None, "PAYEE_OTHER"],
        [("PAYEE_OTHER", 7, "广告公司")],
    )


def test_a_ledger_without_payees_says_nothing():
    ledger = pd.DataFrame({"customer_id": ["C1"], "policy_id": ["R1"]})
    log = IssueLog()
    assert report_payees(ledger, NAMES, [], [], log).isna().all()
    assert log.frame().empty


@pytest.mark.parametrize("name", ["INDIVIDUAL_BENEFIT", "PAYEE_OTHER", "MANAGER_UNKNOWN"])
def test_texts_that_logs_show_name_nobody(name):
    what = REGISTRY[name].what
    assert "{" not in what.zh + what.en


def test_policies_for_individuals_are_errors_unless_allowed():
    types = pd.Series(["account", None, "individual", "own staff"], range(6, 10), dtype="str")
    log = IssueLog()
    barred = report_individuals(types, "rebate_policies", "ROW_EXCLUDED", log)
    assert barred.tolist() == [False, False, True, False]
    listed = log.frame()[["level", "reason_code", "row_no", "column_name"]].values.tolist()
    assert listed == [["error", "INDIVIDUAL_BENEFIT", 8, "payee_type"]]
    assert not report_individuals(types, "rebate_policies", "ROW_EXCLUDED", log, "allowed").any()
