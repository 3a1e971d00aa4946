"""Typing single columns, for the tests of their readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kam_excel.codes import REGISTRY
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.workbook.reading.columns import CellFacts, Verdicts, type_column


def typed(
    kind: Kind,
    cells: Sequence[Any],
    rules: dict[str, Any] | None = None,
    choices: dict[str, str] | None = None,
    further: dict[str, tuple[str, ...]] | None = None,
    **facts: Any,
) -> Verdicts:
    """The verdicts on a column; every code in them is one of the registry."""
    column = Column("列", "Column", kind=kind, choices=choices or {}, words=further or {})
    verdicts = type_column(column, cells, ReadingPolicy(**(rules or {})), CellFacts(**facts))
    assert {*verdicts.noted, *verdicts.refused} <= set(REGISTRY)
    return verdicts


def verdict(kind: Kind, cell: Any, rules: dict[str, Any] | None = None, **facts: Any) -> Any:
    """The verdict on one cell: the code of a refusal, or the value and the codes of its notes."""
    found = typed(kind, [cell], rules, **facts)
    if found.refused:
        assert found.values == [None]
        [refusal] = found.refused
        return refusal
    return (found.values[0], *found.noted)
