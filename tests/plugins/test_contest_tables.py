"""What the arithmetic of contests and totals gives fits the tables that are declared for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from kam_excel_plugins.incentives.account_outputs import ContestRank, IncentiveTotal

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import contest_results, totals
from kam_excel.domain.incentives.contest_entrants import Figures
from kam_excel.domain.incentives.contest_terms import Contest, Prize
from kam_excel.domain.incentives.spans import window_of
from kam_excel.domain.issues import IssueLog

LINES = pd.DataFrame(
    {
        "customer_id": ["A", "B"],
        "date": pd.to_datetime(["2026-02-01", "2026-02-01"]),
        "amount": exact([Decimal("100.5"), Decimal(-1)]),
        "qty": exact([1, -1]),
        "discount": exact([Decimal("2.5"), None]),
    }
)
CONTEST = Contest(
    "T1", window_of("2026Q1"), (Prize(1, "一等奖", Decimal(5)),), "CNY", measure="sales"
)
ACCOUNTS = pd.Index(["A", "B"])


def test_results_of_contests_are_rows_of_their_table():
    figures = Figures(date(2026, 6, 30), LINES, ACCOUNTS)
    found = contest_results.contest_results([CONTEST], figures, IssueLog())
    listed = ContestRank.frame(found.assign(customer_name=["甲", "乙"]))
    assert listed["place"].tolist() == [1, pd.NA]
    assert listed["prize_total"].tolist() == [Decimal("5.00"), pd.NA]
    assert set(listed["reason_code"].dropna()) <= set(contest_results.REASONS)
    none = contest_results.contest_results([], figures, IssueLog())
    assert ContestRank.frame(none.assign(customer_name=pd.Series(dtype="str"))).empty


def test_totals_are_rows_of_their_table():
    found = totals.incentive_totals(
        ACCOUNTS, LINES, window_of("2026"), totals.Given(), pd.DataFrame(), "CNY", IssueLog()
    )
    listed = IncentiveTotal.frame(found.assign(customer_name=["甲", "乙"]))
    assert listed["incentive_total"].tolist() == [Decimal("2.5"), 0]
    assert set(listed["reason_code"].dropna()) == {"NO_SALES_IN_WINDOW"} <= set(totals.REASONS)
