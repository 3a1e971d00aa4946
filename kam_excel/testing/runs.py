"""A run on a workbook file as `kam-excel run` does it, with the plugins that a test names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kam_excel.codes import Language
from kam_excel.contract.policy import Policy
from kam_excel.contract.table import Table
from kam_excel.host import Host, make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.run import Result
from kam_excel.pipeline.setup import VERSION
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import open_headless, run_file
from kam_excel.settings.settings import Settings
from kam_excel.testing.outputs import Outputs
from kam_excel.workbook.snapshot import take_snapshots


@dataclass(frozen=True, slots=True)
class WorkbookRun:
    """A run that was saved: the file at `path`, the outputs by table, the strategies that were
    skipped with the tables that they lack, and all else that a run tells.
    """

    path: Path
    outputs: Outputs
    skipped: Mapping[str, Sequence[type[Table]]]
    result: Result

    def cells(self, table: type[Table]) -> list[list[Any]]:
        """The sheet of an output as it was saved: its headers, then its rows, as users see them.

        Raises KeyError where there is no such sheet.
        """
        with open_headless(self.path) as book:
            sheet = take_snapshots(book)[table.id]
        return [list(sheet.headers), *(row for _, row in sheet.rows())]


def host_of(*plugins: object) -> Host:
    """The core with these plugins and no other."""
    return make_host(core, *plugins)


def run_plugins(
    path: Path,
    target: Path,
    *plugins: object,
    as_of: date,
    policies: Sequence[Policy] = (),
    strategies: Sequence[str] | None = None,
    language: Language | None = None,
) -> WorkbookRun:
    """Run on the workbook at `path` with these plugins alone, and save the result to `target`.

    A policy that is not given has its defaults: no config.yaml is read. Raises a KamError with
    every problem; then nothing was written.
    """
    host = host_of(*plugins)
    tables = {table.id: table.columns for table in host.tables()}
    settings = Settings.load(None, host.policies(), tables)
    _refuse_unread(settings, policies)
    given = {policy.section: policy for policy in policies}
    settings = replace(settings, policies={**settings.policies, **given})
    options = Options(strategies, as_of, language)
    result = run_file(path, target, host, settings, options, VERSION).result
    outputs = Outputs({output.table: output.frame for output in result.computed.outputs})
    return WorkbookRun(target, outputs, result.inputs.selection.skipped, result)


def _refuse_unread(settings: Settings, policies: Sequence[Policy]) -> None:
    known = {type(policy) for policy in settings.policies.values()}
    unread = [type(policy).__name__ for policy in policies if type(policy) not in known]
    if unread:
        raise TypeError(f"no strategy of these plugins reads {', '.join(unread)}")
