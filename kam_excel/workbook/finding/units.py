"""Units of money in headers and in the notes above a table: 万元, (k), RMB'000, in thousands.

A unit scales the figures below it; a unit that is not known is left where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kam_excel.workbook.finding.refusal import UnclearLayout


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit says: the factor to whole units, the currency where it names one."""

    factor: int = 1
    currency: str = ""
    is_percent: bool = False


NO_UNIT = Unit()

# Symbols that several currencies share (¥, $) say that a figure is money, not which.
_CURRENCIES = {
    "": "¥ $ 元 圆 本位币 原币 本币 dollars",
    "CNY": "人民币 rmb cny",
    "USD": "美元 美金 usd us$",
    "EUR": "欧元 eur € euro euros",
    "GBP": "英镑 gbp £",
    "JPY": "日元 日圆 jpy",
    "HKD": "港元 港币 hkd hk$",
    "TWD": "新台币 台币 twd ntd nt$",
    "KRW": "韩元 krw ₩",
    "SGD": "新加坡元 新币 sgd s$",
    "AUD": "澳元 aud a$",
    "CAD": "加元 cad c$",
    "CHF": "瑞士法郎 chf",
    "INR": "印度卢比 inr ₹",
    "RUB": "卢布 rub ₽",
    "THB": "泰铢 thb ฿",
    "VND": "越南盾 vnd ₫",
    "MYR": "林吉特 myr",
    "IDR": "印尼盾 idr",
    "PHP": "菲律宾比索 php",
    "BRL": "雷亚尔 brl r$",
    "MXN": "墨西哥比索 mxn",
    "SEK": "瑞典克朗 sek",
    "NOK": "挪威克朗 nok",
    "DKK": "丹麦克朗 dkk",
    "PLN": "兹罗提 pln",
    "CZK": "捷克克朗 czk",
    "TRY": "土耳其里拉",
    "ZAR": "兰特 zar",
    "NZD": "新西兰元 nzd nz$",
    "AED": "迪拉姆 aed",
}
_SCALES = {
    1_000: "千 k '000 '000s 000 000s 000's 1,000 thousand thousands tsd",
    10_000: "万 10,000 10k wan",
    100_000: "十万 100,000 lakh",
    1_000_000: "百万 m mm mn mio million millions 1,000,000 '000,000",
    10_000_000: "千万",
    100_000_000: "亿",
    1_000_000_000: "十亿 bn billion billions",
}
_CURRENCY = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_SCALE = {word: factor for factor, words in _SCALES.items() for word in words.split()}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Scale and currency in either order: 万美元, 人民币万元, usd k, k rmb, in thousands of usd.
_SCALED = rf"(?P<{{0}}>{_any_of(_SCALE)})"
_MONEY = rf"(?P<{{0}}>{_any_of(_CURRENCY)})"
_GAP = r"(?: ?[-/] ?| (?:in|of) (?:the )?| of | ?)"
_UNIT = re.compile(
    "(?:in )?(?:"
    + "|".join(
        (
            f"{_SCALED.format('s1')}(?:{_GAP}{_MONEY.format('c1')})?(?: ?{_MONEY.format('d1')})?",
            f"{_MONEY.format('c2')}(?:{_GAP}{_SCALED.format('s2')})?(?: ?{_MONEY.format('d2')})?",
        )
    )
    + r")(?:/(?P<per>[^/\d百千万亿]{1,6}))?"
)
_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "{": "}", "<": ">", "《": "》", "「": "」"}
_BRACKETS = re.compile(
    "|".join(rf"{re.escape(a)}([^{re.escape(a + b)}]*){re.escape(b)}" for a, b in _PAIRS.items())
)
_ZH_BEHIND = r"(?<=[^每一几数十])(?=(?:十万|百万|千万|千|万|亿)元$)"
_BEHIND = re.compile(
    rf"(?:[/,:;_-](?!\d) ?| in |{_ZH_BEHIND}| (?=[^ ]+$))(?P<unit>[^\d/,:;_][^/,:;_]*)$"
)
_PARTS = re.compile(r" ?[,;、] ?")


def _normal(text: str) -> str:
    """As headers are compared, with one kind of apostrophe."""
    folded = unicodedata.normalize("NFKC", re.sub("[’‘′`＇]", "'", text)).casefold()
    return re.sub(r"\s+", " ", folded).strip()


def unit_of(text: str) -> Unit | None:
    """What a text that is nothing but a unit says; None for one that is no unit of money."""
    text = _normal(text)
    if text in ("%", "％", "percent", "百分比"):
        return Unit(is_percent=True)
    found = _UNIT.fullmatch(text)
    if found is None:
        return None
    codes = {_CURRENCY[word] for name in ("c1", "d1", "c2", "d2") if (word := found[name])} - {""}
    if len(codes) > 1:
        return None
    return Unit(_SCALE.get(found["s1"] or found["s2"] or "", 1), "".join(codes))


