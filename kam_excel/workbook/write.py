"""Writing an output: one sheet, one range write, one Excel table named kam_<table>.

Row 1 holds the title, row 2 the as_of date, row 3 the fingerprint, row 5 the headers. What
the company put beside the table stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.domain.exact import ExactDtype
from kam_excel.domain.money import round_half_up
from kam_excel.errors import Place, Problem, problem
from kam_excel.workbook.adapter import freeze_rows
from kam_excel.workbook.marks import FINGERPRINT_CELL, SIGNATURE, output_sheet, table_name

HEADER_ROW = 5
HEADER_FILL, HEADER_FONT = (31, 78, 121), (255, 255, 255)
TABLE_STYLE = "TableStyleLight9"
FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.0%",
    Kind.NUMBER: "#,##0.00",
    Kind.INTEGER: "#,##0",
}
ALIGNMENTS = {Kind.MONEY: "right", Kind.PERCENT: "right", Kind.NUMBER: "right"} | dict.fromkeys(
    (Kind.CHOICE, Kind.BOOLEAN, Kind.DATE, Kind.INTEGER), "center"
)
WIDTHS = {Kind.DATE: 12, Kind.MONEY: 18, Kind.PERCENT: 10, Kind.INTEGER: 8, Kind.TEXT: 24}
BOOLEANS: dict[Language, dict[bool, str]] = {
    "zh": {True: "是", False: "否"},
    "en": {True: "Yes", False: "No"},
}


def conflict(book: xw.Book, table: type[Table], language: Language) -> Problem | None:
    """A problem where the sheet that the output needs holds something else."""
    title = table.title(language)
    if output_sheet(book, table.id) is not None or title.lower() not in _names(book):
        return None
    return problem("OUTPUT_SHEET_TAKEN", Place(sheet=title), sheet=title)


def write_output(
    book: xw.Book, table: type[Table], frame: pd.DataFrame, run: Run, fingerprint: str
) -> xw.Sheet:
    """Write `frame` as the output `table`, on its sheet or on a new last one."""
    shown = list(table.columns.values())
    values = cell_values(frame, shown, run.language)
    sheet = output_sheet(book, table.id)
    if sheet is None:
        sheet = book.sheets.add(table.title(run.language), after=book.sheets[len(book.sheets) - 1])
    _write_head(sheet, table, run, fingerprint)
    _write_table(sheet, table, shown, values, run.language)
    freeze_rows(sheet, HEADER_ROW)
    return sheet


def cell_values(
    frame: pd.DataFrame, columns: Sequence[Column], language: Language
) -> list[list[Any]]:
    """The rows of `frame` as cells: money rounded half up to cents, choices localised."""
    cells = [_cells(frame[column.id], column, language) for column in columns]
    return [list(row) for row in zip(*cells, strict=True)]


def _cells(series: pd.Series, column: Column, language: Language) -> list[Any]:
    if isinstance(series.dtype, ExactDtype):
        places = 2 if column.kind is Kind.MONEY else series.dtype.scale
        series = round_half_up(series, places)
    return [
        None if missing else _cell(value, column, language)
        for value, missing in zip(series, series.isna(), strict=True)
    ]


def _cell(value: Any, column: Column, language: Language) -> Any:
    if column.kind is Kind.BOOLEAN:
        return BOOLEANS[language][bool(value)]
    if column.kind is Kind.CHOICE:
        return column.shown(str(value), language)
    if column.kind is Kind.DATE:
        return value.to_pydatetime()
    if column.kind is Kind.INTEGER:
        return int(value)
    return float(value) if isinstance(value, (Decimal, float)) else str(value)


def _write_head(sheet: xw.Sheet, table: type[Table], run: Run, fingerprint: str) -> None:
    label = "截止日期" if run.language == "zh" else "As of"
    sheet.range("A1").value = table.title(run.language)
    sheet.range("A1").font.bold = True
    sheet.range("A1").font.size = 14
    sheet.range("A2").value = f"{label} {run.as_of.isoformat()} · {run.currency}"
    sheet.range(FINGERPRINT_CELL).value = SIGNATURE + fingerprint
    sheet.range(FINGERPRINT_CELL).font.color = (128, 128, 128)


def _write_table(
    sheet: xw.Sheet,
    table: type[Table],
    columns: Sequence[Column],
    values: list[list[Any]],
    language: Language,
) -> None:
    headers = [column.header(language) for column in columns]
    rows = max(len(values), 1)  # an Excel table has at least one body row
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + rows, len(columns)))
    existing = next((t for t in sheet.tables if t.name == table_name(table.id)), None)
    if existing is not None:
        _clear_surplus(existing, area)
    body = sheet.range((HEADER_ROW + 1, 1), (HEADER_ROW + rows, len(columns)))
    _write_headers(area.rows[0], headers)
    for i, column in enumerate(columns):
        _format(body.columns[i], column)
        area.columns[i].horizontal_alignment = ALIGNMENTS.get(column.kind, "left")
    body.value = [_typed(row, columns) for row in values] or [[None] * len(columns)]
    if existing is None:
        sheet.tables.add(area, name=table_name(table.id), table_style_name=TABLE_STYLE)
    elif existing.range.shape != area.shape:
        existing.resize(area)


def _write_headers(cells: xw.Range, headers: list[str]) -> None:
    cells.value = headers
    cells.color = HEADER_FILL
    cells.font.color = HEADER_FONT
    cells.font.bold = True
    cells.wrap_text = True
    cells.vertical_alignment = "center"


def _typed(row: Sequence[Any], columns: Sequence[Column]) -> list[Any]:
    """The row as it is typed into cells: an apostrophe keeps text from the data a text.

    Without it a name like =1+1 would become a formula, and 1/5 a date.
    """
    return [
        f"'{cell}" if isinstance(cell, str) and column.kind in (Kind.KEY, Kind.TEXT) else cell
        for cell, column in zip(row, columns, strict=True)
    ]


def _clear_surplus(existing: xw.main.Table, area: xw.Range) -> None:
    """Empty the rows and columns of the old table that the new one no longer covers."""
    rows, columns = existing.range.shape
    if rows > area.shape[0]:
        existing.range[area.shape[0] :, :].clear()
    if columns > area.shape[1]:
        existing.range[:, area.shape[1] :].clear()


def _format(cells: xw.Range, column: Column) -> None:
    if column.kind in FORMATS:
        cells.number_format = FORMATS[column.kind]
    elif column.kind is Kind.KEY:
        cells.number_format = "@"
    cells.column_width = WIDTHS.get(column.kind, 14)


def _names(book: xw.Book) -> set[str]:
    return {sheet.name.lower() for sheet in book.sheets}
