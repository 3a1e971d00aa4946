"""Sheets that are parts of one table, by their names: one a year, quarter, month or region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from kam_excel.workbook.finding.headers import normal
from kam_excel.workbook.finding.months import FIRST_YEAR, LAST_YEAR, month_of
from kam_excel.workbook.finding.regionwords import REGIONS, overlap

Period = Literal["", "year", "half", "quarter", "month"]


@dataclass(frozen=True, slots=True)
class Part:
    """What tells a sheet from its fellows: a period, a region, a branch, or several of them.

    rest: the name without it. period: the finest period that the name says, with its year, which
    may be a fiscal one, and the number of the half, quarter or month, where they are said.
    region, branch: as the name spells them, "" where it says none.
    """

    rest: str
    period: Period = ""
    year: int | None = None
    number: int | None = None
    region: str = ""
    branch: str = ""

    @property
    def shape(self) -> tuple[str, bool, bool, bool, str]:
        """What the sheets of one table have in common."""
        return self.period, self.year is None, not self.region, not self.branch, self.rest

    @property
    def value(self) -> tuple[int | None, int | None, str, str]:
        """What the sheets of one table differ in."""
        return self.year, self.number, self.region, self.branch


_COPY = re.compile(
    r"\(\d+\)$|副本|备份|复制|拷贝|作废|废弃|草稿|草表|测试|模板|样板|样例|示例|旧|老版|原版|勿用|不用"
    r"|(?<![a-z])(?:copy|copies|backup|bak|old|draft|test|template|sample|example|void|obsolete"
    r"|te?mp|archived?|v\d+|ver\d*|version)(?![a-z])"
)
_DIGIT = {word: i for i, word in enumerate("一二三四五六七八九十", 1)}
_NUMBERED: dict[Period, re.Pattern[str]] = {
    "quarter": re.compile(
        r"(?<![a-z])q ?([1-4])(?!\d)|(?<![\d-])([1-4]) ?q(?![a-z])|第?([一二三四1-4]) ?季度?"
    ),
    "half": re.compile(r"([上下])半年|(?<![a-z])h([12])(?!\d)"),
    "month": re.compile(
        r"(?<![\d~至到-])((?:1[0-2]|0?[1-9]) ?月)份?(?! ?\d)"
        r"|(?<![一二三四五六七八九十~至到-])((?:十[一二]?|[一二三四五六七八九]) ?月)份?(?! ?\d)"
        r"|(?<![a-z])((?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
        r"(?:uary|ruary|ch|il|[ey]|ust|tember|ober|ember)?)(?![a-z])"
    ),
}
_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})[-_./]?(1[0-2]|0[1-9]|(?<!\d)[1-9])(?![-_./]?\d)")
_YEAR = re.compile(
    r"(?:(?<![a-z])fy ?'?)?(?<!\d)(\d{4})(?!\d) ?(?:年度?|财年)?|(?<!\d)(\d{2}) ?(?:年度?|财年)"
    r"|(?<![a-z])fy ?'?(\d{2})(?!\d)"
)
_KIND_OF_REGION = (
    r"(?:壮族|回族|维吾尔)?自治区|特别行政区|大区|地区|区域|片区|分公司|办事处|事业部|分部|团队"
    r"|[省市区部组]|(?: ?(?:region|area|team|office|territory))(?![a-z])"
)
_REGION = re.compile(
    "("
    + "|".join(
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else word
        for word in sorted(REGIONS, key=len, reverse=True)
    )
    + rf")(?:{_KIND_OF_REGION})?"
)
_BRANCH = re.compile(
    r"(?<![a-z])(?:branch|store|shop|outlet|region|area|team|part|page|district|zone|warehouse"
    r"|territory)[ _#-]*(?:no\.? ?)?(?:\d+|[a-z])(?![a-z\d])"
    r"|(?:分店|门店|店铺|店|分公司|营业部|大区|片区|仓库|团队)[ _#-]*(?:\d+|[a-z](?![a-z]))"
    r"|第?(?:\d+|[一二三四五六七八九十]+|[a-z])号?"
    r"(?:分店|门店|店铺|店|分公司|营业部|大区|片区|区|小组|组|部门|部分|部|仓库|仓|团队|页)"
)


def is_copy(name: str) -> bool:
    """Whether the name of a sheet says that it is a copy, a draft or a template: 销售 (2), old."""
    return _COPY.search(normal(name)) is not None


def part_of(name: str) -> Part | None:
    """What a sheet's name says that sets it apart: 2025, 销售2025Q1, 1月, 华东销售, 二店.

    None for a name that says nothing of the kind, or says two periods, regions or branches.
    """
    rest = re.sub(r"(?<![a-z])(north|south)[ -](east|west)", r"\1\2", normal(name))
    try:
        rest, period, year, number = _take_period(rest)
        rest, region = _take(_REGION, rest)
        rest, branch = _take(_BRANCH, rest) if not region else (rest, "")
    except _Several:
        return None
    if not (period or region or branch):
        return None
    rest = re.sub(r"[\s_.,;:/()\[\]-]+", " ", rest).strip()
    return Part(rest, period, year, number, region, branch)


class _Several(Exception):  # noqa: N818 - a verdict, not a failure
    """A name says two things of one kind."""


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """A text without what the pattern finds in it, and what that says, "" where there is none."""
    found = list(pattern.finditer(text))
    if len(found) > 1:
        raise _Several
    if not found:
        return text, ""
    said = next(filter(None, found[0].groups()), found[0][0]).strip()
    return f"{text[: found[0].start()]} {text[found[0].end() :]}", said


def _take_period(text: str) -> tuple[str, Period, int | None, int | None]:
    both = _YEAR_MONTH.search(text)
    if both and FIRST_YEAR <= int(both[1]) <= LAST_YEAR:
        text = f"{text[: both.start()]} {text[both.end() :]}"
        if _YEAR.search(text):
            raise _Several
        return text, "month", int(both[1]), int(both[2])
    said: dict[Period, str] = {}
    for kind, pattern in _NUMBERED.items():
        text, word = _take(pattern, text)
        if word:
            said[kind] = word
    if len(said) > 1:
        raise _Several
    text, word = _take(_YEAR, text)
    year = int(word if len(word) == 4 else f"20{word}") if word else None
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Several
    if not said:
        return text, "year" if year else "", year, None
    kind, word = said.popitem()
    return text, kind, year, _number(word)


def _number(word: str) -> int:
    """The number of a half, a quarter or a month."""
    month = month_of(word)
    if month:
        return month.month
    return {"上": 1, "下": 2, **_DIGIT}.get(word) or int(word)


def are_series(names: Sequence[str]) -> bool:
    """Whether the names of sheets say that these are the parts of one table.

    They have to be alike but for the period, the region or the branch, each at another; none may
    be a copy, and no region lie within another (华东 and 上海 would count twice).
    """
    parts = [None if is_copy(name) else part_of(name) for name in names]
    known = [part for part in parts if part]
    if len(names) < 2 or len(known) < len(names):
        return False
    regions = {part.region for part in known}
    return (
        len({part.shape for part in known}) == 1
        and len({part.value for part in known}) == len(known)
        and not any(overlap(*pair) for pair in combinations(sorted(regions), 2))
    )
