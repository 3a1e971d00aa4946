from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd
import pytest

from kam_excel.codes import Text
from kam_excel.contract.column import Key, column
from kam_excel.contract.policy import Money, Policy, setting
from kam_excel.contract.strategy import Input, Run, strategy
from kam_excel.contract.table import Frame, Previous, Table


class Sales(Table, zh="销售", en="Sales"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    amount: Money = column(zh="金额", en="Amount")


class Customers(Table, zh="客户", en="Customers"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


class Rebates(Table, zh="返利", en="Rebates", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    rebate: Money = column(zh="返利", en="Rebate")


class Paid(Table, zh="已付", en="Paid"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


class RebatePolicy(Policy, section="strategy_test", zh="返利", en="Rebates"):
    minimum: Money = setting(100, zh="起点", en="Minimum", unit="CNY")


class Outcome(NamedTuple):
    rebates: Frame[Rebates]
    paid: Frame[Paid]


@strategy(zh="返利", en="Rebates", group="incentives", reasons={"LOW": ("不足", "Too low")})
def rebates(
    sales: Frame[Sales],
    customers: Frame[Customers] | None,
    before: Previous[Rebates],
    policy: RebatePolicy,
    run: Run,
) -> Frame[Rebates]:
    """Rebate ten percent

    to those who reach the minimum.
    """
    reached = sales[(sales["amount"] >= policy.minimum).astype(bool)]
    return Rebates.frame(
        pd.DataFrame(
            {"customer_id": reached["customer_id"], "rebate": reached["amount"] * Decimal("0.1")}
        )
    )


SALES = Sales.frame(
    pd.DataFrame({"customer_id": ["C1", "C2"], "amount": [Decimal(250), Decimal(99)]})
)


def test_the_signature_says_what_a_strategy_reads_and_gives():
    assert rebates.inputs == (
        Input("sales", Sales, optional=False, previous=False),
        Input("customers", Customers, optional=True, previous=False),
        Input("before", Rebates, optional=False, previous=True),
    )
    assert rebates.policies == {"policy": RebatePolicy}
    assert rebates.run_parameter == "run"
    assert rebates.outputs == (Rebates,)


def test_names_and_texts_come_from_the_declaration():
    assert rebates.name == "rebates"
    assert rebates.title == Text("返利", "Rebates")
    assert rebates.group == "incentives"
    assert rebates.reasons == {"LOW": Text("不足", "Too low")}
    assert rebates.doc == "Rebate ten percent\n\nto those who reach the minimum."


def test_neither_optional_nor_previous_tables_are_needed():
    assert rebates.needs() == (Sales,)
    assert rebates.tables() == (Sales, Customers, Rebates, Rebates)


def test_computing_passes_frames_policies_and_the_run_by_parameter():
    frames = {
        "sales": SALES,
        "customers": None,
        "before": Rebates.frame(
            SALES.iloc[:0].assign(rebate=SALES["amount"].iloc[:0])[["customer_id", "rebate"]]
        ),
    }
    given = rebates.compute(frames, {"policy": RebatePolicy()}, Run(date(2026, 1, 31)))
    assert list(given) == ["rebates"]
    assert given["rebates"]["customer_id"].tolist() == ["C1"]
    assert given["rebates"]["rebate"].tolist() == [Decimal(25)]


def test_a_bundle_gives_several_tables_by_id():
    @strategy(zh="结算", en="Settle")
    def settle(sales: Frame[Sales], run: Run) -> Outcome:
        ids = sales[["customer_id"]]
        return Outcome(Rebates.frame(ids.assign(rebate=run.as_of.day)), Paid.frame(ids))

    assert settle.outputs == (Rebates, Paid)
    assert settle.optional_outputs == ()
    given = settle.compute({"sales": SALES}, {}, Run(date(2026, 1, 31)))
    assert list(given) == ["rebates", "paid"]
    assert given["rebates"]["rebate"].tolist() == [Decimal(31), Decimal(31)]


def test_a_bundle_that_is_short_of_a_table_is_no_result():
    @strategy(zh="结算", en="Settle")
    def settle(sales: Frame[Sales]) -> Outcome:
        return (sales,)

    with pytest.raises(ValueError, match="shorter"):
        settle.compute({"sales": SALES}, {}, Run(date(2026, 1, 31)))


class PerhapsPaid(NamedTuple):
    rebates: Frame[Rebates]
    paid: Frame[Paid] | None


def test_an_output_that_may_be_none_is_optional_and_left_out():
    @strategy(zh="结算", en="Settle", about=("结清返利。", "Settles rebates."))
    def settle(sales: Frame[Sales]) -> PerhapsPaid:
        return PerhapsPaid(sales, None)

    assert settle.outputs == (Rebates, Paid)
    assert settle.optional_outputs == (Paid,)
    assert settle.about == Text("结清返利。", "Settles rebates.")
    assert list(settle.compute({"sales": SALES}, {}, Run(date(2026, 1, 31)))) == ["rebates"]


class PaidTwice(NamedTuple):
    paid: Frame[Paid]
    paid_again: Frame[Paid]


def test_a_bundle_names_a_table_once():
    def settle(sales: Frame[Sales]) -> PaidTwice: ...

    with pytest.raises(TypeError, match="settle: returns a table twice"):
        strategy(zh="结算", en="Settle")(settle)


def test_a_strategy_may_read_nothing_but_the_calendar():
    @strategy(zh="日历", en="Calendar")
    def calendar(run: Run) -> Frame[Paid]:
        return Paid.frame(pd.DataFrame({"customer_id": [run.as_of.isoformat()]}))

    assert calendar.needs() == ()
    given = calendar.compute({}, {}, Run(date(2026, 1, 31)))
    assert given["paid"]["customer_id"].tolist() == ["2026-01-31"]


def returns_nothing(sales: Frame[Sales]) -> None: ...
def returns_whatever(sales: Frame[Sales]): ...
def returns_a_bare_frame(sales: Frame[Sales]) -> pd.DataFrame: ...
def returns_the_past(sales: Frame[Sales]) -> Previous[Sales]: ...
def returns_maybe(sales: Frame[Sales]) -> Frame[Paid] | None: ...


@pytest.mark.parametrize(
    "function",
    [returns_nothing, returns_whatever, returns_a_bare_frame, returns_the_past, returns_maybe],
)
def test_a_result_that_is_no_declared_table_is_refused(function):
    with pytest.raises(TypeError, match=f"{function.__name__}: returns neither Frame"):
        strategy(zh="错", en="Wrong")(function)


def reads_a_bare_frame(sales: pd.DataFrame) -> Frame[Paid]: ...
def reads_a_number(limit: int) -> Frame[Paid]: ...
def reads_either(sales: Frame[Sales] | Frame[Paid]) -> Frame[Paid]: ...


@pytest.mark.parametrize(
    ("function", "parameter"),
    [(reads_a_bare_frame, "sales"), (reads_a_number, "limit"), (reads_either, "sales")],
)
def test_a_parameter_that_is_no_declared_table_is_refused(function, parameter):
    with pytest.raises(TypeError, match=f"{function.__name__}: parameter {parameter} is no Frame"):
        strategy(zh="错", en="Wrong")(function)


def test_a_parameter_without_annotation_is_refused():
    def careless(sales: Frame[Sales], threshold) -> Frame[Paid]: ...

    with pytest.raises(TypeError, match="careless: parameter threshold"):
        strategy(zh="错", en="Wrong")(careless)


def test_a_function_that_returns_nothing_is_told():
    @strategy(zh="忘记", en="Forget")
    def forgetful(sales: Frame[Sales]) -> Frame[Rebates]:
        """Return nothing."""

    with pytest.raises(TypeError, match="it returned NoneType, neither a frame nor a NamedTuple"):
        forgetful.compute({"sales": SALES}, {}, Run(date(2026, 1, 31)))
