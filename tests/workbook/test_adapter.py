"""The adapter's two sides: the file itself, and fakes of the members of Excel that are set."""

import sys
from types import SimpleNamespace

import pytest
import xlwings as xw

from kam_excel import headless
from kam_excel.errors import ExcelError
from kam_excel.workbook.adapter import Margins, freeze_rows, set_up_page

GIVEN = {
    "landscape": True,
    "paper": "A4",
    "title_rows": (5, 5),
    "header": 'Title &L&"Arial,Bold"left && more&Cmiddle',
    "footer": "&L&A&R&P / &N",
    "margins": Margins(left=0.5, right=0.5),
}


class FakeSheet:
    """A sheet of a live Excel, as far as the adapter looks at it."""

    def __init__(self, setup):
        engine = SimpleNamespace(name="excel")
        self.window = SimpleNamespace()
        api = SimpleNamespace(ActiveWindow=self.window)
        self.book = SimpleNamespace(app=SimpleNamespace(engine=engine, api=api), name="b.xlsx")
        self.name = "Sheet1"
        self.page_setup = SimpleNamespace(api=setup)
        self.is_active = False

    def activate(self):
        self.is_active = True


class WindowsPageSetup:
    """The members of Excel's PageSetup that may be set; any other is a mistake."""

    __slots__ = (
        "BottomMargin CenterFooter CenterHeader CenterHorizontally FitToPagesTall FitToPagesWide "
        "FooterMargin HeaderMargin LeftFooter LeftHeader LeftMargin Orientation PaperSize "
        "PrintTitleRows RightFooter RightHeader RightMargin TopMargin Zoom"
    ).split()


class MacProperty:
    def set(self, value):
        self.value = value


class MacPageSetup:
    """The same of the AppleScript dictionary, by the names of appscript."""

    def __init__(self):
        names = (
            "bottom_margin center_footer center_header center_horizontally fit_to_pages_tall "
            "fit_to_pages_wide footer_margin header_margin left_footer left_header left_margin "
            "page_orientation print_title_rows right_footer right_header right_margin top_margin "
            "zoom"
        )
        for name in names.split():
            setattr(self, name, MacProperty())


@pytest.fixture
def book():
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        yield app.books.add()


def test_a_page_is_set_up_without_excel(book):
    sheet = book.sheets[0]
    set_up_page(sheet, **GIVEN)
    sheet.page_setup.print_area = "A1:B9"
    shell = sheet.impl.model.grid.shell
    assert shell.child("pageSetup").attributes == {
        "orientation": "landscape",
        "paperSize": "9",
        "fitToHeight": "0",
    }
    assert [name.refers_to for name in book.names] == ["=Sheet1!$5:$5", "=Sheet1!$A$1:$B$9"]


def test_a_page_is_set_up_in_excel_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    setup = WindowsPageSetup()
    set_up_page(FakeSheet(setup), **GIVEN)
    assert (setup.Orientation, setup.PaperSize, setup.Zoom) == (2, 9, False)
    assert (setup.FitToPagesWide, setup.FitToPagesTall) == (1, False)
    assert (setup.PrintTitleRows, setup.CenterHorizontally) == ("$5:$5", False)
    assert (setup.LeftMargin, setup.TopMargin, setup.HeaderMargin) == (36, 54, pytest.approx(21.6))
    assert setup.LeftHeader == '&"Arial,Bold"left && more'
    assert (setup.CenterHeader, setup.RightHeader) == ("Title middle", "")
    assert (setup.LeftFooter, setup.CenterFooter, setup.RightFooter) == ("&A", "", "&P / &N")


def test_a_page_is_set_up_in_excel_on_a_mac(monkeypatch):
    keywords = SimpleNamespace(landscape="k.landscape", portrait="k.portrait")
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=keywords))
    monkeypatch.setattr(sys, "platform", "darwin")
    setup = MacPageSetup()
    set_up_page(FakeSheet(setup), **GIVEN)
    shown = {name: each.value for name, each in vars(setup).items()}
    assert shown["page_orientation"] == "k.landscape"
    assert (shown["zoom"], shown["fit_to_pages_wide"], shown["fit_to_pages_tall"]) == (
        False,
        1,
        9999,
    )
    assert (shown["print_title_rows"], shown["right_footer"]) == ("$5:$5", "&P / &N")
    assert shown["left_margin"] == 36


def test_without_titles_none_are_left(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    setup = WindowsPageSetup()
    set_up_page(FakeSheet(setup), pages_tall=2)
    assert (setup.PrintTitleRows, setup.FitToPagesTall, setup.Orientation) == ("", 2, 1)


def test_what_excel_refuses_is_told(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ExcelError, match=r"PAGE_SETUP_REFUSED b\.xlsx, Sheet1"):
        set_up_page(FakeSheet(None))


def test_rows_are_frozen_on_both_sides(book):
    sheet = FakeSheet(None)
    freeze_rows(sheet, 5)
    assert sheet.is_active
    assert vars(sheet.window) == {"FreezePanes": True, "SplitColumn": 0, "SplitRow": 5}
    freeze_rows(book.sheets[0], 5)
    assert b'ySplit="5"' in book.sheets[0].impl.model.grid.shell.data
