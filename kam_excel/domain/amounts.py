"""The amount of a line: from the columns that its table has, in one tax basis."""

from __future__ import annotations

from functools import reduce

import pandas as pd

from kam_excel.domain.columns import coalesce, exact_column
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import as_text
from kam_excel.domain.money import divide
from kam_excel.domain.netting_rules import NettingRules
from kam_excel.errors import WorkbookError, problem

NET_PLACES = 6  # of an amount without tax, which need not end: rounded only far below a cent


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
    them. Raises WorkbookError where a conversion lacks its rate (TAX_RATE_MISSING) or has one
    that none can be (TAX_RATE_UNUSABLE: below 0 or above 1).
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


def _tax_factors(lines: pd.DataFrame, rules: NettingRules, table_id: str) -> pd.Series:
    """1 + tax rate of each line."""
    rates = exact_column(lines, "tax_rate")
    if rules.default_tax_rate is not None:
        rates = coalesce(rates, exact([rules.default_tax_rate] * len(rates)).set_axis(rates.index))
    missing = rates.index[rates.isna()]
    if len(missing):
        raise WorkbookError(
            problem(
                "TAX_RATE_MISSING",
                table_id=table_id,
                column="tax_rate",
                count=len(missing),
                row_no=missing[0],
            )
        )
    odd = rates[(rates < 0) | (rates > 1)]
    if len(odd):
        raise WorkbookError(
            problem(
                "TAX_RATE_UNUSABLE",
                table_id=table_id,
                column="tax_rate",
                count=len(odd),
                row_no=odd.index[0],
                rate=as_text(odd.iloc[0]),
            )
        )
    return rates + 1
