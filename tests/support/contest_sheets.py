"""Sheets of contests for tests: rows in, contests and issues out."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_terms import Contest, read_contests
from kam_excel.domain.issues import IssueLog

D = Decimal
NO_RATES = pd.DataFrame()
AMOUNTS = ("prize_amount", "prize_qty", "prize_unit_price", "budget", "entry_threshold")
CAR = {"prize_type": "goods", "prize_qty": 1, "prize_unit_price": 140_000}
DEFAULTS = {"contest_id": "T1", "period": "2026Q3", "contest_measure": "sales"}


def sheet(*rows: dict) -> pd.DataFrame:
    """Rows of contests from sheet row 6 on; amounts as numbers."""
    frame = pd.DataFrame(rows).set_axis(range(6, 6 + len(rows)))
    frame["place"] = frame["place"].astype("Int64")
    for name in frame.columns.intersection(list(AMOUNTS)):
        cells = [None if pd.isna(each) else D(str(each)) for each in frame[name]]
        frame[name] = exact(cells).array
    return frame


def read(*rows: dict, rates=NO_RATES, **more) -> tuple[list[Contest], list[tuple]]:
    """The contests, and the issues as (code, row, column)."""
    log = IssueLog()
    found = read_contests(sheet(*rows), rates, "CNY", log, **more)
    names = ["reason_code", "row_no", "column_name"]
    return found, list(log.frame()[names].itertuples(index=False, name=None))
