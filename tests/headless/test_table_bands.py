"""Header and totals rows of tables, tables that wait for data, sorting, references to own rows."""

import openpyxl
import pytest

from kam_excel.errors import WorkbookError


@pytest.fixture
def sheet(new_book):
    sheet = new_book.sheets[0]
    sheet["B2"].value = [
        ["客户", "金额", "备'注"],
        ["乙", 20, "x"],
        ["甲", 10, None],
        ["丙", 30, "y"],
    ]
    return sheet


@pytest.fixture
def table(sheet):
    return sheet.tables.add(sheet["B2:D5"], name="Kunden")


def stored(book, name="Kunden"):
    """The XML of a table."""
    book.impl.flush()
    package = book.impl.package
    tables = [part for part in package.names() if part.startswith("xl/tables/")]
    (part,) = [part for part in tables if f'name="{name}"'.encode() in package.read(part)]
    return package.tree(part)


def test_totals_are_a_word_and_a_sum(app, sheet, table, tmp_path):
    table.resize(sheet["B2:C5"])
    table.show_totals = True
    assert table.totals_row_range.address == "$B$6:$C$6"
    assert sheet["B6:C6"].formula == (("Total", "=SUBTOTAL(109,Kunden[金额])"),)
    assert table.data_body_range.address == "$B$3:$C$5"
    xml = stored(sheet.book)
    assert (xml.get("totalsRowCount"), xml.get("totalsRowShown"), xml.get("ref")) == (
        "1",
        None,
        "B2:C6",
    )
    assert xml.find("{*}autoFilter").get("ref") == "B2:C5"
    sheet.book.save(tmp_path / "totals.xlsx")
    read = openpyxl.load_workbook(tmp_path / "totals.xlsx").active.tables["Kunden"]
    assert (read.totalsRowCount, read.tableColumns[1].totalsRowFunction) == (1, "sum")


def test_texts_are_counted(sheet, table):
    table.show_totals = True
    assert sheet["D6"].formula == "=SUBTOTAL(103,Kunden[备''注])"


def test_totals_come_back_as_they_were(sheet, table):
    table.show_totals = True
    table.show_totals = False
    assert sheet["B6:D6"].value == [None, None, None]
    assert (table.range.address, table.totals_row_range) == ("$B$2:$D$5", None)
    xml = stored(sheet.book)
    # Only a table that never had totals says that it has none.
    assert (xml.get("totalsRowCount"), xml.get("totalsRowShown")) == (None, None)
    sheet["D3:D5"].value = [[1], [2], [3]]
    table.show_totals = True
    assert sheet["D6"].formula == "=SUBTOTAL(103,Kunden[备''注])"


def test_totals_overwrite_nothing(sheet, table):
    sheet["C6"].value = "Quelle"
    with pytest.raises(WorkbookError, match="TABLE_NO_ROOM"):
        table.show_totals = True
    assert (table.range.address, sheet["C6"].value) == ("$B$2:$D$5", "Quelle")


def test_a_header_is_hidden_and_shown_again(sheet, table):
    table.show_headers = False
    assert (table.header_row_range, table.range.address) == (None, "$B$3:$D$5")
    assert sheet["B2:D2"].value == [None, None, None]
    xml = stored(sheet.book)
    assert (xml.get("headerRowCount"), xml.find("{*}autoFilter")) == ("0", None)
    assert [column.name for column in table.columns] == ["客户", "金额", "备'注"]
    table.show_headers = True
    assert sheet["B2:D2"].value == ["客户", "金额", "备'注"]
    assert (table.range.address, table.show_autofilter) == ("$B$2:$D$5", True)


def test_a_header_overwrites_nothing(sheet, table):
    table.show_headers = False
    sheet["B2"].value = "Titel"
    with pytest.raises(WorkbookError, match="TABLE_NO_ROOM"):
        table.show_headers = True


