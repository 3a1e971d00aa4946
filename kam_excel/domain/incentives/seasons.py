"""What part of a period's basis is to be expected by a day, by the seasons of earlier years."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pandas as pd

from kam_excel.domain.money import total
from kam_excel.domain.periods import ONE_DAY, Window, month_keys, months, shift_months

MOST_YEARS = 3  # of history; older seasons say little of the next
JANUARY, FEBRUARY = 1, 2


def month_weights(
    lines: pd.DataFrame, start: date, *, merge_jan_feb: bool = True
) -> dict[int, Fraction] | None:
    """What each calendar month weighs: its sales in the whole years before the month of `start`.

    lines: date (datetime64) and amount (exact). At most three blocks of twelve months count, as
    many as the lines reach back. A month of more returns than sales weighs 0. None where there is
    no whole year, or nothing was sold. With `merge_jan_feb` both have half of their sum, for the
    Spring Festival moves between them.
    """
    end = start.replace(day=1) - ONE_DAY
    years = _whole_years(lines["date"].min(), end) if len(lines) else 0
    if years == 0:
        return None
    window = Window(shift_months(start.replace(day=1), -12 * years), end)
    within = lines[window.contains(lines["date"])]
    keys = month_keys(within["date"]).dt.month
    weights = {
        month: max(Fraction(total(within["amount"][keys == month])), Fraction(0))
        for month in range(1, 13)
    }
    if merge_jan_feb:
        half = (weights[JANUARY] + weights[FEBRUARY]) / 2
        weights |= {JANUARY: half, FEBRUARY: half}
    return weights if any(weights.values()) else None


def share_to_date(
    window: Window, as_of: date, weights: Mapping[int, Fraction] | None = None
) -> Fraction:
    """The share (0 to 1) of the basis of `window` that is expected up to and with `as_of`.

    A month that is not over, or only partly in the window, counts by its days; without `weights`,
    or where all months of the window weigh nothing, every day counts alike.
    """
    if as_of >= window.end:
        return Fraction(1)
    if as_of < window.start:
        return Fraction(0)
    by_day = {month: Fraction(calendar.monthrange(2026, month)[1]) for month in range(1, 13)}
    for each in (weights or by_day, by_day):
        whole = _weight(window, each)
        if whole:
            return _weight(Window(window.start, as_of), each) / whole
    raise AssertionError("days always weigh something")


def _weight(window: Window, weights: Mapping[int, Fraction]) -> Fraction:
    """What the days of a window weigh, those of a month alike."""
    found = Fraction(0)
    for month in months(window):
        first, last = month.start_time.date(), month.end_time.date()
        days = (min(last, window.end) - max(first, window.start)).days + 1
        found += weights[month.month] * Fraction(days, month.days_in_month)
    return found


def _whole_years(first: pd.Timestamp, end: date) -> int:
    """How many blocks of twelve months before the day after `end` have lines from their start."""
    start = (first.year, first.month)
    years = 0
    while years < MOST_YEARS:
        block = shift_months((end + ONE_DAY), -12 * (years + 1))
        if (block.year, block.month) < start:
            break
        years += 1
    return years
