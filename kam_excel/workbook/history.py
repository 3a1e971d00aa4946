"""The hidden history table: what later runs have to know of earlier ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import xlwings as xw

from kam_excel.contract.column import Kind
from kam_excel.contract.frames import series_of
from kam_excel.contract.outputs import History
from kam_excel.contract.table import Table
from kam_excel.workbook.marks import output_sheet, table_name

COLUMNS = list(History.columns)
MANUAL = "manual"  # in place of a strategy: entries that hold what a user filled in


def read_history(book: xw.Book) -> pd.DataFrame:
    """The entries of the history, columns of `History`; empty where there is none yet."""
    sheet = output_sheet(book, History.id)
    rows: list[list[Any]] = []
    if sheet is not None:
        table = next(t for t in sheet.tables if t.name == table_name(History.id))
        body = table.data_body_range
        rows = body.options(ndim=2).value if body is not None else []
    frame = pd.DataFrame([row for row in rows if row[0] is not None], columns=COLUMNS)
    return frame.astype(dict.fromkeys(COLUMNS[1:], "str")).assign(
        as_of=pd.to_datetime(frame["as_of"]).astype("datetime64[us]")
    )


def previous(history: pd.DataFrame, table: type[Table], as_of: date) -> pd.DataFrame:
    """What the latest run before `as_of` remembered of `table`.

    Columns: its key, the remembered ones, and previous_as_of, the date of that run.
    """
    runs = history[history["strategy"] != MANUAL]
    mine = runs[(runs["table_id"] == table.id) & (runs["as_of"] < pd.Timestamp(as_of))]
    latest = mine[mine["as_of"] == mine["as_of"].max()]
    frame = _restored(latest, table, [*table.key, *table.remembered])
    return frame.assign(previous_as_of=latest["as_of"].to_numpy())


def set_aside(history: pd.DataFrame, table: type[Table]) -> pd.DataFrame:
    """What the user filled in for rows that have left `table`: its key and manual columns."""
    mine = history[(history["strategy"] == MANUAL) & (history["table_id"] == table.id)]
    return _restored(mine, table, [*table.key, *table.manual()])


def _restored(entries: pd.DataFrame, table: type[Table], names: Sequence[str]) -> pd.DataFrame:
    contents = [json.loads(content) for content in entries["content"]]
    index = pd.RangeIndex(len(contents))
    columns = {}
    for name in names:
        kind = table.columns[name].kind
        values = [_exact_again(content.get(name), kind) for content in contents]
        columns[name] = series_of(kind, values, index)
    return pd.DataFrame(columns)


def _exact_again(value: Any, kind: Kind) -> Any:
    return Decimal(value) if kind.is_exact and value is not None else value


def remember(
    history: pd.DataFrame,
    as_of: date,
    outputs: Iterable[tuple[str, type[Table], pd.DataFrame]],
    aside: Iterable[tuple[type[Table], pd.DataFrame]] = (),
) -> pd.DataFrame:
    """`history` with this run's entries; those of an earlier run of the same as_of are replaced.

    outputs: strategy, table and frame of each output; those that remember nothing add nothing.
    aside: tables with what was filled in for rows that are not there now; it replaces what was
    set aside for these tables before.
    """
    stamp = pd.Timestamp(as_of)
    aside = list(aside)
    is_manual = history["strategy"] == MANUAL
    replaced = history["table_id"].isin([table.id for table, _ in aside])
    kept = history[np.where(is_manual, ~replaced, history["as_of"] != stamp)]
    rows = [
        (stamp, strategy, table.id, key, content)
        for strategy, table, frame in outputs
        if table.remembered
        for key, content in _entries(table, frame, table.remembered)
    ]
    before = history[is_manual]
    since = before.set_index(["table_id", "row_key"])["as_of"].to_dict()
    rows += [
        (since.get((table.id, key), stamp), MANUAL, table.id, key, content)
        for table, frame in aside
        for key, content in _entries(table, frame, table.manual())
    ]
    new = pd.DataFrame(rows, columns=COLUMNS).astype(history.dtypes.to_dict())
    whole = pd.concat([kept, new], ignore_index=True) if len(kept) else new
    order = ["as_of", "table_id", "strategy", "row_key"]
    return whole.sort_values(order, kind="stable", ignore_index=True)


def _entries(
    table: type[Table], frame: pd.DataFrame, told: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Row key and content of the rows where one of the columns `told` says something."""
    names = [*table.key, *told]
    columns = [[_plain(value) for value in _values(frame[name])] for name in names]
    for row in zip(*columns, strict=True):
        if any(row[len(table.key) :]):  # neither empty nor False nor 0
            content = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
            yield "|".join(str(value) for value in row[: len(table.key)]), content


def _values(series: pd.Series) -> Sequence[Any]:
    return [None if gone else value for value, gone in zip(series, series.isna(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value
