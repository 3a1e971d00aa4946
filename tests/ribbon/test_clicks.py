"""Clicks on an open workbook: what they do, say, and leave alone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from kam_excel.ribbon import on_action
from kam_excel.ribbon.logfile import log_path
from kam_excel.workbook.adapter import bring_to_front

DEMOS = Path(__file__).parents[2] / "workbooks"
HEADER = ["日期", "客户编码", "客户名称", "金额"]
SALES = [
    HEADER,
    [date(2026, 3, 5), "A", "甲", 1000],
    [date(2026, 3, 6), "B", "乙", 400],
    [date(2026, 5, 7), "C", "丙", 100],
]
FULL = Path("/dev/full")  # a file that takes no byte
AS_OF = "run:\n  as_of: 2026-06-30\n"
EN = [["Date", "Customer ID", "Amount"], [date(2026, 5, 5), "A", 100], [date(2026, 5, 6), "B", 50]]
BAD = [*SALES, [date(2026, 5, 8), "C", "丙", "1.2.3,4"], [date(2026, 5, 8), "C", "丙", "十二"]]


@pytest.mark.parametrize("name", ["demo_zh.xlsx", "demo_en.xlsx"])
def test_a_run_gives_the_bytes_that_the_command_gives(name, opened, config, kam, tmp_path):
    path = Path(shutil.copy(DEMOS / name, tmp_path))
    config(AS_OF)
    assert kam("run", path, "--output", tmp_path / "command.xlsx").code == 0
    there = opened(path)
    file, state, front = path.read_bytes(), there.state(), there.book.sheets.active.name
    times = path.stat().st_mtime_ns
    said = there.click("run")
    assert ("Written: Key Accounts" in said) or ("已写入：大客户名单" in said)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (file, times)
    assert (there.state(), there.book.sheets.active.name) == (state, front)
    there.book.save(str(tmp_path / "click.xlsx"))
    assert (tmp_path / "click.xlsx").read_bytes() == (tmp_path / "command.xlsx").read_bytes()


def test_one_strategy_runs_with_what_it_needs(make_workbook, opened, config):
    config(AS_OF)
    there = opened(make_workbook({"销售": SALES}))
    said = there.click("run.identification")
    assert "已写入：大客户名单" in said
    assert "大客户名单" in there.sheets()


def test_messages_are_in_the_language_of_the_workbook_and_steps_are_logged(
    make_workbook, opened, config, log
):
    config(AS_OF)
    there = opened(make_workbook({"销售": SALES}))
    assert "工作簿尚未保存。" in there.click("run", "en")
    assert "INFO Write Key Accounts" in log()
    assert "kam_excel 0.1.0, xlwings" in log()


def test_a_check_writes_and_shows_the_issue_sheet_alone(make_workbook, opened, config):
    config(AS_OF)
    there = opened(make_workbook({"销售": SALES}))
    state, file = there.state(), there.path.read_bytes()
    said = there.click("check")
    assert there.sheets() == ["销售", "数据问题"]
    assert there.book.sheets.active.name == "数据问题"
    assert "可以运行：大客户识别" in said
    assert (there.state(), there.path.read_bytes()) == (state, file)


def test_a_check_gives_the_bytes_that_the_command_gives(
    make_workbook, opened, config, kam, tmp_path
):
    path = make_workbook({"Sales": EN})
    config(AS_OF)
    kam("check", path, "--write", "--output", tmp_path / "command.xlsx")
    there = opened(path)
    there.click("check")
    bring_to_front(there.book.sheets[0])
    there.book.save(str(tmp_path / "click.xlsx"))
    assert (tmp_path / "click.xlsx").read_bytes() == (tmp_path / "command.xlsx").read_bytes()


@pytest.mark.parametrize("action", ["run", "run.identification"])
def test_what_is_wrong_with_data_is_one_message_and_the_issue_sheet(
    action, make_workbook, opened, config, log
):
    config(AS_OF)
    there = opened(make_workbook({"销售": BAD}))
    state = there.state()
    said = there.click(action)
    assert said.splitlines()[0].isupper()
    assert "全部问题列在工作表“数据问题”中" in said
    assert "日志：" in said
    assert there.sheets() == ["销售", "数据问题"]
    assert (there.state(), there.book.sheets.active.name) == (state, "销售")
    assert "十二" not in log()
    assert "1.2.3,4" not in log()


def test_an_issue_sheet_that_is_taken_is_left_alone(make_workbook, opened, config):
    config(AS_OF)
    there = opened(make_workbook({"销售": BAD, "数据问题": [["我的笔记"]]}))
    before = there.cells()
    said = there.click("run")
    assert "全部问题" not in said
    assert there.cells() == before
    assert there.click("check").startswith("OUTPUT_SHEET_TAKEN")
    assert there.cells() == before


def test_a_workbook_without_tables_says_what_it_lacks(make_workbook, opened):
    there = opened(make_workbook({"Sheet1": [["nothing"]]}))
    said = there.click("run.identification", "zh")
    assert said.startswith("TABLE_MISSING")
    assert "日志：" in said
    assert there.sheets() == ["Sheet1"]


def test_a_protected_sheet_is_refused(make_workbook, opened, config, kam):
    path = make_workbook({"销售": SALES})
    kam("run", path, "--in-place", "--as-of", "2026-06-30")
    book = openpyxl.load_workbook(path)
    book["大客户名单"].protection.sheet = True
    book.save(path)
    config(AS_OF)
    there = opened(path)
    before, state = there.cells(), there.state()
    assert there.click("run").startswith("OUTPUT_SHEET_PROTECTED")
    assert (there.cells(), there.state()) == (before, state)


def test_a_protected_structure_is_refused(make_workbook, opened, config):
    path = make_workbook({"销售": SALES})
    lock(path)
    config(AS_OF)
    there = opened(path)
    before = there.cells()
    for action in ("run", "check", "settings"):
        assert there.click(action).startswith("STRUCTURE_LOCKED")
    assert there.cells() == before


def test_sheets_that_are_there_are_written_though_the_structure_is_protected(
    make_workbook, opened, config, kam
):
    path = make_workbook({"销售": SALES})
    config(AS_OF)
    kam("run", path, "--in-place")
    lock(path)
    there = opened(path)
    there.book.sheets["销售"].range("D2").value = 4000
    assert "已写入：大客户名单" in there.click("run")
    assert there.book.sheets["大客户名单"].range("E6").value == 4000


def test_a_settings_sheet_that_cannot_be_shown_is_told(make_workbook, opened, config):
    path = make_workbook({"销售": SALES, "KAM 设置": [["节", "参数", "值"]]})
    book = openpyxl.load_workbook(path)
    book["KAM 设置"].sheet_state = "hidden"
    book.save(path)
    lock(path)
    config(AS_OF)
    there = opened(path)
    assert there.click("settings").startswith("STRUCTURE_LOCKED")
    assert not there.book.sheets["KAM 设置"].visible


def lock(path: Path) -> None:
    """Protect the structure of a workbook."""
    book = openpyxl.load_workbook(path)
    book.security = openpyxl.workbook.protection.WorkbookProtection(lockStructure=True)
    book.save(path)


def test_a_configuration_that_is_wrong_stops_all_but_the_log(
    make_workbook, opened, config, monkeypatch, tmp_path
):
    config("run:\n  as_off: 2026-06-30\n")
    there = opened(make_workbook({"销售": SALES}))
    assert there.click("run", "zh").startswith("CONFIG_MISSPELT")
    assert there.sheets() == ["销售"]


def test_the_log_is_opened_by_the_systems_program(make_workbook, opened, monkeypatch, tmp_path):
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/asked"\n')
    opener.chmod(0o755)
    there = opened(make_workbook({"销售": SALES}))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert there.click("log").startswith("LOG_NOT_OPENED")
    monkeypatch.setenv("PATH", f"{opener.parent}:/usr/bin:/bin")
    assert there.click("log") == ""
    assert (tmp_path / "asked").read_text().strip() == str(log_path())


@pytest.mark.parametrize(
    "obstacle",
    [
        "folder is a file",
        "file is a folder",
        pytest.param("disk is full", marks=pytest.mark.skipif(not FULL.exists(), reason="Linux")),
    ],
)
def test_a_click_works_where_no_log_can_be_kept(make_workbook, opened, config, obstacle, capsys):
    config(AS_OF)
    there = opened(make_workbook({"销售": SALES}))
    folder = log_path().parent
    folder.parent.mkdir(parents=True)
    if obstacle == "folder is a file":
        folder.write_text("")
    elif obstacle == "file is a folder":
        log_path().mkdir(parents=True)
    else:
        folder.mkdir()
        log_path().symlink_to(FULL)
    assert "已写入：" in there.click("run")
    assert "Logging error" not in capsys.readouterr().err  # xlwings would show it
    if obstacle != "disk is full":
        assert there.click("log").startswith("LOG_NOT_KEPT\nThere is no log: nothing can be")


def test_a_check_says_that_nothing_is_doubtful_only_of_what_it_could_look_at(
    make_workbook, opened, config
):
    config(AS_OF)
    said = opened(make_workbook({"销售": BAD})).click("check")
    assert "妨碍运行，见“数据问题”。" in said
    assert "没有可疑数据" not in said


@pytest.mark.parametrize(
    ("action", "nearest"),
    [
        ("run.identificaton", "run.identification"),
        ("chek", "check"),
        ("run.net_sales", "run.incentives"),
        ("plugin.mail", "none"),
        ("check'); import os; ('", "none"),
        ("run\n", "run"),
        ("", "none"),
        ("r" * 65, "none"),
        ("运行", "none"),
    ],
)
def test_an_action_that_is_not_known_does_nothing(action, nearest, make_workbook, opened, log):
    there = opened(make_workbook({"Sales": EN}))
    before = there.cells()
    said = there.click(action)
    assert said.startswith("ACTION_UNKNOWN")
    assert f"(nearest: {nearest})" in said
    assert there.cells() == before
    assert sum("INFO click" in line for line in log().splitlines()) == 1


def test_the_language_is_excels_where_nothing_else_says_one(make_workbook, opened, monkeypatch):
    there = opened(make_workbook({"Sheet1": [["nothing"]]}))
    assert "没有名为" in there.click("nonsense", "zh")
    assert "There is no action" in there.click("nonsense", "en")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "没有名为" in there.click("nonsense", None)


def test_the_language_of_the_settings_goes_before_excels(make_workbook, opened, config):
    config("run:\n  language: zh\n")
    there = opened(make_workbook({"Sheet1": [["nothing"]]}))
    assert "没有名为" in there.click("nonsense", "en")


def test_without_a_workbook_the_process_ends_with_the_message(own_folders, monkeypatch):
    monkeypatch.delattr(xw.Book, "_mock_caller", raising=False)
    with pytest.raises(SystemExit, match="EXCEL_NOT_REACHED") as ended:
        on_action("run", "en")
    assert "Log:" in str(ended.value)


def test_a_workbook_that_is_given_goes_before_the_caller(make_workbook, opened, config):
    config(AS_OF)
    path = make_workbook({"销售": SALES})
    there, other = opened(path), opened(make_workbook({"Sheet1": [["nothing"]]}, "other.xlsx"))
    on_action("check", "en", there.book)
    assert there.sheets() == ["销售", "数据问题"]
    assert other.sheets() == ["Sheet1"]


def test_where_no_log_can_be_kept_the_click_is_worked_all_the_same(
    make_workbook, opened, config, tmp_path, monkeypatch
):
    config(AS_OF)
    (tmp_path / "state").write_text("a file where the folder should be")
    there = opened(make_workbook({"销售": SALES}))
    assert "已写入" in there.click("run")
    said = there.click("nonsense", "en")
    assert "日志" not in said
    assert "Log:" not in said


def test_a_book_that_is_opened_to_read_only_is_run_on_as_well(make_workbook, opened, config, app):
    config(AS_OF)
    path = make_workbook({"销售": SALES})
    opened(path)
    book = app.books.open(str(path), read_only=True)
    on_action("run", "en", book)
    assert "大客户名单" in [sheet.name for sheet in book.sheets]
