"""Contests, and all that accounts are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kam_excel.domain.columns import coalesce
from kam_excel.domain.incentives.contest_entrants import Figures
from kam_excel.domain.incentives.contest_prizes import prizes_given
from kam_excel.domain.incentives.contest_results import contest_results
from kam_excel.domain.incentives.contest_terms import Contest, read_contests
from kam_excel.domain.incentives.individuals import report_payees
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.totals import Given, incentive_totals
from kam_excel.domain.incentives.within import rebates_within
from kam_excel.domain.periods import Window, last_full_months

from .facts import Facts
from .policy import IncentivesPolicy
from .rebates import Rebates


@dataclass(frozen=True, slots=True)
class Contested:
    """The contests that can be ranked, and their results."""

    contests: Sequence[Contest]
    results: pd.DataFrame


def ranked(
    contests: pd.DataFrame,
    customers: pd.DataFrame | None,
    staff: pd.DataFrame | None,
    facts: Facts,
    policy: IncentivesPolicy,
) -> Contested:
    """Rank all contests."""
    rates, base, log = facts.exchange.rates, facts.exchange.base, facts.log
    terms = read_contests(contests, rates, base, log, policy.individual_payee)
    heads = None if customers is None else facts.heads_among(customers)
    figures = Figures(facts.run.as_of, facts.lines, facts.key_accounts, facts.targets, heads, staff)
    return Contested(terms, facts.named(contest_results(terms, figures, log)))


def totals(
    found: Rebates | None,
    contests: Contested | None,
    promotions: pd.DataFrame | None,
    facts: Facts,
    policy: IncentivesPolicy,
) -> pd.DataFrame:
    """The rows of incentive_total: the key accounts, and others that were given something."""
    rates, base, log = facts.exchange.rates, facts.exchange.base, facts.log
    window = window_of(facts, policy)
    prizes = None
    if contests is not None:
        prizes = prizes_given(contests.results, contests.contests, window, rates, base, log)
    rebates = None if found is None else rebates_of(found, facts, policy)
    campaigns = None
    if promotions is not None:
        facts.customers.report_strangers(promotions["customer_id"], "promotions", log)
        campaigns = facts.at_heads(promotions)
    given = Given(campaigns, rebates, prizes)
    accounts = _given_to(facts, campaigns, rebates, prizes)
    rows = incentive_totals(accounts, facts.lines, window, given, rates, base, log)
    order = ["incentive_total", "customer_id"]
    return facts.named(rows).sort_values(order, ascending=[False, True], kind="stable")


def _given_to(facts: Facts, *gifts: pd.DataFrame | None) -> pd.Index:
    """The ids of the key accounts and of others in `gifts` (with customer_id), sorted."""
    known = facts.accounts.index
    ids = [
        facts.key_accounts,
        *(pd.Index(each["customer_id"]) for each in gifts if each is not None),
    ]
    return known.intersection(
        pd.Index(sorted({name for part in ids for name in part}), dtype="str")
    )


def rebates_of(found: Rebates, facts: Facts, policy: IncentivesPolicy) -> pd.DataFrame:
    """The rebates of the window: what is accrued of running policies, what is final of others."""
    window = window_of(facts, policy)
    finals = found.rebates.groupby(ACCOUNT)["rebate_final"].sum().rename("amount").reset_index()
    runs = found.accruals["valid_to"] > pd.Timestamp(facts.run.as_of)
    whole = finals.merge(found.accruals.loc[runs, [*ACCOUNT, "accrual"]], "left", ACCOUNT)
    amounts = whole[ACCOUNT].assign(amount=coalesce(whole["accrual"], whole["amount"]))
    return rebates_within(amounts, found.found.deals, window, facts.sources)


def window_of(facts: Facts, policy: IncentivesPolicy) -> Window:
    """The days of total incentives."""
    if policy.totals_window == "year_to_date":
        return Window(facts.run.as_of.replace(month=1, day=1), facts.run.as_of)
    return last_full_months(facts.run.as_of, 12, facts.run.include_partial_month)


def report_payments(
    ledger: pd.DataFrame,
    customers: pd.DataFrame | None,
    staff: pd.DataFrame | None,
    facts: Facts,
    policy: IncentivesPolicy,
) -> None:
    """List the payees of the ledger that are not the account."""
    names = facts.accounts["customer_name"]
    if customers is not None and "customer_name" in customers:
        own = facts.at_heads(customers).set_index("customer_id")["customer_name"]
        names = pd.concat([names, own])
    people = [] if staff is None else list(staff["staff_name"].dropna())
    report_payees(facts.at_heads(ledger), names, people, [], facts.log, policy.individual_payee)
