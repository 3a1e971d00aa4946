"""What holds for every table of a workbook that is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kam_excel.contract.policies import ReadingPolicy


@dataclass(frozen=True, slots=True)
class Conventions:
    """How cells are read. rules: what they may say beyond what has one meaning only. currency:
    that of amounts whose row names none. words: further values of a choice, by column id.
    """

    rules: ReadingPolicy = field(default_factory=ReadingPolicy)
    currency: str = "CNY"
    words: Mapping[str, Collection[str]] = field(default_factory=dict)
