"""Lines around cells: what is drawn, whose they are, and how files name them."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.styles import lines
from kam_excel.headless.styles.cellformats import Edge
from kam_excel.headless.styles.lines import Drawing

RED = (255, 0, 0)


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


def drawn(path, address):
    """The lines of a cell as openpyxl reads them: `top:thin/FF000000 …`."""
    border = openpyxl.load_workbook(path).active[address].border
    sides = ("left", "right", "top", "bottom", "diagonal")
    found = {side: getattr(border, side) for side in sides}
    return {side: line.style for side, line in found.items() if line is not None and line.style}


def test_an_outline_goes_around_the_cells_only(sheet, tmp_path):
    sheet["B2:C3"].borders.set("outside", line_style="continuous", weight="medium")
    sheet.book.save(tmp_path / "made.xlsx")
    assert drawn(tmp_path / "made.xlsx", "B2") == {"left": "medium", "top": "medium"}
    assert drawn(tmp_path / "made.xlsx", "C3") == {"right": "medium", "bottom": "medium"}
    assert drawn(tmp_path / "made.xlsx", "A1") == {}


def test_lines_between_cells_are_drawn_on_both_of_them(sheet, tmp_path):
    sheet["A1:B1"].borders["inside_vertical"].line_style = "double"
    sheet.book.save(tmp_path / "made.xlsx")
    assert drawn(tmp_path / "made.xlsx", "A1") == {"right": "double"}
    assert drawn(tmp_path / "made.xlsx", "B1") == {"left": "double"}


def test_a_line_is_seen_from_both_cells_and_goes_with_either(sheet):
    sheet["A1"].borders["edge_right"].line_style = "dash"
    assert sheet["B1"].borders["edge_left"].line_style == "dash"
    sheet["B1"].borders["edge_left"].line_style = None
    assert sheet["A1"].borders["edge_right"].line_style == "none"


def test_both_diagonals_share_a_line(sheet, tmp_path):
    cell = sheet["A1"]
    cell.borders["diagonal_up"].line_style = "dash"
    cell.borders["diagonal_down"].color = RED
    assert cell.borders["diagonal_up"].color == RED
    cell.borders["diagonal_up"].line_style = None
    sheet.book.save(tmp_path / "made.xlsx")
    border = openpyxl.load_workbook(tmp_path / "made.xlsx").active["A1"].border
    assert (border.diagonalUp, border.diagonalDown) == (False, True)
    assert border.diagonal.style == "dashed"


def test_whole_columns_get_lines_without_cells(sheet, tmp_path, parts):
    sheet["B:C"].borders.set("all", line_style="continuous")
    sheet.book.save(tmp_path / "made.xlsx")
    xml = parts(tmp_path / "made.xlsx")["xl/worksheets/sheet1.xml"].decode()
    assert "<c " not in xml
    sheet["C7"].value = 1
    assert sheet["C7"].borders["edge_top"].line_style == "continuous"


def test_each_kind_of_cell_gets_one_format(sheet, tmp_path, parts):
    sheet["A1:J20"].borders.set("all", line_style="continuous", weight="thin", color=RED)
    sheet.book.save(tmp_path / "made.xlsx")
    styles = parts(tmp_path / "made.xlsx")["xl/styles.xml"].decode()
    assert 'borders count="2"' in styles


def test_a_theme_colour_stays_when_the_line_changes(make_file, app, parts):
    def fill(workbook):
        plain = workbook.add_format({"border": 1})
        workbook.add_worksheet().write("A1", 1, plain)

    path = make_file(fill)
    with_theme = parts(path)["xl/styles.xml"].replace(
        b'<left style="thin"><color auto="1"/>', b'<left style="thin"><color theme="4" tint="0.4"/>'
    )
    assert b"theme" in with_theme
    book = app.books.open(path)
    book.impl.package.write("xl/styles.xml", with_theme)
    book.save()
    book.close()
    book = app.books.open(path)
    book.sheets[0]["A1"].borders["edge_left"].weight = "thick"
    book.save()
    assert b'<left style="thick"><color theme="4" tint="0.4"/>' in parts(path)["xl/styles.xml"]


STYLES = ["continuous", "dash", "dash_dot", "dash_dot_dot", "dot", "double", "slant_dash_dot"]
drawings = st.builds(
    Drawing,
    line_style=st.sampled_from([None, *STYLES]),
    weight=st.sampled_from([None, "hairline", "thin", "medium", "thick"]),
    color=st.sampled_from([None, RED]),
)


@given(drawings, drawings)
def test_what_is_asked_for_last_is_what_is_drawn(first, second):
    edge = second.over(first.over(None))
    if second.line_style is not None:
        assert lines.line_style(edge) == second.line_style
    elif second.weight is not None:
        assert lines.weight(edge) == second.weight
    assert second.over(edge) == edge


def test_a_weight_that_the_style_lacks_makes_a_plain_line():
    edge = Edge("dashDotDot")
    assert Drawing(weight="medium").over(edge) == Edge("mediumDashDotDot")
    assert Drawing(weight="thick").over(edge) == Edge("thick")
    assert Drawing(weight="thick", remove=True).over(edge) is None
