"""What a workbook holds for a run: which strategies, which tables, read and typed.

Nothing is refused here: what stands in the way is collected, and whoever asked decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.policies import ReadingPolicy, RunPolicy, SalesPolicy
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import Problem
from kam_excel.host import Host
from kam_excel.pipeline.graph import Graph, Selection, make_graph, select
from kam_excel.pipeline.plugged import as_plugins_read
from kam_excel.pipeline.steps import Progress, read_step, silent
from kam_excel.settings.settings import Settings
from kam_excel.workbook.finding.locate import Search, language_of, locate
from kam_excel.workbook.finding.location import Location
from kam_excel.workbook.finding.pages import Page, read_pages
from kam_excel.workbook.finding.refusals import not_found
from kam_excel.workbook.finding.unused import UnusedColumn, unused_columns
from kam_excel.workbook.reading.conventions import Conventions
from kam_excel.workbook.reading.read import Reading, read_table


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asks for beside the settings; None leaves it to them.

    With `partial` a strategy that cannot run does not keep others from being written. `fallback`
    is the language where neither the settings nor the workbook say one. `progress` is told each
    step as it begins. `today` is the day, where it is not to be asked of the clock.
    """

    strategies: Sequence[str] | None = None
    as_of: date | None = None
    language: Language | None = None
    partial: bool = False
    fallback: Language = "en"
    progress: Progress = silent
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What cannot be read or run: of which table (or strategy), why, and what it stops."""

    table: str
    problem: Problem
    stops: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Absent:
    """A table that the workbook does not have, and the strategies that need or could use it."""

    table: type[Table]
    needed_by: Sequence[str]
    used_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a workbook holds for a run.

    sheets: those that may hold input. search: where tables stand, whoever reads them, and what is
    wrong with those that are there but cannot be located. readings: the tables that selected
    strategies read. missing: tables that strategies asked for by name lack; all, where nothing
    can run. absent: tables that some strategy reads and the workbook lacks. unused: columns of
    the sheets that no table uses, by the id of the table whose header they stand in.
    """

    run: Run
    sheets: Sequence[str]
    selection: Selection
    search: Search
    readings: Mapping[str, Reading]
    missing: Sequence[Problem]
    absent: Sequence[Absent]
    unused: Mapping[str, Sequence[UnusedColumn]]

    @property
    def bad(self) -> dict[str, Sequence[Problem]]:
        """Problems by the id of the tables that selected strategies read and cannot use."""
        needed = _needed(self.selection)
        refused = self.search.refused
        located: dict[str, Sequence[Problem]] = {n: refused[n] for n in needed if n in refused}
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

    @property
    def refusals(self) -> list[Refusal]:
        """What is wrong with bad tables, each with the strategies that it stops."""
        failed = self.failed
        return [
            Refusal(table, each, [name for name, why in failed.items() if each in why])
            for table, problems in self.bad.items()
            for each in problems
        ]


def survey(
    book: xw.Book,
    host: Host,
    settings: Settings,
    options: Options,
    pages: Sequence[Page] | None = None,
) -> Survey:
    """Look for all tables and read those of the selected strategies; `pages` were read before.

    Raises ConfigError for a strategy that is not known, PluginError where strategies contradict
    each other or the plugin that locates or reads a table raises it.
    """
    graph = make_graph(host.strategies.values())
    pages = read_pages(book) if pages is None else pages
    search = _search(host, settings, graph, pages)
    selection = select(graph, options.strategies, search.found, search.refused)
    needed = [search.found[name] for name in _needed(selection) if name in search.found]
    return Survey(
        _facts(settings, options, needed),
        [page.sheet for page in pages],
        selection,
        search,
        _read(book, host, settings, needed, pages, options),
        _missing(selection, options, search, pages),
        _absent(graph, search),
        unused_columns(pages, search.found),
    )


def _absent(graph: Graph, search: Search) -> list[Absent]:
    needs = {s.name: {table.id for table in s.needs()} for s in graph.order}
    reads = {s.name: {i.table.id for i in s.inputs if not i.is_state} for s in graph.order}
    return [
        Absent(
            table,
            [name for name, ids in needs.items() if table.id in ids],
            [name for name, ids in reads.items() if table.id in ids - needs[name]],
        )
        for table in graph.sources()
        if table.id not in search.found and table.id not in search.refused
    ]


def _read(
    book: xw.Book,
    host: Host,
    settings: Settings,
    locations: Sequence[Location],
    pages: Sequence[Page],
    options: Options,
) -> dict[str, Reading]:
    cells = {page.sheet: page.cells for page in pages}
    known = Conventions(
        settings.policy(ReadingPolicy),
        settings.policy(RunPolicy).base_currency,
        {"doc_type": settings.policy(SalesPolicy).returns.types},
    )
    readings = {}
    for location in locations:
        options.progress(read_step(", ".join(location.sheets)))
        reading = read_table(book, location, known, cells)
        readings[location.table.id] = as_plugins_read(reading, host)
    return readings


def _search(host: Host, settings: Settings, graph: Graph, pages: Sequence[Page]) -> Search:
    """Look for tables where the settings say that they stand, else where a plugin says it, else
    by their names and headers.
    """
    sources = graph.sources()
    said: dict[str, Mapping[str, Any]] = {
        name: mapping.model_dump(exclude_defaults=True) for name, mapping in settings.tables.items()
    }
    names = [page.sheet for page in pages]
    by_plugin: dict[str, Mapping[str, Any]] = {}
    for table in sources:
        place = None if table.id in said else host.hook.kam_locate_table(table=table, sheets=names)
        if place:
            by_plugin[table.id] = place
    search = locate(pages, sources, said | by_plugin)
    for name in by_plugin.keys() & search.found.keys():
        search.found[name] = replace(search.found[name], found_by="plugin")
    return search


def _needed(selection: Selection) -> list[str]:
    produced = {table.id for strategy in selection.order for table in strategy.outputs}
    needed = {i.table.id for s in selection.order for i in s.inputs if not i.is_state}
    return sorted(needed - produced)


def _missing(
    selection: Selection, options: Options, search: Search, pages: Sequence[Page]
) -> list[Problem]:
    """Tables that strategies asked for by name lack; or all, where nothing can run."""
    if options.strategies is None and selection.order:
        return []
    needing: dict[type[Table], list[str]] = {}
    for name, tables in selection.skipped.items():
        for table in tables:
            needing.setdefault(table, []).append(name)
    return [
        not_found(table, names, pages, search.near.get(table.id))
        for table, names in needing.items()
    ]


def _facts(settings: Settings, options: Options, locations: Sequence[Location]) -> Run:
    policy = settings.policy(RunPolicy)
    wanted = options.language or policy.language
    if wanted == "auto":
        wanted = language_of(locations) if locations else options.fallback
    return Run(
        as_of=options.as_of or policy.as_of or options.today or date.today(),
        language=wanted,
        currency=policy.base_currency,
        include_partial_month=policy.include_partial_month,
        merge_jan_feb=policy.merge_jan_feb,
        tie_policy=policy.tie_policy,
        tax_basis=policy.tax_basis,
    )
