"""Tables whose rows have a key: rows without one, and rows that say a key again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.columns import text_column
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.reconciliation import Reconciliation


def one_row_a_key(
    frame: pd.DataFrame, key: Sequence[str], table_id: str, log: IssueLog, flow: Reconciliation
) -> pd.DataFrame:
    """The first row of each key; rows without a whole key are left out as well.

    key: columns of which a row is known; those that the frame lacks are passed over. A row that
    says a key again is ROW_REPEATED where it equals an earlier one in every column, else
    KEY_REPEATED.
    """
    names = [name for name in key if name in frame]
    if not names:
        return frame
    empty = frame[names].isna().any(axis=1)
    again = frame.duplicated(names) & ~empty
    same = frame.duplicated() & again
    told = _told(frame, names)
    amounts = stated_amounts(frame)
    for code, where in (
        ("KEY_EMPTY", empty),
        ("KEY_REPEATED", again & ~same),
        ("ROW_REPEATED", same),
    ):
        rows = frame.index[where]
        log.add(code, table_id, rows, "ROW_EXCLUDED", column=names[0], values=told, amounts=amounts)
        flow.changed(code, -len(rows), None if amounts is None else -amounts[where])
    return frame[~(empty | again)]


def _told(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """The key of each row as one text."""
    parts = [text_column(frame, name).fillna("") for name in names]
    told = parts[0]
    for part in parts[1:]:
        told = told + " " + part
    return told
