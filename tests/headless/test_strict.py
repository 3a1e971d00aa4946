"""Strict Open XML is read like any other, and what is written to it is Strict too."""

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from featured import make
from kam_excel.errors import WorkbookError
from kam_excel.headless.package.parts import Package
from kam_excel.headless.package.strict import as_strict, as_usual, is_mixed
from lossless.files import File

USUAL = b"http://schemas.openxmlformats.org/"
PIECES = st.sampled_from(
    [
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/table",
        USUAL + b"officeDocument/2006/relationships/vmlDrawing",
        USUAL + b"package/2006/relationships",
        b"urn:schemas-microsoft-com:vml",
        b'<a b="c">',
    ]
)


@given(st.lists(PIECES).map(b" ".join))
def test_what_is_read_is_written_as_it_was(data):
    assert not is_mixed(data)
    assert as_strict(as_usual(data)) == data


@pytest.fixture
def path(tmp_path):
    return make("strict", tmp_path)


def test_values_names_and_notes_are_read(app: xw.App, path):
    book = app.books.open(path)
    sheet = book.sheets[0]
    assert sheet["A1:B2"].value == [["Item", "Amount"], ["a", 10]]
    assert sheet["B3"].note.text == "a note"
    assert book.names["Rate"].refers_to == "=Data!$B$2"


def test_everything_that_is_written_is_strict(app: xw.App, path, tmp_path):
    book = app.books.open(path)
    sheet = book.sheets.add("New", after=book.sheets[-1])
    sheet["A1"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"])
    sheet.charts.add(source=sheet["A1:B2"])
    sheet["A1"].add_note("new")
    sheet["B1"].add_hyperlink("https://example.com")
    book.save(tmp_path / "result.xlsx")
    before, after = File(path), File(tmp_path / "result.xlsx")
    written = {name: data for name, data in after.parts.items() if before.parts.get(name) != data}
    assert len(written) > 8
    named = USUAL + b"officeDocument/2006/relationships/vmlDrawing"
    assert [name for name, data in written.items() if is_mixed(data)] == []
    assert [
        name
        for name, data in written.items()
        if USUAL in data.replace(named, b"").replace(USUAL + b"package", b"")
        and b"markup-compatibility" not in data
    ] == []
    again = app.books.open(tmp_path / "result.xlsx")
    assert [table.name for table in again.sheets["New"].tables] == ["Table1"]
    assert len(again.sheets["New"].charts) == 1


def test_a_part_with_names_of_both_kinds_is_refused(path, parts, write_parts):
    content = parts(path)
    sheet = "xl/worksheets/sheet1.xml"
    content[sheet] = content[sheet].replace(
        b"<sheetData", b'<sheetData xmlns:y="%bspreadsheetml/2006/main"' % USUAL
    )
    package = Package.open(write_parts(content, "mixed.xlsx"))
    with pytest.raises(WorkbookError, match="FILE_STRICT"):
        package.read(sheet)
