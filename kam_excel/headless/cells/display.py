"""What cells show, and how wide that is."""

from __future__ import annotations

import datetime as dt
import unicodedata

from kam_excel.headless.cells.numbertext import moment_text, number_text, text_text
from kam_excel.headless.cells.values import Value


def shown(value: Value, number_format: str) -> str:
    """What a cell shows in a column that is wide enough; "" where it is empty."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_text(value, number_format)
    if isinstance(value, dt.datetime):
        return moment_text(value, number_format)
    return "" if value is None else text_text(value, number_format)


def display_width(text: str) -> int:
    """The width of a line in half-width characters: East Asian wide ones count two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
