"""The amount of a line: from the columns that its table has, in one tax basis, in one currency."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pandas as pd

from kam_excel.domain.columns import coalesce, exact_column
from kam_excel.domain.exact import exact
from kam_excel.domain.money import divide
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.errors import WorkbookError, problem

NET_PLACES = 6  # of an amount without tax, which need not end: rounded only far below a cent
CURRENCY_NAMES = {"RMB": "CNY", "人民币": "CNY"}


STATED = ("amount", "amount_net", "amount_gross")


def stated_amounts(lines: pd.DataFrame) -> pd.Series | None:
    """The amount of each row as its cells say, in its own currency (exact).

    That is the first there of amount, amount_net, amount_gross and quantity times price; missing
    where a row has none of them, None where the table has no such columns.
    """
    found = [lines[name] for name in STATED if name in lines]
    if {"qty", "price"} <= set(lines.columns):
        found.append(lines["qty"] * lines["price"])
    return reduce(coalesce, found) if found else None


def line_amounts(lines: pd.DataFrame, rules: NettingRules, table_id: str) -> pd.Series:
    """The amount of each line in the tax basis of the result, in the line's own currency.

    The column of that basis comes first (amount_net or amount_gross), then the plain amount or
    quantity times price, then a conversion by the tax rate. Missing where a line has none of
    them. Raises WorkbookError (TAX_RATE_MISSING) where a conversion lacks its rate.
    """
    plain = coalesce(
        exact_column(lines, "amount"),
        exact_column(lines, "qty") * exact_column(lines, "price"),
    )
    by_basis = {
        basis: coalesce(exact_column(lines, f"amount_{basis}"), plain)
        if basis == rules.tax_basis
        else exact_column(lines, f"amount_{basis}")
        for basis in ("net", "gross")
    }
    wanted = by_basis[rules.basis]
    other = by_basis["gross" if rules.basis == "net" else "net"]
    convert = wanted.isna() & other.notna()
    if not convert.any():
        return wanted
    factors = _tax_factors(lines[convert], rules, table_id)
    converted = (
        divide(other[convert], factors, NET_PLACES)
        if rules.basis == "net"
        else other[convert] * factors
    )
    return coalesce(wanted, converted.reindex(lines.index))


def currencies(lines: pd.DataFrame, base: str) -> pd.Series:
    """The ISO code of each line's currency, `base` where it names none."""
    if "currency" not in lines:
        return pd.Series(base, lines.index, dtype="str")
    names = lines["currency"].astype("str").str.strip().str.upper().replace(CURRENCY_NAMES)
    return names.mask(names.isna() | (names == ""), base)


def rates_at(
    currency: pd.Series, dates: pd.Series, fx_rates: pd.DataFrame | None, rules: NettingRules
) -> pd.Series:
    """What one unit of each line's currency is worth in the base currency (exact).

    The rate is the one with the greatest effective date not after the line's; missing where
    there is none, never 1. Raises WorkbookError (CURRENCY_WITHOUT_RATES) for foreign currencies
    without any rates, unless the rules leave them out.
    """
    foreign = currency != rules.base_currency
    known = exact([1])
    table = pd.DataFrame() if fx_rates is None else fx_rates.dropna()
    if foreign.any() and table.empty and not rules.single_currency_only:
        names = ", ".join(sorted(currency[foreign].unique()))
        raise WorkbookError(
            problem("CURRENCY_WITHOUT_RATES", currencies=names, base=rules.base_currency)
        )
    positions = pd.Series(np.where(foreign, -1, 0), currency.index)
    if foreign.any() and not table.empty:
        table = table.sort_values("effective_date", kind="stable")
        positions[foreign] = 1 + _latest(currency[foreign], dates[foreign], table)
        positions = positions.mask(foreign & (positions == 0), -1)
        known = pd.concat([known, table["fx_rate"]])
    values = known.array.take(positions.to_numpy(), allow_fill=True)
    return pd.Series(values, currency.index)


def _latest(currency: pd.Series, dates: pd.Series, table: pd.DataFrame) -> pd.Series:
    """The position in `table` (sorted by date) of the rate that holds for each line, else -1."""
    lines = pd.DataFrame({"currency": currency, "date": dates.astype("datetime64[us]")})
    lines = lines.dropna().sort_values("date", kind="stable")
    rates = pd.DataFrame(
        {
            "currency": currencies(table, ""),
            "date": table["effective_date"].astype("datetime64[us]"),
            "position": np.arange(len(table)),
        }
    )
    found = pd.merge_asof(lines, rates, on="date", by="currency")
    found.index = lines.index
    return found["position"].reindex(currency.index).fillna(-1).astype("int64")


def _tax_factors(lines: pd.DataFrame, rules: NettingRules, table_id: str) -> pd.Series:
    """1 + tax rate of each line."""
    rates = exact_column(lines, "tax_rate")
    if rules.default_tax_rate is not None:
        rates = coalesce(rates, exact([rules.default_tax_rate] * len(rates)).set_axis(rates.index))
    missing = rates.index[rates.isna()]
    if len(missing):
        raise WorkbookError(
            problem("TAX_RATE_MISSING", table_id=table_id, count=len(missing), row_no=missing[0])
        )
    return rates + 1
