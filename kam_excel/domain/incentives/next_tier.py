"""How far accounts are from their next tier, what they gain there, and what that is a sign of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.rebates import Deal, offered
from kam_excel.domain.incentives.settlement import CENT
from kam_excel.domain.money import share_float

NEAR, CLIFF, PUSH, NONE = "near tier", "cliff", "end-of-period push", "none"


@dataclass(frozen=True, slots=True)
class AlertRules:
    """From where on a company is told.

    cliff_ratio: gain / gap; from 1 on, whoever buys the gap gets it for nothing
    near: gap as a part of the next bound
    last_days: of a period, in which sales that lift an account into a tier are looked at
    """

    cliff_ratio: Decimal = Decimal(1)
    near: Fraction = Fraction(1, 10)
    last_days: int = 10


def next_tiers(deal: Deal, rounding: Decimal = CENT) -> pd.DataFrame:
    """The next tier of each account of a policy, index customer_id; empty on the last tier.

    tier, next_tier: Int64, 0 below the first. Where a basis is below the threshold of the policy,
    the next tier is that which it reaches at the threshold, the same perhaps. next_tier_lower,
    tier_gap, tier_gain (exact): the basis from which it is paid, how much of it is missing, and
    what is paid there (after factors and caps, as if no other policy went before) less what is
    paid now. cliff_ratio (float64): gain / gap, of money. A payment factor that is not known
    counts as 1. Policies by the age of receipts have no next tier.
    """
    basis: Any = deal.accounts["basis_value"]
    factor = deal.accounts["factor"]
    sure = deal.at(basis)
    sure.accounts["factor"] = factor.mask(factor.isna(), 1)
    number = sure.numbers()
    gap = _gap(sure, number)
    lower = basis + gap
    there = sure.at(lower)
    now, then = (offered(each, rounding)["rebate_final"] for each in (sure, there))
    gain = (then - now).mask(gap.isna())
    ratio = share_float(gain, gap) if deal.terms.is_money else np.nan
    return pd.DataFrame(
        {
            "basis_value": basis,
            "tier": number.astype("Int64"),
            "next_tier": there.numbers().astype("Int64").where(lower.notna()),
            "next_tier_lower": lower,
            "tier_gap": gap,
            "tier_gain": gain,
            "cliff_ratio": pd.Series(ratio, basis.index, dtype="float64"),
        }
    )


def _gap(deal: Deal, number: pd.Series) -> Any:
    """How much is missing to the tier after `number`, or to where the policy begins to pay."""
    gap = _following(deal, number) - deal.measured
    below = deal.below_threshold
    if deal.terms.threshold is None or not deal.bounds:
        return gap
    to_first: Any = _following(deal, number * 0) - deal.measured
    basis: Any = deal.accounts["basis_value"]
    to_threshold = deal.terms.threshold - basis
    larger = to_first.mask(holds(to_threshold > to_first), to_threshold)
    return gap.mask(below, larger)


def _following(deal: Deal, number: pd.Series) -> Any:
    """Where the tier after `number` is reached, in the unit of what is measured."""
    bounds: list[Any] = deal.bounds
    found: Any = (deal.measured * 0).mask(number >= len(bounds))
    beyond = CENT if deal.terms.scale.exclusive else 0
    for place, bound in enumerate(bounds):
        is_next = number == place
        found = (found + (bound + beyond) * _chosen(is_next)).mask(is_next & bound.isna())
    return found


def _chosen(where: pd.Series) -> Any:
    return exact(where.astype("int64"))


def alerts(
    deal: Deal, tiers: pd.DataFrame, before_push: pd.Series, as_of: date, rules: AlertRules
) -> pd.Series:
    """What each account's place among the tiers is a sign of (str, index customer_id).

    tiers: as `next_tiers` gives them. before_push: the basis without the sales of the last days
    of the period (exact, by customer_id). Stock pushed at period end is looked for in these days
    and after them: the tier was reached by what was sold in them. The two others look ahead,
    while the period runs: a cliff, or a tier that is near. The first that holds is told.
    """
    window = deal.terms.window
    found = pd.Series(NONE, tiers.index, dtype="str")
    if as_of < window.end:
        bound: Any = tiers["next_tier_lower"]
        gap: Any = tiers["tier_gap"]
        is_near = holds(gap * rules.near.denominator <= bound * rules.near.numerator)
        found = found.mask(is_near, NEAR)
        found = found.mask(tiers["cliff_ratio"] >= float(rules.cliff_ratio), CLIFF)
    if as_of > window.end - timedelta(days=rules.last_days):
        earlier = deal.at(before_push.reindex(tiers.index))
        is_lifted = earlier.numbers() < tiers["tier"]
        is_paid_by_it = earlier.below_threshold & (tiers["tier"] > 0)
        found = found.mask(~deal.below_threshold & (is_lifted | is_paid_by_it), PUSH)
    return found
