"""Cells are copied, pasted, dragged, merged and grouped."""

import openpyxl
import pytest

from kam_excel.errors import WorkbookError


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


def test_copied_formulas_move_along_and_what_leaves_the_sheet_is_lost(sheet):
    sheet["B2"].formula = "=A1+$A$1+Sheet1!B1"
    sheet["B2"].copy(sheet["C4"])
    sheet["B2"].copy(sheet["A1"])
    assert sheet["C4"].formula == "=B3+$A$1+Sheet1!C3"
    assert sheet["A1"].formula == "=#REF!+$A$1+Sheet1!#REF!"


def test_all_that_belongs_to_cells_is_copied(new_book, sheet, tmp_path):
    sheet["A1:B2"].value = [["x", 1], ["y", 2]]
    sheet["A1"].color = (255, 255, 0)
    sheet["A1"].add_hyperlink("https://example.com", "link")
    sheet["B2"].impl.add_note("note")
    sheet["A4:B4"].merge()
    sheet["B1:B2"].data_validation.set_custom("=A1>0")
    other = new_book.sheets.add("Other")
    sheet["A1:B4"].copy(other["C3"])
    new_book.save(tmp_path / "copied.xlsx")
    copy = openpyxl.load_workbook(tmp_path / "copied.xlsx")["Other"]
    assert [[cell.value for cell in row] for row in copy["C3:D4"]] == [["link", 1], ["y", 2]]
    assert copy["C3"].fill.fgColor.rgb == "FFFFFF00"
    assert copy["C3"].hyperlink.target == "https://example.com"
    assert copy["D4"].comment.text == "note"
    assert [str(each) for each in copy.merged_cells.ranges] == ["C6:D6"]
    validation = copy.data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula1) == ("D3:D4", "C3>0")


