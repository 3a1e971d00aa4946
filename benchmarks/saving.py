"""Saving after a small change in a workbook of 60 MB."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.race import Row
from kam_excel import headless
from kam_excel.headless.api.engine import EngineImpl

FILE = "large.xlsx"
SIZE = 60 * 1024**2
_COLUMNS = 20


def prepare(folder: Path) -> None:
    """Sheets full of numbers of which one is small, until the file has 60 MB."""
    path = folder / FILE
    if path.exists():
        return
    draw = random.Random(60)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.add_worksheet("Small").write("A1", "to be changed")
    for number in range(6):
        sheet = book.add_worksheet(f"Large {number + 1}")
        for row in range(int(SIZE / 6 / _COLUMNS / 9.1)):
            for column in range(_COLUMNS):
                sheet.write_number(row, column, draw.randrange(10**9) / 100)
    book.close()


def _changed(folder: Path, sheet: str) -> Any:
    target = folder / "saved.xlsx"
    shutil.copy(folder / FILE, target)
    headless.register()
    book = EngineImpl().apps.add(add_book=False).books.open(str(target))
    book.sheets(sheet).range("A1").raw_value = "changed"
    return book


def small_sheet(folder: Path) -> Callable[[], Any]:
    """A cell of the small sheet was changed; the save alone is measured."""
    save: Callable[[], Any] = _changed(folder, "Small").save
    return save


def large_sheet(folder: Path) -> Callable[[], Any]:
    """A cell of a large sheet was changed, which is deflated anew."""
    save: Callable[[], Any] = _changed(folder, "Large 1").save
    return save


def copy(folder: Path) -> Callable[[], Any]:
    """Copy the file, hash it, have it on the medium."""

    def copied() -> str:
        target = folder / "copied.xlsx"
        shutil.copy(folder / FILE, target)
        with target.open("r+b") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return digest

    return copied


ROWS = [
    Row(
        "save, small sheet",
        "save after one cell of a small sheet changed / copy + SHA-256 + fsync",
        prepare,
        small_sheet,
        copy,
        time=2.0,
    ),
    Row(
        "save, large sheet",
        "save after one cell of a sheet of 10 MB changed / copy + SHA-256 + fsync",
        prepare,
        large_sheet,
        copy,
    ),
]
