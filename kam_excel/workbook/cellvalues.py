"""Output frames as cells: what is typed into them, how it is formatted, how wide it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import Any

import pandas as pd

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.domain.exact import ExactDtype
from kam_excel.domain.money import round_half_up
from kam_excel.workbook.wrapping import drawn_width

BOOLEANS: dict[Language, dict[bool, str]] = {
    "zh": {True: "是", False: "否"},
    "en": {True: "Yes", False: "No"},
}
WIDEST, NARROWEST = 80, 7
ONE_LINE = 14  # a Chinese header up to this width is not broken
SPACE = "_ _ "  # in a number format: keeps figures off the text of the next column
FILTER_BUTTON = 3  # characters that the button of a table's header hides


def cell_values(
    frame: pd.DataFrame, columns: Sequence[Column], language: Language
) -> list[list[Any]]:
    """The rows of `frame` as cells: money rounded half up to cents, choices localised."""
    cells = [cell_column(frame[column.id], column, language) for column in columns]
    return [list(row) for row in zip(*cells, strict=True)]


def cell_column(series: pd.Series, column: Column, language: Language) -> list[Any]:
    """The values of one column as cells, None where one is missing."""
    if isinstance(series.dtype, ExactDtype):
        places = 2 if column.kind is Kind.MONEY else series.dtype.scale
        series = round_half_up(series, places).astype("float64")
    if column.kind is Kind.DATE:
        dates: list[Any] = series.to_numpy("datetime64[us]").tolist()  # NaT is None
        return dates
    values = series.astype(object).where(series.notna(), None).tolist()
    if column.kind in (Kind.BOOLEAN, Kind.CHOICE):
        words = {value: _word(value, column, language) for value in set(values)}
        return [words[value] for value in values]
    if column.kind is Kind.INTEGER:
        return [None if value is None else int(value) for value in values]
    return [
        value if value is None or isinstance(value, (str, float)) else _plain(value)
        for value in values
    ]


def _word(value: Any, column: Column, language: Language) -> str | None:
    if value is None:
        return None
    if column.kind is Kind.BOOLEAN:
        return BOOLEANS[language][bool(value)]
    return column.shown(str(value), language)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, (Decimal, float)) else str(value)


def number_format(column: Column) -> str | None:
    """The number format of a column, None for those that Excel shows as they are."""
    places = "0." + "0" * column.decimals if column.decimals else "0"
    return {
        Kind.DATE: "yyyy-mm-dd",
        Kind.MONEY: f"#,##0.00{SPACE}",
        Kind.PERCENT: f"0.0%{SPACE}",
        Kind.NUMBER: f"#,##{places}{SPACE}",
        Kind.INTEGER: "#,##0",
        Kind.KEY: "@",
    }.get(column.kind)


def shown(value: Any, column: Column) -> str:
    """A cell as a reader sees it."""
    if value is None:
        return ""
    match column.kind:
        case Kind.PERCENT:
            return f"{value:.1%}"
        case Kind.MONEY:
            return f"{value:,.2f}"
        case Kind.NUMBER:
            return f"{value:,.{column.decimals}f}"
        case Kind.INTEGER:
            return f"{value:,}"
        case Kind.DATE:
            return f"{value:%Y-%m-%d}"
    return str(value)


def text_width(text: str) -> int:
    """The width of `text` in characters; those of East Asia count double."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def column_width(column: Column, cells: Sequence[Any], language: Language) -> int:
    """A width at which every figure shows whole and the header takes two or three lines."""
    header = column.header(language)
    words = [text_width(word) for word in header.split()]
    if language == "zh":
        whole = text_width(header)
        words = [whole if whole <= ONE_LINE else -(-whole // 4) * 2]
    fitting = max(text_width(header) // 2, *words) + FILTER_BUTTON
    longest = _longest(cells)
    texts = longest if column.kind in _TEXTS else (shown(cell, column) for cell in longest)
    widest = ceil(max(map(drawn_width, texts), default=0)) + 2
    return min(max(fitting, widest, NARROWEST), column.widest or WIDEST)


_TEXTS = (Kind.KEY, Kind.TEXT, Kind.CHOICE, Kind.BOOLEAN)


def _longest(cells: Sequence[Any]) -> set[Any]:
    """Cells among which the one is that shows longest: of numbers the largest and the smallest."""
    distinct = set(cells) - {None}
    if distinct and set(map(type, distinct)) <= {int, float}:
        return {min(distinct), max(distinct)}
    return distinct
