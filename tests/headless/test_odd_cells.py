"""Cells that few programs write: each is read as Excel reads it, or refused with its row."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.errors import WorkbookError
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.strings import plain_text, texts_of
from kam_excel.headless.cells.values import NOT_COMPUTED, CellError
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.xml.tree import MAIN, parse

NO_DATE, DATE, TEXT = 0, 1, 2


class Texts(list[str]):
    """Shared strings: there is none before the first."""

    def __getitem__(self, index):
        if isinstance(index, int) and index < 0:
            raise IndexError(index)
        return super().__getitem__(index)


TEXTS = Texts(["00123", "東京"])


class Formats:
    def is_date(self, xf: int) -> bool:
        return xf == DATE


def grid(rows: str) -> Grid:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return Grid(xml.encode(), "xl/worksheets/sheet1.xml", TEXTS, Formats(), False)


def both(rows: str, row: int = 1, column: int = 1) -> object:
    """What a cell shows: read by itself, and with all that the sheet shows."""
    alone = grid(rows).value(row, column)
    sheet = grid(rows).filled()
    together = None
    if column in sheet.columns and row in sheet.rows:
        together = sheet.columns[column][list(sheet.rows).index(row)]
    assert (type(together), together) == (type(alone), alone)
    assert grid(rows).matrix(Area(row, column, row, column)).cells[0, 0] == alone
    return alone


READ = {
    '<c r="A1"><v>1E+3</v></c>': 1000.0,
    '<c r="A1"><v>1.5e-7</v></c>': 1.5e-7,
    '<c r="A1"><v>4.9406564584124654E-324</v></c>': 5e-324,
    '<c r="A1"><v>1.7976931348623157E+308</v></c>': 1.7976931348623157e308,
    '<c r="A1"><v>-0.1</v></c>': -0.1,
    '<c r="A1"><v>+7</v></c>': 7.0,
    '<c r="A1"><v>007</v></c>': 7.0,
    '<c r="A1"><v>123456789012345678</v></c>': 123456789012345680.0,
    f'<c r="A1" s="{TEXT}"><v>123</v></c>': 123.0,
    f'<c r="A1" s="{TEXT}" t="s"><v>0</v></c>': "00123",
    '<c r="A1" t="s"><v> 0 </v></c>': "00123",
    '<c r="A1" t="str"><v>123</v></c>': "123",
    '<c r="A1" t="str"><v> 1 </v></c>': " 1 ",
    '<c r="A1" t="str"><f>TEXT(1,"000")</f><v>001</v></c>': "001",
    '<c r="A1" t="d"><v>2026-01-05</v></c>': dt.datetime(2026, 1, 5),
    '<c r="A1" t="d"><v>2026-01-05T13:30:00</v></c>': dt.datetime(2026, 1, 5, 13, 30),
    '<c r="A1" t="d"><v>2026-01-05T13:30:00Z</v></c>': dt.datetime(2026, 1, 5, 13, 30),
    f'<c r="A1" s="{DATE}" t="str"><v>45000</v></c>': "45000",
    '<c r="A1" t="b"><v>1</v></c>': True,
    '<c r="A1" t="b"><v>0</v></c>': False,
    '<c r="A1" t="b"><v>true</v></c>': True,
    '<c r="A1" t="b"><v>FALSE</v></c>': False,
    '<c r="A1" t="e"><v>#DIV/0!</v></c>': CellError("#DIV/0!"),
    '<c r="A1" t="e"><v>42</v></c>': CellError("#UNKNOWN!"),
    '<c r="A1" t="e"><v>Err:508</v></c>': CellError("#UNKNOWN!"),
    '<c r="A1" t="inlineStr"><is><t>00123</t></is></c>': "00123",
    '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t> b</t></r></is></c>': "a b",
    '<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウ</t></rPh>'
    '<phoneticPr fontId="1"/></is></c>': "東京",
    '<c r="A1" t="inlineStr"><is><r><t>東</t></r><rPh sb="0" eb="1"><t>トウ</t></rPh>'
    "<r><t>京</t></r></is></c>": "東京",
    '<c r="A1"><v><![CDATA[5]]></v></c>': 5.0,
    '<c r="A1"><v><!-- -->5</v></c>': 5.0,
    '<c r="A1"><v>5<?x?>6</v></c>': 56.0,
    '<c r="A1" t="inlineStr"><is><t>a<!-- -->b</t></is></c>': "ab",
    '<c r="A1"><f>1+1</f></c>': NOT_COMPUTED,
    '<c r="A1"><f>1+1</f><v/></c>': NOT_COMPUTED,
    '<c r="a1"><v>5</v></c>': 5.0,
    "<c r='A1'><v>5</v></c>": 5.0,
    "<c><v>5</v></c>": 5.0,
    '<c s="0" r="A1"><v>5</v></c>': 5.0,
}
REFUSED = [
    '<c r="A1"><v>NaN</v></c>',
    '<c r="A1"><v>INF</v></c>',
    '<c r="A1"><v>1e999</v></c>',
    '<c r="A1"><v>1_000</v></c>',
    '<c r="A1"><v>１２</v></c>',
    '<c r="A1"><v>1,5</v></c>',
    '<c r="A1"><v>0x1F</v></c>',
    '<c r="A1" t="s"><v>2</v></c>',
    '<c r="A1" t="s"><v>-1</v></c>',
    '<c r="A1" t="s"><v>0.0</v></c>',
    '<c r="A1" t="s"><v>99999999999</v></c>',
    '<c r="A1" t="b"><v>2</v></c>',
    '<c r="A1" t="b"><v>yes</v></c>',
    '<c r="A1" t="d"><v>yesterday</v></c>',
    '<c r="A1" t="number"><v>1</v></c>',
    '<c r="A1"><v><!-- <v>6</v> -->5</v></c>',
    '<c r="A1"><v><?x <v>6</v> ?>5</v></c>',
    '<c r="A2"><v>5</v></c>',
    '<c r="A11"><v>5</v></c>',
    '<c r="A01"><v>5</v></c>',
    '<c s="0" r="A2"><v>5</v></c>',
    '<c r="$A$1"><v>5</v></c>',
    '<c r="1"><v>5</v></c>',
    '<c r="XFE1"><v>5</v></c>',
    '<c r="AAAA1"><v>5</v></c>',
    '<c r="A1"><v>5</v></c><c r="A1"><v>6</v></c>',
    '<c r="A1"><v>5</v></c><c r="B1"><v>6</v></c><c r="A1"/>',
    '<c r="B1"><v>5</v></c><c r="A1"><v>6</v></c><c><v>7</v></c>',
    '<c r="A1" s="x"><v>5</v></c>',
    '<c r="A1" t="str"><v>&nbsp;</v></c>',
]


@pytest.mark.parametrize("cell", READ)
def test_it_is_read_as_excel_reads_it(cell):
    assert both(f'<row r="1">{cell}</row>') == READ[cell]


@pytest.mark.parametrize("cell", REFUSED)
def test_it_is_refused_by_the_row(cell):
    rows = f'<row r="1">{cell}</row>'
    with pytest.raises(WorkbookError, match=r"SHEET_XML_UNUSUAL.*(row 1\b|comment)"):
        grid(rows).value(1, 1)
    with pytest.raises(WorkbookError, match="SHEET_XML_UNUSUAL"):
        grid(rows).filled()
    with pytest.raises(WorkbookError, match=r"SHEET_XML_UNUSUAL.*(row 1\b|comment)"):
        grid(rows).matrix(Area(1, 1, 3, 3))


def test_cells_in_any_order_are_read():
    rows = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert [both(rows, 1, column) for column in (1, 2, 3)] == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"/></row><row r="1"><c r="A1"/></row>',
        '<row r="1"><c r="A1"/></row><row r="1"><c r="B1"/></row>',
        '<row r="0"><c r="A0"/></row>',
        '<row r="1048577"><c r="A1048577"/></row>',
        '<row r="-1"><c r="A1"/></row>',
    ],
)
def test_rows_out_of_order_or_beyond_the_sheet_are_refused(rows):
    with pytest.raises(WorkbookError, match="SHEET_XML_UNUSUAL"):
        grid(rows).filled()


def test_rows_and_cells_without_numbers_follow_one_another():
    rows = '<row><c><v>1</v></c></row><row r="4"><c r="B4"><v>2</v></c><c><v>3</v></c></row><row/>'
    found = grid(rows + "<row><c><v>4</v></c></row>").filled()
    assert list(found.rows) == [1, 4, 6]
    assert found.columns == {1: [1.0, None, 4.0], 2: [None, 2.0, None], 3: [None, 3.0, None]}


@given(st.lists(st.integers(1, 1_048_576), min_size=1, max_size=30, unique=True))
def test_the_number_of_each_row_is_that_of_its_cells(rows):
    rows = sorted(rows)
    written = [f'<row r="{row}"><c r="C{row}"><v>{row}</v></c></row>' for row in rows]
    found = grid("".join(written)).filled()
    assert (list(found.rows), found.columns) == (rows, {3: [float(row) for row in rows]})
    wrong = rows[0] % 1_048_576 + 1
    written[0] = f'<row r="{rows[0]}"><c r="C{wrong}"><v>1</v></c></row>'
    with pytest.raises(WorkbookError, match=f"row {rows[0]}"):
        grid("".join(written)).filled()


# shared strings ---------------------------------------------------------------

READING = "<rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/>"
ITEMS = {
    "<si><t>00123</t></si>": "00123",
    '<si><t xml:space="preserve"> a </t></si>': " a ",
    "<si><t/></si>": "",
    "<si/>": "",
    f"<si><t>東京</t>{READING}</si>": "東京",
    f"<si><r><t>東</t></r><r><rPr><b/></rPr><t>京</t></r>{READING}</si>": "東京",
    "<si><t>a&amp;b_x000D_c</t></si>": "a&b\rc",
    "<si><t>a<!-- note -->b</t></si>": "ab",
    "<si><t><![CDATA[a<b]]></t></si>": "a<b",
    "<si><r><t>a<?x?></t></r><r><t>b</t></r></si>": "ab",
}


@pytest.mark.parametrize("item", ITEMS)
def test_a_shared_string_is_its_text_without_readings(item):
    found = texts_of(f'<sst xmlns="{MAIN}">{item}</sst>'.encode())
    assert found in (None, [ITEMS[item]])
    tree = parse(f'<sst xmlns="{MAIN}">{item}</sst>'.encode())
    assert plain_text(tree[0]) == ITEMS[item]
