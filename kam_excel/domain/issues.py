"""What was found in a company's tables: a list of issues that stays readable."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kam_excel.codes import REGISTRY, Language
from kam_excel.domain.exact import exact

ROWS_LISTED = 20
COLUMNS = (
    "level",
    "reason_code",
    "table_id",
    "row_no",
    "column_name",
    "original_value",
    "amount",
    "handling",
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
    ) -> None:
        """Record `code` for the sheet rows `rows` of a table.

        values and amounts are indexed by sheet row and may hold other rows too. `handling` is a
        code as well. Raises KeyError for a code that is not registered.
        """
        listed, others = rows[:ROWS_LISTED], rows[ROWS_LISTED:]
        for row_no in listed:
            value = "" if values is None else values[row_no]
            amount = pd.NA if amounts is None else amounts[row_no]
            self.add_one(code, table_id, handling, row_no, column, value, amount)
        if len(others):
            amount = pd.NA if amounts is None else amounts.loc[others].sum()
            self.add_one(code, table_id, "MORE_ROWS", pd.NA, column, len(others), amount)

    def add_one(
        self,
        code: str,
        table_id: str,
        handling: str,
        row_no: Any = pd.NA,
        column: str = "",
        value: Any = "",
        amount: Any = pd.NA,
    ) -> None:
        """Record a single issue; without a `row_no` it concerns the table."""
        level, handled = REGISTRY[code].level, REGISTRY[handling].name
        facts = (level, code, table_id, row_no, column, as_text(value), amount, handled)
        self._issues.append(dict(zip(COLUMNS, facts, strict=True)))

    def frame(self) -> pd.DataFrame:
        """The issues as a frame: row_no Int64, amount exact with NA, the others text."""
        found = pd.DataFrame(self._issues, columns=list(COLUMNS), dtype=object)
        amount = exact(found["amount"])
        types = {name: "Int64" if name == "row_no" else "str" for name in COLUMNS}
        del types["amount"]
        return found.astype(types).assign(amount=amount)


def as_text(value: Any) -> str:
    """A cell's value as text: a date without a time as its day, a missing value as nothing."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return value.date().isoformat()
    return str(value)


def texts(issues: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The reason and handling of each issue in words: columns reason_text and handling."""
    facts = [
        {str(name): value for name, value in issue.items()} for issue in issues.to_dict("records")
    ]

    def in_words(column: str) -> list[str]:
        return [REGISTRY[each[column]].what.in_(language).format(**each) for each in facts]

    return pd.DataFrame(
        {"reason_text": in_words("reason_code"), "handling": in_words("handling")},
        index=issues.index,
        dtype="str",
    )
