"""The sheet `KAM 设置` / `KAM settings`: policies that Excel users set in the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlwings as xw

from kam_excel.contract.tables import SettingsSheet
from kam_excel.errors import Place, WorkbookError, problem, raise_if
from kam_excel.workbook.finding.headers import match, normal
from kam_excel.workbook.reading.lettering import plain

NAMES = frozenset(normal(name) for name in (SettingsSheet.zh, SettingsSheet.en))


class SheetValues:
    """Values by section and dotted path, with the place of each."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self.places: dict[str, dict[str, Place]] = {}

    def add(self, section: str, path: str, value: Any, place: Place) -> None:
        """Take one row of the sheet."""
        self.values.setdefault(section, {})[path] = value
        self.places.setdefault(section, {})[path] = place

    def items(self) -> list[tuple[str, Mapping[str, Any], Mapping[str, Place]]]:
        """Section, values by path, places by path; in the order of the sheet."""
        return [(name, values, self.places[name]) for name, values in self.values.items()]


def read_settings_sheet(book: xw.Book) -> SheetValues:
    """The rows of the settings sheet; empty where the workbook has none.

    Raises WorkbookError where the sheet lacks a column that it needs, or says a setting twice.
    """
    found = SheetValues()
    for sheet in book.sheets:
        if normal(sheet.name) in NAMES:
            _read(sheet, found)
    return found


def _read(sheet: xw.Sheet, found: SheetValues) -> None:
    used = sheet.used_range
    rows = used.options(ndim=2, err_to_str=True).value
    matches = [match(SettingsSheet, row) for row in rows[:20]]
    fitting = [i for i, each in enumerate(matches) if not each.missing(SettingsSheet)]
    if not fitting:
        facts = {"table": SettingsSheet.id, "there": "", "nearest": ""}
        columns = " / ".join(SettingsSheet.required())
        raise WorkbookError(
            problem("COLUMN_MISSING", Place(sheet=sheet.name), column=columns, **facts)
        )
    at = matches[fitting[0]].positions
    problems = []
    for i, row in enumerate(rows[fitting[0] + 1 :], start=used.row + fitting[0] + 1):
        section, path = (plain(str(row[at[name]] or "")) for name in ("section", "parameter"))
        value = row[at["value"]]
        place = Place(sheet=sheet.name, cell=f"{i}:{i}")
        if not section or value in (None, ""):
            continue
        if path in found.values.get(section, {}):
            problems.append(problem("SETTING_TWICE", place, setting=f"{section}.{path}"))
        found.add(section, path, value, place)
    raise_if(problems, WorkbookError)
