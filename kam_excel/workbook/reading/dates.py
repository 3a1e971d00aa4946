"""Columns of dates: date cells, numbers of days, and texts that name a day in one way only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from kam_excel.workbook.reading.datetexts import read_day
from kam_excel.workbook.reading.figures import DASHES
from kam_excel.workbook.reading.lettering import figures
from kam_excel.workbook.reading.numbers import dash
from kam_excel.workbook.reading.verdicts import Coerced, Number, Reader, Refused

_EPOCH = dt.datetime(1899, 12, 30)
_EPOCH_1904 = dt.datetime(1904, 1, 1)
# The first serials are times without a day, and a day of 1900 that never was (ECMA-376 part 1,
# 18.17.4.1).
_FIRST = {False: dt.datetime(1900, 3, 1), True: dt.datetime(1904, 1, 2)}
_LAST_DAY = dt.datetime(2100, 12, 31)
_LAST_SERIAL = 73_415  # of 1900: 2100-12-31
_YEARS = range(1900, 2101)
_COMPACT_START, _COMPACT_END = 1900_01_01, 2200_00_00
USUAL = (dt.datetime(1970, 1, 1), _LAST_DAY)


class DateReader(Reader):
    """Days; the time of day is left out."""

    refusal = "DATE_NOT_READABLE"

    @property
    def repeated(self) -> frozenset[type]:
        """Numbers as well: a year has few days."""
        return super().repeated | {float}

    def moment(self, moment: dt.datetime) -> Any:
        """The day of a date cell; a time alone, which is a day before the first, is none."""
        day = dt.datetime(moment.year, moment.month, moment.day)
        if day < _FIRST[self._facts.date1904]:
            raise Refused(self.refusal)
        return day

    def number(self, number: Number, at: int) -> Any:
        """The day that a serial number or 20260105 stands for. 2026 and 202601 are no days."""
        if not 0 <= number < _COMPACT_END:
            raise Refused(self.refusal)
        days = int(number)
        if number >= _COMPACT_START and days == number:
            return Coerced(read_day(str(days), self._rules.date_order), "NUMBER_DATE")
        if days > _LAST_SERIAL or (days in _YEARS and days == number):
            raise Refused(self.refusal)
        day = (_EPOCH_1904 if self._facts.date1904 else _EPOCH) + dt.timedelta(days=days)
        if not _FIRST[self._facts.date1904] <= day <= _LAST_DAY:
            raise Refused(self.refusal)
        return Coerced(day, "NUMBER_DATE")

    def text(self, text: str, at: int) -> Any:
        """The day that a text names."""
        written = figures(text)
        if not written:
            return None
        if written in DASHES:
            return dash(self._rules, None)
        return Coerced(read_day(written, self._rules.date_order), "TEXT_DATE")

    def notes(self, values: Sequence[Any]) -> Iterator[tuple[str, list[int]]]:
        """Days that are unlikely: 2206 is mistyped for 2026."""
        first, last = USUAL
        far = {day for day in set(values) if day is not None and not first <= day <= last}
        yield "DATE_FAR", [i for i, day in enumerate(values) if day in far] if far else []
