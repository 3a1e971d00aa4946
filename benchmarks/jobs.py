"""Starting the processes of jobs: forked by a nursery, or each a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.race import Row
from kam_excel.batch.jobs import Limits
from kam_excel.batch.probe import probe

_TIMES = 10
_LIMITS = Limits()
_FRESH = "from kam_excel.pipeline.setup import load_setup; load_setup(None)"


def prepare(folder: Path) -> None:
    """Nothing is needed."""


def ours(folder: Path) -> Callable[[], Any]:
    """A watched child for each job, which loads the plugins and settings; the nursery is there."""
    probe("", _LIMITS)
    return lambda: [probe("", _LIMITS) for _ in range(_TIMES)]


def theirs(folder: Path) -> Callable[[], Any]:
    """A program for each job, which does the same; nobody watches."""
    command = [sys.executable, "-c", _FRESH]
    return lambda: [subprocess.run(command, check=True) for _ in range(_TIMES)]


ROWS = [
    Row(
        "start jobs",
        "load plugins and settings in 10 watched children / in 10 fresh processes",
        prepare,
        ours,
        theirs,
        time=0.15,
    ),
]
