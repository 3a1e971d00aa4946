"""Columns of percentages: 0.5 is half of it or half a percent, and something has to say which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kam_excel.workbook.reading.figures import Figure
from kam_excel.workbook.reading.formats import Meant, shown_as
from kam_excel.workbook.reading.numbers import NumberReader, digits
from kam_excel.workbook.reading.verdicts import Coerced, Number, Refused


class PercentReader(NumberReader):
    """Shares of 1: a cell with a % is what it says, any other as its column is meant."""

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """Fractions by their formats or by the column, and nothing besides."""
        formats = set(filter(None, self._facts.formats)) or {""}
        meant = {shown_as(each) or self._facts.percent for each in formats}
        return super().at_once(cells) if meant == {"fraction"} else None

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
