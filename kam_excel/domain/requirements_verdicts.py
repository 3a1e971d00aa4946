"""Whether one requirement is met, and by how much it is missed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from kam_excel.domain.money import divide
from kam_excel.domain.requirements_actuals import Actuals
from kam_excel.domain.requirements_rules import bound_of, usual_unit
from kam_excel.domain.requirements_text import Quantity, Unclear, read_quantity, says
from kam_excel.domain.requirements_units import SHARE, unit_of
from kam_excel.domain.texts import folded


@dataclass(frozen=True, slots=True)
class Stated:
    """A requirement as it was entered; one of an unknown item is `other` under its own name.

    `note` is a reason code about the row, or "".
    """

    customer_id: str
    item: str
    name: str
    expected: str | None
    unit: str | None
    actual: str | None
    day: pd.Timestamp
    agreed: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a requirement. What could not be decided has no `met`, and a `code`.

    `gap` is in `unit`; `shortfall` is the gap as a share of what was expected, 1 where words say
    that it was not met.
    """

    met: bool | None = None
    actual: str | None = None
    basis: str | None = None
    unit: str | None = None
    gap: float | None = None
    shortfall: Fraction | float = Fraction(0)
    code: str = ""


def judge(stated: Stated, actuals: Actuals, base: str) -> Verdict:
    """The verdict on a requirement; an actual that was entered wins over `actuals`.

    `base` is the kind of unit of the base currency.
    """
    entered = Verdict(
        actual=stated.actual, unit=stated.unit, basis=None if stated.actual is None else "entered"
    )
    try:
        if stated.expected is None:
            raise Unclear("NO_EXPECTED")
        quantity = read_quantity(stated.expected, unit_of(stated.unit))
        if quantity is None:
            return _by_words(stated.expected, entered)
        if quantity.unit is not None and unit_of(stated.unit) is None:
            entered = replace(entered, unit=quantity.unit.text)
        _refuse_bare_fraction(stated.item, quantity)
        if entered.actual is None:
            return _by_figures(stated, quantity, actuals, base, entered)
        return _by_entry(stated.item, quantity, entered.actual, base, entered)
    except Unclear as unclear:
        return replace(entered, code=str(unclear))


def _by_words(expected: str, entered: Verdict) -> Verdict:
    """By what the actual says of an expectation that is no number."""
    if entered.actual is None:
        raise Unclear("EXPECTED_UNREADABLE")
    if folded(expected) == folded(entered.actual):
        return replace(entered, met=True)
    said = says(entered.actual)
    if says(expected) is False:  # "no" is what is wanted, and "yes" may mean that it is so
        said = True if said is False else None
    if said is None:
        raise Unclear("WORDS_UNCLEAR")
    return _said(said, entered)


def _said(met: bool, entered: Verdict) -> Verdict:
    return replace(entered, met=met, shortfall=Fraction(0 if met else 1))


def _refuse_bare_fraction(item: str, quantity: Quantity) -> None:
    """0.95 without unit is a cell of 95 % rather than a part of a day."""
    if item == "delivery time" and quantity.unit is None and 0 < quantity.low < 1:
        raise Unclear("UNIT_UNCLEAR")


def _by_entry(item: str, quantity: Quantity, actual: str, base: str, entered: Verdict) -> Verdict:
    """By the actual that was entered: a number in the unit of what is expected, or yes or no."""
    said = says(actual)
    if said is not None:
        return _said(said, entered)
    value = read_quantity(actual, quantity.unit)
    if value is None or not value.is_number:
        raise Unclear("ACTUAL_UNREADABLE")
    code = ""
    if quantity.unit is None and value.unit is not None:
        if value.unit.kind != usual_unit(item, base):
            raise Unclear("UNIT_UNCLEAR")
        code = "UNIT_ASSUMED"
    return _measured(item, quantity, value.low, replace(entered, code=code))


def _by_figures(
    stated: Stated, quantity: Quantity, actuals: Actuals, base: str, entered: Verdict
) -> Verdict:
    """By what deliveries and sales give in the unit of what is expected."""
    if stated.item not in {item for item, _ in actuals}:
        raise Unclear("NO_ACTUAL")
    kind = quantity.unit.kind if quantity.unit else usual_unit(stated.item, base)
    if (stated.item, kind) not in actuals:
        raise Unclear("UNIT_UNCLEAR")
    found = actuals[stated.item, kind].get(stated.customer_id)
    if found is None:
        raise Unclear("NO_ACTUAL")
    shown = replace(
        entered,
        actual=_shown(found.value, quantity),
        basis=found.basis,
        code=found.note or ("" if quantity.unit else "UNIT_ASSUMED"),
    )
    return _measured(stated.item, quantity, found.value, shown)


def _measured(item: str, quantity: Quantity, value: Fraction, verdict: Verdict) -> Verdict:
    if quantity.is_number and item == "other" and value == quantity.low:
        return replace(verdict, met=True, gap=0.0)
    bound = bound_of(item, quantity)
    return replace(
        verdict,
        met=bound.is_met(value),
        gap=float(bound.gap(value) / _factor(quantity)),
        shortfall=bound.relative_gap(value),
    )


def _factor(quantity: Quantity) -> Fraction:
    return quantity.unit.factor if quantity.unit else Fraction(1)


def _shown(value: Fraction, quantity: Quantity) -> str:
    """A computed value in the unit of the requirement, to two places."""
    in_unit = value / _factor(quantity)
    text = f"{divide(in_unit.numerator, in_unit.denominator, 2):f}"
    text = text.rstrip("0").rstrip(".")
    return f"{text}%" if quantity.unit and quantity.unit.kind == SHARE else text
