"""A click on every button, from the callback in VBA to the workbook that Python changes."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.ribbon.actions import Action, actions_of
from kam_excel.ribbon.addin.sheet import MESSAGES, TAB, TAB_LABEL
from vbachain.libreoffice import Question, answers
from vbachain.twin import recording_twin

pytestmark = pytest.mark.office

HOST: Host = make_host(core, discover=True)
ACTIONS = actions_of(HOST)
IDS = [each.id for each in ACTIONS]
LANGUAGES = ("zh", "en")
LONGEST = "a" * 64
REFUSED = ("x'); import os", "a" * 65, "信用", "run identification", "run;", "run\u0661", "é")
GETS = ("KamRibbon_GetLabel", "KamRibbon_GetScreentip", "KamRibbon_GetSupertip")
CLICK = "KamRibbon_OnAction"


def asked() -> list[tuple[str, str, str]]:
    """Twin, callback and tag of everything that the tests want to know."""
    tags = (*IDS, TAB)
    return [
        *itertools.product(LANGUAGES, GETS, tags),
        *itertools.product(LANGUAGES, [CLICK], [*IDS, *REFUSED]),
        *(("auto", CLICK, tag) for tag in (*IDS, LONGEST)),
        *(("status", CLICK, tag) for tag in ("run", "run.breaks", REFUSED[0])),
    ]


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[tuple[str, str, str], str]:
    """What LibreOffice answered, by twin, callback and tag."""
    folder: Path = tmp_path_factory.mktemp("twins")
    twins = {each: recording_twin(folder / f"{each}.xlsm", HOST, each) for each in LANGUAGES}
    twins["auto"] = recording_twin(folder / "auto.xlsm", HOST, "auto")
    twins["status"] = recording_twin(folder / "status.xlsm", HOST, "zh", records_status=True)
    questions = [Question(twins[twin], callback, tag) for twin, callback, tag in asked()]
    return dict(zip(asked(), answers(questions, folder), strict=True))


def command(action_id: str, language: str) -> str:
    return f"import kam_excel.ribbon; kam_excel.ribbon.on_action('{action_id}', '{language}')"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", IDS)
def test_a_button_runs_its_action_and_nothing_else(said, tag, language):
    assert said[language, CLICK, tag] == f"RunPython {command(tag, language)}\n"


@pytest.mark.parametrize("tag", [*IDS, LONGEST])
def test_without_a_fixed_language_it_is_that_of_the_program(said, tag):
    assert said["auto", CLICK, tag] == f"RunPython {command(tag, 'en')}\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", REFUSED)
def test_what_is_no_id_reaches_no_shell(said, tag, language):
    assert said[language, CLICK, tag] == f"Popup {MESSAGES['message.refused'].in_(language)}\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", ACTIONS, ids=IDS)
def test_a_button_shows_its_texts(said, action: Action, language):
    label, tip = action.label.in_(language), action.tip.in_(language)
    assert [said[language, get, action.id] for get in GETS] == [label, label, tip]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_shows_its_name(said, language):
    assert said[language, "KamRibbon_GetLabel", TAB] == TAB_LABEL.in_(language)


def test_the_status_bar_tells_that_python_starts_and_is_reset(said):
    assert said["status", CLICK, "run"].splitlines() == [
        "StatusBar 正在启动 Python……",
        f"RunPython {command('run', 'zh')}",
        "StatusBar False",
    ]
    assert said["status", CLICK, REFUSED[0]].startswith("Popup ")


def test_a_shell_that_fails_is_told_and_the_status_bar_reset(said):
    *before, reset, message = said["status", CLICK, "run.breaks"].splitlines()
    assert len(before) == 2
    assert reset == "StatusBar False"
    assert message.startswith("Popup 未能启动 Python：")
    assert "no shell" in message
