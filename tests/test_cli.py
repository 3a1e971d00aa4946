"""What a user's mistake looks like: one clear message each, an exit code, nothing written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest

DAY = date(2026, 3, 5)
HEADER = ["日期", "客户编码", "金额"]
GOOD = {"销售明细": [HEADER, [DAY, "A", 10]]}

MISTAKES = {
    "text in amounts": (
        {"销售明细": [HEADER, [DAY, "A", 10], [DAY, "B", "12万"], [DAY, "C", "(500)"]]},
        ["NUMBER_CHINESE_UNIT 销售明细!C3", "12万", "NUMBER_IN_PARENTHESES 销售明细!C4", "(500)"],
    ),
    "an error value": (
        {"销售明细": [HEADER, [DAY, "A", "#N/A"]]},
        ["CELL_ERROR", "销售明细!C2", "#N/A"],
    ),
    "a missing column": (
        {"销售明细": [["日期", "客户编码", "金颜"], [DAY, "A", 10]]},
        ["COLUMN_MISSING", "销售明细!1:1", "金颜"],
    ),
    "a header twice": (
        {"销售明细": [["日期", "客户编码", "金额", "金额"], [DAY, "A", 10, 10]]},
        ["HEADER_TWICE", "销售明细!1:1", "金额"],
    ),
    "no sales at all": (
        {"客户档案": [["客户编码", "客户名称"], ["A", "甲"]]},
        ["TABLE_MISSING", "客户档案", "sales"],
    ),
    "two sheets of sales": (
        {"流水": [HEADER, [DAY, "A", 10]], "流水 (2)": [HEADER, [DAY, "A", 20]]},
        ["TABLE_AMBIGUOUS", "流水, 流水 (2)"],
    ),
    "foreign content on our sheet": (
        {**GOOD, "大客户名单": [["手工名单"]]},
        ["OUTPUT_SHEET_TAKEN", "大客户名单"],
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_the_workbook_is_named_with_its_place(case, make_workbook, kam, tmp_path):
    sheets, expected = MISTAKES[case]
    out = tmp_path / "out.xlsx"
    done = kam("run", make_workbook(sheets), "--output", out, "--as-of", "2026-06-30")
    assert done.code == 1
    assert all(part in done.err for part in expected), done.err
    assert "Traceback" not in done.err
    assert "Nothing was written." in done.err
    assert not out.exists()


def test_an_unknown_config_key_is_named_with_line_and_nearest_name(make_workbook, kam, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("identification:\n  top_percnt: 0.3\n", encoding="utf-8")
    done = kam("run", make_workbook(GOOD), "--in-place", "--config", config)
    assert done.code == 2
    assert "config.yaml:2" in done.err
    assert "top_percent" in done.err


def test_a_wrong_sheet_in_the_config_names_the_nearest(make_workbook, kam, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("tables:\n  sales: {sheet: 销售明组}\n", encoding="utf-8")
    done = kam("run", make_workbook(GOOD), "--in-place", "--config", config)
    assert done.code == 1
    assert "SHEET_MISSING" in done.err
    assert "销售明细" in done.err


def test_a_company_can_say_where_its_table_stands(make_workbook, kam, tmp_path):
    book = make_workbook({"流水": [["哪天", "谁", "多少"], [DAY, "A", 10]]})
    config = tmp_path / "config.yaml"
    config.write_text(
        "tables:\n"
        "  sales:\n"
        "    sheet: 流水\n"
        "    header_row: 1\n"
        "    columns: {date: 哪天, customer_id: 谁, amount: 多少}\n",
        encoding="utf-8",
    )
    done = kam("check", book, "--config", config, "--as-of", "2026-06-30", "--json")
    assert done.code == 0, done.err
    (region,) = json.loads(done.out)["tables"]["sales"]["regions"]
    assert region["columns"]["amount"] == {"column": "C", "header": "多少"}


def test_an_unknown_strategy_names_the_nearest(make_workbook, kam):
    done = kam("check", make_workbook(GOOD), "--strategies", "identifcation")
    assert done.code == 2
    assert "identification" in done.err


def test_the_target_has_to_be_said(make_workbook, kam):
    done = kam("run", make_workbook(GOOD))
    assert done.code == 2
    assert "--output" in done.err


@pytest.mark.parametrize(
    "empty", [["run", "--output", ""], ["run", "--output", " "], ["batch", "--output="]]
)
def test_an_empty_output_is_no_folder(make_workbook, kam, monkeypatch, empty):
    book = make_workbook(GOOD)
    before = book.read_bytes()
    monkeypatch.chdir(book.parent)
    command, *output = empty
    done = kam(command, book, *output)
    assert done.code == 2
    assert "the path is empty" in done.err
    assert book.read_bytes() == before


@pytest.mark.parametrize("names", ["", " , "])
def test_an_empty_list_of_strategies_is_not_all_of_them(make_workbook, kam, names):
    done = kam("run", make_workbook(GOOD), "--dry-run", "--strategies", names)
    assert done.code == 2
    assert "--strategies names nothing" in done.err


def test_a_file_that_is_not_there(kam, tmp_path):
    done = kam("check", tmp_path / "nothing.xlsx")
    assert done.code == 1
    assert "FILE_NOT_FOUND" in done.err


def test_an_empty_window_proposes_another_as_of(make_workbook, kam):
    done = kam("run", make_workbook(GOOD), "--in-place", "--as-of", "2020-06-30")
    assert done.code == 1
    assert "Set the date to 2026-03-05" in done.err


def test_a_dry_run_saves_nothing(make_workbook, kam):
    book = make_workbook(GOOD)
    before = book.read_bytes()
    done = kam("run", book, "--dry-run", "--as-of", "2026-06-30", "-v")
    assert (done.code, book.read_bytes()) == (0, before)
    assert "xl/workbook.xml" in done.out
    assert "Compute Identify key accounts" in done.err
    assert [path.name for path in book.parent.iterdir()] == [book.name]


PLUGIN = """
from kam_excel import *

class Visits(Table, zh="拜访", en="Visits"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")

@strategy(zh="拜访", en="Visits")
def acme(key_accounts: Frame[KeyAccounts]) -> Frame[Visits]:
    raise ValueError("no luck")

@hookimpl
def kam_register_strategies():
    return [acme]
"""


def test_a_partial_run_writes_what_can_be_written_and_says_what_not(make_workbook, kam, tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text(PLUGIN, encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text("plugins: {folders: [acme]}\n", encoding="utf-8")
    out = tmp_path / "out.xlsx"
    arguments = ["run", make_workbook(GOOD), "--output", out, "--as-of", "2026-06-30"]

    whole = kam(*arguments, "--config", config)
    assert (whole.code, out.exists()) == (1, False)

    partial = kam(*arguments, "--config", config, "--partial")
    assert (partial.code, out.exists()) == (1, True)
    assert "no luck" in partial.err
    assert "acme" in partial.err.splitlines()[-1]
    assert "大客户名单" in partial.out


def test_messages_come_in_the_language_of_the_user(make_workbook, kam, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    book = make_workbook({"客户档案": [["客户编码", "客户名称"], ["A", "甲"]]})
    done = kam("run", book, "--dry-run")
    assert "没有写入任何内容" in done.err


def test_help_is_in_the_language_of_the_locale():
    def help_in(locale):
        program = "from kam_excel.cli import main; main()"
        command = [sys.executable, "-Ic", program, "run", "--help"]
        environment = {**os.environ, "LC_ALL": locale}
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
        return done.stdout

    assert "统计截止日期" in help_in("zh_CN.UTF-8")
    assert "Date of the figures" in help_in("C.UTF-8")
