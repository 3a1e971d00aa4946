"""The adapter's two sides: the file itself, and fakes of the members of Excel that are set."""

import sys
from types import SimpleNamespace

import pytest
import xlwings as xw
from xlwings import mac_dict

from kam_excel import headless
from kam_excel.errors import ExcelError
from kam_excel.workbook.adapter import (
    Margins,
    add_sparklines,
    break_pages,
    clear_sparklines,
    freeze_rows,
    indent,
    is_protected,
    is_structure_locked,
    is_visible,
    set_up_page,
)

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
        self.visible = -1
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


class FakeRange:
    """A range of a live Excel, as far as the adapter looks at it."""

    def __init__(self, sheet, address, shape):
        self.sheet, self.address, self.shape = sheet, address, shape
        self.api = SimpleNamespace(SparklineGroups=WindowsSparklineGroups())

    @property
    def groups(self):
        return self.api.SparklineGroups.made


class WindowsSparklineGroups:
    """The members of a range's SparklineGroups that are called; square data ask for PlotBy."""

    def __init__(self):
        self.made = [WindowsSparklineGroup(1, "Sheet1!$A$9:$B$9")]  # the company's

    def Clear(self):  # noqa: N802
        self.made = []

    def Add(self, Type, SourceData):  # noqa: N802, N803
        if "$Z$" in SourceData:
            raise RuntimeError("Invalid source reference")
        self.made.append(WindowsSparklineGroup(Type, SourceData))
        return self.made[-1]


class WindowsSparklineGroup:
    __slots__ = ("PlotBy", "SeriesColor", "SourceData", "Type")

    def __init__(self, type_, source):
        self.Type, self.SourceData, self.SeriesColor = type_, source, WindowsFormatColor()


class WindowsFormatColor:
    __slots__ = ("Color",)


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


class WindowsRange:
    """The member of Excel's Range that is set."""

    __slots__ = ("IndentLevel",)


def test_cells_are_indented_in_the_file_and_in_excel(book, monkeypatch):
    cells = book.sheets[0]["A1:B2"]
    for steps in (3, 1):
        indent(cells, steps)
    styles = book.impl.model.styles
    assert styles.format_of(book.sheets[0].impl.model.grid.style(2, 2)).indent == 1
    windows = SimpleNamespace(sheet=FakeSheet(None), api=WindowsRange())
    monkeypatch.setattr(sys, "platform", "win32")
    indent(windows, 1)
    assert windows.api.IndentLevel == 1
    told = []
    assert "indent_level" in {name for name, _ in mac_dict.properties}
    level = SimpleNamespace(set=told.append)
    monkeypatch.setattr(sys, "platform", "darwin")
    indent(SimpleNamespace(sheet=FakeSheet(None), api=SimpleNamespace(indent_level=level)), 1)
    assert told == [1]


def test_pages_broken_by_hand_have_a_scale_on_a_mac(monkeypatch):
    keywords = SimpleNamespace(landscape="k.landscape", portrait="k.portrait")
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=keywords))
    monkeypatch.setattr(sys, "platform", "darwin")
    scales = []
    for width, landscape in ((100, False), (988, False), (1000, True), (99999, True)):
        setup = MacPageSetup()
        set_up_page(FakeSheet(setup), landscape=landscape, broken_width=width)
        assert not vars(setup.fit_to_pages_tall)
        scales.append(setup.zoom.value)
    assert scales == [100, 50, 69, 10]  # of 494 and 691 points between the margins


def test_pages_broken_by_hand_fit_the_width_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    setup = WindowsPageSetup()
    set_up_page(FakeSheet(setup), broken_width=988)
    assert (setup.Zoom, setup.FitToPagesWide, setup.FitToPagesTall) == (False, 1, False)


