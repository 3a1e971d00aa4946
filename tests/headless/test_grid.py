import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import (
    NOT_COMPUTED,
    CellError,
    Formula,
    from_serial,
    to_serial,
)
from kam_excel.headless.references.addressing import Area, parse_area

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DATE = 1


class Formats:
    """Cell format 1 shows dates, no other does."""

    def is_date(self, xf: int) -> bool:
        return xf == DATE


def grid(rows: str = "", tail: str = "", date1904: bool = False, prefix: str = "") -> Grid:
    name = f":{prefix[:-1]}" if prefix else ""
    p = prefix
    xml = (
        f'<{p}worksheet xmlns{name}="{MAIN}"><{p}sheetData>{rows}</{p}sheetData>{tail}'
        f"</{p}worksheet>"
    )
    return Grid(xml.encode(), "xl/worksheets/sheet1.xml", ["shared & text"], Formats(), date1904)


def value(cell: str, **options: object) -> object:
    return grid(f'<row r="1">{cell}</row>', **options).value(1, 1)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c r="A1" t="n"><v>12345678901234567890</v></c>', 12345678901234567890.0),
        ('<c r="A1" t="s"><v>0</v></c>', "shared & text"),
        ('<c r="A1" t="inlineStr"><is><t>a &lt; b</t></is></c>', "a < b"),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c>', "a b"),
        ('<c r="A1" t="inlineStr"><is><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></is></c>', "漢"),
        ('<c r="A1" t="inlineStr"></c>', None),
        ('<c r="A1" t="str"><f>B1</f><v>x</v></c>', "x"),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', ""),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2.0),
        ('<c r="A1"><f>1+1</f></c>', NOT_COMPUTED),
        ('<c r="A1"><f>1+1</f><v></v></c>', NOT_COMPUTED),
        ('<c r="A1"><f>1+1</f><v/></c>', NOT_COMPUTED),
        ('<c r="A1" s="1"><v>45000</v></c>', dt.datetime(2023, 3, 15)),
        ('<c r="A1" s="1"><v>40846.67847222222</v></c>', dt.datetime(2011, 10, 30, 16, 17)),
        ('<c r="A1" t="d"><v>2023-03-15T08:30:00</v></c>', dt.datetime(2023, 3, 15, 8, 30)),
        ('<c s="2" r="A1"><v>3</v></c>', 3.0),
        ("<c r='A1' s='1'><v>1</v></c>", dt.datetime(1900, 1, 1)),
        ('<c r="A1" s="2"/>', None),
    ],
)
def test_reads_every_kind_of_cell(cell, shown):
    found = value(cell)
    assert (type(found), found) == (type(shown), shown)


def test_reads_prefixed_sheets_and_dates_of_1904():
    cells = '<x:row r="1"><x:c r="A1" s="1"><x:v>0</x:v></x:c></x:row>'
    assert grid(cells, date1904=True, prefix="x:").value(1, 1) == dt.datetime(1904, 1, 1)


def test_the_used_area_begins_where_the_cells_do():
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="1"/></row><row r="9"/>'
    assert grid(rows).used_area() == parse_area("B3:D3")
    assert grid().used_area() is None


def test_shared_formulas_are_told_for_each_cell():
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*$C$1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    sheet = grid(rows)
    assert sheet.contents(parse_area("A1:A3")) == [
        [Formula("B1*$C$1")],
        [Formula("B2*$C$1")],
        [Formula("B3*$C$1")],
    ]
    sheet.write(1, 1, [[7.0]])
    xml = sheet.flush().decode()
    assert '<c r="A1"><v>7</v></c>' in xml
    assert '<c r="A2"><f>B2*$C$1</f><v>2</v></c>' in xml
    assert '<c r="A3"><f>B3*$C$1</f><v>3</v></c>' in xml
    assert sheet.formulas_changed


def test_part_of_an_array_formula_is_refused_and_all_of_it_taken():
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )
    sheet = grid(rows)
    with pytest.raises(WorkbookError) as error:
        sheet.write(2, 1, [[5.0]])
    assert error.value.problems[0].code.name == "PART_OF_ARRAY"
    sheet.write(1, 1, [[5.0], [6.0]])
    assert sheet.values(parse_area("A1:A2")) == [[5.0], [6.0]]


