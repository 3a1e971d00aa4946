"""What number formats say of their cells: percentages, units that stand as text, currencies.

What is in quotes or behind a backslash is text; a % outside scales what is shown by 100, and a
comma behind the last digit by a thousandth (ECMA-376 part 1, 18.8.31).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from kam_excel.contract.column import Kind
from kam_excel.domain.currencies import currencies_of
from kam_excel.headless.styles.numberformats import BUILTIN
from kam_excel.workbook.reading.lettering import half_width

Meant = Literal["", "fraction", "percent"]

_OF_COUNTRIES = frozenset(BUILTIN.values())
# Text, and what shows nothing of the value: spaces, fillings, colours, conditions, languages.
_TEXT = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[[^\]]*\]')
_DIGIT = re.compile("[0#?]")
_SCALING = re.compile("[0#?],+[^0#?]*$")
_SIGNS = re.compile("[$€£¥₩₹₽]")  # that stand in a format without quotes
_BRACKETED = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_ZEROS = re.compile(r'"([^"]*)"|\\(.)|([0 /-])')
_UNIT = re.compile(r"[千万亿]|^ *(?:k|m|mn|mio)\.? *$", re.IGNORECASE)


@cache
def shown_as(number_format: str) -> Meant:
    """How a number under a format is meant: 0.13 under 0% is a fraction, 13 under 0"%" a percent.

    "" where the format has neither, or its sections differ.
    """
    sections = [section for section in _sections(number_format)[:3] if _DIGIT.search(section)]
    scaled = ["%" in section for section in sections]
    if scaled and all(scaled):
        return "fraction"
    if sections and not any(scaled) and any("%" in text for text in _texts(number_format)):
        return "percent"
    return ""


@cache
def is_percent(number_format: str) -> bool:
    """Whether a format shows percentages."""
    return shown_as(number_format) != ""


@cache
def shows_unit(number_format: str) -> bool:
    """Whether 12 is shown as 12万 or 12 K: what is shown is then not what the cell holds.

    Under 0.0,"K" a cell that shows 12.0K holds 12,000.
    """
    if not any(_UNIT.search(text) for text in _texts(number_format)):
        return False
    return not any(_SCALING.search(section) for section in _sections(number_format))


@cache
def shown_currencies(number_format: str) -> frozenset[str] | None:
    """The currencies whose sign a format shows; None where it shows none.

    The formats that Excel knows by number show the sign of the country where they are opened.
    """
    if number_format in _OF_COUNTRIES:
        return None
    bare = half_width(" ".join(_sections(number_format)))
    signs = [*_BRACKETED.findall(number_format), *_texts(number_format), *_SIGNS.findall(bare)]
    named = [currencies_of(half_width(sign).strip().upper()) for sign in signs]
    named = [currencies for currencies in named if currencies]
    return frozenset.intersection(*named) or None if named else None


def padded(number: str, number_format: str) -> str:
    """A whole number as a format of zeros shows it, such as 000000 or "K"0000.

    Under any other format the number itself.
    """
    pieces = _pieces(number_format)
    zeros = pieces.count(None)
    if zeros < 2:
        return number
    figures = number.zfill(zeros)
    more = len(figures) - zeros + 1  # the first zero stands for all digits that are too many
    shown = iter([figures[:more], *figures[more:]])
    return "".join(next(shown) if piece is None else piece for piece in pieces)


@cache
def _pieces(number_format: str) -> tuple[str | None, ...]:
    """A format as texts, and None for each zero; () where there is anything else in it."""
    rest = _ZEROS.sub("", number_format)
    if rest:
        return ()
    return tuple(
        None if sign == "0" else quoted or escaped or sign
        for quoted, escaped, sign in _ZEROS.findall(number_format)
    )


def tells(kind: Kind, number_format: str) -> bool:
    """Whether a format may say something of numbers in a column of `kind` beside their value."""
    match kind:
        case Kind.PERCENT | Kind.TEXT:
            return is_percent(number_format)
        case Kind.KEY:
            return _pieces(number_format).count(None) > 1
        case Kind.NUMBER | Kind.INTEGER:
            return shows_unit(number_format)
        case Kind.MONEY:
            return shows_unit(number_format) or shown_currencies(number_format) is not None
    return False


def _texts(number_format: str) -> list[str]:
    return [half_width(quoted or escaped) for quoted, escaped in _TEXT.findall(number_format)]


def _sections(number_format: str) -> list[str]:
    """The sections without their texts: for positive and negative numbers, zeros, and texts."""
    return _TEXT.sub("", number_format).split(";")
