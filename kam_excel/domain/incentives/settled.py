"""What is settled stays: the final rebate of a closed period, and the difference that came later.

A rebate is settled once its window is over and it was confirmed on the window's last day or after.
From then on what was confirmed holds; where a return or a corrected sale makes the recomputation
differ, the difference is a row of its own, a correction in the open period.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from kam_excel.domain.columns import coalesce, holds, text_column
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.signs import joined, with_code

ReturnsAfterSettlement = Literal["carry", "clawback_now"]

FIGURES = (
    "basis_value",
    "prior_basis_value",
    "growth_rate",
    "tier",
    "tier_detail",
    "rebate_earned",
    "factor",
    "violation_factor",
    "cap_reduction",
)
"""Columns that say how a recomputed rebate comes about."""

REASONS = {
    "SETTLED_KEPT": ("已结算，实返为已确认的金额，不再变动", "Settled: what was confirmed holds"),
    "CORRECTION_CARRIED": (
        "结算后重算的差异，结转并在下次兑付时抵扣",
        "What is recomputed differs from what was settled; set off against what is paid next",
    ),
    "CORRECTION_DUE": (
        "结算后重算的差异，应立即收回或补付",
        "What is recomputed differs from what was settled; due at once",
    ),
    "OVERPAID_CARRIED": (
        "已付多于实返，差额结转",
        "More was paid than is due; the difference is carried",
    ),
    "ONLY_IN_LEDGER": (
        "台账中有该客户，但按政策没有返利",
        "The ledger has this account, but the policy earns it no rebate",
    ),
}


def with_terms(rows: pd.DataFrame, terms: Sequence[Terms]) -> pd.DataFrame:
    """`rows` with policy_name, valid_from, valid_to (datetime64), payout_days (Int64) and currency
    of their policies; raises KeyError for a policy_id that is not in `terms`.
    """
    by_id = {each.policy_id: each for each in terms}
    of_row = [by_id[policy] for policy in rows["policy_id"]]
    return rows.assign(
        policy_name=pd.array([each.policy_name for each in of_row], dtype="str"),
        valid_from=pd.to_datetime([each.window.start for each in of_row]),
        valid_to=pd.to_datetime([each.window.end for each in of_row]),
        payout_days=pd.array([each.payout_days for each in of_row], dtype="Int64"),
        currency=pd.array([each.currency for each in of_row], dtype="str"),
    )


def with_ledger_accounts(calculated: pd.DataFrame, balances: pd.DataFrame) -> pd.DataFrame:
    """`calculated` with a row of rebate_final 0 for each account that only the ledger has.

    calculated: policy_id, customer_id, rebate_final (exact) and others, missing in the rows that
    are added. balances: as of `ledger.balances`.
    """
    known = pd.MultiIndex.from_frame(calculated[ACCOUNT])
    missing = balances.index[~balances.index.isin(known)]
    if missing.empty:
        return calculated
    rows = missing.to_frame(index=False).assign(
        rebate_final=exact([Decimal(0)] * len(missing)), reason_code="ONLY_IN_LEDGER"
    )
    return pd.concat([_nullable(calculated), rows], ignore_index=True)


def with_settlement(
    calculated: pd.DataFrame,
    balances: pd.DataFrame,
    as_of: date,
    mode: ReturnsAfterSettlement = "carry",
) -> pd.DataFrame:
    """What is final, paid and payable: a row for each of `calculated`, and the corrections.

    calculated: one row a policy_id and customer_id; rebate_final (exact, recomputed), optional
        reason_code, valid_to and payout_days as of `with_terms`; other columns are kept
    balances: as of `ledger.balances`; accounts that `calculated` lacks are passed over

    Adds settlement_status, rebate_paid, rebate_payable (exact), payable_date, overdue_days
    (Int64, only where something is payable and its date has passed) and reason codes, and puts
    what was confirmed in the place of rebate_final where a row is settled. Where that is not what
    is recomputed, a row "correction" follows; it has the difference, and of FIGURES those that
    the recomputation gave, while the settled row has none that no longer explain it. Σ rebate_final
    of an account is what is recomputed, Σ rebate_payable that less what was paid. The index is new.
    """
    rows = _nullable(calculated).reset_index(drop=True)
    booked = balances.reindex(pd.MultiIndex.from_frame(rows[ACCOUNT])).set_axis(rows.index)
    is_settled = booked["last_confirmation"] >= rows["valid_to"]
    difference = rows["rebate_final"] - booked["confirmed"]
    differs = is_settled & holds(difference != 0)
    kept = _kept(rows, booked, is_settled, differs)
    later = _corrections(rows[differs], difference[differs], as_of, mode)
    whole = pd.concat([kept, later]) if len(later) else kept
    whole = whole.sort_index(kind="stable").reset_index(drop=True)
    return whole.assign(overdue_days=_overdue_days(whole, as_of))


def _kept(
    rows: pd.DataFrame, booked: pd.DataFrame, is_settled: pd.Series, differs: pd.Series
) -> pd.DataFrame:
    """The rows as they are settled, or open; where the recomputation `differs`, without FIGURES."""
    paid = booked["settled_amount"].mask(booked["settled_amount"].isna(), 0)
    final = coalesce(booked["confirmed"].where(is_settled), rows["rebate_final"])
    codes = text_column(rows, "reason_code").mask(differs)
    codes = with_code(codes, "SETTLED_KEPT", is_settled)
    kept = rows.assign(
        settlement_status=is_settled.map({True: "settled", False: "open"}).astype("str"),
        rebate_final=final,
        rebate_paid=paid,
        rebate_payable=final - paid,
        payable_date=_days_after(rows["valid_to"], rows["payout_days"]),
        reason_code=with_code(codes, "OVERPAID_CARRIED", holds(final < paid)).fillna(""),
    )
    for name in rows.columns.intersection(list(FIGURES)):
        kept[name] = kept[name].mask(differs)
    return kept


def _corrections(
    rows: pd.DataFrame, difference: pd.Series, as_of: date, mode: ReturnsAfterSettlement
) -> pd.DataFrame:
    """The rows that hold what differs from what is settled; nothing was paid of it by itself."""
    is_due = mode == "clawback_now"
    code = "CORRECTION_DUE" if is_due else "CORRECTION_CARRIED"
    due = pd.Timestamp(as_of) if is_due else pd.NaT
    return rows.assign(
        settlement_status=pd.Series("correction", rows.index, dtype="str"),
        rebate_final=difference,
        rebate_paid=difference * 0,
        rebate_payable=difference,
        payable_date=pd.Series(due, rows.index, dtype="datetime64[us]"),
        reason_code=joined(text_column(rows, "reason_code"), pd.Series(code, rows.index)),
    )


def _days_after(dates: pd.Series, days: pd.Series) -> pd.Series:
    """The dates so many days later, missing where the number is."""
    later = dates + pd.to_timedelta(days.fillna(0).astype("int64"), unit="D")
    return later.mask(days.isna()).astype("datetime64[us]")


def _overdue_days(rows: pd.DataFrame, as_of: date) -> pd.Series:
    days: pd.Series = (pd.Timestamp(as_of) - rows["payable_date"]).dt.days.astype("Int64")
    return days.where(holds(rows["rebate_payable"] > 0) & holds(days > 0))


def _nullable(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with numbers and flags that may be missing."""
    kinds = {"i": "Int64", "b": "boolean"}
    own = {name: kinds[dtype.kind] for name, dtype in rows.dtypes.items() if dtype.kind in kinds}
    return rows.astype(own)
