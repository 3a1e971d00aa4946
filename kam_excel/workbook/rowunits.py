"""Figures whose unit depends on their row: percentages beside amounts, pieces beside money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.look import Shown
from kam_excel.contract.table import Table


def unit_runs(
    table: type[Table], column: Column, cells: Mapping[str, Sequence[Any]], language: Language
) -> list[tuple[slice, Column]]:
    """The runs of rows that show the figures of `column` in a way of their own, and the column as
    they show it. `cells` are the columns of the table by their ids, as they show.
    """
    if column.unit_by is None:
        return []
    choice = table.columns[column.unit_by.column]
    ways = {choice.shown(each, language): way for each, way in column.unit_by.of.items()}
    pairs = zip(cells[column.id], map(ways.get, cells[choice.id]), strict=True)
    shown = [_way(figure, way) for figure, way in pairs]
    runs, first = [], 0
    for way, rows in groupby(shown):
        last = first + len(list(rows))
        if way is not None:
            runs.append((slice(first, last), _as(column, way)))
        first = last
    return runs


def _way(figure: Any, way: Shown | None) -> Shown | None:
    """The way of a row; a part of a piece keeps its decimals."""
    return None if way == "count" and figure is not None and figure % 1 else way


def _as(column: Column, way: Shown) -> Column:
    if way == "percent":
        return replace(column, kind=Kind.PERCENT)
    return replace(column, kind=Kind.NUMBER, decimals=0)
