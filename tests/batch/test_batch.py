"""The command `kam-excel batch` as users see it."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

import pytest

from kam_excel.batch import local
from kam_excel.batch.jobs import Limits
from manybooks import COMPANY, by_name, codes, command, state, tree, write_book

SHARED = ("--config", COMPANY, "--as-of", "2026-06-30", "--language", "en", "--jobs", "2")
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def data(tmp_path) -> Path:
    """A folder with two workbooks that can be run and a damaged one, the smallest."""
    folder = tmp_path / "data"
    write_book(folder / "a.xlsx", rows=50)
    write_book(folder / "north" / "b.xlsx")
    (folder / "damaged.xlsx").write_bytes(b"PK\3\4 no more")
    return folder


def test_results_lie_in_the_output_folder_and_the_workbooks_are_untouched(data, kam, tmp_path):
    before, out = tree(data), data / "out"
    done = kam("batch", data, "--output", out, *SHARED)
    assert done.code == 1, done.err
    lines = sorted(line.split("\t") for line in done.out.splitlines())
    assert [line[:2] for line in lines] == [
        ["done", str(data / "a.xlsx")],
        ["done", str(data / "north" / "b.xlsx")],
        ["failed", str(data / "damaged.xlsx")],
    ]
    assert lines[0][2].endswith(f"saved {out / 'a.xlsx'}")
    assert lines[2][2].startswith("ZIP_DAMAGED damaged.xlsx: ")
    assert done.err.splitlines()[0].startswith(f"Workbooks: 3, 2 at once; results go to {out}.")
    assert done.err.splitlines()[-1].startswith("Workbooks: 3; done 2, unchanged 0, failed 1; ")
    assert {name for name in tree(data) if name not in before} == {"out/a.xlsx", "out/north/b.xlsx"}
    assert {name: each for name, each in tree(data).items() if name in before} == before
    alone = tmp_path / "alone.xlsx"
    assert kam("run", data / "a.xlsx", "--output", alone, *SHARED[:-2]).code == 0
    assert (out / "a.xlsx").read_bytes() == alone.read_bytes()


def test_a_rerun_in_place_changes_nothing(data, kam):
    (data / "damaged.xlsx").unlink()
    done = kam("batch", data, "--json", *SHARED)
    assert done.code == 0
    assert "IN PLACE" in done.err
    assert {each["status"] for each in by_name(done.out).values()} == {"done"}
    before = tree(data)
    assert len([name for name in before if name.endswith("run.json")]) == 2
    again = kam("batch", str(data / "**/*.xlsx"), "--in-place", "--json", *SHARED)
    assert again.code == 0
    assert {each["status"] for each in by_name(again.out).values()} == {"unchanged"}
    assert tree(data) == before


def test_a_dry_run_touches_nothing_and_reports_in_chinese(data, kam, tmp_path, monkeypatch):
    before, report = tree(data), tmp_path / "report.jsonl"
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    options = [*SHARED[:4], "--jobs", 1]
    done = kam("batch", data, "--dry-run", "--report", report, *options)
    assert done.code == 1
    assert tree(data) == before
    assert "个部件，未保存\t" in done.out.splitlines()[0]
    assert "试运行，不保存" in done.err
    assert "失败 1；" in done.err.splitlines()[-1]
    lines = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert len(lines) == 3
    assert len({tuple(each) for each in lines}) == 1
    assert {each["as_of"] for each in lines} == {"2026-06-30"}
    assert {each["config"] for each in lines} == {str(COMPANY)}


def test_the_date_is_that_of_the_settings_where_the_command_says_none(data, kam, tmp_path):
    config = tmp_path / "config.yaml"
    folders = f"plugins: {{folders: ['{COMPANY.parent / 'plugins'}']}}\n"
    config.write_text(folders + "run: {as_of: 2026-04-30}\n", encoding="utf-8")
    out, alone = tmp_path / "out", tmp_path / "alone.xlsx"
    assert kam("batch", data / "a.xlsx", "--output", out, "--config", config).code == 0
    run = ("run", data / "a.xlsx", "--output", alone, "--as-of", "2026-04-30")
    assert kam(*run, "--config", config).code == 0
    assert (out / "a.xlsx").read_bytes() == alone.read_bytes()


def test_fail_fast_leaves_the_rest(data, kam):
    write_book(data / "first.xlsx", "raise_one", rows=90)
    before = tree(data)
    done = kam("batch", data, "--fail-fast", "--json", *SHARED[:-2], "--jobs", 1)
    assert done.code == 3
    found = by_name(done.out)
    assert codes(found.pop("first.xlsx")) != ["BATCH_NOT_STARTED"]
    assert [codes(each) for each in found.values()] == [["BATCH_NOT_STARTED"]] * 3
    assert "Not started: 3." in done.err
    assert tree(data) == before


def test_a_link_that_leaves_the_folder_is_a_failure(data, kam, tmp_path):
    outside = write_book(tmp_path / "outside.xlsx")
    (data / "link.xlsx").symlink_to(outside)
    (data / "damaged.xlsx").unlink()
    before = state(outside)
    done = kam("batch", data, "--output", tmp_path / "out", "--json", *SHARED)
    assert done.code == 1
    assert codes(by_name(done.out)["link.xlsx"]) == ["BATCH_LINK_OUTSIDE"]
    assert state(outside) == before


# usage ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--jobs", "0"], "--jobs"),
        (["--timeout", "0"], "--timeout"),
        (["--timeout", "-3"], "--timeout"),
        (["--timeout", "nan"], "--timeout"),
        (["--timeout", "inf"], "--timeout"),
        (["--memory", "10"], "--memory"),
        (["--output", "out", "--dry-run"], "--dry-run"),
        (["--report", "nowhere/report.jsonl"], "BATCH_REPORT_UNWRITABLE"),
        (["--report", "data/a.xlsx"], "--report"),
        (["--output", "data"], "BATCH_TARGET_IS_WORKBOOK"),
        (["--strategies", "meen"], "mean"),
        (["--config", "none.yaml"], "CONFIG_NOT_FOUND"),
    ],
)
def test_wrong_options_start_nothing(data, kam, monkeypatch, options, told):
    monkeypatch.chdir(data.parent)
    before = tree(data)
    done = kam("batch", "data", *SHARED, *options)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert tree(data) == before


def test_nothing_found_is_a_usage_error(kam, tmp_path):
    done = kam("batch", tmp_path, "--dry-run")
    assert done.code == 2
    assert "BATCH_NOTHING_FOUND" in done.err


@pytest.mark.parametrize(
    ("plugin", "code", "told"),
    [
        ("import os\nos._exit(0)\n", 1, "BATCH_NO_RESULT"),
        ("import time\ntime.sleep(600)\n", 1, "BATCH_TIME"),
        ("import not_there\n", 1, "PLUGIN"),
        (None, 2, "config.yaml:1"),
    ],
)
def test_plugins_and_settings_are_tried_before_anything_starts(
    data, kam, tmp_path, plugin, code, told
):
    config = tmp_path / "config.yaml"
    config.write_text("plugins: {folders: [acme]}\n" if plugin else "runn: {}\n", encoding="utf-8")
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text(plugin or "", encoding="utf-8")
    report = tmp_path / "report.jsonl"
    report.write_text("of last week\n", encoding="utf-8")
    before = tree(data)
    done = kam("batch", data, "--config", config, "--timeout", "4", "--report", report)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert tree(data) == before
    assert report.read_text("utf-8") == "of last week\n"


def test_jobs_are_as_many_as_cores_and_memory_allow(monkeypatch):
    monkeypatch.setattr(local, "_cores", lambda: 1)
    assert local.default_jobs(Limits()) == 1
    monkeypatch.setattr(local, "_cores", lambda: 1000)
    assert local.default_jobs(Limits(megabytes=10**9)) == 1
    assert local.default_jobs(Limits(megabytes=1)) == 999


# Ctrl+C -----------------------------------------------------------------------


@ON_POSIX
def test_one_ctrl_c_finishes_what_runs_and_starts_nothing_new(data, tmp_path):
    for i in range(6):
        write_book(data / f"{i}.xlsx")
    batch = command("batch", data, "--json", *SHARED[:-2], "--jobs", 1, "--output", tmp_path / "o")
    first = batch.stdout.readline()
    batch.send_signal(signal.SIGINT)
    rest, told = batch.communicate(timeout=60)
    found = by_name(first + rest)
    assert batch.returncode == 130, told
    assert len(found) == 9
    assert {each["status"] for each in found.values()} == {"done", "failed"}
    waiting = [each for each in found.values() if each["status"] == "failed"]
    assert {code for each in waiting for code in codes(each)} == {"BATCH_NOT_STARTED"}
    assert len(waiting) >= 6
    assert "Ctrl+C again" in told


@ON_POSIX
def test_two_end_what_runs(data):
    hanging = write_book(data / "hangs.xlsx", "hang", rows=90)
    before = tree(data)
    batch = command("batch", data, "--json", *SHARED[:-2], "--jobs", 1)
    assert "IN PLACE" in batch.stderr.readline()
    time.sleep(1)
    batch.send_signal(signal.SIGINT)
    time.sleep(0.3)
    assert batch.poll() is None
    batch.send_signal(signal.SIGINT)
    out, told = batch.communicate(timeout=20)
    found = by_name(out)
    assert batch.returncode == 130, told
    assert codes(found.pop(hanging.name)) == ["BATCH_CANCELLED"]
    assert [codes(each) for each in found.values()] == [["BATCH_NOT_STARTED"]] * 3
    assert tree(data) == before
