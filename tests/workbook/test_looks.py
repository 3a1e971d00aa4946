"""How cells look: number formats, hidden rows, merged cells, in the file and asked of Excel."""

from types import SimpleNamespace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.references.addressing import Area, cell_name
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.adapter import formats_in_use, hidden_rows, merged_areas, number_formats
from kam_excel.workbook.adapter.bisection import alike
from kam_excel.workbook.sheetcells import read_sheet


@pytest.fixture
def opened(tmp_path):
    """Opens what openpyxl made, without Excel."""
    with_books = []

    def open_(book):
        book.save(tmp_path / "a.xlsx")
        with_books.append(open_headless(tmp_path / "a.xlsx"))
        return with_books[-1].__enter__().sheets[0]

    yield open_
    for each in with_books:
        each.__exit__(None, None, None)


class FakeRange:
    """Cells of a live Excel, as far as their looks are asked for: None where they differ."""

    def __init__(self, sheet, first, last):
        self.sheet, self.row, self.column = sheet, *first
        self.shape = last[0] - first[0] + 1, last[1] - first[1] + 1

    def _common(self, told):
        rows = range(self.row, self.row + self.shape[0])
        columns = range(self.column, self.column + self.shape[1])
        self.sheet.questions += 1
        answers = {told(row, column) for row in rows for column in columns}
        return answers.pop() if len(answers) == 1 else None

    @property
    def number_format(self):
        return self._common(lambda row, column: self.sheet.formats.get((row, column), "General"))

    @property
    def rows(self):
        return SimpleNamespace(hidden=self._common(lambda row, _: row in self.sheet.hidden))

    @property
    def merge_cells(self):
        return self._common(lambda row, column: self.sheet.merge(row, column) is not None)

    @property
    def merge_area(self):
        row1, column1, row2, column2 = self.sheet.merge(self.row, self.column)
        return FakeRange(self.sheet, (row1, column1), (row2, column2))


class FakeSheet:
    """A sheet of a live Excel; `questions` counts what it is asked."""

    def __init__(self, formats=(), hidden=(), merges=()):
        self.formats, self.hidden, self.merges = dict(formats), set(hidden), list(merges)
        self.questions = 0
        self.book = SimpleNamespace(app=SimpleNamespace(engine=SimpleNamespace(name="excel")))

    def range(self, first, last=None):
        if isinstance(first, str):
            row1, row2 = map(int, first.split(":"))
            return FakeRange(self, (row1, 1), (row2, 1))
        return FakeRange(self, first, last or first)

    def merge(self, row, column):
        for row1, column1, row2, column2 in self.merges:
            if row1 <= row <= row2 and column1 <= column <= column2:
                return row1, column1, row2, column2
        return None


# number formats ---------------------------------------------------------------


def test_number_formats_are_those_of_the_cells_that_show_something(opened):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["编码", "比例"])
    for row, text in ((2, "0%"), (3, "00000"), (5, "General"), (9, "@"), (12, "@"), (15, "0%")):
        sheet.cell(row, 2, 1.0).number_format = text
        sheet.cell(row, 1, row)
    sheet.cell(11, 1, "no B11")
    sheet.column_dimensions["A"].number_format = "0.00"
    live = opened(book)
    rows = [1, 2, 3, 5, 9, 12, 15]
    formats = ["General", "0%", "00000", "General", "@", "@", "0%"]
    assert number_formats(live, 2, rows) == formats
    assert number_formats(live, 2, rows[::-1]) == formats[::-1]
    assert number_formats(live, 1, rows) == ["General"] * 7
    assert number_formats(live, 2, []) == []
    assert number_formats(live, 3, [1, 2]) == ["General"] * 2


def test_number_formats_are_told_without_reading_again(opened):
    book = openpyxl.Workbook()
    for row in range(1, 9):
        book.active.append([row, "x"])
    sheet = opened(book)
    read_sheet(sheet)
    grid = sheet.impl.model.grid
    grid.filled = None
    assert number_formats(sheet, 2, range(1, 9)) == ["General"] * 8


def test_formats_in_use_are_all_that_a_cell_may_have(opened):
    book = openpyxl.Workbook()
    book.active["A1"].number_format = "0.0%"
    sheet = opened(book)
    assert formats_in_use(sheet.book) == {"General", "0.0%"}
    sheet["A2"].number_format = "00000"
    assert formats_in_use(sheet.book) == {"General", "0.0%", "00000"}
    assert formats_in_use(FakeSheet().book) is None


def test_number_formats_given_since_are_told(opened):
    book = openpyxl.Workbook()
    for row in range(1, 5):
        book.active.append([row])
    sheet = opened(book)
    sheet["A2:A3"].number_format = "0.0%"
    sheet["A9"].value = 1
    sheet["A9"].number_format = "000"
    assert number_formats(sheet, 1, [1, 2, 3, 4, 9]) == [
        "General",
        "0.0%",
        "0.0%",
        "General",
        "000",
    ]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_number_formats_are_told_of_cells_written_in_odd_ways(opened, prefix):
    sheet = opened(openpyxl.Workbook())
    model, p = sheet.impl.model, prefix
    percent = sheet.book.impl.model.styles.xf(0, number_format="0%")
    rows = (
        f'<{p}row r="1"><{p}c s="{percent}" r="A1"><{p}v>1</{p}v></{p}c></{p}row>'
        f'<{p}row r="2"><{p}c s="{percent}"><{p}v>1</{p}v></{p}c></{p}row>'
        f'<{p}row r="3"><{p}c r="A3" s="99"><{p}v>1</{p}v></{p}c></{p}row>'
    )
    name = f"xmlns:{p[:-1]}" if p else "xmlns"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<{p}worksheet {name}="{main}"><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>'
    sheet.book.impl.package.write(model.part, data.encode())
    model.reload()
    assert number_formats(sheet, 1, [1, 2, 3]) == ["0%", "0%", "General"]


