"""How far an account is from its next tier, what it gains there, and what a scale pays at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.tiers import Scale, tier_numbers
from kam_excel.domain.money import share_float

Rebate = Callable[[pd.Series], pd.Series]
COLUMNS = ("tier", "next_tier", "next_tier_lower", "tier_gap", "tier_gain", "cliff_ratio")
STEPS, BEYOND = 48, Decimal("1.2")  # of a simulation, and how far beyond the last tier it goes


def next_tiers(volumes: pd.Series, scale: Scale, rebate: Rebate) -> pd.DataFrame:
    """The next tier of each account; index of `volumes` (exact), empty cells on the last tier.

    tier, next_tier: Int64, 0 below the first. next_tier_lower, tier_gap, tier_gain (exact): where
    it begins, how much is missing, R there less R now. cliff_ratio (float64): gain / gap; from 1
    on, whoever buys the gap gets it for nothing.
    """
    tier = tier_numbers(volumes, scale).astype("Int64")
    lowers = [each.lower for each in scale.tiers]
    known = volumes.notna()
    following: list[Decimal | None] = [
        lowers[number] if there and number < len(lowers) else None
        for number, there in zip(tier, known, strict=True)
    ]
    lower = pd.Series(exact(following).array, index=volumes.index)
    gap = lower - volumes
    gain = rebate(lower) - rebate(volumes)
    return pd.DataFrame(
        {
            "tier": tier.where(known),
            "next_tier": (tier + 1).where(lower.notna()),
            "next_tier_lower": lower,
            "tier_gap": gap,
            "tier_gain": gain,
            "cliff_ratio": share_float(gain, gap),
        }
    )


def simulated_volumes(scale: Scale, places: int = 2) -> list[Decimal]:
    """The volumes that show a scale as a curve: from 0 to 1.2 times the last bound, with each bound
    and what lies one unit of the last place below it.
    """
    last = max(scale.tiers[-1].lower, Decimal(1))
    unit = Decimal(1).scaleb(-places)
    grid = {(last * BEYOND * step / STEPS).quantize(unit) for step in range(STEPS + 1)}
    bounds = {tier.lower for tier in scale.tiers}
    return sorted(each for each in grid | bounds | {b - unit for b in bounds} if each >= 0)


def simulate(scale: Scale, rebate: Rebate, volumes: Sequence[Decimal]) -> pd.DataFrame:
    """What a scale pays at `volumes`: sim_basis, sim_rebate (exact), tier, effective_rate (float64,
    missing at 0) and marginal_rate (float64): of what was added since the volume before.
    """
    basis = exact(volumes)
    paid = rebate(basis)
    return pd.DataFrame(
        {
            "sim_basis": basis,
            "tier": tier_numbers(basis, scale),
            "sim_rebate": paid,
            "effective_rate": share_float(paid, basis),
            "marginal_rate": share_float(paid - paid.shift(), basis - basis.shift()),
        }
    )
