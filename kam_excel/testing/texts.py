"""A frame as text that people can read and compare line by line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.exact_values import is_missing


def text_of(frame: pd.DataFrame) -> str:
    """`frame` as comma-separated lines: a header of ids, then one line a row, its index left out.

    Amounts are exact and have no zeros at their end, so that a row reads the same whatever its
    neighbours hold; floats have 12 significant digits, dates are ISO, a missing value is
    nothing, and an empty text is "".
    """
    columns = [[_field(value) for value in frame[name]] for name in frame.columns]
    lines = [[_quoted(str(name)) for name in frame.columns], *zip(*columns, strict=True)]
    return "".join(",".join(line) + "\n" for line in lines)


def _field(value: Any) -> str:
    if value is pd.NaT or is_missing(value):
        return ""
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, float):
        return format(value, ".12g")
    return str(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quoted(text: str) -> str:
    """A text with quotes where it could be taken for something else."""
    if text and text == text.strip() and not {",", '"', "\n", "\r"} & set(text):
        return text
    return '"' + text.replace('"', '""') + '"'
