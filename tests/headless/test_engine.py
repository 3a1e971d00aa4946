import datetime as dt
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
import python_calamine
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam_excel import headless
from kam_excel.errors import WorkbookError


def test_registering_twice_makes_one_engine():
    headless.register(activate=False)
    headless.register(activate=False)
    assert [engine.name for engine in xw.engines].count("headless") == 1


def test_apps_and_books_are_told_apart(app, new_book):
    other = xw.engines["headless"].apps.add(visible=False, add_book=False)
    assert other != app
    assert len(other.books) == 0
    assert app.books[new_book.name] == new_book
    with pytest.raises(KeyError):
        app.books["nothing.xlsx"]
    with app.properties(status_bar="…", display_alerts=False):
        assert app.status_bar == "…"
    other.quit()


def test_no_range_reaches_beyond_its_sheet(new_book):
    sheet = new_book.sheets[0]
    with pytest.raises(ValueError, match="no column 16385"):
        sheet["XFC1"].value = [1, 2, 3]
    with pytest.raises(ValueError, match="no row 1048577"):
        sheet["A1048576"].value = [[1], [2]]
    with pytest.raises(ValueError, match="no row 1048577"):
        sheet.cells.last_cell.offset(1, 0)
    with pytest.raises(IndexError, match="1-based"):
        sheet["A1"].api.Offset(-1, 0)
    assert sheet["XFC1:XFD1"].value == [None, None]
    sheet["XFC1"].value = [1, 2]
    assert sheet["A1048576"].end("up").row == 1


# reading ----------------------------------------------------------------------


def test_reads_what_a_workbook_shows(app, rich_file):
    sheet = app.books.open(rich_file).sheets["销售"]
    assert sheet["A1"].expand("right").value == ["日期", "客户", "金额", "备注"]
    assert sheet["A2:C2"].value == [dt.datetime(2023, 3, 16), "客户1", 100.5]
    assert sheet["C8"].value == 1507.5
    assert sheet["C8"].formula == "=SUM(C2:C6)"
    assert sheet["D2"].value is None
    assert sheet["D2"].options(err_to_str=True).value == "#N/A"
    assert sheet.used_range.address == "$A$1:$D$11"
    assert sheet["B10"].merge_area.address == "$A$10:$C$11"
    assert sheet["A1"].font.bold is True
    assert sheet["A1"].color == (255, 238, 0)
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["A1"].column_width == pytest.approx(14, abs=0.01)


@pytest.mark.parametrize(
    ("given_by", "address"),
    [
        ("A1", "$A$1"),
        ("$B$2:C3", "$B$2:$C$3"),
        ("A:B", "$A:$B"),
        ("2:3", "$2:$3"),
        ("Rate", "$C$2"),
        ("销售!B2", "$B$2"),
    ],
)
def test_finds_cells_by_every_kind_of_address(app, rich_file, given_by, address):
    assert app.books.open(rich_file).sheets["销售"][given_by].address == address


def test_finds_tables_and_their_parts(app, rich_file):
    sheet = app.books.open(rich_file).sheets["table"]
    assert sheet["Stock"].address == "$B$3:$C$4"
    assert sheet["Stock[Qty]"].address == "$C$3:$C$4"
    assert sheet["Stock[#All]"].address == "$B$2:$C$5"
    assert sheet["Stock[#Totals]"].address == "$B$5:$C$5"
    with pytest.raises(ValueError, match="Rate"):
        sheet["Rate"]


def test_addresses_of_ranges(new_book):
    cells = new_book.sheets[0].range((1, 1), (3, 3))
    assert cells.get_address(False, False) == "A1:C3"
    assert cells.get_address(True, False, external=True) == "[Book1]Sheet1!A$1:C$3"
    assert cells.get_address(include_sheetname=True) == "Sheet1!$A$1:$C$3"
    assert cells[1:, 0].address == "$A$2:$A$3"
    assert cells.offset(1, 1).resize(1, 2).address == "$B$2:$C$2"
    assert cells(4).address == "$A$2"
    assert len(new_book.sheets[0].range((1, 1, 0, 3))) == 0


