"""All that a sheet shows: the file itself, and a fake of the members of Excel that are asked."""

import datetime as dt
import sys
import tracemalloc
from types import SimpleNamespace

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel import headless
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.adapter import filled, read_columns
from kam_excel.workbook.sheetcells import read_sheet

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@pytest.fixture
def app():
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        yield app


def written(path, cells, formats=()):
    """A workbook with values, and with formats on cells without one, by (row, column)."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("订单"), book.add_format({"bold": True})
        dated = book.add_format({"num_format": "yyyy-mm-dd"})
        for (row, column), value in cells.items():
            as_date = isinstance(value, dt.datetime)
            sheet.write(row - 1, column - 1, value, dated if as_date else None)
        for row, column in formats:
            sheet.write_blank(row - 1, column - 1, None, bold)
    return path


def test_what_is_shown_is_read_by_row_and_column(tmp_path):
    day = dt.datetime(2026, 1, 5)
    cells = {(3, 2): "客户", (3, 4): "金额", (5, 2): "A1", (5, 4): 1.5, (6, 4): day, (9, 3): True}
    path = written(tmp_path / "a.xlsx", cells, formats=[(4, 2), (7, 7)])
    with open_headless(path) as book:
        found = read_sheet(book.sheets[0])
    assert found.sheet == "订单"
    assert list(found.rows) == [3, 5, 6, 9]
    assert list(found.columns.items()) == [
        (2, ["客户", "A1", None, None]),
        (3, [None, None, None, True]),
        (4, ["金额", 1.5, day, None]),
    ]


def test_errors_are_texts_and_empty_texts_are_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=NA()", None, "#N/A")
        sheet.write_formula("B1", '=""', None, "")
        sheet.write_formula("A2", '=""', None, "")
        sheet.write_string("A3", "x")
    with open_headless(path) as book:
        found = read_sheet(book.sheets[0])
    assert (list(found.rows), dict(found.columns)) == ([1, 3], {1: ["#N/A", "x"]})


def test_an_empty_sheet_shows_nothing(tmp_path):
    with open_headless(written(tmp_path / "a.xlsx", {}, formats=[(9, 9)])) as book:
        found = read_sheet(book.sheets[0])
    assert (list(found.rows), dict(found.columns)) == ([], {})


@pytest.mark.parametrize("stray", ["value", "format"])
def test_a_stray_cell_far_away_costs_nothing(tmp_path, stray):
    path, book = tmp_path / "a.xlsx", openpyxl.Workbook()
    for row in range(1, 101):
        book.active.append([f"{row}-{column}" for column in range(1, 6)])
    corner = book.active.cell(LAST_ROW, LAST_COLUMN)
    if stray == "value":
        corner.value = 7
    else:
        corner.font = openpyxl.styles.Font(bold=True)
    book.save(path)
    with open_headless(path) as book:
        tracemalloc.start()
        found = read_sheet(book.sheets[0])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 40 * 1024**2
    rows = [*range(1, 101), *([LAST_ROW] if stray == "value" else [])]
    assert list(found.rows) == rows
    assert found.columns[3][:100] == [f"{row}-3" for row in range(1, 101)]
    assert (LAST_COLUMN in found.columns) == (stray == "value")


def test_a_row_filled_far_out_costs_no_more_than_its_cells(tmp_path):
    path, book = tmp_path / "a.xlsx", openpyxl.Workbook(write_only=True)
    sheet, width, height = book.create_sheet(), 3000, 2000
    sheet.append(range(1, width + 1))
    for row in range(2, height + 1):
        sheet.append([row])
    book.save(path)
    with open_headless(path) as book:
        tracemalloc.start()
        found = read_sheet(book.sheets[0])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 16 * 1024**2  # a third of a reference for each cell of the rectangle
    far = found.columns[width]
    assert (len(far), far[0], far[-1], far[:2]) == (height, width, None, [width, None])
    assert list(far) == [width, *[None] * (height - 1)]
    assert found.columns[1] == list(map(float, range(1, height + 1)))
    with pytest.raises(IndexError):
        far[height]


def test_what_was_written_since_is_read(app):
    sheet = app.books.add().sheets[0]
    sheet["B2"].value = [["a", 1], ["b", None]]
    sheet["B2"].value = None
    sheet["D9"].value = "=1+1"
    found = read_sheet(sheet)
    assert list(found.rows) == [2, 3, 9]
    assert dict(found.columns) == {2: [None, "b", None], 3: [1, None, None], 4: [None, None, 2]}


places = st.tuples(st.integers(1, 40), st.integers(1, 12))
values = st.one_of(st.floats(-1e9, 1e9), st.text("ab文 ", max_size=3), st.booleans())


@settings(max_examples=20)
@given(st.dictionaries(places, values, max_size=60))
def test_it_is_what_a_range_shows(cells):
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        sheet = app.books.add().sheets[0]
        for place, value in cells.items():
            sheet[place[0] - 1, place[1] - 1].value = value
        sheet.book.impl.flush()
        found = read_sheet(sheet)
        columns = read_columns(sheet[:40, :12])
    shown = {
        (row, number): value
        for number, column in enumerate(columns, 1)
        for row, value in enumerate(column, 1)
        if value is not None
    }
    own = {
        (row, number): value
        for number, column in found.columns.items()
        for row, value in zip(found.rows, column, strict=True)
        if value is not None
    }
    assert own == shown
    assert set(found.rows) == {row for row, _ in own}
    assert list(found.rows) == sorted(found.rows)
    assert list(found.columns) == sorted({column for _, column in own})


class FakeRange:
    """A range of a live Excel, as far as reading looks at it; `asked` counts the cells read."""

    def __init__(self, sheet, first, last):
        self.sheet, self.first, self.last = sheet, first, last
        self.row, self.column = first
        self.api = self if sheet.finds == "windows" else FakeMacRange(self)

    def __getitem__(self, place):
        cell = self.row + place[0], self.column + place[1]
        return FakeRange(self.sheet, cell, cell)

    def options(self, ndim, err_to_str):
        assert (ndim, err_to_str) == (2, True)
        return self

    @property
    def value(self):
        rows, columns = self.last[0] - self.row + 1, self.last[1] - self.column + 1
        self.sheet.asked += rows * columns
        result = [[None] * columns for _ in range(rows)]
        for row, column in self._held():
            shown = self.sheet.cells_of[row, column]
            result[row - self.row][column - self.column] = shown
        return result

    def _held(self):
        return [
            (row, column)
            for row, column in self.sheet.cells_of
            if self.row <= row <= self.last[0] and self.column <= column <= self.last[1]
        ]

    def Find(self, After, SearchOrder, SearchDirection, **how):  # noqa: N802, N803
        assert how == {
            "What": "*",
            "LookIn": -4123,
            "LookAt": 2,
            "MatchCase": False,
            "MatchByte": False,
        }

        return self.held_next_to(After.first, SearchOrder, SearchDirection)

    def held_next_to(self, cell, order, direction):
        def key(cell):
            return cell if order == 1 else cell[::-1]

        backwards = direction == 2
        held = sorted(self._held(), key=key, reverse=backwards)
        start = key(cell)
        ahead = [each for each in held if (key(each) < start if backwards else key(each) > start)]
        found = next(iter(ahead + held), None)
        return found and SimpleNamespace(Row=found[0], Column=found[1])


class FakeMacRange:
    """The same by the names of Excel's AppleScript dictionary."""

    def __init__(self, cells):
        self.cells, self.first = cells, cells.first

    def find(self, after_, search_order, search_direction, **how):
        assert how == {
            "what": "*",
            "look_in": "k.formulas",
            "look_at": "k.part",
            "match_case": False,
            "match_byte": False,
        }
        order = {"k.by_rows": 1, "k.by_columns": 2}[search_order]
        direction = {"k.search_next": 1, "k.search_previous": 2}[search_direction]
        found = self.cells.held_next_to(after_.first, order, direction)
        if found is None:
            raise FakeCommandError
        address = f"${xw.utils.col_name(found.Column)}${found.Row}"
        return SimpleNamespace(get_address=lambda: address)