def test_a_uniform_column_of_a_live_sheet_is_one_question():
    sheet = FakeSheet({(row, 3): "0%" for row in range(2, 502)})
    assert number_formats(sheet, 3, range(2, 502)) == ["0%"] * 500
    assert sheet.questions == 1


def test_a_mixed_column_of_a_live_sheet_is_halved():
    sheet = FakeSheet({(row, 3): "0%" for row in range(2, 402)} | {(77, 3): "@"})
    rows = [2, 76, 77, 78, 401]
    assert number_formats(sheet, 3, rows) == ["0%", "0%", "@", "0%", "0%"]
    assert sheet.questions < 20


shown = st.dictionaries(
    st.tuples(st.integers(1, 30), st.integers(1, 3)),
    st.tuples(st.sampled_from([1.0, "a", True]), st.integers(0, 3)),
    max_size=60,
)


@given(shown, st.lists(st.tuples(st.integers(1, 30), st.integers(1, 3)), max_size=4))
def test_cell_formats_are_those_of_each_cell(cells, since):
    rows = []
    for row in sorted({row for row, _ in cells}):
        own = sorted((column, *given) for (at, column), given in cells.items() if at == row)
        rows.append(f'<row r="{row}">' + "".join(markup(row, *each) for each in own) + "</row>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    sheet = Grid(xml.encode(), "sheet1.xml", [], SimpleNamespace(is_date=lambda xf: False), False)
    for turn, (row, column) in enumerate(since):
        if turn == len(since) // 2:
            sheet.filled()
        sheet.write(row, column, [[7.0]])
        sheet.restyle(Area(row, column, row, column), lambda xf: xf + 1)
    for column in (1, 2, 3):
        places = [row for row, at in [*cells, *since] if at == column]
        expected = [sheet.style(row, column) for row in places]
        assert sheet.shown_styles(column, places) == expected


def markup(row, column, value, style):
    return cellxml.cell("", cell_name(row, column), style, value)


# hidden rows ------------------------------------------------------------------


def test_rows_are_hidden_by_hand_and_by_filters(opened):
    book = openpyxl.Workbook()
    for row in range(1, 9):
        book.active.append([row, "hidden"])
    for row in (3, 4, 8):
        book.active.row_dimensions[row].hidden = True
    sheet = opened(book)
    assert hidden_rows(sheet, range(1, 8)) == {3, 4}
    assert hidden_rows(sheet, []) == set()
    sheet["4:4"].rows.hidden = False
    sheet["6:6"].rows.hidden = True
    assert hidden_rows(sheet, range(1, 9)) == {3, 6, 8}


def test_a_filter_hides_rows(opened):
    book = openpyxl.Workbook()
    for row in (["客户", "金额"], ["A", 1], ["B", 2], ["A", 3]):
        book.active.append(row)
    sheet = opened(book)
    sheet["A1:B4"].autofilter.apply_values(1, ["A"])
    assert hidden_rows(sheet, range(1, 5)) == {3}


def test_where_rows_are_hidden_by_default_those_not_stored_are(opened):
    book = openpyxl.Workbook()
    book.active.append([1])
    book.active.sheet_format.zeroHeight = True
    assert hidden_rows(opened(book), [1, 2]) == {2}


def test_hidden_rows_of_a_live_sheet():
    sheet = FakeSheet(hidden={5, 6, 300})
    assert hidden_rows(sheet, [4, 5, 300, 301]) == {5, 300}
    sheet = FakeSheet()
    assert (hidden_rows(sheet, range(1, 900)), sheet.questions) == (set(), 1)


# merged cells -----------------------------------------------------------------

MERGES = [(1, 2, 1, 4), (3, 1, 5, 1), (6, 1, 7, 1), (9, 6, 12, 9)]


def test_merged_areas_that_have_some_of_the_cells(opened):
    book = openpyxl.Workbook()
    for row1, column1, row2, column2 in reversed(MERGES):
        book.active.merge_cells(
            start_row=row1, start_column=column1, end_row=row2, end_column=column2
        )
    sheet = opened(book)
    assert merged_areas(sheet["A1:Z99"]) == MERGES
    assert merged_areas(sheet["A4:C6"]) == MERGES[1:3]
    assert merged_areas(sheet["B2:D2"]) == []
    sheet["A3:A5"].unmerge()
    assert merged_areas(sheet["A1:A9"]) == MERGES[2:3]


def test_merged_areas_of_a_live_sheet():
    sheet = FakeSheet(merges=MERGES)
    assert merged_areas(sheet.range((1, 1), (99, 12))) == MERGES
    assert merged_areas(sheet.range((4, 1), (6, 3))) == MERGES[1:3]
    sheet.questions = 0
    assert merged_areas(sheet.range((20, 1), (9000, 12))) == []
    assert sheet.questions == 1


# asking -----------------------------------------------------------------------


@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=40), st.integers(1, 9))
def test_answers_are_those_of_each_row(answers, first):
    def ask(top, bottom):
        told = set(answers[top - first : bottom - first + 1])
        return told.pop() if len(told) == 1 else None

    runs = list(alike(first, first + len(answers) - 1, ask))
    assert [answer for run, answer in runs for _ in run] == answers
    assert [row for run, _ in runs for row in run] == list(range(first, first + len(answers)))
