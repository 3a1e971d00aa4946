"""The blank settings sheet of a template: every setting, its value left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from kam_excel.codes import Language, Text
from kam_excel.contract.tables import SettingsSheet
from kam_excel.contract.units import unit_text
from kam_excel.workbook.entry import Lists, restrict_setting
from kam_excel.workbook.newsheet import new_sheet
from kam_excel.workbook.template import (
    OPTIONAL,
    REQUIRED,
    add_table,
    fill_header,
    fit_rows,
    write_title,
)
from kam_excel.workbook.write import HEADER_ROW

PURPOSE = Text(
    "只在“值”列填写要修改的设置；留空的按默认值执行。",
    "Fill in only the values that you change; where the value is empty the default holds.",
)
PURPOSE_IN_FORCE = Text(
    "只在“值”列填写要修改的设置；留空的按备注中的现行值执行。",
    "Fill in only the values that you change; where the value is empty, what the note calls in"
    " force holds.",
)
WIDTHS = {"section": 18, "parameter": 30, "value": 18, "unit": 20, "note": 70}
VALUE_FILL = (255, 249, 219)
LOCKED_FILL = (217, 217, 217)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as the sheet shows it. `default` is its typed value, `note` says what holds where
    nothing is filled in; bounds: least and greatest value, None where there is none; `is_locked`:
    config.yaml does not let the workbook set it.
    """

    section: str
    path: str
    note: Text
    unit: str
    default: Any
    choices: Sequence[str]
    bounds: tuple[Any, Any]
    is_locked: bool = False


def write_settings_sheet(
    book: xw.Book,
    rows: Sequence[SettingRow],
    language: Language,
    lists: Lists,
    purpose: Text = PURPOSE,
) -> xw.Sheet:
    """Write the sheet behind the others: a row for each setting, none of them in force."""
    sheet = new_sheet(book, SettingsSheet.title(language))
    write_title(sheet, SettingsSheet.title(language), purpose.in_(language))
    columns = list(SettingsSheet.columns.values())
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + len(rows), len(columns)))
    area.value = [
        [column.header(language) for column in columns],
        *([_cell(row, column.id, language) for column in columns] for row in rows),
    ]
    for i, column in enumerate(columns):
        fill_header(area[0, i], OPTIONAL if column.optional else REQUIRED)
        area.columns[i].column_width = WIDTHS[column.id]
    at = [column.id for column in columns].index("value")
    area[1:, at].color = VALUE_FILL
    area.wrap_text = True
    area.vertical_alignment = "top"
    fit_rows(area)
    for i, row in enumerate(rows, start=1):
        if row.is_locked:
            area[i, at].color = LOCKED_FILL
        else:
            restrict_setting(area[i, at], row.default, row.choices, row.bounds, lists)
    add_table(sheet, area, SettingsSheet)
    return sheet


def _cell(row: SettingRow, column: str, language: Language) -> str | None:
    """The text of a cell, typed with an apostrophe so that it stays a text."""
    texts = {
        "section": row.section,
        "parameter": row.path,
        "unit": unit_text(row.unit).in_(language),
        "note": row.note.in_(language),
    }
    return f"'{texts[column]}" if texts.get(column) else None
