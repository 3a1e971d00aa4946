"""Writing 200,000 × 12 cells as a formatted table."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from benchmarks import orders
from benchmarks.race import Row
from kam_excel.contract.strategy import Run
from kam_excel.domain.exact import ExactDtype
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.write import write_output

HOST = "company.xlsx"
_RUN = Run(dt.date(2026, 3, 31))


def prepare(folder: Path) -> None:
    """The company's workbook, into which the table goes."""
    if not (folder / HOST).exists():
        book = xlsxwriter.Workbook(folder / HOST)
        sheet = book.add_worksheet("Notes")
        sheet.write("A1", "what the company keeps")
        book.close()


def ours(folder: Path) -> Callable[[], Any]:
    """Open the workbook, write the frame as a table with formats on a new sheet, save."""
    target = folder / "ours.xlsx"
    shutil.copy(folder / HOST, target)
    frame = orders.frame()

    def write() -> None:
        with open_headless(target) as book:
            write_output(book, orders.OrderLines, frame, _RUN, "0" * 8)
            book.save()

    return write


def theirs(folder: Path) -> Callable[[], Any]:
    """XlsxWriter with constant_memory: number formats, but no table (it has none in that mode)."""
    frame = orders.frame()

    def write() -> None:
        book = xlsxwriter.Workbook(folder / "theirs.xlsx", {"constant_memory": True})
        sheet = book.add_worksheet(orders.SHEET)
        formats = [
            book.add_format({"num_format": orders.FORMATS.get(each, "General")})
            for each in orders.HEADERS
        ]
        sheet.write_row(0, 0, orders.HEADERS)
        columns = [_plain(frame[name]) for name in frame]
        for number, line in enumerate(zip(*columns, strict=True), 1):
            for place, value in enumerate(line):
                if value is not None:
                    sheet.write(number, place, value, formats[place])
        book.close()

    return write


def _plain(series: pd.Series[Any]) -> list[Any]:
    """The values as XlsxWriter takes them, None where one is missing."""
    if isinstance(series.dtype, ExactDtype):
        series = series.astype(float)
    values = series.astype(object)
    return values.where(series.notna(), None).tolist()


ROWS = [
    Row(
        "write table",
        "formatted table into an existing workbook / XlsxWriter constant_memory, a new file",
        prepare,
        ours,
        theirs,
        time=0.25,
    ),
]
