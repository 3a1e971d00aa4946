"""Books and apps as scripts use them: kinds of file, names, selection, what Excel calls them."""

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless
from kam_excel.errors import WorkbookError

_OPEN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MACROS = "application/vnd.ms-excel"


@pytest.fixture
def active(app):
    """The engine as a script finds it after `register(activate=True)`."""
    before = xw.engines.active
    headless.register(activate=True)
    yield xw
    if before is not None:
        before.activate()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("book.xlsx", f"{_OPEN}.sheet.main+xml"),
        ("book.XLSM", f"{_MACROS}.sheet.macroEnabled.main+xml"),
        ("book.xltx", f"{_OPEN}.template.main+xml"),
        ("book.xltm", f"{_MACROS}.template.macroEnabled.main+xml"),
    ],
)
def test_a_book_is_saved_as_its_name_says(app, new_book, tmp_path, name, kind):
    new_book.sheets[0]["A1"].value = 1
    new_book.save(tmp_path / name)
    assert (new_book.name, new_book.fullname) == (name, str(tmp_path / name))
    package = new_book.impl.package
    assert package.content_type(package.workbook) == kind
    new_book.sheets[0]["A1"].value = 2
    new_book.save()
    assert package.content_type(package.workbook) == kind
    new_book.close()
    assert app.books.open(tmp_path / name).sheets[0]["A1"].value == 2


def test_a_file_of_another_kind_opens_elsewhere(make_file, app, tmp_path):
    book = app.books.open(make_file(lambda workbook: workbook.add_worksheet("甲")))
    book.save(tmp_path / "copy.xlsm")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsm").sheetnames == ["甲"]


@pytest.mark.parametrize("name", ["book.xls", "book.xlsb", "book.xlam", "book.csv"])
def test_other_kinds_are_refused_by_name(new_book, tmp_path, name):
    with pytest.raises(WorkbookError, match="FILE_KIND_UNSUPPORTED"):
        new_book.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_macros_are_never_lost(app, make_file, tmp_path):
    def fill(workbook):
        workbook.add_worksheet()
        project = tmp_path / "vbaProject.bin"
        project.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(60))
        workbook.add_vba_project(str(project))

    book = app.books.open(make_file(fill, "made.xlsm"))
    with pytest.raises(WorkbookError, match="FILE_KIND_LOSES_MACROS"):
        book.save(tmp_path / "plain.xlsx")
    book.save(tmp_path / "template.xltm")
    assert "xl/vbaProject.bin" in book.impl.package


def test_a_save_that_fails_leaves_the_kind_as_it_was(new_book, tmp_path):
    new_book.save(tmp_path / "book.xlsx")
    (tmp_path / "~$book.xlsm").write_bytes(b"\x03Eva")
    with pytest.raises(WorkbookError, match="SAVE_OPEN_ELSEWHERE"):
        new_book.save(tmp_path / "book.xlsm")
    package = new_book.impl.package
    assert package.content_type(package.workbook) == f"{_OPEN}.sheet.main+xml"
    assert new_book.name == "book.xlsx"


