"""What was sold to customers, and what they paid: by date, so that a window is a slice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import pandas as pd

from kam_excel.domain.columns import exact_column, holds, text_column
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import ONE_DAY, Window
from kam_excel.domain.rates import currency_codes, is_code
from kam_excel.domain.texts import plain

SALES_AMOUNTS = ("amount", "amount_net", "amount_gross", "qty")


@dataclass(frozen=True, slots=True)
class Movements:
    """Lines of net sales or receipts, sorted by date (those of a day in their own order).

    rows: index label of the sheet; date (the day, all there), customer_id (category), doc_no (of
        sales) or matched_doc_no (of receipts), as text that may be missing. Of sales: product_id
        and category (category, may be missing), qty, amount, amount_net and amount_gross (exact,
        base currency, may be missing but for amount). Of receipts: amount and amount_gross, which
        are the same.
    """

    rows: pd.DataFrame

    @classmethod
    def of_sales(cls, lines: pd.DataFrame) -> Self:
        """The lines of net sales, as the core gives them."""
        return cls._sorted(
            lines,
            {
                "product_id": _categories(text_column(lines, "product_id")),
                "category": _categories(text_column(lines, "category")),
                "doc_no": text_column(lines, "doc_no"),
                **{name: exact_column(lines, name) for name in SALES_AMOUNTS},
            },
        )

    @classmethod
    def of_receipts(
        cls, receipts: pd.DataFrame, until: date, exchange: Exchange, log: IssueLog
    ) -> Self:
        """The receipts up to `until` that have a date, a customer, an amount and a rate; others are
        logged, and so are those that repeat an earlier one, which stay.

        receipts: date, customer_id, amount (exact, negative for what was paid back); optional
        currency and matched_doc_no.
        """
        currency = currency_codes(receipts, exchange.base)
        amounts = receipts["amount"]
        converted = amounts * exchange.into_base(currency, receipts["date"])
        found = (
            ("DATE_MISSING", "date", receipts["date"].isna()),
            ("FUTURE_DATE", "date", receipts["date"] >= pd.Timestamp(until + ONE_DAY)),
            ("AMOUNT_MISSING", "amount", amounts.isna()),
            ("CURRENCY_UNKNOWN", "currency", converted.isna() & ~is_code(currency)),
            ("FX_MISSING", "currency", converted.isna()),
            ("KEY_EMPTY", "customer_id", text_column(receipts, "customer_id").isna()),
        )
        again = receipts.index[receipts.duplicated()]
        log.add("DUPLICATE_SUSPECTED", "receipts", again, "ROW_KEPT", amounts=amounts)
        left = pd.Series(True, receipts.index)
        for code, column, where in found:
            rows = receipts.index[left & where]
            values = currency if column == "currency" else receipts[column]
            log.add(
                code,
                "receipts",
                rows,
                "ROW_EXCLUDED",
                column=column,
                values=values,
                amounts=amounts,
            )
            left &= ~where
        columns = {
            "matched_doc_no": text_column(receipts, "matched_doc_no")[left],
            "amount": converted[left],
            "amount_gross": converted[left],
        }
        return cls._sorted(receipts[left], columns)

    @classmethod
    def _sorted(cls, frame: pd.DataFrame, columns: dict[str, pd.Series]) -> Self:
        rows = pd.DataFrame(
            {
                "date": frame["date"].dt.normalize().astype("datetime64[us]"),
                "customer_id": frame["customer_id"].astype("str").astype("category"),
                **columns,
            }
        )
        return cls(rows.iloc[np.argsort(rows["date"].to_numpy(), kind="stable")])

    @property
    def customers(self) -> pd.Index:
        """The ids of all customers, sorted."""
        return self.rows["customer_id"].cat.categories

    def within(self, window: Window) -> slice:
        """The positions of the rows of `window`."""
        days = self.rows["date"].to_numpy()
        ends = np.array([window.start, window.end + ONE_DAY], dtype=days.dtype)
        first, after = np.searchsorted(days, ends)
        return slice(int(first), int(after))

    def sums(self, column: str, rows: pd.DataFrame) -> pd.Series:
        """The sum of a column over some of the rows, for each of `customers`: exact, 0 for none."""
        found = rows.groupby("customer_id", observed=False)[column].sum()
        return found.set_axis(self.customers)


def with_amount(rows: pd.DataFrame, sign: int) -> pd.DataFrame:
    """The rows whose gross amount is above 0 (sign 1) or below (-1); amount: that, without sign."""
    amounts = rows["amount_gross"] * sign
    there = holds(amounts > 0)
    return rows[there].assign(amount=amounts[there])


def _categories(texts: pd.Series) -> pd.Series:
    """Texts as categories, those that differ only in width and spaces as one."""
    codes, written = pd.factorize(texts)
    meant, names = pd.factorize(np.array([plain(text) for text in written], dtype=object))
    codes = np.where(codes < 0, -1, np.append(meant, -1)[codes])
    values = pd.Categorical.from_codes(codes.tolist(), categories=pd.Index(names, dtype="str"))
    return pd.Series(values, texts.index)
