"""What users fill in on output sheets: read by key, put back by key.

A manual value belongs to the key of its row, wherever the row goes. When the row leaves the
output the value is set aside in the history, and comes back with the row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import xlwings as xw

from kam_excel.contract.frames import series_of
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.table import Table
from kam_excel.errors import Problem, problem
from kam_excel.workbook.finding.headers import normal
from kam_excel.workbook.finding.location import Location, Region
from kam_excel.workbook.history import set_aside
from kam_excel.workbook.marks import output_sheet, table_name
from kam_excel.workbook.reading.read import Reading, read_table


@dataclass(slots=True)
class Filled:
    """What was filled in for a table: its key and manual columns, one row a key."""

    frame: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)


def read_manual(book: xw.Book, table: type[Table], history: pd.DataFrame) -> Filled:
    """The manual columns of `table`, from its sheet and from what was set aside before.

    Problems: cells that cannot be read, a key that is there twice with other values, a column
    that another one needs and that is empty.
    """
    names = [*table.key, *table.manual()]
    aside = set_aside(history, table)
    location = _location(book, table)
    if location is None:
        return Filled(aside)
    reading = read_table(book, location)
    problems = [*reading.problems, *_unread(reading), *_incomplete(reading)]
    frame = reading.frame.reindex(columns=[n for n in names if n in reading.frame])
    frame = frame.assign(
        **{
            name: series_of(table.columns[name].kind, [None] * len(frame), frame.index)
            for name in names
            if name not in frame
        }
    )[names]
    frame = frame.dropna(subset=list(table.key)).drop_duplicates(list(table.key))
    kept = aside[~_keys(aside, table).isin(_keys(frame, table))]
    return Filled(pd.concat([frame, kept], ignore_index=True) if len(kept) else frame, problems)


def put_back(
    frame: pd.DataFrame, table: type[Table], filled: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`frame` with its manual columns as `filled` has them, and the rows of `filled` left over."""
    by_key = filled.set_index(_keys(filled, table))
    keys = _keys(frame, table)
    taken = {
        name: by_key[name].reindex(keys).set_axis(frame.index).astype(frame[name].dtype)
        for name in table.manual()
    }
    return frame.assign(**taken), filled[~_keys(filled, table).isin(keys)]


def set_aside_issues(table: type[Table], left: pd.DataFrame) -> pd.DataFrame:
    """A note for each row of `left` in which something was filled in, as DataIssues."""
    told = left[left[list(table.manual())].notna().any(axis=1)]
    notes = [
        {
            "level": "note",
            "reason_code": "MANUAL_SET_ASIDE",
            "table_id": f"{table.zh} / {table.en}",
            "column_name": "",
            "original_value": key,
        }
        for key in _keys(told, table)
    ]
    columns = ["level", "reason_code", "table_id", "column_name", "original_value"]
    return DataIssues.frame(pd.DataFrame(notes, columns=columns))


def _keys(frame: pd.DataFrame, table: type[Table]) -> pd.Series:
    parts = [frame[name].astype("str") for name in table.key]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + "|" + part
    return whole


def _location(book: xw.Book, table: type[Table]) -> Location | None:
    """The key and manual columns on the output's sheet, whatever language it was written in."""
    sheet = output_sheet(book, table.id)
    if sheet is None:
        return None
    listed = next(each for each in sheet.tables if each.name == table_name(table.id))
    area = listed.range
    headers = [normal(str(cell or "")) for cell in area.rows[0].options(ndim=1).value]
    columns = {}
    for name in [*table.key, *table.manual()]:
        own = {normal(header) for header in table.columns[name].headers()}
        place = next((i for i, header in enumerate(headers) if header in own), None)
        if place is not None:
            columns[name] = area.column + place
    if not set(table.key) <= set(columns):
        return None
    last = area.row + area.shape[0] - 1
    return Location(table, (Region(sheet.name, area.row, last, columns),))


def _unread(reading: Reading) -> list[Problem]:
    """Values that a choice does not have: each of them was somebody's decision."""
    frame, location = reading.frame, reading.location
    return [
        problem(
            "MANUAL_NOT_READ",
            location.place(name, row),
            value=frame.at[row, name],
            column=_title(location.table, name),
            choices=", ".join(f"{zh} / {en}" for en, zh in column.choices.items()),
        )
        for name, column in location.table.columns.items()
        if column.manual and column.choices and name in frame
        for row in frame.index[frame[name].notna() & ~frame[name].isin(list(column.choices))]
    ] + [
        problem(
            "MANUAL_NOT_READ",
            location.place(name, row),
            value=value,
            column=_title(location.table, name),
            choices=location.table.columns[name].kind.value,
        )
        for name, row, value in _refused(reading.issues)
    ]


def _refused(issues: pd.DataFrame) -> list[tuple[str, int, str]]:
    """Column, row and value of the cells that could not be read."""
    told = issues[(issues["handling"] == "COLUMN_LEFT_OUT") & issues["row_no"].notna()]
    return list(zip(told["column_name"], told["row_no"], told["original_value"], strict=True))


def _incomplete(reading: Reading) -> list[Problem]:
    """Values whose companion, such as the reason for an adjustment, is missing."""
    frame, location = reading.frame, reading.location
    problems = []
    for name, column in location.table.columns.items():
        if not (column.manual and column.needs and name in frame):
            continue
        alone = frame[name].notna()
        if column.needs in frame:
            alone &= frame[column.needs].isna()
        problems += [
            problem(
                "MANUAL_INCOMPLETE",
                location.place(column.needs, row),
                column=_title(location.table, name),
                needs=_title(location.table, column.needs),
                key=" ".join(str(frame.at[row, key]) for key in location.table.key),
            )
            for row in frame.index[alone]
        ]
    return problems


def _title(table: type[Table], name: str) -> str:
    return f"{table.columns[name].zh} / {table.columns[name].en}"
