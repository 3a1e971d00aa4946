"""Windows of whole calendar months, and the months of dates."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `start` to `end`, both included; raises ValueError if `end` is earlier."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a window cannot end ({self.end}) before it starts ({self.start})")

    def contains(self, dates: pd.Series) -> pd.Series:
        """Which datetime64 `dates` lie in the window, at any time of day; a missing date does not.

        The result is a bool Series with the index of `dates`.
        """
        after = pd.Timestamp(self.end + ONE_DAY)
        return (dates >= pd.Timestamp(self.start)) & (dates < after)


def last_full_months(as_of: date, months: int, include_partial_month: bool = False) -> Window:
    """The `months` calendar months ending with the last one that is complete at `as_of`.

    The last day of a month completes it. With `include_partial_month` the month of `as_of` is
    the last one, complete or not, and the window ends on `as_of`. Raises ValueError for less
    than one month.
    """
    if months < 1:
        raise ValueError(f"a window needs at least one month, not {months}")
    month_is_complete = (as_of + ONE_DAY).day == 1
    if include_partial_month or month_is_complete:
        end = as_of
    else:
        end = as_of.replace(day=1) - ONE_DAY
    return Window(shift_months(end.replace(day=1), 1 - months), end)


def previous(window: Window) -> Window:
    """The window of as many calendar months immediately before `window`.

    A window that ends within a month is compared with one that ends on the same day of its last
    month: October to 9 December follows July to 9 September.
    """
    span = len(months(window))
    end = shift_months(window.end, -span)
    if (window.end + ONE_DAY).day == 1:
        end = _last_of_month(end)
    return Window(shift_months(window.start, -span), end)


def year_before(window: Window) -> Window:
    """The same days a year earlier; one that ends with a month ends with that month then."""
    end = shift_months(window.end, -12)
    if (window.end + ONE_DAY).day == 1:
        end = _last_of_month(end)
    return Window(shift_months(window.start, -12), end)


def months(window: Window) -> pd.PeriodIndex:
    """The months that `window` touches, in order, as monthly periods."""
    return pd.period_range(window.start, window.end, freq="M")


def month_keys(dates: pd.Series) -> pd.Series:
    """The month of each of the datetime64 `dates`, as monthly periods; NaT stays NaT."""
    return pd.Series(dates.dt.to_period("M"), dates.index)


def gaps(dates: pd.Series) -> list[str]:
    """The months without any of the datetime64 `dates` between the first and the last of them.

    Months that follow each other are one gap: ["2026-03", "2026-05 – 2026-07"].
    """
    there = pd.PeriodIndex(month_keys(dates).dropna().unique(), freq="M").sort_values()
    return [
        str(before + 1) if before + 2 == after else f"{before + 1} – {after - 1}"
        for before, after in pairwise(there)
        if before + 1 < after
    ]


def shift_months(day: date, count: int) -> date:
    """The same day `count` months later (earlier, if negative), or the last of a shorter month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
