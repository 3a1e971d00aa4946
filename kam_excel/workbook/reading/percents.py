"""Columns of percentages: 0.5 is half of it or half a percent, and something has to say which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from kam_excel.workbook.reading.figures import Figure
from kam_excel.workbook.reading.lettering import half_width
from kam_excel.workbook.reading.numbers import NumberReader, are_plain, digits
from kam_excel.workbook.reading.verdicts import Coerced, Number, Refused

Meant = Literal["", "fraction", "percent"]

# Literal text of a number format, and what stands in brackets: colours, conditions, languages.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


@cache
def shown_as(number_format: str) -> Meant:
    """How a number under a format is meant: 0.13 under 0% is a fraction, 13 under 0"%" a percent.

    A % scales what is shown by 100 (ECMA-376 part 1, 18.8.31); one in quotes or behind a
    backslash is text. "" where the format has neither, or its sections differ.
    """
    literals = [quoted or escaped for quoted, escaped in _LITERAL.findall(number_format)]
    rest = _LITERAL.sub("", number_format)
    sections = [section for section in rest.split(";")[:3] if re.search("[0#?]", section)]
    scaled = ["%" in section for section in sections]
    if scaled and all(scaled):
        return "fraction"
    if sections and not any(scaled) and any("%" in half_width(text) for text in literals):
        return "percent"
    return ""


def is_percent(number_format: str) -> bool:
    """Whether a format shows percentages."""
    return shown_as(number_format) != ""


class PercentReader(NumberReader):
    """Shares of 1: a cell with a % is what it says, any other as its column is meant."""

    def takes(self, cells: Sequence[float | None]) -> bool:
        """Fractions by their formats or by the column, and nothing besides."""
        if self._facts.factor != 1 or not are_plain(cells):
            return False
        formats = set(self._facts.formats) or {""}
        return {shown_as(each) or self._facts.percent for each in formats} == {"fraction"}

    def number(self, number: Number, at: int) -> Any:
        """A number as its format says, else as the column is meant."""
        sized = super().number(number, at)
        return sized if isinstance(sized, Coerced) else self._share(sized, self._meant(at))

    def _meaning(self, figure: Figure) -> Number:
        return self._share(figure.number, "percent" if figure.is_percent else self._facts.percent)

    def _meant(self, at: int) -> Meant:
        formats = self._facts.formats
        return (shown_as(formats[at]) if formats else "") or self._facts.percent

    def _share(self, number: Number, meant: Meant) -> Number:
        if not number or meant == "fraction":
            return number
        if meant == "percent":
            return digits(number) / 100
        raise Refused("PERCENT_AMBIGUOUS")
