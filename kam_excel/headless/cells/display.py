"""About what cells show, and how wide that is."""

from __future__ import annotations

import re
import unicodedata

from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.values import Value
from kam_excel.headless.styles.numberformats import GENERAL

_PLAIN_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DECIMALS = re.compile(r"[0#]\.([0#?]+)")


def shown(value: Value, number_format: str) -> str:
    """About what a cell shows: exact enough to fit a column to it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _shown_number(value, number_format)
    if isinstance(value, str):
        return value
    return _PLAIN_FORMAT.sub("", number_format.split(";")[0]) if value is not None else ""


def _shown_number(value: float, number_format: str) -> str:
    if number_format == GENERAL:
        return f"{value:.10g}"
    section = _PLAIN_FORMAT.sub("", number_format.split(";")[0])
    decimals = _DECIMALS.search(section)
    digits = len(decimals[1]) if decimals else 0
    if "E" in section:
        return f"{value:.{digits}E}"
    if "%" in section:
        return f"{value * 100:.{digits}f}%"
    if "," in section:
        return f"{value:,.{digits}f}"
    return f"{value:.{digits}f}" if section.strip("@") else number_text(value)


def display_width(text: str) -> int:
    """The width of a line in half-width characters: East Asian wide ones count two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
