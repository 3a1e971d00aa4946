"""A settings sheet for an open workbook that has none."""

from __future__ import annotations

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.tables import SettingsSheet
from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.pipeline.settings_rows import setting_rows
from kam_excel.pipeline.setup import Setup
from kam_excel.workbook.entry import Lists
from kam_excel.workbook.template_settings import PURPOSE_IN_FORCE, write_settings_sheet


def add_settings_sheet(book: xw.Book, setup: Setup, language: Language) -> xw.Sheet:
    """Write the sheet behind the others: every setting of the loaded plugins with the value in
    force, the value column left open, so that nothing changes until somebody fills it in.

    Raises WorkbookError where such a sheet is there under another name.
    """
    title = SettingsSheet.title(language)
    for sheet in book.sheets:
        if any(table.name == f"input_{SettingsSheet.id}" for table in sheet.tables):
            place = Place(sheet=sheet.name)
            raise WorkbookError(
                problem("SETTINGS_SHEET_RENAMED", place, sheet=sheet.name, title=title)
            )
    rows = setting_rows(setup.host.policies(), setup.settings)
    return write_settings_sheet(book, rows, language, Lists(book, language), PURPOSE_IN_FORCE)
