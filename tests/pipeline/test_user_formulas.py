"""Formulas of users that read our outputs follow them, or are told as stale."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless

AS_OF = "2026-06-30"
SALES = [
    ["日期", "客户编码", "客户名称", "金额"],
    *[[date(2026, 3, 5), f"00{i}", f"客户{i}", net] for i, net in enumerate([400, 250, 150, 60])],
]
FORMULAS = [
    ["=SUM(kam_key_accounts[净销售额])"],
    ["=A1*2"],
    ["=MYFUNC(大客户名单!A6)"],
    ["=1+1"],
]


@pytest.fixture
def headless_app():
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app
    app.quit()


@pytest.fixture
def with_formulas(make_workbook, kam, headless_app):
    """A workbook that was run once, to which its user then added formulas over the outputs."""
    path = make_workbook({"销售明细": SALES})
    kam("run", path, "--in-place", "--as-of", AS_OF)
    book = headless_app.books.open(str(path))
    sheet = book.sheets.add("分析", after=book.sheets[0])
    sheet["A1"].formula = FORMULAS
    book.save()
    book.close()
    return path


def values(path):
    cells = openpyxl.load_workbook(path, data_only=True)["分析"]["A1:A4"]
    return [row[0].value for row in cells]


def test_they_follow_the_outputs_and_excel_computes_the_rest(with_formulas, kam, headless_app):
    assert values(with_formulas)[0] == 860
    book = headless_app.books.open(str(with_formulas))
    book.sheets["销售明细"]["D2"].value = 1400
    book.save()
    book.close()

    done = kam("run", with_formulas, "--in-place", "--as-of", AS_OF, "--json")

    assert done.code == 0
    assert values(with_formulas) == [1860, 3720, None, 2]
    formulas = json.loads(done.out)["formulas"]
    assert [each["cell"] for each in formulas["stale"]] == ["A3"]
    assert formulas["counts"]["recomputed"] == 2
    assert openpyxl.load_workbook(with_formulas).calculation.fullCalcOnLoad


def test_the_same_run_again_changes_no_byte(with_formulas, kam):
    once = with_formulas.read_bytes()
    done = kam("run", with_formulas, "--in-place", "--as-of", AS_OF)
    assert done.code == 0
    assert "内容没有变化" in done.out
    assert with_formulas.read_bytes() == once


def test_what_stays_stale_is_said_in_the_language_of_the_workbook(with_formulas, kam):
    done = kam("run", with_formulas, "--dry-run", "--as-of", "2026-05-31")
    assert "依赖输出的公式：" in done.out
    assert "过期，没有可核对的值，且用到未经验证的函数：分析!A3" in done.out
