"""Amounts in the base currency as amounts in the currency of a policy, at the rate of their day."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kam_excel.domain.exact import exact
from kam_excel.domain.money import divide, integers_of
from kam_excel.domain.rates import known_rates

Numbers = NDArray[np.integer[Any]]


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

    def out_of_base(
        self,
        amounts: pd.Series,
        dates: pd.Series,
        groups: Numbers,
        count: int,
        currency: str,
        places: int,
    ) -> pd.Series:
        """Σ amount / rate of its day for each of `count` groups, rounded half up once to `places`.

        amounts: exact, base currency; what is missing or before the first rate adds nothing.
        groups: the number of the group of each row, from 0. The result: exact, by number.
        """
        numbers, rates = self._rates_at(currency, dates)
        there = (numbers >= 0) & amounts.notna().to_numpy()
        sums = amounts[there].groupby([groups[there], numbers[there]]).sum()
        # Over one denominator the sum is exact, whatever the rates: 1/7.1234 has no end.
        used = {number: rates[number] for number in np.unique(numbers[there]).tolist()}
        whole = lcm(*(rate.numerator for rate in used.values()))
        factors = {n: rate.denominator * (whole // rate.numerator) for n, rate in used.items()}
        totals = [0] * count
        values, scale = integers_of(sums)
        keys = (sums.index.get_level_values(level).tolist() for level in (0, 1))
        for group, number, value in zip(*keys, values, strict=True):
            totals[group] += value * factors[number]
        return divide(exact(totals), whole * 10**scale, places)

    def is_unrated(self, currency: str, dates: pd.Series) -> NDArray[np.bool_]:
        """Which of the dates are before the first rate of a currency."""
        return self._rates_at(currency, dates)[0] < 0

    def _rates_at(self, currency: str, dates: pd.Series) -> tuple[Numbers, list[Fraction]]:
        """The number of the rate that holds at each date, -1 before the first; and the rates."""
        if currency == self.base:
            return np.zeros(len(dates), dtype=np.intp), [Fraction(1)]
        own = self.rates[self.rates["currency"] == currency].sort_values("effective_date")
        days = own["effective_date"].to_numpy(dtype="datetime64[us]")
        last = np.searchsorted(days, dates.to_numpy(dtype="datetime64[us]"), side="right") - 1
        numbers, rates = pd.factorize(own["fx_rate"])
        return np.append(numbers, -1)[last], [Fraction(rate) for rate in rates]
