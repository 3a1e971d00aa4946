"""Tables that print one group a page: where pages begin, what they repeat, how groups are told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
import pytest
import xlwings as xw

from kam_excel import (
    Choice,
    Frame,
    Integer,
    Key,
    Money,
    Page,
    Sales,
    Table,
    Text,
    Tones,
    column,
    headless,
    hookimpl,
    strategy,
)
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.strategy import Run
from kam_excel.errors import PluginError
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import check_file
from kam_excel.settings.settings import Settings
from kam_excel.workbook.adapter import MOST_BREAKS
from kam_excel.workbook.looks import TONES
from kam_excel.workbook.printing import unbroken_issues
from kam_excel.workbook.restoring import all_or_nothing
from kam_excel.workbook.write import write_output

RUN = Run(as_of=date(2026, 6, 30), language="en")


class Statement(
    Table, zh="对账单", en="Statement", key=("line",), page=Page(break_by="customer_id")
):
    line: Integer = column(zh="行号", en="Line")
    customer_id: Key = column(zh="客户编码", en="Customer ID", optional=True)
    verdict: Choice = column(zh="意见", en="Verdict", manual=True, choices={"go": "去"})


@pytest.fixture
def book():
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        yield app.books.add()


def lines(customers: Sequence[str | None]) -> pd.DataFrame:
    return Statement.frame(
        pd.DataFrame({"line": range(len(customers)), "customer_id": list(customers)})
    )


def written(book: xw.Book, *customers: str | None) -> xw.Sheet:
    return write_output(book, Statement, lines(customers), RUN, "0")


def begun(book: xw.Book, folder: Path) -> list[int]:
    """The rows that begin a page, as openpyxl reads them: a break names the row above it."""
    book.save(folder / "printed.xlsx")
    sheet = openpyxl.load_workbook(folder / "printed.xlsx")["Statement"]
    assert all(each.man for each in sheet.row_breaks.brk)
    return [each.id + 1 for each in sheet.row_breaks.brk]


def test_each_value_begins_a_page_below_the_headers(book, tmp_path):
    sheet = written(book, "C1", "C1", "C2", "C3", "C3", "C3")
    assert begun(book, tmp_path) == [8, 9]
    assert [name.refers_to for name in book.names] == ["=Statement!$1:$5"]
    page = sheet.impl.model.grid.shell.child("pageSetup").attributes
    assert (page["fitToHeight"], page.get("fitToWidth", "1")) == ("0", "1")


@pytest.mark.parametrize(
    ("customers", "rows"), [([], []), (["C1"], []), (["C1", "C1"], []), (["C1", None, None], [7])]
)
def test_the_first_group_begins_no_page_and_no_value_is_a_group(book, tmp_path, customers, rows):
    written(book, *customers)
    assert begun(book, tmp_path) == rows


def test_the_next_run_replaces_the_breaks(book, tmp_path):
    written(book, "C1", "C2", "C3")
    written(book, "C1", "C1", "C2")
    assert begun(book, tmp_path) == [8]
    written(book, "C1", "C1", "C1")
    assert begun(book, tmp_path) == []


def test_breaks_of_other_sheets_stay(book, tmp_path):
    book.sheets[0].page_setup.impl.break_before([4])
    written(book, "C1", "C2")
    assert begun(book, tmp_path) == [7]
    users = openpyxl.load_workbook(tmp_path / "printed.xlsx").worksheets[0]
    assert [each.id for each in users.row_breaks.brk] == [3]


def test_of_too_many_groups_none_begins_a_page(book, tmp_path):
    customers = [f"C{i:04}" for i in range(MOST_BREAKS + 1)]
    written(book, *customers)
    assert len(begun(book, tmp_path)) == MOST_BREAKS
    written(book, *customers, "D")
    assert begun(book, tmp_path) == []


def test_a_run_that_fails_leaves_the_breaks_of_the_one_before(book, tmp_path):
    written(book, "C1", "C2", "C2", "C3")
    with suppress(ZeroDivisionError), all_or_nothing(book, [Statement], RUN):
        written(book, "C1", "C1")
        raise ZeroDivisionError
    assert begun(book, tmp_path) == [7, 9]


def test_the_first_row_of_a_group_is_tinted_but_what_is_filled_in(book):
    sheet = written(book, "C1", "C2")
    (rule,) = sheet.range("A6:B7").conditional_formats
    assert rule.formula == "=INDEX($B:$B,ROW())<>INDEX($B:$B,ROW()-1)"
    assert len(sheet.range("C6:C7").conditional_formats) == 0
    written(book, "C1", "C2", "C3")
    assert len(sheet.range("A6:C8").conditional_formats) == 1


class Account(Table, zh="账户", en="Account", page=Page(last="amount")):
    kind: Choice = column(
        zh="类型",
        en="Kind",
        choices={"entry": "分录", "total": "合计"},
        look=Tones({"total": "strong"}, rows=True),
    )
    item: Text = column(zh="摘要", en="Description", widest=30)
    amount: Money = column(zh="金额", en="Amount")
    remark: Text = column(zh="备注", en="Remark", optional=True)


def account(book: xw.Book, rows: int) -> xw.Sheet:
    rest = {"item": "paid back " * 9, "amount": [Decimal(1)] * rows, "remark": "x" * 200}
    frame = pd.DataFrame({"kind": ["entry"] * (rows - 1) + ["total"], **rest})
    return write_output(book, Account, Account.frame(frame), RUN, "0")


def test_what_stands_behind_the_last_column_does_not_print(book):
    sheet = account(book, 2)
    assert sheet.page_setup.print_area == "$A$1:$C$7"
    assert "landscape" not in str(sheet.impl.model.grid.shell.child("pageSetup").attributes)
    assert account(book, 5).page_setup.print_area == "$A$1:$C$10"


def test_a_row_is_as_strong_as_its_value(book):
    sheet = account(book, 2)
    (rule,) = sheet.range("A6:D7").conditional_formats
    assert rule.formula == '=INDEX($A:$A,ROW())="total"'
    assert rule.font_bold
    assert (rule.fill_color, rule.font_color) == TONES["strong"]


def test_long_texts_are_broken_where_the_column_says(book):
    sheet = account(book, 2)
    assert sheet.range("B6").column_width == pytest.approx(30, abs=1)
    assert sheet.range("B6").wrap_text
    assert not sheet.range("D6").wrap_text
    assert sheet.range("A6").row_height == 45
    short = {"kind": ["total"], "item": ["paid"], "amount": [Decimal(1)]}
    write_output(book, Account, Account.frame(pd.DataFrame(short)), RUN, "0")
    assert sheet.range("A6").row_height == 15


def test_rows_of_one_value_stand_together():
    with pytest.raises(PluginError, match=r"OUTPUT_ROWS_APART statement\.customer_id") as caught:
        lines(["C1", "C2", "C1", "C3", "C2"])
    assert caught.value.problems[0].facts == {"column": "customer_id", "value": "C1", "count": 2}
    with pytest.raises(PluginError, match="OUTPUT_ROWS_APART"):
        lines([None, "C2", None])
    assert len(lines(["C2", "C1", "C1", None, None])) == 5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"page": Page(break_by="region")}, "no column"),
        ({"page": Page(last="region")}, "no column"),
        ({"page": Page(break_by="name"), "card": True}, "without groups"),
        ({"page": Page(break_by="name"), "collected": True}, "without groups"),
    ],
)
def test_groups_that_cannot_be_are_refused_when_they_are_declared(given, said):
    body = {"__annotations__": {"name": Text}, "name": column(zh="名称", en="Name")}
    with pytest.raises(TypeError, match=said):
        type("Groups", (Table,), body, zh="组", en="Groups", **given)


def test_nothing_is_said_of_tables_that_print_by_group():
    assert len(unbroken_issues(Statement, lines(["C1", "C2"]), "en")) == 0
    assert len(unbroken_issues(Sales, pd.DataFrame({"customer_id": ["C1"]}), "en")) == 0


class Given(NamedTuple):
    statement: Frame[Statement]


@strategy(zh="对账单", en="Write statements")
def write_statements(sales: Frame[Sales]) -> Given:
    return Given(lines([f"C{i:04}" for i in range(MOST_BREAKS + 2)]))


class Plugin:
    @hookimpl
    def kam_register_strategies(self) -> list[Any]:
        return [write_statements]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Each Customer ID is to begin a page, but there are 1025 of them"),
        ("zh", "应按“客户编码”分页打印，但取值有 1025 个"),
    ],
)
def test_the_issue_sheet_says_that_there_are_too_many(make_workbook, language, said):
    path = make_workbook({"Sales": [["日期", "客户编码", "金额"], [date(2026, 5, 5), "A", 100]]})
    host = make_host(core, Plugin(), discover=False)
    options = Options(as_of=RUN.as_of, language=language)
    found = check_file(path, host, Settings.load(None, host.policies(), {}), options)
    issues = next(o.frame for o in found.computed.outputs if o.table is DataIssues)
    (note,) = issues[issues["reason_code"] == "PAGES_NOT_BROKEN"].to_dict("records")
    assert note["table_id"] == Statement.title(language)
    assert said in note["reason_text"]
