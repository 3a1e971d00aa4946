"""What is said of the lines of net sales that count: whose they are, and of which months."""

from __future__ import annotations

import operator
from functools import reduce

import pandas as pd

from kam_excel.domain.accounts import UNASSIGNED, group_heads
from kam_excel.domain.amounts import STATED, stated_amounts
from kam_excel.domain.columns import exact_column, holds, text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.periods import gaps, last_full_months
from kam_excel.domain.rates import currency_codes


def report_months(lines: pd.DataFrame, rules: NettingRules, log: IssueLog) -> None:
    """Log the months without lines between the first and the last, and the one that is not over.

    Windows end before the latter; its amount is what they leave out.
    """
    for gap in gaps(lines["date"]):
        log.add_one("MISSING_MONTH", "sales", "NOT_AS_ZERO", column="date", value=gap)
    end = last_full_months(rules.as_of, 1, rules.include_partial_month).end
    later = lines[lines["date"] >= pd.Timestamp(end) + pd.Timedelta(days=1)]
    if len(later):
        log.add_one(
            "INCOMPLETE_MONTH",
            "sales",
            "OUTSIDE_WINDOWS",
            column="date",
            value=f"{rules.as_of:%Y-%m}",
            amount=later["amount"].sum(),
        )


def report_discounts(sales: pd.DataFrame, log: IssueLog) -> None:
    """Log the rows whose amount is quantity times price, while they have a discount as well.

    Whether the price is before or after it nobody says.
    """
    stated = [exact_column(sales, name).notna() for name in STATED]
    computed = ~reduce(operator.or_, stated)
    for name in ("discount", "discount_rate"):
        given = exact_column(sales, name)
        rows = sales.index[computed & holds(given != 0)]
        log.add(
            "DISCOUNT_NOT_TAKEN_OFF",
            "sales",
            rows,
            "ROW_KEPT",
            column=name,
            values=given,
            amounts=stated_amounts(sales),
        )


def report_unassigned(lines: pd.DataFrame, log: IssueLog) -> None:
    """Log the lines of sales without an account."""
    of_sales = lines[lines["table_id"] == "sales"]
    rows = of_sales.index[of_sales["customer_id"] == UNASSIGNED]
    log.add(
        "CUSTOMER_MISSING",
        "sales",
        rows,
        "KEPT_AS_UNASSIGNED",
        column="customer_id",
        amounts=of_sales["amount"],
    )


def report_unknown(lines: pd.DataFrame, customers: pd.DataFrame, log: IssueLog) -> None:
    """Log the accounts in the lines of sales that the customers lack, each with its total."""
    of_sales = lines[lines["table_id"] == "sales"]
    known = set(text_column(customers, "customer_id").dropna()) | {UNASSIGNED}
    unknown = of_sales[~of_sales["customer_id"].isin(known)]
    named = of_sales["customer_id"] != UNASSIGNED
    if named.any() and len(unknown) == named.sum():
        log.add_one(
            "CUSTOMERS_MATCH_NONE",
            "customers",
            "KEPT_INELIGIBLE",
            column="customer_id",
            amount=unknown["amount"].sum(),
        )
    log.add_each(
        "UNKNOWN_ACCOUNT",
        "sales",
        unknown["customer_id"],
        "KEPT_INELIGIBLE",
        "customer_id",
        amounts=unknown["amount"],
    )


def report_currencies(
    lines: pd.DataFrame,
    sales: pd.DataFrame,
    customers: pd.DataFrame,
    rules: NettingRules,
    log: IssueLog,
) -> None:
    """Log the accounts of another currency than the base whose sales do not name theirs."""
    own = customers[["customer_id"]].assign(currency=currency_codes(customers, rules.base_currency))
    own = own[own["currency"] != rules.base_currency].dropna().drop_duplicates("customer_id")
    foreign = dict(zip(own["customer_id"], own["currency"], strict=True))
    of_sales = lines[lines["table_id"] == "sales"]
    is_silent = text_column(sales, "currency").loc[of_sales.index].isna()
    assumed = of_sales[is_silent & of_sales["customer_id"].isin(list(foreign))]
    log.add_each(
        "CURRENCY_ASSUMED",
        "sales",
        assumed["customer_id"],
        "TAKEN_AS_BASE",
        "currency",
        amounts=assumed["amount"],
        taken=assumed["customer_id"].map(foreign).astype("str"),
    )


def report_parents(lines: pd.DataFrame, customers: pd.DataFrame, log: IssueLog) -> None:
    """Log the customers whose parents lead in a circle, or to an account that is not known."""
    ids, parents = text_column(customers, "customer_id"), text_column(customers, "parent_id")
    net = lines.groupby("customer_id")["amount"].sum()
    amounts = net.reindex(ids).set_axis(ids.index)
    _, in_cycle = group_heads(customers)
    stranger = parents.notna() & ~parents.isin(set(ids.dropna()))
    for code, where, handling in (
        ("PARENT_CYCLE", ids.isin(in_cycle), "KEPT_BY_ITSELF"),
        ("PARENT_UNKNOWN", stranger, "KEPT_UNDER_PARENT"),
    ):
        log.add(
            code,
            "customers",
            customers.index[where],
            handling,
            column="parent_id",
            values=parents,
            amounts=amounts,
        )
