"""What refers to a sheet or a table follows, in every part that can refer to one."""

import re

import openpyxl
import pytest

from kam_excel.errors import WorkbookError
from kam_excel.headless.rewriting import markup
from kam_excel.headless.rewriting.changes import SheetRenamed


@pytest.fixture
def linked_file(make_file, tmp_path):
    """A workbook whose sheet "Data" is referred to in about every way."""

    def fill(workbook):
        data, view = workbook.add_worksheet("Data"), workbook.add_worksheet("View")
        data.write_column("A1", ["n", 1, 2, 3])
        data.write_formula("B2", "=Data!A2*2", None, 2)
        data.add_table("D1:E3", {"name": "Stock", "columns": [{"header": "a"}, {"header": "b"}]})
        view.write_formula("A1", "=SUM(Data!$A$2:$A$4)", None, 6)
        view.write_formula("A2", "=SUM(Stock[a])", None, 0)
        view.write_formula("A3", '="Data!A1"&Other!A1', None, "x")
        view.conditional_format("A1:A9", {"type": "formula", "criteria": "=A1>Data!$A$2"})
        view.data_validation("B1", {"validate": "list", "source": "=Data!$A$2:$A$4"})
        view.add_sparkline("C1", {"range": "Data!A2:A4"})
        view.write_url("D1", "internal:Data!A3", string="there")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"name": "=Data!$A$1", "values": "=Data!$A$2:$A$4"})
        view.insert_chart("E5", chart)
        view.insert_textbox("H5", "text", {"textlink": "=Data!$A$1"})
        workbook.define_name("Total", "=SUM(Data!$A$2:$A$4)")
        data.print_area("A1:B9")
        workbook.add_worksheet("Other")

    return make_file(fill, "linked.xlsx")


def plain(data):
    return data.decode().replace("&apos;", "'").replace("&quot;", '"')


def test_all_that_refers_to_a_sheet_follows_its_new_name(app, linked_file, tmp_path, parts):
    book = app.books.open(linked_file)
    book.sheets["Data"].name = "Daten 25"
    book.save(tmp_path / "renamed.xlsx")
    before, after = parts(linked_file), parts(tmp_path / "renamed.xlsx")
    for name, data in before.items():
        if name in ("docProps/app.xml", "xl/workbook.xml"):
            continue
        expected = plain(data).replace("Data!", "'Daten 25'!")
        expected = expected.replace("\"'Daten 25'!A1\"&", '"Data!A1"&')
        assert plain(after[name]) == expected, name
    other = openpyxl.load_workbook(tmp_path / "renamed.xlsx")
    assert other.sheetnames == ["Daten 25", "View", "Other"]
    assert other.defined_names["Total"].attr_text == "SUM('Daten 25'!$A$2:$A$4)"
    assert other["View"]["A3"].value == '="Data!A1"&Other!A1'
    assert other["View"]["D1"].hyperlink.location == "'Daten 25'!A3"


def test_renaming_there_and_back_gives_the_same_parts(app, linked_file, tmp_path, parts):
    book = app.books.open(linked_file)
    book.sheets["Data"].name = "Between"
    book.sheets["Between"].name = "Data"
    book.save(tmp_path / "back.xlsx")
    assert parts(tmp_path / "back.xlsx") == parts(linked_file)


def test_what_is_pending_follows_a_new_name(new_book):
    sheet, other = new_book.sheets[0], new_book.sheets.add("Other")
    sheet["A1"].value = 1
    other["A1"].formula = "=Sheet1!A1"
    other.charts.add(source=sheet["A1:A3"])
    sheet.name = "New"
    new_book.impl.flush()
    assert other["A1"].formula == "=New!A1"
    assert b"<c:f>New!$A$1:$A$3</c:f>" in new_book.impl.package.read("xl/charts/chart1.xml")
    sheet.name = "Newer"
    new_book.impl.flush()
    assert b"<c:f>Newer!$A$1:$A$3</c:f>" in new_book.impl.package.read("xl/charts/chart1.xml")


