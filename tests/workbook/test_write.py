"""An output on its sheet: what it holds, how it looks, and what of the user's it leaves alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import (
    Boolean,
    Choice,
    DataBar,
    Date,
    Key,
    Money,
    Page,
    Percent,
    Sparkline,
    Table,
    Text,
    Tones,
    column,
    headless,
)
from kam_excel.contract.strategy import Run
from kam_excel.domain.exact import exact
from kam_excel.workbook.write import write_output


class Visits(Table, zh="拜访", en="Visits", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    name: Text = column(zh="名称", en="Name", note=("全称", "The full name"))
    amount: Money = column(zh="金额", en="Amount", look=DataBar())
    share: Percent = column(zh="占比", en="Share")
    day: Date = column(zh="日期", en="Date")
    late: Boolean = column(zh="逾期", en="Late", look=Tones({True: "bad"}))
    place: Text = column(zh="链接", en="Link", link=True)
    verdict: Choice = column(
        zh="意见", en="Verdict", manual=True, choices={"go": "去", "stay": "不去"}
    )


@pytest.fixture
def book():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add()
    app.quit()


def written(book: xw.Book, *names: str, language: str = "en") -> xw.Sheet:
    n = len(names)
    frame = pd.DataFrame(
        {
            "customer_id": [f"00{i}" for i in range(n)],
            "name": list(names),
            "amount": exact([Decimal("2.675")] * n),
            "share": [0.125] * n,
            "day": pd.to_datetime(["2026-01-05"] * n),
            "late": [True] * n,
            "place": ["Sheet1!A1"] * n,
        }
    )
    run = Run(as_of=date(2026, 6, 30), language=language)
    return write_output(book, Visits, Visits.frame(frame), run, "0")


def test_cells_hold_values_and_text_from_the_data_stays_text(book):
    sheet = written(book, "=1+1", "1/5")
    assert sheet.range("A6").value == "000"
    assert [cell.formula for cell in sheet.range("B6:B7")] == ["=1+1", "1/5"]
    assert sheet.range("B6:B7").value == ["=1+1", "1/5"]
    assert sheet.range("C6").value == 2.68
    assert sheet.range("E6").value.date() == date(2026, 1, 5)
    assert sheet.range("F6").value == "Yes"


def test_looks_notes_links_and_drop_downs_are_those_declared(book):
    sheet = written(book, "A", "B")
    assert [each.type for each in sheet.range("C6:C7").conditional_formats] == ["data_bar"]
    assert [each.formula1 for each in sheet.range("F6:F7").conditional_formats] == ['="Yes"']
    assert sheet.range("B5").note.text == "The full name"
    assert sheet.range("G6").hyperlink == "#'Sheet1'!A1"
    assert sheet.range("H6:H7").data_validation.source == "go,stay"
    assert sheet.range("A5").color != sheet.range("H5").color


def test_what_users_put_beside_the_table_stays(book):
    sheet = written(book, "A", "B", "C")
    sheet.range("J5").value = [["Mine"], ["call"], ["write"]]
    sheet.range("J6").color = (1, 2, 3)
    sheet.range("J6").add_note("ask her")
    sheet.range("B:B").column_width = 60
    written(book, "A")
    assert sheet.range("J5:J7").value == ["Mine", "call", "write"]
    assert sheet.range("J6").color == (1, 2, 3)
    assert sheet.range("J6").note.text == "ask her"
    assert sheet.range("B1").column_width == pytest.approx(60, abs=1)


def test_a_column_that_excel_took_into_the_table_stays(book):
    sheet = written(book, "A", "B", "C")
    sheet.range("I5").value = [["Mine"], ["call"], ["write"], ["ask"]]
    sheet.tables["kam_visits"].resize(sheet.range("A5:I8"))
    written(book, "A")
    assert sheet.range("I5:I8").value == ["Mine", "call", "write", "ask"]
    assert sheet.range("A7:H8").value == [[None] * 8] * 2
    assert sheet.tables["kam_visits"].range.address == "$A$5:$H$6"


def test_a_shorter_list_leaves_nothing_of_the_longer_one(book):
    written(book, "A", "B", "C")
    sheet = written(book, "A")
    assert sheet.range("A7:H8").value == [[None] * 8] * 2
    assert len(sheet.range("A7:H8").conditional_formats) == 0
    assert sheet.range("H7").data_validation.type == "none"
    assert sheet.tables["kam_visits"].range.address == "$A$5:$H$6"


def test_the_other_language_takes_over_the_same_sheet(book):
    sheet = written(book, "A")
    again = written(book, "A", language="zh")
    assert again.name == sheet.name
    assert again.range("A5:C5").value == ["客户编码", "名称", "金额"]
    assert again.range("F6").value == "是"
    assert again.range("B5").note.text == "全称"
    assert again.range("H6").data_validation.source == "去,不去"
    assert [each.formula1 for each in again.range("F6").conditional_formats] == ['="是"']


def test_an_empty_output_has_one_blank_row(book):
    sheet = written(book)
    assert sheet.tables["kam_visits"].range.address == "$A$5:$H$6"
    assert sheet.range("A6:H6").value == [None] * 8


def test_columns_are_as_wide_as_their_content(book):
    sheet = written(book, "a name of forty characters, or nearly so")
    assert sheet.range("B1").column_width >= 40
    assert sheet.range("F1").column_width < 12


class Poster(Table, zh="海报", en="Poster", page=Page(paper="A3", landscape=False)):
    name: Text = column(zh="名称", en="Name")


def test_the_page_follows_from_the_width_unless_it_is_declared(book):
    run = Run(as_of=date(2026, 6, 30))
    poster = write_output(book, Poster, Poster.frame(pd.DataFrame({"name": ["A"]})), run, "0")
    narrow = written(book, "A")
    book.impl.flush()
    pages = [book.impl.package.read(sheet.impl.model.part).decode() for sheet in (poster, narrow)]
    assert [re.findall(r'paperSize="(\d+)"', page) for page in pages] == [["8"], ["9"]]
    assert all('fitToHeight="0"' in page for page in pages)


class Trend(Table, zh="趋势", en="Trend"):
    april: Money = column(zh="四月", en="April")
    may: Money = column(zh="五月", en="May")
    june: Money = column(zh="六月", en="June")
    trend: Text = column(zh="走势", en="Trend", optional=True, look=Sparkline("april", "june"))


def test_a_small_line_draws_the_row_and_is_drawn_once(book):
    run = Run(as_of=date(2026, 6, 30))
    sales = pd.DataFrame({name: exact([1, 2]) for name in ("april", "may", "june")})
    for _ in range(2):
        sheet = write_output(book, Trend, Trend.frame(sales), run, "0")
    book.impl.flush()
    page = book.impl.package.read(sheet.impl.model.part).decode()
    assert re.findall(r"<xm:f>(.*?)</xm:f>", page) == ["Trend!A6:C6", "Trend!A7:C7"]
    assert re.findall(r"<xm:sqref>(.*?)</xm:sqref>", page) == ["D6", "D7"]
