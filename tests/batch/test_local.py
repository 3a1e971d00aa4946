"""The executor of this machine: exactly one result for each job, and an end to all of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

import psutil
import pytest

from kam_excel.batch import starting
from kam_excel.batch.jobs import Executor
from kam_excel.batch.local import LocalExecutor
from kam_excel.batch.work import work
from left_behind import nursery, running, state

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux")


def outcome(result):
    return result.status if result.status != "failed" else result.problems[0]["code"]


def outcomes(results):
    return {Path(each.workbook).stem: outcome(each) for each in results}


def until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def keepers() -> list[psutil.Process]:
    there = nursery()
    return psutil.Process(there).children() if there else []


def children() -> list[psutil.Process]:
    return [child for keeper in keepers() for child in keeper.children()]


def test_one_bad_job_harms_no_other(job, tmp_path):
    jobs = [job(), job("kill_oneself"), job("hang", seconds=1), job("leave_an_orphan")]
    jobs += [replace(jobs[0], workbook=str(tmp_path / "missing.xlsx"), target="")]
    executor: Executor = LocalExecutor(2)
    assert outcomes(executor.run(jobs)) == {
        "behave": "done",
        "kill_oneself": "BATCH_SIGNAL",
        "hang": "BATCH_TIME",
        "leave_an_orphan": "done",
        "missing": "FILE_NOT_FOUND",
    }
    until(lambda: running() == [])


def test_no_job_is_no_result():
    assert list(LocalExecutor(2).run([])) == []


def test_what_was_not_started_when_the_batch_was_stopped_has_a_result(job):
    stop = threading.Event()
    jobs = [replace(job(), target="", language=each) for each in ("zh", "en", "auto")]
    results = LocalExecutor(1, stop).run(jobs)
    first = next(results)
    stop.set()
    rest = [outcome(each) for each in results]
    assert first.status == "done"
    assert len(rest) == 2
    assert rest[-1] == "BATCH_NOT_STARTED"


def test_what_runs_when_the_batch_is_cancelled_has_a_result(job, tmp_path):
    cancel = threading.Event()
    jobs = [job("hang"), job("spin"), job()]
    before = state(tmp_path)
    watcher = threading.Thread(target=lambda: (until(lambda: len(children()) == 2), cancel.set()))
    watcher.start()
    assert outcomes(LocalExecutor(2, cancel=cancel).run(jobs)) == {
        "hang": "BATCH_CANCELLED",
        "spin": "BATCH_CANCELLED",
        "behave": "BATCH_NOT_STARTED",
    }
    watcher.join()
    until(lambda: running() == [])
    assert state(tmp_path) == before


def test_a_consumer_that_goes_away_ends_everything(job):
    jobs = [job(), job("hang"), job("leave_a_child_and_hang")]
    results = LocalExecutor(3).run(jobs)
    assert next(results).status == "done"
    until(lambda: len(children()) > 2)
    results.close()
    assert children() == []


def test_a_consumer_that_fails_ends_everything(job):
    def consume():
        for each in LocalExecutor(2).run([job(), job("hang")]):
            raise ZeroDivisionError(each)

    with pytest.raises(ZeroDivisionError):
        consume()
    assert children() == []


def in_another_process(*jobs) -> subprocess.Popen[str]:
    """A batch of its own, which prints a line for each result."""
    program = (
        "import sys, json\n"
        "from kam_excel.batch.jobs import Job\n"
        "from kam_excel.batch.local import LocalExecutor\n"
        "jobs = [Job.from_json(each) for each in json.loads(sys.stdin.readline())]\n"
        "for result in LocalExecutor(2).run(jobs): print(result.status, flush=True)\n"
    )
    batch = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    batch.stdin.write(json.dumps([each.to_json() for each in jobs]) + "\n")
    batch.stdin.flush()
    return batch


def grandchildren(batch) -> list[psutil.Process]:
    """The children of jobs: below the batch, its nursery and a keeper."""
    found = []
    for forks in psutil.Process(batch.pid).children():
        found += [child for keeper in forks.children() for child in keeper.children()]
    return found


@needs_linux
def test_a_batch_that_is_killed_takes_everything_along(job, tmp_path):
    jobs = [job("leave_a_child_and_hang"), job("spin")]
    before = state(tmp_path)
    batch = in_another_process(*jobs)
    until(lambda: len(grandchildren(batch)) >= 2)
    time.sleep(0.3)
    batch.kill()
    batch.communicate()
    until(lambda: running() == [])
    assert state(tmp_path) == before


def test_ctrl_c_is_for_the_batch_alone(job):
    """A terminal sends it to the whole group; the batch decides what becomes of its jobs."""
    batch = in_another_process(job("hang"))
    until(lambda: grandchildren(batch))
    child = grandchildren(batch)[0]
    assert os.getpgid(child.pid) != os.getpgid(batch.pid)
    os.killpg(batch.pid, signal.SIGINT)
    _, err = batch.communicate(timeout=20)
    assert "KeyboardInterrupt" in err
    until(lambda: running() == [])


def in_a_thread(job) -> tuple[threading.Thread, list]:
    results: list = []
    thread = threading.Thread(target=lambda: results.append(work(job)))
    thread.start()
    return thread, results


@needs_linux
def test_a_keeper_that_is_killed_is_missed(job, tmp_path):
    given = job("leave_a_child_and_hang")
    before = state(tmp_path)
    thread, results = in_a_thread(given)
    until(children)
    until(lambda: len(psutil.Process(keepers()[0].pid).children(recursive=True)) >= 3)
    folder = Path(gettempdir()) / f"kam-job-{keepers()[0].pid}-"
    assert len(list(folder.parent.glob(f"{folder.name}*"))) == 1
    keepers()[0].kill()
    thread.join()
    until(lambda: not list(folder.parent.glob(f"{folder.name}*")))
    assert [outcome(each) for each in results] == ["BATCH_NOT_WATCHED"]
    assert state(tmp_path) == before


def test_a_nursery_that_is_killed_is_started_again(job):
    work(replace(job(), target=""))
    killed = starting._SHARED._process
    killed.kill()
    killed.wait()
    assert work(replace(job(), target="")).status == "done"


def test_what_the_executor_has_started_it_ends(job):
    starting.close()
    assert [outcome(each) for each in LocalExecutor(1).run([replace(job(), target="")])] == ["done"]
    assert nursery() is None


def test_ctrl_c_at_the_very_end_shows_no_frames():
    """The interpreter waits for the nursery, which ends by itself."""
    program = (
        "import signal\n"
        "from kam_excel.batch import starting\n"
        "starting.Nursery._end = lambda self: signal.raise_signal(signal.SIGINT)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
