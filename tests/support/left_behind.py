"""What jobs leave behind: files in a folder, and processes."""

from __future__ import annotations

import hashlib
import os
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


# What a process of these tests has in its environment, and none of others on this machine.
OURS = "KAM_EXCEL_TESTS"


def running() -> list[str]:
    """What runs of jobs: processes below this one, and those that have the cookie of a job; but
    not what forks them, which the next test uses.
    """
    found = {each for each in psutil.process_iter() if _has_cookie(each)}
    found |= {*psutil.Process().children(recursive=True)}
    return [str(each) for each in found if each.is_running() and each.pid != nursery()]


def _has_cookie(process: psutil.Process) -> bool:
    try:
        environment = process.environ()
    except (psutil.Error, OSError):
        return False
    return COOKIE in environment and environment.get(OURS) == os.environ[OURS]


def nursery() -> int | None:
    """The id of the process that forks the children of jobs, where it runs."""
    process = starting._SHARED._process
    return process.pid if process else None
