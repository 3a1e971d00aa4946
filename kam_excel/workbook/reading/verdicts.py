"""Verdicts on cells: a value, a value in another form that is counted, or a refusal by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import NoneType
from typing import Any, Literal

from kam_excel.contract.column import Column
from kam_excel.contract.policies import ReadingPolicy

Number = int | float | Decimal


class Refused(Exception):  # noqa: N818 - a verdict, not a failure
    """The cell cannot be read as what its column holds; the message is a code."""


@dataclass(frozen=True, slots=True)
class Coerced:
    """A value that was read from a cell of another form, or is doubtful; `code` says how."""

    value: Any
    code: str


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What is known of a column beside its cells.

    factor: of its unit, 10,000 for 万元
    formats: the number format of each cell, "" where it is no number; () where none is known
    percent: how numbers without a format are meant, by a header (%) or by configuration
    date1904: whether numbers count days from 1904
    places: decimals of the currency of all rows or of each; None where they are not judged, as
        of a price
    currencies: ISO codes, one for all rows or one for each; where they are not known no sign but
        that of the yuan is taken
    words: further values of a choice that are known
    """

    factor: int = 1
    formats: Sequence[str] = ()
    percent: Literal["", "fraction", "percent"] = ""
    date1904: bool = False
    places: Sequence[int | None] | int | None = None
    currencies: Sequence[str | None] | str = ""
    words: Collection[str] = ()


@dataclass(slots=True)
class Verdicts:
    """A column as it was read. `values` are as `series_of` takes them, None where a cell is empty
    or refused; noted and refused give the positions by code.
    """

    values: list[Any]
    noted: dict[str, list[int]] = field(default_factory=dict)
    refused: dict[str, list[int]] = field(default_factory=dict)


class Reader:
    """How the cells of one column are read: a method for each type of cell.

    They return the value, None for an empty cell, or Coerced; they raise Refused. `at` is the
    position of the cell.
    """

    refusal = "CELL_NOT_READABLE"

    def __init__(self, column: Column, rules: ReadingPolicy, facts: CellFacts) -> None:
        self._column = column
        self._rules = rules
        self._facts = facts

    @property
    def repeated(self) -> frozenset[type]:
        """Types of cells that mean the same in every row, and that are worth remembering."""
        return frozenset({str, dt.datetime, NoneType})

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """The values of a column of numbers alone, where none needs a look; else None."""
        return None

    def keeps(self, texts: Sequence[str]) -> bool:
        """Whether every one of these texts is its own value, as far as is seen at once."""
        return False

    def text(self, text: str, at: int) -> Any:
        """The verdict on a text."""
        raise Refused(self.refusal)

    def number(self, number: Number, at: int) -> Any:
        """The verdict on a number, which is finite."""
        raise Refused(self.refusal)

    def moment(self, moment: dt.datetime) -> Any:
        """The verdict on a cell that Excel shows as a date."""
        raise Refused(self.refusal)

    def truth(self, truth: bool) -> Any:
        """The verdict on TRUE and FALSE."""
        raise Refused(self.refusal)

    def notes(self, values: Sequence[Any]) -> Iterator[tuple[str, list[int]]]:
        """What is doubtful about values that were read: a code and positions, if any."""
        yield from ()
