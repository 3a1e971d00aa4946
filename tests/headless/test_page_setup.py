import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.parts.breaks import MOST_BREAKS, row_breaks
from kam_excel.headless.parts.pages import Margins, Page, set_up
from kam_excel.headless.xml.shell import WORKSHEET, Shell

LANDSCAPE = Page(
    landscape=True,
    paper="Letter",
    pages_wide=2,
    title_rows=(4, 5),
    header="&L大客户 && <A>&R&P / &N",
    footer="&C&A",
    margins=Margins(left=0.25, right=0.25),
    centered=True,
)


def changes(book):
    book.impl.flush()
    return book.impl.package.changes()


def test_others_read_the_page_that_we_set_up(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet.name = "It's, 1"
    sheet["A1"].value = 1
    sheet.page_setup.print_area = "A1:C30"
    sheet.page_setup.impl.set_up(LANDSCAPE)
    new_book.save(tmp_path / "page.xlsx")
    other = openpyxl.load_workbook(tmp_path / "page.xlsx").active
    assert other.print_area == "'It''s, 1'!$A$1:$C$30"
    assert other.print_title_rows == "$4:$5"
    assert (other.page_setup.orientation, other.page_setup.paperSize) == ("landscape", 1)
    assert (other.page_setup.fitToWidth, other.page_setup.fitToHeight) == (2, 0)
    assert other.sheet_properties.pageSetUpPr.fitToPage is True
    assert (other.oddHeader.left.text, other.oddHeader.right.text) == ("大客户 && <A>", "&P / &N")
    assert other.oddFooter.center.text == "&A"
    assert other.page_margins.left == 0.25
    assert other.print_options.horizontalCentered is True


def test_the_same_page_again_changes_nothing(app, new_book, tmp_path):
    def print_it(sheet):
        sheet.page_setup.print_area = "$A$1:$C$30,$E$1:$E$9"
        sheet.page_setup.impl.set_up(LANDSCAPE)

    print_it(new_book.sheets[0])
    new_book.save(tmp_path / "page.xlsx")
    new_book.close()
    book = app.books.open(tmp_path / "page.xlsx")
    sheet = book.sheets[0]
    assert sheet.page_setup.print_area == "$A$1:$C$30,$E$1:$E$9"
    print_it(sheet)
    sheet.page_setup.print_area = "A1:C30,E1:E9"
    assert changes(book) == {}
    sheet.page_setup.print_area = None
    assert sheet.page_setup.print_area is None
    assert changes(book) == {"xl/workbook.xml": "changed"}


def test_others_read_the_breaks_that_we_make(app, make_file, tmp_path):
    path = make_file(lambda workbook: workbook.add_worksheet().set_v_pagebreaks([2]))
    book = app.books.open(path)
    setup = book.sheets[0].page_setup.impl
    setup.set_up(LANDSCAPE)
    setup.break_before([9, 4, 9])
    book.save(tmp_path / "broken.xlsx")
    other = openpyxl.load_workbook(tmp_path / "broken.xlsx").active
    breaks = other.row_breaks
    assert [(each.id, each.max, each.man) for each in breaks.brk] == [
        *((3, 16383, True), (8, 16383, True))
    ]
    assert (breaks.count, breaks.manualBreakCount) == (2, 2)
    assert [each.id for each in other.col_breaks.brk] == [2]
    names = book.sheets[0].impl.model.grid.shell.names()
    assert names[-4:] == ["pageSetup", "headerFooter", "rowBreaks", "colBreaks"]


def test_the_same_breaks_again_change_nothing(app, make_file):
    path = make_file(lambda workbook: workbook.add_worksheet().set_h_pagebreaks([3, 8]))
    book = app.books.open(path)
    setup = book.sheets[0].page_setup.impl
    setup.break_before([4, 9])
    assert changes(book) == {}
    setup.break_before([])
    assert changes(book) == {"xl/worksheets/sheet1.xml": "changed"}
    assert b"rowBreaks" not in book.impl.package.read("xl/worksheets/sheet1.xml")


def test_our_breaks_follow_inserted_rows(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:A9"].value = 1
    sheet.page_setup.impl.break_before([4, 8])
    sheet.range("5:6").insert("down")
    assert row_breaks(sheet.impl.model.grid.shell) == [4, 10]
    sheet.range("3:4").delete("up")
    assert row_breaks(sheet.impl.model.grid.shell) == [8]


@pytest.mark.parametrize("rows", [[1, 5], range(2, 2 + MOST_BREAKS + 1)])
def test_breaks_that_excel_would_not_keep_are_refused(new_book, rows):
    with pytest.raises(ValueError, match="page breaks"):
        new_book.sheets[0].page_setup.impl.break_before(rows)


def test_names_of_other_sheets_stay(app, make_file):
    def fill(workbook):
        for name in ("One", "Two"):
            sheet = workbook.add_worksheet(name)
            sheet.print_area("A1:B2")
            sheet.repeat_rows(0)
            sheet.repeat_columns("A:B")

    book = app.books.open(make_file(fill))
    one, two = book.sheets
    one.page_setup.print_area = ""
    one.page_setup.impl.set_up(Page(title_rows=(2, 3)))
    assert (one.page_setup.print_area, two.page_setup.print_area) == (None, "$A$1:$B$2")
    titles = {
        name.name: name.refers_to for name in book.names if name.name.endswith("Print_Titles")
    }
    assert titles == {
        "One!_xlnm.Print_Titles": "=One!$A:$B,One!$2:$3",
        "Two!_xlnm.Print_Titles": "=Two!$A:$B,Two!$1:$1",
    }
    one.page_setup.impl.set_up(Page())
    assert "=One!$A:$B" in [name.refers_to for name in book.names]


def test_a_computed_print_area_is_shown_and_replaced(new_book):
    formula = "OFFSET(Sheet1!$A$1,0,0,COUNTA(Sheet1!$A:$A),3)"
    sheet = new_book.sheets[0]
    new_book.impl.model.xml.set_name("_xlnm.Print_Area", formula, 0)
    assert sheet.page_setup.print_area == formula
    sheet.page_setup.print_area = "A1:C3"
    assert sheet.page_setup.print_area == "$A$1:$C$3"
    with pytest.raises(ValueError, match="address"):
        sheet.page_setup.print_area = "nonsense!"
    assert sheet.page_setup.print_area == "$A$1:$C$3"


RICH = (
    '<x:worksheet xmlns:x="main" xmlns:r="rels"><x:sheetPr codeName="S">'
    '<x:tabColor rgb="FFFF0000"/></x:sheetPr><x:sheetData/>'
    '<x:printOptions gridLines="1"/><x:pageMargins left="1" right="1" top="1" bottom="1" '
    'header="0.5" footer="0.5"/><x:pageSetup scale="80" blackAndWhite="1" r:id="rId7"/>'
    '<x:headerFooter differentFirst="1"><x:oddFooter>&amp;P</x:oddFooter>'
    "<x:firstHeader>first</x:firstHeader></x:headerFooter>"
    '<x:drawing r:id="rId1"/></x:worksheet>'
)


def test_settings_that_are_not_spoken_of_stay():
    shell = Shell(RICH.encode())
    margins = Margins(1, 1, 1, 1, 0.5, 0.5)
    set_up(shell, Page(landscape=True, header="head", margins=margins))
    assert shell.data.decode() == (
        '<x:worksheet xmlns:x="main" xmlns:r="rels"><x:sheetPr codeName="S">'
        '<x:tabColor rgb="FFFF0000"/><x:pageSetUpPr fitToPage="1"/></x:sheetPr><x:sheetData/>'
        '<x:printOptions gridLines="1"/><x:pageMargins left="1" right="1" top="1" bottom="1" '
        'header="0.5" footer="0.5"/><x:pageSetup fitToHeight="0" paperSize="9" '
        'orientation="landscape" scale="80" blackAndWhite="1" r:id="rId7"/>'
        '<x:headerFooter differentFirst="1"><x:oddHeader>head</x:oddHeader>'
        "<x:firstHeader>first</x:firstHeader></x:headerFooter>"
        '<x:drawing r:id="rId1"/></x:worksheet>'
    )


def test_without_texts_no_element_is_left():
    shell = Shell(b'<worksheet><sheetData/><drawing r="1"/></worksheet>')
    set_up(shell, Page(header="a"))
    set_up(shell, Page())
    assert shell.child("headerFooter") is None


DEFAULTS = {"fitToWidth": "1", "fitToHeight": "1"}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
pages = st.builds(
    Page,
    landscape=st.booleans(),
    paper=st.sampled_from(["A3", "A4", "Letter"]),
    pages_wide=st.integers(0, 3),
    pages_tall=st.integers(0, 3),
    header=texts,
    footer=texts,
    margins=st.builds(Margins, left=st.sampled_from([0.25, 0.7, 1])),
    centered=st.booleans(),
)


@settings(max_examples=30, deadline=None)
@given(
    first=pages, second=pages, data=st.sampled_from([RICH, "<worksheet><sheetData/></worksheet>"])
)
def test_the_last_page_counts_and_elements_stand_in_order(first, second, data):
    shell, other = Shell(data.encode()), Shell(data.encode())
    set_up(shell, first)
    set_up(shell, second)
    set_up(other, second)
    before = shell.data
    set_up(shell, second)
    assert shell.data == before
    names = [name for name in WORKSHEET if shell.child(name)]
    places = [shell.child(name).start for name in names]
    assert places == sorted(places)
    for name in ("pageSetup", "pageMargins"):
        assert DEFAULTS | shell.child(name).attributes == DEFAULTS | other.child(name).attributes


@pytest.mark.parametrize("where", ["header", "footer"])
def test_long_texts_are_refused(where):
    with pytest.raises(WorkbookError, match="PAGE_TEXT_TOO_LONG"):
        Page(**{where: "x" * 256})
