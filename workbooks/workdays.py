"""The company's working days: Monday to Friday but the long holidays."""

from __future__ import annotations

import random
from datetime import date, timedelta

HOLIDAYS = (
    (date(2023, 10, 1), date(2023, 10, 7)), (date(2024, 2, 9), date(2024, 2, 18)),
    (date(2024, 10, 1), date(2024, 10, 7)), (date(2025, 1, 27), date(2025, 2, 5)),
    (date(2025, 10, 1), date(2025, 10, 7)), (date(2026, 2, 14), date(2026, 2, 23)),
)  # fmt: skip


def working_day(rng: random.Random, month: date) -> date:
    """Some working day of the month that begins on `month`."""
    while True:
        day = month + timedelta(days=rng.randint(0, 30))
        if day.month == month.month and _is_working_day(day):
            return day


def later_working_day(day: date) -> date:
    """`day`, or the first working day after it."""
    while not _is_working_day(day):
        day += timedelta(days=1)
    return day


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)
