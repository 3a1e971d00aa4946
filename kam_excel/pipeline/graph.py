"""Which strategies run, and in which order: a graph whose edges are tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from kam_excel.contract.strategy import Strategy
from kam_excel.contract.table import Table
from kam_excel.errors import ConfigError, PluginError, nearest, problem, raise_if


@dataclass(frozen=True, slots=True)
class Graph:
    """All strategies in an order in which each comes after those whose tables it reads.

    `producers` are strategies by the table that they alone produce.
    """

    order: tuple[Strategy, ...]
    producers: Mapping[str, Strategy]

    def sources(self) -> list[type[Table]]:
        """The tables that come from the workbook, by id."""
        found = {
            i.table.id: i.table
            for s in self.order
            for i in s.inputs
            if not i.is_state and i.table.id not in self.producers
        }
        return [found[name] for name in sorted(found)]

    def above(self, strategy: Strategy) -> list[Strategy]:
        """The strategies that `strategy` reads from directly."""
        tables = (i.table.id for i in strategy.inputs if not i.is_state)
        return [self.producers[name] for name in tables if name in self.producers]


def make_graph(strategies: Iterable[Strategy]) -> Graph:
    """Order `strategies`. Raises PluginError for a table with two producers, and for a circle."""
    ordered = sorted(strategies, key=lambda strategy: strategy.name)
    producers = _producers(ordered)
    edges = {
        s.name: sorted(
            producers[i.table.id].name
            for i in s.inputs
            if not i.is_state and i.table.id in producers
        )
        for s in ordered
    }
    by_name = {strategy.name: strategy for strategy in ordered}
    try:
        names = list(TopologicalSorter(edges).static_order())
    except CycleError as error:
        cycle = " → ".join(error.args[1])
        raise PluginError(problem("STRATEGY_CYCLE", cycle=cycle)) from error
    return Graph(tuple(by_name[name] for name in names), producers)


def _producers(strategies: Sequence[Strategy]) -> dict[str, Strategy]:
    producers: dict[str, Strategy] = {}
    problems = []
    for strategy in strategies:
        for table in strategy.outputs:
            if table.collected:
                continue
            other = producers.setdefault(table.id, strategy)
            if other is not strategy:
                facts: dict[str, Any] = {
                    "name": table.id,
                    "first": other.name,
                    "second": strategy.name,
                }
                problems.append(problem("TABLE_TWICE", **facts))
    raise_if(problems, PluginError)
    return producers


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to run, in order; the skipped strategies with the tables that they lack.

    any_of: those of the skipped that would run with any one of their tables.
    """

    order: tuple[Strategy, ...]
    skipped: Mapping[str, tuple[type[Table], ...]]
    any_of: frozenset[str] = frozenset()


def select(
    graph: Graph, wanted: Sequence[str] | None, found: Iterable[str], refused: Iterable[str]
) -> Selection:
    """Select the strategies `wanted` and all that they need; None means all that can run.

    A table counts as there if it was found or refused (a refusal is an error, no reason to
    skip). Raises ConfigError for a name that no strategy has.
    """
    check_names(wanted, [strategy.name for strategy in graph.order])
    there = {*found, *refused}
    lacking: dict[str, tuple[type[Table], ...]] = {}
    for strategy in graph.order:
        missing: list[type[Table]] = []
        for table in strategy.needs():
            if table.id in graph.producers:
                missing += lacking.get(graph.producers[table.id].name, ())
        missing += strategy.lacks(there | graph.producers.keys())
        if missing:
            lacking[strategy.name] = tuple(dict.fromkeys(missing))
    if wanted is None:
        chosen = {s.name for s in graph.order} - set(lacking)
    else:
        chosen = _with_needs(graph, wanted)
    return Selection(
        tuple(s for s in graph.order if s.name in chosen),
        {name: tables for name, tables in lacking.items() if wanted is None or name in chosen},
        frozenset(s.name for s in graph.order if s.any_of and lacking.get(s.name) == s.any_of),
    )


def check_names(wanted: Sequence[str] | None, known: Sequence[str]) -> None:
    """Raise ConfigError where a strategy that was asked for is none of those that are known."""
    listed = ", ".join(sorted(known))
    problems = [
        problem("STRATEGY_UNKNOWN", name=n, nearest=nearest(n, sorted(known)), known=listed)
        for n in wanted or ()
        if n not in known
    ]
    raise_if(problems, ConfigError)


def _with_needs(graph: Graph, wanted: Sequence[str]) -> set[str]:
    chosen: set[str] = set()
    stack = [strategy for strategy in graph.order if strategy.name in wanted]
    while stack:
        strategy = stack.pop()
        if strategy.name not in chosen:
            chosen.add(strategy.name)
            stack += graph.above(strategy)
    return chosen
