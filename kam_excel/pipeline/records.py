"""What a workbook was before it was replaced, kept in `.kam/runs/<id>/` beside it.

A record has a temporary name until the workbook is replaced. Where the run was killed in between,
the workbook itself says which of the two it was: it still is what was kept, or it is not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kam_excel.headless.saving import temporaries

RUNS = Path(".kam") / "runs"
_FACTS = "run.json"


@contextmanager
def kept(path: Path, mark: str, facts: Mapping[str, Any]) -> Iterator[Path]:
    """Keep a workbook while it is replaced, with facts, in a folder named by time and mark.

    Gives the folder as it is named from then on. Where the workbook was not replaced, nothing
    stays.
    """
    settle(path.parent)
    runs = path.parent / RUNS
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    folder, waiting = runs / f"{stamp}-{mark}", temporaries.new(runs)
    digest = _digest(path)
    known = {"id": folder.name, "workbook": path.name, "sha256": digest, **facts}
    try:
        _make(waiting)
        shutil.copy2(path, waiting / f"{digest[:16]}{path.suffix}")
        text = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True)
        (waiting / _FACTS).write_text(text + "\n", encoding="utf-8")
        yield folder
    except BaseException:
        _settle(waiting)
        raise
    waiting.rename(folder)


def settle(folder: Path) -> None:
    """Name or remove the records that runs in `folder` left behind which were killed."""
    runs = folder / RUNS
    if runs.is_dir():
        for waiting in temporaries.stale(runs):
            _settle(waiting)


def _settle(waiting: Path) -> None:
    """Name the record of a workbook that was replaced, remove that of another."""
    try:
        known = json.loads((waiting / _FACTS).read_text(encoding="utf-8"))
        workbook = waiting.parents[2] / known["workbook"]
        was_replaced = not workbook.exists() or _digest(workbook) != known["sha256"]
    except (FileNotFoundError, ValueError):  # it was killed before the record was whole
        was_replaced = False
    if was_replaced:
        waiting.rename(waiting.parent / known["id"])
        return
    shutil.rmtree(waiting, ignore_errors=True)
    with suppress(OSError):  # there are other records
        waiting.parent.rmdir()
        waiting.parents[1].rmdir()


def _make(folder: Path) -> None:
    while True:
        try:
            return folder.mkdir(parents=True)
        except FileNotFoundError:  # another run has just removed the parent that it left empty
            continue


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
