"""Where rows and amounts went, and what was doubtful: as lines of 80 columns, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.codes import REGISTRY, Language, Text
from kam_excel.contract.outputs import DataIssues
from kam_excel.domain.money import total
from kam_excel.pipeline.issue_sheet import LEVELS
from kam_excel.report import layout
from kam_excel.settings.yaml_text import decimal_text

CELLS, EXAMPLES = 5, 3  # how many cells of a doubt are named, and shown with what was done
_ROWS, _AMOUNT = Text("行数", "rows"), Text("金额", "amount")
_CONCERNED = Text("涉及金额", "amount concerned")
_NUMBERS = 10, 23  # columns that a count and an amount take
_NAME = layout.WIDTH - sum(_NUMBERS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found under one code: in how many rows, the amount concerned, those that are
    listed. One that is of a whole table has no count (None), and `listed` is its only row.
    """

    level: str
    code: str
    count: int | None
    amount: Decimal | None
    listed: pd.DataFrame

    def text(self, language: Language) -> str:
        """What it means; of a whole table with the column, if it is of one."""
        first = self.listed.iloc[0]
        column = first["column_name"] if self.count is None else None
        text = str(first["reason_text"])
        colon = "：" if language == "zh" else ": "
        return text if pd.isna(column) or not column else f"{column}{colon}{text}"


def doubts(issues: pd.DataFrame, language: Language) -> list[Doubt]:
    """The issues by code, errors before warnings before notes; those of tables one by one."""
    if issues.empty:
        return []
    rest = issues.apply(_is_rest, axis=1, language=language).astype(bool)
    of_table = issues["row_no"].isna() & ~rest
    found: list[Doubt] = []
    for code, same in issues.groupby("reason_code", sort=False):
        level = str(same["level"].iloc[0])
        rows = same[~of_table[same.index]]
        if len(rows):
            more = rest[rows.index]
            unlisted = sum(int(value) for value in rows.loc[more, "original_value"])
            count = int((~more).sum()) + unlisted
            found.append(Doubt(level, str(code), count, _sum(rows["amount"]), rows[~more]))
        for label in same.index[of_table[same.index]]:
            one = same.loc[[label]]
            found.append(Doubt(level, str(code), None, _sum(one["amount"]), one))
    return sorted(found, key=lambda doubt: LEVELS.index(doubt.level))


def counts(issues: pd.DataFrame, language: Language) -> dict[str, int]:
    """How often each code was found: rows, and tables that it was found of as a whole."""
    found: dict[str, int] = {}
    for doubt in doubts(issues, language):
        found[doubt.code] = found.get(doubt.code, 0) + (doubt.count or 1)
    return found


def _sum(amounts: pd.Series) -> Decimal | None:
    known = amounts.dropna()
    return total(known) if len(known) else None


def _is_rest(issue: Mapping[str, Any], language: Language) -> bool:
    """Whether an issue stands for those that are not listed one by one."""
    text = REGISTRY["MORE_ROWS"].what.in_(language)
    value = str(issue["original_value"])
    is_of_table = bool(pd.isna(issue["row_no"])) and value.isdecimal()
    return is_of_table and issue["handling"] == text.format(original_value=value)


def doubts_as_text(
    issues: pd.DataFrame, titles: Mapping[str, str], language: Language
) -> Iterator[str]:
    """For each code its level, count and amount, what it means, what was done, first cells.

    What is found of a whole table is told with its name, one of `titles` by id.
    """
    yield _line("", _ROWS.in_(language), _CONCERNED.in_(language))
    for doubt in doubts(issues, language):
        level = DataIssues.columns["level"].shown(doubt.level, language)
        name = layout.padded(level, 9) + doubt.code
        yield _line(f"  {name}", f"{doubt.count:,}" if doubt.count else "", money(doubt.amount))
        yield from _explained(doubt, titles, language)


