"""How a row of cells goes on when it is dragged: series of numbers, dates, words and formulas."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from kam_excel.headless.cells.values import CellError, Content, Formula, from_serial, to_serial

Fill = Literal[
    "default", "copy", "series", "days", "weekdays", "months", "years", "linear", "growth"
]
Kind = Literal["number", "date", "numbered", "listed", "other"]
Go = Callable[[int], Content]
Line = Callable[[int], float]

_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)
_QUARTER = re.compile(r"(?i)q|qtr|quarter")
# Words that follow one another, as Excel knows them in English and Chinese.
_LISTS = tuple(
    tuple(each.split())
    for each in (
        "Sun Mon Tue Wed Thu Fri Sat",
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "January February March April May June July August September October November December",
        "日 一 二 三 四 五 六",
        "星期日 星期一 星期二 星期三 星期四 星期五 星期六",
        "周日 周一 周二 周三 周四 周五 周六",
        "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
        "第一季 第二季 第三季 第四季",
        "甲 乙 丙 丁 戊 己 庚 辛 壬 癸",
        "子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥",
    )
)


@dataclass(frozen=True, slots=True)
class Given:
    """A cell that is dragged: what it holds, and whether that shows as a date."""

    content: Content
    is_date: bool


def continued(
    cells: Sequence[Given], fill: Fill, date1904: bool
) -> Callable[[int], tuple[int, Content]]:
    """The content at a place counted from the first given cell, with the one it comes from.

    Formulas come as they are there; negative places lie before the given cells.
    """
    runs: list[tuple[int, int, Go]] = []
    place = 0
    for _, group in groupby(cells, key=lambda each: "" if fill == "copy" else _key(each)):
        run = list(group)
        runs.append((place, len(run), _go(run, fill, date1904)))
        place += len(run)

    def at(number: int) -> tuple[int, Content]:
        turn, inside = divmod(number, len(cells))
        start, length, go = next(each for each in runs if each[0] <= inside < each[0] + each[1])
        return inside, go(turn * length + inside - start)

    return at


def _key(given: Given) -> str:
    kind = _kind(given)
    if kind == "numbered":
        match = _NUMBERED.fullmatch(str(given.content))
        assert match is not None
        return f"numbered {match[1]}"
    return kind


def _kind(given: Given) -> Kind:
    content = given.content
    if isinstance(content, float):
        return "date" if given.is_date else "number"
    if isinstance(content, str) and not isinstance(content, (Formula, CellError)):
        if _list_of(content):
            return "listed"
        if _NUMBERED.fullmatch(content):
            return "numbered"
    return "other"


def _list_of(text: str) -> tuple[str, ...] | None:
    wanted = text.casefold()
    return next((each for each in _LISTS if wanted in map(str.casefold, each)), None)


def _go(run: list[Given], fill: Fill, date1904: bool) -> Go:
    contents = [each.content for each in run]
    numbers = [each for each in contents if isinstance(each, float)]
    kind = "other" if fill == "copy" else _kind(run[0])
    if kind == "number":
        return _numbers(numbers, fill)
    if kind == "date":
        return _dates(numbers, fill, date1904)
    if kind == "numbered":
        return _numbered([str(each) for each in contents])
    if kind == "listed":
        return _listed([str(each) for each in contents])
    return lambda number: contents[number % len(contents)]


def _numbers(values: list[float], fill: Fill) -> Go:
    if fill == "growth":
        return _growing(values)
    if len(values) == 1:
        step = 0.0 if fill == "default" else 1.0
        return lambda number: values[0] + step * number
    return _line(values)


def _line(values: list[float]) -> Line:
    """The straight line through values, by least squares where they are on none."""
    count = len(values)
    steps = {round(b - a, 12) for a, b in pairwise(values)}
    if len(steps) == 1:
        first, step = values[0], values[1] - values[0]
    else:
        middle, mean = (count - 1) / 2, sum(values) / count
        spread = sum((x - middle) ** 2 for x in range(count))
        step = sum((x - middle) * (y - mean) for x, y in enumerate(values)) / spread
        first = mean - step * middle

    def at(number: int) -> float:
        return values[number] if 0 <= number < count else _clean(first + step * number)

    return at


def _clean(value: float) -> float:
    """Without the noise of binary fractions, at the 15 digits that Excel has."""
    return float(f"{value:.15g}")


def _growing(values: list[float]) -> Go:
    """Values that grow by a factor: the same one, or the one that fits best."""
    if any(value <= 0 for value in values):
        raise ValueError("only numbers above 0 grow by a factor")
    factors = {float(f"{b / a:.12g}") for a, b in pairwise(values)} or {1.0}
    line = _line([math.log(value) for value in values]) if len(factors) > 1 else None
    first, factor = values[0], next(iter(factors))

    def at(number: int) -> float:
        if 0 <= number < len(values):
            return values[number]
        return _clean(first * factor**number if line is None else math.exp(line(number)))

    return at


def _dates(values: list[float], fill: Fill, date1904: bool) -> Go:
    days = [from_serial(value, date1904) for value in values]
    if not all(isinstance(day, dt.datetime) for day in days):
        return _line(values) if len(values) > 1 else lambda number: values[0] + number
    first = days[0]
    assert isinstance(first, dt.datetime)
    months = _months_apart([day for day in days if isinstance(day, dt.datetime)])
    if fill in ("months", "years") or (fill == "default" and months):
        step = months or (12 if fill == "years" else 1)
        return lambda number: to_serial(_later(first, step * number), date1904)
    if fill == "weekdays":
        return lambda number: to_serial(_workday(first, number), date1904)
    if len(values) == 1:
        return lambda number: values[0] + number
    return _line(values)


def _months_apart(days: list[dt.datetime]) -> int:
    """The months between dates of the same day, 0 where they are otherwise apart."""
    numbers = [day.year * 12 + day.month for day in days]
    steps = {b - a for a, b in pairwise(numbers)}
    same = {(day.day, day.time()) for day in days}
    return steps.pop() if len(steps) == 1 and len(same) == 1 else 0


def _later(day: dt.datetime, months: int) -> dt.datetime:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def _workday(day: dt.datetime, number: int) -> dt.datetime:
    step = dt.timedelta(days=1 if number >= 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() >= 5:
            day += step
    return day


def _numbered(texts: list[str]) -> Go:
    found = [_NUMBERED.fullmatch(text) for text in texts]
    numbers = [float(each[2]) for each in found if each]
    prefix, digits = (found[0][1], found[0][2]) if found[0] else ("", "")
    line: Line = _line(numbers) if len(numbers) > 1 else lambda number: numbers[0] + number
    quarters = bool(_QUARTER.fullmatch(prefix.strip())) and all(1 <= each <= 4 for each in numbers)

    def at(number: int) -> str:
        value = abs(round(line(number)))
        if quarters:
            value = (round(line(number)) - 1) % 4 + 1
        width = len(digits) if digits.startswith("0") else 0
        return f"{prefix}{value:0{width}d}"

    return at


def _listed(texts: list[str]) -> Go:
    words = _list_of(texts[0])
    assert words is not None
    folded = [word.casefold() for word in words]
    if any(text.casefold() not in folded for text in texts):
        return lambda number: texts[number % len(texts)]
    places = [folded.index(text.casefold()) for text in texts]
    step = (places[1] - places[0]) % len(words) if len(places) > 1 else 1
    shape = _case(texts[0])
    return lambda number: shape(words[(places[0] + step * number) % len(words)])


def _case(text: str) -> Callable[[str], str]:
    if text.isupper():
        return str.upper
    return str.lower if text.islower() else str
