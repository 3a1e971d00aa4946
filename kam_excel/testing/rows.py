"""Small tables as a test shows them, typed as their declaration says.

`frame_of(OpenItems, "customer_id, due_date, amount\\n C01, 2026-04-30, 1200.50\\n C02, , -80")`
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.contract.column import Column, Kind
from kam_excel.contract.frames import series_of
from kam_excel.contract.table import Table
from kam_excel.errors import nearest

Rows = str | Sequence[Mapping[str, Any]] | pd.DataFrame
"""Rows of a table: text like CSV with the ids of columns in its first line, one mapping a row,
or a frame. An empty field is missing."""

BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


def frame_of(table: type[Table], rows: Rows) -> pd.DataFrame:
    """`rows` as a frame of `table`: each column of its kind's dtype, in declared order.

    It has the columns that the rows name, as a sheet has those that somebody typed. A table that
    no sheet can hold, because strategies alone give it, has all of its columns. A frame is held
    to the declaration. Raises ValueError for a column or a value that the table cannot have.
    """
    if isinstance(rows, pd.DataFrame):
        return table.frame(rows)[[name for name in table.columns if name in rows]]
    frame = _frame(table, values_of(table, rows))
    return table.frame(frame) if is_given(table) else frame


def part_of(table: type[Table], names: Sequence[str], rows: Rows) -> pd.DataFrame:
    """`rows` with exactly the columns `names`, those that they do not name empty.

    Raises ValueError for a column beside `names`.
    """
    values = values_of(table, rows)
    foreign = [name for name in values if name not in names]
    if foreign:
        raise ValueError(f"{', '.join(foreign)}: only {', '.join(names)} are asked for")
    nothing = [None] * len(next(iter(values.values()), []))
    return _frame(table, {name: values.get(name, nothing) for name in names})


def _frame(table: type[Table], values: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    index = pd.RangeIndex(len(next(iter(values.values()), [])))
    columns = {n: series_of(table.columns[n].kind, each, index) for n, each in values.items()}
    return pd.DataFrame(columns, index=index)


def is_given(table: type[Table]) -> bool:
    """True for tables that only strategies give: never written, or with columns for users."""
    return table.internal or bool(table.manual())


def values_of(table: type[Table], rows: Rows) -> dict[str, list[Any]]:
    """The values of each column that `rows` name, in declared order; None is missing."""
    names, given = _named(table, rows)
    _refuse_unknown(table, names)
    return {
        name: [
            _value(table, column, row.get(name), number)
            for number, row in enumerate(given, start=1)
        ]
        for name, column in table.columns.items()
        if name in names
    }


def _named(table: type[Table], rows: Rows) -> tuple[list[str], list[Mapping[str, Any]]]:
    """The names of the columns, and the rows by name."""
    if isinstance(rows, str):
        return _of_text(table, rows)
    if isinstance(rows, pd.DataFrame):
        return list(map(str, rows)), [
            {str(k): v for k, v in row.items()} for row in rows.to_dict("records")
        ]
    return list(dict.fromkeys(name for row in rows for name in row)), list(rows)


def _of_text(table: type[Table], text: str) -> tuple[list[str], list[Mapping[str, Any]]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    header, *rows = csv.reader(lines or [""], skipinitialspace=True, strict=True)
    names = [name.strip() for name in header]
    for number, fields in enumerate(rows, start=1):
        if len(fields) != len(names):
            many = f"row {number} has {len(fields)} fields, its header {len(names)}"
            raise ValueError(f"{table.__name__}, {many}")
    return names, [dict(zip(names, map(str.strip, fields), strict=True)) for fields in rows]


def _refuse_unknown(table: type[Table], names: Sequence[str]) -> None:
    for name in names:
        if name not in table.columns:
            near = nearest(name, table.columns)
            meant = f", did you mean {near}?" if near else f"; it has {', '.join(table.columns)}"
            raise ValueError(f"{table.__name__} has no column {name!r}{meant}")


def _value(table: type[Table], column: Column, given: Any, number: int) -> Any:
    if given == "" or pd.isna(given):
        return None
    try:
        return _typed(column, given) if isinstance(given, str) else given
    except (ValueError, ArithmeticError, KeyError) as error:
        where = f"{table.__name__}.{column.id}, row {number}"
        raise ValueError(f"{where}: {given!r} is no {column.kind.value}") from error


def _typed(column: Column, text: str) -> Any:
    """What a text says in a column of that kind."""
    if column.kind is Kind.DATE:
        return pd.Timestamp(date.fromisoformat(text))
    if column.kind is Kind.PERCENT and text.endswith("%"):
        return Decimal(text.removesuffix("%")).scaleb(-2)
    if column.kind.is_exact:
        return Decimal(text)
    if column.kind is Kind.INTEGER:
        return int(text)
    if column.kind is Kind.BOOLEAN:
        return BOOLEANS[text.lower()]
    if column.choices and text not in column.choices:
        raise ValueError(f"the choices are {', '.join(column.choices)}")
    return text