def _explained(doubt: Doubt, titles: Mapping[str, str], language: Language) -> Iterator[str]:
    indent = " " * 11
    listed = doubt.listed.fillna({"handling": "", "link": "", "original_value": ""})
    handlings = list(dict.fromkeys(listed["handling"]))
    table = str(listed["table_id"].iloc[0])
    what = doubt.text(language)
    if doubt.count is None:
        what = f"{titles.get(table, table)} · {what}"
    texts = [what, *(handlings if len(handlings) == 1 else [])]
    between = " " if language == "en" else ""
    yield from layout.wrapped(between.join(filter(None, texts)), indent, indent)
    cells = [link for link in listed["link"] if link]
    if len(handlings) > 1:
        examples = zip(listed["link"], listed["original_value"], listed["handling"], strict=True)
        for link, value, handling in list(examples)[:EXAMPLES]:
            yield from layout.wrapped(f"{link} {value} → {handling}", indent, indent + "  ")
        cells = cells[EXAMPLES:]
    if cells:
        more = [*cells[:CELLS], *(["…"] if (doubt.count or 0) > CELLS else [])]
        yield from layout.listed(more, indent, indent)


def doubts_as_json(issues: pd.DataFrame, language: Language) -> dict[str, Any]:
    """By code its level, the number of rows, their amount (exact, as text), the cells that are
    listed, what was done; and `of_tables`, what was found of a table or a column as a whole.
    """
    found: dict[str, dict[str, Any]] = {}
    for doubt in doubts(issues, language):
        amount = None if doubt.amount is None else decimal_text(doubt.amount)
        entry = found.setdefault(
            doubt.code,
            {"level": doubt.level, "count": 0, "amount": None, "cells": [], "handling": []},
        )
        if doubt.count is None:
            entry.setdefault("of_tables", []).append(
                {"text": doubt.text(language), "amount": amount}
            )
            continue
        entry["count"], entry["amount"] = doubt.count, amount
        entry["cells"] = [link for link in doubt.listed["link"] if pd.notna(link)]
        entry["handling"] = list(dict.fromkeys(doubt.listed["handling"].dropna()))
    return found


def ledger_as_text(
    account: pd.DataFrame, titles: Mapping[str, str], language: Language
) -> Iterator[str]:
    """A small account for each table: opening, changes by reason, closing after a line."""
    yield _line("", _ROWS.in_(language), _AMOUNT.in_(language))
    for table, entries in account.groupby("table_id", sort=False):
        yield f"  {titles.get(str(table), str(table))}"
        last = entries.index[-1]
        for label, entry in zip(entries.index, entries.to_dict("records"), strict=True):
            if label == last:
                yield _line("", "-" * 9, "-" * 19)
            text = reason(str(entry["reason_code"]), language)
            first, *more = layout.wrapped(text, "    ", "      ", _NAME - 1)
            yield _line(first, f"{entry['rows']:,}", money(entry["amount"]))
            yield from more


def ledger_as_json(account: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """By table the entries in order; amounts exact, as text."""
    return {
        str(table): [
            {
                "code": entry["reason_code"],
                "rows": entry["rows"],
                "amount": None if pd.isna(entry["amount"]) else decimal_text(entry["amount"]),
            }
            for entry in entries.to_dict("records")
        ]
        for table, entries in account.groupby("table_id", sort=False)
    }


def reason(code: str, language: Language) -> str:
    """What a code says, as an entry of an account; the code itself where it needs facts."""
    text = REGISTRY[code].what.in_(language) if code in REGISTRY else code
    return code if "{" in text else text.rstrip("。.")


def money(amount: Any) -> str:
    """An exact amount with all its digits, two at least behind the point; "" for none."""
    if amount is None or pd.isna(amount):
        return ""
    whole, _, places = decimal_text(Decimal(amount)).partition(".")
    return f"{int(whole):,}.{places:0<2}" if whole != "-0" else f"-0.{places:0<2}"


def _line(name: str, rows: str, amount: str) -> str:
    """A name, and two figures that stand at the right."""
    figures = layout.right(rows, _NUMBERS[0]) + layout.right(amount, _NUMBERS[1])
    return (layout.padded(name, _NAME) + figures).rstrip()
