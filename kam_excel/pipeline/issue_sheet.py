"""The issue sheet: what could not be read, what was doubtful, where rows and amounts went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kam_excel.codes import REGISTRY, Language
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.table import Table
from kam_excel.domain.exact import exact
from kam_excel.errors import Place
from kam_excel.pipeline.reasons import with_reasons
from kam_excel.pipeline.survey import Refusal

LEVELS = ("error", "warning", "note")


def issue_sheet(
    issues: pd.DataFrame,
    account: pd.DataFrame,
    refused: Sequence[Refusal],
    tables: Mapping[str, type[Table]],
    language: Language,
) -> pd.DataFrame:
    """All that the issue sheet lists: errors, warnings, notes, and the account at the end.

    account: as `Reconciliation`. tables: by id, for their names.
    """
    titles = {name: table.title(language) for name, table in tables.items()}
    errors = [row for each in refused for row in _refusal(each, tables.get(each.table), language)]
    entries = [_entry(titles, entry, language) for entry in account.to_dict("records")]
    parts = [_rows(errors), issues.sort_values("level", key=_order, kind="stable"), _rows(entries)]
    whole = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return with_reasons(DataIssues.frame(whole), {}, language)


def _rows(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(DataIssues.columns), dtype=object)
    return frame.assign(amount=exact(frame["amount"]))


def _order(levels: pd.Series) -> pd.Series:
    return levels.map(LEVELS.index)


def _refusal(
    each: Refusal, table: type[Table] | None, language: Language
) -> Iterator[dict[str, Any]]:
    """One row for each cell that a problem names, and one for those that it only counts."""
    said = each.problem
    column = table.columns.get(said.facts.get("column_id", "")) if table else None
    places: Sequence[Place] = said.facts.get("places", (said.where,))
    values: Sequence[str] = said.facts.get("values", ())
    names = ", ".join(each.stops)
    between = " " if language == "en" else ""
    facts = {
        "level": "error",
        "reason_code": said.code.name,
        "table_id": table.title(language) if table else each.table,
        "column_name": column.header(language) if column else None,
        "handling": _worded("STRATEGIES_STOPPED", language, names=names) if names else "",
        "reason_text": said.what(language) + between + said.hint(language),
    }
    for number, place in enumerate(places):
        value = values[number] if number < len(values) else ""
        link = str(place) if place.sheet and place.cell else None
        yield facts | {"row_no": _row_of(place), "original_value": value, "link": link}
    more = said.facts["count"] - len(places) if "places" in said.facts else 0
    if more > 0:
        yield facts | {"handling": _worded("MORE_ROWS", language, original_value=more)}


def _row_of(place: Place) -> int | None:
    """The row of a cell or of a whole row."""
    digits = "".join(each for each in place.cell.split(":")[0] if each.isdigit())
    return int(digits) if digits else None


def _entry(
    titles: Mapping[str, str], entry: Mapping[Any, Any], language: Language
) -> dict[str, Any]:
    """An entry of the account: its rows stand in place of a value."""
    table = str(entry["table_id"])
    return {
        "level": "note",
        "reason_code": entry["reason_code"],
        "table_id": titles.get(table, table),
        "original_value": _worded("ROW_COUNT", language, rows=f"{entry['rows']:,}"),
        "amount": entry["amount"],
    }


def _worded(code: str, language: Language, **facts: Any) -> str:
    return REGISTRY[code].what.in_(language).format(**facts)
