"""Writing an output: one sheet, one range write, one Excel table named kam_<table>.

Row 1 holds the title, row 2 the as_of date, row 3 the fingerprint, row 5 the headers. What
the company put beside the table stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.look import Sparkline
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, problem
from kam_excel.workbook.adapter import (
    MAX_ROW,
    add_sparklines,
    freeze_rows,
    is_protected,
    is_structure_locked,
    write_columns,
)
from kam_excel.workbook.card import WIDTH as CARD_WIDTH
from kam_excel.workbook.card import write_card
from kam_excel.workbook.cellvalues import (
    FILTER_BUTTON,
    cell_column,
    column_width,
    number_format,
)
from kam_excel.workbook.looks import (
    GREY,
    clear_looks,
    format_body,
    format_header,
    format_rows,
    link,
)
from kam_excel.workbook.marks import FINGERPRINT_CELL, SIGNATURE, output_sheet, table_name
from kam_excel.workbook.newsheet import new_sheet
from kam_excel.workbook.printing import print_by_group, set_up_output
from kam_excel.workbook.rowunits import unit_runs
from kam_excel.workbook.wrapping import text_lines

HEADER_ROW = 5
MOST_ROWS = MAX_ROW - HEADER_ROW
MARGIN = 1  # characters of a column that no text fills
LINE, PADDING = 15, 3  # points of a line of a header, and beside all of them
TABLE_STYLE = "TableStyleLight9"


def conflicts(book: xw.Book, rows: Mapping[type[Table], int], language: Language) -> list[Problem]:
    """What keeps outputs from being written: more rows than a sheet takes, sheets that hold
    something else or are protected, notes of users that a longer table would cover, and a book
    that takes no more sheets where some are needed. `rows` is how many rows each output has.
    """
    found = [each for table in rows if (each := _conflict(book, table, rows[table], language))]
    if is_structure_locked(book) and not all(output_sheet(book, table.id) for table in rows):
        found.append(problem("STRUCTURE_LOCKED", Place(file=book.name)))
    return found


def _conflict(book: xw.Book, table: type[Table], rows: int, language: Language) -> Problem | None:
    """What is wrong with the sheet that the output needs."""
    title, sheet = table.title(language), output_sheet(book, table.id)
    if rows > MOST_ROWS:
        place = Place(sheet=title if sheet is None else sheet.name)
        facts = {"rows": f"{rows:,}", "most": f"{MOST_ROWS:,}"}
        return problem("OUTPUT_TOO_LONG", place, sheet=title, **facts)
    if sheet is not None and is_protected(sheet):
        return problem("OUTPUT_SHEET_PROTECTED", Place(sheet=sheet.name), sheet=sheet.name)
    if sheet is not None:
        return _covered(sheet, table, rows)
    if title.lower() not in _names(book):
        return None
    return problem("OUTPUT_SHEET_TAKEN", Place(sheet=title), sheet=title)


def _covered(sheet: xw.Sheet, table: type[Table], rows: int) -> Problem | None:
    """The first cell below the table that holds something and that `rows` rows would cover."""
    known = sheet.tables[table_name(table.id)].range
    below, last = known.last_cell.row + 1, HEADER_ROW + max(rows, 1)
    if last < below:
        return None
    area = sheet.range((below, 1), (last, len(table.columns)))
    cells = area.options(ndim=2, err_to_str=True).value
    for i, row in enumerate(cells):
        for j, cell in enumerate(row):
            if cell not in (None, ""):
                place = Place(sheet=sheet.name, cell=area[i, j].get_address(False, False))
                return problem("OUTPUT_CELLS_TAKEN", place, sheet=sheet.name)
    return None


def write_output(
    book: xw.Book, table: type[Table], frame: pd.DataFrame, run: Run, fingerprint: str
) -> xw.Sheet:
    """Write `frame` as the output `table`, on its sheet or on a new last one."""
    columns = table.columns.values()
    cells = [cell_column(frame[column.id], column, run.language) for column in columns]
    sheet = output_sheet(book, table.id)
    if sheet is None:
        sheet = new_sheet(book, table.title(run.language))
    _write_head(sheet, table, run, fingerprint)
    write_table(sheet, table, cells, run.language)
    if table.card and len(frame):
        heading = f"{table.title(run.language)} · {_as_of(run)}"
        write_card(sheet, table, [column[0] for column in cells], heading, run.language)
    else:
        freeze_rows(sheet, HEADER_ROW)
    set_up_output(sheet, table, HEADER_ROW, HEADER_ROW + max(len(frame), 1))
    return sheet


def _as_of(run: Run) -> str:
    label = "截止日期" if run.language == "zh" else "As of"
    return f"{label} {run.as_of.isoformat()} · {run.currency}"


def _write_head(sheet: xw.Sheet, table: type[Table], run: Run, fingerprint: str) -> None:
    sheet.range("A1").value = table.title(run.language)
    sheet.range("A1").font.bold = True
    sheet.range("A1").font.size = 14
    sheet.range("A2").value = _as_of(run)
    sheet.range(FINGERPRINT_CELL).value = SIGNATURE + fingerprint
    sheet.range(FINGERPRINT_CELL).font.color = GREY


def write_table(
    sheet: xw.Sheet, table: type[Table], cells: Sequence[list[Any]], language: Language
) -> None:
    """Write the Excel table of an output with its looks: `cells` are its columns as they show."""
    columns = list(table.columns.values())
    height = max(len(cells[0]), 1)  # an Excel table has at least one body row
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + height, len(columns)))
    body = area[1:, :]
    existing = next((t for t in sheet.tables if t.name == table_name(table.id)), None)
    if existing is not None:
        clear_looks(existing.range[1:, :])
        _clear_surplus(existing, area)
    area.rows[0].value = [column.header(language) for column in columns]
    texts = [column.kind in (Kind.KEY, Kind.TEXT) for column in columns]
    write_columns(body, [column or [None] for column in cells], texts)
    format_rows(body, table, language)
    if table.page.break_by:
        print_by_group(sheet, body.row, cells[list(table.columns).index(table.page.break_by)])
    known = dict(zip(table.columns, cells, strict=True))
    for i, column in enumerate(columns):
        format_header(area[0, i], column, language)
        format_body(body.columns[i], column, language)
        width = column_width(column, cells[i], language)
        for rows, shown in unit_runs(table, column, known, language):
            body[rows, i].number_format = number_format(shown)
            width = max(width, column_width(shown, cells[i][rows], language))
        _fit(area.columns[i], table, width, existing is None)
        if isinstance(column.look, Sparkline):
            first, last = (
                list(table.columns).index(n) for n in (column.look.first, column.look.last)
            )
            add_sparklines(body.columns[i], body[:, first : last + 1])
        if column.link:
            _link(body.columns[i], cells[i])
    _fit_rows(body, columns, cells, existing is None)
    lines = max(
        text_lines(column.header(language), area.columns[i].column_width - FILTER_BUTTON + MARGIN)
        for i, column in enumerate(columns)
    )
    area.rows[0].row_height = LINE * lines + PADDING
    if existing is None:
        sheet.tables.add(area, name=table_name(table.id), table_style_name=TABLE_STYLE)
    elif existing.range.shape != area.shape:
        existing.resize(area)


def _fit(cells: xw.Range, table: type[Table], width: int, is_new: bool) -> None:
    """Set the width of a new column; later only widen it, for users set widths too."""
    wanted = max(width, CARD_WIDTH) if table.card else width
    if is_new or cells.column_width < wanted:
        cells.column_width = wanted


def _fit_rows(
    body: xw.Range, columns: Sequence[Column], cells: Sequence[list[Any]], is_new: bool
) -> None:
    """Make rows as high as their broken texts; Excel alone does so when it opens a file."""
    broken = [i for i, column in enumerate(columns) if column.widest]
    if not broken:
        return
    body.vertical_alignment = "center"
    widths = [body.columns[i].column_width - MARGIN for i in broken]
    texts = zip(*([cell or "" for cell in cells[i]] for i in broken), strict=True)
    lines = [max(map(text_lines, row, widths)) for row in texts]
    first = 0
    for count, run in groupby(lines):
        last = first + len(list(run))
        rows = body[first:last, :]
        if count > 1 or not (is_new or _is_low(rows)):
            rows.row_height = LINE * count
        first = last


def _is_low(rows: xw.Range) -> bool:
    """Whether all rows are as high as one line, whatever its font."""
    height = rows.row_height
    return height is not None and height < 2 * LINE


def _link(cells: xw.Range, addresses: Sequence[Any]) -> None:
    for i, address in enumerate(addresses):
        if address:
            link(cells[i], str(address))


def _clear_surplus(existing: xw.main.Table, area: xw.Range) -> None:
    """Empty the rows of the old table that the new one no longer covers.

    Further columns are the user's: Excel takes what is typed beside a table into it.
    """
    rows, columns = area.shape
    if existing.range.shape[0] > rows:
        existing.range[rows:, :columns].clear()


def _names(book: xw.Book) -> set[str]:
    return {sheet.name.lower() for sheet in book.sheets}
