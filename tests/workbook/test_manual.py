"""What users fill in follows its key: to another row, out of the list, and back."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import Choice, Key, Table, Text, column, headless
from kam_excel.contract.strategy import Run
from kam_excel.workbook.history import read_history, remember, set_aside
from kam_excel.workbook.manual import put_back, read_manual, set_aside_issues
from kam_excel.workbook.write import write_output

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


class Visits(Table, zh="拜访", en="Visits", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    verdict: Choice = column(
        zh="意见", en="Verdict", manual=True, needs="why", choices={"go": "去", "stay": "不去"}
    )
    why: Text = column(zh="理由", en="Why", manual=True)


@pytest.fixture
def book():
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app.books.add()
    app.quit()


def accounts(*ids: str) -> pd.DataFrame:
    return Visits.frame(pd.DataFrame({"customer_id": list(ids)}))


def written(book: xw.Book, frame: pd.DataFrame, language="en") -> xw.Sheet:
    return write_output(book, Visits, frame, Run(as_of=JUNE, language=language), "0")


def nothing() -> pd.DataFrame:
    class NoSheets:
        sheets = ()

    return read_history(NoSheets())


def filled(book: xw.Book, history=None) -> pd.DataFrame:
    found = read_manual(book, Visits, nothing() if history is None else history)
    assert found.problems == []
    return found.frame


def test_values_follow_their_key_when_the_order_changes(book):
    sheet = written(book, accounts("A", "B"))
    sheet.range("B7").value = [["go", "they asked"]]
    frame, left = put_back(accounts("B", "C", "A"), Visits, filled(book))
    assert list(frame["verdict"].fillna("")) == ["go", "", ""]
    assert list(frame["why"].fillna("")) == ["they asked", "", ""]
    assert list(left["customer_id"]) == []


def test_values_are_read_in_the_language_that_the_sheet_was_written_in(book):
    written(book, accounts("A"), "zh").range("B6").value = [["不去", "太远"]]
    assert filled(book).to_dict("records") == [
        {"customer_id": "A", "verdict": "stay", "why": "太远"}
    ]


def test_values_of_a_row_that_leaves_are_set_aside_and_come_back(book):
    written(book, accounts("A", "B")).range("B6").value = [["go", "soon"]]
    frame, left = put_back(accounts("B"), Visits, filled(book))
    history = remember(nothing(), MAY, [], [(Visits, left)])
    written(book, frame)
    assert set_aside(history, Visits).to_dict("records") == [
        {"customer_id": "A", "verdict": "go", "why": "soon"}
    ]
    again, left = put_back(accounts("A", "B"), Visits, filled(book, history))
    assert list(again["why"].fillna("")) == ["soon", ""]
    assert remember(history, JUNE, [], [(Visits, left)]).empty


def test_what_was_set_aside_keeps_its_date_when_a_day_is_run_again(book):
    written(book, accounts("A")).range("B6").value = [["go", "soon"]]
    _, left = put_back(accounts(), Visits, filled(book))
    history = remember(nothing(), MAY, [], [(Visits, left)])
    _, left = put_back(accounts(), Visits, read_manual(book, Visits, history).frame)
    later = remember(history, JUNE, [], [(Visits, left)])
    assert list(later["as_of"]) == [pd.Timestamp(MAY)]


def test_setting_aside_is_told(book):
    written(book, accounts("A", "B")).range("B6").value = [["go", "soon"]]
    _, left = put_back(accounts("B"), Visits, filled(book))
    issues = set_aside_issues(Visits, left)
    assert list(issues["original_value"]) == ["A"]


def test_a_value_without_its_reason_names_the_cell_to_fill_in(book):
    written(book, accounts("A", "B")).range("B7").value = "go"
    problems = read_manual(book, Visits, nothing()).problems
    assert [(p.code.name, p.where.cell) for p in problems] == [("MANUAL_INCOMPLETE", "C7")]
    assert "B" in problems[0].text("en")


def test_a_value_that_is_none_of_the_choices_names_its_cell(book):
    written(book, accounts("A")).range("B6").value = [["maybe", "who knows"]]
    problems = read_manual(book, Visits, nothing()).problems
    assert [(p.code.name, p.where.cell) for p in problems] == [("MANUAL_NOT_READ", "B6")]
    assert "maybe" in problems[0].text("zh")
