"""What accounts want of an item where they do not say it, and the bounds that follow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kam_excel.domain.requirements_text import Quantity, Unclear
from kam_excel.domain.requirements_units import DAYS, PER_MONTH, PIECES, SHARE

Wants = Literal["less", "more", ""]
CURRENCY = "currency"  # stands for the base currency in RULES


@dataclass(frozen=True, slots=True)
class Rule:
    """Which way is better, and what a number without unit measures ("": nothing in particular).

    Where a range has `both_ends`, too much is a burden as too little is (goods have to be
    received and stored); else only the end that hurts counts: a delivery time of 7-10 days is
    at most 10.
    """

    wants: Wants
    unit: str = ""
    both_ends: bool = False


RULES = {
    "delivery time": Rule("less", DAYS),
    "delivery batch": Rule("more", PIECES, both_ends=True),
    "number of batches": Rule("more", PER_MONTH, both_ends=True),
    "cycle": Rule("less", DAYS, both_ends=True),
    "price": Rule("less", CURRENCY),
    "training of salespeople": Rule("more"),
    "market research": Rule("more"),
    "other": Rule("", both_ends=True),
}
ITEMS = tuple(RULES)


def usual_unit(item: str, base: str) -> str:
    """The kind of unit that a number of `item` has where it names none; `base` for prices."""
    unit = RULES[item].unit
    return base if unit == CURRENCY else unit


@dataclass(frozen=True, slots=True)
class Bound:
    """Where a requirement is met; an end that is None is open, `is_strict` leaves it out."""

    low: Fraction | None = None
    high: Fraction | None = None
    is_strict: bool = False

    def gap(self, value: Fraction) -> Fraction:
        """How far `value` falls short; 0 on the bound, negative within it."""
        return self._worst(value)[0]

    def is_met(self, value: Fraction) -> bool:
        """Whether `value` fulfils the requirement."""
        gap = self.gap(value)
        return gap < 0 or (gap == 0 and not self.is_strict)

    def relative_gap(self, value: Fraction) -> Fraction | float:
        """The gap as a share of the end that is missed; against 0 any gap is infinite."""
        gap, end = self._worst(value)
        return gap / end if end else math.inf

    def _worst(self, value: Fraction) -> tuple[Fraction, Fraction]:
        """The greatest gap and the end that it is counted from."""
        below = [] if self.low is None else [(self.low - value, self.low)]
        above = [] if self.high is None else [(value - self.high, self.high)]
        return max(below + above)


def bound_of(item: str, quantity: Quantity) -> Bound:
    """The bound that `quantity` sets; raises Unclear (DIRECTION_UNCLEAR).

    < and > leave the number itself out, as they say. A share of goods or days should be high;
    of a price it may be a discount or what is left of the price.
    """
    low, high, comparator = quantity.low, quantity.high, quantity.comparator
    if comparator == "=":
        return Bound(low, high)
    if comparator:
        is_strict = comparator in "<>"
        if comparator.startswith("<"):
            return Bound(high=high, is_strict=is_strict)
        return Bound(low=low, is_strict=is_strict)
    wants = _wants(item, quantity)
    if low != high and (RULES[item].both_ends or not wants):
        return Bound(low, high)
    if not wants:
        raise Unclear("DIRECTION_UNCLEAR")
    return Bound(high=high) if wants == "less" else Bound(low=low)


def _wants(item: str, quantity: Quantity) -> Wants:
    wants = RULES[item].wants
    if quantity.unit is None or quantity.unit.kind != SHARE or not wants:
        return wants
    return "" if item == "price" else "more"
