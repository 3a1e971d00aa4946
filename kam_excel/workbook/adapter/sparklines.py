"""Sparklines: small charts in cells, which xlwings has no word for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import xlwings as xw
from xlwings.utils import rgb_to_int

from kam_excel.errors import ExcelError, Place, problem
from kam_excel.headless.references.addressing import quote_sheet
from kam_excel.headless.rules.sparklines import Kind
from kam_excel.headless.styles.colors import RGB
from kam_excel.workbook.adapter.sides import is_headless, is_mac

_BLUE: RGB = (55, 96, 146)  # of sparklines where Excel is told no colour
_SPARKLINES: dict[Kind, int] = {"line": 1, "column": 2}  # XlSparkType
_ALONG_ROWS = 1  # XlSparklineRowCol: xlSparklineRowsSquare


def add_sparklines(
    cells: xw.Range, source: xw.Range, kind: Kind = "line", color: RGB = _BLUE
) -> None:
    """Draw in each cell of the column `cells` what stands in the same row of `source`.

    `source` may be on another sheet of the book. Sparklines that are in `cells` are replaced;
    those of other cells are kept. Excel for Mac cannot be told: there nothing happens.
    Raises ValueError where the two do not match, ExcelError where Excel refuses.
    """
    _check_sparklines(cells, source)
    if is_headless(cells.sheet.book):
        sparklines = cells.sheet.impl.model.sparklines
        sparklines.add(cells.impl.area, source.impl.area, source.sheet.name, kind, color)
    elif not is_mac():
        with _refusal_told(cells.sheet):
            _add_on_windows(cells, source, kind, color)


def clear_sparklines(cells: xw.Range) -> None:
    """Take the sparklines out of `cells`; others of their groups are kept.

    Excel for Mac cannot be told: there nothing happens. Raises ExcelError where Excel refuses.
    """
    if is_headless(cells.sheet.book):
        cells.sheet.impl.model.sparklines.clear(cells.impl.area)
    elif not is_mac():
        with _refusal_told(cells.sheet):
            cells.api.SparklineGroups.Clear()


def _check_sparklines(cells: xw.Range, source: xw.Range) -> None:
    rows, columns = cells.shape
    if columns != 1:
        raise ValueError(f"sparklines go into one column, not into {columns}")
    if source.shape[0] != rows:
        raise ValueError(f"{rows} sparklines cannot draw {source.shape[0]} rows")
    if source.sheet.book != cells.sheet.book:
        raise ValueError("sparklines draw cells of their own book")


def _add_on_windows(cells: xw.Range, source: xw.Range, kind: Kind, color: RGB) -> None:
    groups = cells.api.SparklineGroups
    groups.Clear()
    address = f"{quote_sheet(source.sheet.name)}!{source.address}"
    group = groups.Add(_SPARKLINES[kind], address)
    group.SeriesColor.Color = rgb_to_int(color)
    if source.shape[0] == source.shape[1] > 1:
        group.PlotBy = _ALONG_ROWS  # a square could be read either way


@contextmanager
def _refusal_told(sheet: xw.Sheet) -> Iterator[None]:
    """Turn what Excel says against sparklines (com_error) into an ExcelError."""
    try:
        yield
    except Exception as error:
        place = Place(file=sheet.book.name, sheet=sheet.name)
        raise ExcelError(problem("SPARKLINES_REFUSED", place, reason=str(error))) from error
