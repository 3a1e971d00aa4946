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
from kam_excel.report import layout
from kam_excel.settings.yaml_text import decimal_text

CELLS, EXAMPLES = 5, 3  # how many cells of a doubt are named, and shown with what was done
LEVELS = ("error", "warning", "note")
_ROWS, _AMOUNT = Text("行数", "rows"), Text("金额", "amount")
_CONCERNED = Text("涉及金额", "amount concerned")
_NUMBERS = 10, 23  # columns that a count and an amount take
_NAME = layout.WIDTH - sum(_NUMBERS)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What was found under one code: in how many rows (None: it is of a whole table), the amount
    concerned, those that are listed.
    """

    level: str
    code: str
    count: int | None
    amount: Decimal | None
    first: pd.DataFrame


def doubts(issues: pd.DataFrame, language: Language) -> list[Doubt]:
    """The issues by code, errors before warnings before notes."""
    found = []
    for code, same in issues.groupby("reason_code", sort=False):
        more = same.apply(_is_rest, axis=1, language=language)
        rest = sum(int(value) for value in same.loc[more, "original_value"])
        amounts = same["amount"].dropna()
        amount = total(amounts) if len(amounts) else None
        count = int(same["row_no"].notna().sum()) + rest
        level = str(same["level"].iloc[0])
        found.append(Doubt(level, str(code), count or None, amount, same[~more]))
    return sorted(found, key=lambda doubt: LEVELS.index(doubt.level))


def _is_rest(issue: Mapping[str, Any], language: Language) -> bool:
    """Whether an issue stands for those that are not listed one by one."""
    text = REGISTRY["MORE_ROWS"].what.in_(language)
    value = str(issue["original_value"])
    is_of_table = bool(pd.isna(issue["row_no"])) and value.isdecimal()
    return is_of_table and issue["handling"] == text.format(original_value=value)


def doubts_as_text(issues: pd.DataFrame, language: Language) -> Iterator[str]:
    """For each code its level, count and amount, what it means, what was done, first cells."""
    yield _line("", _ROWS.in_(language), _CONCERNED.in_(language))
    for doubt in doubts(issues, language):
        level = DataIssues.columns["level"].shown(doubt.level, language)
        name = layout.padded(level, 9) + doubt.code
        yield _line(f"  {name}", f"{doubt.count:,}" if doubt.count else "", money(doubt.amount))
        yield from _explained(doubt, language)


def _explained(doubt: Doubt, language: Language) -> Iterator[str]:
    indent = " " * 11
    first = doubt.first.fillna({"handling": "", "link": "", "original_value": ""})
    handlings = list(dict.fromkeys(first["handling"]))
    texts = [str(first["reason_text"].iloc[0])] if len(first) else []
    if len(handlings) == 1:
        texts += handlings
    yield from layout.wrapped(
        (" " if language == "en" else "").join(filter(None, texts)), indent, indent
    )
    cells = [link for link in first["link"] if link]
    if len(handlings) > 1:
        examples = zip(first["link"], first["original_value"], first["handling"], strict=True)
        for link, value, handling in list(examples)[:EXAMPLES]:
            yield from layout.wrapped(f"{link} {value} → {handling}", indent, indent + "  ")
        cells = cells[EXAMPLES:]
    if cells:
        more = [*cells[:CELLS], *(["…"] if (doubt.count or 0) > CELLS else [])]
        yield from layout.listed(more, indent, indent)


def doubts_as_json(issues: pd.DataFrame, language: Language) -> dict[str, Any]:
    """By code: level, count, amount (exact, as text), the cells that are listed, what was done."""
    return {
        doubt.code: {
            "level": doubt.level,
            "count": doubt.count or len(doubt.first),
            "amount": None if doubt.amount is None else decimal_text(doubt.amount),
            "cells": [link for link in doubt.first["link"] if pd.notna(link)],
            "handling": list(dict.fromkeys(doubt.first["handling"].dropna())),
        }
        for doubt in doubts(issues, language)
    }


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
