"""Setting one cell and adding rows in a sheet of 280 MB of XML."""

from __future__ import annotations

import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.race import Row
from kam_excel import headless
from kam_excel.headless.api.engine import EngineImpl

FILE = "huge.xlsx"
_SHEET = "xl/worksheets/sheet1.xml"
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
    """The barest patch: inflate the sheet, change its bytes, deflate it; nothing is verified."""
    target = folder / "huge-theirs.xlsx"

    def edit() -> None:
        with (
            zipfile.ZipFile(folder / FILE) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as result,
        ):
            for name in source.namelist():
                data = source.read(name)
                if name == _SHEET:
                    data = data.replace(b"</sheetData>", b'<row r="420001"/></sheetData>', 1)
                result.writestr(name, data)

    return edit


ROWS = [
    Row(
        "edit huge sheet",
        "set a cell and add 1,000 rows in a sheet of 280 MB, save / inflate, replace, deflate",
        prepare,
        ours,
        theirs,
        memory=0.5,
    ),
]
