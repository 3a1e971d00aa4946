"""Units as users read them. A plugin may use units of its own, which are shown as they are."""

from __future__ import annotations

from collections.abc import Mapping

from kam_excel.codes import Text

UNITS: Mapping[str, Text] = {
    "ISO 4217": Text("ISO 4217 代码", "ISO 4217 code"),
    "accounts": Text("家", "accounts"),
    "base currency": Text("本位币", "base currency"),
    "base currency per unit": Text("1 单位外币折合本位币", "base currency per unit"),
    "basis unit": Text("基数的单位", "unit of the basis"),
    "currency": Text("该行的币种", "currency of the row"),
    "currency per piece": Text("该行的币种/件", "currency of the row per piece"),
    "days": Text("天", "days"),
    "full calendar months": Text("完整自然月", "full calendar months"),
    "median order gaps": Text("倍（下单间隔中位数）", "median order gaps"),
    "persons": Text("人", "persons"),
    "pieces": Text("件", "pieces"),
    "points": Text("点", "points"),
    "probability": Text("概率", "probability"),
    "probability, assumed": Text("假设的概率", "probability, assumed"),
    "share": Text("0 至 1 的比例", "share, 0 to 1"),
    "years": Text("年", "years"),
}

# What a figure is multiplied by; keys as headers are compared, in NFKC and lower case.
MONEY_FACTORS: Mapping[str, int] = {
    "元": 1,
    "千元": 1_000,
    "k": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "m": 1_000_000,
    "亿元": 100_000_000,
}


def unit_text(unit: str) -> Text:
    """The unit in both languages; one that is not of `UNITS` reads the same in either."""
    return UNITS.get(unit, Text(unit, unit))
