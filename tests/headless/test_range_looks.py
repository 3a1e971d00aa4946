"""Alignment, indents, colours, sizes and hidden rows and columns of ranges."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


@pytest.fixture
def saved(new_book, tmp_path):
    """The first sheet as openpyxl reads it."""

    def read():
        new_book.save(tmp_path / "made.xlsx")
        return openpyxl.load_workbook(tmp_path / "made.xlsx").active

    return read


def test_alignments_that_differ_are_none(sheet):
    sheet["A1"].horizontal_alignment = "center_across_selection"
    sheet["A2"].vertical_alignment = "top"
    assert sheet["A1:A2"].horizontal_alignment is None
    assert sheet["A1:A2"].vertical_alignment is None
    assert sheet["B1:B2"].horizontal_alignment == "general"
    assert sheet["B1:B2"].vertical_alignment == "bottom"


def test_an_indent_moves_text_from_its_side(sheet, saved):
    sheet["A2"].horizontal_alignment = "right"
    sheet["A1:A2"].adjust_indent(2)
    sheet["A1:A2"].adjust_indent(-1)
    sheet["A3"].adjust_indent(-1)
    read = saved()
    found = [(read[a].alignment.horizontal, read[a].alignment.indent) for a in ("A1", "A2", "A3")]
    assert found == [("left", 1), ("right", 1), (None, 0)]


def test_colours_are_set_cell_by_cell(sheet):
    sheet["B1"].color = "#00FF00"
    sheet["A1:C1"].set_colors([[(255, 0, 0), ..., None]])
    assert [sheet[a].color for a in ("A1", "B1", "C1")] == [(255, 0, 0), (0, 255, 0), None]
    assert sheet["A1:C1"].color is None


def test_an_automatic_font_is_black(sheet):
    assert sheet["A1"].font.color == (0, 0, 0)
    sheet["A2"].font.color = (255, 0, 0)
    assert sheet["A1:A2"].font.color is None


def test_rows_and_columns_hide_and_keep_their_size(sheet, saved):
    sheet["B:B"].column_width = 20
    sheet["2:2"].row_height = 30
    sheet["B2"].columns.hidden = True
    sheet["B2"].rows.hidden = True
    assert (sheet["B2"].column_width, sheet["B2"].row_height) == (0, 0)
    read = saved()
    assert read.column_dimensions["B"].hidden
    assert read.row_dimensions[2].hidden
    sheet["A1:C3"].columns.hidden = False
    sheet["A1:C3"].rows.hidden = False
    assert (sheet["B2"].column_width, sheet["B2"].row_height) == (20, 30)


def test_showing_what_is_not_hidden_writes_nothing(sheet):
    part = sheet.impl.model.grid
    sheet["A1:C3"].rows.hidden = False
    sheet["A1:C3"].columns.hidden = False
    assert not part.is_changed


def test_some_hidden_is_none(sheet):
    sheet["2:2"].rows.hidden = True
    assert sheet["A1:A2"].rows.hidden is None
    assert sheet["A:A"].rows.hidden is None
    assert sheet["A2:C2"].rows.hidden is True


def test_a_width_shows_a_hidden_column_and_zero_hides_it(sheet):
    sheet["A:A"].column_width = 0
    assert sheet["A1"].columns.hidden is True
    sheet["A:A"].column_width = 12
    assert sheet["A1"].columns.hidden is False


@pytest.mark.parametrize(("name", "value"), [("column_width", 256), ("row_height", 410)])
def test_sizes_have_limits(sheet, name, value):
    with pytest.raises(ValueError, match=str(value)):
        setattr(sheet["A1"], name, value)


def test_the_current_region_ends_at_empty_rows_and_columns(sheet):
    sheet["B2"].value = [[1, None, 3], [None, None, 4]]
    sheet["E4"].value = 5
    sheet["G2"].value = 6
    assert sheet["D2"].current_region.address == "$D$2:$E$4"
    sheet["C3"].value = 7
    assert sheet["B2"].current_region.address == "$B$2:$E$4"


def test_rows_that_hold_something_are_not_hidden_by_default(make_file, app):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.set_default_row(hide_unused_rows=True)
        sheet.write("A2", 1)

    sheet = app.books.open(make_file(fill)).sheets[0]
    hidden = [sheet[f"{row}:{row}"].rows.hidden for row in (2, 3)]
    sheet["A3"].value = 5
    assert (hidden, sheet["3:3"].rows.hidden) == ([False, True], False)
    sheet["4:4"].rows.hidden = False
    assert sheet["4:4"].rows.hidden is False


def test_clearing_formats_unmerges_what_lies_inside(make_file, app):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:B1", "x", workbook.add_format({"bold": True}))
        sheet.merge_range("C1:C2", "y")

    sheet = app.books.open(make_file(fill)).sheets[0]
    sheet["A1:D1"].clear_formats()
    assert (sheet["A1"].value, sheet["A1"].font.bold) == ("x", False)
    assert (sheet["A1:B1"].merge_cells, sheet["C1"].merge_area.address) == (False, "$C$1:$C$2")
