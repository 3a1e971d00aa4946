"""The basis of rebates: what accounts bought, paid or grew by within the window of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.eligibility import eligible
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.products import counted_lines
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.money import round_half_up
from kam_excel.domain.periods import Window, year_before

COLUMNS = (
    "policy_id",
    "customer_id",
    "raw_basis",
    "basis_value",
    "prior_basis_value",
    "basis_before_push",
    "lacks_rates",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What policies are reckoned from; receipts is None where there is no such table."""

    sales: Movements
    receipts: Movements | None
    exchange: Exchange

    def of(self, terms: Terms) -> Movements | None:
        """What the basis of a policy is summed from."""
        return self.receipts if terms.basis == "receipts" else self.sales


def measured(terms: Terms) -> str:
    """The column of Movements that is the basis of a policy."""
    if terms.basis == "quantity":
        return "qty"
    is_gross = terms.tax_included or terms.basis == "receipts"
    return "amount_gross" if is_gross else "amount_net"


def has_prior(terms: Terms) -> bool:
    """Whether a policy compares with the year before."""
    return "growth" in (terms.basis, terms.method)


def volumes(terms: Terms, source: Movements, until: date, exchange: Exchange) -> pd.Series:
    """What each customer of `source` has in the window of a policy up to `until`.

    exact, by customer_id; below 0 where more came back. Money is in the currency of the policy,
    each row at the rate of its day, rounded half up once to the currency's places; quantities are
    as they are. A row without the amount that is needed, or before the first rate, adds nothing.
    """
    rows = counted(terms, source, clipped(terms.window, until))
    column = measured(terms)
    if not terms.is_money:
        return source.sums(column, rows)
    if terms.currency == exchange.base:
        return round_half_up(source.sums(column, rows), terms.places)
    customers = rows["customer_id"].cat.codes.to_numpy(dtype=np.intp)
    sums = exchange.out_of_base(
        rows[column],
        rows["date"],
        customers,
        len(source.customers),
        terms.currency,
        terms.places,
    )
    return sums.set_axis(source.customers)


def counted(terms: Terms, source: Movements, window: Window | None) -> pd.DataFrame:
    """The rows of `source` in `window` (none without one) that count for a policy."""
    if window is None:
        return source.rows[:0]
    return counted_lines(source.rows.iloc[source.within(window)], terms)


def basis_table(
    policies: Sequence[Terms],
    accounts: pd.DataFrame,
    sources: Sources,
    until: date,
    push_days: int = 0,
) -> pd.DataFrame:
    """A row for each policy and account that it is open to: COLUMNS, in the order of both.

    policies: those that `checks.reckonable` lets through
    accounts: as of `eligible`
    raw_basis: as of `volumes`, 0 for an account without rows. basis_value: that, at least 0.
    prior_basis_value: raw, of the same window a year before; missing where nothing is compared.
    basis_before_push: basis_value without the last `push_days` days of the window.
    lacks_rates (bool): rows of the account are from before the first rate of the currency.
    """
    return pd.concat([_none(), *(_of(p, accounts, sources, until, push_days) for p in policies)])


def clipped(window: Window, until: date) -> Window | None:
    """The days of `window` up to `until`, None where there are none."""
    if until < window.start:
        return None
    return Window(window.start, min(window.end, until))


def _of(
    terms: Terms, accounts: pd.DataFrame, sources: Sources, until: date, push_days: int
) -> pd.DataFrame:
    source = sources.of(terms)
    assert source is not None, "policies without their source are not reckoned"
    ids = eligible(terms, accounts)

    def summed(terms: Terms, until: date) -> pd.Series:
        found = volumes(terms, source, until, sources.exchange).reindex(ids)
        return found.mask(found.isna(), 0).reset_index(drop=True)

    raw = summed(terms, until)
    before_push = summed(terms, min(until, terms.window.end - timedelta(days=push_days)))
    rows = counted(terms, source, clipped(terms.window, until))
    prior = exact([None] * len(ids))
    if has_prior(terms):
        prior = summed(replace(terms, window=year_before(terms.window)), date.max)
    return pd.DataFrame(
        {
            "policy_id": pd.Series([terms.policy_id] * len(ids), dtype="str"),
            "customer_id": ids.astype("str"),
            "raw_basis": raw,
            "basis_value": at_least_zero(raw),
            "prior_basis_value": prior,
            "basis_before_push": at_least_zero(before_push),
            "lacks_rates": ids.isin(unrated(rows, terms, sources.exchange)["customer_id"]),
        }
    )


def unrated(rows: pd.DataFrame, terms: Terms, exchange: Exchange) -> pd.DataFrame:
    """Those of the rows that are from before the first rate of a policy's currency."""
    if not terms.is_money:
        return rows[:0]
    return rows[exchange.is_unrated(terms.currency, rows["date"])]


def at_least_zero(amounts: pd.Series) -> pd.Series:
    """The amounts, 0 where they are below."""
    return amounts.mask(holds(amounts < 0), Decimal(0))


def _none() -> pd.DataFrame:
    """The table without a row."""
    texts = dict.fromkeys(COLUMNS[:2], pd.Series(dtype="str"))
    amounts = dict.fromkeys(COLUMNS[2:-1], exact([]))
    return pd.DataFrame({**texts, **amounts, COLUMNS[-1]: pd.Series(dtype="bool")})
