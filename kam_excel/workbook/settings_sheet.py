"""The sheet `KAM 设置` / `KAM settings`: policies that Excel users set in the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import xlwings as xw

from kam_excel.contract.tables import SettingsSheet
from kam_excel.domain.texts import plain
from kam_excel.errors import Place, Problem, WorkbookError, nearest, problem, raise_if
from kam_excel.workbook.finding.headers import Match, match, normal
from kam_excel.workbook.finding.refusals import SHOWN

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
    for sheet in settings_sheets(book):
        _read(sheet, found)
    return found


def settings_sheets(book: xw.Book) -> list[xw.Sheet]:
    """The sheets of that name: one at most, unless there is one in each language."""
    return [sheet for sheet in book.sheets if normal(sheet.name) in NAMES]


class SettingLine(NamedTuple):
    """A row of the sheet below its header, whether it says something or not."""

    row: int
    section: str
    path: str
    value: Any


class SettingLines(NamedTuple):
    """The rows of a settings sheet, and the sheet columns (from 1) by column id."""

    header_row: int
    columns: Mapping[str, int]
    lines: Sequence[SettingLine]


def read_lines(sheet: xw.Sheet) -> SettingLines:
    """All rows of a settings sheet. Raises WorkbookError where it lacks a column."""
    used = sheet.used_range
    rows = used.options(ndim=2, err_to_str=True).value
    matches = [match(SettingsSheet, row) for row in rows[:20]]
    fitting = [i for i, each in enumerate(matches) if not each.missing(SettingsSheet)]
    if not fitting:
        raise WorkbookError(_lacking(sheet, rows[:20], matches))
    top, at = fitting[0], matches[fitting[0]].positions
    lines = [
        SettingLine(
            number,
            plain(str(row[at["section"]] or "")),
            plain(str(row[at["parameter"]] or "")),
            row[at["value"]],
        )
        for number, row in enumerate(rows[top + 1 :], start=used.row + top + 1)
    ]
    columns_of = {name: used.column + position for name, position in at.items()}
    return SettingLines(used.row + top, columns_of, lines)


def _lacking(
    sheet: xw.Sheet, rows: Sequence[Sequence[Any]], matches: Sequence[Match]
) -> list[Problem]:
    """One problem for each column that the row lacks which is most like a header."""
    texts = [[each for each in row if isinstance(each, str) and each.strip()] for row in rows]
    top = max(range(len(rows)), key=lambda i: (len(matches[i].positions), len(texts[i]), -i))
    taken = {rows[top][position] for position in matches[top].positions.values()}
    free = [text for text in texts[top] if text not in taken]
    row = sheet.used_range.row + top
    place = Place(sheet=sheet.name, cell=f"{row}:{row}" if texts[top] else "")
    return [
        problem(
            "SETTINGS_COLUMN_MISSING",
            place,
            zh=column.zh,
            en=column.en,
            there=", ".join(texts[top][:SHOWN]),
            nearest=next(filter(None, (nearest(each, free) for each in column.headers())), ""),
        )
        for column in map(SettingsSheet.columns.__getitem__, matches[top].missing(SettingsSheet))
    ]


def _read(sheet: xw.Sheet, found: SheetValues) -> None:
    problems = []
    for line in read_lines(sheet).lines:
        if not line.section or line.value in (None, ""):
            continue
        place = Place(sheet=sheet.name, cell=f"{line.row}:{line.row}")
        if line.path in found.values.get(line.section, {}):
            setting = f"{line.section}.{line.path}"
            problems.append(problem("SETTING_TWICE", place, setting=setting))
        found.add(line.section, line.path, line.value, place)
    raise_if(problems, WorkbookError)
