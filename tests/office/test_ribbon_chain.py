"""A click on every button, from the callback in VBA to the workbook that Python changes."""

from __future__ import annotations

import itertools
import shutil
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.ribbon.actions import Action, actions_of
from kam_excel.ribbon.addin.sheet import MESSAGES, TAB, TAB_LABEL
from vbachain.libreoffice import Question, answers
from vbachain.python import run_command
from vbachain.twin import recording_twin

pytestmark = pytest.mark.office

DEMO = Path(__file__).parents[2] / "workbooks" / "demo_zh.xlsx"
HOST: Host = make_host(core, discover=True)
ACTIONS = actions_of(HOST)
IDS = [each.id for each in ACTIONS]
LANGUAGES = ("zh", "en")
LONGEST = "a" * 64
REFUSED = ("x'); import os", "a" * 65, "信用", "run identification", "run;", "run\u0661", "é")
# What Excel says of itself, and the language that it means.
EXCELS = {
    "China": ({"UI_LANGUAGE": 2052, "COUNTRY": 1}, "zh"),
    "Hong Kong": ({"UI_LANGUAGE": 3076}, "zh"),
    "Japan": ({"UI_LANGUAGE": 1041, "COUNTRY": 86}, "en"),
    "Mac in China": ({"COUNTRY": 86}, "zh"),
    "Mac in Germany": ({"COUNTRY": 49}, "en"),
}
# Names of workbooks that would reach Python as others, or not as names alone.
CUT = ("a=b", "of %TEMP%", "%CMDCMDLINE%&more&", "5%20%cd%")
WHOLE = ("50% and 20%",)
GETS = ("KamRibbon_GetLabel", "KamRibbon_GetScreentip", "KamRibbon_GetSupertip")
CLICK = "KamRibbon_OnAction"


def asked() -> list[tuple[str, str, str]]:
    """Twin, callback and tag of everything that the tests want to know."""
    tags = (*IDS, TAB)
    return [
        *itertools.product(LANGUAGES, GETS, tags),
        *itertools.product(LANGUAGES, [CLICK], [*IDS, *REFUSED]),
        *(("auto", CLICK, tag) for tag in (*IDS, LONGEST)),
        *((name, CLICK, "run") for name in (*CUT, *WHOLE)),
        *((excel, CLICK, "run") for excel in EXCELS),
        *(("zh, Excel", CLICK, tag) for tag in ("run", "run.breaks", REFUSED[0])),
    ]


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[tuple[str, str, str], str]:
    """What LibreOffice answered, by twin, callback and tag."""
    folder: Path = tmp_path_factory.mktemp("twins")
    twins = {each: recording_twin(folder / f"{each}.xlsm", HOST, each) for each in LANGUAGES}
    twins["auto"] = recording_twin(folder / "auto.xlsm", HOST, "auto")
    for name in (*CUT, *WHOLE):
        twins[name] = recording_twin(folder / f"{name}.xlsm", HOST, "en")
    twins["zh, Excel"] = recording_twin(folder / "status.xlsm", HOST, "zh", {})
    for name, (excel, _) in EXCELS.items():
        twins[name] = recording_twin(folder / f"{name}.xlsm", HOST, "auto", excel)
    questions = [Question(twins[twin], callback, tag) for twin, callback, tag in asked()]
    return dict(zip(asked(), answers(questions, folder), strict=True))


def command(action_id: str, language: str) -> str:
    return f"import kam_excel.ribbon; kam_excel.ribbon.on_action('{action_id}', '{language}')"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", IDS)
def test_a_button_runs_its_action_and_nothing_else(said, tag, language):
    assert said[language, CLICK, tag] == f"RunPython {command(tag, language)}\n"


@pytest.mark.parametrize("tag", [*IDS, LONGEST])
def test_a_program_that_tells_no_language_speaks_english(said, tag):
    assert said["auto", CLICK, tag] == f"RunPython {command(tag, 'en')}\n"


