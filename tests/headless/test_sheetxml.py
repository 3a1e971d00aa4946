import pytest

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells.sheetxml import RowChange, SheetXml, new_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = (
    '<row r="2" spans="1:2" ht="20" x14ac:dyDescent="0.3">'
    '<c r="A2" s="3"><v>1</v></c> <c r="B2" t="s"><v>0</v></c></row>\n<row r="5"/>'
)


def sheet(rows: str = ROWS, prefix: str = "", around: str = '<dimension ref="A2:B2"/>') -> SheetXml:
    p = f"{prefix}:" if prefix else ""
    name = f":{prefix}" if prefix else ""
    data = f"<{p}sheetData>{rows}</{p}sheetData>" if rows else f"<{p}sheetData/>"
    xml = f'<{p}worksheet xmlns{name}="{MAIN}" xmlns:x14ac="urn:x">{around}{data}</{p}worksheet>'
    return SheetXml(xml.encode(), "xl/worksheets/sheet1.xml")


def rewritten(source: SheetXml, changes: dict[int, dict[int, str | None]]) -> str:
    return source.rewritten({row: RowChange(cells) for row, cells in changes.items()}).decode()


def test_without_changes_the_bytes_stay():
    assert ROWS in rewritten(sheet(), {})


def test_a_cell_goes_between_its_neighbours_and_the_rest_stays():
    xml = rewritten(sheet(), {2: {2: "<NEW/>"}})
    assert (
        '<row r="2" spans="1:2" ht="20" x14ac:dyDescent="0.3">'
        '<c r="A2" s="3"><v>1</v></c> <NEW/></row>\n<row r="5"/>'
    ) in xml


def test_cells_and_rows_that_are_new_stand_in_order():
    xml = rewritten(sheet(), {1: {1: "<A1/>"}, 2: {4: "<D2/>"}, 3: {1: "<A3/>"}, 9: {1: "<A9/>"}})
    order = ["<A1/>", 'r="A2"', 'r="B2"', "<D2/>", "<A3/>", '<row r="5"/>', "<A9/>"]
    assert [xml.index(each) for each in order] == sorted(xml.index(each) for each in order)
    assert 'spans="1:4"' in xml
    assert '<dimension ref="A1:D9"/>' in xml


def test_a_removed_cell_leaves_its_row():
    assert '<row r="2" spans="1:2" ht="20" x14ac:dyDescent="0.3"> </row>' in rewritten(
        sheet(), {2: {1: None, 2: None}}
    )


def test_an_empty_row_takes_a_cell():
    assert '<row r="5"><B5/></row>' in rewritten(sheet(), {5: {2: "<B5/>"}})


def test_an_empty_sheet_takes_a_cell():
    assert '<sheetData><row r="1"><A1/></row></sheetData>' in rewritten(
        sheet(""), {1: {1: "<A1/>"}}
    )


def test_prefixed_sheets_stay_prefixed():
    rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    xml = rewritten(sheet(rows, "x", ""), {1: {2: "<B1/>"}, 2: {1: "<A2/>"}})
    assert '<x:v>1</x:v></x:c><B1/></x:row><x:row r="2"><A2/></x:row></x:sheetData>' in xml


def test_cells_and_rows_without_addresses_get_them_when_neighbours_come():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    source = sheet(rows)
    assert [cell.column for cell in source.cells(1)] == [1, 2]
    xml = rewritten(source, {1: {1: None}})
    assert '<row r="1"><c r="B1"><v>2</v></c></row><row r="2"><c><v>3</v></c></row>' in xml


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="1">',
        '<!-- <row r="1"/> -->',
        '<row r="1" r="1"><c',
    ],
)
def test_irregular_rows_are_refused_by_name(rows):
    with pytest.raises(WorkbookError) as error:
        sheet(rows)
    assert error.value.problems[0].code.name == "SHEET_XML_UNUSUAL"


def test_cells_out_of_order_are_refused_where_one_is_written():
    source = sheet('<row r="1"><c r="C1"/><c r="B1"/></row><row r="2"><c r="A2"/></row>')
    assert '<row r="2"><NEW/></row>' in rewritten(source, {2: {1: "<NEW/>"}})
    with pytest.raises(WorkbookError, match="row 1"):
        rewritten(source, {1: {2: "<NEW/>"}})


def test_cdata_and_comments_are_read_over():
    rows = '<!-- Q1 --><row r="1"><c r="A1" t="str"><v><![CDATA[a<b]]></v></c></row>'
    source = sheet(rows)
    assert [cell.plain for cell in source.cells(1)] == ["a&lt;b"]
    xml = rewritten(source, {1: {2: "<NEW/>"}})
    assert '<!-- Q1 --><row r="1"><c r="A1" t="str"><v>a&lt;b</v></c><NEW/></row>' in xml


def test_the_dimension_of_whole_columns_names_its_corners():
    source = sheet(around='<dimension ref="A1:B1048576"/>')
    assert '<dimension ref="A1:C1048576"/>' in rewritten(source, {2: {3: "<NEW/>"}})


def test_a_sheet_without_rows_gets_a_place_for_them():
    data = f'<worksheet xmlns="{MAIN}"><cols/><pageMargins/></worksheet>'
    source = SheetXml(data.encode(), "x")
    xml = rewritten(source, {1: {1: "<A1/>"}})
    assert '<cols/><sheetData><row r="1"><A1/></row></sheetData><pageMargins/>' in xml
    with pytest.raises(WorkbookError, match="no sheetData"):
        SheetXml(f'<dialogsheet xmlns="{MAIN}"/>'.encode(), "x")


def test_a_new_sheet_is_empty():
    assert SheetXml(new_sheet(), "x").rows == {}
