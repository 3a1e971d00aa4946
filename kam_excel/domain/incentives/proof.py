"""Rebates computed once more, in another way: one value at a time, in fractions.

What `tiers` gives by column is only believed where this gives the same. It shares no code with it:
retrospective rebates look their tier up by bisection, stepped ones add what each tier pays more
than the one below on all that lies above its bound.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction

from kam_excel.domain.incentives.tiers import Scale


def retrospective(volume: Decimal, scale: Scale, paid_on: Decimal | None = None) -> Fraction:
    """As `tiers.retrospective`, for one volume."""
    tier = _tier(volume, scale)
    if tier < 0:
        return Fraction(0)
    base = Fraction(volume if paid_on is None else paid_on)
    return base * Fraction(scale.tiers[tier].rate) + Fraction(scale.tiers[tier].amount)


def stepped(volume: Decimal, scale: Scale) -> Fraction:
    """As `tiers.stepped`, for one volume."""
    earned, below = Fraction(0), Fraction(0)
    for tier in scale.tiers:
        above = max(Fraction(volume) - Fraction(tier.lower), Fraction(0))
        earned += (Fraction(tier.rate) - below) * above
        below = Fraction(tier.rate)
    reached = scale.tiers[: _tier(volume, scale) + 1]
    return earned + sum((Fraction(tier.amount) for tier in reached), Fraction(0))


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, away from zero, without any decimal context."""
    scaled = abs(value) * 10**places
    cents = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(cents if value >= 0 else -cents).scaleb(-places)


def _tier(volume: Decimal, scale: Scale) -> int:
    """The place of the tier that is reached; -1 below the first."""
    bisect = bisect_left if scale.exclusive else bisect_right
    return bisect([tier.lower for tier in scale.tiers], volume) - 1
