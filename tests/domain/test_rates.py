"""The rate that holds for a row on its day."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from kam_excel import FxRates
from kam_excel.domain.rates import known_rates
from kam_excel.testing import frame_of

RATES = frame_of(
    FxRates,
    """
    currency, effective_date, fx_rate
    USD,      2026-06-01,     7.20
    USD,      2026-01-01,     7.10
    EUR,      2026-01-01,     7.8001
    """,
)


def rates_on(day: str, *currencies: str, rates: pd.DataFrame = RATES) -> list[Decimal | None]:
    dates = pd.Series(pd.Timestamp(day), range(len(currencies)))
    found = known_rates(pd.Series(currencies, dtype="str"), dates, rates, "CNY")
    return [None if rate is pd.NA else rate for rate in found]


def test_the_latest_rate_that_is_in_force_holds_and_the_base_is_worth_itself():
    assert rates_on("2026-05-31", "USD", "CNY", "EUR") == [Decimal("7.1"), 1, Decimal("7.8001")]
    assert rates_on("2026-06-01", "USD") == [Decimal("7.2")]


def test_what_has_no_rate_is_missing_and_never_1():
    assert rates_on("2025-12-31", "USD", "CNY") == [None, 1]
    assert rates_on("2026-06-01", "GBP") == [None]
    assert rates_on("2026-06-01", "USD", "CNY", rates=pd.DataFrame()) == [None, 1]
