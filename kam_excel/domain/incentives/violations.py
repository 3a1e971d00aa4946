"""What violations take off rebates: goods sold outside the territory, prices below the agreed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.issues import IssueLog
from kam_excel.errors import nearest

TABLE = "violations"
WHOLE = Decimal(1)


def penalties(
    violations: pd.DataFrame,
    terms: Sequence[Terms],
    as_of: date,
    log: IssueLog,
    policy_ids: Collection[str] = (),
    customers: KnownCustomers | None = None,
) -> pd.DataFrame:
    """What each policy takes off each account that violated: policy_id, customer_id, penalty.

    violations: customer_id, penalty_share (exact); optional date (datetime64) and policy_id. One
        without a policy counts for all, one without a date in every period; else its date has to
        lie in the window of the policy. Those of an account add up, to 1 at most.
    policy_ids: of policies that there are beside `terms`
    customers: those that may be named, None where any id will do
    penalty: exact, 0 to 1. What cannot be used, or is of the future, is logged and left out.
    """
    known = {*policy_ids, *(each.policy_id for each in terms)}
    rows = _usable(violations, known, as_of, log)
    if customers is not None:
        customers.report_strangers(rows["customer_id"], TABLE, log)
    found = [
        rows[_concerns(rows, each)][["customer_id", "penalty_share"]].assign(
            policy_id=each.policy_id
        )
        for each in terms
    ]
    if not found:
        return penalties_of_nobody()
    whole = pd.concat(found, ignore_index=True)
    sums = whole.groupby(["policy_id", "customer_id"])["penalty_share"].sum()
    return sums.mask(holds(sums > WHOLE), WHOLE).rename("penalty").reset_index()


def penalties_of_nobody() -> pd.DataFrame:
    """The result of `penalties` without a row."""
    nobody = pd.Series([], dtype="str")
    return pd.DataFrame({"policy_id": nobody, "customer_id": nobody, "penalty": exact([])})


def _usable(
    violations: pd.DataFrame, known: Collection[str], as_of: date, log: IssueLog
) -> pd.DataFrame:
    policies = text_column(violations, "policy_id")
    rows = violations.reindex(columns=["customer_id", "penalty_share", "date"])
    rows = rows.assign(policy_id=policies, date=pd.to_datetime(rows["date"]))
    strange = policies.notna() & ~policies.isin(list(known))
    near = policies[strange].map(lambda each: nearest(each, known) or "–")
    log.add_each("OF_NO_POLICY", TABLE, policies[strange], "TIER_NOT_USED", "policy_id", taken=near)
    shares = rows["penalty_share"]
    unusable = ~holds(shares >= 0) | ~holds(shares <= WHOLE)
    future = rows["date"] > pd.Timestamp(as_of)
    nobody = rows["customer_id"].isna()
    for code, where, column in (
        ("POLICY_SHARE_UNUSABLE", unusable, "penalty_share"),
        ("FUTURE_DATE", future & ~unusable, "date"),
        ("CUSTOMER_MISSING", nobody & ~unusable & ~future, "customer_id"),
    ):
        log.add(code, TABLE, rows.index[where], "ROW_EXCLUDED", column=column, values=rows[column])
    return rows[~(strange | unusable | future | nobody)]


def _concerns(rows: pd.DataFrame, terms: Terms) -> pd.Series:
    named = rows["policy_id"].isna() | (rows["policy_id"] == terms.policy_id)
    dated = rows["date"].isna() | terms.window.contains(rows["date"])
    return named & dated
