"""AutoFilters: which rows they hide, and how files hold them."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells.filtering import (
    Comparison,
    Condition,
    DateGroup,
    Top,
    Unknown,
    Values,
)
from kam_excel.headless.parts import filters
from kam_excel.headless.parts.filters import FilterXml
from kam_excel.headless.xml.shell import Shell

DATA = [
    ["区域", "金额", "日期", "备注"],
    ["East", 5, dt.datetime(2024, 1, 1), "a*"],
    ["West", 10, dt.datetime(2024, 1, 31), None],
    ["east", 15, dt.datetime(2024, 2, 1), "ab"],
    ["North", 20, dt.datetime(2025, 1, 1), "B"],
    [None, "x", None, "#N/A"],
]


@pytest.fixture
def cells(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = DATA
    return sheet["A1:D6"]


def seen(cells):
    """The rows of data that are not hidden."""
    rows = range(cells.row + 1, cells.row + cells.shape[0])
    return [row for row in rows if not cells.sheet[f"{row}:{row}"].rows.hidden]


CASES = [
    (("values", 1, ["East", "North"]), [2, 4, 5]),
    (("values", 1, [""]), [6]),
    (("values", 2, [10, "x"]), [3, 6]),
    (("values", 4, ["#N/A"]), [6]),
    (("comparison", 1, "equal_to", "EAST"), [2, 4]),
    (("comparison", 1, "not_equal_to", "East"), [3, 5, 6]),
    (("comparison", 1, "equal_to", None), [6]),
    (("comparison", 1, "not_equal_to", None), [2, 3, 4, 5]),
    (("comparison", 1, "greater_than", "north"), [3]),
    (("comparison", 2, "between", 10, 15), [3, 4]),
    (("comparison", 2, "not_between", 10, 15), [2, 5]),
    (("comparison", 2, "less_than_or_equal", 10), [2, 3]),
    (("comparison", 3, "greater_than_or_equal", dt.date(2024, 2, 1)), [4, 5]),
    (("comparison", 3, "equal_to", dt.datetime(2024, 1, 31)), [3]),
    (("comparison", 4, "equal_to", "a*"), [2]),
    (("top_items", 2, 2), [4, 5]),
    (("bottom_items", 2, 1), [2]),
    (("top_percent", 2, 25), [5]),
    (("bottom_percent", 2, 50), [2, 3]),
]


@pytest.mark.parametrize(("asked", "rows"), CASES)
def test_rows_that_do_not_meet_the_criterion_are_hidden(cells, asked, rows):
    kind, *arguments = asked
    getattr(cells.autofilter, f"apply_{kind}")(*arguments)
    assert seen(cells) == rows


@pytest.mark.parametrize(("asked", "rows"), CASES)
def test_criteria_are_read_as_they_were_asked(cells, asked, rows, tmp_path, app):
    kind, field, *arguments = asked
    getattr(cells.autofilter, f"apply_{kind}")(field, *arguments)
    before = [entry.impl for entry in cells.autofilter.criteria]
    cells.sheet.book.save(tmp_path / "made.xlsx")
    cells.sheet.book.close()
    again = app.books.open(tmp_path / "made.xlsx").sheets[0]["A1:D6"]
    assert [entry.impl for entry in again.autofilter.criteria] == before
    assert seen(again) == rows
    kinds = [entry.type for entry in again.autofilter.criteria]
    assert kinds.count("none") == 3
    assert kinds[field - 1] == (kind if arguments != [[""]] else "comparison")


def test_columns_are_filtered_together_and_cleared_one_by_one(cells):
    cells.autofilter.apply_values(1, ["East", "West"])
    cells.autofilter.apply_comparison(2, "greater_than", 5)
    assert seen(cells) == [3, 4]
    cells.autofilter.clear(1)
    assert seen(cells) == [3, 4, 5]
    cells.autofilter.clear()
    assert seen(cells) == [2, 3, 4, 5, 6]


def test_a_file_holds_the_filter_as_excel_writes_it(cells, tmp_path, parts):
    cells.autofilter.apply_values(1, ["East"])
    cells.autofilter.apply_comparison(2, "between", 5, 15)
    path = tmp_path / "made.xlsx"
    cells.sheet.book.save(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet.auto_filter.ref == "A1:D6"
    assert [each.colId for each in sheet.auto_filter.filterColumn] == [0, 1]
    assert sheet.auto_filter.filterColumn[0].filters.filter == ["East"]
    assert sheet.sheet_properties.filterMode
    name = b'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Sheet1!$A$1:$D$6'
    assert name in parts(path)["xl/workbook.xml"]


def test_a_sheet_has_one_filter(cells):
    cells.autofilter.apply_values(1, ["East"])
    with pytest.raises(ValueError, match="different range"):
        cells.sheet["A1:B6"].autofilter.apply_values(1, ["East"])
    assert [each.type for each in cells.sheet["A1:B6"].autofilter.criteria] == ["none", "none"]


def test_a_cell_stands_for_its_region(cells):
    cells.sheet["A1"].autofilter.apply_values(1, ["East"])
    assert cells.autofilter.criteria[0].values == ["East"]


def test_a_formula_without_a_value_is_not_guessed_at(cells):
    cells.sheet["B3"].value = "=WEBSERVICE(A1)"
    with pytest.raises(WorkbookError, match="CELL_NOT_COMPUTED B3"):
        cells.autofilter.apply_comparison(2, "greater_than", 5)
    assert not cells.autofilter.impl._is_there
    assert seen(cells) == [2, 3, 4, 5, 6]


def test_the_filter_of_a_table_stands_in_the_table(cells, tmp_path, parts):
    table = cells.sheet.tables.add(cells, name="Sales")
    cells.autofilter.apply_values(1, ["East"])
    assert table.autofilter.criteria[0].values == ["East"]
    assert seen(cells) == [2, 4]
    cells.sheet.book.save(tmp_path / "made.xlsx")
    made = parts(tmp_path / "made.xlsx")
    assert b'<filterColumn colId="0"><filters><filter val="East"/>' in made["xl/tables/table1.xml"]
    assert b"<autoFilter" not in made["xl/worksheets/sheet1.xml"]
    assert b"_FilterDatabase" not in made["xl/workbook.xml"]
    with pytest.raises(ValueError, match="Sales"):
        _ = cells.sheet["A1:B3"].autofilter


def test_a_filter_that_only_excel_knows_is_refused_and_kept(make_file, app):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_column("A1", ["h", "x", "y"])
        sheet.write_column("B1", ["h", 1, 2])
        sheet.autofilter("A1:B3")

    book = app.books.open(make_file(fill))
    cells = book.sheets[0]["A1:B3"]
    shell = book.sheets[0].impl.model.grid.shell
    colored = '<autoFilter ref="A1:B3"><filterColumn colId="0"><colorFilter dxfId="0"/>'
    shell.put("autoFilter", f"{colored}</filterColumn></autoFilter>")
    assert [each.type for each in cells.autofilter.criteria] == ["unknown", "none"]
    with pytest.raises(WorkbookError, match="FILTER_UNKNOWN"):
        cells.autofilter.apply_values(2, [1])
    assert b"colorFilter" in shell.data
    cells.autofilter.clear(1)
    assert b"colorFilter" not in shell.data


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=5)
criteria = st.one_of(
    st.builds(
        Values,
        st.lists(texts, max_size=3).map(tuple),
        st.booleans(),
        st.lists(st.sampled_from([DateGroup((2024,)), DateGroup((2024, 2, 3))]), max_size=2).map(
            tuple
        ),
    ),
    st.builds(
        Comparison,
        st.lists(
            st.builds(Condition, st.sampled_from(["equal", "notEqual", "lessThan"]), texts),
            min_size=1,
            max_size=2,
        ).map(tuple),
        st.booleans(),
    ),
    st.builds(Top, st.sampled_from([1.0, 10.0, 12.5]), st.booleans(), st.booleans()),
)


@given(st.dictionaries(st.integers(0, 5), criteria, max_size=4), st.sampled_from(["", "x:"]))
def test_what_is_written_is_what_is_read(asked, prefix):
    declared = f' xmlns:{prefix[:-1]}="m"' if prefix else ' xmlns="m"'
    shell = Shell(f"<{prefix}worksheet{declared}><{prefix}sheetData/></{prefix}worksheet>".encode())
    xml = FilterXml(lambda: shell, lambda: None)
    xml.begin(filters.parse_area("A1:F9"))
    for column, criterion in asked.items():
        xml.set(column, criterion)
    assert xml.criteria() == asked
    places = [int(each) for each in etree.fromstring(shell.data).xpath("//@colId")]
    assert places == sorted(asked)
    for column in asked:
        xml.set(column, None)
    assert xml.criteria() == {}


def test_a_column_keeps_what_else_is_said_of_it():
    shell = Shell(
        b'<worksheet xmlns="m"><sheetData/><autoFilter ref="A1:B9"><filterColumn colId="1" '
        b'hiddenButton="1"><dynamicFilter type="today"/></filterColumn></autoFilter></worksheet>'
    )
    xml = FilterXml(lambda: shell, lambda: None)
    assert xml.criteria() == {1: Unknown("dynamicFilter")}
    xml.set(1, Values(("a",)))
    assert b'<filterColumn colId="1" hiddenButton="1"><filters><filter val="a"/>' in shell.data
    xml.set(1, None)
    assert b'<filterColumn colId="1" hiddenButton="1"></filterColumn>' in shell.data
