"""What is owed month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.ledger import balances, posted
from kam_excel.domain.incentives.liability import liability, liability_trend
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import total
from kam_excel.domain.periods import Window

D = Decimal
AS_OF = date(2026, 6, 15)
YEAR, SCALE = Window(date(2026, 1, 1), date(2026, 12, 31)), scale_of([D(0)], [D("0.01")])
TERMS = [
    Terms("R1", YEAR, "sales", "stepped", SCALE, "CNY", "年度返利"),
    Terms("R2", YEAR, "sales", "stepped", SCALE, "USD"),
]
RATES = pd.DataFrame(
    {
        "currency": ["USD", "USD"],
        "effective_date": pd.to_datetime(["2026-04-01", "2026-06-01"]),
        "fx_rate": exact([D("7.0"), D("7.2")]),
    }
)


def booked(*rows: str) -> pd.DataFrame:
    """Entries like "01-31 A R1 accrual 100" of 2026."""
    cells = [row.split() for row in rows]
    names = ["date", "customer_id", "policy_id", "entry_type", "amount"]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    frame["date"] = pd.to_datetime("2026-" + frame["date"].astype("str"))
    frame = frame.assign(amount=exact([D(each) for each in frame["amount"]], scale=2))
    return posted(frame, TERMS, AS_OF, KnownCustomers(frozenset("AB")), RATES, "CNY", IssueLog())


def test_each_month_goes_from_opening_to_closing():
    entries = booked(
        "03-31 A R1 accrual 300",
        "03-31 B R1 accrual 100",
        "05-10 A R1 reversal -300",
        "05-10 A R1 confirmation 280",
        "05-20 A R1 payment 200",
        "05-21 A R1 offset 50",
        "05-30 A R1 reversal 20",
        "06-15 A R2 accrual 7",
    )
    found = liability(entries, TERMS, AS_OF)
    assert found["policy_name"].tolist()[0] == "年度返利"
    assert found["currency"].tolist() == ["CNY"] * 4 + ["USD"]
    amounts = found.drop(columns=["policy_name", "currency"])
    rows = {(row[1], row[0]): [int(x) for x in row[2:]] for row in amounts.itertuples(index=False)}
    # opening, accrued, confirmed, paid, offset, reversed, closing
    assert rows == {
        ("R1", "2026-03"): [0, 400, 0, 0, 0, 0, 400],
        ("R1", "2026-04"): [400, 0, 0, 0, 0, 0, 400],
        ("R1", "2026-05"): [400, 0, 280, 200, 50, -280, 150],
        ("R1", "2026-06"): [150, 0, 0, 0, 0, 0, 150],
        ("R2", "2026-06"): [0, 7, 0, 0, 0, 0, 7],
    }


def test_the_trend_is_in_base_currency_at_the_rate_of_each_month_end():
    entries = booked(
        "03-31 A R1 accrual 300",
        "03-31 B R1 confirmation 80",
        "04-30 B R1 payment 100",
        "04-30 A R2 confirmation 10",
    )
    found = liability_trend(entries, RATES, "CNY", AS_OF)
    assert found["month"].tolist() == ["2026-03", "2026-04", "2026-05", "2026-06"]
    assert found["closing_balance"].tolist() == [D(380), D(350), D(350), D(352)]
    # B is paid more than was confirmed: that lowers what is owed, not what others have confirmed.
    assert found["confirmed_balance"].tolist() == [D(80), D(70), D(70), D(72)]


def test_a_month_without_the_rate_that_it_needs_is_missing():
    entries = booked("03-10 A R2 accrual 10")
    found = liability_trend(entries, RATES, "CNY", AS_OF)
    assert found["closing_balance"].isna().tolist() == [True, False, False, False]


def test_without_entries():
    assert liability(booked(), TERMS, AS_OF).empty
    assert liability_trend(booked(), RATES, "CNY", AS_OF).empty


entry = st.builds(
    lambda month, customer, policy, kind, cents: (
        f"{month:02}-10 {customer} {policy} {kind} {D(cents).scaleb(-2)}"
    ),
    st.integers(1, 6),
    st.sampled_from("AB"),
    st.sampled_from(["R1", "R2"]),
    st.sampled_from(["accrual", "confirmation", "payment", "offset", "reversal"]),
    st.integers(-(10**6), 10**6),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(entry, min_size=1, max_size=20))
def test_months_follow_each_other_and_end_in_the_balance(rows):
    entries = booked(*rows)
    found = liability(entries, TERMS, AS_OF)
    raised = found["opening_balance"] + found["accrued_amount"] + found["confirmed_amount"]
    lowered = found["paid_out"] + found["offset_amount"] - found["reversed_amount"]
    assert (raised - lowered == found["closing_balance"]).all()
    before = found.groupby("policy_id")["closing_balance"].shift()
    assert (found["opening_balance"] == before.mask(before.isna(), 0)).all()
    last = found.drop_duplicates("policy_id", keep="last")
    assert total(last["closing_balance"]) == total(balances(entries)["balance"])