def test_a_header_alone_waits_for_data(app, sheet, tmp_path):
    table = sheet.tables.add(sheet["G2:H2"], name="Leer")
    assert (table.data_body_range, table.insert_row_range.address) == (None, "$G$3:$H$3")
    assert (len(table.rows), stored(sheet.book, "Leer").get("insertRow")) == (0, "1")
    sheet.book.save(tmp_path / "waits.xlsx")
    again = app.books.open(tmp_path / "waits.xlsx").sheets[0]
    table = again.tables["Leer"]
    assert table.insert_row_range.address == "$G$3:$H$3"
    assert table.rows.add(["nur", 1]).range.address == "$G$3:$H$3"
    assert (table.insert_row_range, table.data_body_range.value) == (None, ["nur", 1])
    assert stored(again.book, "Leer").get("insertRow") is None


def test_rows_are_found_by_their_places(sheet, table):
    rows = table.rows
    assert (len(rows), [row.index for row in rows]) == (3, [1, 2, 3])
    assert rows[1].range.value == ["甲", 10, None]
    with pytest.raises(KeyError):
        rows(4)


def test_a_row_is_appended_below_where_nothing_stands(sheet, table):
    sheet["B5:D5"].color = (255, 0, 0)
    row = table.rows.add(["丁", 40, None])
    assert (row.index, row.range.address, table.range.address) == (4, "$B$6:$D$6", "$B$2:$D$6")
    assert (sheet["B6"].value, sheet["C6"].color) == ("丁", (255, 0, 0))


def test_columns_are_found_by_their_names(sheet, table):
    columns = table.columns
    assert ("金额" in [column.name for column in columns], columns["金额"].index) == (True, 2)
    assert columns[0].data_body_range.value == ["乙", "甲", "丙"]
    assert columns.add("地区").range.address == "$E$2:$E$5"
    assert (sheet["E2"].value, table.range.address) == ("地区", "$B$2:$E$5")
    with pytest.raises(ValueError, match="already exists"):
        columns.add("金额")


def test_sorting_moves_rows_and_is_noted(sheet, table):
    sheet["C3"].color = (255, 0, 0)
    sheet["F4"].value = "daneben"
    table.show_totals = True
    table.sort(2, ascending=False)
    assert table.data_body_range.value == [["丙", 30, "y"], ["乙", 20, "x"], ["甲", 10, None]]
    assert (sheet["C4"].color, sheet["F4"].value, sheet["B6"].value) == (
        (255, 0, 0),
        "daneben",
        "Total",
    )
    condition = stored(sheet.book).find("{*}sortState/{*}sortCondition")
    assert dict(condition.attrib) == {"ref": "C3:C5", "descending": "1"}
    with pytest.raises(ValueError, match="use Table"):
        sheet["B2:D5"].sort(1)


def test_a_formula_that_names_its_own_row_is_spelled_out(sheet, table):
    sheet["D3:D5"].formula = "=[@金额]*2+SUM(Kunden[金额])"
    assert sheet["D4"].formula == "=Kunden[[#This Row],[金额]]*2+SUM(Kunden[金额])"
    sheet["F3"].formula = "=[@金额]"  # outside of any table: as it was typed
    assert sheet["F3"].formula == "=[@金额]"


def test_a_table_follows_what_others_write_into_its_part(sheet, table):
    other = sheet.tables["Kunden"]
    other.name = "Partner"
    assert table.name == "Partner"
    table.show_table_style_first_column = True
    assert (other.name, other.show_table_style_first_column) == ("Partner", True)


def test_other_sources_are_refused(sheet):
    with pytest.raises(NotImplementedError, match="source"):
        sheet.tables.add(sheet["B2:D5"], destination=sheet["H1"])


def test_new_rows_get_the_formula_that_a_column_has_throughout(app, sheet, table, tmp_path):
    sheet["D3:D5"].formula = "=[@金额]*2"
    sheet["B3:B5"].formula = "=C3&1"  # other words in each row: no formula of the column
    sheet.book.save(tmp_path / "calculated.xlsx")
    columns = stored(sheet.book).findall("{*}tableColumns/{*}tableColumn")
    assert [each.findtext("{*}calculatedColumnFormula") for each in columns] == [
        None,
        None,
        "Kunden[[#This Row],[金额]]*2",
    ]
    again = app.books.open(tmp_path / "calculated.xlsx").sheets[0]
    row = again.tables["Kunden"].rows.add()
    assert row.range.formula == (("", "", "=Kunden[[#This Row],[金额]]*2"),)
