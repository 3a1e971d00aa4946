"""What a workbook holds for a run: which strategies, which tables, read and typed.

Nothing is refused here: what stands in the way is collected, and whoever asked decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.policies import RunPolicy
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import Problem, problem
from kam_excel.host import Host
from kam_excel.pipeline.graph import Graph, Selection, make_graph, select
from kam_excel.settings.settings import Settings
from kam_excel.workbook.finding.locate import Head, Location, language_of, locate, read_heads
from kam_excel.workbook.reading.read import Reading, read_table


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks for beside the settings; None leaves it to them.

    With `partial` a strategy that cannot run does not keep others from being written. `fallback`
    is the language where neither the settings nor the workbook say one. `progress` is told each
    step as it begins.
    """

    strategies: Sequence[str] | None = None
    as_of: date | None = None
    language: Language | None = None
    partial: bool = False
    fallback: Language = "en"
    progress: Callable[[str], None] = lambda step: None


@dataclass(frozen=True, slots=True)
class Survey:
    """What a workbook holds for a run.

    sheets: those that may hold input. found: where tables stand, and refused: what is wrong
    with those that are there but cannot be located, by id, whoever reads them. readings: the
    tables that selected strategies read. missing: tables that strategies asked for by name
    lack; all, where nothing can run.
    """

    run: Run
    sheets: Sequence[str]
    selection: Selection
    found: Mapping[str, Location]
    refused: Mapping[str, Sequence[Problem]]
    readings: Mapping[str, Reading]
    missing: Sequence[Problem]

    @property
    def bad(self) -> dict[str, Sequence[Problem]]:
        """Problems by the id of the tables that selected strategies read and cannot use."""
        needed = _needed(self.selection)
        located = {name: self.refused[name] for name in needed if name in self.refused}
        return located | {n: each.problems for n, each in self.readings.items() if each.problems}

    @property
    def failed(self) -> dict[str, Sequence[Problem]]:
        """Strategies that read a bad table, or one that such a strategy would have given.

        An optional table counts too: without a returns sheet that is there the figures are wrong.
        """
        failed: dict[str, Sequence[Problem]] = {}
        lost = self.bad
        for strategy in self.selection.order:
            problems = [p for each in strategy.inputs for p in lost.get(each.table.id, ())]
            if problems:
                failed[strategy.name] = problems
                lost |= {table.id: problems for table in strategy.outputs if not table.collected}
        return failed


def survey(book: xw.Book, host: Host, settings: Settings, options: Options) -> Survey:
    """Look for all tables and read those of the selected strategies.

    Raises ConfigError for a strategy that is not known, PluginError where strategies contradict
    each other or the plugin that locates or reads a table raises it.
    """
    graph = make_graph(host.strategies.values())
    heads = read_heads(book)
    found, refused = locate(heads, graph.sources(), _fixed(host, settings, graph, heads))
    selection = select(graph, options.strategies, found, refused)
    sheets = [head.sheet for head in heads]
    needed = [found[name] for name in _needed(selection) if name in found]
    return Survey(
        _facts(settings, options, needed),
        sheets,
        selection,
        found,
        refused,
        _read(book, host, needed, options),
        _missing(selection, options, sheets),
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


def _fixed(
    host: Host, settings: Settings, graph: Graph, heads: Sequence[Head]
) -> dict[str, Mapping[str, Any]]:
    """Where tables stand by the settings, else by a plugin that knows."""
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


def _missing(selection: Selection, options: Options, sheets: Sequence[str]) -> list[Problem]:
    """Tables that strategies asked for by name lack; or all, where nothing can run."""
    if options.strategies is None and selection.order:
        return []
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
            there=", ".join(sheets),
            missing=", ".join(table.required()),
        )
        for table, names in needing.items()
    ]


def _facts(settings: Settings, options: Options, locations: Sequence[Location]) -> Run:
    policy = settings.policy(RunPolicy)
    wanted = options.language or policy.language
    if wanted == "auto":
        wanted = language_of(locations) if locations else options.fallback
    return Run(
        as_of=options.as_of or policy.as_of or date.today(),
        language=wanted,
        currency=policy.base_currency,
        include_partial_month=policy.include_partial_month,
        merge_jan_feb=policy.merge_jan_feb,
        tie_policy=policy.tie_policy,
    )
