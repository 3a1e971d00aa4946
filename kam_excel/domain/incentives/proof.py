"""Rebates computed once more, in another way: one value at a time, in fractions.

What `tiers` and `rebates` give by column is only believed where this gives the same. It shares no
code with them: tiers are looked up by bisection, stepped rebates are the rate of the tier on the
whole volume less what the tiers below are cheaper by, growth is a quotient.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import MAX_PREC, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import Scale
from kam_excel.errors import PluginError, problem

_UNBOUNDED = Context(prec=MAX_PREC)


@dataclass(frozen=True, slots=True)
class _Ladder:
    """A scale in fractions. `savings` are what a stepped rebate is less than the rate of the tier
    on the whole volume, `sums` the fixed amounts up to the tier.
    """

    lowers: Sequence[Fraction]
    rates: Sequence[Fraction]
    amounts: Sequence[Fraction]
    savings: Sequence[Fraction]
    sums: Sequence[Fraction]
    find: Callable[[Sequence[Fraction], Fraction], int]

    def place(self, volume: Fraction) -> int:
        """The place of the tier that is reached; -1 below the first."""
        return self.find(self.lowers, volume) - 1


@lru_cache(maxsize=256)
def _ladder(scale: Scale) -> _Ladder:
    columns = ((tier.lower, tier.rate, tier.amount) for tier in scale.tiers)
    lowers, rates, amounts = (
        [Fraction(each) for each in column] for column in zip(*columns, strict=True)
    )
    more = [rate - below for rate, below in zip(rates, [Fraction(0), *rates], strict=False)]
    savings = accumulate(step * lower for step, lower in zip(more, lowers, strict=True))
    find = bisect_left if scale.exclusive else bisect_right
    return _Ladder(lowers, rates, amounts, list(savings), list(accumulate(amounts)), find)


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
        return _by_age(terms.scale, case.ages)
    if terms.method == "growth" or terms.basis == "growth":
        return _by_growth(terms, Fraction(case.basis), prior)
    if terms.method == "target" and case.target is not None:
        return _at_target(terms.scale, case.basis, case.target)
    return (stepped if terms.method == "stepped" else retrospective)(case.basis, terms.scale)


def paid(terms: Terms, case: Case, unit: Decimal, due: Fraction) -> Decimal | None:
    """What the account is paid of what it has earned (`due`), if no other policy goes before; None
    where it is not known.
    """
    if case.factor is None:
        return None
    due *= _share(case.factor, case.penalty)
    caps = [due]
    if terms.caps.amount is not None:
        caps.append(Fraction(terms.caps.amount))
    if terms.caps.share is not None:
        caps.append(Fraction(terms.caps.share) * Fraction(case.basis))
    return rounded(min(caps) / Fraction(unit), 0) * unit


@lru_cache(maxsize=4096)
def _share(factor: Decimal, penalty: Decimal) -> Fraction:
    return Fraction(factor) * (1 - Fraction(penalty))


def _by_growth(terms: Terms, basis: Fraction, prior: Fraction | None) -> Fraction:
    if prior is None:
        return Fraction(0)
    more = max(basis - prior, Fraction(0))
    if terms.method != "growth":
        return (stepped if terms.method == "stepped" else retrospective)(more, terms.scale)
    ladder = _ladder(terms.scale)
    place = len(ladder.lowers) - 1 if prior == 0 else ladder.place(basis / prior - 1)
    if place < 0:
        return Fraction(0)
    base = more if terms.basis == "growth" else basis
    return base * ladder.rates[place] + ladder.amounts[place]


def _by_age(scale: Scale, ages: Sequence[tuple[int, Decimal]]) -> Fraction:
    ladder, sums = _ladder(scale), [Decimal(0)] * (len(scale.tiers) + 1)
    for days, amount in ages:
        place = ladder.place(Fraction(days))
        sums[place] = _UNBOUNDED.add(sums[place], amount)
    parts = zip(sums, ladder.rates, strict=False)  # the last sum is of those below every tier
    return sum((Fraction(each) * rate for each, rate in parts), Fraction(0))


def _at_target(scale: Scale, basis: Decimal, target: Decimal) -> Fraction:
    if basis < target or (scale.exclusive and basis == target):
        return Fraction(0)
    ladder = _ladder(scale)
    return Fraction(basis) * ladder.rates[0] + ladder.amounts[0]


def retrospective(
    volume: Decimal | Fraction, scale: Scale, paid_on: Decimal | None = None
) -> Fraction:
    """As `tiers.retrospective`, for one volume."""
    ladder, whole = _ladder(scale), Fraction(volume)
    place = ladder.place(whole)
    if place < 0:
        return Fraction(0)
    base = whole if paid_on is None else Fraction(paid_on)
    return base * ladder.rates[place] + ladder.amounts[place]


def stepped(volume: Decimal | Fraction, scale: Scale) -> Fraction:
    """As `tiers.stepped`, for one volume."""
    ladder, whole = _ladder(scale), Fraction(volume)
    place = ladder.place(whole)
    if place < 0:
        return Fraction(0)
    return whole * ladder.rates[place] - ladder.savings[place] + ladder.sums[place]


def failed(policy_id: str, customer_id: str, first: object, second: object) -> PluginError:
    """The error of two computations of a policy and account that differ (REBATE_PROOF_FAILED)."""
    return PluginError(
        problem(
            "REBATE_PROOF_FAILED",
            policy=policy_id,
            customer=customer_id,
            first=str(first),
            second=str(second),
        )
    )


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Half up, away from zero, without any decimal context."""
    scaled = abs(value) * 10**places
    cents = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(cents if value >= 0 else -cents).scaleb(-places)
