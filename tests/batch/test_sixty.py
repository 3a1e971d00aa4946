"""Sixty workbooks, some of the worst kinds among them: one result each, and nothing else harmed."""

from __future__ import annotations

import shutil
import time

import left_behind
from kam_excel.headless.saving import locks
from manybooks import COMPANY, by_name, codes, command, state, tree, write_book

SECONDS, MEGABYTES = 8, 700
OPTIONS = ("--config", COMPANY, "--as-of", "2026-06-30", "--language", "en")
ENDED = {
    "hangs.xlsx": ("hang", "BATCH_TIME"),
    "kills itself.xlsx": ("kill_oneself", "BATCH_SIGNAL"),
    "leaves.xlsx": ("leave", "BATCH_NO_RESULT"),
    "eats.xlsx": ("grow_a_list", "BATCH_MEMORY"),
    "leaves a child.xlsx": ("leave_a_child_and_hang", "BATCH_TIME"),
}
REFUSED = {"damaged.xlsx": "ZIP_", "open.xlsx": "SAVE_OPEN_ELSEWHERE", "held.xlsx": "SAVE_BUSY"}


def bad_ones(folder):
    """The workbooks that cannot be done."""
    for name, (behaviour, _) in ENDED.items():
        write_book(folder / name, behaviour, rows=90)
    for name in ("open.xlsx", "held.xlsx"):
        write_book(folder / name)
    (folder / "~$open.xlsx").write_bytes(b"\3Ann".ljust(165, b" "))
    whole = write_book(folder / "damaged.xlsx").read_bytes()
    (folder / "damaged.xlsx").write_bytes(whole[: len(whole) // 2])


def test_sixty_workbooks_give_sixty_results(tmp_path, kam):
    folder = tmp_path / "data"
    bad_ones(folder)
    patterns = [write_book(tmp_path / f"{rows}.xlsx", rows=rows) for rows in (3, 10, 30)]
    good = [folder / f"{i % 4}" / f"{i}.xlsx" for i in range(60 - len(ENDED) - len(REFUSED))]
    for i, path in enumerate(good):
        path.parent.mkdir(exist_ok=True)
        shutil.copy2(patterns[i % 3], path)
    before = tree(folder)
    running = left_behind.running()

    with locks.exclusive(folder / "held.xlsx"):
        began = time.monotonic()
        limits = ("--jobs", 2, "--timeout", SECONDS, "--memory", MEGABYTES)
        report = tmp_path / "report.jsonl"
        batch = command("batch", folder, "--json", "--report", report, *limits, *OPTIONS)
        out, told = batch.communicate(timeout=300)
        took = time.monotonic() - began

    found = by_name(out)
    assert batch.returncode == 1, told
    assert len(found) == 60
    assert set(by_name(report.read_text("utf-8"))) == set(found)
    for name, (_, code) in ENDED.items():
        assert codes(found[name])[:1] == [code]
    for name, code in REFUSED.items():
        assert codes(found[name])[0].startswith(code)
    assert {name: codes(each) for name, each in found.items() if each["status"] == "failed"} == {
        name: codes(found[name]) for name in (*ENDED, *REFUSED)
    }
    assert "done 52, unchanged 0, failed 8" in told.splitlines()[-1]

    # The good ones are as a run alone leaves them, the others as they were.
    for path in patterns:
        assert kam("run", path, "--in-place", *OPTIONS).code == 0
    for i, path in enumerate(good):
        assert path.read_bytes() == patterns[i % 3].read_bytes()
    for name in (*ENDED, *REFUSED, "~$open.xlsx"):
        assert state(folder / name) == before[name]
    new = {path for path in tree(folder) if path not in before}
    assert {path.split("/")[1] for path in new} == {".kam"}
    assert len(new) == 2 * len(good)

    # Nothing is left running, and what was allowed was kept to.
    assert [each for each in left_behind.running() if each not in running] == []
    assert max(each["seconds"] for each in found.values()) < 3 * SECONDS
    assert max(each["megabytes"] for each in found.values()) < 2 * MEGABYTES
    assert took < 60 * SECONDS / 2
