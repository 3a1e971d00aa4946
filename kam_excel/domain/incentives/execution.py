"""Whether policies are carried out: what was due, what was paid in time, what the budget bears."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.ledger import ACCOUNT, settled_until
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.money import share_float
from kam_excel.domain.signs import codes_of

COLUMNS = (
    "policy_id",
    "policy_name",
    "n_due",
    "n_paid_on_time",
    "execution_rate",
    "rebate_due_total",
    "rebate_paid_total",
    "overdue_days",
    "budget",
    "budget_used",
    "currency",
    "reason_code",
)
REASONS = {
    "NOTHING_DUE": ("尚无到期应兑付的返利", "No rebate is due yet"),
    "NO_PAYOUT_TERM": (
        "政策未填写兑付期限，看不出是否按期兑付",
        "The policy says no days until payout, so that nothing can be overdue",
    ),
    "BUDGET_EXCEEDED": ("实返合计超出预算", "The final rebates exceed the budget"),
    "NO_BUDGET": ("政策没有预算", "The policy has no budget"),
}


def execution(
    rebates: pd.DataFrame, entries: pd.DataFrame, terms: Sequence[Terms], as_of: date
) -> pd.DataFrame:
    """One row a policy, in the order of `terms`: COLUMNS.

    rebates: as of `settled.with_settlement`; entries: as of `ledger.posted`. An account is due
    where its payable date has come and its final rebate is above 0; what it is due is that
    rebate less a correction that lowers it. It was paid on time where payments and offsets until
    that date cover it.
    n_due, n_paid_on_time: Int64. execution_rate: their ratio (float64), missing without accounts
    due. rebate_due_total, rebate_paid_total: exact, of the accounts due. overdue_days: the
    greatest of what is still unpaid (Int64). budget (exact); budget_used: Σ rebate_final / budget
    (float64).
    """
    policies = pd.Index([each.policy_id for each in terms], dtype="str", name="policy_id")
    due = _due(rebates, as_of)
    days = due.set_index(ACCOUNT)["payable_date"]
    in_time = settled_until(entries, days).set_axis(due.index)
    on_time = due[holds(in_time >= due["due"])]
    finals = _sums(rebates, "rebate_final", policies)
    rows = pd.DataFrame(
        {
            "n_due": _counts(due, policies),
            "n_paid_on_time": _counts(on_time, policies),
            "rebate_due_total": _sums(due, "due", policies),
            "rebate_paid_total": _sums(due, "rebate_paid", policies),
            "overdue_days": _greatest_delay(due, as_of).reindex(policies),
            "budget": exact([each.budget for each in terms]).set_axis(policies),
            "policy_name": pd.Series([each.policy_name for each in terms], policies, dtype="str"),
            "currency": pd.Series([each.currency for each in terms], policies, dtype="str"),
        },
        index=policies,
    )
    shares = exact(rows["n_paid_on_time"]), exact(rows["n_due"])
    whole = rows.assign(
        execution_rate=share_float(*shares),
        budget_used=share_float(finals, rows["budget"]),
        reason_code=_reasons(rows, finals, terms),
    )
    return whole.reset_index()[list(COLUMNS)]


def _due(rebates: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The rebates that are to be paid by now, with what is `due` of each."""
    is_correction = rebates["settlement_status"] == "correction"
    lowering = rebates[is_correction & holds(rebates["rebate_final"] < 0)]
    has_come = rebates["payable_date"] <= pd.Timestamp(as_of)
    rows = rebates[~is_correction & has_come & holds(rebates["rebate_final"] > 0)]
    lowered = lowering.set_index(ACCOUNT)["rebate_final"]
    lowered = lowered.reindex(pd.MultiIndex.from_frame(rows[ACCOUNT])).set_axis(rows.index)
    return rows.assign(due=rows["rebate_final"] + lowered.mask(lowered.isna(), 0))


def _greatest_delay(due: pd.DataFrame, as_of: date) -> pd.Series:
    """The days since the earliest payable date of each policy that is not paid in full."""
    late = due[holds(due["due"] > due["rebate_paid"]) & (due["payable_date"] < pd.Timestamp(as_of))]
    earliest = late.groupby("policy_id")["payable_date"].min()
    days: pd.Series = (pd.Timestamp(as_of) - earliest).dt.days.astype("Int64")
    return days


def _counts(rows: pd.DataFrame, policies: pd.Index) -> pd.Series:
    return rows.groupby("policy_id").size().reindex(policies, fill_value=0).astype("Int64")


def _sums(rows: pd.DataFrame, name: str, policies: pd.Index) -> pd.Series:
    sums = rows.groupby("policy_id")[name].sum().reindex(policies)
    return sums.mask(sums.isna(), 0)


def _reasons(rows: pd.DataFrame, finals: pd.Series, terms: Sequence[Terms]) -> pd.Series:
    """The reason codes of each policy, separated by ", "; "" where there are none."""
    untimed = pd.Series([each.payout_days is None for each in terms], rows.index)
    signs = {
        "NO_PAYOUT_TERM": untimed,
        "NOTHING_DUE": ~untimed & holds(rows["n_due"] == 0),
        "BUDGET_EXCEEDED": holds(finals > rows["budget"]),
        "NO_BUDGET": rows["budget"].isna(),
    }
    return codes_of(pd.DataFrame(signs))
