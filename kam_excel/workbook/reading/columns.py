"""Typing a column: one verdict for each of its cells."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from types import NoneType
from typing import Any

from kam_excel.contract.column import Column, Kind
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.workbook.reading.dates import DateReader
from kam_excel.workbook.reading.keys import KeyReader
from kam_excel.workbook.reading.money import MoneyReader
from kam_excel.workbook.reading.numbers import IntegerReader, NumberReader, is_sound
from kam_excel.workbook.reading.percents import PercentReader
from kam_excel.workbook.reading.verdicts import CellFacts, Coerced, Reader, Refused, Verdicts
from kam_excel.workbook.reading.words import BooleanReader, ChoiceReader, TextReader

__all__ = ["CellFacts", "Verdicts", "type_column"]

NOT_COMPUTED = "#GETTING_DATA"  # what a formula without a value reads as
ERRORS = frozenset(
    [
        "#N/A",
        "#DIV/0!",
        "#REF!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#EXTERNAL!",
        "#PYTHON!",
    ]
)
_READERS: dict[Kind, type[Reader]] = {
    Kind.KEY: KeyReader,
    Kind.TEXT: TextReader,
    Kind.DATE: DateReader,
    Kind.MONEY: MoneyReader,
    Kind.NUMBER: NumberReader,
    Kind.PERCENT: PercentReader,
    Kind.INTEGER: IntegerReader,
    Kind.BOOLEAN: BooleanReader,
    Kind.CHOICE: ChoiceReader,
}
_DEFAULT = CellFacts()


def type_column(
    column: Column, cells: Sequence[Any], rules: ReadingPolicy, facts: CellFacts = _DEFAULT
) -> Verdicts:
    """The verdicts on the cells of `column`, as xlwings gives them; errors are their texts.

    Every value is exactly what its cell says, in the unit of the column, or its position is noted
    or refused. Never raises for a cell.
    """
    reader = _READERS[column.kind](column, rules, facts)
    values = _at_once(reader, cells)
    verdicts = _sorted(_judged(reader, cells)) if values is None else Verdicts(values)
    for code, at in reader.notes(verdicts.values):
        if at:
            verdicts.noted[code] = at
    return verdicts


def _at_once(reader: Reader, cells: Sequence[Any]) -> list[Any] | None:
    """The values of a column of numbers or of texts alone, none of which needs a look."""
    kinds = set(map(type, cells)) - {NoneType}
    if kinds <= {float}:
        return reader.at_once(cells)
    if kinds == {str} and reader.keeps([cell for cell in cells if cell is not None]):
        return list(cells)
    return None


def _judged(reader: Reader, cells: Sequence[Any]) -> list[Any]:
    """The verdict on each cell; cells that mean the same in every row are read once."""
    repeated = reader.repeated
    once = {
        cell: _verdict(reader, cell, 0)
        for cell in {cell for cell in cells if cell.__class__ in repeated}
    }
    return [
        once[cell] if cell.__class__ in repeated else _verdict(reader, cell, at)
        for at, cell in enumerate(cells)
    ]


def _verdict(reader: Reader, cell: Any, at: int) -> Any:
    """A value, None, Coerced or, as a value too, Refused."""
    try:
        if cell.__class__ is str:
            if cell.startswith("#"):
                _refuse_error(cell)
            return reader.text(cell, at)
        if cell.__class__ is float and math.isfinite(cell):
            return reader.number(cell, at)
        return _other(reader, cell, at)
    except Refused as refused:
        return refused


def _refuse_error(text: str) -> None:
    if text in ERRORS:
        raise Refused("CELL_ERROR")
    if text == NOT_COMPUTED:
        raise Refused("FORMULA_NOT_COMPUTED")


def _other(reader: Reader, cell: Any, at: int) -> Any:
    if cell is None:
        return None
    if isinstance(cell, str):  # an error, which the engine gives as a text of its own kind
        _refuse_error(cell)
        return reader.text(str(cell), at)
    if isinstance(cell, bool):
        return reader.truth(cell)
    if isinstance(cell, (int, float, Decimal)) and is_sound(cell):
        return reader.number(cell, at)
    if isinstance(cell, dt.datetime):
        return reader.moment(cell.replace(tzinfo=None))
    if isinstance(cell, dt.date):
        return reader.moment(dt.datetime(cell.year, cell.month, cell.day))
    raise Refused(reader.refusal)


def _sorted(found: Sequence[Any]) -> Verdicts:
    """Values, notes and refusals, each at its place."""
    verdicts = Verdicts(list(found))
    if {Coerced, Refused}.isdisjoint(map(type, found)):
        return verdicts
    for at, verdict in enumerate(found):
        if isinstance(verdict, Coerced):
            verdicts.noted.setdefault(verdict.code, []).append(at)
            verdicts.values[at] = verdict.value
        elif isinstance(verdict, Refused):
            verdicts.refused.setdefault(str(verdict), []).append(at)
            verdicts.values[at] = None
    return verdicts
