"""All policies with what their accounts bring to them: the deals that are reckoned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources, basis_table
from kam_excel.domain.incentives.checks import reckonable, uses_age
from kam_excel.domain.incentives.collection import (
    Collected,
    aged_receipts,
    collected,
    payment_factors,
    report_receipts,
)
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.products import covered
from kam_excel.domain.incentives.reach import within_reach
from kam_excel.domain.incentives.rebates import NO_AGES, NO_PARTS, Deal, NoBase
from kam_excel.domain.incentives.targets import target_of
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.violations import penalties, penalties_of_nobody
from kam_excel.domain.issues import IssueLog

NO_PENALTIES = penalties_of_nobody()


@dataclass(frozen=True, slots=True)
class Given:
    """What policies are reckoned from.

    accounts: as of `eligibility.eligible`
    targets: as of `targets.read_targets`; violations: as of `violations.penalties`; None where
        there is no such table
    push_days: the last days of a window without which `Reckoned.before_push` is
    policy_ids: those of all policies, those too that are not reckoned
    customers: those that violations may name; None where any id will do
    """

    accounts: pd.DataFrame
    sources: Sources
    as_of: date
    targets: pd.DataFrame | None = None
    violations: pd.DataFrame | None = None
    no_base: NoBase = "skip"
    push_days: int = 10
    policy_ids: Collection[str] = ()
    customers: KnownCustomers | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The policies that can be reckoned, as deals, and the basis that they come from.

    basis: as of `basis.basis_table`
    """

    deals: Sequence[Deal]
    basis: pd.DataFrame

    @property
    def terms(self) -> list[Terms]:
        """The terms of the deals, in their order."""
        return [deal.terms for deal in self.deals]

    def before_push(self, policy_id: str) -> pd.Series:
        """The basis of a policy without the last days of its window: exact, by customer_id."""
        own = self.basis[self.basis["policy_id"] == policy_id]
        return own.set_index("customer_id")["basis_before_push"]


def reckoned(terms: Sequence[Terms], given: Given, log: IssueLog) -> Reckoned:
    """The deals of the policies that can be reckoned, those of the others are logged."""
    sources, as_of = given.sources, given.as_of
    within = within_reach(terms, sources, log)
    sound = reckonable(within, given.accounts, sources, as_of, log)
    sound = [
        replace(each, covers=covered(sources.sales.rows, each))
        for each in sound
        if _targets_are_clear(each, given, log)
    ]
    found = _collected(sound, given, log)
    basis = basis_table(sound, given.accounts, sources, as_of, given.push_days)
    factors, parts = payment_factors(sound, given.accounts, sources, found)
    lost = NO_PENALTIES
    if given.violations is not None:
        lost = penalties(given.violations, sound, as_of, log, given.policy_ids, given.customers)
    whole = basis.merge(factors, "left", ACCOUNT).merge(lost, "left", ACCOUNT)
    whole["penalty"] = whole["penalty"].mask(whole["penalty"].isna(), 0)
    deals = [_deal(each, _own(whole, each), _own(parts, each), given, found) for each in sound]
    return Reckoned(deals, basis)


def _collected(terms: Sequence[Terms], given: Given, log: IssueLog) -> Collected | None:
    """The invoices matched with the receipts, where a policy asks when they were paid."""
    receipts = given.sources.receipts
    if receipts is None or not any(each.factors or uses_age(each) for each in terms):
        return None
    places = MINOR_UNITS[given.sources.exchange.base]
    found = collected(given.sources.sales, receipts, given.as_of, places)
    report_receipts(found, log)
    return found


def _own(rows: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    return rows[rows["policy_id"] == terms.policy_id]


def _deal(
    terms: Terms,
    rows: pd.DataFrame,
    parts: pd.DataFrame,
    given: Given,
    found: Collected | None,
) -> Deal:
    accounts = rows.set_index("customer_id")
    targets = _targets(terms, given).reindex(accounts.index)
    names = ["basis_value", "prior_basis_value", "factor", "penalty"]
    ages = NO_AGES
    if found is not None and uses_age(terms):
        ages = aged_receipts(terms, given.accounts, given.sources, found)
    accounts = accounts[names].assign(target=targets)
    collected = parts[list(NO_PARTS.columns)]
    return Deal(terms, accounts, ages[list(NO_AGES.columns)], given.no_base, collected)


def _targets(terms: Terms, given: Given) -> pd.Series:
    """The targets of accounts for the window of a policy, in its currency."""
    nobody = exact([])
    if terms.method != "target" or given.targets is None or not terms.is_money:
        return nobody
    targets = target_of(given.targets, terms.window).dropna()
    exchange = given.sources.exchange
    if terms.currency == exchange.base:
        return targets
    days = pd.Series(pd.Timestamp(terms.window.start), targets.index)
    numbers = range(len(targets))
    return exchange.out_of_base(
        targets, days, pd.Index(numbers).to_numpy(), len(targets), terms.currency, terms.places
    ).set_axis(targets.index)


def _targets_are_clear(terms: Terms, given: Given, log: IssueLog) -> bool:
    """Whether targets of accounts meet one tier only, and have a rate on the first day."""
    if _targets(terms, given).empty:
        return True
    first = pd.Series([pd.Timestamp(terms.window.start)])
    faults = (
        ("TARGET_TIERS", "rebate_method", terms.policy_id, len(terms.scale.tiers) > 1),
        (
            "POLICY_RATE_MISSING",
            "currency",
            terms.currency,
            given.sources.exchange.is_unrated(terms.currency, first).all(),
        ),
    )
    found = [fault[:3] for fault in faults if fault[3]]
    for code, column, value in found:
        log.add_one(
            code,
            "rebate_policies",
            "POLICY_NOT_RECKONED",
            terms.row,
            column,
            value,
            taken=terms.policy_id,
        )
    return not found
