"""Signals, level, weight and revenue at risk in one frame, for every account that is listed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.churn import RiskRule
from kam_excel.domain.exact import exact
from kam_excel.domain.risk import risk_profile

AS_OF = date(2026, 6, 30)
WEIGHTS = {"high": Decimal("0.50"), "medium": Decimal("0.20"), "low": Decimal("0.05")}
# Every ten days in 2026: A until June, B until the first of April (90 days ago, 9 gaps).
LINES = [
    *[(f"2026-06-{day}", "A", 100) for day in ("05", "15", "25")],
    *[(f"2026-0{month}-{day}", "B", 100) for month, day in ((3, 12), (3, 22), (4, 1))],
    ("2026-05-01", "C", 100),
]


def profile(*accounts: str) -> pd.DataFrame:
    days, ids, amounts = zip(*LINES, strict=True)
    lines = pd.DataFrame(
        {
            "date": pd.to_datetime(list(days)),
            "customer_id": list(ids),
            "amount": exact(list(amounts)),
            "is_return": False,
        }
    )
    return risk_profile(lines, pd.Index(accounts), AS_OF, RiskRule(), WEIGHTS)


def test_each_account_has_its_level_and_what_it_would_cost():
    found = profile("A", "B")
    assert list(found["risk_level"]) == ["low", "high"]
    assert list(found["risk_weight"]) == [0.05, 0.50]
    assert list(found["revenue_at_risk"]) == [Decimal(15), Decimal(150)]
    assert list(found["days_since_order"]) == [5, 90]


def test_an_account_with_no_signal_has_no_level_and_no_amount():
    found = profile("C", "never")
    assert found[["risk_level", "risk_weight", "revenue_at_risk"]].isna().all(axis=None)
    assert found["last_order_date"].isna().tolist() == [False, True]
