"""Months in headers: 1月, 2026年1月, 2026-01, Jan-26, date cells; and the year that a text says."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kam_excel.workbook.finding.measures import measures_other, measures_sales
from kam_excel.workbook.finding.refusal import UnclearLayout
from kam_excel.workbook.finding.units import split_unit

FIRST_YEAR, LAST_YEAR = 1990, 2099  # other numbers of four digits are no years


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month as a header says it; `year` is None where the header does not say one."""

    year: int | None
    month: int


@dataclass(frozen=True, slots=True)
class _Header:
    """A month with what tells it from a day: the day of a date, a year of two digits."""

    month: Month
    day: dt.date | None = None
    is_short: bool = False


_ZH = "一二三四五六七八九十"
_NUMBERS = {word: i for i, word in enumerate([*_ZH, "十一", "十二"], 1)}
_NAMES = {name.casefold(): i for names in (month_abbr, month_name) for i, name in enumerate(names)}
_NAMES = {name: i for name, i in _NAMES.items() if name} | {"sept": 9}
_NAME = "(?P<name>" + "|".join(sorted(_NAMES, key=len, reverse=True)) + ")"
_YEAR, _MONTH = r"(?P<year>\d{4})", r"(?P<month>0?[1-9]|1[0-2])"
_SHORT_YEAR = r"'?(?P<short>\d{2})"
_FORMS = [
    re.compile(form)
    for form in (
        rf"(?:(?:{_YEAR}|{_SHORT_YEAR}) ?年 ?)?(?:{_MONTH}|(?P<zh>十[一二]?|[{_ZH}])) ?月[份度]?",
        rf"{_YEAR}[-/._]{_MONTH}(?: ?月份?)?",
        rf"{_YEAR}-?m{_MONTH}",
        rf"{_YEAR}(?P<compact>0[1-9]|1[0-2])",
        rf"{_MONTH}[-/.]{_YEAR}",
        rf"{_NAME}\.?",
        rf"{_NAME}\.?[-/ _,]{{0,2}}{_YEAR}",
        rf"{_NAME}\.?[-/ _']{{1,2}}{_SHORT_YEAR}",
        rf"{_YEAR}[-/ _]?{_NAME}\.?",
        rf"{_YEAR}(?P<sign>[-/]){_MONTH}(?P=sign)(?P<day>\d{{1,2}})(?: 00:00(?::00)?)?",
    )
]
_MEASURED = re.compile(
    rf"(?P<month>(?:\d{{2,4}} ?年 ?)?[\d{_ZH}]{{1,2}} ?月份?|[a-z]{{3,9}}[-/ ']*(?:\d{{2,4}})?)"
    r"[ _(-]*(?P<measure>[^)]+?)\)?"
)
_MEASURE_FIRST = re.compile(r"(?P<measure>[^(]+?)[ _(-]+(?P<month>[^)]+)\)?")


def month_of(header: object) -> Month | None:
    """The month that a header is, alone or with a word for sales and a unit: 1月销售额(万元).

    A date cell is the month of its date. None for other headers, for quarters, for numbers that
    are no year and month (5, 2026.1) and for a month of something else than sales (1月目标).
    """
    found = _header_of(header)
    return found.month if found else None


def _header_of(header: object) -> _Header | None:
    if isinstance(header, dt.date):
        return _Header(Month(header.year, header.month), dt.date(*header.timetuple()[:3]))
    if isinstance(header, (int, float)):
        is_whole = not isinstance(header, bool) and float(header).is_integer()
        return _text_header(str(int(header))) if is_whole else None
    return _text_header(header) if isinstance(header, str) and len(header) < 40 else None


@lru_cache(4096)
def _text_header(text: str) -> _Header | None:
    name, unit = split_unit(text)
    if unit.is_percent:
        return None
    plain = _plain_month(name)
    if plain:
        return plain
    for form in (_MEASURED, _MEASURE_FIRST):
        found = form.fullmatch(name)
        if found and measures_sales(found["measure"].strip()):
            return _plain_month(found["month"].strip(" -/'"))
    return None


def _plain_month(text: str) -> _Header | None:
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            said = {name: word for name, word in found.groupdict().items() if word}
            return _checked(said)
    return None


def _checked(said: Mapping[str, str]) -> _Header | None:
    """The month of the words that a form took apart; None where they are no date."""
    number = said.get("month") or said.get("compact")
    month = int(number) if number else _NUMBERS.get(said.get("zh", "")) or _NAMES[said["name"]]
    year = int(said["year"]) if "year" in said else None
    if "short" in said:
        year = _century(int(said["short"]))
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    day = int(said.get("day", 1))
    if year is not None and not 1 <= day <= monthrange(year, month)[1]:
        return None
    whole = dt.date(year, month, day) if year is not None and "day" in said else None
    return _Header(Month(year, month), whole, "short" in said and "name" in said)


def _century(short: int) -> int:
    return 2000 + short if short < FIRST_YEAR % 100 else 1900 + short


def months_of(row: Sequence[object], parents: Sequence[object] | None = None) -> dict[int, Month]:
    """Which cells of a header row (positions from 0) are the months of one wide table.

    `parents` is the row above, which may hold the year (2025年), the measure (销售额) or the
    month; its cells reach to the next one that is filled. At least two months, no month twice;
    else {}. Columns under a quantity, a plan or a rate are no months, nor are days: dates count
    where all are of the same day of the month, or all the last of theirs.
    """
    cells = _with_parents(row, parents)
    found = {i: header for i, cell in enumerate(cells) if (header := _under(*cell))}
    own = {i: header for i, header in found.items() if cells[i][0] is not None}
    found = own or found
    headers = list(found.values())
    if not _are_months(headers):
        return {}
    years = _years_carried([header.month for header in headers])
    if len(set(years)) < max(2, len(years)) or _is_scattered(years):
        return {}
    return dict(zip(found, years, strict=True))