def test_rules_are_copied_within_the_sheet_and_to_others(app, make_file, tmp_path):
    def fill(workbook):
        look = workbook.add_format({"bold": True})
        sheet = workbook.add_worksheet("Data")
        sheet.write_column("A1", [1, 2, 3])
        sheet.conditional_format(
            "A1:A3", {"type": "formula", "criteria": "=A1>$B$1", "format": look}
        )
        sheet.conditional_format("A1:A3", {"type": "data_bar", "data_bar_2010": True})
        workbook.add_worksheet("Other")

    book = app.books.open(make_file(fill))
    data, other = book.sheets
    data["A2:A3"].copy(data["C5"])
    data["A2:A3"].copy(other["C5"])
    book.save(tmp_path / "rules.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "rules.xlsx")
    found = {
        str(each.sqref): each.rules[0].formula for each in saved["Data"].conditional_formatting
    }
    assert set(found) == {"A1:A3 C5:C6"}
    formulas = [
        rule.formula for each in saved["Data"].conditional_formatting for rule in each.rules
    ]
    assert ["A1>$B$1"] in formulas
    copied = {
        str(each.sqref): [rule.formula for rule in each.rules]
        for each in saved["Other"].conditional_formatting
    }
    assert copied == {"C5:C6": [["C5>$B$1"], []]}


def test_parts_of_cells_are_pasted_apart(new_book, sheet):
    sheet["A1:A2"].value = [[2], [None]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A1"].number_format = "0.00"
    sheet["C1:C2"].value = [[10], [20]]
    sheet["A1:A2"].copy()
    sheet["C1"].paste("values", operation="multiply", skip_blanks=True)
    assert sheet["C1:C2"].value == [20, 20]
    sheet["D1"].paste("formats")
    assert (sheet["D1"].color, sheet["D1"].value) == ((255, 0, 0), None)
    sheet["E1"].paste("values_and_number_formats", transpose=True)
    assert (sheet["E1"].number_format, sheet["E1"].color) == ("0.00", None)
    sheet["C1"].formula = "=B1"
    sheet["C1"].paste("values", operation="add")
    assert sheet["C1"].formula == "=(B1)+(2)"
    sheet["F1:F2"].copy_from(sheet["A1:A2"], "link")
    assert [cell.formula for cell in sheet["F1:F2"]] == ["=A1", "=A2"]


def test_a_block_fills_a_multiple_of_itself(sheet):
    sheet["A1:B1"].value = [1, 2]
    sheet["A1:B1"].copy(sheet["A2:D3"])
    assert sheet["A2:D3"].value == [[1, 2, 1, 2], [1, 2, 1, 2]]
    sheet["A1"].copy(sheet["F1:F3"])
    assert sheet["F1:F3"].value == [1, 1, 1]


def test_whole_columns_are_copied_as_far_as_they_are_used(sheet):
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["C5"].value = "old"
    sheet["A:A"].copy(sheet["C:C"])
    assert sheet["C1:C5"].value == [1, 2, 3, None, None]


def test_values_wait_for_formulas_to_be_computed(sheet):
    sheet["A1"].formula = "=1+1"
    sheet["A1"].copy()
    with pytest.raises(WorkbookError, match="CELL_NOT_COMPUTED"):
        sheet["B1"].paste("values")


def test_between_workbooks_values_are_copied(app, sheet):
    other = app.books.add().sheets[0]
    sheet["A1:B1"].value = [1, "x"]
    sheet["A1:B1"].copy()
    other["A1"].paste("values")
    assert other["A1:B1"].value == [1, "x"]
    with pytest.raises(NotImplementedError, match="between workbooks"):
        other["A1"].paste()


def test_cells_are_dragged_with_their_formats(sheet):
    sheet["A1:C1"].value = ["Jan", 1, None]
    sheet["A2:B2"].value = ["Feb", 3]
    sheet["C1"].formula = "=B1*2"
    sheet["C2"].formula = "=B2*2"
    sheet["B2"].color = (255, 0, 0)
    sheet["A1:C2"].autofill(sheet["A1:C5"])
    assert sheet["A1:B5"].value == [["Jan", 1], ["Feb", 3], ["Mar", 5], ["Apr", 7], ["May", 9]]
    assert [cell.formula for cell in sheet["C3:C5"]] == ["=B3*2", "=B4*2", "=B5*2"]
    assert [cell.color for cell in sheet["B3:B5"]] == [None, (255, 0, 0), None]
    sheet["B4:B5"].autofill(sheet["B4:E5"], "fill_copy")
    assert sheet["E4:E5"].value == [7, 9]
    with pytest.raises(ValueError, match="does not hold"):
        sheet["A1"].autofill(sheet["A2:A5"])


def test_merging_keeps_the_first_content_and_one_format(new_book, sheet, tmp_path):
    sheet["B2:C3"].value = [[None, "first"], ["second", None]]
    sheet["B2"].color = (255, 0, 0)
    sheet["B2:C3"].merge()
    assert sheet["B2:C3"].value == [["first", None], [None, None]]
    assert sheet["C3"].color == (255, 0, 0)
    sheet["C3:D4"].merge()
    assert sheet["D4"].merge_area.address == "$B$2:$D$4"
    sheet["F1:G2"].merge(across=True)
    new_book.save(tmp_path / "merged.xlsx")
    other = openpyxl.load_workbook(tmp_path / "merged.xlsx").active
    assert {str(each) for each in other.merged_cells.ranges} == {"B2:D4", "F1:G1", "F2:G2"}
    sheet["A1:H9"].unmerge()
    assert not sheet["B2"].merge_cells
    sheet["A1:B2"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"])
    with pytest.raises(WorkbookError, match="TABLE_OVER_MERGE"):
        sheet["B2:B3"].merge()


def test_rows_and_columns_are_grouped(new_book, sheet, tmp_path):
    sheet["A9"].value = 1
    sheet["2:5"].group()
    sheet["3:4"].group()
    sheet["B:D"].group()
    sheet["C1"].ungroup(by="columns")
    new_book.save(tmp_path / "grouped.xlsx")
    other = openpyxl.load_workbook(tmp_path / "grouped.xlsx").active
    assert [other.row_dimensions[row].outlineLevel for row in range(1, 7)] == [0, 1, 2, 2, 1, 0]
    assert other.column_dimensions["B"].outlineLevel == 1
    assert other.column_dimensions["C"].outlineLevel == 0
    assert other.column_dimensions["D"].outlineLevel == 1
    assert other.sheet_format.outlineLevelRow == 2
    assert other.sheet_format.outlineLevelCol == 1
    for _ in range(5):
        sheet["3:3"].group()
    with pytest.raises(ValueError, match="7 levels"):
        sheet["3:3"].group()
