"""One workbook, all or nothing: locate, read, check, compute, check, write.

`run` changes only the open book; saving is the caller's, who knows whether Excel holds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlwings as xw

from kam_excel.codes import Text
from kam_excel.contract.outputs import History
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import KamError, PluginError, WorkbookError, raise_if
from kam_excel.host import Host
from kam_excel.pipeline.blank import without_blank
from kam_excel.pipeline.compute import Computed, Output, compute
from kam_excel.pipeline.effective import effective_settings
from kam_excel.pipeline.fingerprint import fingerprint
from kam_excel.pipeline.prepare import Inputs, prepare
from kam_excel.pipeline.steps import Doing, Step
from kam_excel.pipeline.survey import Options
from kam_excel.settings.settings import Settings
from kam_excel.workbook.adapter import is_visible
from kam_excel.workbook.charts import draw_charts
from kam_excel.workbook.history import remember
from kam_excel.workbook.restoring import all_or_nothing
from kam_excel.workbook.write import conflicts, write_output


@dataclass(frozen=True, slots=True)
class Result:
    """A run that was written. `sheets` are the names of the written sheets by table id."""

    inputs: Inputs
    computed: Computed
    fingerprint: str
    sheets: Mapping[str, str]


def run(book: xw.Book, host: Host, settings: Settings, options: Options, version: str) -> Result:
    """Run strategies on an open book and write their sheets, all or none; it is not saved.

    Raises a KamError with every problem; then our sheets are as they were.
    """
    settings = effective_settings(book, settings)
    inputs = without_blank(prepare(book, host, settings, options), options)
    try:
        computed = compute(inputs, host, settings, options)
        rows = dict.fromkeys(_written(computed.outputs), 0)
        rows |= {o.table: len(o.frame) for o in computed.outputs if o.table in rows}
        raise_if(conflicts(book, rows, inputs.run.language), WorkbookError)
        frames = {output.table.id: output.frame for output in computed.outputs}
        host.hook.kam_after_run(outputs=frames, run=inputs.run)
        print_ = fingerprint_of(inputs, settings, host, version)
        with all_or_nothing(book, _written(computed.outputs), inputs.run):
            sheets = _write(book, inputs, computed, print_, options)
    except KamError as error:
        _tell_failed(host, error, inputs.run)
        raise
    return Result(inputs, computed, print_, sheets)


def _tell_failed(host: Host, error: KamError, facts: Run) -> None:
    """Let plugins see why a run failed. Raises the error with theirs, where they fail as well."""
    try:
        host.hook.kam_run_failed(problems=error.problems, run=facts)
    except PluginError as more:
        raise type(error)([*error.problems, *more.problems]) from error


def fingerprint_of(inputs: Inputs, settings: Settings, host: Host, version: str) -> str:
    """The fingerprint of a run with these inputs and effective settings."""
    read = {name: reading.frame for name, reading in inputs.readings.items()}
    return fingerprint(read, settings.canonical(), host.plugins(), version, inputs.run)


def _write(
    book: xw.Book, inputs: Inputs, computed: Computed, print_: str, options: Options
) -> dict[str, str]:
    """Write every output and the history; names of the sheets by table id."""
    sheets = {}
    for output in computed.outputs:
        if not output.table.internal:
            options.progress(Step(Doing.WRITE, Text(output.table.zh, output.table.en)))
            sheet = write_output(book, output.table, output.frame, inputs.run, print_)
            sheets[output.table.id] = sheet.name
    for output in computed.outputs:
        draw_charts(book, output.table, inputs.run)
    entries = [(each.strategy, each.table, each.frame) for each in computed.outputs]
    history = remember(inputs.history, inputs.run.as_of, entries, computed.aside)
    sheet = write_output(book, History, History.frame(history), inputs.run, print_)
    if is_visible(sheet):  # where the sheets are locked even hiding a hidden one is refused
        sheet.visible = False
    return sheets


def _written(outputs: Sequence[Output]) -> list[type[Table]]:
    """The tables that have a sheet."""
    return [output.table for output in outputs if not output.table.internal] + [History]
