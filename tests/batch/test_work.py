"""One job, one result: whatever a plugin does, and nothing of it stays."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from kam_excel.batch.work import work
from kam_excel.codes import REGISTRY
from left_behind import state


def codes(result):
    return [each["code"] for each in result.problems]


def test_a_job_is_done_in_a_process_of_its_own(job, tmp_path):
    given = job()
    before = Path(given.workbook).read_bytes()
    result = work(given)
    assert (result.status, result.problems, result.strategies) == ("done", [], ["mean"])
    assert (result.workbook, result.target) == (given.workbook, given.target)
    assert openpyxl.load_workbook(given.workbook)[result.sheets[0]]["B6"].value == 1
    assert "xl/workbook.xml" in result.changed
    assert 0 < result.seconds < 60
    assert 50 < result.megabytes < 1000
    (record,) = (tmp_path / ".kam" / "runs").iterdir()
    assert next(record.glob("*.xlsx")).read_bytes() == before


def test_a_result_is_plain_data(job):
    result = work(job())
    assert json.loads(json.dumps(result.to_json())) == result.to_json()


def test_the_same_job_again_is_unchanged_and_touches_nothing(job, tmp_path):
    given = job()
    work(given)
    before = state(tmp_path)
    assert work(given).status == "unchanged"
    assert state(tmp_path) == before


def test_a_dry_run_writes_nothing(job, tmp_path):
    given = job(target="")
    before = state(tmp_path)
    result = work(given)
    assert (result.status, bool(result.changed)) == ("done", True)
    assert state(tmp_path) == before


def test_a_copy_leaves_the_workbook(job, tmp_path):
    given = job(target=str(tmp_path / "out.xlsx"))
    before = state(tmp_path)
    assert work(given).status == "done"
    assert {"out.xlsx"} == state(tmp_path).keys() - before.keys()
    assert state(tmp_path).items() > before.items()


ENDS = {
    "kill_oneself": ("BATCH_SIGNAL", "SIGKILL"),
    "break_down": ("BATCH_SIGNAL", "SIGSEGV"),
    "leave": ("BATCH_NO_RESULT", "exit code 0"),
    "leave_with_code": ("BATCH_NO_RESULT", "exit code 7"),
    "leave_politely": ("BATCH_NO_RESULT", "exit code 0"),
    "interrupt": ("BATCH_PLUGIN_LEFT", "KeyboardInterrupt"),
    "raise_own": ("BATCH_PLUGIN_LEFT", "mine"),
    "raise_one": ("PLUGIN_RAISED", "not my day"),
    "raise_unspeakable": ("PLUGIN_RAISED", "UnspeakableError"),
    "close_everything": ("BATCH_NO_RESULT", "exit code 0"),
    "give_the_result_another_file": ("BATCH_NO_RESULT", "exit code 0"),
    "fail_in_the_save": ("BATCH_SIGNAL", "SIGKILL"),
    "ask_for_too_much": ("BATCH_MEMORY", "2000 MB"),
}


@pytest.mark.parametrize("behaviour", ENDS)
def test_a_plugin_that_ends_its_process(behaviour, job, tmp_path):
    given = job(behaviour)
    before = state(tmp_path)
    result = work(given)
    code, fact = ENDS[behaviour]
    assert (result.status, codes(result)) == ("failed", [code])
    assert fact in result.problems[0]["what"]
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    "behaviour", ["hang", "spin", "hang_in_c", "stop_oneself", "ignore_the_end"]
)
def test_a_plugin_that_never_ends(behaviour, job, tmp_path):
    given = job(behaviour, seconds=0.7)
    before = state(tmp_path)
    result = work(given)
    assert (result.status, codes(result)) == ("failed", ["BATCH_TIME"])
    assert "0.7 seconds" in result.problems[0]["what"]
    assert 0.7 <= result.seconds < 20
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    "behaviour", ["grow_a_list", "touch_zeros", "map_memory", "grow_in_a_child"]
)
def test_a_plugin_that_takes_too_much_memory(behaviour, job, tmp_path):
    given = job(behaviour, megabytes=300)
    before = state(tmp_path)
    result = work(given)
    assert (result.status, codes(result)) == ("failed", ["BATCH_MEMORY"])
    assert 300 < result.megabytes < 2000
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    "behaviour",
    [
        "leave_a_child",
        "leave_a_child_in_a_session",
        "leave_an_orphan",
        "leave_the_folder",
        "clear_environment",
        "leave_a_temporary_file",
        "write_everywhere",
        "go_on_twice",
        "replace_functions",
        "print_much",
    ],
)
def test_a_plugin_that_does_what_it_should_not_and_gives_its_frames(behaviour, job, tmp_path):
    """Fixtures look that nothing runs on."""
    result = work(job(behaviour))
    assert (result.status, codes(result)) == ("done", [])
    assert {path.name for path in tmp_path.iterdir()} == {".kam", f"{behaviour}.xlsx"}


def test_what_a_hanging_plugin_has_started_ends_with_it(job):
    assert codes(work(job("leave_a_child_and_hang", seconds=0.7))) == ["BATCH_TIME"]


def test_much_output_is_kept_from_its_end(job):
    output = work(job("print_much")).output
    assert output.endswith("xxx" + "the end\n")
    assert len(output) == 2000


def test_a_crash_tells_where(job):
    assert "break_down" in work(job("break_down")).output


def test_a_process_that_dies_after_the_save_does_not_deny_it(job, tmp_path):
    given = job("fail_after_the_save")
    before = Path(given.workbook).read_bytes()
    result = work(given)
    assert (result.status, codes(result)) == ("done", ["BATCH_SAVED_THEN_ENDED"])
    assert openpyxl.load_workbook(given.workbook)[result.sheets[0]]["B6"].value == 1
    (record,) = (tmp_path / ".kam" / "runs").iterdir()
    assert next(record.glob("*.xlsx")).read_bytes() == before
    assert json.loads((record / "run.json").read_text("utf-8"))["id"] == record.name
    assert {path.name for path in tmp_path.iterdir()} == {".kam", Path(given.workbook).name}


def test_problems_are_told_in_the_language_of_the_job(job):
    told = work(job("hang", seconds=0.5, language="zh")).problems[0]
    assert told["what"] == REGISTRY["BATCH_TIME"].what.zh.format(seconds="0.5")
    told = work(job("raise_one", language="zh")).problems[0]
    assert "mean" in told["what"]
    assert told["hint"] == REGISTRY["PLUGIN_RAISED"].hint.zh


def test_a_job_is_cancelled(job, tmp_path):
    given = job("hang")
    before = state(tmp_path)
    assert codes(work(given, lambda: True)) == ["BATCH_CANCELLED"]
    assert state(tmp_path) == before
