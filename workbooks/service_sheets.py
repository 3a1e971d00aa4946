"""The sheets of how large accounts are served: what they ask for, when they got their goods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from workbooks.choices import choose, dated
from workbooks.company import LAST_DAY
from workbooks.customers import Customer
from workbooks.deliveries import Delivery
from workbooks.layout import Column, Demo, position
from workbooks.registers import INPUT_TAB
from workbooks.requirements import ITEMS, Requirement
from workbooks.words import NO, YES, Words

TOP = 3
REQUIREMENTS_TITLE = Words("重点客户需求", "Requirements of Large Accounts")
REQUIREMENTS_NOTE = Words(
    "由客户经理登记；“实际”留空的项目按交货记录和销售明细核对。",
    "Entered by the account managers; where Actual is empty, see the sheets Deliveries and Sales.",
)
DELIVERIES_TITLE = Words("重点客户交货记录", "Deliveries to Large Accounts")
DELIVERIES_NOTE = Words(
    f"截至 {LAST_DAY:%Y-%m-%d}；黄色为迟交，红色为逾期未交。",
    f"As of {LAST_DAY:%Y-%m-%d}; late deliveries in yellow, overdue ones in red.",
)
QUANTITY = Words("数量", "Quantity")
POSITIVE = Words("请输入大于 0 的整数。", "Please enter a whole number above 0.")

REQUIREMENT_COLUMNS = (
    Column("customer_id", "text", 12, 13), Column("customer_name", "plain", 32, 44),
    Column("item", "short", 14, 24), Column("expected", "short", 24, 38),
    Column("unit", "short", 9, 15), Column("actual", "short", 12, 12),
    Column("date", "date", 13, 13), Column("agreed", "short", 11, 10),
)  # fmt: skip
DELIVERY_COLUMNS = (
    Column("doc_no", "text", 15, 16), Column("customer_id", "text", 12, 13),
    Column("product_id", "text", 11, 13), Column("promised_date", "date", 14, 16),
    Column("actual_date", "date", 14, 14), Column("qty", "yuan", 11, 11),
)  # fmt: skip


def write_requirements(
    demo: Demo, customers: Sequence[Customer], requirements: Sequence[Requirement]
) -> None:
    """One row a requirement, with lists to choose from."""
    sheet = demo.sheet("requirements", tab=INPUT_TAB)
    sheet.write(0, 0, demo.say(REQUIREMENTS_TITLE), demo.formats["title"])
    sheet.write(1, 0, demo.say(REQUIREMENTS_NOTE), demo.formats["note"])
    rows = [
        [
            customers[each.rank].id, customers[each.rank].name, each.item, each.expected,
            each.unit, each.actual, each.day, YES if each.agreed else NO,
        ]
        for each in requirements
    ]  # fmt: skip
    last = demo.table(sheet, "requirements", REQUIREMENT_COLUMNS, rows, top=TOP)
    body = (TOP + 1, last)
    choose(demo, sheet, body, position(REQUIREMENT_COLUMNS, "item"), ITEMS)
    choose(demo, sheet, body, position(REQUIREMENT_COLUMNS, "agreed"), (YES, NO))
    dated(demo, sheet, body, position(REQUIREMENT_COLUMNS, "date"))
    sheet.ignore_errors({"number_stored_as_text": f"A{TOP + 2}:A{last + 1}"})


def write_deliveries(demo: Demo, deliveries: Sequence[Delivery]) -> None:
    """One row a delivery; late ones and those overdue are coloured."""
    sheet = demo.sheet("deliveries", tab=INPUT_TAB, landscape=False)
    sheet.write(0, 0, demo.say(DELIVERIES_TITLE), demo.formats["title"])
    sheet.write(1, 0, demo.say(DELIVERIES_NOTE), demo.formats["note"])
    rows = [
        [d.doc_no, d.customer_id, d.product_id, d.promised, d.actual, d.qty] for d in deliveries
    ]
    last = demo.table(sheet, "deliveries", DELIVERY_COLUMNS, rows, top=TOP)
    first, width = TOP + 1, len(DELIVERY_COLUMNS) - 1
    for column_id in ("promised_date", "actual_date"):
        dated(demo, sheet, (first, last), position(DELIVERY_COLUMNS, column_id))
    qty = position(DELIVERY_COLUMNS, "qty")
    sheet.data_validation(
        first, qty, last, qty,
        {"validate": "integer", "criteria": ">", "value": 0,
         "error_title": demo.say(QUANTITY), "error_message": demo.say(POSITIVE)},
    )  # fmt: skip
    overdue = f'=AND($E{first + 1}="",$D{first + 1}<{_in_formula(LAST_DAY)})'
    for criteria, colours in (
        (overdue, "returned"),
        (f"=$E{first + 1}>$D{first + 1}", "suspended"),
    ):
        sheet.conditional_format(
            first, 0, last, width,
            {"type": "formula", "criteria": criteria, "format": demo.formats[colours]},
        )  # fmt: skip
    sheet.ignore_errors({"number_stored_as_text": f"B{first + 1}:B{last + 1}"})


def _in_formula(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
