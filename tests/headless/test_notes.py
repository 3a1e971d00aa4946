import re

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.notes import boxes as noteboxes
from kam_excel.headless.notes import vml
from kam_excel.headless.notes.vml import VmlDrawing


def changes(book):
    book.impl.flush()
    return book.impl.package.changes()


def saved(book, tmp_path, name="notes.xlsx"):
    book.save(tmp_path / name)
    book.close()
    return tmp_path / name


def test_notes_are_read_back_by_us_and_by_others(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    texts = {"A1": "第一行\n<&>_x0041_", "C7": " padded ", "XFD1048576": "corner"}
    for cell, text in texts.items():
        note = sheet[cell].add_note(text)
        assert (note.text, note.author, note.location.address) == (text, "", sheet[cell].address)
    path = saved(new_book, tmp_path)
    again = app.books.open(path).sheets[0]
    assert {note.location.get_address(False, False): note.text for note in again.notes} == texts
    assert again["B1"].note is None
    assert openpyxl.load_workbook(path).active["C7"].comment.text == " padded "


def test_existing_notes_and_their_boxes_stay(app, rich_file, tmp_path):
    book = app.books.open(rich_file)
    sheet = book.sheets["销售"]
    assert sheet["B2"].note.text == "重点客户"
    before = {part: book.impl.package.read(part) for part in book.impl.package.names()}
    sheet["B3"].add_note("新的")
    changed = {part for part, _ in changes(book).items()}
    assert changed == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    for part in changed:
        data, old = book.impl.package.read(part), before[part]
        shared = next(i for i, (a, b) in enumerate(zip(data, old, strict=False)) if a != b)
        added = data[shared : shared + len(data) - len(old)]
        assert data == old[:shared] + added + old[shared:]
    ids = re.findall(rb'id="_x0000_s(\d+)"', book.impl.package.read("xl/drawings/vmlDrawing1.vml"))
    assert len(set(ids)) == len(ids) == 2
    path = saved(book, tmp_path)
    read = openpyxl.load_workbook(path)["销售"]
    assert (read["B2"].comment.text, read["B3"].comment.text) == ("重点客户", "新的")


def test_the_same_again_changes_nothing(app, new_book, tmp_path):
    def fill(sheet):
        for cell, text in (("A1", "one"), ("B2", "two\nlines")):
            sheet[cell].value = 1
            sheet[cell].add_note(text)

    fill(new_book.sheets[0])
    book = app.books.open(saved(new_book, tmp_path))
    sheet = book.sheets[0]
    for note in sheet.notes:
        note.delete()
    fill(sheet)
    assert changes(book) == {}
    sheet["A1"].clear()
    sheet["B2"].clear()
    fill(sheet)
    assert changes(book) == {}
    sheet["A1"].note.text = "one"
    assert changes(book) == {}
    sheet["A1"].note.text = "other"
    assert changes(book) == {"xl/comments1.xml": "changed"}


def test_deleted_notes_take_their_parts_with_them(app, new_book, tmp_path):
    blank = set(new_book.impl.package.names())
    sheet = new_book.sheets[0]
    sheet["A1"].add_note("x")
    book = app.books.open(saved(new_book, tmp_path))
    book.sheets[0]["A1"].note.delete()
    book.impl.flush()
    rels = {"xl/worksheets/_rels/sheet1.xml.rels"}
    assert set(book.impl.package.names()) - rels == blank
    assert b"legacyDrawing" not in book.impl.package.read("xl/worksheets/sheet1.xml")
    assert book.sheets[0]["A1"].note is None


def test_a_note_that_is_replaced_has_no_old_author(app, rich_file):
    book = app.books.open(rich_file)
    sheet = book.sheets["销售"]
    sheet["B2"].note.delete()
    sheet["B2"].add_note("anders")
    book.impl.flush()
    assert [(note.text, note.author) for note in sheet.notes] == [("anders", "")]
    drawing = book.impl.package.read("xl/drawings/vmlDrawing1.vml")
    assert drawing.count(b"ClientData ") == 1


def test_clear_takes_notes_out_and_clear_contents_does_not(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].add_note("a")
    sheet["B2"].add_note("b")
    sheet["A1:B2"].clear_contents()
    sheet["B2"].clear()
    assert [note.text for note in sheet.notes] == ["a"]


THREADED = """<ThreadedComments
 xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment
 ref="B2" dT="2024-01-01T00:00:00.00" personId="{0}" id="{1}"><text>?</text></threadedComment>
</ThreadedComments>"""
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def test_threaded_comments_are_left_alone(app, rich_file):
    book = app.books.open(rich_file)
    package, sheet = book.impl.package, book.sheets["销售"]
    package.write("xl/threadedComments/threadedComment1.xml", THREADED.encode())
    package.rels(sheet.impl.model.part).add(THREADS, "xl/threadedComments/threadedComment1.xml")
    shadow = package.read("xl/comments1.xml").replace(
        b"<author></author>", b"<author>tc={1}</author>"
    )
    package.write("xl/comments1.xml", shadow)
    assert sheet["B2"].note is None
    with pytest.raises(WorkbookError, match="NOTE_THREADED"):
        sheet["B2"].add_note("x")
    sheet["B3"].add_note("y")
    sheet["B2:B3"].clear()
    book.impl.flush()
    assert package.read("xl/comments1.xml").count(b'ref="B2"') == 1
    assert [note.text for note in sheet.notes] == []


BUTTON = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:office="urn:x"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
 <v:shape id="_x0000_s3073" type="#_x0000_t201"><x:ClientData ObjectType="Button"/></v:shape>
</xml>"""
PREFIXED = """<m:worksheet xmlns:m="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><m:sheetData/>
 <m:legacyDrawing q:id="rId1"/><m:tableParts count="0"/></m:worksheet>"""


@pytest.fixture
def with_button(new_book):
    """A sheet with prefixes and a form control."""
    package, part = new_book.impl.package, new_book.impl.model.sheets()[0].part
    package.write(part, PREFIXED.encode())
    package.write("xl/drawings/vmlDrawing9.vml", BUTTON.encode(), vml.CONTENT_TYPE)
    package.rels(part).add("vmlDrawing", "xl/drawings/vmlDrawing9.vml")
    return new_book


def test_form_controls_stay_beside_notes(with_button, tmp_path):
    sheet, package = with_button.sheets[0], with_button.impl.package
    sheet["A1"].add_note("x")
    with_button.impl.flush()
    drawing = package.read("xl/drawings/vmlDrawing9.vml").decode()
    assert drawing.startswith(BUTTON.removesuffix("</xml>"))
    assert 'id="_x0000_s3074"' in drawing
    VmlDrawing(drawing.encode(), "").check()
    assert openpyxl.load_workbook(saved(with_button, tmp_path)).active["A1"].comment.text == "x"


def test_without_its_notes_a_drawing_keeps_form_controls(with_button):
    sheet, package = with_button.sheets[0], with_button.impl.package
    sheet["A1"].add_note("x")
    with_button.impl.flush()
    sheet["A1"].note.delete()
    with_button.impl.flush()
    assert b"Button" in package.read("xl/drawings/vmlDrawing9.vml")
    assert b"legacyDrawing" in package.read(sheet.impl.model.part)
    assert "xl/comments1.xml" not in package


@pytest.mark.parametrize("data", [b"<xml><br></xml>", b"<html/>", b"\xff\xfe\x00"])
def test_an_odd_drawing_is_refused_at_once(with_button, data):
    with_button.impl.package.write("xl/drawings/vmlDrawing9.vml", data)
    with pytest.raises(WorkbookError, match="NOTES_UNUSUAL"):
        with_button.sheets[0]["A1"].add_note("x")
    assert with_button.sheets[0]["A1"].note is None


def test_many_notes_have_ids_of_their_own(new_book):
    second = new_book.sheets.add("Second", after=new_book.sheets[0])
    for sheet in (new_book.sheets[0], second):
        for row in range(1, 1101):
            sheet.range((row, 1)).add_note("x")
    new_book.impl.flush()
    package = new_book.impl.package
    parts = [package.read(f"xl/drawings/vmlDrawing{number}.vml") for number in (1, 2)]
    ids = [each for data in parts for each in re.findall(rb'id="_x0000_s(\d+)"', data)]
    assert len(ids) == len(set(ids)) == 2200
    listed = [set(re.findall(rb"\d+", re.search(rb'data="([^"]+)"', data)[1])) for data in parts]
    assert listed == [{b"1", b"2"}, {b"3", b"4"}]


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("x", 72, 21),
        ("客户经理一二三四五六七八九", 139, 21),
        ("a" * 20 + "\nb", 109, 33),
        ("a" * 112, 288, 57),
        ("\n" * 99, 72, 409.5),
    ],
)
def test_boxes_fit_their_text(text, width, height):
    assert noteboxes.size(text) == (width, height)


def test_a_box_stands_beside_its_cell(new_book):
    sheet = new_book.sheets[0]
    sheet["C4"].add_note("x")
    sheet["D:D"].column_width = 40
    new_book.impl.flush()
    drawing = new_book.impl.package.read("xl/drawings/vmlDrawing1.vml").decode()
    assert re.search("<x:Anchor>(.*?)</x:Anchor>", drawing)[1] == "3, 15, 2, 10, 3, 111, 3, 18"
    assert "visibility:hidden" in drawing


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(notes=st.dictionaries(st.sampled_from(["A1", "B7", "C3"]), texts))
def test_texts_come_back_as_they_were(app, notes):
    book = app.books.add()
    sheet = book.sheets[0]
    for cell, text in notes.items():
        sheet[cell].add_note(text)
    book.impl.flush()
    assert {n.location.get_address(False, False): n.text for n in sheet.notes} == notes
    before = {part: book.impl.package.read(part) for part in book.impl.package.names()}
    for note in sheet.notes:
        note.delete()
    for cell in reversed(notes):
        sheet[cell].add_note(notes[cell])
    book.impl.flush()
    assert {part: book.impl.package.read(part) for part in book.impl.package.names()} == before
    book.close()


def test_the_relationships_of_a_sheet_go_with_the_last_one(new_book):
    sheet, package = new_book.sheets[0], new_book.impl.package
    sheet["A1"].add_note("for a while")
    new_book.impl.flush()
    assert "xl/worksheets/_rels/sheet1.xml.rels" in package
    sheet["A1"].note.delete()
    new_book.impl.flush()
    assert not [name for name in package.names() if "sheet1.xml.rels" in name or "vml" in name]
