"""What is payable and what is to be booked, added up once more: entry by entry, in fractions.

It shares no code with `ledger`, `settled` and `booking`, and does not split what is reversed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from kam_excel.domain.incentives.proof import failed

Account = tuple[str, str]
Sums = dict[Account, Fraction]


def verify_ledger(
    calculated: pd.DataFrame,
    entries: pd.DataFrame,
    rebates: pd.DataFrame,
    accruals: pd.DataFrame,
) -> None:
    """Add up every account again. Raises PluginError (REBATE_PROOF_FAILED) where a sum differs.

    calculated: as `checking.verified` gives it; entries: as of `ledger.posted`; rebates: as of
    `settled.with_settlement`; accruals: as of `booking.to_book`.

    Whatever was settled, what is final of an account is what is recomputed, and what is payable
    that less what was paid. Once the accruals are booked, the ledger owes what is accrued, of what
    is settled what is recomputed, less what was paid. An account whose rebate is not known yet is
    passed over.
    """
    recomputed = _summed(calculated, "rebate_final")
    unknown = set(_accounts(calculated[calculated["rebate_final"].isna()]))
    final, payable = _summed(rebates, "rebate_final"), _summed(rebates, "rebate_payable")
    paid, owed = _paid(entries), _summed(entries, "effect")
    accrued, booked = _summed(accruals, "accrual"), _summed(accruals, "accrual_delta")
    settled = set(_accounts(rebates[rebates["settlement_status"] == "settled"]))
    for account in sorted(set(_accounts(rebates)) - unknown):
        whole = recomputed[account]
        _same(account, final[account], whole)
        _same(account, payable[account], whole - paid[account])
        due = whole if account in settled else accrued[account]
        _same(account, owed[account] + booked[account], due - paid[account])


def _paid(entries: pd.DataFrame) -> Sums:
    """Σ of payments and offsets by account, less what was taken back of them."""
    sums: Sums = defaultdict(Fraction)
    rows = zip(_accounts(entries), entries["entry_type"], entries["effect"], strict=True)
    for account, kind, effect in rows:
        if kind in ("payment", "offset") or (kind == "reversal" and effect > 0):
            sums[account] -= Fraction(effect)
    return sums


def _summed(rows: pd.DataFrame, name: str) -> Sums:
    """Σ of a column by account, 0 for one that has no rows."""
    sums: Sums = defaultdict(Fraction)
    for account, amount in zip(_accounts(rows), rows[name], strict=True):
        sums[account] += Fraction(0) if amount is pd.NA else Fraction(amount)
    return sums


def _accounts(rows: pd.DataFrame) -> Iterator[Account]:
    return zip(rows["policy_id"], rows["customer_id"], strict=True)


def _same(account: Account, first: Fraction, second: Fraction) -> None:
    if first != second:
        raise failed(*account, float(first), float(second))
