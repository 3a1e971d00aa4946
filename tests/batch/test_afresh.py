"""Where nothing can be forked a child is a program of its own, watched in the same way."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from kam_excel.batch import starting
from kam_excel.batch.work import work
from left_behind import state


@pytest.fixture(autouse=True)
def no_fork(monkeypatch):
    def end_of(task, limits, is_cancelled):
        return starting.keep(starting.start_afresh, task, limits, is_cancelled)

    monkeypatch.setattr("kam_excel.batch.work.end_of", end_of)


def codes(result):
    return [each["code"] for each in result.problems]


def test_a_job_is_done(job):
    result = work(job("leave_a_child"))
    assert (result.status, codes(result)) == ("done", [])
    assert 50 < result.megabytes < 1000


def test_a_plugin_that_hangs_with_what_it_started(job, tmp_path):
    given = job("leave_a_child_and_hang", seconds=3)
    before = state(tmp_path)
    assert codes(work(given)) == ["BATCH_TIME"]
    assert state(tmp_path) == before


def test_a_plugin_that_takes_too_much_memory(job):
    assert codes(work(job("grow_a_list", megabytes=400))) == ["BATCH_MEMORY"]


def test_a_plugin_that_breaks_down(job):
    result = work(job("break_down"))
    assert codes(result) == ["BATCH_SIGNAL"]
    assert "break_down" in result.output


def test_a_program_that_ends_before_it_has_read_its_task(monkeypatch):
    def ended(*given, **rest):
        process = start(*given, **rest)
        process.wait()
        return process

    start = subprocess.Popen
    monkeypatch.setattr("subprocess.Popen", ended)
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    child = starting.start_afresh({"cookie": "0"})
    child.kill()
    os.close(child.result)
    os.close(child.output)
    assert child.poll() == 1
