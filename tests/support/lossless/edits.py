"""What is done to a workbook in the trial, through the xlwings API alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from kam_excel import headless

ROWS = [["Item", "Amount"], ["a", 10], ["b", 25.5], ["c", 5]]
VALUE = 4321.5
MOST_COLUMNS = 16_300  # further right there is no room

Edit = Callable[[xw.Book], "Touched"]


@dataclass(frozen=True)
class Touched:
    """Where a workbook was touched: a cell by sheet, row and column; sheets that got objects."""

    sheet: str | None = None
    row: int = 0
    column: int = 0
    decorated: bool = False


def nothing(book: xw.Book) -> Touched:
    """Look at everything, change nothing."""
    for sheet in book.sheets:
        sheet.used_range.value  # noqa: B018 - looking is the point
        len(sheet.tables), len(sheet.charts)
    return Touched()


def free_cell(book: xw.Book) -> Touched:
    """Set a cell right below the used ones, and add the sheet."""
    if not len(book.sheets):
        _add_sheet(book)
        return Touched("")
    used = book.sheets[0].used_range
    row = min(used.last_cell.row + 1, 1_048_576)
    return _set_cell(book, row, used.column)


def first_cell(book: xw.Book) -> Touched:
    """Set A1, whatever it holds, and add the sheet."""
    return _set_cell(book, 1, 1)


def used_cell(book: xw.Book) -> Touched:
    """Set the last used cell, whatever it holds, and add the sheet."""
    last = book.sheets[0].used_range.last_cell
    return _set_cell(book, last.row, last.column)


def on_every_sheet(book: xw.Book) -> Touched:
    """Put a table, a chart and a conditional format on every sheet, beside what it holds."""
    for sheet in list(book.sheets):
        used = sheet.used_range
        row, column = 1, used.last_cell.column + 3
        if column > MOST_COLUMNS:
            row, column = used.last_cell.row + 3, 1
        _furnish(sheet, sheet.range((row, column)), f"Trial_{sheet.index}")
    return Touched(decorated=True)


def _set_cell(book: xw.Book, row: int, column: int) -> Touched:
    sheet = book.sheets[0]
    sheet.range((row, column)).value = VALUE
    _add_sheet(book)
    return Touched(sheet.name, row, column)


def _add_sheet(book: xw.Book) -> None:
    taken = {sheet.name.casefold() for sheet in book.sheets}
    name = next(f"Trial {n}" for n in range(1, 1000) if f"trial {n}" not in taken)
    after = {"after": book.sheets[-1]} if len(book.sheets) else {}
    sheet = book.sheets.add(name, **after)
    _furnish(sheet, sheet["B2"], "Trial_table")


def _furnish(sheet: xw.Sheet, corner: xw.Range, name: str) -> None:
    cells = corner.resize(len(ROWS), 2)
    cells.value = ROWS
    sheet.tables.add(cells, name=name, table_style_name="TableStyleMedium2")
    chart = sheet.charts.add(anchor=corner.offset(0, 3), chart_type="column_clustered")
    chart.set_source_data(cells)
    amounts = corner.offset(1, 1).resize(len(ROWS) - 1, 1)
    amounts.conditional_formats.add_cell_value(
        operator="greater_than", formula1=9, fill_color=(255, 199, 206)
    )
    amounts.conditional_formats.add_data_bar((99, 142, 198))
    amounts.number_format = "#,##0.0"


EDITS: dict[str, Edit] = {
    edit.__name__: edit for edit in (free_cell, first_cell, used_cell, on_every_sheet, nothing)
}


def carry_out(edit: Edit, source: Path, target: Path) -> Touched:
    """Open `source`, edit it and save it as `target`."""
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        book = app.books.open(source)
        touched = edit(book)
        book.save(target)
        return touched
