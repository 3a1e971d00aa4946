"""The rebate outputs: from the tables that were given to the frames that are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from kam_excel.domain.incentives import settled
from kam_excel.domain.incentives.accrual import AccrualRules, accruals, forecast
from kam_excel.domain.incentives.basis_proof import verify_basis
from kam_excel.domain.incentives.booking import to_book
from kam_excel.domain.incentives.checking import verified, verify_accruals
from kam_excel.domain.incentives.ledger import ACCOUNT, balances, posted
from kam_excel.domain.incentives.ledger_gaps import accounts_with_gaps
from kam_excel.domain.incentives.ledger_proof import verify_ledger
from kam_excel.domain.incentives.policies import PolicyRules, read_terms
from kam_excel.domain.incentives.products import counted_lines
from kam_excel.domain.incentives.reasons import rebate_reasons
from kam_excel.domain.incentives.rebates import Deal
from kam_excel.domain.incentives.reckoning import Given, Reckoned, reckoned
from kam_excel.domain.incentives.seasons import month_weights, share_to_date
from kam_excel.domain.incentives.settlement import Stacking
from kam_excel.domain.incentives.steps import rebate_steps, tier_detail
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.periods import ONE_DAY
from kam_excel.domain.signs import with_code

from .agreements import PaymentFactors, RebatePolicies, RebateTiers
from .facts import Facts
from .policy import IncentivesPolicy
from .records import RebateLedger, Violations

STACKING: dict[str, Stacking] = {
    "exclusive_by_priority": "by_priority",
    "highest": "highest",
    "all": "all",
}


@dataclass(frozen=True, slots=True)
class Agreements:
    """The tables of policies and of what happened under them; None where there is none."""

    policies: pd.DataFrame | None
    tiers: pd.DataFrame | None
    proposed: pd.DataFrame | None
    factors: pd.DataFrame | None
    ledger: pd.DataFrame | None
    violations: pd.DataFrame | None


@dataclass(frozen=True, slots=True)
class Rebates:
    """What was reckoned of all policies.

    every: all policies that could be read, those too of which the basis cannot be told
    rebates: as of `settled.with_settlement`; entries: as of `ledger.posted`; standing: as of
    `ledger.balances`; steps: as of `steps.rebate_steps`; shares: of each policy, what part of its
    basis is expected by now; accruals: as of `accrued`; expected: the deals at the end of their
    windows, by the season
    """

    every: list[Terms]
    found: Reckoned
    rebates: pd.DataFrame
    entries: pd.DataFrame
    standing: pd.DataFrame
    steps: pd.DataFrame
    shares: dict[str, Fraction]
    accruals: pd.DataFrame
    expected: Sequence[Deal]

    @property
    def terms(self) -> list[Terms]:
        """The policies that are reckoned."""
        return self.found.terms


def reckon(given: Agreements, facts: Facts, policy: IncentivesPolicy) -> Rebates | None:
    """Reckon all policies; None where there are none that can be. Raises PluginError where the
    second computation differs from the first.
    """
    if given.policies is None:
        return None
    run, log = facts.run, facts.log
    terms = read_terms(
        all_columns(RebatePolicies, given.policies),
        all_columns(RebateTiers, given.tiers),
        all_columns(PaymentFactors, given.factors),
        PolicyRules(
            run.as_of,
            run.currency,
            tax_included=run.tax_basis == "gross",
            default_method=policy.default_method,
            exclusive=not policy.tier_lower_inclusive,
            individuals=policy.individual_payee == "allowed",
            customers=facts.customers,
        ),
        log,
    )
    found = reckoned(terms, _given(given, facts, policy), log)
    _report_absences(given, found, facts)
    if not found.deals:
        return None
    rule, rounding = STACKING[policy.stacking], policy.rounding
    rows = verified(found.deals, rule, rounding)
    verify_basis(
        found.terms, facts.lines, found.basis, run.as_of, facts.exchange.rates, run.currency
    )
    steps = rebate_steps(found.deals, rows)
    entries, gaps = _entries(given.ledger, given.policies["policy_id"], terms, facts)
    standing = balances(entries)
    rebates = _settled(rows, steps, found, standing, facts, policy)
    is_gap = _are_of(rebates, gaps) & (rebates["settlement_status"] != "correction")
    told = with_code(rebates["reason_code"], "LEDGER_INCOMPLETE", is_gap)
    rebates = rebates.assign(reason_code=told)
    shares = _shares(found.deals, facts, policy)
    owed = accrued(found, rebates, standing, gaps, shares, policy)
    verify_ledger(rows, entries, rebates, owed)
    expected = [forecast(deal, shares[deal.terms.policy_id]) for deal in found.deals]
    return Rebates(terms, found, rebates, entries, standing, steps, shares, owed, expected)


def accrued(
    found: Reckoned,
    rebates: pd.DataFrame,
    standing: pd.DataFrame,
    gaps: pd.MultiIndex,
    shares: dict[str, Fraction],
    policy: IncentivesPolicy,
) -> pd.DataFrame:
    """The rows of rebate_accrual: as of `booking.to_book`, and what `settled.with_terms` adds.

    gaps: the accounts of which the ledger has entries that could not count
    """
    rules = AccrualRules(
        policy.accrual_method, policy.constraint_pct, policy.expected_spread, policy.expected_weight
    )
    rule, places = STACKING[policy.stacking], {each.policy_id: each.places for each in found.terms}
    owed = accruals(found.deals, shares, rules, rule, policy.rounding, verified)
    verify_accruals(owed, rules.constraint, places)
    whole = to_book(owed, rebates, standing)
    runs = whole["ytd_basis"].notna()
    unrated = runs & _are_of(whole, _accounts(found.basis[found.basis["lacks_rates"]]))
    told = with_code(whole["reason_code"], "BASIS_UNRATED", unrated)
    whole = whole.assign(
        accrual_method=pd.Series(policy.accrual_method, whole.index).where(runs),
        reason_code=with_code(told, "LEDGER_INCOMPLETE", _are_of(whole, gaps)),
    )
    return settled.with_terms(whole, found.terms)


def _given(given: Agreements, facts: Facts, policy: IncentivesPolicy) -> Given:
    lost = given.violations
    return Given(
        facts.accounts,
        facts.sources,
        facts.run.as_of,
        facts.targets,
        None if lost is None else facts.at_heads(all_columns(Violations, lost)),
        policy.growth_no_base,
        policy.push_alert_last_days,
        [] if given.policies is None else list(given.policies["policy_id"].dropna()),
        facts.customers,
    )


def _settled(
    rows: pd.DataFrame,
    steps: pd.DataFrame,
    found: Reckoned,
    standing: pd.DataFrame,
    facts: Facts,
    policy: IncentivesPolicy,
) -> pd.DataFrame:
    """The rows of rebate_calc: what is final, paid and payable."""
    accounts = _accounts(rows)
    basis = found.basis.set_index(ACCOUNT).reindex(accounts).set_axis(rows.index)
    pieces = {each.policy_id for each in found.terms if not each.is_money}
    detail = tier_detail(steps, pieces).reindex(accounts).set_axis(rows.index)
    methods = {each.policy_id: each.method for each in found.terms}
    rows = rows.assign(
        rebate_method=rows["policy_id"].map(methods),
        tier_detail=detail,
        violation_factor=1 - rows["penalty"],
        reason_code=rebate_reasons(rows, found.deals, basis),
    )
    known = standing[standing.index.get_level_values(0).isin(list(methods))]
    whole = settled.with_terms(settled.with_ledger_accounts(rows, known), found.terms)
    whole = facts.named(whole)
    return settled.with_settlement(whole, known, facts.run.as_of, policy.returns_after_settlement)


def _entries(
    ledger: pd.DataFrame | None, known_ids: pd.Series, terms: Sequence[Terms], facts: Facts
) -> tuple[pd.DataFrame, pd.MultiIndex]:
    """The entries of the ledger that count, and the accounts of which others could not; those of
    policies that could not be read are told.
    """
    frame = facts.at_heads(all_columns(RebateLedger, ledger))
    policies = frame["policy_id"]
    read = [each.policy_id for each in terms]
    is_past = frame["date"] < pd.Timestamp(facts.run.as_of + ONE_DAY)
    unread = policies.isin(list(known_ids)) & ~policies.isin(read) & is_past
    facts.log.add_each(
        "LEDGER_POLICY_NOT_RECKONED",
        "rebate_ledger",
        policies[unread],
        "ROW_EXCLUDED",
        "policy_id",
        amounts=frame["amount"],
    )
    entries = posted(
        frame[~unread],
        terms,
        facts.run.as_of,
        facts.customers,
        facts.exchange.rates,
        facts.exchange.base,
        facts.log,
        list(known_ids.dropna()),
    )
    return entries, accounts_with_gaps(frame[~unread], entries, facts.run.as_of)


def _shares(deals: Sequence[Deal], facts: Facts, policy: IncentivesPolicy) -> dict[str, Fraction]:
    """Of each policy, what part of its basis is expected by now."""
    found = {}
    for deal in deals:
        terms, weights = deal.terms, None
        is_running = terms.window.start <= facts.run.as_of < terms.window.end
        if policy.seasonal_run_rate and is_running:
            lines = counted_lines(facts.sources.sales.rows, terms)
            weights = month_weights(
                lines, terms.window.start, merge_jan_feb=facts.run.merge_jan_feb
            )
            if weights is None:
                _say("SEASON_BY_DAYS", terms, "valid_from", facts)
        found[terms.policy_id] = share_to_date(terms.window, facts.run.as_of, weights)
    return found


def _report_absences(given: Agreements, found: Reckoned, facts: Facts) -> None:
    """What the workbook lacks for its policies, and what it would add."""
    if given.ledger is None and found.deals:
        facts.log.add_one("LEDGER_ABSENT", "rebate_ledger", "ROW_KEPT")
    for deal in found.deals:
        if deal.terms.factors and facts.sources.receipts is None:
            _say("FACTORS_WITHOUT_RECEIPTS", deal.terms, "policy_id", facts)
        targets = deal.accounts["target"]
        if deal.terms.method == "target" and len(targets) and targets.isna().all():
            _say("TARGETS_ABSENT", deal.terms, "rebate_method", facts)


def _say(code: str, terms: Terms, column: str, facts: Facts) -> None:
    facts.log.add_one(code, "rebate_policies", "POLICY_KEPT", terms.row, column, terms.policy_id)


def _accounts(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[ACCOUNT])


def _are_of(rows: pd.DataFrame, accounts: pd.MultiIndex) -> pd.Series:
    """Which rows (bool) are of the accounts."""
    return pd.Series(_accounts(rows).isin(accounts), rows.index)


def all_columns(table: Any, frame: pd.DataFrame | None) -> pd.DataFrame:
    """The frame with every declared column; without rows where there is no such table.

    Words that are none of the choices stay as they are written.
    """
    empty = table.frame(pd.DataFrame(columns=list(table.columns)))
    if frame is None:
        return empty  # type: ignore[no-any-return]
    lacking = [name for name in table.columns if name not in frame]
    return frame.join(empty[lacking].reindex(frame.index))
