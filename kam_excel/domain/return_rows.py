"""The rows of the returns sheet, and which of them count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.amounts import line_amounts, other_amounts, stated_amounts
from kam_excel.domain.columns import exact_column, text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.rates import currency_codes, rates_at


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row of the returns sheet; what it does not name is None. Amounts have no sign.

    other_amount: in the tax basis that the result is not in
    rate: what a unit of its currency is worth on its date.
    """

    row_no: Any
    doc_no: str | None
    line_no: str | None
    customer_id: str | None
    product_id: str | None
    date: pd.Timestamp | None
    qty: Decimal | None
    amount: Decimal | None
    other_amount: Decimal | None
    currency: str | None
    rate: Decimal | None

    @property
    def is_whole(self) -> bool:
        """Whether all of what the row names is returned: it says neither how much nor many."""
        return self.amount is None and self.qty is None

    @property
    def is_document(self) -> bool:
        """Whether the row names a document and nothing else."""
        return self.doc_no is not None and self.line_no is None and self.product_id is None


def counted(returns: pd.DataFrame, rules: NettingRules, log: IssueLog) -> pd.DataFrame:
    """The rows that say returned and are not of the future; the others are logged."""
    amounts = stated_amounts(returns)
    if "status" in returns:
        status = text_column(returns, "status")
        returned = status.str.lower().isin(rules.returned_statuses)
        others = status[~returned].fillna("")
        log.add_each(
            "RETURN_STATUS_OTHER", "returns", others, "NOT_APPLIED", "status", amounts=amounts
        )
        returns = returns[returned]
    if amounts is not None:
        again = returns.index[returns.duplicated() & amounts.loc[returns.index].notna()]
        log.add("DUPLICATE_SUSPECTED", "returns", again, "ROW_KEPT", amounts=amounts)
    if "date" not in returns:
        return returns
    dates = returns["date"]
    future = dates >= pd.Timestamp(rules.as_of + timedelta(days=1))
    rows = returns.index[future]
    log.add(
        "FUTURE_DATE",
        "returns",
        rows,
        "ROW_EXCLUDED",
        column="date",
        values=dates,
        amounts=amounts,
    )
    return returns[~future]


def rows_of(returns: pd.DataFrame, rates: pd.DataFrame, rules: NettingRules) -> Iterator[ReturnRow]:
    """The rows of a typed returns table; rates: as of domain.rates.usable_rates."""
    dates = returns["date"] if "date" in returns else pd.Series(pd.NaT, returns.index)
    written = text_column(returns, "currency")
    currency = currency_codes(returns, rules.base_currency)
    amounts = line_amounts(returns, rules, "returns")
    columns = (
        text_column(returns, "doc_no"),
        _line_numbers(returns),
        text_column(returns, "customer_id"),
        text_column(returns, "product_id"),
        dates,
        exact_column(returns, "qty").abs(),
        amounts.abs(),
        other_amounts(returns, amounts, rules).abs(),
        currency.where(written.notna()),
        rates_at(currency, dates, rates, rules),
    )
    for row_no, *values in zip(returns.index, *columns, strict=True):
        yield ReturnRow(row_no, *(None if pd.isna(value) else value for value in values))


def _line_numbers(returns: pd.DataFrame) -> pd.Series:
    """The numbers of the lines that are returned: none where the column only counts the rows."""
    numbers = text_column(returns, "line_no")
    is_count = len(numbers) > 1 and numbers.tolist() == [str(i + 1) for i in range(len(numbers))]
    return numbers.mask(numbers.notna()) if is_count else numbers
