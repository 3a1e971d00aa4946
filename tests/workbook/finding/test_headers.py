from __future__ import annotations

import pytest

from kam_excel.contract.column import Date, Key, Text, column
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table
from kam_excel.contract.tables import Sales as CompanySales
from kam_excel.workbook.finding.headers import (
    HeaderCell,
    header_cell,
    match,
    match_cells,
    normal,
)
from kam_excel.workbook.finding.units import Unit


class Sales(Table, zh="销售", en="Sales"):
    date: Date = column(zh="日期", en="Date", aliases="订单日期; Invoice Date")
    customer_id: Key = column(zh="客户编码", en="Customer ID", aliases="客户编号")
    amount: Money = column(zh="金额", en="Amount", aliases="销售额")
    remark: Text = column(zh="备注", en="Remark", optional=True)


class Returns(Table, zh="退货", en="Returns", one_of=(("doc_no",), ("customer_id", "product_id"))):
    doc_no: Key = column(zh="单据号", en="Document No.")
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    product_id: Key = column(zh="产品编码", en="Product ID")


@pytest.mark.parametrize(
    "header", ["Customer ID", " customer   id ", "ＣＵＳＴＯＭＥＲ ID", "Customer\nID"]
)
def test_headers_are_compared_without_width_case_and_spacing(header):
    assert normal(header) == "customer id"


def test_columns_are_found_in_any_order_and_language():
    found = match(Sales, ["备注", "金额", None, "Invoice Date", "客户编号"])
    assert found.positions == {"date": 3, "customer_id": 4, "amount": 1, "remark": 0}
    assert found.missing(Sales) == ()
    assert found.zh_headers == 3


def test_the_unit_of_a_header_becomes_the_factor_of_its_column():
    found = match(Sales, ["日期", "客户编码", "销售额（万元）"])
    assert found.units == {"amount": Unit(10_000)}


def test_a_column_of_text_has_no_unit():
    assert match(Sales, ["日期", "备注(万元)"]).positions == {"date": 0}


def test_the_header_that_is_declared_first_wins():
    assert match(Sales, ["销售额", "Amount", "金额"]).positions == {"amount": 2}


def test_the_same_header_twice_is_reported_with_its_words():
    found = match(Sales, ["日期", "金额 ", "金额"])
    assert found.twice == {"amount": "金额 "}


def test_a_fixed_header_wins_and_nothing_else_will_do():
    fixed = {"amount": "开票金额"}
    assert match(Sales, ["金额", "开票金额"], fixed).positions == {"amount": 1}
    assert match(Sales, ["金额"], fixed).positions == {}


def test_required_columns_that_are_missing_are_named_in_declared_order():
    assert match(Sales, ["备注", 2026, "金额"]).missing(Sales) == ("date", "customer_id")


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (["单据号"], ()),
        (["客户编码", "产品编码"], ()),
        (["客户编码"], ("doc_no/customer_id+product_id",)),
    ],
)
def test_one_of_the_alternatives_is_enough(row, missing):
    assert match(Returns, row).missing(Returns) == missing


def test_one_cell_serves_one_column_only():
    class Twin(Table, zh="双", en="Twin"):
        first: Text = column(zh="名称", en="Name")
        second: Text = column(zh="名称", en="Name", optional=True)

    assert match(Twin, ["名称"]).positions == {"first": 0}


def test_a_column_that_is_said_not_to_be_there_is_not_searched_for():
    row = ["日期", "客户编码", "金额", "数量"]
    found = match(Sales, row, {"qty": None, "amount": "金额"})
    assert dict(found.positions) == {"date": 0, "customer_id": 1, "amount": 2}


@pytest.mark.parametrize(
    "header", ["*金额", "金额 *", "金额（必填）", "金额：", "AMOUNT", "金额/Amount", "Amount\n金额"]
)
def test_marks_of_forms_and_a_second_language_are_no_part_of_a_header(header):
    assert match(Sales, ["日期", header]).positions == {"date": 0, "amount": 1}


@pytest.mark.parametrize("header", ["CUSTOMER_ID", "CustomerID", "customer-id", "Customer ID."])
def test_words_of_a_header_may_be_joined_in_any_way(header):
    assert match(Sales, ["Date", header]).positions == {"date": 0, "customer_id": 1}


@pytest.mark.parametrize("header", ["金额/单价", "销售额/客户", "金额 of others"])
def test_a_header_that_says_something_else_beside_is_another_one(header):
    assert "amount" not in match(Sales, ["日期", header]).positions


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("金额（含税）", "amount_gross"),
        ("金额(万元)(不含税)", "amount_net"),
        ("金额[未税]", "amount_net"),
        ("Amount (including VAT)", "amount_gross"),
        ("Amount excl. tax", "amount_net"),
    ],
)
def test_a_tax_basis_in_brackets_is_the_basis_of_the_column(header, column):
    assert match(CompanySales, [header]).positions == {column: 0}


def cells_below(above: list[str | None], below: list[str]) -> dict[int, HeaderCell]:
    return {i: header_cell(*both) for i, both in enumerate(zip(below, above, strict=True))}


def test_the_header_above_tells_columns_of_one_name_apart():
    cells = cells_below(
        ["客户", "客户", "不含税", "不含税", "含税", "含税"],
        ["编码", "名称", "单价", "金额", "单价", "金额"],
    )
    found = match_cells(CompanySales, cells)
    assert found.positions == {
        "customer_id": 0,
        "customer_name": 1,
        "price": 2,
        "amount_net": 3,
        "amount_gross": 5,
    }
    assert found.twice == {}


def test_what_stands_below_returns_is_not_sold():
    found = match_cells(CompanySales, cells_below(["销售", "退货"], ["金额", "金额"]))
    assert (found.positions, found.twice) == ({"amount": 0}, {})


def test_long_texts_are_no_headers_and_take_no_time():
    assert match(Sales, ["(" * 30_000, "金 " * 15_000, "*" * 30_000, "a" * 30_000]).positions == {}
