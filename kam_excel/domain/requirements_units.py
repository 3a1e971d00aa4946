"""Units that people write beside a requirement, and what they measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from kam_excel.domain.texts import folded

DAYS = "days"
SHARE = "share"
PIECES = "pieces"
PER_MONTH = "per month"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit measures and how much of it one is: a week is 7 of `days`.

    `kind` is DAYS, SHARE, PIECES, PER_MONTH or the unit's own name: 元 and RMB are `cny`, and a
    price per piece is a plain `cny`. `text` is how it was written.
    """

    kind: str
    factor: Fraction
    text: str


def _names(kind: str, factor: Fraction | int, names: str) -> dict[str, tuple[str, Fraction]]:
    return {name: (kind, Fraction(factor)) for name in names.split("; ")}


_KNOWN = {
    **_names(DAYS, 1, "天; 日; d; day; days; 自然日; 日历日; 日历天; calendar day; calendar days"),
    **_names(DAYS, 7, "周; 星期; 个星期; week; weeks; wk; wks"),
    **_names(DAYS, Fraction(1, 24), "小时; 个小时; h; hr; hrs; hour; hours"),
    **_names("working days", 1, "工作日; 个工作日; working day; working days"),
    **_names("working days", 1, "business day; business days"),
    **_names(SHARE, Fraction(1, 100), "%; 百分比; percent; pct"),
    **_names(PIECES, 1, "件; 个; 只; 台; 套; 支; 把; 条; pc; pcs; piece; pieces; unit; units; ea"),
    **_names("persons", 1, "人; 名; 位; person; persons; people"),
    **_names("cny", 1, "元; ¥; rmb; cny; 人民币; 人民币元"),
    **_names("usd", 1, "$; usd; 美元"),
    **_names("eur", 1, "€; eur; 欧元"),
    **_names("hkd", 1, "hkd; 港元; 港币"),
}
_COUNTERS = frozenset(["批", "批次", "次", "趟", "batch", "batches", "delivery", "deliveries"]) | {
    "time",
    "times",
}
_MONTHS = {  # how many a month one in the period is; a month is a twelfth of 365 days
    **dict.fromkeys(["周", "星期", "week"], Fraction(365, 12 * 7)),
    **dict.fromkeys(["月", "month"], Fraction(1)),
    **dict.fromkeys(["季", "季度", "quarter"], Fraction(1, 3)),
    **dict.fromkeys(["年", "year"], Fraction(1, 12)),
}
_CURRENCY = re.compile(r"[a-z]{3}")  # the kinds of money are ISO 4217 codes
_PER = re.compile(r" ?/ ?| per ")


def known_unit(text: str) -> Unit | None:
    """The unit that `text` names, None where that is unknown."""
    name = folded(text)
    if name in _KNOWN:
        return Unit(*_KNOWN[name], text)
    counted, *per = _PER.split(f" {name}")
    counted = counted.strip()
    if len(per) != 1:
        return None
    if per[0] in _MONTHS and counted in _COUNTERS | {""}:
        return Unit(PER_MONTH, _MONTHS[per[0]], text)
    kind, factor = _KNOWN.get(counted, (counted, Fraction(1)))
    per_delivery = kind == PIECES and per[0] in _COUNTERS
    per_piece = bool(_CURRENCY.fullmatch(kind)) and _KNOWN.get(per[0], ("",))[0] == PIECES
    return Unit(kind, factor, text) if per_delivery or per_piece else None


def counts_batches(text: str) -> bool:
    """Whether the unit only counts batches (批): that says nothing of how often."""
    return folded(text) in _COUNTERS


def unit_of(text: str | None) -> Unit | None:
    """The unit of a unit column; one that is unknown measures nothing but itself.

    None where there is none, or where it only counts batches.
    """
    if text is None or not folded(text) or counts_batches(text):
        return None
    return known_unit(text) or Unit(folded(text), Fraction(1), text)
