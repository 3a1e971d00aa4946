"""Reading a located table: one range read, then a typed frame and what was found on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import REGISTRY, Level
from kam_excel.contract.column import Column
from kam_excel.contract.frames import series_of
from kam_excel.errors import Place, Problem, problem
from kam_excel.workbook.adapter import read_columns
from kam_excel.workbook.finding.locate import Location
from kam_excel.workbook.reading.cells import Coerced, Refused, parser, plain, read_cells

NAMED_CELLS = 20  # how many cells a message names before it only counts
_EMPTY = (None, "")
TOTAL_WORDS = frozenset(["合计", "小计", "总计", "total", "subtotal", "总额", "sum"]) | {
    "grand total"
}


@dataclass(slots=True)
class Reading:
    """A table as it was read. The index of `frame` is the row of the sheet.

    `issues` are rows for the issue list, `problems` refusals in columns that are needed,
    `rows` how many rows the sheet has and what became of them.
    """

    location: Location
    frame: pd.DataFrame
    issues: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)


def read_table(book: xw.Book, location: Location) -> Reading:
    """Read the table at `location`. Cells that cannot be read in columns that the table can
    do without leave the column out; in the others they are problems.
    """
    cells = _read_cells(book, location)
    reading = Reading(location, pd.DataFrame())
    kept = _keep(cells, reading)
    first = location.header_row + 1
    index = pd.Index([first + i for i in kept], name="row", dtype="int64")
    columns: dict[str, pd.Series] = {}
    for name, position in location.columns.items():
        own = cells[position - min(location.columns.values())]
        own = own if len(kept) == len(own) else [own[i] for i in kept]
        series = _read_column(reading, location.table.columns[name], own, index)
        if series is not None:
            columns[name] = series
    reading.frame = pd.DataFrame(columns, index=index)
    return reading


def _read_cells(book: xw.Book, location: Location) -> list[list[Any]]:
    """The columns from the first to the last that the table has."""
    left, right = min(location.columns.values()), max(location.columns.values())
    if location.last_row <= location.header_row:
        return [[] for _ in range(left, right + 1)]
    body = book.sheets[location.sheet].range(
        (location.header_row + 1, left), (location.last_row, right)
    )
    return read_columns(body)


def _keep(cells: Sequence[Sequence[Any]], reading: Reading) -> list[int]:
    """Positions of the rows that hold data: neither blank nor a total."""
    location = reading.location
    left = min(location.columns.values())
    used = [cells[position - left] for position in location.columns.values()]
    needed = (name for name in location.table.required() if name in location.columns)
    required = [cells[location.columns[name] - left] for name in needed]
    totals = _says_total(cells)
    kept = []
    for i, cell in enumerate(used[0]):
        if cell in _EMPTY and all(column[i] in _EMPTY for column in used):
            reading.rows["blank"] += 1
        # A total lacks what every line has; a customer may be named Total.
        elif i in totals and any(column[i] in _EMPTY for column in required):
            reading.rows["total"] += 1
            _add(reading, "TOTAL_ROW_DROPPED", location.header_row + 1 + i)
        else:
            kept.append(i)
    reading.rows["read"] = len(used[0])
    reading.rows["used"] = len(kept)
    return kept


def _says_total(cells: Sequence[Sequence[Any]]) -> set[int]:
    """Positions of the rows in which a text says total."""
    found: set[int] = set()
    for column in cells:
        # Ids and numbers end in a digit, which no such word does.
        texts = {c for c in column if c.__class__ is str and not c[-1:].isdigit()}
        words = {text for text in texts if plain(text).casefold() in TOTAL_WORDS}
        if words:
            found |= {i for i, cell in enumerate(column) if cell.__class__ is str and cell in words}
    return found


def _read_column(
    reading: Reading, column: Column, cells: Sequence[Any], index: pd.Index
) -> pd.Series | None:
    """The typed column, or None where it cannot be used."""
    values = read_cells(parser(column), cells)
    coerced: dict[str, list[int]] = {}
    refused: dict[str, list[int]] = {}
    odd = not {Refused, Coerced}.isdisjoint(map(type, values))
    for i, verdict in enumerate(values if odd else ()):
        if isinstance(verdict, Refused):
            refused.setdefault(str(verdict), []).append(i)
        elif isinstance(verdict, Coerced):
            coerced.setdefault(verdict.code, []).append(i)
            values[i] = verdict.value
    for code, at in coerced.items():
        _list_issues(reading, code, column, [(int(index[i]), cells[i]) for i in at])
    for code, at in refused.items():
        _refuse(reading, code, column, [(int(index[i]), cells[i]) for i in at])
    if refused:
        return None
    series = series_of(column.kind, values, index)
    factor = reading.location.factors.get(column.id, 1)
    return series * factor if factor != 1 else series


def _is_needed(reading: Reading, column: Column) -> bool:
    table = reading.location.table
    if column.id in table.required():
        return True
    groups = [set(group) for group in table.one_of if column.id in group]
    others = set(reading.location.columns) - {column.id}
    return bool(groups) and not any(set(group) <= others for group in table.one_of)


def _refuse(reading: Reading, code: str, column: Column, cells: list[tuple[int, Any]]) -> None:
    """A refusal is a problem where the column is needed, else an issue and a column less."""
    if not _is_needed(reading, column):
        _list_issues(reading, "COLUMN_NOT_USED", column, cells)
        return
    named = [reading.location.cell(column.id, row) for row, _ in cells[:NAMED_CELLS]]
    where = Place(sheet=reading.location.sheet, cell=named[0])
    reading.problems.append(
        problem(
            code,
            where,
            column=f"{column.zh} / {column.en}",
            count=len(cells),
            cells=", ".join(named) + (" …" if len(cells) > NAMED_CELLS else ""),
            value=str(cells[0][1]),
        )
    )


def _list_issues(reading: Reading, code: str, column: Column, cells: list[tuple[int, Any]]) -> None:
    for row, cell in cells[:NAMED_CELLS]:
        _add(reading, code, row, column, cell)
    if len(cells) > NAMED_CELLS:
        more = len(cells) - NAMED_CELLS
        _add(reading, code, None, column, f"+ {more}")


def _add(
    reading: Reading, code: str, row: int | None, column: Column | None = None, cell: Any = None
) -> None:
    location = reading.location
    level: Level = REGISTRY[code].level
    address = ""
    if row is not None:
        target = location.cell(column.id, row) if column else f"{row}:{row}"
        address = f"{location.sheet}!{target}"
    amount = (
        Decimal(str(cell))
        if isinstance(cell, (int, float)) and column and (column.kind.value == "money")
        else None
    )
    reading.issues.append(
        {
            "level": level,
            "reason_code": code,
            "table_id": location.table.id,
            "row_no": row,
            "column_name": column.id if column else "",
            "original_value": "" if cell is None else str(cell),
            "handling": "",
            "amount": amount,
            "link": address,
        }
    )
