"""Numbers and dates as their formats show them, in wide enough columns.

Source: ECMA-376 part 1, 18.8.31 (numFmts). Fractions are shown as General; names of months and
days are English, aaa and aaaa Chinese.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from kam_excel.headless.styles.numberformats import GENERAL

_TOKEN = re.compile(
    r"""
    (?P<quoted>"[^"]*"?)
  | \\(?P<escaped>.)
  | _(?P<blank>.)
  | \*(?P<fill>.)
  | \[(?P<elapsed>h+|m+|s+)\]
  | \[\$(?P<currency>[^\]-]*)[^\]]*\]
  | \[(?P<condition>[<>=]{1,2})(?P<limit>-?[0-9.]+)\]
  | \[(?P<other>[^\]]*)\]
  | (?P<general>general)
  | (?P<half>am/pm|a/p|上午/下午)
  | (?P<date>y+|m+|d+|h+|s+|aaaa?|e(?![+-])|(?<=s)\.0+)
  | (?P<exponent>e[+-])
  | (?P<digit>[0#?])
  | (?P<mark>[.,%@/])
  | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MOST_DIGITS = 1e11


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    parts: tuple[_Part, ...]
    condition: tuple[str, float] | None

    def has(self, *kinds: str) -> bool:
        return any(part.kind in kinds for part in self.parts)


def number_text(number: float, number_format: str) -> str:
    """A number as `number_format` shows it."""
    sections = _sections(number_format)
    section, signed = _chosen(sections, number)
    if any(part == _Part("mark", "/") for part in section.parts):
        return general(number)
    if section.has("general"):
        shown = general(abs(number) if signed is False else number)
        return "".join(shown if part.kind == "general" else _plain(part) for part in section.parts)
    if not section.has("digit"):
        return "".join(map(_plain, section.parts)).replace("@", general(number))
    sign = "-" if number < 0 and signed else ""
    return sign + _digits(abs(number), section)


def moment_text(moment: dt.datetime, number_format: str) -> str:
    """A date or a time as `number_format` shows it."""
    section = _sections(number_format)[0]
    clock12 = section.has("half")
    shown = []
    for place, part in enumerate(section.parts):
        if part.kind == "date":
            kind = _date_kind(section.parts, place)
            shown.append(_date_part(moment, kind, part.text, clock12))
        elif part.kind == "elapsed":
            shown.append(_elapsed(moment, part.text))
        elif part.kind == "half":
            morning, _, afternoon = part.text.partition("/")
            shown.append(afternoon if moment.hour >= 12 else morning)
        else:
            shown.append(_plain(part))
    return "".join(shown)


def text_text(text: str, number_format: str) -> str:
    """A text as `number_format` shows it: `@` in the last of four sections, or in the only one."""
    sections = _sections(number_format)
    last = sections[-1]
    if not any(part == _Part("mark", "@") for part in last.parts):
        return text
    return "".join(text if part.text == "@" else _plain(part) for part in last.parts)


def general(number: float) -> str:
    """A number as General shows it: 11 digits at most."""
    size = abs(number)
    if size >= _MOST_DIGITS or 0 < size < 1e-9:
        mantissa, _, exponent = f"{number:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    digits = max(11 - len(str(int(size))) - 1, 0)
    rounded = f"{_rounded(number, digits):f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    sections, parts, condition = [], list[_Part](), None
    for match in _TOKEN.finditer(number_format or GENERAL):
        kind = match.lastgroup or "literal"
        text = match[kind]
        if kind == "limit":
            condition = (match["condition"], float(text))
        elif kind == "literal" and text == ";":
            sections.append(_Section(tuple(parts), condition))
            parts, condition = [], None
        elif kind != "other":
            parts.append(_Part(kind, text.strip('"') if kind == "quoted" else text))
    sections.append(_Section(tuple(parts), condition))
    return tuple(sections)


def _chosen(sections: tuple[_Section, ...], number: float) -> tuple[_Section, bool]:
    """The section for a number, and whether a minus is shown before it."""
    for section in sections:
        if section.condition and _holds(number, *section.condition):
            return section, True
    if any(section.condition for section in sections):
        rest = [section for section in sections if not section.condition]
        return (rest or list(sections))[-1], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(number: float, condition: str, limit: float) -> bool:
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }.get(condition, False)


def _digits(number: float, section: _Section) -> str:
    parts = section.parts
    places = [place for place, part in enumerate(parts) if part.kind == "digit"]
    point = next((i for i, part in enumerate(parts) if part == _Part("mark", ".")), len(parts))
    power = next((i for i, part in enumerate(parts) if part.kind == "exponent"), len(parts))
    whole = [place for place in places if place < min(point, power)]
    decimals = [place for place in places if point < place < power]
    commas = [i for i, part in enumerate(parts) if part == _Part("mark", ",")]
    grouped = any(whole and whole[0] < comma < whole[-1] for comma in commas)
    scale = sum(1 for comma in commas if comma > places[-1] or comma == point - 1)
    percents = sum(1 for part in parts if part == _Part("mark", "%"))
    exponent = ""
    if power < len(parts):
        mantissa, _, exponent = f"{number:.{len(decimals)}E}".partition("E")
        value = Decimal(mantissa)
    else:
        value = _rounded(number * 100**percents / 1000**scale, len(decimals))
    left, _, right = f"{value:.{len(decimals)}f}".partition(".")
    shown = _whole(left, [parts[place].text for place in whole], grouped)
    return _assembled(parts, whole, decimals, power, shown, right, exponent)


def _whole(left: str, holders: list[str], grouped: bool) -> str:
    wanted = len(holders) - holders.index("0") if "0" in holders else 0
    digits = left.lstrip("0").rjust(wanted, "0")
    if grouped:
        digits = (
            f"{int(digits or 0):0{wanted + (wanted - 1) // 3 if wanted else 1},}" if digits else ""
        )
    return digits


def _assembled(
    parts: tuple[_Part, ...],
    whole: list[int],
    decimals: list[int],
    power: int,
    left: str,
    right: str,
    exponent: str,
) -> str:
    """The parts of a section with the digits in their places."""
    kept = len(right)
    while kept and right[kept - 1] == "0" and parts[decimals[kept - 1]].text != "0":
        kept -= 1
    shown: list[str] = []
    for place, part in enumerate(parts):
        if place in whole:
            later = len(whole) - 1 - whole.index(place)
            if place == whole[0]:
                shown.append(left[: max(len(left) - later, 0)])
            elif len(left) > later:
                shown.append(left[len(left) - 1 - later])
        elif place in decimals:
            index = decimals.index(place)
            shown.append(right[index] if index < kept else "")
        elif place == power:
            sign, digits = exponent[0], exponent[1:]
            plus = sign if sign == "-" or part.text.endswith("+") else ""
            shown.append(f"E{plus}{digits}")
        elif part.kind == "digit" or (part.kind == "mark" and part.text == ","):
            continue
        else:
            shown.append(_plain(part))
    return "".join(shown)


def _plain(part: _Part) -> str:
    if part.kind == "blank":
        return " "
    return "" if part.kind in ("fill", "condition") else part.text


def _rounded(number: float, decimals: int) -> Decimal:
    exact = Decimal(repr(number)) if number == number else Decimal(0)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _date_kind(parts: tuple[_Part, ...], place: int) -> str:
    """The first letter of a date token; "n" for an m that means minutes."""
    kind = parts[place].text[0].lower()
    if kind != "m":
        return kind
    times = [part for part in parts[:place] if part.kind in ("date", "elapsed")]
    after = next((part for part in parts[place + 1 :] if part.kind == "date"), None)
    follows = bool(times) and times[-1].text[0].lower() == "h"
    return "n" if follows or (after is not None and after.text[0].lower() == "s") else "m"


def _date_part(moment: dt.datetime, kind: str, text: str, clock12: bool) -> str:
    length = len(text)
    if kind == "y":
        return f"{moment.year % 100:02}" if length <= 2 else f"{moment.year:04}"
    if kind == "e":
        return str(moment.year)
    if kind == "a":
        return ("星期" if length == 4 else "") + _WEEKDAYS[moment.weekday()]
    if kind == "m" and length > 2:
        return _name(_MONTHS[moment.month - 1], length)
    if kind == "d" and length > 2:
        return _name(_DAYS[moment.weekday()], length)
    if kind == ".":
        return f"{moment.microsecond / 1_000_000:.{length - 1}f}"[1:]
    hour = (moment.hour - 1) % 12 + 1 if clock12 else moment.hour
    number = {
        "m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second,
    }[kind]  # fmt: skip
    return f"{number:02}" if length > 1 else str(number)


def _name(name: str, length: int) -> str:
    return name[0] if length == 5 else name[:3] if length == 3 else name


def _elapsed(moment: dt.datetime, text: str) -> str:
    since = moment - dt.datetime(1899, 12, 30)
    if since.days <= 60:  # the time that has passed counts from 0, not from a date
        since -= dt.timedelta(days=1)
    seconds = int(since.total_seconds())
    unit = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
    return str(seconds // unit).rjust(len(text), "0")
