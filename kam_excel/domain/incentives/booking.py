"""What is to be booked of accruals: the difference to what the ledger has."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.incentives.ledger import ACCOUNT


def to_book(owed: pd.DataFrame, rebates: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """What is accrued of what is not settled, and what is left to book of what is.

    owed: as `accrual.accruals` gives it; rebates: as of `settled.with_settlement`; standing: as
    of `ledger.balances`. The result has the columns of `owed` with already_accrued, accrual_delta
    (exact) and reason_code. What was confirmed before the end of a period is booked already, and
    is not accrued again. Of a settled rebate only its correction is to be accrued, whole, below 0
    where less is earned than was confirmed; other accruals that it still has are released. Once
    that is booked, the balance of a settled account is what is payable.
    """
    whole = pd.concat([_running(owed, rebates, standing), _settled(rebates, standing)])
    delta: Any = whole["accrual"] - whole["already_accrued"]
    return whole.reset_index(drop=True).assign(accrual_delta=delta.array)


def _running(owed: pd.DataFrame, rebates: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    rows = rebates.loc[rebates["settlement_status"] == "open", ACCOUNT].merge(owed, "left", ACCOUNT)
    beaten = ~rows["is_held"].astype("boolean").fillna(True)
    return rows.assign(
        accrual=rows["accrual"].mask(rows["accrual"].isna(), 0),
        already_accrued=_booked(rows, standing, ["accrued", "confirmed"]),
        reason_code=beaten.map({True: "OTHER_POLICY_HOLDS", False: ""}).astype("str"),
    )


def _settled(rebates: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """The settled accounts that have a correction, or accruals that are left."""
    status = rebates["settlement_status"]
    differences = rebates[status == "correction"].set_index(ACCOUNT)["rebate_final"]
    rows = rebates.loc[status == "settled", ACCOUNT]
    difference = differences.reindex(pd.MultiIndex.from_frame(rows)).set_axis(rows.index)
    rows = rows.assign(
        accrual=difference.mask(difference.isna(), 0),
        already_accrued=_booked(rows, standing, ["accrued"]),
        reason_code=difference.notna().map({True: "CORRECTION_ACCRUED", False: "SETTLED_RELEASED"}),
    )
    return rows[holds(rows["accrual"] != 0) | holds(rows["already_accrued"] != 0)]


def _booked(rows: pd.DataFrame, standing: pd.DataFrame, kinds: list[str]) -> Any:
    """What has been booked of each policy and account of the rows: the sum of `kinds`."""
    sums = reduce(add, (standing[kind] for kind in kinds))
    booked = sums.reindex(pd.MultiIndex.from_frame(rows[ACCOUNT]))
    return booked.mask(booked.isna(), 0).array
