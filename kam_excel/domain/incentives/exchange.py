"""Amounts in the base currency as amounts in the currency of a policy, at the rate of their day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.money import divide, round_half_up
from kam_excel.domain.periods import ONE_DAY, Window
from kam_excel.domain.rates import known_rates

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Rates of currencies: base currency per unit, as `domain.rates.usable_rates` gives them."""

    base: str
    rates: pd.DataFrame

    def into_base(self, currency: pd.Series, dates: pd.Series) -> pd.Series:
        """What a unit of each row's currency is worth in the base currency: exact, missing where
        no rate is known.
        """
        return known_rates(currency, dates, self.rates, self.base)

    def spans(self, currency: str, window: Window) -> list[tuple[Window, Fraction | None]]:
        """The days of `window` by the rate that holds; None where there is none yet."""
        if currency == self.base:
            return [(window, ONE)]
        known = self._of(currency)
        starts: list[tuple[date, Fraction | None]] = [(date.min, None), *known, (date.max, None)]
        found = []
        for (start, rate), (after, _) in pairwise(starts):
            first, last = max(start, window.start), min(after - ONE_DAY, window.end)
            if first <= last:
                found.append((Window(first, last), rate))
        return found

    def _of(self, currency: str) -> list[tuple[date, Fraction | None]]:
        """The rates of a currency in the order of their dates."""
        if self.rates.empty:
            return []
        own = self.rates[self.rates["currency"] == currency].sort_values("effective_date")
        days = own["effective_date"].dt.date
        return [(day, Fraction(rate)) for day, rate in zip(days, own["fx_rate"], strict=True)]


def converted(sums: Iterable[tuple[pd.Series, Fraction]], places: int) -> pd.Series:
    """Σ sum / rate, rounded half up once to `places`; sums: exact, all of one index."""
    found = list(sums)
    if all(rate == 1 for _, rate in found):
        return round_half_up(_added(each for each, _ in found), places)
    whole = lcm(*(rate.numerator for _, rate in found))
    raised = (each * (rate.denominator * (whole // rate.numerator)) for each, rate in found)
    return divide(_added(raised), whole, places)


def _added(columns: Iterable[pd.Series]) -> pd.Series:
    first, *others = columns
    for each in others:
        first = first + each
    return first


def nothing(index: pd.Index, places: int = 0) -> pd.Series:
    """An amount of 0 for each of `index`."""
    zero = exact([Decimal(0)], scale=places).array
    return pd.Series(zero.take([0] * len(index)), index=index)
