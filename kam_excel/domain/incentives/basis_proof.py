"""The basis of every policy summed once more, in another way: line by line, in whole numbers.

It shares no code with `basis`: lines are chosen one condition after the other from the net sales
as the core gives them, and added as integers, those of each rate by themselves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain.columns import exact_column, text_column
from kam_excel.domain.incentives.proof import failed, rounded
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.money import integers_of
from kam_excel.domain.texts import plain

KINDS = ("product_id", "category")
Flags = NDArray[np.bool_]


def verify_basis(
    terms: Sequence[Terms],
    lines: pd.DataFrame,
    basis: pd.DataFrame,
    until: date,
    rates: pd.DataFrame,
    base: str,
) -> None:
    """Sum the basis of each policy of sales or quantities again, and compare it.

    lines: net sales, as the core gives them. basis: as `basis.basis_table` gives it. rates: base
    currency per unit, as `usable_rates` gives them. Raises PluginError (REBATE_PROOF_FAILED)
    where a sum is not the same. Receipts are few, and added in one way only.
    """
    products = _Products(lines)
    for each in terms:
        if each.basis == "receipts":
            continue
        counts = _within(lines, each, until) & products.are_of(each)
        sums = _sums(lines, counts, each, rates, base)
        own = basis[basis["policy_id"] == each.policy_id]
        for customer, raw in zip(own["customer_id"], own["raw_basis"], strict=True):
            whole = sums.get(customer, Fraction(0))
            again = rounded(whole, each.places) if each.is_money else whole
            if again != raw:
                raise failed(each.policy_id, customer, raw, again)


class _Products:
    """Which lines are of the products of a policy: each pair of product and category once."""

    def __init__(self, lines: pd.DataFrame) -> None:
        texts = [text_column(lines, kind).fillna("") for kind in KINDS]
        pairs = pd.DataFrame(dict(zip(KINDS, texts, strict=True)))
        self._number = pairs.groupby(list(KINDS), sort=False).ngroup().to_numpy()
        distinct = pairs.drop_duplicates().itertuples(index=False, name=None)
        self._distinct = [tuple(plain(text) for text in pair) for pair in distinct]
        self._known = [{pair[n] for pair in self._distinct} - {""} for n in (0, 1)]

    def are_of(self, terms: Terms) -> Flags:
        """True for the lines that count, by position."""
        verdicts = [
            (not terms.products or self._named(names, terms.products) is True)
            and (not terms.excluded or self._named(names, terms.excluded) is False)
            for names in self._distinct
        ]
        return np.array(verdicts, dtype=bool)[self._number]

    def _named(self, pair: Sequence[str], wanted: Collection[str]) -> bool | None:
        """Whether a product or its category is among the names; None where nobody can say."""
        names = {plain(each) for each in wanted}
        if names & {each for each in pair if each}:
            return True
        product, category = self._known
        could_be = (names - (category - product), names & category)
        open_ = any(not said and could for said, could in zip(pair, could_be, strict=True))
        return None if open_ else False


def _within(lines: pd.DataFrame, terms: Terms, until: date) -> Flags:
    first = pd.Timestamp(terms.window.start)
    after = pd.Timestamp(min(terms.window.end, until) + timedelta(days=1))
    return (~(lines["date"] < first) & (lines["date"] < after)).to_numpy()


def _sums(
    lines: pd.DataFrame, counts: Flags, terms: Terms, rates: pd.DataFrame, base: str
) -> Mapping[str, Fraction]:
    """The basis of each customer from the lines that count, not rounded."""
    column = "amount_gross" if terms.tax_included else "amount_net"
    amounts = exact_column(lines, "qty" if terms.basis == "quantity" else column)
    known = counts & amounts.notna().to_numpy()
    values, places = integers_of(amounts[known])
    customers = lines["customer_id"].to_numpy(object)[known].tolist()
    wholes: defaultdict[tuple[str, int], int] = defaultdict(int)
    is_foreign = terms.is_money and terms.currency != base
    table = _Table(rates, terms.currency) if is_foreign else None
    spans = table.numbers(lines["date"][known]) if table else [0] * len(values)
    for customer, span, value in zip(customers, spans, values, strict=True):
        wholes[customer, span] += value
    found: defaultdict[str, Fraction] = defaultdict(Fraction)
    for (customer, span), value in wholes.items():
        rate = table.rate(span) if table else Fraction(1)
        if rate is not None:
            found[customer] += Fraction(value, 10**places) / rate
    return found


class _Table:
    """The rates of one currency by the day that they begin on."""

    def __init__(self, rates: pd.DataFrame, currency: str) -> None:
        own = rates[rates["currency"] == currency]
        pairs = zip(own["effective_date"], own["fx_rate"], strict=True)
        ordered = sorted((day.to_pydatetime(), Fraction(rate)) for day, rate in pairs)
        self._days = [day for day, _ in ordered]
        self._rates = [rate for _, rate in ordered]

    def numbers(self, dates: pd.Series) -> list[int]:
        """The number of the rate that holds on each day, 0 before the first."""
        return [bisect_right(self._days, day) for day in dates.dt.to_pydatetime()]

    def rate(self, number: int) -> Fraction | None:
        """The rate of a number."""
        return self._rates[number - 1] if number else None
