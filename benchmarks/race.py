"""Two programs, each in processes of its own, by turns: who took how long and how much memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Prepares in a folder and returns what is measured.
Program = Callable[[Path], Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A race: `time` and `memory` are the ratios ours / theirs that are aimed at."""

    name: str
    about: str
    prepare: Callable[[Path], None]
    ours: Program
    theirs: Program
    time: float | None = None
    memory: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds of wall and processor time, and the largest resident set in MB."""

    wall: float
    processor: float
    peak: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Medians of both sides of a row."""

    row: Row
    ours: Measured
    theirs: Measured

    def ratio(self, measure: str) -> float:
        """Ours / theirs of "wall", "processor" or "peak"."""
        return float(getattr(self.ours, measure) / getattr(self.theirs, measure))


def run(row: Row, folder: Path, rounds: int) -> Outcome:
    """Let both sides of `row` run `rounds` times by turns."""
    row.prepare(folder)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_child(row.ours, folder))
        theirs.append(_child(row.theirs, folder))
    return Outcome(row, _median(ours), _median(theirs))


def _child(program: Program, folder: Path) -> Measured:
    name = f"{program.__module__}:{program.__qualname__}"
    command = [sys.executable, "-m", "benchmarks.child", name, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _median(runs: list[Measured]) -> Measured:
    return Measured(
        *(
            statistics.median(getattr(each, name) for each in runs)
            for name in ("wall", "processor", "peak")
        )
    )