def test_only_the_first_cell_of_a_merged_area_takes_a_value():
    sheet = grid(tail='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>')
    sheet.write(1, 1, [["title", None], [None, None]])
    with pytest.raises(WorkbookError) as error:
        sheet.write(2, 2, [[1.0]])
    assert error.value.problems[0].code.name == "PART_OF_MERGE"
    assert sheet.value(1, 1) == "title"


def test_writing_what_is_there_changes_no_byte():
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>40846.67847222222</v></c>'
        '<c r="C1"><f>A1</f><v>9</v></c><c r="D1" s="2"/></row>'
    )
    sheet = grid(rows)
    before = sheet.flush()
    sheet.write(1, 1, [["shared & text", to_serial(dt.datetime(2011, 10, 30, 16, 17))]])
    sheet.write(1, 3, [[Formula("A1"), None, None]])
    sheet.restyle(Area(1, 2, 1, 2), lambda _: 1)
    assert sheet.value(1, 3) == 9.0
    assert sheet.flush() == before


def test_a_changed_cell_keeps_its_format_and_its_neighbours():
    sheet = grid('<row r="1"><c r="A1" s="2"><v>1</v></c><c r="B1" t="s" vm="1"><v>0</v></c></row>')
    sheet.write(1, 1, [["new"]])
    sheet.restyle(Area(1, 2, 1, 2), lambda _: 5)
    xml = sheet.flush().decode()
    assert '<c r="A1" s="2" t="inlineStr"><is><t>new</t></is></c>' in xml
    assert '<c r="B1" t="s" vm="1" s="5"><v>0</v></c>' in xml


def test_new_cells_take_the_format_of_their_row_or_column():
    tail = ""
    rows = '<row r="2" s="4" customFormat="1"/>'
    sheet = grid(rows, tail)
    sheet.columns.restyle(3, 3, lambda _: 6)
    sheet.write(1, 3, [[1.0]])
    sheet.write(2, 3, [[2.0]])
    xml = sheet.flush().decode()
    assert '<c r="C1" s="6"><v>1</v></c>' in xml
    assert '<c r="C2" s="4"><v>2</v></c>' in xml


def test_a_written_formula_has_no_value_until_excel_computes_it():
    sheet = grid()
    sheet.write(1, 1, [[Formula("1+1")]])
    assert sheet.value(1, 1) == NOT_COMPUTED
    sheet.flush()
    assert sheet.value(1, 1) == NOT_COMPUTED


contents = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.sampled_from([CellError("#N/A"), CellError("#DIV/0!"), Formula('IF(A1<2,"&",0)')]),
)


@given(st.lists(st.lists(contents, min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_is_written_is_read_before_and_after_storing(rows):
    sheet = grid('<row r="2"><c r="B2" s="2"><v>1</v></c></row>')
    sheet.write(1, 1, rows)
    area = Area(1, 1, len(rows), 3)
    assert sheet.contents(area) == rows
    shown = sheet.values(area)
    data = sheet.flush()
    assert sheet.contents(area) == rows
    assert sheet.values(area) == shown
    sheet.write(1, 1, rows)
    assert sheet.flush() == data


@given(st.datetimes(dt.datetime(1904, 1, 1), dt.datetime(9999, 12, 31)), st.booleans())
def test_dates_come_back_to_the_millisecond(moment, date1904):
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert from_serial(to_serial(moment, date1904), date1904) == moment


def test_the_first_days_of_1900_count_as_excel_does():
    assert to_serial(dt.date(1900, 1, 1)) == 1
    assert to_serial(dt.date(1900, 2, 28)) == 59
    assert to_serial(dt.date(1900, 3, 1)) == 61
    assert from_serial(59.0) == dt.datetime(1900, 2, 28)
    with pytest.raises(WorkbookError):
        to_serial(dt.date(1899, 12, 30))
