"""A book in which writing fails half-way: our sheets are as they were, the user's untouched."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import (
    Chart,
    Choice,
    DataBar,
    Integer,
    Key,
    Series,
    Table,
    Text,
    Tones,
    column,
    headless,
)
from kam_excel.contract.strategy import Run
from kam_excel.errors import ExcelError
from kam_excel.workbook.charts import draw_charts
from kam_excel.workbook.restoring import all_or_nothing
from kam_excel.workbook.write import write_output

THEN = Run(as_of=date(2026, 5, 31), language="zh")
NOW = replace(THEN, as_of=date(2026, 6, 30), language="en")


class Orders(Table, zh="订单", en="Orders", key=("code",)):
    code: Key = column(zh="编码", en="Code")
    number: Integer = column(zh="数量", en="Number", look=DataBar())
    verdict: Choice = column(
        zh="意见",
        en="Verdict",
        manual=True,
        choices={"go": "去", "stay": "不去"},
        look=Tones({"stay": "bad"}),
    )


class Summary(
    Table,
    zh="概览",
    en="Summary",
    card=True,
    charts=(
        Chart(
            "orders",
            zh="订单",
            en="Orders",
            kind="bar",
            x="code",
            series=(Series("number"),),
            source=Orders,
        ),
    ),
):
    count: Integer = column(zh="家数", en="Count")
    advice: Text = column(zh="建议", en="Advice")


class Added(Table, zh="新增", en="Added"):
    code: Key = column(zh="编码", en="Code")


class BrokenError(Exception):
    """What Excel raises in the middle of something."""


@pytest.fixture
def book():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add()
    app.quit()


def write(book: xw.Book, run: Run, *codes: str, tables=(Orders, Summary)) -> None:
    n = len(codes)
    frames = {
        Orders: {"code": codes, "number": range(n), "verdict": ["stay"] * n},
        Summary: {"count": [n], "advice": [f"={n}"]},
        Added: {"code": codes},
    }
    for table in tables:
        write_output(book, table, table.frame(pd.DataFrame(frames[table])), run, codes[0])
    for table in tables:
        draw_charts(book, table, run)


def state(book: xw.Book) -> dict[str, object]:
    """What users see of a book: cells, formats, tables, charts, drop-downs, visibility."""
    seen: dict[str, object] = {}
    for sheet in book.sheets:
        seen[sheet.name] = (
            sheet.visible,
            sheet.range("A1:J40").formula,
            [cell.number_format for cell in sheet.range("A6:C10")],
            [cell.color for cell in sheet.range("A5:C10")],
            [(table.name, table.range.address) for table in sheet.tables],
            [(chart.name, chart.chart_type) for chart in sheet.charts],
        )
    return seen


@contextmanager
def failing_at(number: int, counted: list[int]):
    """Excel fails when our writing asks it for something the `number`-th time."""
    counted[:] = [0]

    def watch(frame, event, argument):
        caller = frame.f_back
        if event == "call" and caller is not None and _is_ask(frame, caller):
            counted[0] += 1
            if counted[0] == number:
                raise BrokenError

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)


def _is_ask(frame, caller) -> bool:
    """Whether our writing calls xlwings; what ends generators could not fail."""
    asks = caller.f_globals.get("__name__", "").startswith("kam_excel.workbook.")
    is_generator = frame.f_code.co_flags & inspect.CO_GENERATOR
    return asks and not is_generator and frame.f_globals.get("__name__") == "xlwings.main"


def attempt(book: xw.Book, number: int, write_all: Callable[[], None]) -> int:
    """Write with a failure planted; how often Excel was asked until then."""
    counted: list[int] = []
    try:
        with all_or_nothing(book, [Orders, Summary, Added], NOW), failing_at(number, counted):
            write_all()
    except BrokenError:
        pass
    return counted[0]


def test_whatever_fails_everything_is_as_it_was(book):
    write(book, THEN, "甲", "乙", "丙")
    orders = book.sheets["订单"]
    orders.range("E6").value = "a note of the user's"
    book.sheets[0].range("A1").value = "=订单!B8"
    before = state(book)

    def write_all() -> None:
        write(book, NOW, "A", "B", "C", "D", "E", tables=(Orders, Summary, Added))

    number, step = 1, 1
    while attempt(book, number, write_all) == number:
        assert state(book) == before, f"after a failure at the {number}th call"
        number, step = number + step, min(step + 1, 17)
    assert number > 150
    assert book.sheets["订单"].range("A6").value == "A"  # the last attempt went through


def test_without_earlier_sheets_none_is_left(book):
    before = state(book)
    for number in (1, 5, 30, 80):
        attempt(book, number, lambda: write(book, NOW, "A", "B"))
        assert state(book) == before


def test_formulas_of_users_and_all_digits_are_put_back(book):
    write(book, THEN, "甲", "乙", "丙")
    orders = book.sheets["订单"]
    orders.range("B6").value = 0.1 + 0.2
    orders.range("C6:C8").formula = [['=IF(A6="甲","go","stay")'], ["'=1+1"], ["去"]]
    orders.range("B10").formula = "=SUM(kam_orders[数量])"
    cells = orders.range("A1:D15")
    before = cells.formula
    for number in (1, 60, 150):
        attempt(book, number, lambda: write(book, NOW, *"ABCDEFG"))
        assert cells.formula == before
    assert orders.range("B6").value == 0.1 + 0.2
    assert orders.range("C6").formula.startswith("=IF")
    assert orders.range("C7").value == "=1+1"


def test_ctrl_c_in_the_middle_puts_back_too(book):
    write(book, THEN, "甲")
    before = state(book)

    def interrupted() -> None:
        with all_or_nothing(book, [Orders], NOW):
            write(book, NOW, "A", "B", tables=(Orders,))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert state(book) == before


def test_a_sheet_of_other_columns_gets_its_values_back(book):
    class Orders(Table, zh="订单", en="Orders"):
        code: Key = column(zh="编码", en="Code")
        gone: Text = column(zh="旧列", en="Gone")

    frame = Orders.frame(pd.DataFrame({"code": ["甲"], "gone": ["=1"]}))
    write_output(book, Orders, frame, THEN, "x")
    cells = book.sheets["订单"].range("A1:D8").formula
    attempt(book, 60, lambda: write(book, NOW, "A", "B", "C"))
    assert book.sheets["订单"].range("A1:D8").formula == cells


def test_what_cannot_be_put_back_is_said_beside_what_went_wrong(book):
    write(book, THEN, "甲")

    def broken() -> None:
        with all_or_nothing(book, [Orders], NOW):
            write(book, NOW, "A", tables=(Orders,))
            book.sheets["订单"].delete()
            raise BrokenError("busy")

    with pytest.raises(ExcelError) as raised:
        broken()
    (told,) = raised.value.problems
    assert told.code.name == "OUTPUTS_INCOMPLETE"
    assert told.facts == {"sheets": "订单", "error": "BrokenError('busy')"}
