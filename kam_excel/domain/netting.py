"""Net sales: the lines of sales less returns, each counted once, in one currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from kam_excel.domain.accounts import at_group_head, with_unassigned
from kam_excel.domain.amounts import discount_amounts, line_amounts, other_amounts, stated_amounts
from kam_excel.domain.books import Books
from kam_excel.domain.columns import coalesce, exact_column, text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.rates import currency_codes, is_code, rates_at, usable_rates
from kam_excel.domain.reconciliation import Reconciliation
from kam_excel.domain.remarks import (
    report_currencies,
    report_discounts,
    report_months,
    report_parents,
    report_unassigned,
    report_unknown,
)
from kam_excel.domain.return_marks import beside_amounts, marked_as_return, with_signs
from kam_excel.domain.returns import apply_returns
from kam_excel.errors import WorkbookError, problem

COLUMNS = (
    "table_id",
    "date",
    "customer_id",
    "doc_no",
    "product_id",
    "category",
    "region",
    "salesperson",
    "qty",
    "amount",
    "amount_net",
    "amount_gross",
    "discount",
    "profit",
    "promo_id",
    "is_return",
)


@dataclass(frozen=True, slots=True)
class NetSales:
    """Lines that add up to net sales, and what was found on the way.

    lines: index sheet row of the table `table_id` (sales, or returns for an amount that the
        returns sheet adds); date, customer_id (UNASSIGNED where empty), doc_no, product_id,
        category, region, salesperson, promo_id, qty and is_return (bool); amount, amount_net,
        amount_gross, discount and profit (exact, base currency, negative for returns; missing
        where unknown). That of amount_net and amount_gross which is of the basis of the result
        equals amount; discount is of the basis that prices have.
    issues: as IssueLog gives them
    reconciliation: from the rows of sales and their amounts to the lines, as Reconciliation
        gives it
    """

    lines: pd.DataFrame
    issues: pd.DataFrame
    reconciliation: pd.DataFrame


def net_sales(
    sales: pd.DataFrame,
    rules: NettingRules,
    *,
    returns: pd.DataFrame | None = None,
    fx_rates: pd.DataFrame | None = None,
    customers: pd.DataFrame | None = None,
) -> NetSales:
    """Net the typed frame `sales` (index: sheet row) by `rules`.

    sales: date (datetime64) and customer_id; optional doc_no, line_no, product_id, category,
        region, salesperson, currency and doc_type (id) as text; qty, price, amount, amount_net,
        amount_gross, tax_rate, cost and profit as exact
    returns: optional doc_no, status, customer_id, product_id, date, qty, amount, currency
    fx_rates: currency, effective_date, fx_rate (base currency per unit)
    customers: customer_id, optional parent_id

    Raises WorkbookError where nothing can be counted: AMOUNT_COLUMN_MISSING, TAX_RATE_MISSING,
    CURRENCY_WITHOUT_RATES.
    """
    books = Books(Reconciliation("net_sales"))
    log, flow = books.log, books.flow
    _flag_identical(sales, log)
    lines = _as_stated(sales)
    flow.opened(len(lines), lines["amount"])
    lines = _complete(lines, rules, books)
    rates = pd.DataFrame() if fx_rates is None else usable_rates(fx_rates, log)
    lines = _with_rates(lines, sales, rates, rules, books)
    lines = _in_base_currency(lines, sales, rules, flow)
    lines = _signed(lines, rules, books)
    lines = _once(lines, books)
    if rules.basis == "net":
        lines["profit"] = coalesce(lines["profit"], lines["amount"] - lines["cost"])
    if returns is not None:
        lines = apply_returns(lines, returns, rates, rules, books)
    lines[f"amount_{rules.basis}"] = lines["amount"]
    report_discounts(sales, log)
    report_months(lines, rules, log)
    report_unassigned(lines, log)
    if customers is not None:
        lines = _of_accounts(lines, sales, customers, rules, log)
    closed = flow.closed(len(lines), lines["amount"], "NET_SALES")
    return NetSales(lines[list(COLUMNS)], log.frame(), closed)


def _as_stated(sales: pd.DataFrame) -> pd.DataFrame:
    """A line for each row of sales, its amount as the cells say."""
    stated = stated_amounts(sales)
    if stated is None:
        raise WorkbookError(problem("AMOUNT_COLUMN_MISSING"))
    texts = ("doc_no", "line_no", "product_id", "category", "region", "salesperson", "doc_type")
    return pd.DataFrame(
        {
            "table_id": pd.Series("sales", sales.index, dtype="str"),
            "date": sales["date"],
            "customer_id": with_unassigned(text_column(sales, "customer_id")),
            **{name: text_column(sales, name) for name in (*texts, "promo_id")},
            "amount": stated,
            **{name: exact_column(sales, name) for name in ("qty", "profit", "cost")},
        }
    )


def _complete(lines: pd.DataFrame, rules: NettingRules, books: Books) -> pd.DataFrame:
    """The lines up to the as-of date that have a date and an amount."""
    tomorrow = pd.Timestamp(rules.as_of + timedelta(days=1))
    lines = books.without(lines, lines["date"].isna(), "DATE_MISSING", "date")
    lines = books.without(lines, lines["date"] >= tomorrow, "FUTURE_DATE", "date")
    return books.without(lines, lines["amount"].isna(), "AMOUNT_MISSING", "amount")


def _with_rates(
    lines: pd.DataFrame,
    sales: pd.DataFrame,
    rates: pd.DataFrame,
    rules: NettingRules,
    books: Books,
) -> pd.DataFrame:
    """The lines whose currency has a rate at their date, with both."""
    currency = currency_codes(sales.loc[lines.index], rules.base_currency)
    lines = lines.assign(currency=currency, rate=rates_at(currency, lines["date"], rates, rules))
    unknown = lines["rate"].isna() & ~is_code(currency)
    lines = books.without(lines, unknown, "CURRENCY_UNKNOWN", "currency")
    no_rate = "CURRENCY_SKIPPED" if rates.empty else "FX_MISSING"
    return books.without(lines, lines["rate"].isna(), no_rate, "currency")


def _in_base_currency(
    lines: pd.DataFrame, sales: pd.DataFrame, rules: NettingRules, flow: Reconciliation
) -> pd.DataFrame:
    """The lines with their amounts, profit and cost in the base currency and one tax basis, and
    with what they amount to in the other one.
    """
    stated, rates, rows = lines["amount"], lines["rate"], sales.loc[lines.index]
    own = line_amounts(rows, rules, "sales")
    amount = own * rates
    flow.revalued("TAX_CONVERTED", stated, own)
    flow.revalued("FX_CONVERTED", own, amount)
    others = {
        f"amount_{rules.other_basis}": other_amounts(rows, own, rules) * rates,
        "discount": discount_amounts(rows, rules.tax_basis) * rates,
        "profit": lines["profit"] * rates,
        "cost": lines["cost"] * rates,
    }
    return lines.assign(amount=amount, **others)


def _signed(lines: pd.DataFrame, rules: NettingRules, books: Books) -> pd.DataFrame:
    """The lines with is_return, and with the signs of returns put right."""
    signed = with_signs(lines, marked_as_return(lines, rules, books.log), books.log)
    books.flow.revalued("RETURN_SIGN_FIXED", lines["amount"], signed["amount"])
    return beside_amounts(signed, f"amount_{rules.other_basis}")


def _once(lines: pd.DataFrame, books: Books) -> pd.DataFrame:
    """The first of the lines with the same document and line number."""
    # A return may bear the document and line number of the sale that it takes back.
    numbered = lines["doc_no"].notna() & lines["line_no"].notna()
    repeated = lines.duplicated(["doc_no", "line_no", "is_return"])
    return books.without(lines, numbered & repeated, "DUPLICATE", "line_no")


def _flag_identical(sales: pd.DataFrame, log: IssueLog) -> None:
    """Log rows without a line number that repeat an earlier one in every column."""
    same = sales.duplicated() & text_column(sales, "line_no").isna()
    amounts = stated_amounts(sales)
    log.add("DUPLICATE_SUSPECTED", "sales", sales.index[same], "ROW_KEPT", amounts=amounts)


def _of_accounts(
    lines: pd.DataFrame,
    sales: pd.DataFrame,
    customers: pd.DataFrame,
    rules: NettingRules,
    log: IssueLog,
) -> pd.DataFrame:
    """The lines of each account under the head of its group; what is doubtful is logged."""
    report_unknown(lines, customers, log)
    if "currency" in customers:
        report_currencies(lines, sales, customers, rules, log)
    if rules.rollup == "self" or "parent_id" not in customers:
        return lines
    report_parents(lines, customers, log)
    return lines.assign(customer_id=at_group_head(lines["customer_id"], customers))
