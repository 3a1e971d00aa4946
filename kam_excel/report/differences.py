"""What a run would write, cell by cell: for people, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from kam_excel.codes import Language, Text
from kam_excel.workbook.difference import CellChange, RowChange, SheetDifference, shown

MOST = 50  # lines for each sheet
LONGEST = 60  # characters of a value
WORDS = {
    "new": Text("{sheet}：新工作表，{rows} 行", "{sheet}: new sheet, {rows} rows"),
    "unchanged": Text("{sheet}：没有变化", "{sheet}: unchanged"),
    "changed": Text(
        "{sheet}：改动单元格 {cells} 个，新增 {added} 行，删除 {removed} 行",
        "{sheet}: {cells} cells changed, {added} rows added, {removed} rows removed",
    ),
    "hidden": Text("（隐藏）", " (hidden)"),
    "empty": Text("（空）", "(empty)"),
    "more": Text("  …… 另有 {count} 处", "  … and {count} more"),
}


def differences_as_text(differences: Sequence[SheetDifference], language: Language) -> list[str]:
    """For each sheet what happens to it, then its changes, at most 50; none of hidden sheets."""
    lines = []
    for each in differences:
        lines.append(_summary(each, language))
        if not each.is_hidden:
            lines += _changes(each, language)
    return lines


def differences_as_json(differences: Sequence[SheetDifference]) -> list[dict[str, Any]]:
    """For each sheet how much of it changed, and at most 50 changes of each sort.

    `state` is new, changed or unchanged; dates are ISO 8601 texts.
    """
    return [
        {
            "table": each.table,
            "sheet": each.sheet,
            "hidden": each.is_hidden,
            "state": _state(each),
            "rows": each.rows,
            "counts": {
                "cells": len(each.cells),
                "added": len(each.added),
                "removed": len(each.removed),
            },
            "cells": [_cell_as_json(change) for change in each.cells[:MOST]],
            "added": [{"row": row.number, "key": row.label} for row in each.added[:MOST]],
            "removed": [{"row": row.number, "key": row.label} for row in each.removed[:MOST]],
        }
        for each in differences
    ]


def _state(each: SheetDifference) -> str:
    return "new" if each.is_new else "unchanged" if each.is_unchanged else "changed"


def _summary(each: SheetDifference, language: Language) -> str:
    hidden = WORDS["hidden"].in_(language) if each.is_hidden else ""
    return (
        WORDS[_state(each)]
        .in_(language)
        .format(
            sheet=each.sheet + hidden,
            rows=each.rows,
            cells=len(each.cells),
            added=len(each.added),
            removed=len(each.removed),
        )
    )


def _changes(each: SheetDifference, language: Language) -> list[str]:
    count = len(each.cells) + len(each.added) + len(each.removed)
    changes = (
        *(_row(each.sheet, "+", row) for row in islice(each.added, MOST)),
        *(_row(each.sheet, "-", row) for row in islice(each.removed, MOST)),
        *(_cell(each.sheet, change, language) for change in islice(each.cells, MOST)),
    )
    rest = count - MOST
    more = [WORDS["more"].in_(language).format(count=rest)] if rest > 0 else []
    return [*changes[:MOST], *more]


def _cell(sheet: str, change: CellChange, language: Language) -> str:
    header = f" {change.header}" if change.header else ""
    label = f" [{change.label}]" if change.label else ""
    values = " → ".join(_value(value, language) for value in (change.old, change.new))
    colon = "：" if language == "zh" else ": "
    return f"  {sheet}!{change.cell}{header}{label}{colon}{values}"


def _row(sheet: str, sign: str, row: RowChange) -> str:
    return f"  {sign} {sheet}!{row.number}:{row.number} [{row.label}]"


def _value(value: Any, language: Language) -> str:
    if value is None:
        return WORDS["empty"].in_(language)
    text = " ".join(shown(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _cell_as_json(change: CellChange) -> dict[str, Any]:
    return {
        "cell": change.cell,
        "column": change.header,
        "key": change.label,
        "old": _plain(change.old),
        "new": _plain(change.new),
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str)) else shown(value)