@pytest.mark.parametrize("excel", EXCELS)
def test_the_language_is_that_of_excels_menus(said, excel):
    _, language = EXCELS[excel]
    assert f"RunPython {command('run', language)}\n" in said[excel, CLICK, "run"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", REFUSED)
def test_what_is_no_id_reaches_no_shell(said, tag, language):
    assert said[language, CLICK, tag] == f"Popup {MESSAGES['message.refused'].in_(language)}\n"


@pytest.mark.parametrize("name", CUT)
def test_a_name_that_would_be_changed_on_its_way_reaches_no_workbook(said, name):
    assert said[name, CLICK, "run"] == f"Popup {MESSAGES['message.name'].en}\n"


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_with_a_percent_sign_is_one_like_others(said, name):
    assert "RunPython " in said[name, CLICK, "run"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", ACTIONS, ids=IDS)
def test_a_button_shows_its_texts(said, action: Action, language):
    label, tip = action.label.in_(language), action.tip.in_(language)
    assert [said[language, get, action.id] for get in GETS] == [label, label, tip]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_shows_its_name(said, language):
    assert said[language, "KamRibbon_GetLabel", TAB] == TAB_LABEL.in_(language)


def test_the_status_bar_tells_that_python_starts_and_is_reset(said):
    assert said["zh, Excel", CLICK, "run"].splitlines() == [
        "StatusBar 正在启动 Python……",
        f"RunPython {command('run', 'zh')}",
        "StatusBar False",
    ]
    assert said["zh, Excel", CLICK, REFUSED[0]].startswith("Popup ")


def test_a_shell_that_fails_is_told_and_the_status_bar_reset(said):
    *before, reset, message = said["zh, Excel", CLICK, "run.breaks"].splitlines()
    assert len(before) == 2
    assert reset == "StatusBar False"
    assert message.startswith("Popup 未能启动 Python：")
    assert "no shell" in message


# the command as it was recorded ----------------------------------------------


@pytest.fixture
def clicked(said, tmp_path, monkeypatch) -> Callable[..., str]:
    """Give the recorded command of a button to a Python of its own, where `book` is open."""
    config = tmp_path / "config.yaml"
    config.write_text("run:\n  as_of: 2026-06-30\n", "utf-8")

    def click(action_id: str, book: Path, programs: Path | None = None) -> str:
        recorded = said["zh", CLICK, action_id]
        assert recorded.startswith("RunPython ")
        return run_command(recorded.removeprefix("RunPython ")[:-1], book, tmp_path, programs)

    monkeypatch.setenv("KAM_EXCEL_CONFIG", str(config))
    return click


@pytest.fixture
def book(tmp_path) -> Path:
    """Sales of 20 customers, and a formula that counts what a run will write."""
    path = tmp_path / "company.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sales, board = made.add_worksheet("销售明细"), made.add_worksheet("看板")
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sales.write_row("A1", ["日期", "客户编码", "客户名称", "金额"])
        for row in range(1, 21):
            sales.write_datetime(row, 0, date(2026, 3, row), day)
            sales.write_row(row, 1, [f"C{row:03}", f"客户{row}", 10_000 / row])
        board.write_formula("A1", "=COUNTA(大客户名单!A1:A60)", value=-1)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cells(path: Path) -> dict[str, list[list[object]]]:
    """The values of every sheet, as another reader sees them."""
    found = CalamineWorkbook.from_path(str(path))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def as_commanded(kam, book: Path, *arguments: object) -> Path:
    """The copy that the command line writes of a workbook."""
    out = book.with_name("commanded.xlsx")
    done = kam(arguments[0], book, "--output", out, *arguments[1:])
    assert done.code == 0, done.err
    return out


def test_all_buttons_are_tried_below():
    assert IDS == ["run", "run.identification", "run.incentives", "check", "settings", "log"]


@pytest.mark.parametrize(
    ("action_id", "arguments"),
    [
        ("run", ["run"]),
        ("run.identification", ["run", "--strategies", "identification"]),
        ("check", ["check", "--write"]),
    ],
)
def test_a_click_changes_a_workbook_as_the_command_line_does(
    kam, clicked, book, action_id, arguments
):
    before = parts(book)
    expected = as_commanded(kam, book, *arguments)
    clicked(action_id, book)
    assert parts(book) == parts(expected) != before
    assert cells(book) == cells(expected)
    counted = cells(book)["看板"][0][0]
    assert (counted > 20) if action_id != "check" else (counted == -1)


@pytest.mark.parametrize(
    ("action_id", "arguments", "sheet"),
    [
        ("run", ["run"], "大客户名单"),
        ("run.incentives", ["run", "--strategies", "incentives"], "返利计算表"),
    ],
)
def test_a_click_does_so_on_a_workbook_with_everything_in_it(
    kam, clicked, tmp_path, action_id, arguments, sheet
):
    book = Path(shutil.copy(DEMO, tmp_path / "demo.xlsx"))
    before = parts(book)
    expected = as_commanded(kam, book, *arguments)
    said = clicked(action_id, book)
    assert sheet in said
    assert parts(book) == parts(expected) != before


def test_a_click_on_settings_adds_the_sheet_and_changes_no_other(clicked, book):
    before = cells(book)
    assert clicked("settings", book) == ""
    after = cells(book)
    added = after.pop("KAM 设置")
    assert after == before
    rows = {f"{row[0]}.{row[1]}": row for row in added}
    assert '"2026-06-30"（config.yaml）' in rows["run.as_of"][4]


def test_a_click_on_the_log_opens_it_and_changes_nothing(clicked, book, tmp_path):
    """What opens files here is a program that notes what it shall open."""
    before, programs, opened = parts(book), tmp_path / "programs", tmp_path / "opened.txt"
    programs.mkdir()
    opener = programs / ("open" if sys.platform == "darwin" else "xdg-open")
    opener.write_text(f"#!/bin/sh\nprintf %s \"$1\" > '{opened}'\n", "utf-8")
    opener.chmod(0o755)
    assert clicked("log", book, programs) == ""
    assert parts(book) == before
    assert "click 'log'" in Path(opened.read_text("utf-8")).read_text("utf-8")
