"""Data issues as their readers see them: names instead of ids, and a link to each cell."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kam_excel.codes import Language
from kam_excel.workbook.reading.read import Reading


def readable(
    issues: pd.DataFrame, readings: Mapping[str, Reading], language: Language
) -> pd.DataFrame:
    """`issues` with the names of tables and columns in `language`, and links to their cells."""
    rows = [
        _row(table, column, row, link, readings, language)
        for table, column, row, link in zip(
            issues["table_id"],
            issues["column_name"],
            issues["row_no"],
            issues["link"],
            strict=True,
        )
    ]
    names = ["table_id", "column_name", "link"]
    told = pd.DataFrame(rows, columns=names, index=issues.index, dtype="str")
    return issues.assign(**{name: told[name] for name in names})


def _row(
    table: str,
    column: str,
    row: object,
    link: str,
    readings: Mapping[str, Reading],
    language: Language,
) -> tuple[str, str | None, str | None]:
    reading = readings.get(table)
    if reading is None:
        return table, column, link
    location = reading.location
    declared = location.table.columns.get(column)
    shown = declared.header(language) if declared else column
    if pd.isna(link) and not pd.isna(row):
        is_there = column in location.columns
        cell = location.cell(column, int(str(row))) if is_there else f"A{row}"
        link = f"{location.sheet}!{cell}"
    return location.table.title(language), shown, link
