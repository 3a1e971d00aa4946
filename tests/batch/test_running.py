"""One result for each workbook, told as it comes, whatever the end."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kam_excel.batch.finding import Found
from kam_excel.batch.jobs import Job, JobResult
from kam_excel.batch.reporting import Report
from kam_excel.batch.running import refusals_of, run_batch, was_started
from kam_excel.cli.progress import Progress
from kam_excel.errors import ConfigError, Place, problem
from kam_excel.report import batches

PROBLEM = {"code": "ZIP_DAMAGED", "level": "error", "where": "b", "what": "No.\nNever.", "hint": ""}


def result(job: Job, *codes: str) -> JobResult:
    problems = [{**PROBLEM, "code": code} for code in codes]
    return JobResult(job.workbook, job.target, "failed" if codes else "done", problems)


class InTurn:
    """An executor that works one job after the other, here; `failing` ones fail."""

    def __init__(self, stop: threading.Event, *failing: str) -> None:
        self._stop, self._failing = stop, failing

    def run(self, jobs: Sequence[Job]) -> Iterator[JobResult]:
        for job in jobs:
            if self._stop.is_set():
                yield result(job, "BATCH_NOT_STARTED")
            else:
                yield result(job, *["ZIP_DAMAGED"] * (job.workbook in self._failing))


def run(*failing: str, **rest: Any) -> str:
    """The results of a, b and c: + done, - failed, . not started."""
    stop = threading.Event()
    jobs = [Job(workbook=name, target=f"out/{name}", root="") for name in "abc"]
    results = list(run_batch(jobs, InTurn(stop, *failing), stop, **rest))
    return " ".join(
        each.workbook + ("+" if each.status == "done" else "-" if was_started(each) else ".")
        for each in results
    )


def test_a_failure_does_not_keep_the_others():
    assert run("b") == "a+ b- c+"


def test_with_fail_fast_nothing_is_started_after_a_failure():
    assert run("b", fail_fast=True) == "a+ b- c."


def test_a_workbook_that_is_not_opened_has_its_result_and_counts_as_a_failure():
    why = problem("BATCH_LINK_OUTSIDE", Place(file="x"), root="r", target="t")
    found = [Found(Path("x"), Path("r"), problem=why), Found(Path("y"), Path("r"))]
    refusals = refusals_of(found, "zh")
    assert "链接" in refusals[0].problems[0]["what"]
    assert run(refusals=refusals) == "x- a+ b+ c+"
    assert run(refusals=refusals, fail_fast=True) == "x- a. b. c."


# the report -------------------------------------------------------------------


def test_a_report_can_be_read_before_the_batch_is_over(tmp_path):
    path = tmp_path / "report.jsonl"
    path.write_text("of last week\n", encoding="utf-8")
    with Report(path, {"version": "0.1.0", "config": ""}) as report:
        report.add(JobResult("甲.xlsx", "", "failed", (PROBLEM,)))
        report.add(JobResult("b.xlsx", "", "done"))
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [each["workbook"] for each in lines] == ["甲.xlsx", "b.xlsx"]
    assert {tuple(each) for each in lines} == {(*lines[0],)}
    assert lines[1]["version"] == "0.1.0"


def test_a_name_that_is_no_text_can_be_read_back_from_the_report(tmp_path):
    name = os.fsdecode(b"w\xff.xlsx")
    with Report(tmp_path / "report.jsonl", {}) as report:
        report.add(JobResult(name, "", "done"))
    (line,) = (tmp_path / "report.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["workbook"] == name


def test_a_report_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="BATCH_REPORT_UNWRITABLE"):
        Report(tmp_path / "nowhere" / "report.jsonl", {})


def test_a_report_that_breaks_off_keeps_nobody(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("there is no disk that is full")
    with Report(Path("/dev/full"), {}) as report:
        report.add(JobResult("a.xlsx", "", "done"))
        report.add(JobResult("b.xlsx", "", "done"))
    assert report.failure is not None
    assert report.failure.code.name == "BATCH_REPORT_INCOMPLETE"


# progress ---------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def done(name: str) -> JobResult:
    return JobResult(name, "", "done")


def test_the_time_left_goes_by_bytes():
    clock = Clock()
    sizes = {"large": 9_700_000, "b": 700_000, "c": 200_000}
    progress = Progress(sizes, "en", is_terminal=False, now=clock)
    assert progress.left is None
    clock.now = 10
    progress.add(done("large"))
    assert progress.left == pytest.approx(1.5)
    progress.add(done("b"))
    progress.add(done("c"))
    assert progress.left == 0


def test_plain_progress_of_thousands_is_some_lines(capsys):
    progress = Progress({str(i): 1 for i in range(3000)}, "en", is_terminal=False)
    for i in range(3000):
        progress.add(done(str(i)))
        progress.show()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 19
    assert lines[0].startswith("150/3000, 0 failed")


def test_on_a_terminal_one_line_is_drawn_anew(capsys):
    clock = Clock()
    progress = Progress({"a": 0, "b": 0}, "zh", is_terminal=True, now=clock)
    clock.now = 30
    progress.add(JobResult("a", "", "failed"))
    progress.show()
    progress.clear()
    shown = "1/2，失败 1，每分钟 2.0 个，约剩 0:30"
    assert capsys.readouterr().err == f"{shown}\r{' ' * 37}\r"


# pages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (
            JobResult("a", "out/a", "done", sheets=("x", "y"), seconds=1.25),
            "done\ta\tsheets: 2, saved out/a\t1.2 s",
        ),
        (
            JobResult("a", "", "done", changed=("x",)),
            "done\ta\tparts to change: 1, not saved\t0.0 s",
        ),
        (
            JobResult("a", "a", "done", (PROBLEM,), sheets=("x",)),
            "done\ta\tsheets: 1, saved a; ZIP_DAMAGED b: No. Never.\t0.0 s",
        ),
        (JobResult("a", "a", "unchanged"), "unchanged\ta\t\t0.0 s"),
        (
            JobResult("b", "b", "failed", (PROBLEM, PROBLEM)),
            "failed\tb\tZIP_DAMAGED b: No. Never. (and 1 more)\t0.0 s",
        ),
    ],
)
def test_a_result_is_one_line(result, line):
    assert batches.result_as_text(result, "en") == line


def test_a_name_of_two_lines_is_told_on_one():
    two = JobResult("new\nline.xlsx", "", "unchanged")
    assert batches.result_as_text(two, "en") == "unchanged\tnew\\nline.xlsx\t\t0.0 s"


def test_the_first_second_tells_nothing_of_the_pace():
    assert batches.progress_as_text({"failed": 1}, 9, 0.01, 0.5, "en") == "1/9, 1 failed"
    assert batches.progress_as_text({"done": 2}, 9, 60, 210, "zh") == (
        "2/9，失败 0，每分钟 2.0 个，约剩 3:30"
    )


def test_a_summary_tells_what_was_not_started():
    text = batches.summary_as_text({"done": 1, "failed": 2}, 1, 3725, "en")
    assert text == "Workbooks: 3; done 1, unchanged 0, failed 2; 1:02:05. Not started: 1."


def test_a_path_is_told_from_the_working_folder_on(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    inside = JobResult(str(tmp_path / "x" / "a.xlsx"), "", "failed")
    outside = JobResult(str(tmp_path.parent / "a.xlsx"), "", "failed")
    assert f"\t{Path('x/a.xlsx')}\t" in batches.result_as_text(inside, "en")
    assert f"\t{tmp_path.parent / 'a.xlsx'}\t" in batches.result_as_text(outside, "en")
