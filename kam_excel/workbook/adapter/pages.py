"""How a sheet is shown and printed: rows that stay in sight, paper, headers and footers."""

from __future__ import annotations

import importlib
import re
from typing import Any

import xlwings as xw

from kam_excel.errors import ExcelError, Place, problem
from kam_excel.headless.parts.pages import PAPERS, Margins, Page, Paper
from kam_excel.workbook.adapter.sides import is_headless, is_mac
from kam_excel.workbook.adapter.visibility import is_visible

_INCH = 72  # points
_LANDSCAPE, _PORTRAIT = 2, 1  # XlPageOrientation
# Where Excel for Mac is given a number of pages, it has no word for "any".
_ANY_NUMBER = 9999
_NARROWEST_PORTRAIT, _NARROWEST_LANDSCAPE = 595, 792  # points: A4 upright, Letter lying
_SMALLEST_SCALE = 10  # per cent
_SECTIONS = {"L": "Left", "C": "Center", "R": "Right"}
_CODE = re.compile(r'&([LCR])|(&&|&"[^"]*"|[^&]+|&)')


def freeze_rows(sheet: xw.Sheet, rows: int) -> None:
    """Keep the first `rows` rows in sight.

    Excel does that to the sheet in front; there a hidden one stays as it is.
    """
    if is_headless(sheet.book):
        sheet.freeze_panes.freeze_at(f"1:{rows}")
    elif is_visible(sheet):
        sheet.activate()
        if is_mac():
            _freeze_on_mac(sheet.book.api.windows[1], rows)
        else:
            _freeze_on_windows(sheet.book.app.api.ActiveWindow, rows)


def _freeze_on_windows(window: Any, rows: int) -> None:
    window.FreezePanes = False
    window.ScrollRow, window.ScrollColumn = 1, 1  # a split counts from the first row in sight
    window.SplitColumn, window.SplitRow = 0, rows
    window.FreezePanes = True


def _freeze_on_mac(window: Any, rows: int) -> None:
    """The same by the names of Excel's AppleScript dictionary."""
    window.freeze_panes.set(False)
    window.scroll_row.set(1)
    window.scroll_column.set(1)
    window.split_column.set(0)
    window.split_row.set(rows)
    window.freeze_panes.set(True)


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
    broken_width: float | None = None,
) -> None:
    """Let a sheet print on `pages_wide` × `pages_tall` pages (0: any number) of `paper`.

    `title_rows` (first, last) repeat on each page; header and footer are in Excel's codes
    (`&L&A&R&P / &N`), margins in inches. Excel for Mac cannot be told the paper.
    `broken_width` is how wide, in points, the columns of a sheet are whose pages are broken by
    hand: a number of pages would overrule the breaks, so that Excel for Mac is told a scale.
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
    try:
        if is_mac():
            _set_up_on_mac(sheet.page_setup.api, page, broken_width)
        else:
            _set_up_on_windows(sheet.page_setup.api, page)
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


def _set_up_on_mac(setup: Any, page: Page, broken_width: float | None) -> None:
    """The same by the names of Excel's AppleScript dictionary, which knows no paper size."""
    keywords = importlib.import_module("appscript").k
    setup.page_orientation.set(keywords.landscape if page.landscape else keywords.portrait)
    if broken_width is None:
        setup.zoom.set(False)
        setup.fit_to_pages_wide.set(page.pages_wide)
        setup.fit_to_pages_tall.set(page.pages_tall or _ANY_NUMBER)
    else:
        setup.zoom.set(_scale(page, broken_width))
    setup.print_title_rows.set(_rows(page.title_rows))
    setup.center_horizontally.set(page.centered)
    for name, value in (_margins(page.margins) | _texts(page)).items():
        getattr(setup, _snake(name)).set(value)


def _scale(page: Page, width: float) -> int:
    """The per cent at which columns fit on A4 as well as on Letter, as far as Excel shrinks."""
    paper = _NARROWEST_LANDSCAPE if page.landscape else _NARROWEST_PORTRAIT
    space = paper - (page.margins.left + page.margins.right) * _INCH
    return max(_SMALLEST_SCALE, min(100, int(100 * space / max(width, 1))))


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
