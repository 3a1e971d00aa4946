"""How far back the rows of a workbook reach, and which policies count from earlier days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from kam_excel.domain.incentives.basis import Sources, has_prior
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import year_before

POLICIES = "rebate_policies"


def within_reach(policies: Sequence[Terms], sources: Sources, log: IssueLog) -> list[Terms]:
    """The policies that have any day of which there could be rows.

    Left out is what ended before the first sale (or receipt) of the workbook (POLICY_BEFORE_SALES):
    a basis of 0 would be no fact. What counts from an earlier month than the first one, itself or
    for the year before that it compares with, is kept and logged (SALES_BEGIN_LATER).
    """
    kept = []
    for terms in policies:
        first = _first_day(terms, sources)
        if first is not None and terms.window.end < first:
            _say("POLICY_BEFORE_SALES", "POLICY_NOT_RECKONED", "valid_to", terms, first, log)
            continue
        if first is not None and _counted_from(terms) < first.replace(day=1):
            _say("SALES_BEGIN_LATER", "POLICY_KEPT", "valid_from", terms, first, log)
        kept.append(terms)
    return kept


def _first_day(terms: Terms, sources: Sources) -> date | None:
    source = sources.of(terms)
    if source is None or source.rows.empty:
        return None
    first: pd.Timestamp = source.rows["date"].iloc[0]
    return first.date()


def _counted_from(terms: Terms) -> date:
    window = year_before(terms.window) if has_prior(terms) else terms.window
    return window.start


def _say(code: str, handling: str, column: str, terms: Terms, first: date, log: IssueLog) -> None:
    log.add_one(code, POLICIES, handling, terms.row, column, terms.policy_id, taken=first)
