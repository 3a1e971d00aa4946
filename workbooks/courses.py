"""How the customers' business goes over the three years; what makes one a case worth showing."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import pairwise

from workbooks.company import month_start

Levels = tuple[tuple[int, float], ...]


class Course(Enum):
    """How a customer's business went over the three years."""

    STEADY = "steady"
    NEW = "new"
    RISING = "rising"
    FALLING = "falling"
    FADING = "fading"
    ENDED = "ended"
    SILENT = "never ordered"
    RETURNS_ONLY = "returns only"


# Accounts that turn: (month, level) from July 2023 = 0 on, 1 being what their size is worth.
# Between the months the level moves in a straight line.
TURNS: dict[int, Levels] = {
    6: ((19, 1.0), (28, 0.75), (32, 0.2), (33, 0.0)),  # far less, then nothing: large, and at risk
    13: ((29, 1.0), (33, 0.88)),  # less than a year ago: at some risk
    21: ((29, 1.0), (33, 0.55)),  # much less, as often as ever: at risk
    32: ((26, 1.0), (35, 1.5)),  # a key account from May 2026 on
    34: ((20, 1.15), (35, 1.02)),  # buffered in June
    35: ((22, 1.1), (35, 0.9)),  # buffered in May and June
    36: ((22, 1.4), (35, 0.6)),  # dropped in May
    37: ((23, 1.12), (35, 0.8)),  # dropped in June
    43: ((28, 1.0), (35, 1.7)),  # a key account from June on
    56: ((29, 1.0), (35, 1.55)),  # a key account from June on
}
COURSE_BY_RANK = {
    **{
        rank: Course.RISING if levels[-1][1] > levels[0][1] else Course.FALLING
        for rank, levels in TURNS.items()
    },
    **dict.fromkeys((12, 27, 44, 73, 101, 118, 140, 152), Course.NEW),
    **dict.fromkeys((6, 17, 39, 66, 95, 127), Course.FADING),
    **dict.fromkeys((53, 88, 110), Course.ENDED),
    **dict.fromkeys((149, 156, 158), Course.SILENT),
    121: Course.RETURNS_ONLY,
}


def course_of(rank: int) -> Course:
    """The course of the customer who is number `rank` by size, the largest being 0."""
    return COURSE_BY_RANK.get(rank, Course.STEADY)


def first_order_month(rank: int) -> date:
    """When a new customer begins: between February 2025 and January 2026."""
    return month_start(19 + rank % 12)


def activity(rank: int, index: int) -> float:
    """How much of the business of its size a customer does in month `index`; 1 is all of it."""
    if rank in TURNS:
        return _level(TURNS[rank], index)
    match course_of(rank):
        case Course.NEW:
            age = (month_start(index) - first_order_month(rank)).days / 30
            return min(1.0, 0.4 + age / 10) if age >= 0 else 0.0
        case Course.FADING:
            return max(0.0, min(1.0, (33 - index) / 14))
        case Course.ENDED:
            return 1.0 if index < 23 else 0.0
        case Course.SILENT | Course.RETURNS_ONLY:
            return 0.0
        case _:
            return 1.0


def _level(levels: Levels, index: int) -> float:
    """The level in month `index`; before the first month and after the last one it is theirs."""
    if index <= levels[0][0]:
        return levels[0][1]
    for (first, before), (last, after) in pairwise(levels):
        if index <= last:
            return before + (after - before) * (index - first) / (last - first)
    return levels[-1][1]