class BrokenSheet(FakeSheet):
    """A sheet of a live Excel whose pages were broken above row 3."""

    def __init__(self, refuses=False):
        super().__init__(None)
        self.rows, self.refuses = [3], refuses
        self.api = SimpleNamespace(
            ResetAllPageBreaks=self.reset,
            reset_all_page_breaks=self.reset,
            HPageBreaks=SimpleNamespace(Add=lambda before: self.rows.append(before.row)),
        )

    def reset(self):
        if self.refuses:
            raise RuntimeError("no printer")
        self.rows.clear()

    def range(self, address):
        first, last = address.split(":")
        assert first == last
        put = SimpleNamespace(set=lambda value: self.rows.append((int(first), value)))
        return SimpleNamespace(api=SimpleNamespace(row=int(first), page_break=put))


def test_pages_are_broken_in_excel_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    sheet = BrokenSheet()
    break_pages(sheet, [8, 12])
    assert sheet.rows == [8, 12]
    break_pages(sheet, [])
    assert sheet.rows == []


def test_pages_are_broken_in_excel_on_a_mac(monkeypatch):
    keywords = SimpleNamespace(page_break_manual="k.manual")
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=keywords))
    monkeypatch.setattr(sys, "platform", "darwin")
    sheet = BrokenSheet()
    break_pages(sheet, [8, 12])
    assert sheet.rows == [(8, "k.manual"), (12, "k.manual")]


def test_breaks_that_excel_refuses_are_told(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ExcelError, match=r"PAGE_SETUP_REFUSED b\.xlsx, Sheet1.*no printer"):
        break_pages(BrokenSheet(refuses=True), [8])


def test_the_words_for_page_breaks_are_in_the_dictionary_of_excel_for_mac():
    terms = {word for kind in (mac_dict.enums, mac_dict.properties) for word, _ in kind}
    assert {"page_break_manual", "page_break"} <= terms
    assert "reset_all_page_breaks" in {command[0] for command in mac_dict.commands}