def _with_parents(
    row: Sequence[object], parents: Sequence[object] | None
) -> list[tuple[object, object, object]]:
    """Each cell with the parent that reaches over it and the one that stands right above it."""
    above: object = None
    cells = []
    for position, cell in enumerate(row):
        own = parents[position] if parents and position < len(parents) else None
        own = None if isinstance(own, str) and not own.strip() else own
        above = above if own is None else own
        cells.append((None if isinstance(cell, str) and not cell.strip() else cell, above, own))
    return cells


def _under(cell: object, above: object, own: object) -> _Header | None:
    """The month of a column: of its own header, or of its parent's over a word for sales."""
    header = _header_of(cell)
    said = split_unit(above)[0] if isinstance(above, str) else ""
    if header is None:
        name = split_unit(cell)[0] if isinstance(cell, str) else ""
        is_measure = measures_sales(name) if cell is not None else own is not None
        return _header_of(above) if is_measure else None
    if measures_other(said):
        return None
    year = header.month.year
    if year is None:
        year = _year_of(above) or year_in(said)
    return replace(header, month=replace(header.month, year=year))


def _year_of(cell: object) -> int | None:
    """The year that a number is."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or cell != cell // 1:
        return None
    return int(cell) if FIRST_YEAR <= cell <= LAST_YEAR else None


def _are_months(headers: Sequence[_Header]) -> bool:
    """Whether dates and short years are months rather than days."""
    days = [header.day for header in headers if header.day]
    ends = all(day.day == monthrange(day.year, day.month)[1] for day in days)
    if days and not ends and len({day.day for day in days}) > 1:
        return False
    is_short = any(header.is_short for header in headers)
    return not is_short or len({header.month.month for header in headers}) > 1


def _years_carried(months: Sequence[Month]) -> list[Month]:
    """A month without a year is of the year before it where it follows: 2025年11月, 12月."""
    carried: list[Month] = []
    for month in months:
        last = carried[-1] if carried else month
        follows = month.year is None and last.year is not None and month.month > last.month
        carried.append(replace(month, year=last.year) if follows else month)
    stated = {month.year is None for month in carried}
    return carried if len(stated) == 1 else []


def _is_scattered(months: Sequence[Month]) -> bool:
    """Whether years lie apart as those of one table do not: 30 January read as January 2030."""
    numbers = [12 * (month.year or 0) + month.month for month in months]
    return max(numbers) - min(numbers) > 2 * len(numbers) + 12


def dated(months: Mapping[int, Month], year: int | None) -> dict[int, Month]:
    """The months with their years: those that their headers say, else `year`.

    Raises UnclearLayout where no year is known (MONTHS_WITHOUT_YEAR), and where months without
    years turn over into another year, as 11月, 12月, 1月 do (MONTHS_TURN_OVER).
    """
    if all(month.year is not None for month in months.values()):
        return dict(months)
    numbers = [month.month for month in months.values()]
    steps = {later > earlier for earlier, later in pairwise(numbers)}
    if len(steps) > 1:
        raise UnclearLayout("MONTHS_TURN_OVER")
    if year is None:
        raise UnclearLayout("MONTHS_WITHOUT_YEAR")
    return {position: Month(year, month.month) for position, month in months.items()}


# Fiscal years, spans of years and full dates (of an export) say no calendar year.
_NO_YEAR = re.compile(
    r"(?:fy|财年|会计年度) ?'?\d{2,4}|\d{2,4} ?(?:财年|财政年度|会计年度)"
    r"|(?<!\d)\d{4}[-/._年]?(?:0\d|1[0-2]|\d)[-/._月]?(?:(?:[0-2]\d|3[01])(?!\d)|\d日)"
    r"|(?:top|excel|office|windows|iso|no\.?|#|编号|¥|\$) ?\d{4}(?!\d)"
)
_SPAN = re.compile(r"(?<!\d)(\d{4})(?: ?年)? ?[-/~至到—–] ?(\d{2}|\d{4})(?!\d)")
_YEARS = re.compile(
    r"(?<![\d.,])(\d{4})(?= ?年)|(?<![\d.,])(\d{4})(?=(?:0[1-9]|1[0-2])(?!\d))"
    r"|(?<![\d.,])(\d{4})(?![\d%元万个家件强名人吨户台款]|[.,]\d{3}| ?(?:rmb|usd|pcs|units))"
)
_SHORT_YEARS = re.compile(r"(?:^|[^\w.]|_)([1-4]\d) ?年(?![以来内庆老间期前后多])")


def year_in(text: str) -> int | None:
    """The one calendar year that the name of a sheet or a file, or a title says.

    2025年合作伙伴订单, Sales 2025, 2025Q1, 销售_202501. None for two different years or a span
    (2024-2025), for a fiscal year, which may begin in the year before, and for the date of an
    export.
    """
    text = split_unit(text)[0]
    if any(_is_span(int(first), second) for first, second in _SPAN.findall(text)):
        return None
    text = _NO_YEAR.sub(" ", text)
    numbers = [int(next(filter(None, found))) for found in _YEARS.findall(text)]
    years = {number for number in numbers if FIRST_YEAR <= number <= LAST_YEAR}
    years |= {2000 + int(short) for short in _SHORT_YEARS.findall(text)}
    return years.pop() if len(years) == 1 else None


def _is_span(first: int, second: str) -> bool:
    """Whether two numbers are years one after the other: 2024-25, 2024-2025."""
    if not FIRST_YEAR <= first <= LAST_YEAR:
        return False
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    return first < last <= LAST_YEAR and (len(second) == 4 or last == first + 1)
