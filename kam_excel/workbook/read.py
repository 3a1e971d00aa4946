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
from kam_excel.workbook.cells import Coerced, Refused, parser, plain, read_cell
from kam_excel.workbook.locate import Location

NAMED_CELLS = 20  # how many cells a message names before it only counts
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
    rows = _read_rows(book, location)
    reading = Reading(location, pd.DataFrame())
    kept = _keep(rows, reading)
    first = location.header_row + 1
    index = pd.Index([first + i for i in kept], name="row", dtype="int64")
    columns: dict[str, pd.Series] = {}
    for name, position in location.columns.items():
        at = position - min(location.columns.values())
        cells = [rows[i][at] for i in kept]
        series = _read_column(reading, location.table.columns[name], cells, index)
        if series is not None:
            columns[name] = series
    reading.frame = pd.DataFrame(columns, index=index)
    return reading


def _read_rows(book: xw.Book, location: Location) -> list[list[Any]]:
    if location.last_row <= location.header_row:
        return []
    left, right = min(location.columns.values()), max(location.columns.values())
    body = book.sheets[location.sheet].range(
        (location.header_row + 1, left), (location.last_row, right)
    )
    values: list[list[Any]] = body.options(ndim=2, err_to_str=True).value
    return values


def _keep(rows: Sequence[Sequence[Any]], reading: Reading) -> list[int]:
    """Positions of the rows that hold data: neither blank nor a total."""
    left = min(reading.location.columns.values())
    used = [position - left for position in reading.location.columns.values()]
    needed = (
        name for name in reading.location.table.required() if name in reading.location.columns
    )
    required = [reading.location.columns[name] - left for name in needed]
    kept = []
    for i, row in enumerate(rows):
        if all(row[at] in (None, "") for at in used):
            reading.rows["blank"] += 1
        elif _is_total(row, required):
            reading.rows["total"] += 1
            _add(reading, "TOTAL_ROW_DROPPED", reading.location.header_row + 1 + i)
        else:
            kept.append(i)
    reading.rows["read"] = len(rows)
    reading.rows["used"] = len(kept)
    return kept


def _is_total(row: Sequence[Any], required: Sequence[int]) -> bool:
    """A row that says total and lacks what every line has (a customer may be named Total)."""
    says = any(isinstance(cell, str) and plain(cell).casefold() in TOTAL_WORDS for cell in row)
    return says and any(row[at] in (None, "") for at in required)


def _read_column(
    reading: Reading, column: Column, cells: Sequence[Any], index: pd.Index
) -> pd.Series | None:
    """The typed column, or None where it cannot be used."""
    parse = parser(column)
    values: list[Any] = []
    coerced: dict[str, list[int]] = {}
    refused: dict[str, list[int]] = {}
    for i, cell in enumerate(cells):
        try:
            value = read_cell(parse, cell)
        except Refused as verdict:
            refused.setdefault(str(verdict), []).append(i)
            value = None
        if isinstance(value, Coerced):
            coerced.setdefault(value.code, []).append(i)
            value = value.value
        values.append(value)
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
