"""`Range.api`: the members of Excel's own Range that scripts use most."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from xlwings import constants


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


def test_it_is_never_false(sheet):
    assert sheet["A1"].api
    assert sheet[0:0, 0:0].api


def test_fonts_and_fills(sheet, tmp_path):
    cell = sheet["A1"].api
    cell.Font.Name, cell.Font.Size, cell.Font.Bold, cell.Font.Italic = "等线", 14, True, 1
    cell.Font.Color, cell.Font.Underline, cell.Font.Strikethrough = 255, 2, True
    cell.Font.Superscript = True
    cell.Interior.Color = 0xFF0000
    sheet["A2"].api.Interior.ColorIndex = 6
    sheet["A2"].api.Font.ColorIndex = 3
    sheet.book.save(tmp_path / "made.xlsx")
    read = openpyxl.load_workbook(tmp_path / "made.xlsx").active
    font = read["A1"].font
    assert (font.name, font.sz, font.b, font.i, font.u, font.strike) == (
        "等线",
        14,
        1,
        1,
        "single",
        1,
    )
    assert (font.color.rgb, font.vertAlign) == ("FFFF0000", "superscript")
    assert read["A1"].fill.fgColor.rgb == "FF0000FF"
    assert read["A2"].fill.fgColor.rgb == "FFFFFF00"
    assert read["A2"].font.color.rgb == "FFFF0000"
    assert (cell.Font.Color, cell.Font.Underline, cell.Interior.Color) == (255, 2, 0xFF0000)
    assert sheet["A2"].api.Interior.ColorIndex == 6
    sheet["A2"].api.Interior.ColorIndex = constants.ColorIndex.xlColorIndexNone
    sheet["A1"].api.Interior.Pattern = constants.Pattern.xlPatternNone
    assert (sheet["A1"].color, sheet["A2"].color) == (None, None)
    assert sheet["A2"].api.Interior.ColorIndex == -4142


def test_alignment_and_protection(sheet, tmp_path):
    cell = sheet["A1"].api
    cell.HorizontalAlignment, cell.VerticalAlignment = -4108, constants.VAlign.xlVAlignTop
    cell.WrapText, cell.ShrinkToFit, cell.Orientation = True, True, -45
    cell.Locked, cell.FormulaHidden, cell.NumberFormat = False, True, "0.0%"
    sheet["A2"].api.HorizontalAlignment = constants.Constants.xlRight
    sheet["A2"].api.IndentLevel = 3
    sheet["A2"].api.Orientation = constants.Orientation.xlVertical
    sheet.book.save(tmp_path / "made.xlsx")
    read = openpyxl.load_workbook(tmp_path / "made.xlsx").active
    found = read["A1"].alignment
    assert (found.horizontal, found.vertical, found.wrapText) == ("center", "top", True)
    assert (found.shrinkToFit, found.textRotation) == (True, 135)
    assert (read["A1"].protection.locked, read["A1"].protection.hidden) == (False, True)
    assert read["A1"].number_format == "0.0%"
    other = read["A2"].alignment
    assert (other.horizontal, other.indent, other.textRotation) == ("right", 3, 255)
    assert (cell.HorizontalAlignment, cell.Orientation) == (-4108, -45)
    assert sheet["A1:A2"].api.HorizontalAlignment is None


def test_borders_by_number_and_all_at_once(sheet):
    cells = sheet["B2:C3"].api
    cells.Borders.LineStyle = 1
    cells.Borders.Weight = constants.BorderWeight.xlMedium
    cells.Borders(9).LineStyle = constants.LineStyle.xlDouble
    cells.Borders(constants.BordersIndex.xlInsideVertical).Color = 255
    assert sheet["B2:C3"].borders["edge_bottom"].line_style == "double"
    assert sheet["B2:C3"].borders["edge_top"].weight == "medium"
    assert sheet["B2"].borders["edge_right"].color == (255, 0, 0)
    assert sheet["B2"].borders["diagonal_up"].line_style == "none"
    cells.Borders.LineStyle = 0
    assert cells.Borders.LineStyle == -4142


def test_values_and_places(sheet):
    sheet["B2"].value = [[1, dt.datetime(2024, 1, 1)], ["x", None]]
    cells = sheet["B2:C3"].api
    assert cells.Value == ((1.0, dt.datetime(2024, 1, 1)), ("x", None))
    assert cells.Value2 == ((1.0, 45292.0), ("x", None))
    assert (cells.Address, cells.GetAddress(False, False)) == ("$B$2:$C$3", "B2:C3")
    assert (cells.Row, cells.Column, cells.Count, cells.Rows.Count) == (2, 2, 4, 2)
    assert cells.Cells(2, 1).Value == "x"
    assert cells(1, 2).Text == "2024-01-01"
    assert cells.Columns(2).Address == "$C$2:$C$3"
    assert cells.Offset(1, 1).Address == "$C$3:$D$4"
    assert cells.Resize(1).Address == "$B$2:$C$2"
    assert cells.EntireColumn.Address == "$B:$C"
    assert sheet["B1048576"].api.End(-4162).Row == 3
    assert sheet["B2"].api.CurrentRegion.Address == "$B$2:$C$3"
    cells.Cells(1, 1).Formula = "=1+1"
    cells.Cells(2, 2).Value = 5
    assert sheet["B2:C3"].formula == (("=1+1", "45292"), ("x", "5"))
    cells.ClearContents()
    assert sheet["B2:C3"].value == [[None, None], [None, None]]


def test_sizes_of_rows_and_columns(sheet):
    sheet["A1"].value = "a long text in a cell"
    cell = sheet["A1"].api
    cell.RowHeight, cell.ColumnWidth = 30, 5
    cell.EntireColumn.AutoFit()
    assert sheet["A1"].column_width > 15
    cell.EntireRow.Hidden = True
    assert sheet["A1"].rows.hidden is True
    sheet["A1:C1"].api.Columns.Hidden = True
    assert sheet["C1"].columns.hidden is True
    with pytest.raises(ValueError, match="EntireRow"):
        cell.AutoFit()


def test_notes(sheet):
    cell = sheet["A1"].api
    assert cell.Comment is None
    cell.AddComment("mind")
    assert sheet["A1"].note.text == "mind"
    cell.Comment.Text("changed")
    assert cell.Comment.Text() == "changed"
    cell.Comment.Delete()
    assert sheet["A1"].note is None


def test_what_is_missing_names_the_member_of_xlwings(sheet):
    with pytest.raises(
        AttributeError, match=r"Range.Sort .* use the xlwings member 'sort\(keys\)'"
    ):
        sheet["A1"].api.Sort(1)
    with pytest.raises(AttributeError, match=r"Range.Style .* no Excel behind it"):
        sheet["A1"].api.Style = "Good"
    with pytest.raises(AttributeError, match=r"Font.ThemeColor .* 'color'"):
        sheet["A1"].api.Font.ThemeColor = 1
    with pytest.raises(AttributeError, match=r"App.ActiveWindow .* 'sheet.freeze_panes"):
        sheet.book.app.api.ActiveWindow.FreezePanes = True


@pytest.mark.parametrize(
    ("name", "value"),
    [("HorizontalAlignment", 99), ("VerticalAlignment", -4131), ("Orientation", 91)],
)
def test_constants_that_are_not_known_are_named(sheet, name, value):
    with pytest.raises(ValueError, match=str(value)):
        setattr(sheet["A1"].api, name, value)
