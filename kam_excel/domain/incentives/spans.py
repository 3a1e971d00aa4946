"""Periods as people write them: 2026, 2026年第四季度, 2026H1, 2026-10, 2026-10-01~2026-12-31."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from kam_excel.domain.columns import text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import ONE_DAY, Window, shift_months
from kam_excel.domain.texts import folded

FIRST_YEAR, LAST_YEAR = 1970, 2100
LONGEST = 60  # characters of a text that may be a period; a cell may hold 32,767

_ZH = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_Y, _M, _N = "(?P<y>[0-9]{4})", "(?P<m>[0-9]{1,2})", "(?P<n>[1-4一二三四上下])"
# What is written, by the months that it lasts; 0 is a day.
_FORMS = [
    (months, re.compile(form))
    for months, form in (
        (12, rf"{_Y}(?:\.0)?(?:年度?|全年|年全年)?"),
        (6, rf"{_Y}(?:年度?|-)?(?:h(?=[12])|(?=[上下]半年)){_N}(?:半年度?)?"),
        (3, rf"{_Y}(?:年度?|-)?(?:q(?=[1-4]$)|第?(?=[1-4一二三四]季)){_N}(?:季度?)?"),
        (1, rf"{_Y}[-/.]{_M}"),
        (1, rf"{_Y}年{_M}月份?"),
        (1, r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})"),
        (0, rf"{_Y}(?P<between>[-/.]){_M}(?P=between)(?P<d>[0-9]{{1,2}})(?: 00:00:00)?"),
        (0, rf"{_Y}年{_M}月(?P<d>[0-9]{{1,2}})[日号]?"),
        (0, r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    )
]
_BETWEEN = re.compile(r"~|至|到|[-–—―]{1,2}|\.\.+|to")


def window_of(text: object) -> Window | None:
    """The days that a text names; None for what cannot be read, and for what can in two ways.

    A year, half, quarter, month or day, or two of one kind with ~, 至, 到, –, - , to or .. between
    them; the second may leave out its year (2026年1月至6月). Years are 1970 to 2100.
    """
    if len(str(text)) > LONGEST:
        return None
    words = _words(text)
    found = _single(words)
    if found is not None:
        return found[1]
    windows = set(_ranges(words))
    return windows.pop() if len(windows) == 1 else None


def text_of(window: Window) -> str:
    """The shortest text that names the window: 2026, 2026H1, 2026Q4, 2026-10, a day or two."""
    start = window.start
    for months, form in ((12, "{0}"), (6, "{0}H{1}"), (3, "{0}Q{1}"), (1, "{0}-{1:02d}")):
        number, begun = divmod(start.month - 1, months)
        if begun == 0 and _lasting(start.replace(day=1), months) == window:
            return form.format(start.year, number + 1)
    days = dict.fromkeys((start.isoformat(), window.end.isoformat()))
    return "~".join(days)


def read_periods(frame: pd.DataFrame, table_id: str, log: IssueLog) -> pd.Series:
    """The Window of the column `period` of each row, None where it cannot be read (object).

    The first day of a month, written 2026-10-01, counts as that month and is listed: Excel turns
    a typed 2026-10 into it. Who means the day writes 2026-10-01~2026-10-01.
    """
    texts = text_column(frame, "period")
    read = {text: window_of(text) for text in texts.dropna().unique()}
    lost = [text for text, window in read.items() if window is None]
    firsts = {
        text: _lasting(window.start, 1)
        for text, window in read.items()
        if window and window.start.day == 1 and text == window.start.isoformat()
    }
    said = {text: text_of(window) for text, window in firsts.items()}
    for code, handling, about in (
        ("PERIOD_UNREADABLE", "ROW_EXCLUDED", lost),
        ("PERIOD_DAY_AS_MONTH", "READ_AS", list(firsts)),
    ):
        listed = texts[texts.isin(about)]
        log.add_each(code, table_id, listed, handling, "period", taken=listed.map(said))
    windows = [(read | firsts).get(text) for text in texts]
    return pd.Series(windows, frame.index, dtype=object)


def _words(text: object) -> str:
    """In half width and lower case, without spaces but before a time."""
    words = folded(str(text)).replace(" 00:00:00", "T")
    return words.replace(" ", "").replace("T", " 00:00:00")


def _single(words: str) -> tuple[int, Window] | None:
    """A period in one word, with the months that it lasts."""
    for months, form in _FORMS:
        if found := form.fullmatch(words):
            window = _window(months, found.groupdict())
            if window is not None:
                return months, window
    return None


def _window(months: int, parts: dict[str, str]) -> Window | None:
    number = parts.get("n", "1")
    first = (_ZH.get(number) or int(number)) * months - months + 1
    year, month, day = int(parts["y"]), int(parts.get("m", first)), int(parts.get("d", 1))
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    try:
        start = date(year, month, day)
    except ValueError:  # the 30th of February
        return None
    return _lasting(start, months)


def _lasting(start: date, months: int) -> Window:
    return Window(start, shift_months(start, months) - ONE_DAY if months else start)


def _left_out(start: date, right: str) -> Iterator[str]:
    """What the second of two periods may leave out, for the first says it."""
    yield from ("", *(f"{start.year}{sign}" for sign in ("", "年", "-", "/")))
    if right.endswith(("日", "号")):
        yield f"{start.year}年{start.month}月"


def _ranges(words: str) -> Iterator[Window]:
    """Every way to read the words as from one period to another of its kind."""
    for between in _BETWEEN.finditer(words):
        left, right = words[: between.start()], words[between.end() :]
        for first in (left, f"{left}月"):
            begun = _single(first)
            if begun is None:
                continue
            for missing in _left_out(begun[1].start, right):
                ended = _single(missing + right)
                if ended and ended[0] == begun[0] and begun[1].start <= ended[1].end:
                    yield Window(begun[1].start, ended[1].end)
