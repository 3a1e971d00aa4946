"""A strategy on frames alone: no workbook, no plugins, no configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kam_excel.contract.policy import Policy
from kam_excel.contract.strategy import Input, Run, Strategy
from kam_excel.contract.table import Table
from kam_excel.pipeline.reasons import with_reasons
from kam_excel.testing.outputs import Outputs
from kam_excel.testing.rows import Rows, frame_of, part_of

Tables = Mapping[type[Table], Rows]
NONE: Tables = {}


def run_strategy(
    strategy: Strategy,
    tables: Tables,
    *policies: Policy,
    as_of: date,
    previous: Tables = NONE,
    previous_as_of: date | None = None,
    manual: Tables = NONE,
    **facts: Any,
) -> Outputs:
    """What `strategy` gives for `tables`, held to its declaration as in a run, reasons in words.

    A policy that is not given has its defaults. previous: what the run of `previous_as_of`
    remembered; manual: what users filled in; each is empty where it is not given. facts: further
    ones of Run (language, currency, …).

    Raises TypeError for a table that the strategy needs and for tables and policies that it does
    not read, PluginError where an output is not as declared. What the strategy itself raises
    comes through as it is.
    """
    run = Run(as_of=as_of, **facts)
    if previous and previous_as_of is None:
        raise TypeError("what was remembered has a date: previous_as_of")
    _refuse_unread(strategy, tables, previous, manual, policies)
    frames: dict[str, pd.DataFrame | None] = {}
    for each in strategy.inputs:
        if each.previous:
            frames[each.name] = _remembered(each.table, previous, previous_as_of or as_of)
        elif each.manual:
            names = [*each.table.key, *each.table.manual()]
            frames[each.name] = part_of(each.table, names, manual.get(each.table, ()))
        else:
            frames[each.name] = _input(strategy, each, tables)
    known = {type(policy): policy for policy in policies}
    effective = {name: known.get(kind) or kind() for name, kind in strategy.policies.items()}
    found = strategy.compute(frames, effective, run)
    return Outputs(
        {
            table: with_reasons(table.frame(found[table.id]), strategy.reasons, run.language)
            for table in strategy.outputs
            if table.id in found
        }
    )


def _remembered(table: type[Table], previous: Tables, day: date) -> pd.DataFrame:
    """What the history gives: key, remembered columns, and the day of that run."""
    frame = part_of(table, [*table.key, *table.remembered], previous.get(table, ()))
    days = pd.Series(pd.Timestamp(day), frame.index, dtype="datetime64[us]")
    return frame.assign(previous_as_of=days)


def _input(strategy: Strategy, each: Input, tables: Tables) -> pd.DataFrame | None:
    if each.table in tables:
        return frame_of(each.table, tables[each.table])
    if each.optional:
        return None
    raise TypeError(f"{strategy.name} needs the table {each.table.__name__}")


def _refuse_unread(
    strategy: Strategy, tables: Tables, previous: Tables, manual: Tables, policies: Sequence[Policy]
) -> None:
    """Raise TypeError for what the strategy would never see."""
    read = {
        "Frame": (tables, [i.table for i in strategy.inputs if not i.is_state]),
        "Previous": (previous, [i.table for i in strategy.inputs if i.previous]),
        "Manual": (manual, [i.table for i in strategy.inputs if i.manual]),
    }
    unread = [
        f"{kind}[{table.__name__}]"
        for kind, (given, known) in read.items()
        for table in given
        if table not in known
    ]
    kinds = set(strategy.policies.values())
    unread += [type(policy).__name__ for policy in policies if type(policy) not in kinds]
    if unread:
        raise TypeError(f"{strategy.name} does not read {', '.join(unread)}")
