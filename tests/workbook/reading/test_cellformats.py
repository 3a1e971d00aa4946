"""Number formats are asked for where they may say something of the cells."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from kam_excel.contract.column import Kind
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.reading.cellformats import CellFormats

CELLS = [0.13, None, "13%", 0.5, datetime(2026, 1, 5)]
ROWS = [2, 3, 4, 5, 7]


@pytest.fixture
def formats(tmp_path):
    """The formats of a sheet whose column B holds CELLS, A2 under `text`."""
    opened = []

    def of(text):
        book = openpyxl.Workbook()
        for row, cell in zip(ROWS, CELLS, strict=True):
            book.active.cell(row, 2, cell)
        book.active["B2"].number_format = text
        book.save(tmp_path / "a.xlsx")
        opened.append(open_headless(tmp_path / "a.xlsx"))
        return CellFormats(opened[-1].__enter__().sheets[0])

    yield of
    for each in opened:
        each.__exit__(None, None, None)


def test_only_numbers_have_formats_that_matter(formats):
    found = formats("0%").of(Kind.PERCENT, 2, ROWS, CELLS)
    assert found == ["0%", "", "", "General", ""]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.PERCENT, "0%"),
        (Kind.TEXT, "0%"),
        (Kind.KEY, "0000"),
        (Kind.MONEY, '"US$"0.00'),
        (Kind.NUMBER, '0"万"'),
    ],
)
def test_formats_are_asked_for_where_one_may_tell_something(formats, kind, text):
    assert formats(text).of(kind, 2, ROWS, CELLS)[0] == text
    assert formats("#,##0.00").of(kind, 2, ROWS, CELLS) == ()


def test_a_column_without_numbers_needs_none(formats):
    assert formats("0%").of(Kind.PERCENT, 2, [4, 7], ["13%", None]) == ()
