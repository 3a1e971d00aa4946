"""Writing rows onto the settings sheet of a workbook: those that change, and no other cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.tables import SettingsSheet
from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.workbook.adapter import is_protected
from kam_excel.workbook.newsheet import new_sheet
from kam_excel.workbook.settings_sheet import SettingLines, read_lines, settings_sheets
from kam_excel.workbook.template import (
    OPTIONAL,
    REQUIRED,
    add_table,
    fill_header,
    write_title,
)
from kam_excel.workbook.template_settings import PURPOSE, VALUE_FILL, WIDTHS
from kam_excel.workbook.write import HEADER_ROW


def put_settings(
    book: xw.Book,
    section: str,
    values: Mapping[str, Any],
    notes: Mapping[str, str],
    is_stale: Callable[[str], bool],
    language: Language,
) -> xw.Sheet:
    """Set `values` (text, whole numbers) by parameter, on the sheet that is there or on a new one.

    New rows get the note of their parameter, where there is one and a column for it. Rows of the
    section whose parameter `is_stale` says no longer holds lose their value. Raises WorkbookError
    where the sheet is protected or lacks a column.
    """
    there = settings_sheets(book)
    if not there:
        return _new_sheet(book, section, values, notes, language)
    sheet = there[0]
    if is_protected(sheet):
        raise WorkbookError(
            problem("OUTPUT_SHEET_PROTECTED", Place(sheet=sheet.name), sheet=sheet.name)
        )
    _change(sheet, read_lines(sheet), section, values, notes, is_stale)
    return sheet


def _change(
    sheet: xw.Sheet,
    known: SettingLines,
    section: str,
    values: Mapping[str, Any],
    notes: Mapping[str, str],
    is_stale: Callable[[str], bool],
) -> None:
    mine = {line.path: line for line in known.lines if line.section == section}
    for path, line in mine.items():
        cell = sheet.range((line.row, known.columns["value"]))
        if path in values:
            cell.value = _typed(values[path])
        elif is_stale(path) and line.value not in (None, ""):
            cell.value = None
    filled = [line.row for line in known.lines if line.section or line.value]
    last = max(filled, default=known.header_row)
    added = {path: value for path, value in values.items() if path not in mine}
    for row, (path, value) in enumerate(added.items(), start=last + 1):
        for name, cell in _row(section, path, value, notes).items():
            if name in known.columns:
                sheet.range((row, known.columns[name])).value = _typed(cell)
    if added:
        _stretch(sheet, known.header_row, last + len(added))


def _stretch(sheet: xw.Sheet, header_row: int, last_row: int) -> None:
    """An Excel table of settings takes the new rows in."""
    for table in sheet.tables:
        area = table.range
        if area.row == header_row and area.last_cell.row < last_row:
            table.resize(sheet.range((area.row, area.column), (last_row, area.last_cell.column)))


def _typed(value: Any) -> Any:
    """Text is typed with an apostrophe, so that it stays one."""
    return f"'{value}" if isinstance(value, str) else value


def _row(section: str, path: str, value: Any, notes: Mapping[str, str]) -> dict[str, Any]:
    """The cells of a new row by column; no cell for a note that there is not."""
    note = {"note": notes[path]} if path in notes else {}
    return {"section": section, "parameter": path, "value": value} | note


def _new_sheet(
    book: xw.Book,
    section: str,
    values: Mapping[str, Any],
    notes: Mapping[str, str],
    language: Language,
) -> xw.Sheet:
    """The settings sheet as a template has it, with these rows alone."""
    title = SettingsSheet.title(language)
    sheet = new_sheet(book, title)
    write_title(sheet, title, PURPOSE.in_(language))
    columns = list(SettingsSheet.columns.values())
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + len(values), len(columns)))
    rows = [_row(section, path, value, notes) for path, value in values.items()]
    area.value = [
        [column.header(language) for column in columns],
        *([_typed(row.get(column.id)) for column in columns] for row in rows),
    ]
    for i, column in enumerate(columns):
        fill_header(area[0, i], OPTIONAL if column.optional else REQUIRED)
        area.columns[i].column_width = WIDTHS[column.id]
    entered = area[1:, [column.id for column in columns].index("value")]
    entered.color = VALUE_FILL
    entered.horizontal_alignment = "left"
    add_table(sheet, area, SettingsSheet)
    return sheet
