"""The sheets a company keeps: customers, sales, products, exchange rates, staff, parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from workbooks.company import (
    CATEGORIES,
    COMPANY,
    CURRENCIES,
    CUSTOMER_STATES,
    CUSTOMER_TYPES,
    DOC_TYPES,
    REGIONS,
    USD_RATES,
    Person,
    Product,
    month_start,
)
from workbooks.customers import Course, Customer
from workbooks.layout import Column, Demo
from workbooks.sales import Line

INPUT_TAB, SYSTEM_TAB = "#1F4E79", "#7F7F7F"
CUSTOMERS_TOP = 3
LIST_NAMES = {
    "客户类型列表": CUSTOMER_TYPES,
    "客户状态列表": CUSTOMER_STATES,
    "区域列表": REGIONS,
    "币种列表": CURRENCIES,
    "单据类型列表": DOC_TYPES,
    "产品类别列表": CATEGORIES,
}

CUSTOMER_COLUMNS = (
    Column("客户编码", "text", 11), Column("客户名称", width=32),
    Column("上级客户编码", "text", 14),
    Column("客户类型", "short", 11), Column("区域", "short", 8), Column("省/自治区", width=12),
    Column("城市", width=11), Column("客户经理", "text", 11), Column("币种", "short", 8),
    Column("合作起始日期", "date", 14), Column("成立日期", "date", 12),
    Column("战略客户", "short", 10), Column("信用额度", "yuan", 13),
    Column("账期(天)", "whole", 10), Column("状态", "short", 8),
)  # fmt: skip
SALES_COLUMNS = (
    Column("单据号", "text", 14), Column("行号", "whole", 7), Column("日期", "date", 12),
    Column("客户编码", "text", 11), Column("客户名称", width=30), Column("产品编码", "text", 10),
    Column("产品名称", width=26), Column("类别", "short", 9), Column("数量", "yuan", 9),
    Column("单位", "short", 7), Column("单价", "money", 11), Column("金额", "money", 15),
    Column("成本", "money", 15), Column("币种", "short", 8), Column("单据类型", "short", 10),
    Column("业务员", width=13), Column("区域", "short", 8),
)  # fmt: skip
PRODUCT_COLUMNS = (
    Column("产品编码", "text", 11), Column("产品名称", width=28), Column("类别", "short", 10),
    Column("标准单价", "money", 13), Column("单位成本", "money", 13), Column("装箱数", "whole", 10),
    Column("上市日期", "date", 13), Column("状态", "short", 9), Column("供货周期(天)", "whole", 13),
)  # fmt: skip


def write_customers(demo: Demo, customers: Sequence[Customer]) -> None:
    """客户档案: a table under title rows, with lists to choose from and comments."""
    sheet = demo.sheet("客户档案", tab=INPUT_TAB)
    sheet.merge_range(0, 0, 0, 6, f"{COMPANY} 客户档案", demo.formats["title"])
    sheet.write(1, 0, "由销售管理部维护，信用额度以人民币元计。", demo.formats["note"])
    ordered = sorted(customers, key=lambda customer: customer.id)
    rows = [_customer_row(customer) for customer in ordered]
    demo.table(sheet, "客户档案", CUSTOMER_COLUMNS, rows, top=CUSTOMERS_TOP)
    first, last = CUSTOMERS_TOP + 1, CUSTOMERS_TOP + len(rows)
    for column, name in (
        (3, "客户类型列表"),
        (4, "区域列表"),
        (8, "币种列表"),
        (14, "客户状态列表"),
    ):
        _choose(sheet, first, last, column, name)
    sheet.data_validation(
        first, 13, last, 13,
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 180,
         "input_title": "账期", "input_message": "0 至 180 天"},
    )  # fmt: skip
    sheet.conditional_format(
        first, 0, last, len(CUSTOMER_COLUMNS) - 1,
        {"type": "formula", "criteria": f'=$O{first + 1}<>"合作"',
         "format": demo.formats["suspended"]},
    )  # fmt: skip
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:C{last + 1}"})
    _comment(sheet, CUSTOMERS_TOP, 12, "每年一月由信用管理部核定。")
    for number, customer in enumerate(ordered, start=first):
        if remark := _remark(customer):
            _comment(sheet, number, 1, remark)


def _customer_row(customer: Customer) -> list[Any]:
    return [
        customer.id, customer.name, customer.parent_id or None, customer.type, customer.region,
        customer.province, customer.city, customer.manager.id, customer.currency, customer.since,
        customer.founded, "是" if customer.strategic else "否", customer.credit_limit,
        customer.payment_days, customer.state,
    ]  # fmt: skip


def _remark(customer: Customer) -> str:
    if customer.course is Course.RETURNS_ONLY:
        return "只剩退货待处理，账务结清前暂停发货。"
    if customer.course is Course.FADING and customer.rank < 10:
        return "采购负责人已更换，订单减少，请区域经理每月拜访。"
    return "2026 年起改由区域总代理供货。" if customer.course is Course.ENDED else ""


def write_sales(demo: Demo, lines: Sequence[Line]) -> str:
    """销售明细: a table from the first row on, returns in red; its range."""
    sheet = demo.sheet("销售明细", tab=INPUT_TAB)
    rows = [sales_row(line) for line in lines]
    place = demo.table(sheet, "销售明细", SALES_COLUMNS, rows, style="Table Style Light 9")
    last = len(rows)
    _choose(sheet, 1, last, 13, "币种列表")
    _choose(sheet, 1, last, 14, "单据类型列表")
    sheet.conditional_format(
        1, 0, last, len(SALES_COLUMNS) - 1,
        {"type": "formula", "criteria": '=$O2="退货"', "format": demo.formats["returned"]},
    )  # fmt: skip
    sheet.ignore_errors({"number_stored_as_text": f"D2:D{last + 1}"})
    return place


def sales_row(line: Line) -> list[Any]:
    """The cells of a sales line, in the order of SALES_COLUMNS."""
    return [
        line.doc_no, line.line_no, line.day, line.customer_id or None, line.customer_name or None,
        line.product.id, line.product.name, line.product.category, line.qty, "台", line.price,
        line.amount, line.cost, line.currency, line.doc_type, line.salesperson, line.region,
    ]  # fmt: skip


def write_products(demo: Demo, products: Sequence[Product]) -> None:
    """产品档案."""
    sheet = demo.sheet("产品档案", tab=INPUT_TAB)
    rows = [
        [
            product.id, product.name, product.category, product.list_price, product.unit_cost,
            product.pack_size, product.launched, product.state, product.lead_time_days,
        ]
        for product in products
    ]  # fmt: skip
    demo.table(sheet, "产品档案", PRODUCT_COLUMNS, rows)
    _choose(sheet, 1, len(rows), 2, "产品类别列表")
    sheet.data_validation(
        1, 7, len(rows), 7, {"validate": "list", "source": ["在售", "新品", "停产"]}
    )


def write_rates(demo: Demo) -> None:
    """汇率表: one rate a month."""
    sheet = demo.sheet("汇率表", tab=INPUT_TAB, landscape=False)
    columns = (
        Column("币种", "short", 9),
        Column("生效日期", "date", 14),
        Column("汇率(兑本位币)", "rate", 17),
    )
    rows = [["USD", month_start(index), float(rate)] for index, rate in enumerate(USD_RATES)]
    demo.table(sheet, "汇率表", columns, rows)


def write_people(demo: Demo, people: Sequence[Person]) -> None:
    """人员表."""
    sheet = demo.sheet("人员表", tab=INPUT_TAB, landscape=False)
    columns = (
        Column("工号", "text", 10),
        Column("姓名", width=16),
        Column("岗位", width=13),
        Column("区域", "short", 9),
        Column("状态", "short", 9),
    )
    rows = [[p.id, p.name, p.role, p.region or None, p.state] for p in people]
    demo.table(sheet, "人员表", columns, rows)


def write_parameters(demo: Demo) -> None:
    """参数: the hidden lists behind the drop-downs, each under a defined name."""
    sheet = demo.sheet("参数", tab=SYSTEM_TAB, landscape=False)
    for column, (name, values) in enumerate(LIST_NAMES.items()):
        sheet.write(0, column, name.removesuffix("列表"), demo.formats["label"])
        sheet.write_column(1, column, values)
        letter = chr(ord("A") + column)
        demo.workbook.define_name(name, f"=参数!${letter}$2:${letter}${len(values) + 1}")
    sheet.hide()


def _choose(sheet: Worksheet, first: int, last: int, column: int, name: str) -> None:
    sheet.data_validation(
        first, column, last, column,
        {"validate": "list", "source": f"={name}", "error_title": "不在列表中",
         "error_message": "请从下拉列表中选择。"},
    )  # fmt: skip


def _comment(sheet: Worksheet, row: int, column: int, text: str) -> None:
    sheet.write_comment(row, column, text, {"author": "销售管理部", "x_scale": 1.6})
