"""Rebates by tiers: what a volume earns under a scale of lower bounds.

A tier ends where the next one begins; upper bounds are never typed, so that there are no gaps like
100.00 to 100.01. Every result is exact and not rounded: where to round is the policy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pandas as pd

from kam_excel.domain.exact import exact

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tier:
    """What holds from `lower` on: a rate, a fixed amount, or both."""

    lower: Decimal
    rate: Decimal = ZERO
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Scale:
    """Tiers by ascending lower bound; a bound belongs to its own tier unless `exclusive`.

    Raises ValueError where there is no tier, or two begin at the same bound.
    """

    tiers: tuple[Tier, ...]
    exclusive: bool = False

    def __post_init__(self) -> None:
        if not self.tiers:
            raise ValueError("a scale needs at least one tier")
        if any(above.lower <= below.lower for below, above in pairwise(self.tiers)):
            raise ValueError("lower bounds of tiers have to ascend")

    def reached(self, volumes: pd.Series, tier: Tier) -> pd.Series:
        """Which volumes are in `tier` or above: bool; a missing volume is in none."""
        is_there = volumes > tier.lower if self.exclusive else volumes >= tier.lower
        return is_there.fillna(False).astype(bool)


def scale_of(
    lowers: Sequence[Decimal],
    rates: Sequence[Decimal] | None = None,
    amounts: Sequence[Decimal] | None = None,
    exclusive: bool = False,
) -> Scale:
    """A scale of columns, in any order."""
    rates, amounts = (each or [ZERO] * len(lowers) for each in (rates, amounts))
    rows = sorted(zip(lowers, rates, amounts, strict=True))
    return Scale(tuple(Tier(*row) for row in rows), exclusive)


def bounds_of(volumes: pd.Series, scale: Scale) -> list[pd.Series]:
    """Where each tier begins, for each of `volumes` alike."""
    return [volumes * 0 + tier.lower for tier in scale.tiers]


def numbers_at(volumes: pd.Series, bounds: Sequence[pd.Series], scale: Scale) -> pd.Series:
    """The tier that each volume reaches where each has bounds of its own; 0 where one is missing.

    bounds: for each tier of `scale` where it begins (exact, index of `volumes`).
    """
    numbers = pd.Series(0, volumes.index, dtype="int64")
    for bound in bounds:
        is_there = volumes > bound if scale.exclusive else volumes >= bound
        numbers += is_there.fillna(False).astype(bool)
    return numbers


def retrospective(
    volumes: pd.Series,
    scale: Scale,
    paid_on: pd.Series | None = None,
    bounds: Sequence[pd.Series] | None = None,
) -> pd.Series:
    """全额: the rate of the tier that is reached, on the whole volume; or its fixed amount.

    volumes and the result: exact. `paid_on` is what the rate is applied to, where that is not
    what the tiers are measured by; `bounds` as of `numbers_at`, where each volume has its own.
    Jumps at each bound.
    """
    base = volumes if paid_on is None else paid_on
    numbers = numbers_at(volumes, bounds or bounds_of(volumes, scale), scale)
    earned = base * 0
    for number, tier in enumerate(scale.tiers, start=1):
        earned = earned + _pays(tier, base) * _as_factor(numbers == number)
    return earned


def stepped(volumes: pd.Series, scale: Scale) -> pd.Series:
    """超额分段: each rate on the part of the volume between its bound and the next one.

    R = Σ rate_k · max(0, min(V, lower_{k+1}) − lower_k); a fixed amount is added once its tier is
    reached. Without fixed amounts the result is continuous: no cent of volume earns a jump.
    """
    above = [_excess(volumes, tier.lower) for tier in scale.tiers]
    earned = volumes * 0
    for number, tier in enumerate(scale.tiers):
        within = above[number] - above[number + 1] if tier is not scale.tiers[-1] else above[number]
        fixed = _as_factor(scale.reached(volumes, tier)) * tier.amount
        earned = earned + within * tier.rate + fixed
    return earned


def sections(volume: Decimal, scale: Scale) -> list[tuple[Tier, Decimal, Decimal]]:
    """How `stepped` comes about: for each tier with volume in it, that volume and what it earns."""
    found = []
    ends: list[Decimal | None] = [*(tier.lower for tier in scale.tiers[1:]), None]
    for tier, end in zip(scale.tiers, ends, strict=True):
        top = volume if end is None else min(volume, end)
        if top > tier.lower:
            found.append((tier, top - tier.lower, (top - tier.lower) * tier.rate + tier.amount))
    return found


def _pays(tier: Tier, base: Any) -> Any:
    return base * tier.rate + tier.amount


def _excess(volumes: Any, lower: Decimal) -> Any:
    """What of each volume lies above `lower`."""
    return (volumes - lower) * _as_factor(volumes > lower)


def _as_factor(chosen: pd.Series) -> Any:
    """1 where chosen, else 0; where nothing is known, 0."""
    return exact(chosen.fillna(False).astype(bool).astype("int64"))
