"""Characters of cells: texts of which parts look different."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText

from kam_excel.headless.cells.richtext import RichRuns


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


def test_part_of_a_text_gets_another_font(app, sheet, tmp_path):
    cell = sheet["B2"]
    cell.value = " 返利 10% "
    cell.characters[4:7].font.set(bold=True, color=(255, 0, 0), size=14, name="Arial")
    assert (cell.value, cell.characters[4:7].text) == (" 返利 10% ", "10%")
    sheet.book.save(tmp_path / "rich.xlsx")
    again = app.books.open(tmp_path / "rich.xlsx").sheets[0]["B2"]
    assert again.value == " 返利 10% "
    font = again.characters[4:7].font
    assert (font.bold, font.color, font.size, font.name) == (True, (255, 0, 0), 14, "Arial")
    assert (again.characters[:4].font.bold, again.characters.font.bold) == (False, None)
    read = openpyxl.load_workbook(tmp_path / "rich.xlsx", rich_text=True).active["B2"].value
    assert isinstance(read, CellRichText)
    assert [str(run) for run in read] == [" 返利 ", "10%", " "]
    assert (read[1].font.b, read[1].font.rFont, read[1].font.sz) == (True, "Arial", 14)


def test_all_characters_share_the_font_of_the_cell(sheet):
    sheet["A1"].value = "text"
    assert sheet["A1"].characters.font.color == (0, 0, 0)
    sheet["A1"].characters.font.italic = True
    assert sheet["A1"].font.italic is True
    sheet["A1"].characters[0].font.bold = True
    sheet["A1"].characters.font.size = 20
    assert (sheet["A1"].font.size, sheet["A1"].characters[0].font.size) == (20, 20)
    assert sheet["A1"].characters[3].font.bold is False


def test_texts_of_the_file_keep_the_looks_of_their_parts(app, make_file, tmp_path):
    def fill(workbook):
        red = workbook.add_format({"font_color": "#FF0000", "italic": True})
        workbook.add_worksheet().write_rich_string("A1", "plain ", red, "red", " plain")

    sheet = app.books.open(make_file(fill)).sheets[0]
    words = sheet["A1"].characters
    assert (words.text, words[6:9].font.italic, words[7].font.color) == (
        "plain red plain",
        True,
        (255, 0, 0),
    )
    words[7:9].font.bold = True
    assert [words[place].font.bold for place in (5, 6, 7, 8, 9)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert words[7].font.italic is True
    sheet.book.save(tmp_path / "again.xlsx")
    again = app.books.open(tmp_path / "again.xlsx").sheets[0]["A1"]
    assert (again.value, again.characters[7].font.bold) == ("plain red plain", True)


def test_a_value_that_is_written_over_is_plain(sheet):
    sheet["A1"].value = "text"
    sheet["A1"].characters[0].font.bold = True
    sheet["A1"].value = "text"
    assert sheet["A1"].characters[0].font.bold is False


def test_numbers_have_one_font(sheet):
    sheet["A1"].value = 12.5
    assert sheet["A1"].characters.text == "12.5"
    sheet["A1"].characters.font.bold = True
    assert (sheet["A1"].font.bold, sheet["A1"].value) == (True, 12.5)
    with pytest.raises(ValueError, match="only texts"):
        sheet["A1"].characters[0].font.bold = True


def test_characters_are_counted_as_python_counts(sheet):
    sheet["A1"].value = "Python"
    words = sheet["A1"].characters
    assert (words[:3].text, words[-1].text, words[2:].text, words[1:4][1:].text) == (
        "Pyt",
        "n",
        "thon",
        "th",
    )
    with pytest.raises(IndexError):
        words[6]
    with pytest.raises(ValueError, match="negative"):
        words[-2:]


@given(st.text("ab_x0041 \n", min_size=1, max_size=12), st.lists(st.integers(0, 12), max_size=6))
def test_cutting_never_changes_the_text(text, places):
    runs = RichRuns(text)
    for start in places:
        for stop in places:
            inside = runs.cut(start, stop)
            assert "".join(run.text for run in inside) == text[start:stop]
            assert runs.text == text
    assert str(runs.rich_text()) == text


@pytest.fixture
def rich_sheet(app, make_file):
    """A cell of the file of which the middle is red."""

    def fill(workbook):
        red = workbook.add_format({"font_color": "#FF0000"})
        workbook.add_worksheet().write_rich_string("A1", "plain ", red, "red", " plain")

    return app.books.open(make_file(fill)).sheets[0]


@pytest.mark.parametrize(
    "carry",
    [
        lambda cell: cell.copy(cell.sheet["C3"]),
        lambda cell: cell.move(cell.sheet["C3"]),
        lambda cell: cell.sheet["C3"].copy_from(cell),
    ],
)
def test_a_text_that_is_carried_elsewhere_keeps_the_looks_of_its_parts(rich_sheet, carry):
    carry(rich_sheet["A1"])
    words = rich_sheet["C3"].characters
    assert (words.text, words[7].font.color, words[0].font.color) == (
        "plain red plain",
        (255, 0, 0),
        (0, 0, 0),
    )
    assert type(rich_sheet["C3"].value) is str
    assert type(rich_sheet["C3"].formula) is str


def test_writing_what_stands_there_changes_nothing(rich_sheet):
    rich_sheet["A1"].value = "plain red plain"
    rich_sheet.book.impl.flush()
    assert not rich_sheet.book.impl.package.is_changed
    rich_sheet["A1"].value = "other"
    assert rich_sheet["A1"].characters[1].font.color == (0, 0, 0)
    assert rich_sheet["A1"].characters.text == "other"
