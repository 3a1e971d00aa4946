"""Cells are cut out and put elsewhere, and references follow."""

import re

import openpyxl
import pytest

from kam_excel.errors import WorkbookError


@pytest.fixture
def sheet(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:B2"].value = [[1, 2], [3, None]]
    sheet["B2"].formula = "=A1+Z9"
    sheet["A1"].color = (255, 0, 0)
    return sheet


def test_references_follow_cells_that_move(new_book, sheet):
    other = new_book.sheets.add("Other")
    new_book.names.add("Corner", "=Sheet1!$A$1")
    sheet["D1"].formula = "=A1+SUM(A1:B2)+SUM(A1:A9)"
    other["A1"].formula = "=Sheet1!B1"
    sheet["A1:B2"].move(sheet["B5"])
    assert sheet["B5:C6"].formula == (("1", "2"), ("3", "=B5+Z9"))
    assert sheet["A1:B2"].value == [[None, None], [None, None]]
    assert sheet["D1"].formula == "=B5+SUM(B5:C6)+SUM(A1:A9)"
    assert other["A1"].formula == "=Sheet1!C5"
    assert new_book.names["Corner"].refers_to == "=Sheet1!$B$5"
    assert (sheet["B5"].color, sheet["A1"].color) == ((255, 0, 0), None)


def test_cells_take_what_they_mean_to_another_sheet(new_book, sheet, tmp_path):
    other = new_book.sheets.add("Other one")
    sheet["A1"].impl.add_note("note")
    sheet["A1:B1"].data_validation.set_custom("=A1>0")
    sheet["D1"].formula = "=B2"
    sheet["E1:F1"].merge()
    sheet["A1:F2"].move(other["A3"])
    new_book.save(tmp_path / "moved.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "moved.xlsx")
    there, here = saved["Other one"], saved["Sheet1"]
    assert [there["B4"].value, there["D3"].value] == ["=A3+Sheet1!Z9", "=B4"]
    assert there["A3"].comment.text == "note"
    assert [str(each) for each in there.merged_cells.ranges] == ["E3:F3"]
    assert str(there.data_validations.dataValidation[0].sqref) == "A3:B3"
    assert here["A1"].comment is None
    assert not here.merged_cells.ranges
    assert not here.data_validations.dataValidation


def test_what_is_written_over_is_lost(sheet):
    sheet["D1"].formula = "=D5+SUM(D1:D9)"
    sheet["A1"].move(sheet["D5"])
    assert sheet["D1"].formula == "=#REF!+SUM(D1:D9)"
    assert sheet["D5"].value == 1


def test_a_block_may_move_over_itself(sheet):
    sheet["A1:B2"].move(sheet["B1"])
    assert sheet["A1:C2"].formula == (("", "1", "2"), ("", "3", "=B1+Z9"))


@pytest.mark.parametrize(
    ("area", "to", "code"),
    [("F2", "H1", "MERGE_CUT"), ("A1", "F2", "MERGE_CUT"), ("J1", "N1", "TABLE_CUT")],
)
def test_nothing_is_cut_in_pieces(new_book, sheet, area, to, code):
    sheet["F1:F2"].merge()
    sheet["J1:J2"].value = [["head"], [1]]
    sheet.tables.add(sheet["J1:J2"])
    new_book.impl.flush()
    before = {name: new_book.impl.package.read(name) for name in new_book.impl.package.names()}
    with pytest.raises(WorkbookError) as error:
        sheet[area].move(sheet[to])
    assert error.value.problems[0].code.name == code
    new_book.impl.flush()
    package = new_book.impl.package
    assert {name: package.read(name) for name in package.names()} == before


def test_nothing_moves_off_the_sheet(sheet):
    with pytest.raises(ValueError, match="no row"):
        sheet["A1:B2"].move(sheet["A1048576"])


def test_sparklines_go_along(app, make_file):
    def fill(workbook):
        sheet = workbook.add_worksheet("Data")
        sheet.write_row("A1", [1, 2, 3])
        sheet.add_sparkline("E1", {"range": "Data!A1:C1"})

    book = app.books.open(make_file(fill))
    sheet = book.sheets[0]
    sheet["E1"].copy(sheet["E3"])
    sheet["E1"].move(sheet["F9"])
    sheet["A1:C1"].move(sheet["A5"])
    book.impl.flush()
    xml = book.impl.package.read("xl/worksheets/sheet1.xml").decode()
    drawn = re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", xml)
    assert drawn == [("Data!A3:C3", "E3"), ("Data!A5:C5", "F9")]
