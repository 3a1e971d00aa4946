"""What is to be booked of accruals: the difference to what the ledger has."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.incentives.ledger import ACCOUNT


def to_book(owed: pd.DataFrame, rebates: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """What is accrued of what is not settled, and released of what is.

    owed: as `accrual.accruals` gives it; rebates: as of `settled.with_settlement`; standing: as
    of `ledger.balances`. The result has the columns of `owed` with already_accrued, accrual_delta
    (exact) and reason_code. What was confirmed before the end of a period is booked already, and
    is not accrued again; a settled rebate that still has accruals gives them back.
    """
    status = rebates["settlement_status"]
    running = rebates.loc[status == "open", ACCOUNT].merge(owed, "left", ACCOUNT)
    booked = _booked(running, standing, ["accrued", "confirmed"])
    running = running.assign(already_accrued=booked, reason_code="")
    running["accrual"] = running["accrual"].mask(running["accrual"].isna(), 0)
    done = rebates.loc[status == "settled", ACCOUNT]
    left = _booked(done, standing, ["accrued"])
    done = done.assign(already_accrued=left, reason_code="SETTLED_RELEASED")
    done = done[holds(done["already_accrued"] != 0)]
    nothing: Any = done["already_accrued"] * 0
    whole = pd.concat([running, done.assign(accrual=nothing)], ignore_index=True)
    delta: Any = whole["accrual"] - whole["already_accrued"]
    return whole.assign(accrual_delta=delta)


def _booked(rows: pd.DataFrame, standing: pd.DataFrame, kinds: list[str]) -> Any:
    """What has been booked of each policy and account of the rows: the sum of `kinds`."""
    sums = reduce(add, (standing[kind] for kind in kinds))
    booked = sums.reindex(pd.MultiIndex.from_frame(rows[ACCOUNT]))
    return booked.mask(booked.isna(), 0).array
