"""What jobs leave behind: files in a folder, and processes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psutil

from kam_excel.batch import starting
from kam_excel.batch.processes import COOKIE


def state(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder: its bytes as a hash and its time."""
    return {
        str(path.relative_to(folder)): (_hash(path), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def running() -> list[str]:
    """What runs of jobs: processes below this one, and those that have the cookie of a job."""
    found = {each for each in psutil.process_iter() if _has_cookie(each)}
    found |= {*psutil.Process().children(recursive=True)}
    return [f"{each.pid} {each.name()}" for each in found if each.is_running()]


def _has_cookie(process: psutil.Process) -> bool:
    try:
        return COOKIE in process.environ()
    except (psutil.Error, OSError):
        return False


def nursery() -> str:
    """The id of the process that forks the children of jobs; "" where it does not run."""
    process = starting._SHARED._process
    return str(process.pid) if process else ""
