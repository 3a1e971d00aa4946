"""Columns of numbers, whole numbers among them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from kam_excel.contract.policies import ReadingPolicy
from kam_excel.workbook.reading.figures import DASHES, LONGEST, Figure, read_figure
from kam_excel.workbook.reading.formats import shows_unit
from kam_excel.workbook.reading.lettering import figures
from kam_excel.workbook.reading.verdicts import Coerced, Number, Reader, Refused

# A cell has 15 significant digits: a larger number has lost those that count.
TOO_LARGE = 10**15
# Below it a float is what subtracting has left over (1.1 - 1 - 0.1).
RESIDUE = 1e-12


class NumberReader(Reader):
    """Any numbers; a text where it has one meaning, 50 % as 0.5."""

    refusal = "NUMBER_NOT_READABLE"

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """Numbers that are neither too large nor residues, in a column without a factor."""
        if self._facts.factor != 1 or any(map(shows_unit, set(self._facts.formats))):
            return None
        return list(cells) if are_plain(cells) else None

    def text(self, text: str, at: int) -> Any:
        """The number of a text; a dash as the policy says."""
        written = figures(text)
        if not written:
            return None
        if written in DASHES:
            return dash(self._rules, Decimal(0))
        figure = self._checked(read_figure(written, self._rules), at)
        return Coerced(self._valued(self._meaning(figure)), "TEXT_NUMBER")

    def number(self, number: Number, at: int) -> Any:
        """The number times the factor of its unit."""
        if isinstance(number, float) and 0 < abs(number) < RESIDUE:
            return Coerced(self._valued(Decimal(0)), "NUMBER_RESIDUE")
        if is_too_large(number):
            raise Refused("NUMBER_TOO_LARGE")
        if self._facts.factor == 1 and self._facts.formats and shows_unit(self._facts.formats[at]):
            raise Refused("UNIT_IN_FORMAT")
        return self._valued(number)

    def _checked(self, figure: Figure, at: int) -> Figure:
        """The figure, where the column can hold one of its kind."""
        if figure.currencies is not None or self._has_units_twice(figure):
            raise Refused(self.refusal)
        return figure

    def _has_units_twice(self, figure: Figure) -> bool:
        """Whether a text in a column of 万元 names a unit of its own: 12万, or 12元."""
        return self._facts.factor != 1 and (figure.has_unit or figure.currencies is not None)

    def _meaning(self, figure: Figure) -> Number:
        """The number that a figure stands for."""
        return figure.number / 100 if figure.is_percent else figure.number

    def _valued(self, number: Number) -> Number:
        """In the unit of the column: exact, and a float only where it is that of the cell."""
        value = number if self._facts.factor == 1 else digits(number) * self._facts.factor
        if is_too_large(value):
            raise Refused("NUMBER_TOO_LARGE")
        return value


class IntegerReader(NumberReader):
    """Whole numbers."""

    refusal = "INTEGER_NOT_READABLE"

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """Those that are whole."""
        values = super().at_once(cells)
        return values if values is not None and are_whole(cells) else None

    def _valued(self, number: Number) -> Number:
        value = super()._valued(number)
        if value != int(value):
            raise Refused(self.refusal)
        return int(value)


def digits(number: Number) -> Decimal:
    """A number as a Decimal: a float through the 15 digits that its cell shows."""
    return Decimal(format(number, ".15g")) if isinstance(number, float) else Decimal(number)


def is_too_large(number: Number) -> bool:
    """Whether a number has more digits before the point than a cell keeps."""
    return not -TOO_LARGE < number < TOO_LARGE


def written_out(number: Number) -> str:
    """All digits of a number, without an exponent and without zeros behind the last."""
    return format(digits(number).normalize() if number else Decimal(0), "f")


def is_sound(number: Number) -> bool:
    """Whether a number is finite, and a Decimal short enough to be multiplied without rounding."""
    if not isinstance(number, Decimal):
        return isinstance(number, int) or math.isfinite(number)
    _, figures_, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(figures_) <= LONGEST and abs(exponent) <= LONGEST


def dash(rules: ReadingPolicy, zero: Any) -> Any:
    """What a dash alone is read as."""
    if rules.dash == "refuse":
        raise Refused("DASH_NOT_READABLE")
    return Coerced(zero if rules.dash == "zero" else None, "DASH_READ")


def are_whole(cells: Sequence[float | None]) -> bool:
    """Whether each number of a column is whole."""
    return all(map(float.is_integer, (cell for cell in cells if cell is not None)))


def are_plain(cells: Sequence[float | None]) -> bool:
    """Whether each number of a column is its own value: of a size that keeps its digits."""
    numbers = np.array(cells, dtype=np.float64)
    missing = np.isnan(numbers)
    if missing.sum() != sum(cell is None for cell in cells):
        return False
    sizes = np.abs(numbers[~missing])
    return bool(np.all((sizes < TOO_LARGE) & ((sizes >= RESIDUE) | (sizes == 0))))
