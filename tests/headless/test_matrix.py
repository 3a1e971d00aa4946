"""Cells read in bulk: whatever stands in the XML, the same values as cell by cell."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells import rowindex
from kam_excel.headless.cells.decimals import read_floats
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.tags import padded
from kam_excel.headless.cells.values import NOT_COMPUTED, CellError
from kam_excel.headless.references.addressing import Area

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = ["shared & text", "二", ""]
CELLS = [  # {a} is the address of the cell
    '<c r="{a}"><v>1</v></c>',
    '<c r="{a}"><v>-0.5</v></c>',
    '<c r="{a}"><v>0.30000000000000004</v></c>',
    '<c r="{a}"><v>1E-3</v></c>',
    '<c r="{a}"><v> 7 </v></c>',
    '<c r="{a}" s="1"><v>45000.25</v></c>',
    '<c r="{a}" s="1"><v>-3</v></c>',
    '<c r="{a}" s="1"/>',
    '<c r="{a}" s="2"></c>',
    '<c r="{a}"/>',
    '<c r="{a}" t="inlineStr"></c>',
    '<c r="{a}" t="str"/>',
    '<c r="{a}" t="str"></c>',
    '<c r="{a}"><v/></c>',
    '<c r="{a}"><v></v></c>',
    '<c r="{a}" t="str"><v></v></c>',
    '<c r="{a}" t="str"><v>a &lt; b\r\nc_x0041_</v></c>',
    '<c r="{a}" t="s"><v>0</v></c>',
    '<c r="{a}" t="s" s="3"><v>1</v></c>',
    '<c r="{a}" t="s"><v>2</v></c>',
    '<c r="{a}" t="b"><v>1</v></c>',
    '<c r="{a}" t="b"><v>0</v></c>',
    '<c r="{a}" t="e"><v>#N/A</v></c>',
    '<c r="{a}" t="d"><v>2024-02-29T12:00:00</v></c>',
    '<c r="{a}" s="1"><f>1+1</f><v>2</v></c>',
    '<c r="{a}"><f>A1&gt;1</f></c>',
    '<c r="{a}"><f t="shared" si="0"/><v>3</v></c>',
    '<c r="{a}" t="str"><f>""</f><v></v></c>',
    '<c r="{a}" t="inlineStr"><is><t>文 &amp; &#10;</t></is></c>',
    '<c r="{a}" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    '<c r="{a}" t="inlineStr"><is><t/></is></c>',
    '<c r="{a}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{a}" t="inlineStr"><is><r><t>rich</t></r><r><t> text</t></r></is></c>',
    '<c r="{a}" t="inlineStr"><v>odd</v></c>',
    '<c r="{a}"><is><t>5</t></is></c>',
    '<c s="1" r="{a}"><v>45000</v></c>',
    "<c><v>6</v></c>",
    "<c r='{a}'><v>8</v></c>",
    '<c r="{a}" s="1" cm="1" vm="1" ph="1" t="str"><v>long</v></c>',
    '<c r="{a}">\n<v>9</v>\n</c>',
    '<c r="{a}"><v>10</v><extLst><ext uri="x"/></extLst></c>',
]


class Formats:
    """Cell format 1 shows dates, no other does."""

    def is_date(self, xf: int) -> bool:
        return xf == 1


def grid(rows: str, prefix: str = "") -> Grid:
    p, name = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    xml = f'<{p}worksheet xmlns{name}="{MAIN}"><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>'
    return Grid(xml.encode(), "xl/worksheets/sheet1.xml", TEXTS, Formats(), False)


def rows_of(cells: list[list[str]]) -> str:
    rows = []
    for number, line in enumerate(cells, 1):
        inner = "".join(c.format(a=f"{'ABCDEF'[place]}{number}") for place, c in enumerate(line))
        rows.append(f'<row r="{number}">{inner}</row>')
    return "".join(rows)


def one_by_one(sheet: Grid, area: Area) -> list[list[object]]:
    return [[sheet.value(row, column) for column in area.columns] for row in area.rows]


lines = st.lists(st.lists(st.sampled_from(CELLS), max_size=6), min_size=1, max_size=12)


@given(lines)
def test_bulk_is_cell_by_cell(cells):
    area = Area(1, 1, len(cells) + 1, 7)
    sheet = grid(rows_of(cells))
    found = sheet.matrix(area).cells.tolist()
    assert repr(found) == repr(one_by_one(sheet, area))


@pytest.mark.parametrize("cell", CELLS)
def test_every_form_of_a_cell_is_read(cell):
    sheet = grid(rows_of([[cell]]))
    assert repr(sheet.matrix(Area(1, 1, 1, 1)).cells[0, 0]) == repr(sheet.value(1, 1))


def test_values_are_those_of_python():
    names = [5, 16, 17, 22, 25, 28]
    found = (
        grid(rows_of([[CELLS[name] for name in names]])).matrix(Area(1, 1, 1, 6)).cells[0].tolist()
    )
    assert found == [
        dt.datetime(2023, 3, 15, 6),
        "a < b\ncA",
        "shared & text",
        CellError("#N/A"),
        NOT_COMPUTED,
        "文 & \n",
    ]


def test_a_prefix_is_read_too():
    sheet = grid('<x:row r="1"><x:c r="B1"><x:v>1</x:v></x:c></x:row>', prefix="x")
    assert sheet.matrix(Area(1, 1, 1, 2)).cells.tolist() == [[None, 1.0]]


def test_what_was_written_since_is_there():
    sheet = grid(rows_of([[CELLS[0]] * 3] * 3))
    sheet.write(2, 2, [["new"]])
    sheet.write(9, 1, [[4.0]])
    sheet.restyle(Area(1, 1, 1, 1), lambda _: 1)
    area = Area(1, 1, 9, 3)
    assert sheet.matrix(area).cells.tolist() == one_by_one(sheet, area)


@pytest.mark.parametrize("cell", ['t="s"><v>3</v>', "><v>x</v>"])
def test_an_unreadable_cell_is_named_by_its_row(cell):
    sheet = grid(rows_of([[CELLS[0]]]) + f'<row r="7"><c r="A7" {cell}</c></row>')
    with pytest.raises(WorkbookError, match="row 7"):
        sheet.matrix(Area(1, 1, 9, 1))


def test_only_the_area_is_read():
    sheet = grid(rows_of([[CELLS[0]] * 6] * 9))
    assert sheet.matrix(Area(4, 3, 11, 9)).cells.tolist() == one_by_one(sheet, Area(4, 3, 11, 9))


@pytest.mark.parametrize("size", [1, 50, 200])
def test_blocks_of_any_size_hold_the_same_rows(size, monkeypatch):
    monkeypatch.setattr(rowindex, "BLOCK", size)
    rows = rows_of([[CELLS[0], CELLS[14]]] * 12).replace("</row>", "</row>\n  ")
    sheet = grid(rows + '<row r="15" ht="20"/><row r="20"><c r="A20"><v>3</v></c></row>')
    area = Area(1, 1, 21, 3)
    assert sheet.matrix(area).cells.tolist() == one_by_one(sheet, area)
    assert sheet.used_area() == Area(1, 1, 20, 2)


@given(
    st.one_of(
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
        st.decimals(-(10**25), 10**25, places=4).map(str),
        st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{0,10})?", fullmatch=True),
        st.sampled_from(["-0", "0", ".5", "-.5", "5.", "9007199254740993", "1e5", "+3", "1E-400"]),
    )
)
def test_a_decimal_is_the_float_of_its_text(text):
    data = text.encode()
    found = read_floats(padded(data), np.array([0]), np.array([len(data)]))[0]
    assert found == float(text)
    assert math.copysign(1, found) == math.copysign(1, float(text))


@pytest.mark.parametrize(
    "text", ["", "-", ".", "1.2.3", "1-2", "--1", "x", "inf", "NaN", "1e999", "1_0", "１"]
)
def test_what_is_no_number_is_refused(text):
    data = text.encode()
    with pytest.raises(ValueError, match=r"could not convert|no number"):
        read_floats(padded(data), np.array([0]), np.array([len(data)]))