def test_end_and_region_follow_what_is_filled(new_book):
    sheet = new_book.sheets[0]
    sheet["B2"].value = [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    sheet["B8"].value = "far"
    assert sheet["B2"].end("down").address == "$B$4"
    assert sheet["B4"].end("down").address == "$B$8"
    assert sheet["B8"].end("down").row == 1048576
    assert sheet["D3"].end("left").address == "$B$3"
    assert sheet["A3"].end("right").address == "$B$3"
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet["B2"].expand().address == "$B$2:$D$4"


# writing ----------------------------------------------------------------------


def test_writes_and_reads_values_of_every_type(new_book, tmp_path):
    sheet = new_book.sheets[0]
    rows = [
        ["文本", " spaced ", 'a<b>&"c"', "line\nbreak"],
        [1, 2.5, Decimal("3.25"), True],
        [dt.datetime(2024, 5, 6, 7, 8, 9), dt.date(2024, 5, 6), None, float("nan")],
        ["'=text", "'", "=1+1", "#N/A"],
    ]
    sheet["A1"].value = rows
    shown = [
        ["文本", " spaced ", 'a<b>&"c"', "line\nbreak"],
        [1.0, 2.5, 3.25, True],
        [dt.datetime(2024, 5, 6, 7, 8, 9), dt.datetime(2024, 5, 6), None, None],
        ["=text", None, 2.0, None],
    ]
    assert sheet["A1:D4"].value == shown
    new_book.save(tmp_path / "values.xlsx")
    new_book.close()
    again = new_book.app.books.open(tmp_path / "values.xlsx").sheets[0]
    assert again["A1:D4"].value == shown
    assert again["A3"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert again["D4"].options(err_to_str=True).value == "#N/A"
    other = openpyxl.load_workbook(tmp_path / "values.xlsx").active
    assert [cell.value for cell in other[2]] == [1, 2.5, 3.25, True]
    assert other["C4"].value == "=1+1"


def test_a_formula_that_fills_a_range_moves_along(new_book):
    sheet = new_book.sheets[0]
    sheet["C1:C3"].formula = "=A1*$B$1"
    assert sheet["C1:C3"].formula == (("=A1*$B$1",), ("=A2*$B$1",), ("=A3*$B$1",))


def test_data_frames_go_in_and_come_out(new_book):
    sheet = new_book.sheets[0]
    frame = pd.DataFrame(
        {"id": ["a", "b"], "n": [1.5, None], "d": pd.to_datetime(["2024-01-02"] * 2)}
    )
    sheet["A1"].options(index=False).value = frame
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    back = sheet["A1"].options(pd.DataFrame, index=False, expand="table").value
    assert list(back.columns) == ["id", "n", "d"]
    assert back["d"].tolist() == [dt.datetime(2024, 1, 2)] * 2
    assert back["n"].tolist()[0] == 1.5
    assert pd.isna(back["n"].tolist()[1])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("inf"), "NUMBER_NOT_FINITE"),
        ("x" * 32768, "TEXT_TOO_LONG"),
        (dt.date(1850, 1, 1), "DATE_BEFORE_EXCEL"),
    ],
)
def test_what_no_cell_can_hold_is_refused_by_name(new_book, value, code):
    with pytest.raises(WorkbookError) as error:
        new_book.sheets[0]["A1"].value = value
    assert error.value.problems[0].code.name == code


