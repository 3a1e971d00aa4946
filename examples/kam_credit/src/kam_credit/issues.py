"""What is doubtful about open items, as the sheet of data issues lists it."""

from __future__ import annotations

import pandas as pd

from kam_credit.tables import OpenItems
from kam_excel import Run
from kam_excel.codes import code
from kam_excel.domain.columns import holds
from kam_excel.domain.issues import IssueLog, in_words
from kam_excel.domain.money import total

code(
    "DUE_DATE_UNKNOWN",
    "warning",
    "没有到期日，也没有可推算到期日的单据日期和账期；按未逾期处理。",
    "There is no due date, and no document date with payment terms to reckon it from; the item"
    " counts as not overdue.",
    "请补充到期日，或在客户档案中填写账期。",
    "Add the due date, or the payment terms to the customer sheet.",
)
code(
    "OPEN_ITEM_NOT_VALUED",
    "warning",
    "没有金额，或统计截止日没有该币种的汇率；该客户的信用占用无法计算。",
    "There is no amount, or no rate of its currency at the as-of date; the exposure of this"
    " account cannot be told.",
    "请补充金额或汇率。",
    "Add the amount or the exchange rate.",
)
code(
    "OPEN_ITEMS_OF_OTHERS",
    "note",
    "{original_value} 项属于非大客户，不在信用状况表中；影响金额折合本位币。",
    "{original_value} items belong to customers that are no key accounts and are not in the"
    " credit status; the amount is in base currency.",
)


TABLE = OpenItems.id


def sifted(items: pd.DataFrame, accounts: pd.Index, run: Run) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The items of `accounts` that count at as_of, and the data issues of all.

    items: by row of the sheet; date, due_date, account, amount and base_amount (exact).
    """
    is_future = items["date"] > pd.Timestamp(run.as_of)
    is_key = items["account"].isin(accounts)
    counted, others = items[is_key & ~is_future], items[~is_key & ~is_future]
    undated = counted[counted["due_date"].isna() & holds(counted["amount"] > 0)]
    log = IssueLog()
    for name, found, handling, column in (
        ("FUTURE_DATE", items[is_future], "ROW_EXCLUDED", "date"),
        ("DUE_DATE_UNKNOWN", undated, "ROW_KEPT", "due_date"),
        ("OPEN_ITEM_NOT_VALUED", counted[counted["base_amount"].isna()], "ROW_KEPT", "currency"),
    ):
        cells, amounts = found[column], found["amount"]
        log.add(name, TABLE, found.index, handling, column=column, values=cells, amounts=amounts)
    if len(others):
        amount = total(others["base_amount"])
        log.add_one("OPEN_ITEMS_OF_OTHERS", TABLE, "ROW_EXCLUDED", value=len(others), amount=amount)
    return counted, in_words(log.frame(), run.language)
