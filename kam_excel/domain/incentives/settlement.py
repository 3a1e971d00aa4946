"""From what a volume earns to what is paid: factors, penalties, caps, which policies go together.

The order is that of rebate contracts: earned × payment factor × (1 − penalty), then the caps, then
which of several policies holds, then rounding, once for each policy and account.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.money import times

Stacking = Literal["by_priority", "highest", "all"]
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that a policy pays for one account: an amount, a share of the basis, or neither."""

    amount: Decimal | None = None
    share: Decimal | None = None


NO_CAPS = Caps()


def settle(accounts: pd.DataFrame, caps: Caps = NO_CAPS, unit: Decimal = CENT) -> pd.DataFrame:
    """What one policy pays to each account, before other policies are looked at.

    accounts: basis (exact, at least 0), earned (exact, not rounded), factor and penalty (exact
    shares, 0 to 1). The result has the same index: rebate_earned, cap_reduction and rebate_final,
    rounded half up to multiples of `unit`; what earned × factor × (1 − penalty) rounds to, less
    cap_reduction, is rebate_final. Where a factor is not known, all but rebate_earned is missing.
    """
    due: Any = accounts["earned"] * accounts["factor"] * (1 - accounts["penalty"])
    held = due
    if caps.amount is not None:
        held = _at_most(held, accounts["basis"] * 0 + caps.amount)
    if caps.share is not None:
        held = _at_most(held, accounts["basis"] * caps.share)
    final: Any = to_unit(held, unit)
    return pd.DataFrame(
        {
            "rebate_earned": to_unit(accounts["earned"], unit),
            "cap_reduction": to_unit(due, unit) - final,
            "rebate_final": final,
        }
    )


def to_unit(amounts: pd.Series, unit: Decimal) -> pd.Series:
    """Amounts rounded half up to multiples of `unit`: 0.01, 1, or 0.05 where no smaller coin is."""
    multiples: Any = times(amounts, 1 / Fraction(unit), 0)
    rounded: pd.Series = multiples * unit
    return rounded


def holding(
    offers: pd.DataFrame, rivals: Collection[frozenset[str]], rule: Stacking = "by_priority"
) -> pd.Series:
    """Which of several policies holds for an account: bool, index of `offers`.

    offers: customer_id, policy_id, stackable (bool), priority (the lowest number goes first; the
    missing last), amount (exact). rivals: pairs of policies that reward the same sales.

    Those that can be stacked hold beside any other. Of two rivals that cannot one holds: that of
    the first priority, of equal ones the lower policy_id; by the rule "highest" that which pays
    more. One that pays nothing stands in nobody's way. By the rule "all" every one holds.
    """
    holds = pd.Series(True, offers.index)
    if rule == "all":
        return holds
    paid: Any = offers["amount"]
    there = offers[~offers["stackable"] & (paid > 0).fillna(False).astype(bool)]
    ranks = ["amount"] if rule == "highest" else []
    order = there.sort_values(
        [*ranks, "priority", "policy_id"],
        ascending=[*(False for _ in ranks), True, True],
        kind="stable",
        na_position="last",
    )
    against = {policy: _rivals_of(policy, rivals) for policy in order["policy_id"].unique()}
    chosen: dict[str, set[str]] = {}
    beaten = []
    for row, customer, policy in zip(
        order.index, order["customer_id"], order["policy_id"], strict=True
    ):
        before = chosen.setdefault(customer, set())
        if before & against[policy]:
            beaten.append(row)
        else:
            before.add(policy)
    holds[beaten] = False
    return holds


def _rivals_of(policy: str, pairs: Collection[frozenset[str]]) -> set[str]:
    return {other for pair in pairs if policy in pair for other in pair} - {policy}


def payment_factor(days: int | None, factors: Sequence[tuple[int, Decimal]]) -> Decimal:
    """The factor of a payment after `days`: that of the smallest limit that it keeps.

    factors: (most days, factor). What comes later than every limit, or never (None), has 0.
    """
    kept = [factor for limit, factor in sorted(factors) if days is not None and days <= limit]
    return kept[0] if kept else Decimal(0)


def _at_most(amounts: Any, most: Any) -> Any:
    """The smaller of both, whatever their scales."""
    over = exact((amounts > most).fillna(False).astype("int64"))
    return amounts - (amounts - most) * over
