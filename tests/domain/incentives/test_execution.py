"""Whether policies are carried out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.execution import execution
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.ledger import balances, posted
from kam_excel.domain.incentives.settled import with_settlement
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window

D = Decimal
AS_OF = date(2026, 9, 30)
HALF, SCALE = Window(date(2026, 1, 1), date(2026, 6, 30)), scale_of([D(0)], [D("0.01")])
R1 = Terms("R1", HALF, "sales", "stepped", SCALE, "CNY", "半年", payout_days=30, budget=D(2000))
R2 = Terms("R2", HALF, "sales", "stepped", SCALE, "CNY")
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
R3 = Terms("R3", YEAR, "sales", "stepped", SCALE, "CNY", payout_days=30, budget=D(100))
TERMS = [R1, R2, R3]


def booked(*rows: str) -> pd.DataFrame:
    """Entries like "07-10 A R1 payment 100" of 2026."""
    cells = [row.split() for row in rows]
    names = ["date", "customer_id", "policy_id", "entry_type", "amount"]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    frame["date"] = pd.to_datetime("2026-" + frame["date"].astype("str"))
    frame = frame.assign(amount=exact([D(each) for each in frame["amount"]], scale=2))
    return posted(
        frame, TERMS, AS_OF, KnownCustomers(frozenset("ABCDE")), pd.DataFrame(), "CNY", IssueLog()
    )


def carried_out(entries: pd.DataFrame, *rows: str) -> list[dict[str, object]]:
    """Rows of execution for recomputed rebates like "R1 A 900"."""
    by_id = {each.policy_id: each for each in TERMS}
    cells = [row.split() for row in rows]
    frame = pd.DataFrame(cells, columns=["policy_id", "customer_id", "final"], dtype="str")
    of_row = [by_id[each] for each in frame["policy_id"]]
    calculated = frame.assign(
        rebate_final=exact([D(each) for each in frame["final"]], scale=2),
        valid_to=pd.to_datetime([each.window.end for each in of_row]),
        payout_days=pd.array([each.payout_days for each in of_row], dtype="Int64"),
        currency="CNY",
    )
    rebates = with_settlement(calculated, balances(entries), AS_OF)
    return execution(rebates, entries, TERMS, AS_OF).to_dict("records")


def test_paid_by_the_payable_date_is_on_time_later_or_less_is_not():
    entries = booked(
        "07-10 A R1 payment 300",
        "07-30 A R1 offset 100",  # the payable date itself
        "07-31 B R1 payment 400",  # a day late
        "07-10 C R1 payment 399.99",
        "07-10 D R1 payment 400",
        "07-20 D R1 reversal 50",  # a payment came back
    )
    finals = [f"R1 {each} 400" for each in "ABCD"]
    found, *_ = carried_out(entries, *finals, "R1 E 0")
    assert found == {
        "policy_id": "R1",
        "policy_name": "半年",
        "n_due": 4,
        "n_paid_on_time": 1,
        "execution_rate": 0.25,
        "rebate_due_total": D(1600),
        "rebate_paid_total": D("1549.99"),
        "overdue_days": 62,
        "budget": D(2000),
        "budget_used": 0.8,
        "currency": "CNY",
        "reason_code": "",
    }


def test_a_correction_that_lowers_a_settled_rebate_need_not_be_paid():
    entries = booked("07-10 A R1 confirmation 900", "07-20 A R1 payment 760")
    found, *_ = carried_out(entries, "R1 A 760")
    assert (found["n_due"], found["n_paid_on_time"]) == (1, 1)
    assert pd.isna(found["overdue_days"])
    assert (found["rebate_due_total"], found["rebate_paid_total"]) == (D(760), D(760))


def test_what_cannot_be_told_has_a_reason():
    _, untimed, running = carried_out(booked(), "R2 A 900", "R3 A 100.01")
    assert untimed["reason_code"] == "NO_PAYOUT_TERM, NO_BUDGET"
    assert untimed["n_due"] == 0
    assert pd.isna(untimed["execution_rate"])
    assert pd.isna(untimed["budget_used"])
    assert running["reason_code"] == "NOTHING_DUE, BUDGET_EXCEEDED"
    assert running["budget_used"] == 1.0001


def test_a_policy_without_rebates_has_a_row():
    found = carried_out(booked())
    assert [each["policy_id"] for each in found] == ["R1", "R2", "R3"]
    assert [each["n_due"] for each in found] == [0, 0, 0]


payments = st.builds(
    lambda day, customer, cents: f"{day} {customer} R1 payment {D(cents).scaleb(-2)}",
    st.sampled_from(["07-01", "07-30", "07-31", "09-30"]),
    st.sampled_from("ABCDE"),
    st.integers(1, 10**5),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(payments, max_size=12), st.lists(st.integers(0, 10**5), min_size=5, max_size=5))
def test_accounts_are_on_time_one_by_one(rows, cents):
    finals = dict(zip("ABCDE", (D(each).scaleb(-2) for each in cents), strict=True))
    found, *_ = carried_out(booked(*rows), *(f"R1 {key} {each}" for key, each in finals.items()))
    early = [row.split() for row in rows if row < "07-31"]
    paid = {key: sum((D(row[-1]) for row in early if row[1] == key), D(0)) for key in finals}
    assert found["n_due"] == sum(each > 0 for each in finals.values())
    assert found["n_paid_on_time"] == sum(
        each > 0 and paid[key] >= each for key, each in finals.items()
    )
    assert found["rebate_due_total"] == sum(finals.values())
