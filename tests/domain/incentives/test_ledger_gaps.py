"""Accounts with entries that could not count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.ledger_gaps import accounts_with_gaps

AS_OF = date(2026, 6, 30)
NAMES = ["date", "policy_id", "customer_id", "entry_type", "amount", "voucher_no"]


def gaps(*rows: str, counting: int = 0) -> list[tuple[str, str]]:
    """Rows like "06-01 P A payment 5 V1", the first `counting` of which count; "-" is missing."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    frame = pd.DataFrame(cells, columns=NAMES, dtype=object)
    dates = pd.to_datetime("2026-" + frame["date"].astype("str"), errors="coerce")
    amounts = exact([None if each is None else Decimal(each) for each in frame["amount"]])
    frame = frame.assign(date=dates, amount=amounts.array)
    return list(accounts_with_gaps(frame, frame[:counting], AS_OF))


def test_what_was_left_out_is_a_gap_of_its_account():
    assert gaps("06-01 P A payment 5 V1", "06-01 P B payment - V2", counting=1) == [("P", "B")]
    assert gaps("- P A payment 5 V1") == [("P", "A")]


def test_what_is_later_repeated_or_of_nobody_is_none():
    assert gaps("07-01 P A payment 5 V1") == []
    assert gaps("06-01 P A payment 5 V1", "06-09 P A payment 5 V1", counting=1) == []
    assert gaps("06-01 P A payment 5 -", "06-09 P A payment 5 -", counting=1) == [("P", "A")]
    assert gaps("06-01 P - payment 5 V1", "06-01 - A payment 5 V1") == []
