"""All that a sheet shows, read once: what finding and reading tables start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter import read_filled


@dataclass(frozen=True, slots=True)
class SheetCells:
    """What the cells of a sheet show. Rows and columns without a value are left out.

    `rows` rise; `columns` has, by the number of the column, one value for each of `rows`, None
    where the cell is empty: numbers as floats, dates as datetimes, errors as their texts, a
    formula without a current value as `#GETTING_DATA`. A column with few values among many rows
    is no list, and takes no more room than its values.
    """

    sheet: str
    rows: Sequence[int]
    columns: Mapping[int, Sequence[Any]]


def read_sheet(sheet: xw.Sheet) -> SheetCells:
    """All that a sheet shows, in a time and a memory that grow with its filled cells alone.

    Raises WorkbookError where the file has rows or cells that cannot be read.
    """
    return SheetCells(sheet.name, *read_filled(sheet))
