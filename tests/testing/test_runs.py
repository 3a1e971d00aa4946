"""Strategies on frames alone, and plugins on a workbook."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import kam_excel_plugins.identification as identification
import pandas as pd
import pytest

from kam_excel import (
    Count,
    Customers,
    Frame,
    Integer,
    Key,
    KeyAccounts,
    Manual,
    NetSales,
    Policy,
    Previous,
    RequirementFit,
    Run,
    Sales,
    SalesPolicy,
    Table,
    Text,
    column,
    setting,
    strategy,
)
from kam_excel.errors import PluginError, WorkbookError
from kam_excel.testing import run_strategy

AS_OF = date(2026, 6, 30)


class Visits(Table, zh="拜访", en="Visits", key=("customer_id",), remembered=("visits",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    visits: Integer = column(zh="次数", en="Visits")
    reason_code: Text = column(zh="原因代码", en="Reason Code", optional=True)
    reason_text: Text = column(zh="原因", en="Reason", optional=True)
    wish: Text = column(zh="意愿", en="Wish", manual=True)


class VisitPolicy(Policy, section="kit_visits", zh="拜访", en="Visits"):
    per_quarter: Count = setting(3, zh="每季次数", en="Visits a quarter")


@strategy(
    zh="拜访", en="Plan visits", reasons={"PLANNED": ("计划 {visits} 次", "{visits} are planned")}
)
def kit_visits(
    sales: Frame[Sales],
    policy: VisitPolicy,
    run: Run,
    before: Previous[Visits],
    wishes: Manual[Visits],
    customers: Frame[Customers] | None = None,
) -> Frame[Visits]:
    """As many as the policy says, and one more for whoever was visited before or wishes it."""
    more = sales["customer_id"].isin([*before["customer_id"], *wishes["customer_id"]])
    frame = sales[["customer_id"]].assign(visits=policy.per_quarter + more.astype("Int64"))
    return Visits.frame(frame.assign(reason_code="PLANNED"))


SALES = "customer_id\nA\nB\nC"


def test_a_strategy_runs_with_defaults_and_its_reasons_have_words():
    found = run_strategy(kit_visits, {Sales: SALES}, as_of=AS_OF)[Visits]
    assert list(found["visits"]) == [3, 3, 3]
    assert found["reason_text"][0] == "3 are planned"
    again = run_strategy(kit_visits, {Sales: SALES}, as_of=AS_OF, language="zh")[Visits]
    assert again["reason_text"][0] == "计划 3 次"


def test_policies_memory_and_what_users_filled_in_are_given():
    found = run_strategy(
        kit_visits,
        {Sales: SALES},
        VisitPolicy(per_quarter=1),
        as_of=AS_OF,
        previous={Visits: "customer_id, visits\nA, 4"},
        previous_as_of=date(2026, 3, 31),
        manual={Visits: [{"customer_id": "C", "wish": "soon"}]},
    )
    assert list(found[Visits]["visits"]) == [2, 1, 2]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda run: run({}), "kit_visits needs the table Sales"),
        (
            lambda run: run({Sales: SALES, NetSales: ""}, SalesPolicy()),
            r"does not read Frame\[NetSales\], SalesPolicy",
        ),
        (
            lambda run: run({Sales: SALES}, manual={KeyAccounts: ""}),
            r"does not read Manual\[KeyAccounts\]",
        ),
        (
            lambda run: run({Sales: SALES}, previous={Visits: "customer_id\nA"}),
            "what was remembered has a date",
        ),
    ],
)
def test_what_a_strategy_would_never_see_is_refused(call, said):
    with pytest.raises(TypeError, match=said):
        call(lambda *given, **more: run_strategy(kit_visits, *given, as_of=AS_OF, **more))


def test_an_output_is_held_to_its_declaration():
    with pytest.raises(PluginError, match="OUTPUT_KEY_DUPLICATE"):
        run_strategy(kit_visits, {Sales: "customer_id\nA\nA"}, as_of=AS_OF)


class Both(NamedTuple):
    visits: Frame[Visits]
    fit: Frame[RequirementFit] | None


@strategy(zh="其一", en="One of two")
def kit_one_of_two(sales: Frame[Sales]) -> Both:
    return Both(Visits.frame(pd.DataFrame({"customer_id": ["A"], "visits": [1]})), None)


def test_an_output_that_was_not_given_says_what_was():
    found = run_strategy(kit_one_of_two, {Sales: SALES}, as_of=AS_OF)
    assert list(found) == [Visits]
    with pytest.raises(KeyError, match="RequirementFit was not given; Visits was"):
        found[RequirementFit]


def test_rows_are_compared_in_the_columns_that_are_named():
    found = run_strategy(kit_visits, {Sales: SALES}, as_of=AS_OF)
    found.assert_rows(Visits, "customer_id, visits\nA, 3\nB, 3\nC, 3")
    found.assert_rows(Visits, [{"visits": 3}] * 3)
    with pytest.raises(AssertionError) as told:
        found.assert_rows(Visits, "customer_id, visits\nA, 3\nB, 4\nC, 3")
    assert str(told.value).splitlines() == [
        "--- Visits (expected)",
        "+++ Visits (given)",
        "@@ -2,3 +2,3 @@",
        " A,3",
        "-B,4",
        "+B,3",
        " C,3",
    ]


LINES = """
    doc_no, date,       customer_id, amount
    1,      2026-03-05, A,           700
    2,      2026-04-05, B,           300.25
"""


def test_plugins_run_on_a_workbook_that_stays_as_it_is(make_workbook, run_workbook):
    book = make_workbook({Sales: LINES})
    before = book.read_bytes()
    run = run_workbook(book, identification, as_of=AS_OF)
    again = run_workbook(book, identification, as_of=AS_OF)
    assert book.read_bytes() == before
    assert run.path != again.path
    assert run.path.read_bytes() == again.path.read_bytes()
    assert list(run.outputs[KeyAccounts]["is_key_account"]) == [True, False]
    header, first, second = run.cells(KeyAccounts)
    assert header[:3] == ["Rank", "Customer ID", "Customer Name"]
    assert [first[1], second[1]] == ["A", "B"]


def test_a_run_takes_policies_and_a_language(run_workbook):
    all_of_them = identification.IdentificationPolicy(top_percent="1")
    run = run_workbook(
        {Sales: LINES}, identification, as_of=AS_OF, policies=[all_of_them], language="zh"
    )
    assert list(run.outputs[KeyAccounts]["is_key_account"]) == [True, True]
    assert run.cells(KeyAccounts)[0][:2] == ["排名", "客户编码"]


def test_a_policy_that_nobody_reads_is_refused(run_workbook):
    with pytest.raises(TypeError, match="no strategy of these plugins reads VisitPolicy"):
        run_workbook({Sales: LINES}, identification, as_of=AS_OF, policies=[VisitPolicy()])


def test_a_run_without_its_table_says_so(run_workbook):
    with pytest.raises(WorkbookError, match="TABLE_MISSING The table sales"):
        run_workbook({"Notes": [["a"]]}, identification, as_of=AS_OF, strategies=["identification"])
