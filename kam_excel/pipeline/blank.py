"""Tables that have headers and no rows, as in a template that is not filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, WorkbookError, problem
from kam_excel.pipeline.prepare import Inputs
from kam_excel.pipeline.survey import Options


def without_blank(inputs: Inputs, options: Options) -> Inputs:
    """`inputs` as if the tables without rows were not there.

    An empty customer sheet means that nothing is known of customers, not that there are none.
    Strategies that need such a table are skipped. Raises WorkbookError where they were asked
    for by name, or no other is left.
    """
    filled = {name: each for name, each in inputs.readings.items() if len(each.frame)}
    lost: dict[str, tuple[type[Table], ...]] = {}
    lacking: dict[str, tuple[type[Table], ...]] = {}
    for name, reading in inputs.readings.items():
        if name not in filled:
            lost[name] = (reading.location.table,)
    for strategy in inputs.selection.order:
        missing = dict.fromkeys(t for need in strategy.needs() for t in lost.get(need.id, ()))
        if not any(table.id in filled for table in strategy.any_of):
            missing |= dict.fromkeys(table for table in strategy.any_of if table.id in lost)
        if missing:
            lacking[strategy.name] = tuple(missing)
            lost |= {t.id: tuple(missing) for t in strategy.outputs if not t.collected}
    order = tuple(each for each in inputs.selection.order if each.name not in lacking)
    if lacking and (options.strategies is not None or not order):
        raise WorkbookError(_problems(inputs, lacking))
    skipped = {**inputs.selection.skipped, **lacking}
    selection = replace(inputs.selection, order=order, skipped=skipped)
    return replace(inputs, selection=selection, readings=filled)


def _problems(inputs: Inputs, lacking: Mapping[str, tuple[type[Table], ...]]) -> list[Problem]:
    """One for each blank table, with every strategy that needs it."""
    tables = dict.fromkeys(table for missing in lacking.values() for table in missing)
    return [
        problem(
            "TABLE_EMPTY",
            Place(sheet=inputs.readings[table.id].location.sheets[0]),
            strategy=", ".join(name for name, missing in lacking.items() if table in missing),
            table=table.id,
            zh=table.zh,
            en=table.en,
        )
        for table in tables
    ]
