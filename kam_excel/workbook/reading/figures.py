"""Numbers that are written as text: what has one meaning, and what the policy says of the rest."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kam_excel.contract.policies import ReadingPolicy
from kam_excel.domain.currencies import SIGNS, currencies_of
from kam_excel.workbook.reading.verdicts import Refused

LONGEST = 28  # digits that a Decimal keeps when it is multiplied
DASHES = frozenset(["-", "--", "–", "—", "――", "——", "―", "－", "/"])
UNITS = {
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "万亿": 1_000_000_000_000,
}


def _grammar(comma: str, point: str) -> re.Pattern[str]:
    """A number with `comma` between thousands and `point` before its decimals.

    0,123 has no thousands: it is a decimal in the other notation.
    """
    digits = rf"[1-9][0-9]{{0,2}}(?:{comma}[0-9]{{3}})+|[0-9]{{1,{LONGEST}}}"
    signs = "|".join(map(re.escape, sorted(SIGNS, key=len, reverse=True)))
    sign = rf"{signs}|[A-Z]{{3}}"
    units = "|".join(sorted(UNITS, key=len, reverse=True))
    return re.compile(
        rf"(?P<minus>[+-]?)(?:(?P<front>{sign}) *)?(?P<inner>[+-]?)"
        rf"(?P<whole>{digits})?(?:{point}(?P<part>[0-9]{{1,{LONGEST}}}))?"
        rf"(?: *(?P<unit>{units}))?(?: *(?P<percent>%))?(?: *(?P<back>{sign}))?"
    )


_POINT, _COMMA = _grammar(",", r"\."), _grammar(r"\.", ",")
_ENCLOSED = re.compile(r"([^()0-9]*)\(([^()]+)\)([^()0-9]*)")
_MINUS_BEHIND = re.compile(r"([^-]*[^- ]) ?-")


class Figure(NamedTuple):
    """A number as its text has it: `currencies` is None where there is no sign of one."""

    number: Decimal
    currencies: frozenset[str] | None = None
    is_percent: bool = False
    has_unit: bool = False


def read_figure(text: str, rules: ReadingPolicy) -> Figure:
    """The number that a text in half width is. Raises Refused with a code that says why not."""
    if "(" in text and (enclosed := _ENCLOSED.fullmatch(text)):
        figure = _negative(" ".join(filter(None, map(str.strip, enclosed.groups()))), rules)
        if rules.parentheses != "negative":
            raise Refused("NUMBER_IN_PARENTHESES")
        return figure
    if text.endswith("-") and (behind := _MINUS_BEHIND.fullmatch(text)):
        figure = _negative(behind[1], rules)
        if rules.trailing_minus != "negative":
            raise Refused("NUMBER_MINUS_BEHIND")
        return figure
    figure = _figure(text.upper(), rules)
    if figure.has_unit and not rules.chinese_units:
        raise Refused("NUMBER_CHINESE_UNIT")
    return figure


def _negative(text: str, rules: ReadingPolicy) -> Figure:
    """The figure with the opposite sign; it has no sign of its own."""
    if "-" in text or "+" in text:
        raise Refused("NUMBER_NOT_READABLE")
    figure = read_figure(text, rules)
    return Figure(
        figure.number.copy_negate(), figure.currencies, figure.is_percent, figure.has_unit
    )


def _figure(text: str, rules: ReadingPolicy) -> Figure:
    grammar, comma = (_COMMA, ".") if rules.decimal_comma else (_POINT, ",")
    found = grammar.fullmatch(text)
    if found is None or not (found["whole"] or found["part"]):
        is_comma = "," in text and not rules.decimal_comma and _COMMA.fullmatch(text)
        raise Refused("NUMBER_DECIMAL_COMMA" if is_comma else "NUMBER_NOT_READABLE")
    if (found["minus"] and found["inner"]) or (found["unit"] and found["percent"]):
        raise Refused("NUMBER_NOT_READABLE")
    whole = (found["whole"] or "0").replace(comma, "")
    part = f".{found['part']}" if found["part"] else ""
    if len(whole + part) > LONGEST:
        raise Refused("NUMBER_NOT_READABLE")
    number = Decimal((found["minus"] or found["inner"]) + whole + part)
    return Figure(
        number * UNITS.get(found["unit"], 1),
        _currencies(found["front"], found["back"]),
        found["percent"] is not None,
        found["unit"] is not None,
    )


def _currencies(*signs: str | None) -> frozenset[str] | None:
    """What the signs of one number may stand for together; None where there are none."""
    named = [currencies_of(sign) for sign in signs if sign]
    if not named:
        return None
    common = frozenset.intersection(*named)
    if not common:
        raise Refused("NUMBER_NOT_READABLE")
    return common