def test_formats_are_set_and_read(new_book, tmp_path):
    sheet = new_book.sheets[0]
    cells = sheet["B2:C3"]
    cells.value = [[1, 2], [3, 4]]
    cells.number_format = "#,##0.00"
    cells.font.bold = True
    cells.font.color = "#ff0000"
    cells.color = (0, 255, 0)
    cells.wrap_text = True
    cells.horizontal_alignment = "center"
    sheet["A:A"].column_width = 20
    sheet["A:A"].number_format = "@"
    sheet["1:1"].row_height = 30
    sheet["A9"].value = "text"
    new_book.save(tmp_path / "formats.xlsx")
    other = openpyxl.load_workbook(tmp_path / "formats.xlsx").active
    cell = other["C3"]
    assert (cell.number_format, cell.font.b, cell.font.color.rgb) == ("#,##0.00", True, "FFFF0000")
    assert (cell.fill.fgColor.rgb, cell.alignment.wrap_text) == ("FF00FF00", True)
    assert cell.alignment.horizontal == "center"
    assert other["A9"].number_format == "@"
    assert other.row_dimensions[1].height == 30
    assert sheet["A1"].column_width == pytest.approx(20)
    assert sheet["B2:C3"].font.bold is True
    assert sheet["A2:C3"].font.bold is None
    cells.clear()
    assert (cells.value, cells.number_format) == ([[None, None]] * 2, "General")


def test_autofit_counts_wide_characters_twice(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["重点客户", "abcd", "x" * 200, None]]
    sheet.autofit()
    assert [sheet.cells(1, column).column_width for column in (1, 2, 3)] == [9, 5, 60]


# sheets and names -------------------------------------------------------------


def test_sheets_are_added_moved_hidden_and_deleted(new_book, tmp_path):
    last = new_book.sheets.add("结果", after=new_book.sheets[0])
    new_book.sheets.add("First", before=new_book.sheets[0])
    assert [sheet.name for sheet in new_book.sheets] == ["First", "Sheet1", "结果"]
    assert new_book.sheets["SHEET1"].index == 2
    last.move(before=new_book.sheets[0])
    new_book.sheets["Sheet1"].visible = False
    new_book.sheets["First"].delete()
    last.name = "Result"
    new_book.save(tmp_path / "sheets.xlsx")
    other = openpyxl.load_workbook(tmp_path / "sheets.xlsx")
    assert other.sheetnames == ["Result", "Sheet1"]
    assert other["Sheet1"].sheet_state == "hidden"
    with pytest.raises(KeyError):
        new_book.sheets["First"]
    with pytest.raises(WorkbookError, match="LAST_VISIBLE_SHEET"):
        last.delete()


def test_what_is_printed_of_a_sheet_follows_its_name(app, make_file, tmp_path):
    def fill(workbook):
        for name in ("it's one", "other"):
            sheet = workbook.add_worksheet(name)
            sheet.print_area("A1:C9")
            sheet.repeat_rows(0)
            sheet.repeat_columns("A:A")
        workbook.worksheets()[0].autofilter("A1:C9")

    book = app.books.open(make_file(fill))
    book.sheets["it's one"].name = "2 new"
    book.save(tmp_path / "renamed.xlsx")
    names = {(each.name, each.refers_to) for each in book.names}
    assert names == {
        ("'2 new'!_xlnm._FilterDatabase", "='2 new'!$A$1:$C$9"),
        ("'2 new'!_xlnm.Print_Area", "='2 new'!$A$1:$C$9"),
        ("'2 new'!_xlnm.Print_Titles", "='2 new'!$A:$A,'2 new'!$1:$1"),
        ("other!_xlnm.Print_Area", "=other!$A$1:$C$9"),
        ("other!_xlnm.Print_Titles", "=other!$A:$A,other!$1:$1"),
    }
    sheet = openpyxl.load_workbook(tmp_path / "renamed.xlsx")["2 new"]
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_names_belong_to_the_book_or_to_a_sheet(app, rich_file, tmp_path):
    book = app.books.open(rich_file)
    assert book.names["Rate"].refers_to_range.address == "$C$2"
    assert [name.name for name in book.sheets["Hidden"].names] == ["Hidden!Local"]
    book.sheets["Table"]["A1"].name = "Corner"
    book.names.add("Tax", "=0.13")
    book.sheets.add("New", before=book.sheets[0])
    assert book.names["Hidden!Local"].refers_to_range.sheet.name == "Hidden"
    with pytest.raises(WorkbookError, match="NAME_INVALID"):
        book.names.add("A1", "=1")
    book.save(tmp_path / "names.xlsx")
    other = openpyxl.load_workbook(tmp_path / "names.xlsx")
    assert other.defined_names["Corner"].attr_text == "Table!$A$1"
    assert other.defined_names["Tax"].attr_text == "0.13"
    assert other["Hidden"].defined_names["Local"].attr_text == "Hidden!$A$1"


