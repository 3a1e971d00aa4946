"""Which policies can be reckoned, and what of their basis is doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kam_excel.domain.incentives.basis import (
    Sources,
    clipped,
    counted,
    has_prior,
    measured,
    unrated,
)
from kam_excel.domain.incentives.eligibility import eligible
from kam_excel.domain.incentives.products import chosen, report_names
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window, year_before

POLICIES = "rebate_policies"
ROWS_TOLD = 10


def reckonable(
    policies: Sequence[Terms],
    accounts: pd.DataFrame,
    sources: Sources,
    until: date,
    log: IssueLog,
) -> list[Terms]:
    """The policies that can be reckoned up to `until` or an earlier day.

    Left out, with an issue each: what needs receipts where there are none (RECEIPTS_NEEDED), counts
    them without tax (RECEIPTS_ARE_GROSS) or by product (RECEIPTS_WITHOUT_PRODUCTS), what needs
    the tax basis that a line of an eligible account lacks (BASIS_TAX_MISSING, for receipts by age
    PAYMENT_TAX_MISSING), and what is in a currency without the rates that it needs
    (POLICY_RATE_MISSING). Of the others, what is doubtful is logged once each.
    """
    report_names(policies, sources.sales.rows, log)
    _report_of_nobody(policies, accounts, log)
    sound = [terms for terms in policies if _sources_suffice(terms, sources, log)]
    return [terms for terms in sound if _Lines(terms, accounts, sources, until, log).suffice()]


def _report_of_nobody(policies: Sequence[Terms], accounts: pd.DataFrame, log: IssueLog) -> None:
    """Log the policies that are open to no account at all."""
    for terms in policies:
        if eligible(terms, accounts).empty:
            column = "eligible_customers" if terms.customers else "eligible_regions"
            column = "eligible_grades" if terms.grades else column
            told = terms.row, column, terms.policy_id
            log.add_one("NOBODY_ELIGIBLE", POLICIES, "POLICY_KEPT", *told)


def uses_age(terms: Terms) -> bool:
    """Whether a policy depends on when invoices are paid."""
    return terms.method == "payment age"


def _sources_suffice(terms: Terms, sources: Sources, log: IssueLog) -> bool:
    of_receipts = terms.basis == "receipts"
    faults = (
        ("RECEIPTS_NEEDED", "basis", sources.receipts is None and _needs_receipts(terms)),
        ("RECEIPTS_ARE_GROSS", "tax_included", of_receipts and not terms.tax_included),
        (
            "RECEIPTS_WITHOUT_PRODUCTS",
            "eligible_products" if terms.products else "excluded_products",
            of_receipts and bool(terms.products or terms.excluded),
        ),
    )
    found = [(code, column) for code, column, is_so in faults if is_so]
    for code, column in found[:1]:
        handling = "POLICY_NOT_RECKONED"
        log.add_one(code, POLICIES, handling, terms.row, column, taken=terms.policy_id)
    return not found


def _needs_receipts(terms: Terms) -> bool:
    return terms.basis == "receipts" or uses_age(terms)


class _Lines:
    """The lines of sales that one policy counts, and what they lack."""

    def __init__(
        self,
        terms: Terms,
        accounts: pd.DataFrame,
        sources: Sources,
        until: date,
        log: IssueLog,
    ) -> None:
        self._terms = terms
        self._sources = sources
        self._until = until
        self._log = log
        self._accounts = eligible(terms, accounts)
        ours = [self._of_accounts(window) for window in _windows(terms, until)]
        lines = pd.concat(ours) if ours else sources.sales.rows[:0]
        named = chosen(lines, terms)
        self._counted, self._doubtful = lines[named.counted], lines[named.doubtful]

    def suffice(self) -> bool:
        """Whether the lines tell all that the policy needs; what is doubtful is logged."""
        if self._terms.basis != "receipts":
            limit = "eligible_products" if self._terms.products else "excluded_products"
            self._report("BASIS_PRODUCT_MISSING", self._doubtful, "NOT_IN_BASIS", limit)
            if not self._have_basis():
                return False
        return self._have_rates() and self._have_gross()

    def _have_basis(self) -> bool:
        column = measured(self._terms)
        lacking = self._counted[self._counted[column].isna()]
        if column == "qty":
            none = len(lacking) == len(self._counted)
            handling = "POLICY_NOT_RECKONED" if none else "NOT_IN_BASIS"
            self._report("BASIS_QUANTITY_MISSING", lacking, handling, "basis")
            return not (none and len(lacking))
        self._report("BASIS_TAX_MISSING", lacking, "POLICY_NOT_RECKONED", "tax_included")
        return lacking.empty

    def _have_gross(self) -> bool:
        """Whether receipts can be matched with the invoices, where they have to be."""
        has_receipts = self._sources.receipts is not None
        needed = uses_age(self._terms) or (bool(self._terms.factors) and has_receipts)
        if not needed:
            return True
        lines = self._of_accounts(Window(date.min, self._until))
        lacking = lines[lines["amount_gross"].isna()]
        by_age = uses_age(self._terms)
        handling = "POLICY_NOT_RECKONED" if by_age else "FACTOR_MISSING"
        self._report("PAYMENT_TAX_MISSING", lacking, handling, "policy_id")
        return lacking.empty or not by_age

    def _have_rates(self) -> bool:
        """Whether something of the basis can be told in the policy's currency, and all of the year
        before: without a part of it growth would be too high.
        """
        terms, exchange = self._terms, self._sources.exchange
        rows, lacking = self._rated(clipped(terms.window, self._until))
        before = year_before(terms.window) if has_prior(terms) else None
        _, unknown = self._rated(before)
        today = pd.Series([pd.Timestamp(self._until)])
        none = exchange.is_unrated(terms.currency, today).all() or 0 < len(rows) == len(lacking)
        told = terms.currency
        if terms.is_money and (none or len(unknown)):
            amount = (lacking if len(lacking) else unknown)["amount"].sum()
            self._tell("POLICY_RATE_MISSING", "POLICY_NOT_RECKONED", "currency", told, amount)
            return False
        self._report("BASIS_RATE_MISSING", lacking, "NOT_IN_BASIS", "currency", told)
        return True

    def _rated(self, window: Window | None) -> tuple[pd.DataFrame, pd.DataFrame]:
        """What counts of a window, and of that what is from before the first rate."""
        source = self._sources.of(self._terms)
        assert source is not None
        rows = counted(self._terms, source, window)
        rows = rows[rows["customer_id"].isin(self._accounts)]
        return rows, unrated(rows, self._terms, self._sources.exchange)

    def _of_accounts(self, window: Window) -> pd.DataFrame:
        sales = self._sources.sales
        lines = sales.rows.iloc[sales.within(window)]
        return lines[lines["customer_id"].isin(self._accounts)]

    def _report(
        self, code: str, rows: pd.DataFrame, handling: str, column: str, told: str = ""
    ) -> None:
        """Log rows as one issue at the policy, with their numbers and what they amount to."""
        if len(rows):
            self._tell(code, handling, column, told or _told(rows.index), rows["amount"].sum())

    def _tell(self, code: str, handling: str, column: str, told: str, amount: Any) -> None:
        policy_id, row = self._terms.policy_id, self._terms.row
        self._log.add_one(code, POLICIES, handling, row, column, told, amount, policy_id)


def _windows(terms: Terms, until: date) -> list[Window]:
    """The days whose lines a policy may count."""
    own = clipped(terms.window, until)
    found = [] if own is None else [own]
    if has_prior(terms):
        found.append(year_before(terms.window))
    return found


def _told(rows: pd.Index) -> str:
    """The numbers of the first rows, and how many more there are."""
    numbers: Any = np.sort(rows.to_numpy())
    shown = ", ".join(str(number) for number in numbers[:ROWS_TOLD])
    return shown if len(rows) <= ROWS_TOLD else f"{shown} … (+{len(rows) - ROWS_TOLD})"
