"""Policies that count from before the first row of the workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from deals import policy
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.reach import within_reach
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window

NO_RATES = pd.DataFrame({"currency": [], "effective_date": [], "fx_rate": exact([])})


def rows_of(*days: str) -> Movements:
    count = len(days)
    frame = pd.DataFrame({"date": pd.to_datetime(list(days))})
    return Movements(frame.assign(customer_id="A", amount=exact([Decimal(1)] * count)))


def told(terms, sales: Movements, receipts: Movements | None = None):
    """Whether the policy is reckoned, and the codes that are logged."""
    log = IssueLog()
    kept = within_reach([terms], Sources(sales, receipts, Exchange("CNY", NO_RATES)), log)
    return bool(kept), log.frame()["reason_code"].tolist()


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2025-12-31", (True, [])),
        ("2026-01-31", (True, [])),
        ("2026-02-01", (True, ["SALES_BEGIN_LATER"])),
        ("2026-06-30", (True, ["SALES_BEGIN_LATER"])),
        ("2026-07-01", (False, ["POLICY_BEFORE_SALES"])),
    ],
)
def test_a_policy_of_the_first_half_by_the_first_sale(first, expected):
    half = policy(window=Window(date(2026, 1, 1), date(2026, 6, 30)))
    assert told(half, rows_of(first, "2026-08-01")) == expected


def test_growth_looks_a_year_further_back():
    sales = rows_of("2025-03-01", "2026-03-01")
    assert told(policy(), sales) == (True, [])
    assert told(policy(method="growth"), sales) == (True, ["SALES_BEGIN_LATER"])
    assert told(policy(basis="growth"), sales) == (True, ["SALES_BEGIN_LATER"])


def test_what_counts_receipts_goes_by_the_first_of_them():
    terms = replace(policy(), basis="receipts")
    sales, receipts = rows_of("2025-01-01"), rows_of("2026-05-01")
    assert told(terms, sales, receipts) == (True, ["SALES_BEGIN_LATER"])
    assert told(terms, sales) == (True, [])


def test_without_rows_there_is_no_first_day():
    assert told(policy(), rows_of()) == (True, [])
