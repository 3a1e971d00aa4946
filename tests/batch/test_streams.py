"""Results are told to whoever can read them, and a stream that is broken breaks no batch."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kam_excel.batch.jobs import JobResult
from kam_excel.batch.reporting import as_line
from kam_excel.cli.progress import Progress
from kam_excel.report import batches
from manybooks import COMPANY, codes, command, write_book

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="streams of POSIX")
SHARED = ("--config", COMPANY, "--strategies", "mean", "--language", "en", "--jobs", "1")


@ON_POSIX
def test_once_nobody_reads_nothing_new_is_started_and_the_report_has_all(tmp_path):
    for i in range(9):
        write_book(tmp_path / "data" / f"{i}.xlsx")
    out, report = tmp_path / "out", tmp_path / "report.jsonl"
    batch = command("batch", tmp_path / "data", "--output", out, "--report", report, *SHARED)
    batch.stdout.readline()
    batch.stdout.close()
    told = batch.stderr.read()
    assert batch.wait() == 1
    batch.stderr.close()
    assert told.splitlines()[-1].startswith("BATCH_OUTPUT_BROKEN Results could no longer be writ")
    results = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert len(results) == 9
    done = {each["target"] for each in results if each["status"] == "done"}
    assert done == {str(path) for path in out.iterdir()}
    assert 1 <= len(done) < 9
    waiting = [codes(each) for each in results if each["status"] != "done"]
    assert waiting == [["BATCH_NOT_STARTED"]] * (9 - len(done))


@ON_POSIX
def test_no_file_takes_the_number_of_a_stream_that_is_closed(tmp_path):
    program = (
        "import os, sys\n"
        "from kam_excel.cli import streams\n"
        "streams.settle()\n"
        f"sys.stdout.write(str(os.open({str(tmp_path / 'new')!r}, os.O_CREAT | os.O_WRONLY)))\n"
    )
    closing = ["sh", "-c", 'exec "$0" -c "$1" <&- 2>&-', sys.executable, program]
    done = subprocess.run(closing, stdout=subprocess.PIPE, text=True, check=True)
    assert int(done.stdout) > 2


def test_progress_without_a_stream_for_it(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    progress = Progress({"a.xlsx": 1}, "en")
    progress.add(JobResult("a.xlsx", "", "done"))
    progress.show()


def test_what_others_wrote_is_shown_and_does_nothing_else():
    problem = {"code": "C", "level": "error", "where": "\udcff", "what": "\x1b[31m", "hint": ""}
    result = JobResult("a.xlsx", "", "failed", [problem, problem], output="\x07")
    told = batches.result_as_text(result, "en", verbose=True)
    assert told == ("failed\ta.xlsx\tC \\udcff: \\x1b[31m\t0.0 s\n  C \\udcff: \\x1b[31m\n  \\x07")


@pytest.mark.parametrize(
    ("encoding", "line"), [("utf-8", '{"a": "报"}'), ("cp1252", r'{"a": "\u62a5"}')]
)
def test_a_line_of_json_can_be_read_whatever_the_encoding_lacks(encoding, line):
    assert as_line({"a": "报"}, encoding) == line
