"""How a column shows what it says: bars, shades, arrows, tones, small lines. Excel draws them.

net_sales: Money = column(zh="净销售额", en="Net Sales", look=DataBar())
risk_level: Choice = column(..., look=Tones({"high": "bad", "medium": "warning"}))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Tone = Literal["good", "warning", "bad", "quiet", "strong", "heading"]


@dataclass(frozen=True, slots=True)
class DataBar:
    """A bar in each cell, as long as its number is large."""


@dataclass(frozen=True, slots=True)
class Shades:
    """A pale to strong fill by the size of the number; `diverging` from red to green instead."""

    diverging: bool = False


@dataclass(frozen=True, slots=True)
class Arrows:
    """An arrow up from `up` on, down below `down`, else level; bounds in the column's unit."""

    up: Fraction
    down: Fraction


@dataclass(frozen=True, slots=True)
class Tones:
    """A colour for some values: ids of a choice, or True and False of a boolean.

    "strong" is bold, as totals are, "heading" what they stand under; with `rows` the whole row of
    the value has its tone.
    """

    of: Mapping[str | bool, Tone]
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line in each cell of an empty column: its row from column `first` to `last`."""

    first: str
    last: str


Shown = Literal["percent", "count"]


@dataclass(frozen=True, slots=True)
class UnitBy:
    """How a figure is shown whose unit depends on its row: `of` says it by the ids of the choice
    `column`, the figures of other rows are shown as those of their column are.

    A "count" has decimals only where it is no whole number.
    """

    column: str
    of: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Page:
    """How an output prints, one page wide; what is None follows from its width.

    `break_by` is a column whose rows of one value stand together: each value begins a page of
    its own, and its first row is tinted. Excel takes 1,023 such breaks on a sheet; of more
    values none begins a page, and the issue sheet says so. `last` is the last column that prints.
    """

    paper: Literal["A4", "A3", "Letter"] | None = None
    landscape: bool | None = None
    break_by: str | None = None
    last: str | None = None


BY_WIDTH = Page()

Look = DataBar | Shades | Arrows | Tones | Sparkline
