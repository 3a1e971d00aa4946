"""The sheets a company keeps: customers, sales, products, exchange rates, staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbooks.choices import choose
from workbooks.company import (
    ACTIVE,
    COMPANY,
    CURRENCIES,
    CUSTOMER_STATES,
    CUSTOMER_TYPES,
    DOC_TYPES,
    PIECES,
    REGIONS,
    RETURN,
    SALES_OFFICE,
    USD_RATES,
    Person,
    month_start,
)
from workbooks.courses import Course
from workbooks.customers import Customer
from workbooks.layout import Column, Demo, position
from workbooks.products import CATEGORIES, PRODUCT_STATES, Product
from workbooks.sales import Line
from workbooks.words import NO, YES, Words

INPUT_TAB = "#1F4E79"
CUSTOMERS_TOP = 3
TITLE = Words(f"{COMPANY.zh} 客户档案", f"{COMPANY.en}: Customers")
KEPT_BY = Words(
    "由销售管理部维护，信用额度以人民币元计。",
    "Kept by Sales Administration. Credit limits are in CNY.",
)
TERMS = Words("账期", "Payment terms")
TERMS_RANGE = Words("0 至 180 天", "0 to 180 days")
CREDIT_NOTE = Words("每年一月由信用管理部核定。", "Set by Credit Control each January.")
RETURNS_NOTE = Words(
    "只剩退货待处理，账务结清前暂停发货。",
    "Only returns are left to settle; no shipments until the account is cleared.",
)
BUYER_NOTE = Words(
    "采购负责人已更换，订单减少，请区域经理每月拜访。",
    "A new head of purchasing orders less; the regional manager is to visit every month.",
)
ENDED_NOTE = Words(
    "2026 年起改由区域总代理供货。", "Supplied by the general agent of the region from 2026 on."
)

CUSTOMER_COLUMNS = (
    Column("customer_id", "text", 11, 11), Column("customer_name", "plain", 32, 44),
    Column("parent_id", "text", 14, 11), Column("type", "short", 11, 17),
    Column("region", "short", 8, 12), Column("province", "plain", 12, 20),
    Column("city", "plain", 11, 17), Column("manager_id", "text", 11, 12),
    Column("currency", "short", 8, 11), Column("start_date", "date", 14, 13),
    Column("founded_date", "date", 12, 12), Column("strategic", "short", 10, 11),
    Column("credit_limit", "yuan", 13, 13), Column("payment_days", "whole", 10, 15),
    Column("status", "short", 8, 12),
)  # fmt: skip
SALES_COLUMNS = (
    Column("doc_no", "text", 14, 14), Column("line_no", "whole", 7, 8),
    Column("date", "date", 12, 12), Column("customer_id", "text", 11, 11),
    Column("customer_name", "plain", 30, 44), Column("product_id", "text", 10, 10),
    Column("product_name", "plain", 27, 37), Column("qty", "yuan", 9, 11),
    Column("unit", "short", 7, 7), Column("price", "money", 11, 11),
    Column("discount", "money", 12, 12), Column("tax_rate", "tax", 7, 9),
    Column("cost", "money", 15, 15),
    Column("amount", "money", 15, 15), Column("currency", "short", 8, 11),
    Column("doc_type", "short", 10, 12), Column("category", "short", 9, 18),
    Column("salesperson", "plain", 13, 17), Column("region", "short", 8, 12),
)  # fmt: skip
PRODUCT_COLUMNS = (
    Column("product_id", "text", 11, 11), Column("product_name", "plain", 28, 37),
    Column("category", "short", 10, 18), Column("list_price", "money", 13, 13),
    Column("unit_cost", "money", 13, 13), Column("pack_size", "whole", 10, 11),
    Column("launch_date", "date", 13, 13), Column("status", "short", 9, 14),
    Column("lead_time_days", "whole", 13, 12),
)  # fmt: skip
RATE_COLUMNS = (
    Column("currency", "short", 9, 11), Column("effective_date", "date", 14, 15),
    Column("fx_rate", "rate", 17, 17),
)  # fmt: skip
STAFF_COLUMNS = (
    Column("staff_id", "text", 10, 10), Column("staff_name", "plain", 16, 18),
    Column("role", "plain", 13, 19), Column("region", "short", 9, 12),
    Column("status", "short", 9, 10),
)  # fmt: skip


def write_customers(demo: Demo, customers: Sequence[Customer]) -> None:
    """A table under title rows, with lists to choose from and comments."""
    sheet = demo.sheet("customers", tab=INPUT_TAB)
    sheet.merge_range(0, 0, 0, 6, demo.say(TITLE), demo.formats["title"])
    sheet.write(1, 0, demo.say(KEPT_BY), demo.formats["note"])
    ordered = sorted(customers, key=lambda customer: customer.id)
    rows = [_customer_row(customer) for customer in ordered]
    last = demo.table(sheet, "customers", CUSTOMER_COLUMNS, rows, top=CUSTOMERS_TOP)
    first = CUSTOMERS_TOP + 1
    for column_id, choices in (
        ("type", CUSTOMER_TYPES),
        ("region", REGIONS),
        ("currency", CURRENCIES),
        ("status", CUSTOMER_STATES),
    ):
        choose(demo, sheet, (first, last), position(CUSTOMER_COLUMNS, column_id), choices)
    terms = position(CUSTOMER_COLUMNS, "payment_days")
    sheet.data_validation(
        first, terms, last, terms,
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 180,
         "input_title": demo.say(TERMS), "input_message": demo.say(TERMS_RANGE)},
    )  # fmt: skip
    sheet.conditional_format(
        first, 0, last, len(CUSTOMER_COLUMNS) - 1,
        {"type": "formula", "criteria": f'=$O{first + 1}<>"{demo.say(ACTIVE)}"',
         "format": demo.formats["suspended"]},
    )  # fmt: skip
    sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:C{last + 1}"})
    credit = position(CUSTOMER_COLUMNS, "credit_limit")
    _comment(demo, sheet, CUSTOMERS_TOP, credit, CREDIT_NOTE)
    for number, customer in enumerate(ordered, start=first):
        if note := _note(customer):
            _comment(demo, sheet, number, position(CUSTOMER_COLUMNS, "customer_name"), note)


def _customer_row(customer: Customer) -> list[Any]:
    return [
        customer.id, customer.name, customer.parent_id or None, customer.type, customer.region,
        customer.province, customer.city, customer.manager.id, customer.currency, customer.since,
        customer.founded, YES if customer.strategic else NO, customer.credit_limit,
        customer.payment_days, customer.state,
    ]  # fmt: skip


def _note(customer: Customer) -> Words | None:
    if customer.course is Course.RETURNS_ONLY:
        return RETURNS_NOTE
    if customer.course is Course.FADING and customer.rank < 10:
        return BUYER_NOTE
    return ENDED_NOTE if customer.course is Course.ENDED else None


def write_sales(demo: Demo, lines: Sequence[Line]) -> None:
    """A table from the first row on, returns in red."""
    sheet = demo.sheet("sales", tab=INPUT_TAB)
    rows = [sales_row(line) for line in lines]
    last = demo.table(sheet, "sales", SALES_COLUMNS, rows, style="Table Style Light 9")
    choose(demo, sheet, (1, last), position(SALES_COLUMNS, "currency"), CURRENCIES)
    doc_type = position(SALES_COLUMNS, "doc_type")
    choose(demo, sheet, (1, last), doc_type, DOC_TYPES)
    sheet.conditional_format(
        1, 0, last, len(SALES_COLUMNS) - 1,
        {"type": "formula", "criteria": f'=${xl_col_to_name(doc_type)}2="{demo.say(RETURN)}"',
         "format": demo.formats["returned"]},
    )  # fmt: skip
    sheet.ignore_errors({"number_stored_as_text": f"D2:D{last + 1}"})


def sales_row(line: Line) -> list[Any]:
    """The values of a sales line, in the order of SALES_COLUMNS."""
    return [
        line.doc_no, line.line_no, line.day, line.customer_id or None, line.customer_name,
        line.product.id, line.product.name, line.qty, PIECES, line.price, line.discount or None,
        line.tax_rate, line.cost, line.amount, line.currency, line.doc_type, line.product.category,
        line.salesperson, line.region,
    ]  # fmt: skip


def write_products(demo: Demo, products: Sequence[Product]) -> None:
    """The product file."""
    sheet = demo.sheet("products", tab=INPUT_TAB)
    rows = [
        [
            product.id, product.name, product.category, product.list_price, product.unit_cost,
            product.pack_size, product.launched, product.state, product.lead_time_days,
        ]
        for product in products
    ]  # fmt: skip
    last = demo.table(sheet, "products", PRODUCT_COLUMNS, rows)
    choose(demo, sheet, (1, last), position(PRODUCT_COLUMNS, "category"), CATEGORIES)
    choose(demo, sheet, (1, last), position(PRODUCT_COLUMNS, "status"), PRODUCT_STATES)


def write_rates(demo: Demo) -> None:
    """One rate a month."""
    sheet = demo.sheet("fx_rates", tab=INPUT_TAB, landscape=False)
    rows = [["USD", month_start(index), float(rate)] for index, rate in enumerate(USD_RATES)]
    demo.table(sheet, "fx_rates", RATE_COLUMNS, rows)


def write_people(demo: Demo, people: Sequence[Person]) -> None:
    """The staff file."""
    sheet = demo.sheet("staff", tab=INPUT_TAB, landscape=False)
    rows = [[p.id, p.name, p.role, p.region, p.state] for p in people]
    demo.table(sheet, "staff", STAFF_COLUMNS, rows)


def _comment(demo: Demo, sheet: Worksheet, row: int, column: int, text: Words) -> None:
    sheet.write_comment(
        row, column, demo.say(text), {"author": demo.say(SALES_OFFICE), "x_scale": 1.6}
    )
