"""What an AutoFilter asks of a column, and which rows it leaves to be seen.

Source: ECMA-376 part 1, 18.3.2 (AutoFilter settings).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.matching import pattern
from kam_excel.headless.cells.values import CellError, Value, computed, to_serial
from kam_excel.headless.cells.visibility import hide_rows
from kam_excel.headless.references.addressing import Area, column_letters
from kam_excel.headless.styles.part import Styles

BLANK = " "  # what a file compares with where it means empty cells


@dataclass(frozen=True, slots=True)
class DateGroup:
    """A year, or a month, a day, an hour, a minute or a second of it: the units as numbers."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Cells that show one of some texts, or nothing, or a date in a group."""

    texts: tuple[str, ...] = ()
    blank: bool = False
    dates: tuple[DateGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison: `operator` is named as in the file ("equal", "greaterThan")."""

    operator: str
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cells for which one condition holds, or both."""

    conditions: tuple[Condition, ...]
    both: bool = False


@dataclass(frozen=True, slots=True)
class Top:
    """The largest numbers, or the smallest: so many, or so many percent of the rows."""

    count: float
    percent: bool = False
    largest: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """What only Excel can tell, such as a colour; `name` is the element's."""

    name: str


Criterion = Values | Comparison | Top | Unknown


class Cell(NamedTuple):
    """A cell of a filtered column: what it holds, with dates as numbers, and what it shows."""

    value: Value
    shown: str
    date: dt.datetime | None


_Test = Callable[[Cell], bool]


def apply(grid: Grid, styles: Styles, rows: Area, criteria: Mapping[int, Criterion]) -> None:
    """Hide the rows that do not meet the criteria of some columns, by number, and show others.

    Raises WorkbookError for a criterion that only Excel can tell, and for formulas without a
    value in a filtered column.
    """
    tests = []
    for column, criterion in criteria.items():
        if isinstance(criterion, Unknown):
            place = Place(cell=f"{column_letters(column)}{rows.row1}")
            raise WorkbookError(problem("FILTER_UNKNOWN", place, kind=criterion.name))
        cells = _cells(grid, styles, rows, column)
        test = _test(criterion, cells)
        tests.append([test(cell) for cell in cells])
    for index, row in enumerate(rows.rows):
        hidden = not all(found[index] for found in tests)
        hide_rows(grid, Area(row, rows.col1, row, rows.col2), hidden)


def threshold(grid: Grid, styles: Styles, rows: Area, column: int, top: Top) -> float | None:
    """The number from which on a `Top` takes cells; None where there are no numbers."""
    return _limit(top, _cells(grid, styles, rows, column))


def _cells(grid: Grid, styles: Styles, rows: Area, column: int) -> list[Cell]:
    values = grid.values(Area(rows.row1, column, rows.row2, column))
    return [
        _cell(grid, styles, (row, column), value)
        for row, (value,) in zip(rows.rows, values, strict=True)
    ]


def _cell(grid: Grid, styles: Styles, cell: tuple[int, int], value: Value) -> Cell:
    computed(value, *cell)
    text = shown(value, styles.number_format(grid.style(*cell)))
    if isinstance(value, dt.datetime):
        return Cell(to_serial(value, grid.date1904), text, value)
    return Cell(value, text, None)


def _test(criterion: Values | Comparison | Top, cells: Sequence[Cell]) -> _Test:
    if isinstance(criterion, Values):
        return _values_test(criterion)
    if isinstance(criterion, Top):
        return _top_test(criterion, cells)
    tests = [_condition_test(each) for each in criterion.conditions]
    combined = all if criterion.both else any
    return lambda cell: combined(test(cell) for test in tests)


def _values_test(wanted: Values) -> _Test:
    texts = {text.casefold() for text in wanted.texts}
    numbers = {number for text in wanted.texts if (number := as_number(text)) is not None}

    def test(cell: Cell) -> bool:
        if _is_blank(cell):
            return wanted.blank
        if cell.date is not None and any(_is_in(cell.date, each) for each in wanted.dates):
            return True
        return cell.shown.casefold() in texts or (
            type(cell.value) is float and cell.value in numbers
        )

    return test


def _is_in(moment: dt.datetime, group: DateGroup) -> bool:
    units = moment.timetuple()[: len(group.parts)]
    return tuple(units) == group.parts


def _is_blank(cell: Cell) -> bool:
    return cell.value is None or cell.value == ""


def _top_test(top: Top, cells: Sequence[Cell]) -> _Test:
    limit = _limit(top, cells)
    if limit is None:
        return lambda _: False
    if top.largest:
        return lambda cell: type(cell.value) is float and cell.value >= limit
    return lambda cell: type(cell.value) is float and cell.value <= limit


def _limit(top: Top, cells: Sequence[Cell]) -> float | None:
    numbers = sorted(
        (cell.value for cell in cells if type(cell.value) is float), reverse=top.largest
    )
    count = int(len(numbers) * top.count / 100) if top.percent else int(top.count)
    return numbers[min(max(count, 1), len(numbers)) - 1] if numbers else None


def _condition_test(condition: Condition) -> _Test:
    operator, text = condition.operator, condition.text
    number = as_number(text)
    if operator in ("equal", "notEqual"):
        equal = _equal_test(text, number)
        return equal if operator == "equal" else lambda cell: not equal(cell)
    holds = _ORDER[operator]
    if number is not None:
        limit = number
        return lambda cell: type(cell.value) is float and holds(cell.value, limit)
    folded = text.casefold()
    return lambda cell: (
        isinstance(cell.value, str)
        and not isinstance(cell.value, CellError)
        and holds(cell.value.casefold(), folded)
    )


def _equal_test(text: str, number: float | None) -> _Test:
    if text in ("", BLANK):
        return _is_blank
    wanted = pattern(text)
    return lambda cell: (
        (type(cell.value) is float and number is not None and cell.value == number)
        or (not _is_blank(cell) and wanted.search(cell.shown) is not None)
    )


_ORDER: dict[str, Callable[..., bool]] = {
    "greaterThan": lambda one, two: one > two,
    "greaterThanOrEqual": lambda one, two: one >= two,
    "lessThan": lambda one, two: one < two,
    "lessThanOrEqual": lambda one, two: one <= two,
}


def as_number(text: str) -> float | None:
    """The number that a text of a filter stands for, or None."""
    try:
        return float(text)
    except ValueError:
        return None
