"""Columns of money: the sign of a currency agrees with its row, decimals are those it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import NoneType
from typing import Any

import numpy as np

from kam_excel.workbook.reading.figures import Figure
from kam_excel.workbook.reading.formats import is_percent, shown_currencies
from kam_excel.workbook.reading.numbers import NumberReader, digits
from kam_excel.workbook.reading.verdicts import Number, Refused


class MoneyReader(NumberReader):
    """Amounts and prices."""

    @property
    def repeated(self) -> frozenset[type]:
        """None where rows have currencies of their own, which signs have to agree with."""
        return super().repeated if isinstance(self._facts.currencies, str) else frozenset()

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """As of numbers, where no cell is shown as a percentage."""
        return None if any(map(is_percent, set(self._facts.formats))) else super().at_once(cells)

    def number(self, number: Number, at: int) -> Any:
        """As of any number; 5 % is no amount."""
        if self._facts.formats and is_percent(self._facts.formats[at]):
            raise Refused(self.refusal)
        return super().number(number, at)

    def _checked(self, figure: Figure, at: int) -> Figure:
        if figure.is_percent or self._has_units_twice(figure):
            raise Refused(self.refusal)
        known = self._facts.currencies
        # Where currencies are not known, that of the yuan is the one that may be meant.
        currency = (known if isinstance(known, str) else known[at]) or "CNY"
        if figure.currencies is not None and currency not in figure.currencies:
            raise Refused("CURRENCY_CONTRADICTS")
        return figure

    def _shown_otherwise(self, values: Sequence[Any]) -> list[int]:
        """Amounts whose number format shows the sign of another currency than their row has."""
        formats, known = self._facts.formats, self._facts.currencies
        if not known or not any(map(shown_currencies, set(formats))):
            return []
        return [
            at
            for at, value in enumerate(values)
            if value is not None
            and (shown := shown_currencies(formats[at])) is not None
            and (known if isinstance(known, str) else known[at]) not in shown
        ]

    def notes(self, values: Sequence[Any]) -> Iterator[tuple[str, list[int]]]:
        """Signs that contradict the row; more decimals than a currency has. Both are kept."""
        yield "CURRENCY_SHOWN", self._shown_otherwise(values)
        places = self._facts.places
        if places is None:
            return
        doubtful: Sequence[int] = range(len(values))
        if set(map(type, values)) <= {float, NoneType}:
            doubtful = _with_more(values, places)
        yield "MORE_DECIMALS", [i for i in doubtful if _exceeds(values[i], _of_row(places, i))]


def _of_row(places: Sequence[int | None] | int, at: int) -> int | None:
    return places if isinstance(places, int) else places[at]


def _exceeds(value: Number | None, places: int | None) -> bool:
    if value is None or places is None:
        return False
    scaled = digits(value).scaleb(places)
    return scaled != scaled.to_integral_value()


def _with_more(values: Sequence[float | None], places: Sequence[int | None] | int) -> list[int]:
    """Positions of the floats that are not n / 10**places: the only ones that may have more."""
    numbers = np.array(values, dtype=np.float64)
    powers = 10.0 ** np.array(places, dtype=np.float64)  # None is NaN, which is never equal
    with np.errstate(invalid="ignore"):
        more = np.rint(numbers * powers) / powers != numbers
    found: list[int] = np.flatnonzero(more & ~np.isnan(numbers) & ~np.isnan(powers)).tolist()
    return found
