"""A job writes where it may, not where somebody else is, and leaves no trace of a try."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kam_excel.batch.work import work
from kam_excel.headless.saving import locks, temporaries
from kam_excel.pipeline import records
from kam_excel.report.batches import result_as_text
from left_behind import state

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def codes(result):
    return [each["code"] for each in result.problems]


@pytest.fixture
def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize("owner", ["~${name}", ".~lock.{name}#"])
def test_a_workbook_that_is_open_elsewhere_is_left(owner, job, tmp_path):
    given = job()
    (tmp_path / owner.format(name=Path(given.workbook).name)).write_bytes(b"")
    before = state(tmp_path)
    result = work(given)
    assert (result.status, codes(result)) == ("failed", ["SAVE_OPEN_ELSEWHERE"])
    assert state(tmp_path) == before
    assert not (tmp_path / ".kam").exists()


def test_a_workbook_that_another_run_saves_is_left(job, tmp_path):
    given = job()
    with locks.exclusive(Path(given.workbook)):
        before = state(tmp_path)
        result = work(given)
        assert state(tmp_path) == before
    assert (result.status, codes(result)) == ("failed", ["SAVE_BUSY"])
    assert f"{os.getpid()}@" in result.problems[0]["what"]
    assert os.listdir(tmp_path) == [Path(given.workbook).name]


def test_a_workbook_that_cannot_be_kept_is_not_replaced(job, tmp_path):
    given = job()
    (tmp_path / ".kam").write_text("no folder")
    before = state(tmp_path)
    result = work(given)
    assert (result.status, codes(result)) == ("failed", ["SAVE_FAILED"])
    assert state(tmp_path) == before


@needs_links
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_out_of_the_folder_is_not_followed(kind, job, tmp_path):
    given = job()
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "out.xlsx").write_bytes(Path(given.workbook).read_bytes())
    if kind == "file":
        (root / "out.xlsx").symlink_to(outside / "out.xlsx")
        target = root / "out.xlsx"
    else:
        (root / "sub").symlink_to(outside, target_is_directory=True)
        target = root / "sub" / "out.xlsx"
    before = state(tmp_path)
    result = work(job(target=str(target), root=str(root)))
    assert (result.status, codes(result)) == ("failed", ["SAVE_LINK_OUTSIDE"])
    assert state(outside) == {"out.xlsx": before["outside/out.xlsx"]}


def test_what_a_killed_save_left_is_removed(job, tmp_path, dead_process):
    """Its temporary file and its lock; a lock that is held stays."""
    given = job("kill_oneself")
    name = temporaries.new(tmp_path).name.replace(f"-{os.getpid()}-", f"-{dead_process}-")
    (tmp_path / name).write_bytes(b"half")
    with locks.exclusive(Path(given.workbook)):
        (lock,) = tmp_path.glob(".~kam-*.lock")
        assert codes(work(given)) == ["BATCH_SIGNAL"]
        assert lock.exists()
    lock.write_bytes(b"of a dead process")
    work(given)
    assert os.listdir(tmp_path) == [Path(given.workbook).name]


def waiting_record(folder: Path, process: int, facts: dict[str, str] | None) -> Path:
    """What a run that was killed before it had named its record left."""
    runs = folder / records.RUNS
    waiting = runs / temporaries.new(runs).name.replace(f"-{os.getpid()}-", f"-{process}-")
    waiting.mkdir(parents=True)
    if facts is not None:
        (waiting / "run.json").write_text(json.dumps(facts), encoding="utf-8")
    return waiting


def test_the_record_of_a_killed_run_is_named_where_its_save_was_done(tmp_path, dead_process):
    (tmp_path / "book.xlsx").write_bytes(b"new")
    old = "0" * 64
    facts = {"id": "20260101T000000Z-mark", "workbook": "book.xlsx", "sha256": old}
    waiting_record(tmp_path, dead_process, facts)
    records.settle(tmp_path)
    assert os.listdir(tmp_path / records.RUNS) == ["20260101T000000Z-mark"]


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_record_of_a_killed_run_goes_where_its_save_was_not(is_whole, tmp_path, dead_process):
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"old")
    facts = {"id": "x", "workbook": "book.xlsx", "sha256": records._digest(book)}
    waiting_record(tmp_path, dead_process, facts if is_whole else None)
    records.settle(tmp_path)
    assert os.listdir(tmp_path) == ["book.xlsx"]


def test_the_record_of_a_run_that_lives_stays(tmp_path):
    waiting = waiting_record(tmp_path, os.getpid(), None)
    records.settle(tmp_path)
    assert waiting.exists()


def test_paths_are_those_of_the_batch_whatever_a_plugin_makes_the_folder(
    job, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    given = job("leave_the_folder", target="out.xlsx", root=".")
    result = work(given)
    assert (result.status, result.target) == ("done", "out.xlsx")
    assert (tmp_path / "out.xlsx").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names as bytes, of at most 255")
@pytest.mark.parametrize("name", [b"bad\xff.xlsx", "报".encode() * 83 + b".xlsx"])
def test_any_name_that_a_file_can_have_is_worked(name, job, tmp_path):
    """No text at all, and one with which no name of an owner file would fit."""
    book = tmp_path / os.fsdecode(name)
    given = job()
    Path(given.workbook).rename(book)
    given = replace(given, workbook=str(book), target=str(book))
    assert [work(given).status, work(given).status] == ["done", "unchanged"]
    (facts,) = (tmp_path / records.RUNS).glob("*/run.json")
    assert json.loads(facts.read_text(encoding="utf-8"))["workbook"] == book.name


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays on Windows")
def test_a_working_folder_that_has_been_removed(job, tmp_path, monkeypatch):
    given, gone = job(), tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = work(given)
    assert result.status == "done"
    assert result.workbook in result_as_text(result, "en")
