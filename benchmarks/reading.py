"""Reading 200,000 × 12 cells of mixed types into a frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import python_calamine  # pandas would import it while the clock runs

from benchmarks import orders
from benchmarks.race import Row
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.finding.locate import locate
from kam_excel.workbook.finding.pages import read_pages
from kam_excel.workbook.reading.read import read_table

FILE = "orders.xlsx"


def prepare(folder: Path) -> None:
    """The workbook that both read."""
    if not (folder / FILE).exists():
        orders.workbook(folder / FILE)


def ours(folder: Path) -> Callable[[], Any]:
    """Open, find the table, read it into a frame with a verdict on each cell."""

    def read() -> pd.DataFrame:
        with open_headless(folder / FILE) as book:
            pages = read_pages(book)
            found = locate(pages, [orders.OrderLines]).found[orders.OrderLines.id]
            reading = read_table(book, found, sheets={page.sheet: page.cells for page in pages})
            assert len(reading.frame) == orders.ROWS
            assert not reading.problems
            return reading.frame

    return read


def theirs(folder: Path) -> Callable[[], Any]:
    """The same with pandas and calamine: columns of floats, texts and objects, nothing checked."""
    assert python_calamine
    return lambda: pd.read_excel(folder / FILE, engine="calamine")


def values(folder: Path) -> Callable[[], Any]:
    """The same cells through the xlwings API, into a DataFrame as it comes."""

    def read() -> pd.DataFrame:
        with open_headless(folder / FILE) as book:
            cells = book.sheets[orders.SHEET].used_range
            frame: pd.DataFrame = cells.options(pd.DataFrame, index=False).value
            return frame

    return read


ROWS = [
    Row(
        "read typed",
        "read into a typed, checked frame / pandas.read_excel(engine='calamine')",
        prepare,
        ours,
        theirs,
        time=0.8,
        memory=1.0,
    ),
    Row(
        "read values",
        "Range.options(pd.DataFrame).value / pandas.read_excel(engine='calamine')",
        prepare,
        values,
        theirs,
        time=1.0,
    ),
]
