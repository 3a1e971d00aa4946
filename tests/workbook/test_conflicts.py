"""What keeps outputs from being written is known before anything is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import Key, Table, column, headless
from kam_excel.contract.strategy import Run
from kam_excel.errors import WorkbookError
from kam_excel.workbook import newsheet
from kam_excel.workbook import write as writing
from kam_excel.workbook.write import conflicts, write_output

RUN = Run(as_of=date(2026, 6, 30), language="en")


class Visits(Table, zh="拜访", en="Visits"):
    code: Key = column(zh="编码", en="Code")


class Calls(Table, zh="通话", en="Calls"):
    code: Key = column(zh="编码", en="Code")


@pytest.fixture
def book():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add()
    app.quit()


@pytest.fixture
def locked(monkeypatch):
    """The structure of every book is protected, as Excel says of it."""
    for module in (writing, newsheet):
        monkeypatch.setattr(module, "is_structure_locked", lambda book: True)


def codes(book: xw.Book, rows: int = 1) -> list[str]:
    return [each.code.name for each in conflicts(book, {Visits: rows, Calls: 1}, "en")]


def write(book: xw.Book, table: type[Table]) -> xw.Sheet:
    return write_output(book, table, table.frame(pd.DataFrame({"code": ["A"]})), RUN, "0")


def test_nothing_stands_in_the_way_of_new_sheets(book):
    assert codes(book) == []


def test_a_sheet_of_the_name_that_is_not_ours(book):
    book.sheets.add("calls")
    assert codes(book) == ["OUTPUT_SHEET_TAKEN"]


def test_a_book_that_takes_no_more_sheets_is_told_once(book, locked):
    assert codes(book) == ["STRUCTURE_LOCKED"]
    with pytest.raises(WorkbookError, match="STRUCTURE_LOCKED"):
        write(book, Visits)
    assert len(book.sheets) == 1


def test_a_book_that_takes_no_more_sheets_and_needs_none(book, request):
    for table in (Visits, Calls):
        write(book, table)
    request.getfixturevalue("locked")
    assert codes(book) == []
    write(book, Calls)


def test_a_note_below_the_table_is_never_covered(book):
    sheet = write(book, Visits)
    sheet.range("A8").value = "ask her"
    assert codes(book, rows=2) == []
    assert codes(book, rows=3) == ["OUTPUT_CELLS_TAKEN"]
    (told,) = conflicts(book, {Visits: 3}, "en")
    assert str(told.where) == "Visits!A8"


def test_more_rows_than_a_sheet_takes(book):
    last_row = 1_048_576
    assert codes(book, rows=last_row - 5) == []
    assert codes(book, rows=last_row - 4) == ["OUTPUT_TOO_LONG"]
    (told,) = conflicts(book, {Visits: last_row}, "en")
    assert "1,048,576 rows; a sheet takes 1,048,571" in told.text("en")


def test_a_note_beside_the_table_stands_in_nobodys_way(book):
    write(book, Visits).range("B8").value = "ask her"
    assert codes(book, rows=9) == []
