"""What number formats say of their cells: percentages, and units that stand as text behind.

What is in quotes or behind a backslash is text; a % outside scales what is shown by 100, and a
comma behind the last digit by a thousandth (ECMA-376 part 1, 18.8.31).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from kam_excel.workbook.reading.lettering import half_width

Meant = Literal["", "fraction", "percent"]

# Text, and what shows nothing of the value: spaces, fillings, colours, conditions, languages.
_TEXT = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[[^\]]*\]')
_DIGIT = re.compile("[0#?]")
_SCALING = re.compile("[0#?],+[^0#?]*$")
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


def _texts(number_format: str) -> list[str]:
    return [half_width(quoted or escaped) for quoted, escaped in _TEXT.findall(number_format)]


def _sections(number_format: str) -> list[str]:
    """The sections without their texts: for positive and negative numbers, zeros, and texts."""
    return _TEXT.sub("", number_format).split(";")
