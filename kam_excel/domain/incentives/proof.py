"""Rebates computed once more, in another way: one value at a time, in fractions.

What `tiers` and `rebates` give by column is only believed where this gives the same. It shares no
code with them: retrospective rebates look their tier up by bisection, stepped ones add what each
tier pays more than the one below on all that lies above its bound, growth is a quotient.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import Scale, Tier


@dataclass(frozen=True, slots=True)
class Case:
    """What one account brings to one policy; None is not known, and for `prior` no base.

    ages: (days, amount) of its receipts
    """

    basis: Decimal
    prior: Decimal | None = None
    target: Decimal | None = None
    factor: Decimal | None = Decimal(1)
    penalty: Decimal = Decimal(0)
    ages: Sequence[tuple[int, Decimal]] = ()


def earned(terms: Terms, case: Case, *, zero_base: bool = False) -> Fraction:
    """What the account earns before factors."""
    prior = Fraction(case.prior) if case.prior is not None and case.prior > 0 else None
    if prior is None and zero_base:
        prior = Fraction(0)
    if case.basis <= 0 or (terms.threshold is not None and case.basis < terms.threshold):
        return Fraction(0)
    if terms.method == "payment age":
        return sum((_of_age(terms.scale, *each) for each in case.ages), Fraction(0))
    if terms.method == "growth" or terms.basis == "growth":
        return _by_growth(terms, Fraction(case.basis), prior)
    if terms.method == "target" and case.target is not None:
        goal = Scale((_begins_at(terms.scale.tiers[0], case.target),), terms.scale.exclusive)
        return retrospective(case.basis, goal)
    return (stepped if terms.method == "stepped" else retrospective)(case.basis, terms.scale)


def paid(terms: Terms, case: Case, unit: Decimal, *, zero_base: bool = False) -> Decimal | None:
    """What the account is paid, if no other policy goes before; None where it is not known."""
    if case.factor is None:
        return None
    due = earned(terms, case, zero_base=zero_base)
    due *= Fraction(case.factor) * (1 - Fraction(case.penalty))
    caps = [due]
    if terms.caps.amount is not None:
        caps.append(Fraction(terms.caps.amount))
    if terms.caps.share is not None:
        caps.append(Fraction(terms.caps.share) * Fraction(case.basis))
    return rounded(min(caps) / Fraction(unit), 0) * unit


def _by_growth(terms: Terms, basis: Fraction, prior: Fraction | None) -> Fraction:
    if prior is None:
        return Fraction(0)
    more = max(basis - prior, Fraction(0))
    if terms.method != "growth":
        return (stepped if terms.method == "stepped" else retrospective)(more, terms.scale)
    lowers = [Fraction(tier.lower) for tier in terms.scale.tiers]
    place = len(lowers) if prior == 0 else _bisect(terms.scale)(lowers, basis / prior - 1)
    if place == 0:
        return Fraction(0)
    tier = terms.scale.tiers[place - 1]
    return (more if terms.basis == "growth" else basis) * Fraction(tier.rate) + Fraction(
        tier.amount
    )


def _of_age(scale: Scale, days: int, amount: Decimal) -> Fraction:
    tier = _tier(days, scale)
    return Fraction(amount) * Fraction(scale.tiers[tier].rate) if tier >= 0 else Fraction(0)


def _begins_at(tier: Tier, lower: Decimal) -> Tier:
    return Tier(lower, tier.rate, tier.amount)


def retrospective(
    volume: Decimal | Fraction, scale: Scale, paid_on: Decimal | None = None
) -> Fraction:
    """As `tiers.retrospective`, for one volume."""
    tier = _tier(volume, scale)
    if tier < 0:
        return Fraction(0)
    base = Fraction(volume if paid_on is None else paid_on)
    return base * Fraction(scale.tiers[tier].rate) + Fraction(scale.tiers[tier].amount)


def stepped(volume: Decimal | Fraction, scale: Scale) -> Fraction:
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


def _tier(volume: Decimal | Fraction | int, scale: Scale) -> int:
    """The place of the tier that is reached; -1 below the first."""
    return _bisect(scale)([Fraction(tier.lower) for tier in scale.tiers], Fraction(volume)) - 1


def _bisect(scale: Scale) -> Callable[[Sequence[Fraction], Fraction], int]:
    return bisect_left if scale.exclusive else bisect_right
