"""Days that are written as text.

The year comes first, or the month is a word; 5/1/2026 is the 5th of January or the 1st of May,
and needs an order. A time of day or the right day of the week may stand with it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from kam_excel.workbook.reading.verdicts import Refused

Order = Literal["none", "dmy", "mdy"]

_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november"
        " december".split(),
        start=1,
    )
    for length in (3, len(name))
} | {"sept": 9}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon 星期一 周一",
            "tuesday tue tues 星期二 周二",
            "wednesday wed 星期三 周三",
            "thursday thu thur thurs 星期四 周四",
            "friday fri 星期五 周五",
            "saturday sat 星期六 周六",
            "sunday sun 星期日 星期天 周日 周天",
        )
    )
    for name in names.split()
}
_CENTURY_TURNS = 30  # 29 is 2029 and 30 is 1930, as in Excel

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_YEAR, _TWO = "(?P<y>[0-9]{4})", "[0-9]{1,2}"
_NAMED = rf"(?P<name>{_MONTH})\.?"
_NTH = rf"(?P<d>{_TWO})(?:st|nd|rd|th)?"

_TIME = re.compile(
    r"(?P<day>.*?)(?:[t ] ?|(?<=[日号]))(?P<before>上午|下午)? ?"
    r"(?P<hour>[0-9]{1,2}):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
    r"(?: ?(?P<after>[ap]\.?m\.?))?(?: ?z| ?[+-][0-9]{2}:?[0-9]{2})?"
)
_WITH_WEEKDAY = re.compile(
    rf"(?:(?P<first>{_WEEKDAY})[.,]{{0,2}} )?(?P<day>.*?)(?:,? ?\(?(?P<last>{_WEEKDAY})\)?)?"
)
_DAYS = [
    re.compile(form)
    for form in (
        rf"{_YEAR}(?P<between>[-/.])(?P<m>{_TWO})(?P=between)(?P<d>{_TWO})",
        rf"{_YEAR} ?年 ?(?P<m>{_TWO}) ?月(?: ?(?P<d>{_TWO}) ?[日号]?)?",
        r"(?P<y>(?:19|20|21)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        rf"{_YEAR}[-/](?P<m>{_TWO})",
        rf"{_NTH}[- ]{_NAMED}(?:[- ]|, ){_YEAR}",
        rf"{_NAMED} {_NTH},? {_YEAR}",
        rf"{_NAMED}[- ]{_YEAR}",
    )
]
_SHORT_YEAR = "(?P<y>[0-9]{4}|[0-9]{2})"
_BY_NAME = rf"{_NTH}[- ]{_NAMED}[- ](?P<y>[0-9]{{2}})"
_ORDERED = {
    order: [
        re.compile(
            rf"(?P<{first}>{_TWO})(?P<between>[-/.])(?P<{second}>{_TWO})(?P=between){_SHORT_YEAR}"
        ),
        re.compile(_BY_NAME),
    ]
    for order, first, second in (("dmy", "d", "m"), ("mdy", "m", "d"))
}


def read_day(text: str, order: Order = "none") -> dt.datetime:
    """The day that a text in half width names. Raises Refused with a code that says why not."""
    return _named_day(_without_time(" ".join(text.casefold().split())), order)


@lru_cache(maxsize=4096)
def _named_day(words: str, order: Order) -> dt.datetime:
    """The day of a text without a time, alone or with its day of the week."""
    found = _WITH_WEEKDAY.fullmatch(words)
    if found is None:
        raise Refused("DATE_NOT_READABLE")
    day = _day(found["day"], order)
    if any(name and _WEEKDAYS[name] != day.weekday() for name in (found["first"], found["last"])):
        raise Refused("DATE_NOT_READABLE")
    return day


def _without_time(words: str) -> str:
    found = _TIME.fullmatch(words) if ":" in words else None
    if found is None:
        return words
    before, after = found["before"], found["after"]
    if (before and after) or int(found["hour"]) > (12 if before or after else 23):
        raise Refused("DATE_NOT_READABLE")
    return found["day"].rstrip()


def _day(words: str, order: Order) -> dt.datetime:
    found = _first(_DAYS, words) or _first(_ORDERED.get(order, []), words)
    if found is None:
        is_ordered = order == "none" and _first(_ORDERED["dmy"], words)
        raise Refused("DATE_ORDER_UNKNOWN" if is_ordered else "DATE_NOT_READABLE")
    parts = found.groupdict()
    name, day = parts.get("name"), parts.get("d")
    month = _MONTHS[name] if name else int(parts["m"])
    try:
        return dt.datetime(_full(parts["y"]), month, int(day or 1))
    except ValueError:  # the 30th of February
        raise Refused("DATE_NOT_READABLE") from None


def _first(forms: Iterable[re.Pattern[str]], words: str) -> re.Match[str] | None:
    return next(filter(None, (form.fullmatch(words) for form in forms)), None)


def _full(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < _CENTURY_TURNS else 1900)
