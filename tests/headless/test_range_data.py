"""Finding, replacing, sorting and sifting cells of ranges."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells import sorting
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.matching import escaped, pattern
from kam_excel.headless.cells.sheetxml import new_sheet
from kam_excel.headless.cells.special import cells_of
from kam_excel.headless.cells.values import CellError
from kam_excel.headless.package.parts import Package
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


def column(values):
    return [[value] for value in values]


# searching ----------------------------------------------------------------------------------


def test_what_cells_show_is_found(sheet):
    sheet["A1"].value = column([0.125, dt.datetime(2024, 3, 5), 1234.5, True, "A*b"])
    sheet["A1"].number_format = "0.0%"
    sheet["A2"].number_format = 'yyyy"年"m"月"'
    sheet["A3"].number_format = "#,##0.00"
    cells = sheet["A1:A5"]
    found = {
        text: cells.find(text) for text in ("12.5%", "2024年3", "1,234.50", "true", "A~*", "b")
    }
    rows = {text: each and each.row for text, each in found.items()}
    assert rows == {"12.5%": 1, "2024年3": 2, "1,234.50": 3, "true": 4, "A~*": 5, "b": 5}
    assert cells.find("0.125") is None


def test_wildcards_are_understood(sheet):
    sheet["A1"].value = column(["cat", "cart", "ct"])
    assert sheet["A1:A3"].find("c?t", whole=True).row == 1
    assert sheet["A1:A3"].find("c??t", whole=True).row == 2
    assert sheet["A1:A3"].find("c*t", whole=True, direction="backward").row == 3


def test_hidden_cells_are_not_found(sheet):
    sheet["A1"].value = column(["x", "x"])
    sheet["1:1"].rows.hidden = True
    assert sheet["A1:A2"].find("x").row == 2


@given(st.text(max_size=8), st.text(max_size=8))
def test_an_escaped_text_matches_itself_alone(text, other):
    wanted = pattern(escaped(text), match_case=True)
    assert wanted.search(text)
    assert (wanted.search(other) is not None) == (text == other)


def test_text_is_replaced_in_what_cells_hold(sheet):
    sheet["A1"].value = column(["12元", "=1+1", "A元B", 105.0, dt.datetime(2024, 1, 1), "x=5"])
    sheet["A7"].number_format = "@"
    sheet["A7"].value = "'007元"
    cells = sheet["A1:A7"]
    cells.replace_all("元", "")
    cells.replace_all("1", "2")
    cells.replace_all("x", "")
    assert cells.formula[:4] == (("22",), ("=2+2",), ("AB",), ("205",))
    assert sheet["A1"].value == 22.0
    assert sheet["A5"].value == dt.datetime(2024, 1, 1)
    assert sheet["A6"].value == "=5"
    assert sheet["A6"].formula == "=5"
    assert not sheet["A6"].impl._grid.formulas_changed
    assert sheet["A7"].value == "007"


# sorting ------------------------------------------------------------------------------------


def test_rows_move_with_formats_links_and_formulas(sheet):
    sheet["A1"].value = [["name", "n", "double"], ["c", 3, "=B2*2"], ["a", 1, "=B3*2"]]
    sheet["A2"].color = (255, 0, 0)
    sheet["B2"].add_hyperlink("https://example.com", "3")
    sheet["B2"].value = 3
    sheet["A1:C3"].sort(1, has_headers=True)
    assert sheet["A1:C3"].formula == (
        ("name", "n", "double"),
        ("a", "1", "=B2*2"),
        ("c", "3", "=B3*2"),
    )
    assert (sheet["A2"].color, sheet["A3"].color) == (None, (255, 0, 0))
    assert sheet["B3"].hyperlink == "https://example.com"


def test_a_formula_that_would_see_above_the_sheet_loses_its_reference(sheet):
    sheet["A1"].value = column([2, 1])
    sheet["B1"].value = "x"
    sheet["B2"].formula = "=$A$1&A1"
    sheet["A1:B2"].sort(1)
    assert sheet["B1:B2"].formula == (("=$A$1&#REF!",), ("x",))


def test_kinds_are_sorted_as_excel_does(sheet):
    values = ["b", True, None, 2, "A", "#N/A", dt.datetime(1900, 1, 1), -1]
    sheet["A1"].value = column(values)
    cells = sheet["A1:A8"].options(err_to_str=True)
    sheet["A1:A8"].sort(1)
    assert cells.value == [-1, dt.datetime(1900, 1, 1), 2, "A", "b", True, "#N/A", None]
    sheet["A1:A8"].sort(1, ascending=False)
    assert cells.value == ["#N/A", True, "b", "A", 2, dt.datetime(1900, 1, 1), -1, None]


rows_of_data = st.lists(
    st.tuples(st.sampled_from([1.0, 2.0, None]), st.sampled_from(["a", "B", None])),
    min_size=1,
    max_size=8,
)


def grid_with(rows):
    styles = Styles(Package.blank())
    grid = Grid(new_sheet(), "sheet1.xml", (), styles, False)
    numbered = [[*row, float(number)] for number, row in enumerate(rows)]
    grid.write(1, 1, numbered)
    return grid, Area(1, 1, len(rows), 3)


@given(rows_of_data, st.booleans(), st.booleans())
def test_sorting_is_stable_and_loses_nothing(rows, first, second):
    grid, area = grid_with(rows)
    before = grid.contents(area)
    sorting.move_rows(grid, area, sorting.sorted_rows(grid, area, [1, 2], [first, second]))
    after = grid.contents(area)
    assert sorted(after, key=lambda row: row[2]) == before

    def order(row):
        number, text = row[0], row[1]
        sign = 1 if first else -1
        letter = 0 if text is None else ord(text.casefold()) * (1 if second else -1)
        return number is None, sign * (number or 0), text is None, letter, row[2]

    assert after == sorted(before, key=order)
    again = sorting.sorted_rows(grid, area, [1, 2], [first, second])
    assert again == {}


@pytest.mark.parametrize("what", ["merge", "note", "formula"])
def test_what_cannot_move_is_refused_by_name(sheet, what, make_file, app):
    def fill(workbook):
        made = workbook.add_worksheet()
        made.write_column("A1", [2, 1])
        if what == "merge":
            made.merge_range("B1:C1", "x")
        if what == "note":
            made.write_comment("A1", "mind")

    book = app.books.open(make_file(fill))
    cells = book.sheets[0]["A1:C2"]
    if what == "formula":
        book.sheets[0]["A1"].value = "=WEBSERVICE(B1)"
    codes = {"merge": "ROWS_MERGED", "note": "ROWS_HAVE_NOTES", "formula": "CELL_NOT_COMPUTED"}
    with pytest.raises(WorkbookError) as refused:
        cells.sort(1)
    assert refused.value.problems[0].code.name == codes[what]


def test_hidden_rows_stay_in_place(sheet):
    sheet["A1"].value = column([3, 1, 2])
    sheet["2:2"].rows.hidden = True
    sheet["A1:A3"].sort(1)
    assert sheet["A1:A3"].value == [2, 1, 3]


def test_whole_columns_are_sorted_as_far_as_they_are_used(sheet):
    sheet["A1"].value = column([3, 1, 2])
    sheet["A:A"].sort(1)
    assert sheet["A1:A4"].value == [1, 2, 3, None]


def test_rows_that_say_the_same_again_go(sheet):
    sheet["A1"].value = [["k", "n"], ["x", 1], ["X", 2], ["y", 3], ["x", 4]]
    sheet["C1"].value = column(range(5))
    sheet["A1:B5"].remove_duplicates(1, has_headers=True)
    assert sheet["A1:C5"].value == [
        ["k", "n", 0],
        ["x", 1, 1],
        ["y", 3, 2],
        [None, None, 3],
        [None, None, 4],
    ]


def test_a_number_and_its_text_are_not_the_same(sheet):
    sheet["A1"].value = column([1, "1", 1])
    sheet["A1:A3"].remove_duplicates(1)
    assert sheet["A1:A3"].value == [1, "1", None]


# kinds of cells -----------------------------------------------------------------------------


def addresses(areas):
    return [area.get_address(False, False) for area in areas]


def test_cells_of_a_kind_come_as_rectangles(sheet):
    sheet["A1"].value = [[1, 2, "x"], [3, 4, None], [None, "y", True]]
    cells = sheet["A1:C3"]
    assert addresses(cells.get_special_cells("constants", "numbers")) == ["A1:B2"]
    assert addresses(cells.get_special_cells("constants", "text")) == ["C1", "B3"]
    assert addresses(cells.get_special_cells("constants", "logical")) == ["C3"]
    assert addresses(cells.get_special_cells("blanks")) == ["C2", "A3"]
    assert cells.get_special_cells("formulas") == []


def test_visible_cells_leave_hidden_rows_and_columns_out(sheet):
    sheet["2:3"].rows.hidden = True
    sheet["B:B"].columns.hidden = True
    visible = sheet["A1:C5"].get_special_cells("visible")
    assert addresses(visible) == ["A1", "C1", "A4:A5", "C4:C5"]
    assert sheet["A2:A3"].get_special_cells("visible") == []


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=5))
def test_rectangles_cover_the_cells_and_nothing_twice(pattern_of_cells):
    styles = Styles(Package.blank())
    grid = Grid(new_sheet(), "sheet1.xml", (), styles, False)
    grid.write(1, 1, [[1.0 if each else None for each in row] for row in pattern_of_cells])
    area = Area(1, 1, len(pattern_of_cells), 4)
    filled = [cell for each in cells_of(grid, area, "constants", None) for cell in each.cells()]
    blank = [cell for each in cells_of(grid, area, "blanks", None) for cell in each.cells()]
    assert sorted(filled + blank) == list(area.cells())
    assert {grid.value(*cell) for cell in filled} <= {1.0}
    assert {grid.value(*cell) for cell in blank} <= {None}


def test_errors_are_a_kind_of_their_own(sheet):
    sheet["A1"].impl._grid.write(1, 1, [[CellError("#N/A")]])
    assert addresses(sheet["A1:B1"].get_special_cells("constants", "errors")) == ["A1"]
    assert sheet["A1:B1"].get_special_cells("constants", "text") == []


def test_a_whole_sheet_is_looked_through_where_it_has_cells(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["x", number] for number in range(1, 1001)]
    sheet["XFD1000"].value = "last"
    assert sheet.cells.find("last").address == "$XFD$1000"
    assert sheet.cells.find("x", direction="backward").address == "$A$1000"
    assert sheet.cells.find("nowhere") is None
    sheet.cells.replace_all("last", "end")
    assert sheet["XFD1000"].value == "end"
    cells = sheet.cells.get_special_cells("constants")
    assert [each.address for each in cells] == ["$A$1:$B$1000", "$XFD$1000"]
