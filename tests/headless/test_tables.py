import openpyxl
import pytest

from kam_excel.errors import WorkbookError
from kam_excel.headless.parts.sheettables import unique_headers


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        (["a", "b"], ["a", "b"]),
        (["a", "A", "a"], ["a", "A2", "a3"]),
        ([None, "b", None], ["Column1", "b", "Column3"]),
        ([2024.0, 1.5, True], ["2024", "1.5", "TRUE"]),
        (["Column2", None], ["Column2", "Column3"]),
    ],
)
def test_headers_become_unique_texts_as_in_excel(headers, names):
    assert unique_headers(headers) == names


def test_a_table_is_added_with_all_that_excel_needs(new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["B2"].value = [["客户", "客户", 2024], ["a", 1, 2], ["b", 3, 4]]
    table = sheet.tables.add(sheet["B2:D4"], name="kam_x", table_style_name="TableStyleLight9")
    assert table.range.address == "$B$2:$D$4"
    assert table.header_row_range.value == ["客户", "客户2", "2024"]
    assert table.data_body_range.address == "$B$3:$D$4"
    assert [column.name for column in table.columns] == ["客户", "客户2", "2024"]
    assert sheet["C3"].table.name == "kam_x"
    new_book.save(tmp_path / "table.xlsx")
    other = openpyxl.load_workbook(tmp_path / "table.xlsx").active.tables["kam_x"]
    assert (other.ref, other.autoFilter.ref) == ("B2:D4", "B2:D4")
    assert other.tableStyleInfo.name == "TableStyleLight9"


def test_tables_have_unique_names_and_never_overlap(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2]]
    assert sheet.tables.add(sheet["A1:B2"]).name == "Table1"
    sheet["E1"].value = [["c"], [1]]
    for name, area, code in [
        ("TABLE1", "E1:E2", "NAME_TAKEN"),
        ("A1", "E1:E2", "NAME_INVALID"),
        ("other", "B2:E2", "TABLE_OVERLAPS"),
    ]:
        with pytest.raises(WorkbookError) as error:
            sheet.tables.add(sheet[area], name=name)
        assert error.value.problems[0].code.name == code
    assert len(sheet.tables) == 1


def test_a_table_is_resized_and_renamed(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2]]
    table = sheet.tables.add(sheet["A1:B2"], name="first")
    sheet["C1"].value = "a"
    table.resize(sheet["A1:C9"])
    table.name = "second"
    table.show_autofilter = False
    new_book.save(tmp_path / "resized.xlsx")
    new_book.close()
    again = app.books.open(tmp_path / "resized.xlsx").sheets[0].tables["Second"]
    assert again.range.address == "$A$1:$C$9"
    assert [column.name for column in again.columns] == ["a", "b", "a2"]
    assert again.show_autofilter is False


def test_totals_stand_below_the_data(app, rich_file):
    table = app.books.open(rich_file).sheets["Table"].tables["Stock"]
    assert table.show_totals
    assert table.data_body_range.value == [["a", 1.0], ["b", 2.0]]
    assert table.totals_row_range.address == "$B$5:$C$5"


def test_columns_follow_header_cells_that_are_written_over(new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a", "b"], [1, 2]]
    sheet.tables.add(sheet["A1:B2"], name="kam_x")
    new_book.save(tmp_path / "headers.xlsx")
    sheet["A1:B1"].value = ["金额", None]
    new_book.save()
    other = openpyxl.load_workbook(tmp_path / "headers.xlsx").active
    assert other.tables["kam_x"].column_names == ["金额", "Column2"]
    assert [cell.value for cell in other[1]] == ["金额", "Column2"]