def test_an_ordinary_script_runs(active, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with active.App(visible=False) as app:
        book = app.books.add()
        book.sheets[0]["A1"].value = [["客户", "金额"], ["甲", 12]]
        book.save("company.xlsx")
    book = active.Book("company.xlsx")
    assert book.fullname == str(tmp_path / "company.xlsx")
    assert active.books["company.xlsx"] == active.Book("company.xlsx") == book
    assert active.sheets["Sheet1"]["A1"].expand().value == [["客户", "金额"], ["甲", 12]]
    book.set_mock_caller()
    assert active.Book.caller() == book
    assert book.app in list(active.apps)
    assert active.Range("B2").value == 12
    assert active.load(header=1, index=False)["金额"].tolist() == [12]
    book.app.quit()


def test_view_shows_a_frame_in_a_new_book(active):
    pandas = pytest.importorskip("pandas")
    with active.App() as app:
        active.view(pandas.DataFrame({"a": [1, 2]}))
        assert app.books.active.sheets[0].tables[0].range.value == [[" ", "a"], [0, 1], [1, 2]]


def test_the_sheet_on_top_of_the_file_is_active(app, make_file):
    def fill(workbook):
        workbook.add_worksheet("一")
        sheet = workbook.add_worksheet("二")
        sheet.activate()
        sheet.set_selection("C3:D4")

    book = app.books.open(make_file(fill))
    assert book.sheets.active.name == "二"
    assert app.selection.address == "$C$3:$D$4"
    book.sheets["一"]["B2"].select()
    assert (book.sheets.active.name, book.selection.address) == ("一", "$B$2")
    book.impl.flush()
    assert not book.impl.package.is_changed


def test_reading_gridlines_changes_nothing(app, new_book):
    sheet = new_book.sheets[0]
    assert sheet.show_gridlines
    before = dict(new_book.impl.package.changes())
    new_book.impl.flush()
    assert b"sheetView" not in new_book.impl.package.read("xl/worksheets/sheet1.xml")
    assert new_book.impl.package.changes() == before
    new_book.sheets.add("other")
    sheet.visible = False
    with pytest.raises(ValueError, match="hidden"):
        sheet.show_gridlines = False


def test_a_name_is_renamed_and_formulas_follow(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    name = new_book.names.add("Satz", "=Sheet1!$A$1")
    sheet["B1"].formula = '=Satz*2+Satzung+LEN("Satz")'
    name.name = "Rate"
    assert ("Rate" in new_book.names, "Satz" in new_book.names) == (True, False)
    assert sheet["B1"].formula == '=Rate*2+Satzung+LEN("Satz")'
    new_book.names.add("Zins", "=Sheet1!$A$2")
    with pytest.raises(WorkbookError, match="NAME_TAKEN"):
        name.name = "zins"
    with pytest.raises(NotImplementedError, match="belongs to a sheet"):
        sheet.names.add("Sheet1!lokal", "=Sheet1!$A$1").name = "anders"


@pytest.mark.parametrize(
    ("get", "member", "advice"),
    [
        (lambda book: book.app.api, "ActiveSheet", "books.active.sheets.active"),
        (lambda book: book.api, "SaveAs", "save(path)"),
        (lambda book: book.sheets[0].api, "UsedRange", "used_range"),
        (lambda book: book.sheets[0].api, "Rows", "used_range.rows"),
        (lambda book: book.sheets[0].api, "Name", "name"),
        (
            lambda book: book.sheets[0]["A1"].data_validation.api,
            "InCellDropdown",
            "in_cell_dropdown",
        ),
        (lambda book: book.sheets[0].charts.add().value_axis.api, "MinimumScale", "minimum_scale"),
        (lambda book: book.sheets[0].charts.add().api[1], "HasTitle", "title"),
        (lambda book: book.sheets[0].page_setup.api, "PrintArea", "print_area"),
    ],
)
def test_members_of_excel_name_those_of_xlwings(new_book, get, member, advice):
    with pytest.raises(AttributeError) as told:
        getattr(get(new_book), member)
    assert str(told.value).endswith(f"use the xlwings member {advice!r}")
    with pytest.raises(AttributeError):
        setattr(get(new_book), member, "x")


def test_members_that_excel_alone_has_are_told(new_book):
    with pytest.raises(AttributeError, match="there is no Excel behind it"):
        _ = new_book.sheets[0].api.Tab
    with pytest.raises(AttributeError, match="no member of xlwings"):
        _ = new_book.sheets[0].api.nothing


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (lambda book: book.to_pdf(), "soffice"),
        (lambda book: book.macro("Module1.Main")(), "run macros in Excel"),
        (lambda book: book.app.alert("?", buttons="yes_no"), "decide in the script"),
        (lambda book: book.sheets[0].to_html(), "DataFrame"),
        (lambda book: book.sheets[0].charts.add().to_png(), "draw it"),
        (lambda book: book.save("x.xlsx", password="x"), "password"),
    ],
)
def test_what_needs_excel_says_what_to_do_instead(new_book, tmp_path, monkeypatch, call, advice):
    monkeypatch.chdir(tmp_path)
    new_book.save("book.xlsx")
    with pytest.raises(NotImplementedError, match=advice):
        call(new_book)


def test_a_book_that_was_opened_to_be_read_is_saved_elsewhere_alone(app, make_file, tmp_path):
    path = make_file(lambda workbook: workbook.add_worksheet())
    book = app.books.open(path, read_only=True)
    book.sheets[0]["A1"].value = 1
    with pytest.raises(WorkbookError, match="SAVE_READ_ONLY"):
        book.save()
    book.save(tmp_path / "copy.xlsx")
    book.save()
    assert (book.name, path.exists()) == ("copy.xlsx", True)


@pytest.mark.parametrize("name", ["a/b", "x" * 32, "😀" * 16, "'a", "a'", "Q:1", "[1]", "HISTORY"])
def test_names_that_excel_refuses_are_no_names_of_sheets(new_book, name):
    with pytest.raises(ValueError, match=r"sheet"):
        new_book.sheets.add(name)
    with pytest.raises(ValueError, match=r"sheet"):
        new_book.sheets[0].name = name
    assert new_book.sheet_names == ["Sheet1"]


def test_a_name_without_an_extension_gets_that_of_the_book(new_book, tmp_path):
    new_book.save(tmp_path / "plain")
    assert new_book.fullname == str(tmp_path / "plain.xlsx")
