"""Incentives of 2,000 accounts under 20 policies, from 500,000 sales lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks import dealers
from benchmarks.race import Row
from kam_excel.cli import run_cli
from kam_excel.contract.strategy import Strategy
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.prepare import prepare as prepared
from kam_excel.pipeline.setup import Setup, load_setup
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.history import previous

FILE = "dealers.xlsx"
_OPTIONS = Options(as_of=dealers.AS_OF, language="en")


def prepare(folder: Path) -> None:
    """The workbook that all read."""
    if not (folder / FILE).exists():
        dealers.workbook(folder / FILE)


def read(folder: Path) -> Callable[[], Any]:
    """Open the workbook, find its tables, read them into typed frames with all verdicts."""
    setup = load_setup(None)
    return lambda: _read(folder, setup)


def netted(folder: Path) -> Callable[[], Any]:
    """Net sales from the frames of the workbook."""
    return _strategy("net_sales", folder)


def identified(folder: Path) -> Callable[[], Any]:
    """The key accounts, from net sales."""
    return _strategy("identification", folder)


def rewarded(folder: Path) -> Callable[[], Any]:
    """All incentives, from net sales and key accounts."""
    return _strategy("incentives", folder)


def whole(folder: Path) -> Callable[[], Any]:
    """The command of a user: read, compute and write all outputs, save verified."""
    target = folder / "dealers-done.xlsx"
    command = ["run", str(folder / FILE), "--output", str(target), "--as-of", str(dealers.AS_OF)]

    def run() -> None:
        target.unlink(missing_ok=True)
        assert run_cli(command) == 0

    return run


def _read(folder: Path, setup: Setup) -> Inputs:
    with open_headless(folder / FILE) as book:
        return prepared(book, setup.host, setup.settings, _OPTIONS)


def _strategy(name: str, folder: Path) -> Callable[[], Any]:
    """The strategy `name`, ready to be computed: its tables are read, those before it have run."""
    setup = load_setup(None)
    inputs = _read(folder, setup)
    frames = {table: reading.frame for table, reading in inputs.readings.items()}
    for strategy in inputs.selection.order:
        if strategy.name == name:
            return lambda: _computed(strategy, frames, setup, inputs)
        frames |= _computed(strategy, frames, setup, inputs)
    raise ValueError(f"the workbook has no tables for {name}")


def _computed(
    strategy: Strategy, frames: dict[str, pd.DataFrame], setup: Setup, inputs: Inputs
) -> dict[str, pd.DataFrame]:
    """What a strategy gives; nobody has filled in anything, and there is no earlier run."""
    arguments: dict[str, pd.DataFrame | None] = {}
    for each in strategy.inputs:
        if each.previous:
            arguments[each.name] = previous(inputs.history, each.table, inputs.run.as_of)
        else:
            source = inputs.manual if each.manual else frames
            arguments[each.name] = source.get(each.table.id)
    policies = {name: setup.settings.policy(each) for name, each in strategy.policies.items()}
    return strategy.compute(arguments, policies, inputs.run)


ROWS = [
    Row(
        "incentives",
        "rebates, accruals, statements, contests on frames / reading the workbook",
        prepare,
        rewarded,
        read,
        time=1.0,
        memory=1.2,
    ),
    Row(
        "incentives parts",
        "identification on frames / net sales on frames",
        prepare,
        identified,
        netted,
    ),
    Row(
        "incentives run",
        "kam-excel run: read, compute, write 20 sheets, save / reading the workbook",
        prepare,
        whole,
        read,
        time=4.0,
        memory=1.5,
    ),
]
