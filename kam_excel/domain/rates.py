"""Currencies of rows and the exchange rates that hold for them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.currencies import MINOR_UNITS, currencies_of
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.domain.texts import plain
from kam_excel.errors import WorkbookError, problem

BASE_WORDS = frozenset({"本位币", "本币", "记账本位币", "BASE"})


def currency_codes(frame: pd.DataFrame, base: str) -> pd.Series:
    """The ISO 4217 code of each row's currency, `base` where it names none.

    A sign that several currencies have, like $ or ¥, is that of `base` if it may be. What nobody
    knows stays as it is written, in upper case.
    """
    written = text_column(frame, "currency")
    codes = {text: _code(text, base) for text in written.dropna().unique()}
    return written.map(codes).astype("str").fillna(base)


def is_code(currency: pd.Series) -> pd.Series:
    """Which of the codes are those of a currency (bool Series)."""
    return currency.isin(list(MINOR_UNITS))


def usable_rates(fx_rates: pd.DataFrame, log: IssueLog) -> pd.DataFrame:
    """The rates that can be used: currency (its code), effective_date, fx_rate; all are there.

    A rate that is missing or not positive is left out, and of two for one currency and day the
    second, if it differs.
    """
    rates = fx_rates.assign(currency=currency_codes(fx_rates, ""))
    known = (rates["currency"] != "") & rates["effective_date"].notna()
    good = holds(rates["fx_rate"] > 0)
    _list(rates[known & ~good], "FX_RATE_UNUSABLE", log)
    rates = rates[known & good]
    again = rates.duplicated(["currency", "effective_date"])
    same = rates.duplicated(["currency", "effective_date", "fx_rate"])
    _list(rates[again & ~same], "FX_RATE_CONTRADICTS", log)
    return rates.loc[~again, ["currency", "effective_date", "fx_rate"]]


def rates_at(
    currency: pd.Series, dates: pd.Series, rates: pd.DataFrame, rules: NettingRules
) -> pd.Series:
    """What one unit of each row's currency is worth in the base currency (exact).

    rates: as of `usable_rates`. The rate is the one with the greatest effective date not after
    the row's; missing where there is none, never 1. Raises WorkbookError
    (CURRENCY_WITHOUT_RATES) for foreign currencies without any rates, unless the rules leave
    them out.
    """
    foreign = currency != rules.base_currency
    unrated = currency[foreign & is_code(currency)].unique()
    if len(unrated) and rates.empty and not rules.single_currency_only:
        names = ", ".join(sorted(unrated))
        raise WorkbookError(
            problem("CURRENCY_WITHOUT_RATES", currencies=names, base=rules.base_currency)
        )
    return known_rates(currency, dates, rates, rules.base_currency)


def known_rates(currency: pd.Series, dates: pd.Series, rates: pd.DataFrame, base: str) -> pd.Series:
    """The same, missing where no rate is known; nothing is refused."""
    foreign = currency != base
    known = exact([1])
    positions = pd.Series(np.where(foreign, -1, 0), currency.index)
    if foreign.any() and not rates.empty:
        rates = rates.sort_values("effective_date", kind="stable")
        positions[foreign] = 1 + _latest(currency[foreign], dates[foreign], rates)
        positions = positions.mask(foreign & (positions == 0), -1)
        known = pd.concat([known, rates["fx_rate"]])
    values = known.array.take(positions.to_numpy(), allow_fill=True)
    return pd.Series(values, currency.index)


def _code(text: str, base: str) -> str:
    written = plain(text).upper().replace(" ", "")
    if written in BASE_WORDS:
        return base or written
    meant = currencies_of(written)
    if base in meant:
        return base
    return next(iter(meant)) if len(meant) == 1 else written


def _list(rates: pd.DataFrame, code: str, log: IssueLog) -> None:
    told = rates["currency"] + " " + rates["effective_date"].dt.strftime("%Y-%m-%d")
    log.add(
        code,
        "fx_rates",
        rates.index,
        "RATE_NOT_USED",
        column="fx_rate",
        values=rates["fx_rate"],
        taken=told,
    )


def _latest(currency: pd.Series, dates: pd.Series, rates: pd.DataFrame) -> pd.Series:
    """The position in `rates` (sorted by date) of the rate that holds for each row, else -1."""
    rows = pd.DataFrame({"currency": currency, "date": dates.astype("datetime64[us]")})
    rows = rows.dropna().sort_values("date", kind="stable")
    table = pd.DataFrame(
        {
            "currency": rates["currency"],
            "date": rates["effective_date"].astype("datetime64[us]"),
            "position": np.arange(len(rates)),
        }
    )
    found = pd.merge_asof(rows, table, on="date", by="currency")
    found.index = rows.index
    return found["position"].reindex(currency.index).fillna(-1).astype("int64")