def test_panes_are_frozen_and_freed(new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet.freeze_panes.freeze_at("B1")
    new_book.save(tmp_path / "panes.xlsx")
    assert openpyxl.load_workbook(tmp_path / "panes.xlsx").active.freeze_panes == "C2"
    sheet.freeze_panes.unfreeze()
    new_book.save(tmp_path / "panes.xlsx")
    assert openpyxl.load_workbook(tmp_path / "panes.xlsx").active.freeze_panes is None


# files ------------------------------------------------------------------------


def add_result(book: xw.Book) -> None:
    """One cell set, one sheet with a table added: the same however often it is done."""
    book.sheets["销售"]["D3"].value = "已核对"
    if "结果" not in [sheet.name for sheet in book.sheets]:
        sheet = book.sheets.add("结果", after=book.sheets[-1])
        sheet["A1"].value = [["客户", "金额"], ["客户1", 100.5], ["客户2", 201]]
        sheet.tables.add(sheet["A1:B3"], name="kam_result")
    book.sheets["结果"]["A1"].value = [["客户", "金额"], ["客户1", 100.5], ["客户2", 201]]


def test_an_edit_leaves_every_other_part_alone(app, rich_file, tmp_path, parts):
    book = app.books.open(rich_file)
    add_result(book)
    book.save(tmp_path / "edited.xlsx")
    before, after = parts(rich_file), parts(tmp_path / "edited.xlsx")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
    }
    assert set(after) - set(before) == {
        "xl/worksheets/sheet4.xml",
        "xl/worksheets/_rels/sheet4.xml.rels",
        "xl/tables/table2.xml",
    }
    old, new = before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"]
    written = '<c r="D3" t="inlineStr"><is><t>已核对</t></is></c>'.encode()
    assert new.replace(written, b"") == old


def test_the_edited_file_opens_elsewhere(app, rich_file, tmp_path):
    book = app.books.open(rich_file)
    add_result(book)
    book.save(tmp_path / "edited.xlsx")
    other = openpyxl.load_workbook(tmp_path / "edited.xlsx")
    assert other["销售"]["D3"].value == "已核对"
    assert other["结果"].tables["kam_result"].ref == "A1:B3"
    calamine = python_calamine.load_workbook(str(tmp_path / "edited.xlsx"))
    assert calamine.get_sheet_by_name("结果").to_python() == [
        ["客户", "金额"],
        ["客户1", 100.5],
        ["客户2", 201.0],
    ]


def test_saving_unchanged_and_repeating_an_edit_give_the_same_bytes(app, rich_file, tmp_path):
    book = app.books.open(rich_file)
    book.sheets[0].used_range.options(err_to_str=True).value  # noqa: B018 - reading is the point
    book.save(tmp_path / "same.xlsx")
    assert (tmp_path / "same.xlsx").read_bytes() == rich_file.read_bytes()
    add_result(book)
    book.save(tmp_path / "once.xlsx")
    once = (tmp_path / "once.xlsx").read_bytes()
    book.close()
    again = app.books.open(tmp_path / "once.xlsx")
    add_result(again)
    again.save()
    assert (tmp_path / "once.xlsx").read_bytes() == once


