"""The data of the races: order lines of a company, 12 columns of mixed types, always the same."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from kam_excel import (
    Boolean,
    Date,
    Frame,
    Integer,
    Key,
    Money,
    Number,
    Percent,
    Table,
    Text,
    column,
)

ROWS = 200_000
SHEET = "Order lines"
_FIRST = dt.datetime(2024, 1, 1)
_WORDS = ("north", "south", "steel", "trade", "华东", "机电", "贸易", "实业", "group", "works")


class OrderLines(Table, zh="订单明细", en=SHEET):
    """One row for each line of an order."""

    line: Key = column(zh="行号", en="Line ID")
    order: Key = column(zh="订单号", en="Order ID")
    ordered: Date = column(zh="下单日期", en="Ordered")
    due: Date = column(zh="交期", en="Due", optional=True)
    customer: Key = column(zh="客户编码", en="Customer ID")
    name: Text = column(zh="客户名称", en="Customer name")
    product: Key = column(zh="产品编码", en="Product ID")
    quantity: Integer = column(zh="数量", en="Quantity")
    price: Number = column(zh="单价", en="Unit price")
    amount: Money = column(zh="金额", en="Amount")
    discount: Percent = column(zh="折扣", en="Discount", optional=True)
    urgent: Boolean = column(zh="加急", en="Urgent", optional=True)


HEADERS = [each.en for each in OrderLines.columns.values()]
FORMATS = {
    "Ordered": "yyyy-mm-dd",
    "Due": "yyyy-mm-dd",
    "Quantity": "#,##0",
    "Unit price": "#,##0.00",
    "Amount": "#,##0.00",
    "Discount": "0.0%",
}


def lines(rows: int = ROWS) -> Iterator[list[Any]]:
    """The rows as plain values; None where a cell is empty."""
    draw = random.Random(20)
    names = [" ".join(draw.choice(_WORDS) for _ in range(draw.randint(1, 4))) for _ in range(5_000)]
    for number in range(1, rows + 1):
        customer = draw.randrange(5_000)
        day = _FIRST + dt.timedelta(days=draw.randrange(700))
        quantity, price = draw.randint(1, 500), draw.randint(100, 99_999) / 100
        yield [
            f"L{number:07d}",
            f"SO-{number // 3:06d}",
            day,
            day + dt.timedelta(days=draw.randint(3, 60)) if draw.random() < 0.8 else None,
            f"C{customer:05d}",
            names[customer],
            f"P-{draw.randrange(900):04d}",
            quantity,
            price,
            round(quantity * price, 2),
            draw.randint(1, 30) / 200 if draw.random() < 0.4 else None,
            draw.random() < 0.05,
        ]


def frame() -> Frame[OrderLines]:
    """The rows as a typed frame."""
    from kam_excel.domain.exact import exact

    data = pd.DataFrame(list(lines()), columns=list(OrderLines.columns))
    for name in ("price", "amount", "discount"):
        data[name] = exact(data[name].to_numpy(float))
    return OrderLines.frame(data)


def workbook(path: Path) -> None:
    """The rows on a sheet of a new workbook, as Excel would save them."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(SHEET)
    formats = [book.add_format({"num_format": FORMATS.get(each, "General")}) for each in HEADERS]
    sheet.write_row(0, 0, HEADERS)
    for number, line in enumerate(lines(), 1):
        for place, value in enumerate(line):
            if value is not None:
                sheet.write(number, place, value, formats[place])
    book.close()
