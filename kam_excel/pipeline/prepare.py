"""The first half of a run: which strategies, which tables, read and typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.policies import RunPolicy
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import Problem, WorkbookError, problem, raise_if
from kam_excel.host import Host
from kam_excel.pipeline.graph import Graph, Selection, make_graph, select
from kam_excel.settings.settings import Settings
from kam_excel.workbook.finding.locate import Head, Location, language_of, locate, read_heads
from kam_excel.workbook.history import read_history
from kam_excel.workbook.manual import read_manual
from kam_excel.workbook.reading.read import Reading, read_table


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks for beside the settings; None leaves it to them.

    With `partial` a strategy that cannot run does not keep others from being written.
    `progress` is told each step as it begins.
    """

    strategies: Sequence[str] | None = None
    as_of: date | None = None
    language: Language | None = None
    partial: bool = False
    progress: Callable[[str], None] = lambda step: None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The plan of a run with its tables read: nothing is computed yet.

    `manual` is what users filled in, by the id of the output. `failed` are strategies that
    cannot run, with what stands in the way; it is empty unless the run is partial.
    """

    run: Run
    selection: Selection
    readings: Mapping[str, Reading]
    issues: pd.DataFrame
    history: pd.DataFrame
    manual: Mapping[str, pd.DataFrame]
    failed: Mapping[str, Sequence[Problem]]


def prepare(book: xw.Book, host: Host, settings: Settings, options: Options) -> Inputs:
    """Plan a run and read its tables. Raises WorkbookError or ConfigError with every problem."""
    graph = make_graph(host.strategies.values())
    heads = read_heads(book)
    found, refused = locate(heads, graph.sources(), _fixed(host, settings, graph, heads))
    selection = select(graph, options.strategies, found, refused)
    raise_if(_missing(selection, options, heads), WorkbookError)
    needed = [name for name in _needed(selection) if name in found]
    facts = _facts(settings, options, [found[name] for name in needed])
    readings = _read(book, host, [found[name] for name in needed], options)
    bad = {name: refused[name] for name in _needed(selection) if name in refused} | {
        name: reading.problems for name, reading in readings.items() if reading.problems
    }
    failed = _failed(selection, bad)
    if bad and (not options.partial or len(failed) == len(selection.order)):
        raise WorkbookError([each for problems in bad.values() for each in problems])
    history = read_history(book)
    manual = _manual(book, selection, history)
    _check(host, readings, facts)
    order = tuple(each for each in selection.order if each.name not in failed)
    return Inputs(
        facts,
        Selection(order, selection.skipped),
        readings,
        _issues(readings),
        history,
        manual,
        failed,
    )


def _read(
    book: xw.Book, host: Host, locations: Sequence[Location], options: Options
) -> dict[str, Reading]:
    readings = {}
    for location in locations:
        options.progress(f"read {location.sheet}")
        reading = read_table(book, location)
        reading.frame = host.hook.kam_read_table(table=location.table, frame=reading.frame)
        readings[location.table.id] = reading
    return readings


def _manual(book: xw.Book, selection: Selection, history: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What users filled in for the tables that the selected strategies read or give."""
    tables = {t.id: t for s in selection.order for t in s.tables() if t.manual()}
    filled = {name: read_manual(book, table, history) for name, table in tables.items()}
    raise_if([p for each in filled.values() for p in each.problems], WorkbookError)
    return {name: each.frame for name, each in filled.items()}


def _failed(selection: Selection, bad: Mapping[str, Sequence[Problem]]) -> dict[str, list[Problem]]:
    """Strategies that read a bad table, or one that such a strategy would have given.

    An optional table counts too: without a returns sheet that is there the figures are wrong.
    """
    failed: dict[str, list[Problem]] = {}
    lost: dict[str, Sequence[Problem]] = dict(bad)
    for strategy in selection.order:
        problems = [p for each in strategy.inputs for p in lost.get(each.table.id, ())]
        if problems:
            failed[strategy.name] = problems
            lost |= {table.id: problems for table in strategy.outputs if not table.collected}
    return failed


def _fixed(
    host: Host, settings: Settings, graph: Graph, heads: Sequence[Head]
) -> dict[str, Mapping[str, Any]]:
    """Where tables stand by config.yaml, else by a plugin that knows."""
    names = [head.sheet for head in heads]
    fixed: dict[str, Mapping[str, Any]] = {
        name: mapping.model_dump(exclude_defaults=True) for name, mapping in settings.tables.items()
    }
    for table in graph.sources():
        if table.id not in fixed:
            place = host.hook.kam_locate_table(table=table, sheets=names)
            if place:
                fixed[table.id] = place
    return {name: place for name, place in fixed.items() if name in {t.id for t in graph.sources()}}


def _needed(selection: Selection) -> list[str]:
    produced = {table.id for strategy in selection.order for table in strategy.outputs}
    needed = {i.table.id for s in selection.order for i in s.inputs if not i.is_state}
    return sorted(needed - produced)


def _missing(selection: Selection, options: Options, heads: Sequence[Head]) -> list[Problem]:
    """Tables that strategies asked for by name lack; or all, where nothing can run."""
    if options.strategies is None and selection.order:
        return []
    there = ", ".join(head.sheet for head in heads)
    needing: dict[type[Table], list[str]] = {}
    for name, tables in selection.skipped.items():
        for table in tables:
            needing.setdefault(table, []).append(name)
    return [
        problem(
            "TABLE_MISSING",
            strategy=", ".join(names),
            table=table.id,
            zh=table.zh,
            en=table.en,
            there=there,
            missing=", ".join(table.required()),
        )
        for table, names in needing.items()
    ]


def _facts(settings: Settings, options: Options, locations: Sequence[Location]) -> Run:
    policy = settings.policy(RunPolicy)
    wanted = options.language or policy.language
    return Run(
        as_of=options.as_of or policy.as_of or date.today(),
        language=language_of(locations) if wanted == "auto" else wanted,
        currency=policy.base_currency,
        include_partial_month=policy.include_partial_month,
        merge_jan_feb=policy.merge_jan_feb,
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
