"""Cells of one kind: empty ones, constants, formulas and those that can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import CellError, Formula, Value, computed
from kam_excel.headless.cells.visibility import is_row_hidden
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import Run, runs

_KINDS: dict[str, Callable[[Value], bool]] = {
    "numbers": lambda value: type(value) is float or isinstance(value, dt.datetime),
    "text": lambda value: isinstance(value, str) and not isinstance(value, CellError),
    "logical": lambda value: isinstance(value, bool),
    "errors": lambda value: isinstance(value, CellError),
}


def cells_of(grid: Grid, area: Area, kind: str, values: str | None) -> list[Area]:
    """The cells of a kind ("blanks", "constants", "formulas", "visible") as rectangles.

    `values` asks for constants or formulas with "numbers", "text", "logical" or "errors" only;
    raises WorkbookError where a formula has no value yet.
    """
    if kind == "visible":
        return list(_visible(grid, area))
    if kind == "blanks":
        used = grid.used_area()
        rows = _bounded(area, used)
        return _rectangles((row, runs(_blanks(grid, area, used, row))) for row in rows)
    wants_formulas = kind == "formulas"
    return _rectangles(
        (row, runs(_filled(grid, area, row, wants_formulas, values)))
        for row in grid.used_rows()
        if row in area.rows
    )


def _bounded(area: Area, used: Area | None) -> Iterable[int]:
    """The rows of an area; of whole columns those that are used."""
    if not area.whole_columns:
        return area.rows
    return used.rows if used else ()


def _blanks(grid: Grid, area: Area, used: Area | None, row: int) -> list[int]:
    columns = area.columns if not area.whole_rows else used.columns if used else range(0)
    cells = Area(row, columns[0], row, columns[-1]) if columns else None
    contents = grid.contents(cells)[0] if cells else []
    return [column for column, each in zip(columns, contents, strict=True) if each is None]


def _filled(
    grid: Grid, area: Area, row: int, wants_formulas: bool, values: str | None
) -> list[int]:
    columns = sorted(column for column in grid.used_columns(row) if column in area.columns)
    return [
        column
        for column in columns
        if (content := grid.content(row, column)) is not None
        and isinstance(content, Formula) == wants_formulas
        and (values is None or _is_of(grid.value(row, column), values, (row, column)))
    ]


def _is_of(value: Value, kind: str, cell: tuple[int, int]) -> bool:
    return _KINDS[kind](computed(value, *cell))


def _visible(grid: Grid, area: Area) -> Iterator[Area]:
    hidden = {row for row in grid.used_rows() if row in area.rows and is_row_hidden(grid, row)}
    columns = runs(each for each in area.columns if not grid.columns.is_hidden(each))
    for row1, row2 in _gaps(area.row1, area.row2, hidden):
        for col1, col2 in columns:
            yield Area(row1, col1, row2, col2)


def _gaps(first: int, last: int, without: set[int]) -> Iterator[Run]:
    """The runs from `first` to `last` between numbers that are left out."""
    start = first
    for number in [*sorted(without), last + 1]:
        if start < number:
            yield start, number - 1
        start = number + 1


def _rectangles(rows: Iterable[tuple[int, list[Run]]]) -> list[Area]:
    """Runs of columns, row by row, as rectangles: the same run in rows that touch is one."""
    done: list[Area] = []
    growing: dict[Run, Area] = {}
    for row, found in rows:
        grown: dict[Run, Area] = {}
        for col1, col2 in found:
            above = growing.get((col1, col2))
            top = above.row1 if above and above.row2 == row - 1 else row
            grown[col1, col2] = Area(top, col1, row, col2)
        done += [
            each
            for run, each in growing.items()
            if run not in grown or grown[run].row1 != each.row1
        ]
        growing = grown
    return sorted([*done, *growing.values()], key=lambda each: (each.row1, each.col1))
