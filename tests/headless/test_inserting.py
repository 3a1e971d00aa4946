"""Cells are inserted and deleted, and all that refers to cells follows."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells.cellxml import grammar
from kam_excel.headless.references.addressing import cell_name, parse_area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting.rows import shifted
from kam_excel.headless.rewriting.sheettext import cells_of, rows_of
from kam_excel.headless.xml.nodes import tree


@pytest.fixture
def busy_file(make_file, tmp_path):
    """A workbook in which about everything refers to cells of the sheet "Data"."""

    def fill(workbook):
        head = workbook.add_format({"bold": True, "bg_color": "#FFEE00"})
        data, view = workbook.add_worksheet("Data"), workbook.add_worksheet("View")
        data.write_row("A1", ["id", "n", "twice"], head)
        for row in range(1, 6):
            data.write(row, 0, f"id{row}")
            data.write(row, 1, row)
            data.write_formula(row, 2, f"=B{row + 1}*2", None, row * 2)
        data.write_formula("B8", "=SUM(B2:B6)", None, 15)
        data.write_array_formula("E2:E3", "{=B2:B3*2}", None, 2)
        data.write("E3", 4)
        data.merge_range("A10:C11", "merged", head)
        data.write_comment("B4", "note")
        data.conditional_format(
            "B2:B6", {"type": "formula", "criteria": "=$B2>$B$6", "format": head}
        )
        data.conditional_format("C2:C6", {"type": "data_bar", "data_bar_2010": True})
        data.data_validation("A2:A6", {"validate": "list", "source": "=$G$2:$G$4"})
        data.write_url("A6", "https://example.com", string="id5")
        data.add_sparkline("F2", {"range": "Data!B2:B6"})
        data.set_column("C:C", 30)
        data.set_row(3, 45)
        data.autofilter("A1:C6")
        data.set_h_pagebreaks([4])
        data.print_area("A1:C8")
        data.ignore_errors({"number_stored_as_text": "A2:A6"})
        data.write_column("G2", ["x", "y", "z"])
        view.write_formula("A1", "=Data!B5+SUM(Data!B:B)", None, 0)
        view.add_table(
            "C1:D4",
            {"name": "Tab", "columns": [{"header": "a"}, {"header": "b", "formula": "=Data!$B$5"}]},
        )
        view.add_sparkline("A8", {"range": "Data!B2:B6"})
        view.write_url("A9", "internal:Data!B5")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$B$2:$B$6"})
        data.insert_chart("I5", chart)
        workbook.define_name("Numbers", "=Data!$B$2:$B$6")

    return make_file(fill, "busy.xlsx")


def saved(book, path):
    book.save(path)
    return openpyxl.load_workbook(path)


def part(book, name):
    book.impl.flush()
    return book.impl.package.read(name).decode()


def test_all_follows_inserted_rows(app, busy_file, tmp_path):
    book = app.books.open(busy_file)
    book.sheets["Data"]["4:5"].insert("down")
    other = saved(book, tmp_path / "inserted.xlsx")
    data, view = other["Data"], other["View"]
    assert [data.cell(row, 1).value for row in range(1, 9)] == [
        "id",
        "id1",
        "id2",
        None,
        None,
        "id3",
        "id4",
        "id5",
    ]
    assert [data.cell(row, 3).value for row in (2, 3, 6, 7)] == [
        "=B2*2",
        "=B3*2",
        "=B6*2",
        "=B7*2",
    ]
    assert data["B10"].value == "=SUM(B2:B8)"
    assert isinstance(data["E2"].value, ArrayFormula)
    assert data["E2"].value.ref == "E2:E3"
    assert [str(each) for each in data.merged_cells.ranges] == ["A12:C13"]
    assert data["B6"].comment.text == "note"
    assert {str(each.sqref): each.rules[0].formula for each in data.conditional_formatting} == {
        "B2:B8": ["$B2>$B$8"],
        "C2:C8": [],
    }
    validation = data.data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.formula1) == ("A2:A8", "$G$2:$G$6")
    assert data["A8"].hyperlink.target == "https://example.com"
    assert data.row_dimensions[6].height == 45
    assert data.row_dimensions[4].height is None
    assert data.auto_filter.ref == "A1:C8"
    assert [each.id for each in data.row_breaks.brk] == [6]
    assert data.print_area == "'Data'!$A$1:$C$10"
    assert data.dimensions == "A1:G13"
    assert view["A1"].value == "=Data!B7+SUM(Data!B:B)"
    assert view.tables["Tab"].tableColumns[1].calculatedColumnFormula.attr_text == "Data!$B$7"
    assert other.defined_names["Numbers"].attr_text == "Data!$B$2:$B$8"
    sheet = part(book, "xl/worksheets/sheet1.xml")
    assert "<xm:f>Data!B2:B8</xm:f><xm:sqref>F2</xm:sqref>" in sheet
    assert '<ignoredError sqref="A2:A8"' in sheet
    assert "<xm:sqref>C2:C8</xm:sqref>" in sheet
    other_sheet = part(book, "xl/worksheets/sheet2.xml")
    assert "<xm:f>Data!B2:B8</xm:f><xm:sqref>A8</xm:sqref>" in other_sheet
    assert 'location="Data!B7"' in other_sheet
    assert "<c:f>Data!$B$2:$B$8</c:f>" in part(book, "xl/charts/chart1.xml")
    assert "<xdr:row>6</xdr:row>" in part(book, "xl/drawings/drawing1.xml")
    vml = part(book, "xl/drawings/vmlDrawing1.vml")
    assert "<x:Row>5</x:Row>" in vml


def test_inserting_and_deleting_again_restores_every_part(app, busy_file, tmp_path, parts):
    for address, there, back in [("4:5", "down", "up"), ("B:B", "right", "left")]:
        book = app.books.open(busy_file)
        sheet = book.sheets["Data"]
        sheet[address].insert(there)
        sheet[address].delete(back)
        book.save(tmp_path / "back.xlsx")
        before, after = parts(busy_file), parts(tmp_path / "back.xlsx")
        differing = {name for name in before if before[name] != after.get(name)}
        assert differing <= {"xl/workbook.xml"}, address
        book.close()


def test_all_follows_deleted_rows(app, busy_file, tmp_path):
    book = app.books.open(busy_file)
    book.sheets["Data"]["4:5"].delete("up")
    other = saved(book, tmp_path / "deleted.xlsx")
    data, view = other["Data"], other["View"]
    assert [data.cell(row, 1).value for row in range(1, 5)] == ["id", "id1", "id2", "id5"]
    assert data["B6"].value == "=SUM(B2:B4)"
    assert view["A1"].value == "=Data!#REF!+SUM(Data!B:B)"
    assert data["B4"].comment is None
    assert data["B2"].comment is None
    assert "Note" not in part(book, "xl/drawings/vmlDrawing1.vml")
    assert [str(each) for each in data.merged_cells.ranges] == ["A8:C9"]
    assert other.defined_names["Numbers"].attr_text == "Data!$B$2:$B$4"


def test_all_follows_inserted_columns(app, busy_file, tmp_path):
    book = app.books.open(busy_file)
    book.sheets["Data"]["C:C"].insert("right")
    other = saved(book, tmp_path / "columns.xlsx")
    data = other["Data"]
    assert [data.cell(1, column).value for column in (1, 2, 3, 4)] == ["id", "n", None, "twice"]
    assert data["C1"].font.bold
    assert data["D3"].value == "=B3*2"
    assert data.column_dimensions["D"].width == pytest.approx(30.7, abs=0.1)
    assert "C" not in data.column_dimensions
    assert data["F2"].value.ref == "F2:F3"
    assert [str(each) for each in data.merged_cells.ranges] == ["A10:D11"]
    assert data.auto_filter.ref == "A1:D6"
    assert data.data_validations.dataValidation[0].formula1 == "$H$2:$H$4"


def test_cells_make_room_in_their_columns_alone(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    sheet["E1"].formula = "=B2+C2+SUM(A1:C3)+SUM(B1:B3)"
    sheet["B1:B2"].insert("down")
    assert sheet["A1:C5"].value == [
        ["a", None, "c"],
        [1, None, 3],
        [4, "b", 6],
        [None, 2, None],
        [None, 5, None],
    ]
    assert sheet["E1"].formula == "=B4+C2+SUM(A1:C3)+SUM(B3:B5)"
    sheet["B1:B2"].delete("up")
    assert sheet["A1:C3"].value == [["a", "b", "c"], [1, 2, 3], [4, 5, 6]]
    sheet["A2"].delete("left")
    assert sheet["A2:C2"].value == [2, 3, None]
    sheet["A2"].insert("right")
    assert sheet["A2:C2"].value == [None, 2, 3]


def test_inserted_cells_look_like_their_neighbours(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:A3"].value = [["x"], ["y"], ["z"]]
    sheet["A1"].color = (255, 0, 0)
    sheet["A2"].color = (0, 255, 0)
    sheet["2:2"].row_height = 33
    sheet["2:2"].insert("down")
    assert (sheet["A2"].color, sheet["A2"].row_height) == ((255, 0, 0), 15)
    sheet["2:2"].insert("down", copy_origin="format_from_right_or_below")
    assert sheet["A2"].color == (255, 0, 0)
    sheet["A4"].insert("down", copy_origin="format_from_right_or_below")
    assert sheet["A4"].color == (0, 255, 0)
    assert [cell.color for cell in sheet["A5:A6"]] == [(0, 255, 0), None]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda data, view: data["A10"].insert("down"), "MERGE_CUT"),
        (lambda data, view: data["A11:B11"].delete("up"), "MERGE_CUT"),
        (lambda data, view: data["3:3"].insert("down"), "ARRAY_CUT"),
        (lambda data, view: data["2:2"].delete("up"), "ARRAY_CUT"),
        (lambda data, view: view["C2"].insert("down"), "TABLE_CUT"),
        (lambda data, view: view["1:1"].delete("up"), "TABLE_CUT"),
        (lambda data, view: view["2:4"].delete("up"), "TABLE_CUT"),
    ],
)
def test_what_would_come_apart_is_refused_and_nothing_changes(app, busy_file, act, code):
    book = app.books.open(busy_file)
    with pytest.raises(WorkbookError) as error:
        act(book.sheets["Data"], book.sheets["View"])
    assert error.value.problems[0].code.name == code
    book.impl.flush()
    assert not book.impl.package.is_changed


def test_nothing_is_pushed_off_the_sheet(new_book):
    sheet = new_book.sheets[0]
    sheet["A1048576"].value = 1
    sheet["XFD1"].value = 1
    for address, shift in (("1:1", "down"), ("A1", "down"), ("A:A", "right"), ("A1", "right")):
        with pytest.raises(WorkbookError, match="CELLS_PUSHED_OUT"):
            sheet[address].insert(shift)


def test_a_table_grows_by_rows_and_columns(app, busy_file, tmp_path):
    book = app.books.open(busy_file)
    view = book.sheets["View"]
    table = view.tables["Tab"]
    view["C3:D3"].insert("down")
    view["D:D"].insert("right")
    assert table.range.address == "$C$1:$E$5"
    assert [column.name for column in table.columns] == ["a", "Column1", "b"]
    view["G1"].formula = "=SUM(Tab[b])"
    view["E:E"].delete("left")
    assert view["F1"].formula == "=SUM(#REF!)"
    other = saved(book, tmp_path / "table.xlsx")["View"]
    assert other.tables["Tab"].ref == "C1:D5"
    assert other.tables["Tab"].column_names == ["a", "Column1"]
    assert [other["C1"].value, other["D1"].value] == ["a", "Column1"]


def test_a_table_without_headers_counts_the_columns_that_it_gets(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:B3"].value = [["a", "b"], [1, 2], [3, 4]]
    table = sheet.tables.add(sheet["A1:B3"], name="Tab")
    table.show_headers = False
    sheet["B:C"].insert("right")
    columns = tree(part(new_book, "xl/tables/table1.xml").encode()).first("tableColumns")
    assert columns.attributes["count"] == str(len(columns.children)) == "4"


def test_a_table_goes_with_all_its_rows(app, busy_file, tmp_path):
    book = app.books.open(busy_file)
    view = book.sheets["View"]
    view["G9"].formula = "=ROWS(Tab)"
    view["1:4"].delete("up")
    assert len(view.tables) == 0
    assert view["G5"].formula == "=ROWS(#REF!)"
    other = saved(book, tmp_path / "gone.xlsx")
    assert not other["View"].tables


def test_shared_formulas_stay_shared_where_all_agree(app, make_file, tmp_path):
    path = make_file(lambda workbook: workbook.add_worksheet().write("A1", 1))
    book = app.books.open(path)
    package = book.impl.package
    rows = (
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>1</v></c></row>'
        + "".join(
            f'<row r="{row}"><c r="B{row}"><f t="shared" si="0"/><v>1</v></c></row>'
            for row in (2, 3)
        )
    )
    name = "xl/worksheets/sheet1.xml"
    text = package.read(name).decode()
    start, end = text.index("<sheetData>"), text.index("</sheetData>")
    package.write(name, f"{text[:start]}<sheetData>{rows}{text[end:]}".encode())
    sheet = book.sheets[0]
    sheet["1:1"].insert("down")
    assert 't="shared" ref="B2:B4" si="0">A2*2<' in part(book, name)
    assert [cell.formula for cell in sheet["B2:B4"]] == ["=A2*2", "=A3*2", "=A4*2"]
    sheet["A3"].insert("down")
    assert "shared" not in part(book, name)
    assert [cell.formula for cell in sheet["B2:B4"]] == ["=A2*2", "=A4*2", "=A5*2"]


def test_charts_of_ours_follow(new_book):
    sheet = new_book.sheets[0]
    sheet["A1"].value = [["a", "b"], ["x", 1], ["y", 2]]
    chart = sheet.charts.add(source=sheet["A1:B3"], anchor=sheet["A8"])
    sheet["3:3"].insert("down")
    chart.title = "still ours"
    xml = part(new_book, "xl/charts/chart1.xml")
    assert "<c:f>Sheet1!$B$2:$B$4</c:f>" in xml
    assert "still ours" in xml
    assert chart.top == sheet["A9"].top


def test_rows_of_a_group_are_inserted_into_it(new_book):
    sheet = new_book.sheets[0]
    for row in range(2, 5):
        sheet.impl.model.grid.set_row(row, {"outlineLevel": "1"})
    sheet["3:3"].insert("down")
    levels = [sheet.impl.model.grid.row_attributes(row).get("outlineLevel") for row in range(1, 7)]
    assert levels == [None, "1", "1", "1", "1", None]


def test_values_are_computed_after_cells_came_and_went(new_book):
    sheet = new_book.sheets[0]
    sheet["A1:A3"].value = [[1], [2], [3]]
    sheet["B1"].formula = "=SUM(A1:A3)"
    sheet["2:2"].insert("down")
    sheet["A2"].value = 10
    new_book.impl.flush()
    assert sheet["B1"].value == 16
    sheet["1:1"].insert("down")
    assert sheet["B2"].value == 16
    sheet["5:5"].delete("up")
    assert sheet["B2"].value == 13


@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 6), st.integers(1, 6)), st.integers(1, 99), max_size=12
    ),
    address=st.sampled_from(["2:3", "B:C", "B2:C3", "B2", "A1:A3", "C3:E3", "1:1", "F:F"]),
    axis=st.sampled_from(["rows", "columns"]),
    inserts=st.booleans(),
    origin=st.sampled_from(["before", "behind"]),
)
def test_every_cell_goes_where_it_should(cells, address, axis, inserts, origin):
    area = parse_area(address)
    if area.whole_rows or area.whole_columns:
        axis = "rows" if area.whole_rows else "columns"
    shift = Shift(area, axis, inserts)
    xml = grammar("")
    after = shifted(markup(cells), xml, shift, origin)
    found = {
        (row.number, cell.column): int(cell.markup.partition("<v>")[2].partition("<")[0])
        for row in rows_of(after, xml)
        for cell in cells_of(row.inner, xml)
    }
    moved = {shift.cell(*place): value for place, value in cells.items()}
    moved.pop(None, None)
    assert found == moved
    assert [row.number for row in rows_of(after, xml)] == sorted(
        {row.number for row in rows_of(after, xml)}
    )


def markup(cells):
    rows = []
    for number in sorted({row for row, _ in cells}):
        inner = "".join(
            f'<c r="{cell_name(number, column)}"><v>{cells[number, column]}</v></c>'
            for column in sorted(column for row, column in cells if row == number)
        )
        rows.append(f'<row r="{number}">{inner}</row>')
    return "".join(rows)


def test_a_name_at_hand_says_where_its_cells_are_now(new_book):
    sheet = new_book.sheets[0]
    name = new_book.names.add("Rate", "=Sheet1!$A$3")
    local = sheet.names.add("Local", "=Sheet1!$B$1")
    new_book.sheets.add("First", before=sheet)
    sheet["1:1"].insert("down")
    sheet.name = "Data"
    assert (name.refers_to, local.refers_to) == ("=Data!$A$4", "=Data!$B$2")
    assert (name.refers_to_range.address, local.name) == ("$A$4", "Data!Local")
