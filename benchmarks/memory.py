"""Setting one cell and adding rows in a sheet of 300 MB of XML."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from benchmarks.race import Row
from kam_excel import headless
from kam_excel.headless.api.engine import EngineImpl

FILE = "huge.xlsx"
_ROWS, _COLUMNS = 420_000, 20


def prepare(folder: Path) -> None:
    """One sheet of numbers, written row by row."""
    if (folder / FILE).exists():
        return
    draw = random.Random(300)
    book = xlsxwriter.Workbook(folder / FILE, {"constant_memory": True})
    sheet = book.add_worksheet("Huge")
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            sheet.write_number(row, column, draw.randrange(10**5) / 100)
    book.close()


def ours(folder: Path) -> Callable[[], Any]:
    """Open, set a cell, add 1,000 rows, save verified."""
    target = folder / "huge-ours.xlsx"
    shutil.copy(folder / FILE, target)
    headless.register()

    def edit() -> None:
        book = EngineImpl().apps.add(add_book=False).books.open(str(target))
        sheet = book.sheets("Huge")
        sheet.range("C3").raw_value = "changed"
        rows = [[float(row)] * _COLUMNS for row in range(1000)]
        sheet.range((_ROWS + 1, 1), (_ROWS + 1000, _COLUMNS)).raw_value = rows
        book.save()

    return edit


def theirs(folder: Path) -> Callable[[], Any]:
    """The same with openpyxl, which rebuilds the workbook from objects."""
    target = folder / "huge-theirs.xlsx"
    shutil.copy(folder / FILE, target)

    def edit() -> None:
        book = openpyxl.load_workbook(target)
        sheet = book["Huge"]
        sheet["C3"] = "changed"
        for row in range(1000):
            sheet.append([float(row)] * _COLUMNS)
        book.save(target)

    return edit


ROWS = [
    Row(
        "edit huge sheet",
        "set a cell and add 1,000 rows in a sheet of 300 MB, save / the same with openpyxl",
        prepare,
        ours,
        theirs,
    ),
]
