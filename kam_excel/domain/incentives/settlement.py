"""From what a volume earns to what is paid: factors, penalties, caps, which policies go together.

The order is that of rebate contracts: earned × payment factor × (1 − penalty), then the caps, then
which of several policies holds, then rounding, once for each policy and account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.money import round_half_up


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a policy pays for one account: an amount, a share of the basis, or neither."""

    amount: Decimal | None = None
    share: Decimal | None = None


NO_CAPS = Caps()


def settle(accounts: pd.DataFrame, caps: Caps = NO_CAPS, places: int = 2) -> pd.DataFrame:
    """What one policy pays to each account, before other policies are looked at.

    accounts: basis (exact, at least 0), earned (exact, not rounded), factor and penalty (exact
    shares, 0 to 1). The result has the same index: rebate_earned, cap_reduction and rebate_final,
    rounded half up to `places`; what earned × factor × (1 − penalty) rounds to, less
    cap_reduction, is rebate_final to the cent.
    """
    due: Any = accounts["earned"] * accounts["factor"] * (1 - accounts["penalty"])
    held = due
    if caps.amount is not None:
        held = _at_most(held, accounts["basis"] * 0 + caps.amount)
    if caps.share is not None:
        held = _at_most(held, accounts["basis"] * caps.share)
    final: Any = round_half_up(held, places)
    return pd.DataFrame(
        {
            "rebate_earned": round_half_up(accounts["earned"], places),
            "cap_reduction": round_half_up(due, places) - final,
            "rebate_final": final,
        }
    )


def holding(offers: pd.DataFrame) -> pd.Series:
    """Which of several policies holds for an account: bool, index of `offers`.

    offers: customer_id, policy_id, stackable (bool), priority (the lowest number goes first; the
    missing last). Those that can be stacked hold beside any other. Of the others one holds for
    each account: that of the first priority, of equal ones the lower policy_id.
    """
    rivals = offers[~offers["stackable"]]
    order = rivals.sort_values(["priority", "policy_id"], kind="stable", na_position="last")
    chosen = order.drop_duplicates("customer_id").index
    return offers["stackable"] | offers.index.isin(chosen)


def payment_factor(days: int | None, factors: Sequence[tuple[int, Decimal]]) -> Decimal:
    """The factor of a payment after `days`: that of the smallest limit that it keeps.

    factors: (most days, factor). What comes later than every limit, or never (None), has 0.
    """
    kept = [factor for limit, factor in sorted(factors) if days is not None and days <= limit]
    return kept[0] if kept else Decimal(0)


def still_due(final: pd.Series, settled: pd.Series) -> pd.Series:
    """What is left to pay; a negative amount is carried to the next period.

    final: exact, by any index. settled: what was paid and offset, by the same; missing is 0.
    """
    paid = settled.reindex(final.index)
    return final - paid.mask(paid.isna(), 0)


def _at_most(amounts: Any, most: Any) -> Any:
    """The smaller of both, whatever their scales."""
    over = exact((amounts > most).fillna(False).astype("int64"))
    return amounts - (amounts - most) * over