class FakeCommandError(Exception):
    errornumber = -50


class FakeSheet:
    """A sheet of a live Excel, by (row, column)."""

    def __init__(self, cells, finds="windows"):
        self.cells_of, self.finds, self.asked = cells, finds, 0
        self.name = "Sheet1"
        self.book = SimpleNamespace(app=SimpleNamespace(engine=SimpleNamespace(name="excel")))

    def range(self, first, last=None):
        if isinstance(first, str):
            first = xw.utils.address_to_index_tuple(first.replace("$", ""))
        return FakeRange(self, first, last or first)

    @property
    def cells(self):
        return self.range((1, 1), (LAST_ROW, LAST_COLUMN))

    @property
    def used_range(self):
        return self.range((2, 2), (LAST_ROW, LAST_COLUMN))  # formats all over it


@pytest.fixture(params=["windows", "mac"])
def side(request, monkeypatch):
    keywords = "formulas part by_rows by_columns search_next search_previous missing_value"
    k = SimpleNamespace(**{name: f"k.{name}" for name in keywords.split()})
    reference = SimpleNamespace(CommandError=FakeCommandError)
    monkeypatch.setitem(sys.modules, "appscript", SimpleNamespace(k=k, reference=reference))
    monkeypatch.setattr(sys, "platform", "win32" if request.param == "windows" else "darwin")
    return request.param


LIVE = {(2, 2): "a", (2, 3): "b", (4, 2): 1.0, (5, 3): "", (5, 5): "#N/A"}


def test_a_live_sheet_is_read_at_once(side):
    sheet = FakeSheet(LIVE, side)
    found = read_sheet(sheet)
    assert list(found.rows) == [2, 4, 5]
    assert list(found.columns.items()) == [
        (2, ["a", 1.0, None]),
        (3, ["b", None, None]),
        (5, [None, None, "#N/A"]),
    ]
    assert sheet.asked == 4 * 4


def test_of_a_live_sheet_with_a_far_cell_only_columns_that_hold_something_are_read(
    side, monkeypatch
):
    monkeypatch.setattr(filled, "_AT_ONCE", 100)
    sheet = FakeSheet(LIVE | {(900, 1000): 7.0}, side)
    found = read_sheet(sheet)
    assert list(found.rows) == [2, 4, 5, 900]
    assert list(found.columns.items()) == [
        (2, ["a", 1.0, None, None]),
        (3, ["b", None, None, None]),
        (5, [None, None, "#N/A", None]),
        (1000, [None, None, None, 7.0]),
    ]
    assert sheet.asked == 3 + 4 + 1 + 1


def test_a_live_sheet_without_cells_shows_nothing(side):
    sheet = FakeSheet({}, side)
    found = read_sheet(sheet)
    assert (list(found.rows), dict(found.columns), sheet.asked) == ([], {}, 0)
