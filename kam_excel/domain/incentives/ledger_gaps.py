"""Of which accounts the ledger does not tell everything: those with entries that do not count."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.incentives.ledger import ACCOUNT
from kam_excel.domain.periods import ONE_DAY

REASONS = {
    "LEDGER_INCOMPLETE": (
        "台账中有该客户未能计入的分录（见数据问题），已付、已计提和待付可能不准",
        "The ledger has entries of the account that could not count (see the issues): what is paid,"
        " accrued and payable may be wrong",
    ),
}


def accounts_with_gaps(ledger: pd.DataFrame, entries: pd.DataFrame, as_of: date) -> pd.MultiIndex:
    """The policy_id and customer_id of entries up to `as_of`, or undated, that were left out.

    ledger, entries: what `ledger.posted` takes and gives. What repeats an entry that counts under
    the same voucher number is no gap.
    """
    texts = ("voucher_no", *ACCOUNT, "entry_type", "currency")
    said = pd.DataFrame({name: text_column(ledger, name) for name in texts})
    said = said.assign(amount=ledger["amount"].astype("str"))
    counts = said.index.isin(entries.index)
    later = ledger["date"] >= pd.Timestamp(as_of + ONE_DAY)
    booked = pd.MultiIndex.from_frame(said[counts])
    repeated = pd.MultiIndex.from_frame(said).isin(booked) & said["voucher_no"].notna()
    left = said[~counts & ~later & ~repeated]
    return pd.MultiIndex.from_frame(left[ACCOUNT].dropna())