@lru_cache(4096)
def split_unit(header: str) -> tuple[str, Unit]:
    """A normalised header without its unit, and the unit: in brackets of any kind, or behind.

    A header that has none, has one that is not known ("(吨)") or has two comes back as it is.
    """
    header = _normal(header)
    inside = [(found, *_inside(found)) for found in _BRACKETS.finditer(header)]
    known = [(found, rest, unit) for found, rest, unit in inside if unit]
    if len(known) == 1:
        found, rest, unit = known[0]
        return _normal(header[: found.start()] + rest + header[found.end() :]), unit
    behind = _BEHIND.search(header)
    # A letter behind a word may be a name: "Product M".
    if behind is None or known or not behind.start() or re.fullmatch("[a-z]", behind["unit"]):
        return header, NO_UNIT
    named = unit_of(behind["unit"])
    return (header[: behind.start()].strip(), named) if named else (header, NO_UNIT)


def _inside(brackets: re.Match[str]) -> tuple[str, Unit | None]:
    """What is left of brackets without the unit, and the unit: (万元,含税) is (含税) in 万元."""
    inner = brackets[brackets.lastindex or 0]
    whole = unit_of(inner)
    if whole:
        return "", whole
    parts = _PARTS.split(inner)
    units = [unit for part in parts if (unit := unit_of(part))]
    if len(units) != 1:
        return "", None
    others = ",".join(part for part in parts if not unit_of(part))
    return f"{brackets[0][0]}{others}{brackets[0][-1]}", units[0]


_ZH_NOTE = re.compile(
    r"(?<![一-鿿])(?:(?:金额|货币|计量|计价|数据|报表|销售额|价值)?(?:单位|币种|币别|货币))"
    r" ?[:为]? ?(?P<unit>[^:()\[\]【】]+)"
)
_EN_NOTE = re.compile(r"(?<![a-z])(?:units?|currency) ?[:=] ?(?P<unit>[^:()\[\]]+)")
_IN_NOTE = re.compile(
    r"^(?:all )?(?:amounts?|figures?|values?|numbers|sales|revenues?|data|currency)?"
    r"(?: (?:are|is|shown|stated|expressed|reported|presented))* ?in (?P<unit>[^:()\[\]]+)"
)
_STATEMENTS = re.compile(r"[ ,;、](?=[^ :]{1,8} ?:)")
LONGEST_NOTE = 80


def unit_note(texts: Iterable[str]) -> Unit | None:
    """The unit that the notes above a table state for all of its money; None where none does.

    Takes 单位：万元, 金额单位：人民币万元, Unit: RMB 10,000, Amounts in thousands. Raises
    UnclearLayout where two notes say different things.
    """
    factors: set[int] = set()
    currencies: set[str] = set()
    for text in texts:
        for unit, names_scale in _noted(_normal(text)):
            factors |= {unit.factor} if names_scale else set()
            currencies |= {unit.currency} - {""}
    if len(factors) > 1 or len(currencies) > 1:
        raise UnclearLayout("UNIT_NOTES_DIFFER")
    if not factors and not currencies:
        return None
    return Unit(next(iter(factors), 1), next(iter(currencies), ""))


def _noted(text: str) -> list[tuple[Unit, bool]]:
    """The units that one text states, and whether each says the scale or the currency alone."""
    if len(text) > LONGEST_NOTE:
        return []
    bare = text.strip("".join(_PAIRS) + "".join(_PAIRS.values()) + " *:")
    whole = unit_of(bare)
    if whole and whole.factor != 1 and len(bare) > 1 and not bare[0].isdigit():
        return [(whole, True)]
    noted = []
    for statement in _STATEMENTS.split(bare):
        for pattern in (_ZH_NOTE, _EN_NOTE, _IN_NOTE):
            found = pattern.search(statement)
            if not found:
                continue
            is_currency = found[0].startswith(("currency", "币", "货币:"))
            unit = _first_unit(found["unit"])
            if unit and not unit.is_percent:
                noted.append((unit, not is_currency or unit.factor != 1))
    return noted


def _first_unit(text: str) -> Unit | None:
    """The unit at the beginning of a text, which may go on: "万元, 吨", "thousands, except"."""
    words = _normal(text).split(" ")
    for count in range(len(words), 0, -1):
        unit = unit_of(" ".join(words[:count]).rstrip(",.;、"))
        if unit:
            return unit
    return next((unit for part in _PARTS.split(text) if (unit := unit_of(part))), None)
