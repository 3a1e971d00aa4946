"""The amount of a line: from the columns that its table has, in one tax basis."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pandas as pd

from kam_excel.domain.columns import coalesce, exact_column, holds
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import as_text
from kam_excel.domain.money import divide, round_half_up
from kam_excel.domain.netting_rules import NettingRules, TaxBasis
from kam_excel.errors import WorkbookError, problem

NET_PLACES = 6  # of an amount without tax, which need not end: rounded only far below a cent
CENTS = 2

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
    wanted = _said(lines, rules, rules.basis)
    convert = wanted.isna()
    if not convert.any():
        return wanted
    other = _said(lines, rules, rules.other_basis)
    convert &= other.notna()
    if not convert.any():
        return wanted
    factors = _tax_factors(lines[convert], rules, table_id)
    converted = _converted(other[convert], factors, rules.basis)
    return coalesce(wanted, converted.reindex(lines.index))


def other_amounts(lines: pd.DataFrame, own: pd.Series, rules: NettingRules) -> pd.Series:
    """The amount of each line in the tax basis that the result is not in, in its own currency.

    own: what `line_amounts` gives. The stated amount of that basis comes first, then `own` by the
    tax rate; missing where a line has neither, or a rate that none can be.
    """
    said = _said(lines, rules, rules.other_basis)
    said = said.mask(said.isna() & holds(own == 0), 0)  # nothing has no tax
    rates = _tax_rates(lines, rules)
    convert = said.isna() & holds((rates >= 0) & (rates <= 1))
    if not convert.any():
        return said
    converted = _converted(own[convert], rates[convert] + 1, rules.other_basis)
    return coalesce(said, converted.reindex(lines.index))


def discount_amounts(lines: pd.DataFrame, tax_basis: TaxBasis) -> pd.Series:
    """What was taken off each line on its invoice, in its own currency; missing where unknown.

    A column of discounts that are all below 0 is one written with minus signs. A rate alone tells
    the discount where quantity times price, less it, is the amount to the cent (that of
    `tax_basis`, as prices are); elsewhere nobody says what it was taken off.
    """
    stated = exact_column(lines, "discount")
    if holds(stated < 0).any() and not holds(stated > 0).any():
        stated = -stated
    if not {"qty", "price", "discount_rate"} <= set(lines.columns):
        return stated
    before: Any = lines["qty"] * lines["price"]
    amounts = coalesce(exact_column(lines, f"amount_{tax_basis}"), exact_column(lines, "amount"))
    after = round_half_up(before * (1 - lines["discount_rate"]), CENTS)
    return coalesce(stated, (before - amounts).where(holds(after == round_half_up(amounts, CENTS))))


def _said(lines: pd.DataFrame, rules: NettingRules, basis: TaxBasis) -> pd.Series:
    """The amounts that the cells of each line say in a tax basis; missing where they do not."""
    said = exact_column(lines, f"amount_{basis}")
    if basis != rules.tax_basis:
        return said
    return reduce(
        coalesce,
        (
            said,
            exact_column(lines, "amount"),
            exact_column(lines, "qty") * exact_column(lines, "price"),
        ),
    )


def _converted(amounts: pd.Series, factors: pd.Series, to: TaxBasis) -> pd.Series:
    return divide(amounts, factors, NET_PLACES) if to == "net" else amounts * factors


def _tax_rates(lines: pd.DataFrame, rules: NettingRules) -> pd.Series:
    """The tax rate of each line, or the default."""
    rates = exact_column(lines, "tax_rate")
    if rules.default_tax_rate is None:
        return rates
    return coalesce(rates, exact([rules.default_tax_rate] * len(rates)).set_axis(rates.index))


def _tax_factors(lines: pd.DataFrame, rules: NettingRules, table_id: str) -> pd.Series:
    """1 + tax rate of each line."""
    rates = _tax_rates(lines, rules)
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
