"""What was found in a company's tables: a list of issues that stays readable."""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.codes import REGISTRY, Language
from kam_excel.domain.exact import exact

ROWS_LISTED = 20
LONGEST_VALUE = 120  # characters of an original value that are listed; a cell may hold 32,767
COLUMNS = (
    "level",
    "reason_code",
    "table_id",
    "row_no",
    "column_name",
    "original_value",
    "amount",
    "handling",
    "taken",
)


class IssueLog:
    """Collects issues; each call to `add` lists at most 20 rows and sums up the others."""

    def __init__(self) -> None:
        self._issues: list[dict[str, Any]] = []

    def add(
        self,
        code: str,
        table_id: str,
        rows: pd.Index,
        handling: str,
        *,
        column: str = "",
        values: pd.Series | None = None,
        amounts: pd.Series | None = None,
        taken: pd.Series | None = None,
    ) -> None:
        """Record `code` for the rows `rows` of a table, by their labels.

        values (what the cells hold), amounts (what is concerned) and taken (what the values were
        read as) are indexed by label and may hold other rows too. `handling` is a code as well.
        Raises KeyError for a code that is not registered.
        """
        listed, others = rows[:ROWS_LISTED], rows[ROWS_LISTED:]
        for row_no in listed:
            value = "" if values is None else values[row_no]
            amount = pd.NA if amounts is None else amounts[row_no]
            read_as = "" if taken is None else taken[row_no]
            self.add_one(code, table_id, handling, row_no, column, value, amount, read_as)
        if len(others):
            amount = pd.NA if amounts is None else amounts.loc[others].sum()
            self.add_one(code, table_id, "MORE_ROWS", pd.NA, column, len(others), amount)

    def add_each(
        self,
        code: str,
        table_id: str,
        texts: pd.Series,
        handling: str,
        column: str,
        *,
        amounts: pd.Series | None = None,
        taken: pd.Series | None = None,
    ) -> None:
        """Record `code` once for each of the distinct `texts` (index: label), at its first row.

        The amount is the sum over the rows that say the text; further arguments as of `add`.
        """
        first = texts[~texts.duplicated()]
        sums = None
        if amounts is not None:
            by_text = amounts.loc[texts.index].groupby(texts).sum()
            sums = by_text.loc[first].set_axis(first.index)
        self.add(
            code,
            table_id,
            first.index,
            handling,
            column=column,
            values=first,
            amounts=sums,
            taken=taken,
        )

    def add_one(
        self,
        code: str,
        table_id: str,
        handling: str,
        row_no: Any = None,
        column: str = "",
        value: Any = "",
        amount: Any = pd.NA,
        taken: Any = "",
    ) -> None:
        """Record a single issue; without a `row_no` it concerns the table."""
        level, handled = REGISTRY[code].level, REGISTRY[handling].name
        texts = as_text(value), amount, handled, as_text(taken)
        facts = (level, code, table_id, row_no, column, *texts)
        self._issues.append(dict(zip(COLUMNS, facts, strict=True)))

    def frame(self) -> pd.DataFrame:
        """The issues as a frame of COLUMNS: row_no Int64, amount exact with NA, the others text."""
        found = pd.DataFrame(self._issues, columns=list(COLUMNS), dtype=object)
        amount = exact(found["amount"])
        types = {name: "Int64" if name == "row_no" else "str" for name in COLUMNS}
        del types["amount"]
        return found.astype(types).assign(amount=amount)


def as_text(value: Any) -> str:
    """A value as its cell shows it, a long one cut; a missing value as nothing.

    A date without a time is its day; a number has no exponent, a float 15 significant digits.
    """
    if pd.isna(value):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and math.isfinite(value):
        value = Decimal(format(value, ".15g"))
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def in_words(issues: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The issues with texts for their readers: reason_text, and handling in place of its code."""
    return issues.drop(columns="taken").assign(**texts(issues, language))


def texts(issues: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The reason and handling of each issue in words: columns reason_text and handling."""
    facts = [
        {str(name): value for name, value in issue.items()} for issue in issues.to_dict("records")
    ]

    def worded(column: str) -> list[str]:
        return [REGISTRY[each[column]].what.in_(language).format(**each) for each in facts]

    return pd.DataFrame(
        {"reason_text": worded("reason_code"), "handling": worded("handling")},
        index=issues.index,
        dtype="str",
    )
