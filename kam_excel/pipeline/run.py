"""One workbook, all or nothing: locate, read, check, compute, check, write.

`run` changes only the open book; saving is the caller's, who knows whether Excel holds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.outputs import DataIssues, History
from kam_excel.contract.policy import RunPolicy
from kam_excel.contract.strategy import Run, Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import (
    KamError,
    Place,
    PluginError,
    Problem,
    WorkbookError,
    problem,
    raise_if,
)
from kam_excel.host import Host
from kam_excel.pipeline.effective import effective_settings
from kam_excel.pipeline.fingerprint import fingerprint
from kam_excel.pipeline.graph import Graph, Selection, make_graph, select
from kam_excel.pipeline.reasons import with_reasons
from kam_excel.settings.settings import Settings
from kam_excel.workbook.history import previous, read_history, remember
from kam_excel.workbook.locate import Head, Location, language_of, locate, read_heads
from kam_excel.workbook.read import Reading, read_table
from kam_excel.workbook.write import conflict, write_output


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks for beside the settings; None leaves it to them."""

    strategies: Sequence[str] | None = None
    as_of: date | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The plan of a run with its tables read: nothing is computed yet."""

    run: Run
    selection: Selection
    readings: Mapping[str, Reading]
    issues: pd.DataFrame
    history: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Output:
    """An output that was computed: who gave it, its table, its rows, its sheet."""

    strategy: str
    table: type[Table]
    frame: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Result:
    """A run that succeeded. `sheets` are the names of the written sheets by table id."""

    inputs: Inputs
    outputs: Sequence[Output]
    fingerprint: str
    sheets: Mapping[str, str]


def run(book: xw.Book, host: Host, settings: Settings, options: Options, version: str) -> Result:
    """Run strategies on an open book and write their sheets; the book is not saved.

    Raises a KamError with every problem; then nothing was written.
    """
    settings = effective_settings(book, settings)
    inputs = prepare(book, host, settings, options)
    try:
        outputs = compute(inputs, host, settings)
        raise_if(_conflicts(book, outputs, inputs.run), WorkbookError)
        host.hook.kam_after_run(outputs={o.table.id: o.frame for o in outputs}, run=inputs.run)
    except KamError as error:
        host.hook.kam_run_failed(problems=error.problems, run=inputs.run)
        raise
    frames = {name: reading.frame for name, reading in inputs.readings.items()}
    print_ = fingerprint(frames, settings.canonical(), host.plugins(), version, inputs.run)
    sheets = {
        output.table.id: write_output(book, output.table, output.frame, inputs.run, print_).name
        for output in outputs
        if not output.table.internal
    }
    _write_history(book, inputs, outputs, print_)
    return Result(inputs, outputs, print_, sheets)


def prepare(book: xw.Book, host: Host, settings: Settings, options: Options) -> Inputs:
    """Plan a run and read its tables. Raises WorkbookError or ConfigError with every problem."""
    graph = make_graph(host.strategies.values())
    heads = read_heads(book)
    found, refused = locate(heads, graph.sources(), _fixed(host, settings, graph, heads))
    selection = select(graph, options.strategies, found, refused)
    raise_if(_missing(selection, options, heads), WorkbookError)
    needed = _needed(selection)
    raise_if([p for name in needed for p in refused.get(name, ())], WorkbookError)
    facts = _facts(settings, options, [found[name] for name in needed if name in found])
    readings = {name: read_table(book, found[name]) for name in needed if name in found}
    raise_if([p for reading in readings.values() for p in reading.problems], WorkbookError)
    for reading in readings.values():
        reading.frame = host.hook.kam_read_table(table=reading.location.table, frame=reading.frame)
    issues = _issues(readings)
    _check(host, readings, facts)
    return Inputs(facts, selection, readings, issues, read_history(book))


def compute(inputs: Inputs, host: Host, settings: Settings) -> list[Output]:
    """Compute the selected strategies in order; collected tables come last."""
    frames = {name: reading.frame for name, reading in inputs.readings.items()}
    collected: dict[type[Table], list[pd.DataFrame]] = {DataIssues: [inputs.issues]}
    outputs: list[Output] = []
    for strategy in inputs.selection.order:
        given = _compute_one(strategy, frames, inputs, host, settings)
        for table in strategy.outputs:
            frame = with_reasons(
                table.frame(given[table.id]), strategy.reasons, inputs.run.language
            )
            if table.collected:
                collected.setdefault(table, []).append(frame)
            else:
                frames[table.id] = frame
                outputs.append(Output(strategy.name, table, frame))
    for table, parts in collected.items():
        filled = [part for part in parts if len(part)]
        whole = pd.concat(filled, ignore_index=True) if filled else parts[0]
        outputs.append(
            Output("core", table, with_reasons(table.frame(whole), {}, inputs.run.language))
        )
    return outputs


def _compute_one(
    strategy: Strategy,
    frames: Mapping[str, pd.DataFrame],
    inputs: Inputs,
    host: Host,
    settings: Settings,
) -> dict[str, pd.DataFrame]:
    arguments: dict[str, pd.DataFrame | None] = {}
    for each in strategy.inputs:
        if each.previous:
            arguments[each.name] = previous(inputs.history, each.table, inputs.run.as_of)
        else:
            frame = frames.get(each.table.id)
            arguments[each.name] = None if frame is None else frame.copy()
    policies = {name: settings.policy(policy) for name, policy in strategy.policies.items()}
    try:
        given: dict[str, pd.DataFrame] = host.hook.kam_run_strategy(
            strategy=strategy, frames=arguments, policies=policies, run=inputs.run
        )
    except KamError:
        raise
    except Exception as error:  # a plugin may raise anything; the workbook must not suffer
        facts: dict[str, Any] = {
            "strategy": strategy.name,
            "error": f"{type(error).__name__}: {error}",
        }
        raise PluginError(problem("PLUGIN_RAISED", **facts)) from error
    return given


def _fixed(
    host: Host, settings: Settings, graph: Graph, heads: Sequence[Head]
) -> dict[str, Mapping[str, Any]]:
    """Where tables stand by config.yaml, else by a plugin that knows."""
    names = [head.sheet for head in heads]
    fixed: dict[str, Mapping[str, Any]] = {
        name: mapping.model_dump(exclude_none=True) for name, mapping in settings.tables.items()
    }
    for table in graph.sources():
        if table.id not in fixed:
            place = host.hook.kam_locate_table(table=table, sheets=names)
            if place:
                fixed[table.id] = place
    return {name: place for name, place in fixed.items() if name in {t.id for t in graph.sources()}}


def _needed(selection: Selection) -> list[str]:
    produced = {table.id for strategy in selection.order for table in strategy.outputs}
    needed = {i.table.id for s in selection.order for i in s.inputs if not i.previous}
    return sorted(needed - produced)


def _missing(selection: Selection, options: Options, heads: Sequence[Head]) -> list[Problem]:
    """Tables that strategies asked for by name lack; or all, where nothing can run."""
    if options.strategies is None and selection.order:
        return []
    there = ", ".join(head.sheet for head in heads)
    return [
        problem(
            "TABLE_MISSING",
            strategy=name,
            table=table.id,
            zh=table.zh,
            en=table.en,
            there=there,
            missing=", ".join(table.required()),
        )
        for name, tables in selection.skipped.items()
        for table in tables
    ]


def _facts(settings: Settings, options: Options, locations: Sequence[Location]) -> Run:
    policy = settings.policy(RunPolicy)
    wanted = options.language or policy.language
    return Run(
        as_of=options.as_of or policy.as_of or date.today(),
        language=language_of(locations) if wanted == "auto" else wanted,
        currency=policy.base_currency,
        include_partial_month=policy.include_partial_month,
        tie_policy=policy.tie_policy,
    )


def _issues(readings: Mapping[str, Reading]) -> pd.DataFrame:
    rows = [issue for reading in readings.values() for issue in reading.issues]
    return DataIssues.frame(pd.DataFrame(rows, columns=list(DataIssues.columns)))


def _check(host: Host, readings: Mapping[str, Reading], facts: Run) -> None:
    frames = {name: reading.frame for name, reading in readings.items()}
    objections = [
        each
        for given in host.hook.kam_check_tables(frames=frames, run=facts)
        for each in given or ()
    ]
    raise_if([each for each in objections if each.code.level == "error"], WorkbookError)


def _conflicts(book: xw.Book, outputs: Sequence[Output], facts: Run) -> list[Problem]:
    tables = [o.table for o in outputs if not o.table.internal] + [History]
    found = (conflict(book, table, facts.language) for table in tables)
    return [each for each in found if each is not None]


def _write_history(book: xw.Book, inputs: Inputs, outputs: Sequence[Output], print_: str) -> None:
    entries = [(o.strategy, o.table, o.frame) for o in outputs]
    history = remember(inputs.history, inputs.run.as_of, entries)
    sheet = write_output(book, History, History.frame(history), inputs.run, print_)
    sheet.visible = False


def place_of(book: xw.Book) -> Place:
    """The place that a problem of the whole workbook has."""
    return Place(file=book.name)
