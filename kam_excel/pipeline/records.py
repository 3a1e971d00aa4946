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
from kam_excel.headless.saving.save import failure

RUNS = Path(".kam") / "runs"
_FACTS = "run.json"


@contextmanager
def kept(path: Path, mark: str, facts: Mapping[str, Any]) -> Iterator[Path]:
    """Keep a workbook while it is replaced, with facts, in a folder named by time and mark.

    Gives the folder as it is named from then on. Where the workbook was not replaced, nothing
    stays. Raises WorkbookError where it cannot be kept.
    """
    runs = path.parent / RUNS
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    folder, waiting = runs / f"{stamp}-{mark}", temporaries.new(runs)
    try:
        try:
            settle(path.parent)
            _write(waiting, path, {"id": folder.name, **facts})
        except OSError as error:
            raise failure(error, path) from error
        yield folder
    except BaseException:
        _settle(waiting)
        raise
    waiting.rename(folder)


def _write(waiting: Path, path: Path, facts: Mapping[str, Any]) -> None:
    _make(waiting)
    digest = _digest(path)
    shutil.copy2(path, waiting / f"{digest[:16]}{path.suffix}")
    known = {"workbook": path.name, "sha256": digest, **facts}
    is_text = path.name.isprintable()  # the bytes of a name that is none stand as escapes
    text = json.dumps(known, ensure_ascii=not is_text, indent=2, sort_keys=True)
    (waiting / _FACTS).write_text(text + "\n", encoding="utf-8")


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
    except (OSError, ValueError):  # it was killed before the record was whole
        was_replaced = False
    if was_replaced:
        with suppress(FileNotFoundError):  # another run has just done it
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