def test_references_to_a_deleted_sheet_are_lost(app, linked_file, tmp_path):
    book = app.books.open(linked_file)
    book.sheets["Data"].delete()
    book.save(tmp_path / "deleted.xlsx")
    other = openpyxl.load_workbook(tmp_path / "deleted.xlsx")
    assert other.sheetnames == ["View", "Other"]
    view = other["View"]
    assert [view[f"A{row}"].value for row in (1, 2, 3)] == [
        "=SUM(#REF!$A$2:$A$4)",
        "=SUM(#REF!)",
        '="Data!A1"&Other!A1',
    ]
    assert other.defined_names["Total"].attr_text == "SUM(#REF!$A$2:$A$4)"
    assert view.data_validations.dataValidation[0].formula1 == "#REF!$A$2:$A$4"


def test_formulas_follow_a_table_that_is_renamed(app, linked_file, tmp_path):
    book = app.books.open(linked_file)
    table = book.sheets["Data"].tables["Stock"]
    table.name = "Lager"
    assert (table.name, book.sheets["View"]["A2"].formula) == ("Lager", "=SUM(Lager[a])")
    book.save(tmp_path / "table.xlsx")
    assert "Lager" in openpyxl.load_workbook(tmp_path / "table.xlsx")["Data"].tables


def test_formulas_follow_a_column_whose_header_is_written_over(app, linked_file):
    book = app.books.open(linked_file)
    book.sheets["Data"]["D1"].value = "n [1]"
    book.impl.flush()
    assert book.sheets["View"]["A2"].formula == "=SUM(Stock[n '[1']])"


def test_formulas_stay_where_columns_change_places(app, linked_file):
    book = app.books.open(linked_file)
    book.sheets["Data"]["D1:E1"].value = ["b", "a"]
    book.impl.flush()
    assert book.sheets["View"]["A2"].formula == "=SUM(Stock[a])"


@pytest.mark.parametrize(
    ("part", "after"),
    [
        (
            '<pivotCacheDefinition xmlns="x"><cacheSource type="worksheet">'
            '<worksheetSource ref="A1:B2" sheet="Old"/></cacheSource></pivotCacheDefinition>',
            'sheet="New &amp; x"',
        ),
        ('<formControlPr xmlns="x" fmlaLink="Old!$A$1"/>', "fmlaLink=\"'New &amp; x'!$A$1\""),
        ('<p:xml xmlns:p="x"><x:FmlaRange>Old!A1</x:FmlaRange></p:xml>', "'New &amp; x'!A1"),
        ('<cx:chartSpace><cx:f dir="row">Old!A1</cx:f></cx:chartSpace>', ">'New &amp; x'!A1<"),
        ('<connections><parameter cell="Old!A1"/></connections>', "cell=\"'New &amp; x'!A1\""),
        (
            "<worksheet><dataConsolidate><dataRefs><dataRef ref='A1' sheet='Old'/></dataRefs>"
            "</dataConsolidate></worksheet>",
            'sheet="New &amp; x"',
        ),
        (
            '<worksheet><ext><xm:f xmlns:xm="y">Old!A1</xm:f></ext></worksheet>',
            ">'New &amp; x'!A1<",
        ),
    ],
)
def test_parts_of_every_kind_follow(part, after):
    found = markup.rewritten(part.encode(), "", SheetRenamed("Old", "New & x"), "part")
    assert after in found.decode()
    same = markup.rewritten(part.encode(), "", SheetRenamed("Older", "New & x"), "part")
    assert same == part.encode()


def test_nothing_of_a_deleted_sheet_stays_in_the_package(new_book):
    sheet = new_book.sheets.add("Gone")
    sheet["A1"].value = [["a"], [1]]
    sheet.charts.add(source=sheet["A1:A2"])
    sheet.tables.add(sheet["A1:A2"])
    sheet["C1"].impl.add_note("note")
    sheet.delete()
    new_book.impl.flush()
    names = new_book.impl.package.names()
    assert not [name for name in names if re.search("chart|drawing|table|comment|sheet2", name)]


def test_a_part_in_another_encoding_than_it_says_is_refused_by_name():
    part = b"<worksheet><f>Old!A1 \xff</f></worksheet>"
    with pytest.raises(WorkbookError, match="SHEET_XML_UNUSUAL"):
        markup.rewritten(part, "", SheetRenamed("Old", "New"), "xl/worksheets/sheet1.xml")


def test_formulas_in_cdata_sections_follow():
    part = b'<worksheet><f><![CDATA[Old!A1&"<"]]></f></worksheet>'
    found = markup.rewritten(part, "", SheetRenamed("Old", "New"), "part")
    assert found == b'<worksheet><f>New!A1&amp;"&lt;"</f></worksheet>'
