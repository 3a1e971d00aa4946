"""Collecting the declarations of the loaded plugins; nothing is said here that they don't say."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, get_args

from kam_excel.codes import REGISTRY, Text
from kam_excel.contract.chart import Chart
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.look import Arrows, DataBar, Look, Shades, Sparkline, Tones
from kam_excel.contract.outputs import DataIssues, History
from kam_excel.contract.policy import Policy, Setting, settings_of
from kam_excel.contract.strategy import Input, Strategy
from kam_excel.contract.table import Table
from kam_excel.contract.tables import SettingsSheet
from kam_excel.contract.units import unit_text
from kam_excel.description.facts import (
    ChartFacts,
    CodeFacts,
    ColumnFacts,
    Description,
    Need,
    Origin,
    PolicyFacts,
    ReadFacts,
    Role,
    SettingFacts,
    StrategyFacts,
    TableFacts,
)
from kam_excel.host import Host
from kam_excel.settings.yaml_text import yaml_text
from kam_excel.workbook.marks import table_name

NO_TEXT = Text("", "")


def describe(host: Host) -> Description:
    """Everything that the plugins of `host` and the core declare."""
    strategies = list(host.strategies.values())
    own: list[type[Table]] = [DataIssues, History, SettingsSheet]
    tables = {table.id: table for table in host.tables() + own}
    return Description(
        tuple(_strategy(each) for each in strategies),
        tuple(_table(tables[name], strategies) for name in sorted(tables)),
        tuple(_policy(policy, strategies) for policy in host.policies()),
        tuple(_code(name) for name in sorted(REGISTRY)),
    )


def _strategy(strategy: Strategy) -> StrategyFacts:
    return StrategyFacts(
        strategy.name,
        strategy.title,
        strategy.about,
        strategy.group,
        strategy.doc,
        tuple(_read(each) for each in strategy.inputs),
        tuple(table.id for table in strategy.outputs),
        tuple(table.id for table in strategy.optional_outputs),
        tuple(policy.section for policy in strategy.policies.values()),
        dict(strategy.reasons),
    )


def _read(each: Input) -> ReadFacts:
    role: Role = "previous" if each.previous else "manual" if each.manual else "table"
    return ReadFacts(each.table.id, role, not each.optional and not each.is_state)


def _table(table: type[Table], strategies: Iterable[Strategy]) -> TableFacts:
    def names(reads: Callable[[Strategy], Iterable[type[Table]]]) -> tuple[str, ...]:
        return tuple(each.name for each in strategies if table in reads(each))

    given_by = names(lambda strategy: strategy.outputs)
    origin = _origin(table, given_by)
    return TableFacts(
        table.id,
        Text(table.zh, table.en),
        table.aliases,
        table.about,
        _doc(table),
        origin,
        "" if origin == "workbook" or table.internal else table_name(table.id),
        table.key,
        table.one_of,
        names(lambda strategy: strategy.needs()),
        names(lambda s: [i.table for i in s.inputs if i.optional and not i.is_state]),
        given_by,
        tuple(_column(table, column) for column in table.columns.values()),
        tuple(_chart(table, chart) for chart in table.charts),
    )


def _origin(table: type[Table], given_by: tuple[str, ...]) -> Origin:
    if table is History:
        return "history"
    return "strategy" if given_by or table is DataIssues else "workbook"


def _column(table: type[Table], column: Column) -> ColumnFacts:
    need: Need = "optional"
    if column.id in table.required():
        need = "required"
    elif any(column.id in group for group in table.one_of):
        need = "one_of"
    return ColumnFacts(
        column.id,
        Text(column.zh, column.en),
        column.aliases,
        column.kind.value,
        column.unit,
        unit_text(column.unit),
        need,
        column.decisive,
        column.manual,
        column.personal,
        {id_: Text(zh, id_) for id_, zh in column.choices.items()},
        column.words,
        column.needs,
        Text(*column.note) if column.note else NO_TEXT,
        column.link,
        column.decimals if column.kind is Kind.NUMBER else None,
        _look(column.look),
    )


def _look(look: Look | None) -> dict[str, Any] | None:
    """Its name and what it was declared with, bounds as config.yaml writes numbers."""
    match look:
        case None:
            return None
        case Tones(of=tones):
            return {
                "name": "tones",
                "of": {yaml_text(value): tone for value, tone in tones.items()},
            }
        case Arrows(up=up, down=down):
            return {"name": "arrows", "up": yaml_text(up), "down": yaml_text(down)}
        case Shades(diverging=diverging):
            return {"name": "shades", "diverging": diverging}
        case DataBar():
            return {"name": "data_bar"}
        case Sparkline(first=first, last=last):
            return {"name": "sparkline", "first": first, "last": last}


def _chart(table: type[Table], chart: Chart) -> ChartFacts:
    return ChartFacts(
        chart.id,
        Text(chart.zh, chart.en),
        chart.kind,
        (chart.source or table).id,
        chart.x,
        tuple(series.column for series in chart.series),
    )


def _policy(policy: type[Policy], strategies: Iterable[Strategy]) -> PolicyFacts:
    return PolicyFacts(
        policy.section,
        policy.label,
        _doc(policy),
        tuple(each.name for each in strategies if policy in each.policies.values()),
        tuple(_setting(each) for each in settings_of(policy)),
    )


def _setting(leaf: Setting) -> SettingFacts:
    least, greatest = bounds_of(leaf)
    return SettingFacts(
        leaf.path,
        leaf.label,
        yaml_text(leaf.default),
        leaf.unit,
        unit_text(leaf.unit),
        leaf.choices,
        "" if least is None else yaml_text(least),
        "" if greatest is None else yaml_text(greatest),
    )


def bounds_of(leaf: Setting) -> tuple[Any, Any]:
    """The least and greatest value of a setting, inclusive, None where there is none.

    Its kind may have a bound beside its own: the stricter one holds.
    """
    marks = get_args(leaf.annotation)[1:]
    least = [mark.ge for mark in marks if hasattr(mark, "ge")]
    greatest = [mark.le for mark in marks if hasattr(mark, "le")]
    return max(least, default=None), min(greatest, default=None)


def _doc(declared: type) -> str:
    """Its own docstring, never an inherited one."""
    return inspect.cleandoc(declared.__doc__ or "")


def _code(name: str) -> CodeFacts:
    code = REGISTRY[name]
    return CodeFacts(code.name, code.level, code.what, code.hint)
