"""Where the rows of a table and its sum went: an opening, the changes, a closing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.money import total
from kam_excel.errors import KamError, problem

OPENING, CLOSING = "ROWS_READ", "ROWS_USED"

Amounts = pd.Series | Decimal | None
"""What rows are worth: their exact amounts, the sum of these, or None where nobody can say."""


class Reconciliation:
    """Keeps account of one table from the rows that it had to those that are used.

    Changes are signed and stand in the order in which they were made, those of one reason as
    one. Opening + changes = closing, in rows and in amounts, to the last digit.
    """

    def __init__(self, table_id: str) -> None:
        self.table_id = table_id
        self._entries: dict[str, tuple[int, Decimal | None]] = {}

    @classmethod
    def reopened(cls, account: pd.DataFrame) -> Self:
        """An account that was closed (as `closed` gives it), without its closing."""
        again = cls(str(account["table_id"].iloc[0]))
        for _, code, rows, amount in account.iloc[:-1].itertuples(index=False):
            again._add(code, int(rows), None if pd.isna(amount) else amount)
        return again

    def opened(self, rows: int, amounts: Amounts) -> Self:
        """Begin with what the table had, or one part of it."""
        return self._add(OPENING, rows, _sum(amounts))

    def changed(self, code: str, rows: int, amounts: Amounts) -> Self:
        """Add what came (positive) or went (negative) by reason `code`."""
        amount = _sum(amounts)
        return self._add(code, rows, amount) if rows or amount else self

    def left_out(self, code: str, amounts: pd.Series) -> Self:
        """Take off the rows of `amounts` by reason `code`."""
        return self.changed(code, -len(amounts), -amounts)

    def revalued(self, code: str, before: pd.Series, after: pd.Series) -> Self:
        """The same rows are worth `after` in place of `before`, by reason `code`."""
        return self.changed(code, 0, _together(total(after), total(-before)))

    def became(self, code: str, rows: int, amounts: Amounts) -> Self:
        """Whatever there was is now `rows` rows of `amounts`, by reason `code`."""
        rows_before, amount_before = self._so_far()
        before = None if amount_before is None else amount_before.copy_negate()
        return self.changed(code, rows - rows_before, _together(before, _sum(amounts)))

    def closed(self, rows: int, amounts: Amounts, code: str = CLOSING) -> pd.DataFrame:
        """End with what is used, counted on its own: the account as a frame.

        Columns table_id and reason_code (str), rows (Int64), amount (exact; NA where unknown).
        Raises KamError (RECONCILIATION_BROKEN) where opening and changes do not lead there.
        """
        expected_rows, expected_amount = self._so_far()
        amount = _sum(amounts)
        if (expected_rows, expected_amount or 0) != (rows, amount or 0):
            raise KamError(
                problem(
                    "RECONCILIATION_BROKEN",
                    table_id=self.table_id,
                    rows=rows,
                    amount=amount,
                    expected_rows=expected_rows,
                    expected_amount=expected_amount,
                )
            )
        return self._add(code, rows, amount)._frame()

    def _so_far(self) -> tuple[int, Decimal | None]:
        entries = self._entries.values()
        return sum(rows for rows, _ in entries), _together(*(amount for _, amount in entries))

    def _add(self, code: str, rows: int, amount: Decimal | None) -> Self:
        rows_before, amount_before = self._entries.get(code, (0, None))
        self._entries[code] = rows_before + rows, _together(amount_before, amount)
        return self

    def _frame(self) -> pd.DataFrame:
        codes = list(self._entries)
        rows, amounts = zip(*self._entries.values(), strict=True)
        columns: dict[str, Any] = {
            "table_id": pd.Series([self.table_id] * len(codes), dtype="str"),
            "reason_code": pd.Series(codes, dtype="str"),
            "rows": pd.Series(rows, dtype="Int64"),
            "amount": exact(amounts),
        }
        return pd.DataFrame(columns)


def _sum(amounts: Amounts) -> Decimal | None:
    return total(amounts) if isinstance(amounts, pd.Series) else amounts


def _together(*amounts: Decimal | None) -> Decimal | None:
    """The exact sum of those that are known, which Decimal would round to 28 digits."""
    known = [amount for amount in amounts if amount is not None]
    return total(exact(known)) if known else None