def test_excel_computes_again_where_cells_changed_under_formulas(app, rich_file, tmp_path, parts):
    book = app.books.open(rich_file)
    book.sheets[0]["C2"].value = 7
    book.save(tmp_path / "changed.xlsx")
    assert b'fullCalcOnLoad="1"' in parts(tmp_path / "changed.xlsx")["xl/workbook.xml"]


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (lambda sheet: setattr(sheet["A1"], "value", 5), True),
        (lambda sheet: setattr(sheet["B1"], "formula", "=A1+1"), True),
        (lambda sheet: setattr(sheet["B1"], "formula", "=A1+2"), False),
        (lambda sheet: sheet["B1"].clear(), False),
        (lambda sheet: sheet.delete(), False),
    ],
    ids=["value", "same formula", "other formula", "no formula", "no sheet"],
)
def test_the_calculation_chain_goes_when_formulas_change(app, make_file, change, kept):
    def fill(workbook):
        workbook.add_worksheet().write_formula("B1", "=A1+1", None, 1)
        workbook.add_worksheet()

    book = app.books.open(make_file(fill))
    package = book.impl.package
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    package.write("xl/calcChain.xml", chain, "application/xml")
    package.rels("xl/workbook.xml").add("calcChain", "xl/calcChain.xml")
    change(book.sheets[0])
    book.impl.flush()
    assert ("xl/calcChain.xml" in package) is kept
    assert bool(package.rels("xl/workbook.xml").of_type("calcChain")) is kept


def test_dates_of_1904_count_from_there(app, make_file, tmp_path):
    path = make_file(
        lambda workbook: workbook.add_worksheet().write_datetime(
            "A1", dt.datetime(2024, 5, 6), workbook.add_format({"num_format": "yyyy-mm-dd"})
        ),
        date_1904=True,
    )
    book = app.books.open(path)
    assert book.sheets[0]["A1"].value == dt.datetime(2024, 5, 6)
    book.sheets[0]["A2"].value = dt.datetime(2024, 5, 7)
    book.save(tmp_path / "1904.xlsx")
    assert openpyxl.load_workbook(tmp_path / "1904.xlsx").active["A2"].value == dt.datetime(
        2024, 5, 7
    )


def test_what_is_missing_says_what_to_do(new_book):
    with pytest.raises(NotImplementedError, match=r"Book.to_pdf .*Excel"):
        new_book.impl.to_pdf("book.pdf", "standard")


def test_a_save_tells_which_parts_it_changed(app, rich_file):
    book = app.books.open(rich_file)
    book.sheets[0]["D3"].value = "x"
    book.impl.flush()
    assert book.impl.package.changes()["xl/worksheets/sheet1.xml"] == "changed"
    book.save()
    assert "xl/worksheets/sheet1.xml" in book.impl.last_save.parts_changed


values = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(min_size=1, max_size=12).filter(lambda text: text[0] not in "='#"),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 30)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(values, min_size=2, max_size=2), min_size=2, max_size=3))
def test_saved_values_are_read_again(app, tmp_path, rows):
    book = app.books.add()
    book.sheets[0]["A1"].value = rows
    book.save(tmp_path / "law.xlsx")
    book.close()
    again = app.books.open(tmp_path / "law.xlsx")
    assert again.sheets[0].range((1, 1), (len(rows), 2)).value == rows
    again.close()


def test_clearing_what_is_not_there_writes_nothing(new_book):
    sheet = new_book.sheets[0]
    before = new_book.impl.package.read("xl/worksheets/sheet1.xml")
    sheet.clear()
    sheet["B2:D9"].clear()
    sheet["C3"].clear_formats()
    sheet["2:3"].clear()
    new_book.impl.flush()
    assert new_book.impl.package.read("xl/worksheets/sheet1.xml") == before


def test_a_cell_that_is_cleared_differs_from_its_bold_column(new_book):
    sheet = new_book.sheets[0]
    sheet["B:B"].font.bold = True
    sheet["B2"].clear_formats()
    new_book.impl.flush()
    sheet["B2:B3"].value = [[1], [2]]
    assert (sheet["B2"].font.bold, sheet["B3"].font.bold) == (False, True)


def test_one_value_for_merged_cells_is_taken_by_the_first(new_book):
    sheet = new_book.sheets[0]
    sheet["B2:C3"].merge()
    sheet["A1:C3"].value = "x"
    assert sheet["A1:C3"].value == [["x", "x", "x"], ["x", "x", None], ["x", None, None]]
    with pytest.raises(WorkbookError, match="PART_OF_MERGE"):
        sheet["B2"].value = [[1, 2]]