def test_without_titles_none_are_left(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    setup = WindowsPageSetup()
    set_up_page(FakeSheet(setup), pages_tall=2)
    assert (setup.PrintTitleRows, setup.FitToPagesTall, setup.Orientation) == ("", 2, 1)


def test_what_excel_refuses_is_told(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ExcelError, match=r"PAGE_SETUP_REFUSED b\.xlsx, Sheet1"):
        set_up_page(FakeSheet(None))


def test_rows_are_frozen_on_windows_from_the_first(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    sheet = FakeSheet(None)
    freeze_rows(sheet, 5)
    assert sheet.is_active
    assert list(vars(sheet.window).items()) == [
        ("FreezePanes", True),  # False before all others
        ("ScrollRow", 1),
        ("ScrollColumn", 1),
        ("SplitColumn", 0),
        ("SplitRow", 5),
    ]


def test_rows_are_frozen_on_macos_by_its_own_names(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    sheet = FakeSheet(None)
    names = ("freeze_panes", "scroll_row", "scroll_column", "split_column", "split_row")
    window = SimpleNamespace(**{name: MacProperty() for name in names})
    sheet.book.api = SimpleNamespace(windows={1: window})
    freeze_rows(sheet, 5)
    assert sheet.is_active
    assert [vars(window)[name].value for name in names] == [True, 1, 1, 0, 5]


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_hidden_sheet_is_not_activated_which_excel_refuses(monkeypatch, platform):
    monkeypatch.setattr(sys, "platform", platform)
    sheet = FakeSheet(None)
    sheet.visible = platform == "win32" and 0
    freeze_rows(sheet, 5)
    assert not sheet.is_active


def test_rows_are_frozen_without_excel(book):
    freeze_rows(book.sheets[0], 5)
    assert b'ySplit="5"' in book.sheets[0].impl.model.grid.shell.data


def live(sheet=None):
    """Cells and what they are to draw: three rows of two."""
    sheet = sheet or FakeSheet(None)
    return FakeRange(sheet, "$F$2:$F$4", (3, 1)), FakeRange(sheet, "$A$2:$B$4", (3, 2))


def test_sparklines_are_drawn_without_excel(book):
    sheet = book.sheets[0]
    data = book.sheets.add("Q1 '26", after=sheet)
    add_sparklines(sheet["F2:F3"], data["A2:B3"], "column", (1, 2, 255))
    sheet.impl.model.flush()
    written = sheet.impl.model.grid.shell.data
    assert b"<xm:f>'Q1 ''26'!A3:B3</xm:f><xm:sqref>F3</xm:sqref>" in written
    assert b'type="column" displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF0102FF"/>' in written
    clear_sparklines(sheet["F2:F3"])
    sheet.impl.model.flush()
    assert b"extLst" not in sheet.impl.model.grid.shell.data


def test_sparklines_are_drawn_in_excel_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    cells, source = live()
    source.sheet = SimpleNamespace(book=cells.sheet.book, name="Q1 '26")
    add_sparklines(cells, source, "column", (1, 2, 255))
    (group,) = cells.groups
    assert (group.Type, group.SourceData) == (2, "'Q1 ''26'!$A$2:$B$4")
    assert group.SeriesColor.Color == 0xFF0201
    assert not hasattr(group, "PlotBy")
    add_sparklines(cells, source)
    assert [each.Type for each in cells.groups] == [1]
    clear_sparklines(cells)
    assert cells.groups == []


def test_a_square_is_drawn_row_by_row_on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    cells, source = live()
    source.shape = (3, 3)
    add_sparklines(cells, source)
    assert cells.groups[0].PlotBy == 1


def test_excel_on_a_mac_has_no_word_for_sparklines(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    cells, source = live()
    add_sparklines(cells, source)
    clear_sparklines(cells)
    assert [group.SourceData for group in cells.groups] == ["Sheet1!$A$9:$B$9"]


def test_sparklines_that_excel_refuses_are_told(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    cells, source = live()
    source.address = "$Z$1:$Z$3"
    with pytest.raises(ExcelError, match=r"SPARKLINES_REFUSED b\.xlsx, Sheet1"):
        add_sparklines(cells, source)
    cells.api = SimpleNamespace()
    with pytest.raises(ExcelError, match="SPARKLINES_REFUSED"):
        clear_sparklines(cells)


@pytest.mark.parametrize(
    ("cells", "source", "reason"),
    [
        ("F2:G4", "A2:B4", "one column, not into 2"),
        ("F2:F4", "A2:B3", "3 sparklines cannot draw 2 rows"),
    ],
)
def test_sparklines_and_what_they_draw_have_to_match(book, cells, source, reason):
    sheet = book.sheets[0]
    with pytest.raises(ValueError, match=reason):
        add_sparklines(sheet[cells], sheet[source])


def test_sparklines_do_not_draw_another_book(book):
    other = book.app.books.add()
    with pytest.raises(ValueError, match="their own book"):
        add_sparklines(book.sheets[0]["F1"], other.sheets[0]["A1:B1"])


@pytest.mark.parametrize("protected", [True, False])
def test_protection_is_seen_on_every_side(monkeypatch, protected):
    sheet = FakeSheet(None)
    sheet.api = SimpleNamespace(
        ProtectContents=protected, protect_contents=SimpleNamespace(get=lambda: protected)
    )
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert is_protected(sheet) is protected


@pytest.mark.parametrize("locked", [True, False])
def test_a_locked_structure_is_seen_on_every_side(monkeypatch, locked):
    book = FakeSheet(None).book
    book.api = SimpleNamespace(
        ProtectStructure=locked, protect_structure=SimpleNamespace(get=lambda: locked)
    )
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert is_structure_locked(book) is locked


@pytest.mark.parametrize(
    ("state", "seen"),
    [(-1, True), (0, False), (2, False), (True, True), (False, False)],  # 2: very hidden
)
def test_hidden_and_very_hidden_sheets_are_not_seen(state, seen):
    assert is_visible(SimpleNamespace(visible=state)) is seen
