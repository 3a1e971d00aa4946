"""One workbook, run in Chinese, then in English, then back: everything that is read switches."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless

SALES = [
    ["日期", "客户编码", "金额"],
    *([date(2026, month, 5), f"K{n}", 1000 * n] for month in range(1, 7) for n in range(1, 6)),
]
OUTPUTS = ["大客户名单", "大客户概览", "帕累托曲线", "洛伦兹曲线", "数据问题"]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def workbook(make_workbook, kam):
    """Written in Chinese; K3 was added by hand, with a reason."""
    path = make_workbook({"销售明细": SALES})
    run(kam, path, "zh")
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    book = app.books.open(str(path))
    sheet = book.sheets["大客户名单"]
    headers = sheet.range("A5").expand("right").value
    row = sheet.range("B6").expand("down").value.index("K3") + 6
    sheet.range((row, headers.index("手工调整") + 1)).value = "加入"
    sheet.range((row, headers.index("理由") + 1)).value = "Promised"
    book.save()
    app.quit()
    return path


def run(kam, path, language: str):
    done = kam("run", path, "--in-place", "--as-of", "2026-06-30", "--language", language)
    assert (done.code, done.err) == (0, "")
    return done


def texts(sheet) -> list[str]:
    """What a sheet says: cells, notes, drop-downs."""
    cells = [cell for row in sheet for cell in row]
    notes = [cell.comment.text for cell in cells if cell.comment]
    lists = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    return [str(cell.value) for cell in cells if cell.value is not None] + notes + lists


def test_outputs_speak_the_language_of_the_run_and_keep_their_sheets(workbook, kam):
    run(kam, workbook, "en")
    book = openpyxl.load_workbook(workbook)
    assert [name for name in OUTPUTS if name not in book.sheetnames] == []
    for name in OUTPUTS:
        assert [text for text in texts(book[name]) if HAN.search(text)] == []


def test_what_was_filled_in_by_hand_is_told_in_the_other_language(workbook, kam):
    run(kam, workbook, "en")
    sheet = openpyxl.load_workbook(workbook)["大客户名单"]
    headers = [cell.value for cell in sheet[5]]
    rows = [dict(zip(headers, row, strict=True)) for row in sheet.iter_rows(6, values_only=True)]
    (mine,) = [row for row in rows if row["Customer ID"] == "K3"]
    names = ["Manual Adjustment", "Reason for Adjustment", "Key Account", "Selected By"]
    assert [mine[name] for name in names] == ["add", "Promised", "Yes", "manual"]


def test_there_and_back_says_the_same(workbook, kam):
    run(kam, workbook, "zh")
    before = {name: texts(openpyxl.load_workbook(workbook)[name]) for name in OUTPUTS}
    run(kam, workbook, "en")
    run(kam, workbook, "zh")
    assert {name: texts(openpyxl.load_workbook(workbook)[name]) for name in OUTPUTS} == before
