"""What violations take off rebates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from deals import policy
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.violations import penalties
from kam_excel.domain.issues import IssueLog

D = Decimal
AS_OF = date(2026, 6, 30)
TERMS = [policy(policy_id="R1"), policy(policy_id="R2")]


def lost(*rows: str) -> tuple[dict[tuple[str, str], D], list[str]]:
    """Rows like "2026-03-01 A 20% R1"; "-" is missing."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    days, customers, shares, policies = zip(*cells, strict=True)
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(pd.Series(days)),
            "customer_id": customers,
            "penalty_share": exact([D(each.rstrip("%")).scaleb(-2) for each in shares]),
            "policy_id": pd.Series(policies, dtype="str"),
        }
    )
    log = IssueLog()
    found = penalties(frame, TERMS, AS_OF, log)
    sums = found.set_index(["policy_id", "customer_id"])["penalty"].to_dict()
    return sums, log.frame()["reason_code"].tolist()


def test_a_violation_counts_for_its_policy_or_for_all():
    assert lost("2026-03-01 A 20% R1", "2026-03-01 B 10% -") == (
        {("R1", "A"): D("0.20"), ("R1", "B"): D("0.10"), ("R2", "B"): D("0.10")},
        [],
    )


def test_it_has_to_lie_in_the_window_of_the_policy_unless_it_has_no_date():
    assert lost("2025-12-31 A 20% R1", "- B 10% R2")[0] == {("R2", "B"): D("0.10")}


def test_several_add_up_to_everything_at_most():
    found, _ = lost("2026-03-01 A 20% R1", "2026-04-01 A 30% R1", "2026-03-01 B 60% R1")
    assert found == {("R1", "A"): D("0.50"), ("R1", "B"): D("0.60")}
    assert lost("2026-03-01 A 70% R1", "2026-04-01 A 70% R1")[0] == {("R1", "A"): D(1)}


def test_what_cannot_be_used_or_is_of_the_future_is_told():
    rows = ("2026-03-01 A 120% R1", "2026-07-01 A 20% R1", "2026-03-01 A 20% R9")
    assert lost(*rows) == ({}, ["OF_NO_POLICY", "POLICY_SHARE_UNUSABLE", "FUTURE_DATE"])
