"""Formulas as they are typed, as files hold them, and the arrays that they give."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from lxml import etree

from kam_excel.errors import WorkbookError
from kam_excel.headless.package.parts import Package
from kam_excel.headless.parts.metadata import dynamic_array
from kam_excel.headless.references.futures import stored, typed
from kam_excel.headless.references.spilling import may_spill


@pytest.fixture
def sheet(new_book):
    return new_book.sheets[0]


@pytest.fixture
def saved(new_book, tmp_path, parts):
    """The parts of the book as a file, and its path."""

    def save():
        path = tmp_path / "made.xlsx"
        new_book.save(path)
        return parts(path), path

    return save


def sheet_xml(made):
    return made["xl/worksheets/sheet1.xml"].decode()


# names of functions -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_typed", "in_files"),
    [
        ("SUM(A1:A3)", "SUM(A1:A3)"),
        ("XLOOKUP(A1,B:B,C:C)", "_xlfn.XLOOKUP(A1,B:B,C:C)"),
        ("SORT(FILTER(A1:A9,B1:B9))", "_xlfn._xlws.SORT(_xlfn._xlws.FILTER(A1:A9,B1:B9))"),
        ("SORTBY(A1:A9,B1:B9)", "_xlfn.SORTBY(A1:A9,B1:B9)"),
        ("STDEV.S(A1:A9)+STDEV(A1:A9)", "_xlfn.STDEV.S(A1:A9)+STDEV(A1:A9)"),
        ("LET(x,A1,y,x+1,x*y)", "_xlfn.LET(_xlpm.x,A1,_xlpm.y,_xlpm.x+1,_xlpm.x*_xlpm.y)"),
        ("MAP(A1:A3,LAMBDA(v,v&\"#\"))", '_xlfn.MAP(A1:A3,_xlfn.LAMBDA(_xlpm.v,_xlpm.v&"#"))'),
        ("SUM(Sheet2!A1#)", "SUM(_xlfn.ANCHORARRAY(Sheet2!A1))"),
        ("@A1:A3+1", "_xlfn.SINGLE(A1:A3)+1"),
        ("@INDEX(A:A,2)+@B1#", "_xlfn.SINGLE(INDEX(A:A,2))+_xlfn.SINGLE(_xlfn.ANCHORARRAY(B1))"),
        ('"UNIQUE("&"@"&A1', '"UNIQUE("&"@"&A1'),
        ("UNIQUE+1", "UNIQUE+1"),
        ("IF(A1=#N/A,Tab[#Headers],0)", "IF(A1=#N/A,Tab[#Headers],0)"),
    ],
)  # fmt: skip
def test_newer_functions_carry_prefixes_in_files(as_typed, in_files):
    assert stored(as_typed) == in_files
    assert typed(in_files) == as_typed
    assert stored(in_files) == in_files


def test_all_functions_that_xlsxwriter_knows_are_known(make_file, parts):
    names = (
        "ACOT AGGREGATE BYROW CONCAT DROP FORECAST.LINEAR IFS MAXIFS NORM.S.DIST T.DIST.2T".split()
    )
    names += "TEXTJOIN VAR.S XMATCH XOR Z.TEST SEQUENCE RANDARRAY UNIQUE FILTER SORT LET".split()

    def fill(workbook):
        workbook.use_future_functions = True
        sheet = workbook.add_worksheet()
        for row, name in enumerate(names):
            sheet.write_formula(row, 0, f"={name}(A1)")

    made = parts(make_file(fill, use_future_functions=True))
    xml = etree.fromstring(made["xl/worksheets/sheet1.xml"])
    assert [stored(f"{name}(A1)") for name in names] == xml.xpath("//*[local-name()='f']/text()")


def test_formulas_are_read_as_they_were_typed(sheet, saved):
    sheet["A1"].value = "=XLOOKUP(B1,C:C,D:D)"
    assert sheet["A1"].formula == "=XLOOKUP(B1,C:C,D:D)"
    made, _ = saved()
    assert "<f>_xlfn.XLOOKUP(B1,C:C,D:D)</f>" in sheet_xml(made)
    assert sheet["A1"].formula == "=XLOOKUP(B1,C:C,D:D)"


# dynamic formulas ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "formula",
    [
        "A1+1", "SUM(A1:A3)", "SUM(A1,Sheet2!B1:B9)", "SUM(Tab[Qty],rate)", "TRUE",
        "VLOOKUP(A1,Sheet2!B:C,2,0)", "SUMIFS(C:C,A:A,A1,B:B,2)", 'IF(MAX(A:A)>1,"a:b",B2)',
    ],
)  # fmt: skip
def test_formulas_that_give_one_value_are_plain(formula):
    assert not may_spill(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "A1:A3", "A1:A3*2", "SUM(A1:A3*B1:B3)", "LEN(A1:A3)", "SUMIFS(C:C,A:A,B1:B2)", "rate*2",
        "VLOOKUP(A1:A2,B:C,2,0)", "{1,2}", "A1#", "SEQUENCE(3)", "Tab[Qty]", "INDEX(A1:B2,0,1)",
    ],
)  # fmt: skip
def test_formulas_that_may_give_several_are_dynamic(formula):
    assert may_spill(formula)


def test_a_dynamic_formula_is_marked_in_the_metadata(sheet, saved, app):
    sheet["B1"].formula2 = "=UNIQUE(A1:A9)"
    sheet["C1"].formula2 = "=SUM(A1:A9)"
    sheet["D1:D2"].formula2 = "=A1:A3*2"
    made, path = saved()
    xml = sheet_xml(made)
    assert '<c r="B1" cm="1"><f t="array" ref="B1">_xlfn.UNIQUE(A1:A9)</f></c>' in xml
    assert '<c r="C1"><f>SUM(A1:A9)</f><v>' in xml
    assert '<c r="D2" cm="1"><f t="array" ref="D2">A2:A4*2</f></c>' in xml
    assert b"XLDAPR" in made["xl/metadata.xml"]
    assert b"sheetMetadata+xml" in made["[Content_Types].xml"]
    sheet.book.close()
    again = app.books.open(path).sheets[0]
    assert again["B1"].formula2 == "=UNIQUE(A1:A9)"
    assert not again["B1"].has_array
    assert again["B1"].value == "#GETTING_DATA"


def test_the_metadata_are_those_that_xlsxwriter_makes(make_file):
    def fill(workbook):
        workbook.add_worksheet().write_dynamic_array_formula("A1", "=UNIQUE(B1:B9)")

    theirs = Package.open(make_file(fill))
    before = theirs.read("xl/metadata.xml")
    assert dynamic_array(theirs) == "1"
    assert theirs.read("xl/metadata.xml") == before
    ours = Package.blank()
    dynamic_array(ours)
    made, expected = (etree.fromstring(each) for each in (ours.read("xl/metadata.xml"), before))
    etree.cleanup_namespaces(made)
    as_lists = [[(e.tag, sorted(e.items())) for e in root.iter()] for root in (made, expected)]
    assert as_lists[0] == as_lists[1]


def test_other_metadata_stay(sheet):
    package = sheet.book.impl.package
    rich = (
        b'<x:metadata xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:metadataTypes count="1"><x:metadataType name="XLRICHVALUE"/></x:metadataTypes>'
        b'<x:futureMetadata name="XLRICHVALUE" count="1"><x:bk/></x:futureMetadata>'
        b'<x:valueMetadata count="1"><x:bk><x:rc t="1" v="0"/></x:bk></x:valueMetadata>'
        b"</x:metadata>"
    )
    package.write("xl/metadata.xml", rich, "application/x")
    package.rels(package.workbook).add("sheetMetadata", "xl/metadata.xml")
    assert (dynamic_array(package), dynamic_array(package)) == ("1", "1")
    root = etree.fromstring(package.read("xl/metadata.xml"))
    order = [etree.QName(each).localname for each in root]
    assert order == "metadataTypes futureMetadata futureMetadata cellMetadata valueMetadata".split()
    assert root.xpath("*/@count") == ["2", "1", "1", "1", "1"]
    assert root.xpath("//*[local-name()='cellMetadata']/*/*/@t") == ["2"]


@pytest.fixture
def spilled(make_file, app):
    """A sheet with a dynamic formula in A1 that spilled to A3."""

    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_dynamic_array_formula("A1:A3", "=SEQUENCE(3)", None, 1)
        sheet.write("A2", 2)
        sheet.write("A3", 3)

    return app.books.open(make_file(fill)).sheets[0]


def test_what_was_spilled_goes_with_its_formula(spilled):
    assert spilled["A1:A3"].formula == (("=SEQUENCE(3)",),) * 3
    with pytest.raises(WorkbookError, match="PART_OF_ARRAY"):
        spilled["A2"].value = 5
    spilled["A1"].value = "x"
    assert spilled["A1:A3"].value == ["x", None, None]
    spilled["A2"].value = 5
    assert spilled["A2"].formula == "5"


# array formulas -----------------------------------------------------------------------------


def test_an_array_formula_takes_its_whole_area(sheet, saved, app):
    sheet["D1:D3"].formula_array = "=A1:A3*B1:B3"
    assert sheet["D2"].has_array
    assert sheet["D1:D3"].formula_array == "=A1:A3*B1:B3"
    assert sheet["D1:E1"].formula_array is None
    assert sheet["D1:D3"].value == ["#GETTING_DATA"] * 3
    with pytest.raises(WorkbookError, match="PART_OF_ARRAY"):
        sheet["D2"].value = 1
    made, path = saved()
    assert '<c r="D1"><f t="array" ref="D1:D3">A1:A3*B1:B3</f></c>' in sheet_xml(made)
    assert openpyxl.load_workbook(path).active["D1"].value.ref == "D1:D3"
    sheet.book.close()
    again = app.books.open(path).sheets[0]
    assert (again["D3"].has_array, again["D3"].formula) == (True, "=A1:A3*B1:B3")
    again["D1:D3"].clear_contents()
    assert not again["D1:D3"].has_array
    again["D2"].value = 1
    assert again["D1:D3"].value == [None, 1, None]


def test_an_array_formula_becomes_a_plain_one(sheet, saved):
    sheet["D1"].formula_array = "=SUM(A1:A3*B1:B3)"
    saved()
    sheet["D1"].formula = "=SUM(A1:A3*B1:B3)"
    assert not sheet["D1"].has_array
    made, _ = saved()
    assert "<f>SUM(A1:A3*B1:B3)</f>" in sheet_xml(made)


def test_an_array_formula_has_no_place_in_a_table(sheet):
    sheet["A1"].value = [["a", "b"], [1, 2], [3, 4]]
    sheet.tables.add(sheet["A1:B3"], name="Tab")
    sheet["B2"].formula_array = "=SUM([@a]*2)"
    assert sheet["B2"].formula_array == "=SUM(Tab[[#This Row],[a]]*2)"
    with pytest.raises(ValueError, match="table"):
        sheet["B2:B3"].formula_array = "=A2:A3"


def test_rows_of_unequal_length_are_refused(sheet):
    with pytest.raises(ValueError, match="A1:B2"):
        sheet["A1:B2"].raw_value = [[1, 2], [3]]


def test_sorting_keeps_the_looks_of_parts_of_a_text(make_file, app):
    def fill(workbook):
        red = workbook.add_format({"color": "red"})
        sheet = workbook.add_worksheet()
        sheet.write_rich_string("A1", "b ", red, "red")
        sheet.write("A2", "a")

    sheet = app.books.open(make_file(fill)).sheets[0]
    sheet["A1:A2"].sort(1)
    assert sheet["A1:A2"].value == ["a", "b red"]
    assert sheet["A2"].characters[2:5].font.color == (255, 0, 0)
    assert sheet["A2"].characters[0:1].font.color == (0, 0, 0)


def test_newer_functions_are_prefixed_in_names_and_rules_too(app, new_book, tmp_path):
    sheet = new_book.sheets[0]
    new_book.names.add("dbl", "=LAMBDA(x,x*2)")
    sheet["A1:A3"].conditional_formats.add_custom("=XLOOKUP(A1,B:B,C:C)>1", fill_color="#ff0000")
    sheet["D1"].data_validation.set_custom('=TEXTBEFORE(D1,"-")<>""')
    new_book.save(tmp_path / "newer.xlsx")
    with zipfile.ZipFile(tmp_path / "newer.xlsx") as package:
        book, cells = (package.read(f"xl/{n}.xml") for n in ("workbook", "worksheets/sheet1"))
    assert b"_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)" in book
    assert b"_xlfn.XLOOKUP(A1" in cells
    assert b"_xlfn.TEXTBEFORE(D1" in cells
    opened = app.books.open(tmp_path / "newer.xlsx")
    assert opened.names["dbl"].refers_to == "=LAMBDA(x,x*2)"
    sheet = opened.sheets[0]
    assert sheet["A1:A3"].conditional_formats[0].formula == "=XLOOKUP(A1,B:B,C:C)>1"
    assert sheet["D1"].data_validation.formula == '=TEXTBEFORE(D1,"-")<>""'
