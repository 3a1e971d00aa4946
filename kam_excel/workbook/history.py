"""The hidden history table: what later runs have to know of earlier ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.contract.column import Kind
from kam_excel.contract.frames import series_of
from kam_excel.contract.outputs import History
from kam_excel.contract.table import Table
from kam_excel.workbook.marks import output_sheet, table_name

COLUMNS = list(History.columns)


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
    """What the latest run before `as_of` remembered of `table`: its key and remembered columns."""
    names = [*table.key, *table.remembered]
    mine = history[(history["table_id"] == table.id) & (history["as_of"] < pd.Timestamp(as_of))]
    latest = mine[mine["as_of"] == mine["as_of"].max()]
    entries = [json.loads(content) for content in latest["content"]]
    columns = {
        name: series_of(
            table.columns[name].kind,
            [_restored(entry.get(name), table.columns[name].kind) for entry in entries],
            latest.index,
        )
        for name in names
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _restored(value: Any, kind: Kind) -> Any:
    return Decimal(value) if kind.is_exact and value is not None else value


def remember(
    history: pd.DataFrame, as_of: date, outputs: Iterable[tuple[str, type[Table], pd.DataFrame]]
) -> pd.DataFrame:
    """`history` with this run's entries; those of an earlier run of the same as_of are replaced.

    outputs: strategy, table and frame of each output; those that remember nothing add nothing.
    """
    stamp = pd.Timestamp(as_of)
    kept = history[history["as_of"] != stamp]
    entries = [
        (stamp, strategy, table.id, key, content)
        for strategy, table, frame in outputs
        if table.remembered
        for key, content in _entries(table, frame)
    ]
    new = pd.DataFrame(entries, columns=COLUMNS).astype(history.dtypes.to_dict())
    whole = pd.concat([kept, new], ignore_index=True) if len(kept) else new
    return whole.sort_values(["as_of", "table_id", "row_key"], kind="stable", ignore_index=True)


def _entries(table: type[Table], frame: pd.DataFrame) -> Iterable[tuple[str, str]]:
    names = [*table.key, *table.remembered]
    columns = [[_plain(value) for value in _values(frame[name])] for name in names]
    for row in zip(*columns, strict=True):
        key = "|".join(str(value) for value in row[: len(table.key)])
        yield key, json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)


def _values(series: pd.Series) -> Sequence[Any]:
    return [None if gone else value for value, gone in zip(series, series.isna(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value
