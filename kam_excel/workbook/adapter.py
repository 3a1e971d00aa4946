"""What xlwings' desktop engines lack, with a live and a headless side."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import xlwings as xw
from xlwings.utils import rgb_to_int

from kam_excel.errors import ExcelError, Place, problem
from kam_excel.headless.parts.pages import PAPERS, Margins, Page, Paper
from kam_excel.headless.references.addressing import quote_sheet
from kam_excel.headless.rules.sparklines import Kind
from kam_excel.headless.styles.colors import RGB

__all__ = [
    "Margins",
    "add_sparklines",
    "clear_sparklines",
    "freeze_rows",
    "is_headless",
    "is_protected",
    "read_columns",
    "set_up_page",
    "write_columns",
]

_INCH = 72  # points
_LANDSCAPE, _PORTRAIT = 2, 1  # XlPageOrientation
# Where Excel for Mac is given a number of pages, it has no word for "any".
_ANY_NUMBER = 9999
_BLUE: RGB = (55, 96, 146)  # of sparklines where Excel is told no colour
_SPARKLINES: dict[Kind, int] = {"line": 1, "column": 2}  # XlSparkType
_ALONG_ROWS = 1  # XlSparklineRowCol: xlSparklineRowsSquare
_SECTIONS = {"L": "Left", "C": "Center", "R": "Right"}
_CODE = re.compile(r'&([LCR])|(&&|&"[^"]*"|[^&]+|&)')


def is_headless(book: xw.Book) -> bool:
    """True where the book is edited without Excel."""
    return bool(book.app.engine.name == "headless")


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether a sheet is protected against changes of its cells."""
    if is_headless(sheet.book):
        return bool(sheet.impl.is_protected)
    if sys.platform == "darwin":
        return bool(sheet.api.protect_contents.get())
    return bool(sheet.api.ProtectContents)


def read_columns(cells: xw.Range) -> list[list[Any]]:
    """The values of a range, column by column; errors are their texts, empty cells None."""
    if is_headless(cells.sheet.book):
        columns: list[list[Any]] = cells.impl.column_values
        return columns
    rows = cells.options(ndim=2, err_to_str=True).value
    return [list(column) for column in zip(*rows, strict=True)]


def write_columns(cells: xw.Range, columns: Sequence[Sequence[Any]], texts: Sequence[bool]) -> None:
    """Write values column by column; what stands in `texts` columns is never typed, but text.

    Without that a name like =1+1 would become a formula, and 1/5 a date.
    """
    if is_headless(cells.sheet.book):
        cells.impl.write_columns(columns, texts)
        return
    typed = [
        [f"'{cell}" if isinstance(cell, str) else cell for cell in column] if is_text else column
        for column, is_text in zip(columns, texts, strict=True)
    ]
    cells.value = [list(row) for row in zip(*typed, strict=True)]


def freeze_rows(sheet: xw.Sheet, rows: int) -> None:
    """Keep the first `rows` rows in sight."""
    if is_headless(sheet.book):
        sheet.freeze_panes.freeze_at(f"1:{rows}")
        return
    sheet.activate()
    window = sheet.book.app.api.ActiveWindow
    window.FreezePanes = False
    window.SplitColumn, window.SplitRow = 0, rows
    window.FreezePanes = True


def set_up_page(
    sheet: xw.Sheet,
    *,
    landscape: bool = False,
    paper: Paper = "A4",
    pages_wide: int = 1,
    pages_tall: int = 0,
    title_rows: tuple[int, int] | None = None,
    header: str = "",
    footer: str = "",
    margins: Margins | None = None,
    centered: bool = False,
) -> None:
    """Let a sheet print on `pages_wide` × `pages_tall` pages (0: any number) of `paper`.

    `title_rows` (first, last) repeat on each page; header and footer are in Excel's codes
    (`&L&A&R&P / &N`), margins in inches. Excel for Mac cannot be told the paper.
    Raises WorkbookError for a text that is too long, ExcelError where Excel refuses.
    """
    page = Page(
        landscape,
        paper,
        pages_wide,
        pages_tall,
        title_rows,
        header,
        footer,
        margins or Margins(),
        centered,
    )
    if is_headless(sheet.book):
        sheet.page_setup.impl.set_up(page)
        return
    set_up = _set_up_on_mac if sys.platform == "darwin" else _set_up_on_windows
    try:
        set_up(sheet.page_setup.api, page)
    except Exception as error:  # com_error or CommandError: without a printer Excel refuses
        place = Place(file=sheet.book.name, sheet=sheet.name)
        raise ExcelError(problem("PAGE_SETUP_REFUSED", place, reason=str(error))) from error


def _set_up_on_windows(setup: Any, page: Page) -> None:
    setup.Orientation = _LANDSCAPE if page.landscape else _PORTRAIT
    setup.PaperSize = PAPERS[page.paper]
    setup.Zoom = False
    setup.FitToPagesWide = page.pages_wide
    setup.FitToPagesTall = page.pages_tall or False
    setup.PrintTitleRows = _rows(page.title_rows)
    setup.CenterHorizontally = page.centered
    for name, points in _margins(page.margins).items():
        setattr(setup, name, points)
    for name, text in _texts(page).items():
        setattr(setup, name, text)


def _set_up_on_mac(setup: Any, page: Page) -> None:
    """The same by the names of Excel's AppleScript dictionary, which knows no paper size."""
    keywords = importlib.import_module("appscript").k
    setup.page_orientation.set(keywords.landscape if page.landscape else keywords.portrait)
    setup.zoom.set(False)
    setup.fit_to_pages_wide.set(page.pages_wide)
    setup.fit_to_pages_tall.set(page.pages_tall or _ANY_NUMBER)
    setup.print_title_rows.set(_rows(page.title_rows))
    setup.center_horizontally.set(page.centered)
    for name, value in (_margins(page.margins) | _texts(page)).items():
        getattr(setup, _snake(name)).set(value)


def _rows(title_rows: tuple[int, int] | None) -> str:
    return "${}:${}".format(*title_rows) if title_rows else ""


def _margins(margins: Margins) -> dict[str, Any]:
    """The margins in points, by Excel's names."""
    return {
        "LeftMargin": margins.left * _INCH,
        "RightMargin": margins.right * _INCH,
        "TopMargin": margins.top * _INCH,
        "BottomMargin": margins.bottom * _INCH,
        "HeaderMargin": margins.header * _INCH,
        "FooterMargin": margins.footer * _INCH,
    }


def _texts(page: Page) -> dict[str, Any]:
    """The sections of header and footer, by Excel's names; what is in none is in the centre."""
    texts: dict[str, Any] = {}
    for kind, text in (("Header", page.header), ("Footer", page.footer)):
        sections = dict.fromkeys(_SECTIONS, "")
        section = "C"
        for begun, piece in _CODE.findall(text):
            section = begun or section
            sections[section] += piece
        texts |= {f"{_SECTIONS[key]}{kind}": words for key, words in sections.items()}
    return texts


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


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
    elif sys.platform != "darwin":
        with _refusal_told(cells.sheet):
            _add_on_windows(cells, source, kind, color)


def clear_sparklines(cells: xw.Range) -> None:
    """Take the sparklines out of `cells`; others of their groups are kept.

    Excel for Mac cannot be told: there nothing happens. Raises ExcelError where Excel refuses.
    """
    if is_headless(cells.sheet.book):
        cells.sheet.impl.model.sparklines.clear(cells.impl.area)
    elif sys.platform != "darwin":
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
