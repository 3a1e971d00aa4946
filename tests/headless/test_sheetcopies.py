"""Sheets are copied with all that belongs to them."""

import re

import openpyxl
import pytest


@pytest.fixture
def full_file(make_file, tmp_path):
    def fill(workbook):
        look = workbook.add_format({"bold": True, "bg_color": "#FFEE00"})
        sheet = workbook.add_worksheet("Data")
        sheet.write("E9", "x", look)
        sheet.write_row("A2", [1, 2])
        sheet.write_formula("D1", "=Data!A2+Other!A1+SUM(Stock[a])", None, 4)
        sheet.add_table("A1:B3", {"name": "Stock", "columns": [{"header": "a"}, {"header": "b"}]})
        sheet.write_comment("B2", "note")
        sheet.conditional_format(
            "A2:B3", {"type": "formula", "criteria": "=A2>Data!$B$2", "format": look}
        )
        sheet.set_column("A:A", 30)
        sheet.print_area("A1:D9")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Data!$A$2:$A$3"})
        sheet.insert_chart("F2", chart)
        workbook.add_worksheet("Other").write("A1", 1)
        workbook.define_name("Rate", "=Data!$B$2")
        workbook.define_name("Data!Local", "=Data!$A$2")

    return make_file(fill, "full.xlsx")


def test_a_copy_has_all_and_speaks_of_itself(app, full_file, tmp_path, parts):
    book = app.books.open(full_file)
    copy = book.sheets["Data"].copy(after=book.sheets["Data"])
    assert [sheet.name for sheet in book.sheets] == ["Data", "Data (2)", "Other"]
    assert copy["D1"].formula == "='Data (2)'!A2+Other!A1+SUM(Stock_2[a])"
    assert copy.tables[0].name == "Stock_2"
    assert len(copy.charts) == 1
    book.save(tmp_path / "copied.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "copied.xlsx")
    sheet = saved["Data (2)"]
    assert sheet["E9"].font.bold
    assert sheet["B2"].comment.text == "note"
    assert sheet.column_dimensions["A"].width == pytest.approx(30.7, abs=0.1)
    rules = [rule.formula for each in sheet.conditional_formatting for rule in each.rules]
    assert rules == [["A2>'Data (2)'!$B$2"]]
    assert sheet.print_area == "'Data (2)'!$A$1:$D$9"
    names = {name: each.attr_text for name, each in sheet.defined_names.items()}
    assert names == {"Local": "'Data (2)'!$A$2", "Rate": "'Data (2)'!$B$2"}
    assert saved.defined_names["Rate"].attr_text == "Data!$B$2"
    before, after = parts(full_file), parts(tmp_path / "copied.xlsx")
    kept = set(before) - {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}
    assert all(after[name] == before[name] for name in kept)
    ids = [int(re.search(rb'\bid="(\d+)"', after[f"xl/tables/table{n}.xml"])[1]) for n in (1, 2)]
    assert len(set(ids)) == 2
    chart = after["xl/charts/chart2.xml"].decode().replace("&apos;", "'")
    assert "<c:f>'Data (2)'!$A$2:$A$3</c:f>" in chart


def test_changes_of_a_copy_leave_the_original_alone(app, full_file):
    book = app.books.open(full_file)
    data = book.sheets["Data"]
    copy = data.copy(name="Twin")
    copy["1:1"].insert("down")
    copy.tables[0].name = "Mine"
    copy["A3"].value = 99
    assert data["D1"].formula == "=Data!A2+Other!A1+SUM(Stock[a])"
    assert data["A2"].value == 1
    assert copy["D2"].formula == "=Twin!A3+Other!A1+SUM(Mine[a])"
    copy.delete()
    assert [sheet.name for sheet in book.sheets] == ["Data", "Other"]
    assert len(data.charts) == 1


def test_threads_of_a_copy_are_its_own(app, full_file):
    book = app.books.open(full_file)
    package = book.impl.package
    guid = "{12345678-1234-1234-1234-123456789ABC}"
    comments = next(name for name in package.names() if "comments" in name)
    text = package.read(comments).decode()
    authored = text.replace("<author></author>", f"<author>tc={guid}</author>")
    package.write(comments, authored.replace("<author/>", f"<author>tc={guid}</author>").encode())
    thread = f'<ThreadedComments><threadedComment ref="B2" id="{guid}"/></ThreadedComments>'
    package.write("xl/threadedComments/threadedComment1.xml", thread.encode(), "application/xml")
    package.rels("xl/worksheets/sheet1.xml").add(
        "threadedComment", "xl/threadedComments/threadedComment1.xml"
    )
    book.sheets["Data"].copy()
    copy = package.read("xl/threadedComments/threadedComment2.xml").decode()
    new = re.search(r'id="(\{.*?\})"', copy)[1]
    assert new != guid
    assert f"tc={new}" in package.read("xl/comments2.xml").decode()


def test_long_names_make_room_for_their_number(new_book):
    sheet = new_book.sheets[0]
    sheet.name = "x" * 31
    assert sheet.copy().name == "x" * 27 + " (2)"
    assert sheet.copy().name == "x" * 27 + " (3)"


def test_cells_are_copied_to_another_workbook(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    sheet["A1:B2"].value = [["x", 1.5], ["y", None]]
    sheet["B2"].formula = "=B1*2"
    sheet["A1"].color = (255, 0, 0)
    sheet["B1"].number_format = "0.00"
    sheet["A:A"].column_width = 33
    sheet["A4:B4"].merge()
    other = app.books.add()
    copy = sheet.copy(after=other.sheets[0])
    assert copy.name == "Sheet1 (2)"
    other.save(tmp_path / "other.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "other.xlsx")["Sheet1 (2)"]
    assert [[cell.value for cell in row] for row in saved["A1:B2"]] == [["x", 1.5], ["y", "=B1*2"]]
    assert saved["A1"].fill.fgColor.rgb == "FFFF0000"
    assert saved["B1"].number_format == "0.00"
    assert saved.column_dimensions["A"].width == pytest.approx(33.7, abs=0.1)
    assert [str(each) for each in saved.merged_cells.ranges] == ["A4:B4"]


def test_more_than_cells_is_not_copied_to_another_workbook(app, full_file):
    book, other = app.books.open(full_file), app.books.add()
    with pytest.raises(NotImplementedError, match="table"):
        book.sheets["Data"].copy(after=other.sheets[0])
    assert len(other.sheets) == 1
