"""What the cells of a requirement say: a number with its bound and unit, or words.

Read conservatively: what is not wholly a comparator, a number or range and a known unit is
words. `≤7天`, `7-10 days`, `不低于95%`, `每月4批` and `７日以内` are numbers; `about 7`, `七天`,
`2026-07-10` (a range that Excel took for a date) and `7天左右` are words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kam_excel.domain.requirements_units import SHARE, Unit, counts_batches, known_unit
from kam_excel.domain.texts import folded

_BEFORE = {
    "<=": "<= =< ≤ ≦ ≯ 不超过 不高于 不大于 不多于 不迟于 不晚于 至多 最多 最长 最高 最迟 "
    "at_most up_to within no_more_than not_more_than no_later_than maximum max. max",
    ">=": ">= => ≥ ≧ ≮ 不低于 不少于 不小于 不短于 至少 最少 最低 "
    "at_least no_less_than not_less_than minimum min. min",
    "<": "< 小于 少于 低于 短于 less_than under below",
    ">": "> 大于 多于 超过 高于 more_than over above",
    "=": "= 等于 exactly",
}
_AFTER = {
    "<=": "以内 之内 内 以下 or_less",
    ">=": "以上 起 or_more",
}


def _comparators(spelled: dict[str, str]) -> dict[str, str]:
    return {
        word.replace("_", " "): comparator
        for comparator, words in spelled.items()
        for word in words.split()
    }


def _any_of(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BEFORE, AFTER = _comparators(_BEFORE), _comparators(_AFTER)
_PER = "每(?:批|次|个?月|周|季度?|年)"
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)? ?万?"
_QUANTITY = re.compile(
    rf"(?P<per>{_PER})? ?(?P<before>{_any_of(BEFORE)})? ?(?P<per_later>{_PER})? ?"
    rf"(?P<money>¥|\$|€|rmb|cny|usd|eur)? ?(?P<low>{_NUMBER}) ?(?P<low_unit>[^0-9]*?)"
    rf"(?: ?(?:[-~–—至到]|to) ?(?P<high>{_NUMBER}) ?(?P<high_unit>[^0-9]*?))?"
    rf" ?(?P<after>{_any_of(AFTER)})?"
)
_YES = frozenset(
    "yes y true 是 对 √ ✓ 满足 已满足 达到 已达到 达标 已达标 完成 已完成 已做到 "
    "done met ok fulfilled achieved satisfied".split()
)
_NO = frozenset(
    "no n false 否 错 × 未满足 不满足 没满足 未达到 没达到 未达标 不达标 未完成 没完成 未做到 "
    "unmet failed".split()
) | {"not met", "not done", "not fulfilled", "not achieved", "not satisfied", "not ok"}


class Unclear(Exception):  # noqa: N818 - a verdict, not a failure
    """What was written can be read in more than one way; the message is a reason code."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number (`low` equals `high`) or a range, in what its unit measures: 2 weeks are 14.

    `comparator` is one of <=, >=, <, >, = or "" for none. `unit` is the one of the unit column,
    else that of the text, else None.
    """

    low: Fraction
    high: Fraction
    comparator: str
    unit: Unit | None

    @property
    def is_number(self) -> bool:
        """Whether it is one number and says nothing of more or less."""
        return self.low == self.high and not self.comparator


def read_quantity(text: str, column: Unit | None) -> Quantity | None:
    """The quantity that `text` gives, in the unit that `column` gives; None for words.

    95% is 0.95; a plain 95 in a column of % is 0.95 too. Raises Unclear (PERCENT_UNCLEAR) for a
    plain number up to 1 there, which may be a share or a percentage, and (UNIT_UNCLEAR) where
    text and column contradict each other.
    """
    found = _QUANTITY.fullmatch(folded(text))
    if found is None or (found["per"] and found["per_later"]):
        return None
    comparator = BEFORE.get(found["before"] or "", "")
    if found["after"] and comparator not in ("", AFTER[found["after"]]):
        return None
    comparator = comparator or AFTER.get(found["after"] or "", "")
    written = _written_unit(found)
    own = known_unit(written) if written else None
    is_same = column is not None and written == folded(column.text)
    if written and own is None and not is_same and not counts_batches(written):
        return None
    low = _number(found["low"])
    high = _number(found["high"]) if found["high"] else low
    if low > high or (low != high and comparator):
        return None
    factor = _factor(own, column, (low, high))
    return Quantity(low * factor, high * factor, comparator, column or own)


def says(text: str) -> bool | None:
    """What a word says of being met: yes, no, or nothing."""
    word = folded(text).rstrip("。.!")
    return True if word in _YES else False if word in _NO else None


def _written_unit(found: re.Match[str]) -> str:
    """The unit in the text as one word: 每月4批 is in 批/月; ? where two contradict each other."""
    low, high = found["low_unit"], found["high_unit"] or ""
    unit = high or low
    if low and high and low != high:
        return "?"
    if found["money"]:
        if unit and not unit.startswith("/"):
            return "?"
        unit = found["money"] + unit
    period = (found["per"] or found["per_later"] or "").removeprefix("每").removeprefix("个")
    return unit if not period or (unit and counts_batches(period)) else f"{unit}/{period}"


def _factor(own: Unit | None, column: Unit | None, values: tuple[Fraction, Fraction]) -> Fraction:
    if own is not None and column is not None and own.kind != column.kind:
        raise Unclear("UNIT_UNCLEAR")
    unit = own or column
    if unit is None:
        return Fraction(1)
    if own is None and unit.kind == SHARE and any(0 < value <= 1 for value in values):
        raise Unclear("PERCENT_UNCLEAR")
    return unit.factor


def _number(text: str) -> Fraction:
    digits = text.replace(",", "").replace(" ", "")
    return Fraction(digits.removesuffix("万")) * (10_000 if digits.endswith("万") else 1)
