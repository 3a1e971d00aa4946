"""Data issues as their readers see them: names instead of ids, and a link to each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kam_excel.codes import Language
from kam_excel.contract.table import Table
from kam_excel.workbook.reading.read import Reading


def readable(
    issues: pd.DataFrame,
    readings: Mapping[str, Reading],
    tables: Mapping[str, type[Table]],
    language: Language,
) -> pd.DataFrame:
    """`issues` with the names of tables and columns in `language`, and links to their cells.

    tables: by id; those too that the workbook lacks.
    """
    columns = ["table_id", "column_name", "row_no", "link"]
    rows = [
        _row(table, column, label, link, readings, tables, language)
        for table, column, label, link in zip(*(issues[name] for name in columns), strict=True)
    ]
    told = pd.DataFrame(rows, columns=columns, index=issues.index)
    worded = {name: told[name].astype(issues[name].dtype) for name in columns}
    return issues.assign(**worded, original_value=_values(issues, tables, language))


def offering(issues: pd.DataFrame, table: type[Table], language: Language) -> pd.DataFrame:
    """`issues` of reading a table, those of unknown words with the choices that there are."""
    unknown = issues[issues["handling"] == "CHOICE_KEPT"]
    words = [
        table.columns[column].offered(language, text)
        for column, text in zip(unknown["column_name"], unknown["original_value"], strict=True)
    ]
    taken = pd.Series(words, unknown.index, dtype="str")
    return issues.assign(taken=taken.reindex(issues.index).fillna(issues["taken"]))


def _values(
    issues: pd.DataFrame, tables: Mapping[str, type[Table]], language: Language
) -> pd.Series:
    """The values, those that are ids of choices in words."""
    said = []
    names = ("table_id", "column_name", "original_value")
    for table, column, value in zip(*(issues[name] for name in names), strict=True):
        declared = tables[table].columns.get(column) if table in tables else None
        said.append(declared.shown(value, language) if declared else value)
    return pd.Series(said, issues.index, dtype=issues["original_value"].dtype)


def _row(
    table: str,
    column: str,
    label: Any,
    link: str,
    readings: Mapping[str, Reading],
    tables: Mapping[str, type[Table]],
    language: Language,
) -> tuple[str, str | None, Any, str | None]:
    """Table, column, row of the sheet and link of one issue; its row is a label."""
    known, reading = tables.get(table), readings.get(table)
    if known is None:
        return table, column, label, link
    if reading and column not in reading.location.columns:
        column = known.stand_ins.get(column, column)
    declared = known.columns.get(column)
    shown = declared.header(language) if declared else column
    if reading is None or pd.isna(label):
        return known.title(language), shown, label, link
    place = reading.location.place(column, int(label))
    address = link if pd.notna(link) else f"{place.sheet}!{place.cell}"
    return known.title(language), shown, reading.location.row(int(label)), address
