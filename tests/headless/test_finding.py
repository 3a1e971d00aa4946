"""The cells that texts name."""

from __future__ import annotations

import pytest


@pytest.fixture
def sheet(make_file, app):
    def fill(workbook):
        sheet = workbook.add_worksheet("数据 1")
        options = {
            "name": "Sales",
            "columns": [{"header": "Key"}, {"header": "Qty [t]"}, {"header": "Price"}],
            "data": [["a", 1, 2], ["b", 3, 4]],
            "total_row": True,
        }
        sheet.add_table("B2:D5", options)
        sheet.write_dynamic_array_formula("F1:F3", "=SEQUENCE(3)")
        other = workbook.add_worksheet("Other")
        other.write("A1", 1)
        workbook.define_name("Rate", "=Other!$A$1")
        workbook.define_name("Again", "=Rate")
        workbook.define_name("Part", "=Sales[Price]")
        workbook.define_name("Both", "=Other!$A$1,Other!$C$3")
        workbook.define_name("Fixed", "=0.5")
        workbook.define_name("'数据 1'!Local", "='数据 1'!$B$2:$C$3")

    return app.books.open(make_file(fill, "book 1.xlsx")).sheets[0]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("c7", "C7"),
        ("$B$3:A1", "A1:B3"),
        ("B:C", "B:C"),
        ("4:2", "2:4"),
        ("'数据 1'!A1", "A1"),
        ("'[book 1.xlsx]数据 1'!A1:B2", "A1:B2"),
        ("Local", "B2:C3"),
        ("'数据 1'!Local", "B2:C3"),
        ("Part", "D3:D4"),
        ("sales", "B3:D4"),
        ("Sales[]", "B3:D4"),
        ("Sales[#All]", "B2:D5"),
        ("Sales[#Headers]", "B2:D2"),
        ("Sales[#Totals]", "B5:D5"),
        ("Sales[key]", "B3:B4"),
        ("Sales[Qty '[t']]", "C3:C4"),
        ("Sales[[Key]:[Price]]", "B3:D4"),
        ("Sales[[#All],[Qty '[t']]]", "C2:C5"),
        ("Sales[[#Headers],[#Data],[Key]]", "B2:B4"),
        ("Sales[[#Totals],[Key]:[Qty '[t']]]", "B5:C5"),
        ("F1#", "F1:F3"),
    ],
)
def test_cells_are_found_by_what_names_them(sheet, text, address):
    assert sheet.range(text).get_address(False, False) == address
    assert sheet[text].address == sheet.range(text).address


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Nobody", ValueError),
        ("A0", ValueError),
        ("XFE1", ValueError),
        ("A1048577", ValueError),
        ("Fixed", ValueError),
        ("Sales[None]", ValueError),
        ("Sales[@Key]", ValueError),
        ("Sales[[#This Row],[Key]]", ValueError),
        ("A1#", ValueError),
        ("Rate", ValueError),  # it is on another sheet
        ("Missing!A1", KeyError),
        ("'[other.xlsx]数据 1'!A1", ValueError),
        ("A1,C3", NotImplementedError),
        ("Both", NotImplementedError),
    ],
)
def test_what_names_no_cells_is_refused(sheet, text, error):
    with pytest.raises(error):
        sheet.range(text)


def test_names_are_found_on_their_sheets(sheet):
    assert sheet.book.names["Again"].refers_to == "=Rate"
    assert sheet.book.sheets["Other"].range("Again").address == "$A$1"


def test_a_book_is_known_by_the_name_that_it_was_saved_under(sheet, tmp_path):
    sheet.book.save(tmp_path / "new.xlsx")
    assert sheet.range("'[new.xlsx]数据 1'!A1").address == "$A$1"
    with pytest.raises(ValueError, match="another workbook"):
        sheet.range("'[book 1.xlsx]数据 1'!A1")


def test_an_empty_range_says_where_it_would_be(sheet):
    empty = sheet[1:1, 2:4]
    assert (empty.address, empty.shape, empty.value) == ("$C$2{0x2}", (0, 2), None)
    assert empty.current_region.address == empty.address
    empty.value = 5
    assert sheet["C2"].value == "Qty [t]"
