"""Laws that S8 keeps whatever is sold, agreed and booked, through the strategy.

Each example is a whole run of the strategy: there are few of them, with many rows each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kam_excel_plugins.incentives import IncentivesPolicy
from kam_excel_plugins.incentives.account_outputs import IncentiveTotal, RebateStatement
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from kam_excel_plugins.incentives.control_outputs import LiabilityTrend, RebateLiability
from kam_excel_plugins.incentives.rebate_outputs import (
    AccrualJournal,
    NextTier,
    RebateAccrual,
    RebateCalc,
)
from kam_excel_plugins.incentives.records import RebateLedger

from kam_excel import DataIssues, NetSales, Table
from kam_excel.domain.incentives import tiers
from kam_excel.errors import PluginError
from kam_excel.testing.outputs import Outputs
from rebate_tables import reckon, sold

POLICIES = """
    policy_id, valid_from, valid_to,   basis,  rebate_method, tax_included, cap_amount, stackable
    P1,        2026-01-01, 2026-03-31, sales,  retrospective, no,           ,           yes
    P2,        2026-01-01, 2026-06-30, sales,  stepped,       no,           300.00,     yes
    P3,        2026-02-01, 2026-06-30, growth, growth,        no,           ,           yes
"""
TIERS = """
    policy_id, tier_lower, rebate_rate
    P1,        0,          1%
    P1,        1000,       2.5%
    P2,        100,        1.5%
    P2,        2000,       3%
    P3,        0.05,       2%
"""
WINDOWS = {"P1": ("2026-01-01", "2026-03-31"), "P2": ("2026-01-01", "2026-06-30")}
DAYS = ["2025-02-10", "2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01", "2026-06-30"]
ALL = IncentivesPolicy(stacking="all")

cents = st.integers(-80_000, 400_000).map(lambda n: Decimal(n) / 100)
lines = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from("ABC"), cents), min_size=6, max_size=30
)
entries = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.sampled_from(["2026-01-31", "2026-04-15", "2026-06-01"]),
            "customer_id": st.sampled_from("AB"),
            "policy_id": st.sampled_from(["P1", "P2"]),
            "entry_type": st.sampled_from(["accrual", "payment", "offset", "reversal"]),
            "amount": st.integers(-9_999, 9_999).map(lambda n: str(Decimal(n) / 100)),
        }
    ),
    min_size=4,
    max_size=20,
)
few = settings(max_examples=3)


def reckoned(sales: list[Any], ledger: list[Any] | None = None) -> Outputs:
    tables = {NetSales: sold(*sales), RebatePolicies: POLICIES, RebateTiers: TIERS}
    return reckon({**tables, RebateLedger: ledger}, ALL)


def volumes(sales: list[Any], policy_id: str) -> dict[str, Decimal]:
    """Σ of the lines of each account in the window of a policy, at least 0."""
    start, end = WINDOWS[policy_id]
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for day, customer, amount in sales:
        if start <= day <= end:
            sums[customer] += amount
    return {customer: max(amount, Decimal(0)) for customer, amount in sums.items()}


def retrospective(volume: Decimal) -> Decimal:
    """What P1 pays, to the cent."""
    rate = Decimal("0.025") if volume >= 1000 else Decimal("0.01")
    return (volume * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)


@few
@given(lines)
def test_accounts_add_up_to_the_total(sales):
    found = reckoned(sales)
    rows, totals = found[RebateCalc], found[IncentiveTotal]
    for policy_id in WINDOWS:
        of_policy = rows[rows["policy_id"] == policy_id]
        assert sum(of_policy["basis_value"]) == sum(volumes(sales, policy_id).values())
    assert sum(totals["rebate_total"]) == sum(rows["rebate_final"])
    finals = rows.groupby("customer_id")["rebate_final"].sum()
    assert totals.set_index("customer_id")["rebate_total"].to_dict() == finals.to_dict()
    assert (rows["rebate_final"] >= 0).all()
    assert (rows["rebate_payable"] == rows["rebate_final"] - rows["rebate_paid"]).all()


@few
@given(lines, entries)
def test_the_ledger_balances(sales, ledger):
    found = reckoned(sales, ledger)
    months, lines_ = found[RebateLiability], found[RebateStatement]
    moved = months["accrued_amount"] + months["confirmed_amount"] + months["reversed_amount"]
    lowered = months["paid_out"] + months["offset_amount"]
    assert (months["opening_balance"] + moved - lowered == months["closing_balance"]).all()
    owed = Decimal(0)
    for _, of_policy in months.groupby("policy_id"):
        closing = list(of_policy["closing_balance"])
        assert list(of_policy["opening_balance"]) == [0, *closing[:-1]]
        owed += closing[-1]
    closings = lines_["balance"][lines_["entry_type"] == "closing"]
    assert sum(closings) == owed == list(found[LiabilityTrend]["closing_balance"])[-1]


@few
@given(lines, st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from("ABC"), cents), max_size=4))
def test_what_is_settled_never_changes(sales, later):
    confirmed = {"date": "2026-03-31", "policy_id": "P1", "entry_type": "confirmation"}
    ledger = [
        {**confirmed, "customer_id": "A", "amount": "40.00"},
        {**confirmed, "customer_id": "B", "amount": "0.01", "date": "2026-05-02"},
        {**confirmed, "customer_id": "A", "amount": "15.00", "entry_type": "payment"},
    ]
    kept = ["policy_id", "customer_id", "rebate_final", "rebate_paid", "rebate_payable"]
    runs = [reckoned(each, ledger)[RebateCalc] for each in (sales, sales + later)]
    before, after = (each[each["settlement_status"] == "settled"][kept] for each in runs)
    assert before.to_dict("list") == after.to_dict("list")
    assert before.set_index("customer_id")["rebate_final"].to_dict() == {
        "A": Decimal(40),
        "B": Decimal("0.01"),
    }
    for lines_, rows in zip((sales, sales + later), runs, strict=True):
        sums = rows[rows["policy_id"] == "P1"].groupby("customer_id")["rebate_final"].sum()
        assert sums.to_dict() == {
            customer: retrospective(volumes(lines_, "P1").get(customer, Decimal(0)))
            for customer in "ABC"
        }


TABLES: list[type[Table]] = [
    RebateCalc,
    RebateAccrual,
    AccrualJournal,
    NextTier,
    RebateLiability,
    IncentiveTotal,
]


@few
@given(lines, entries, st.randoms())
def test_the_order_of_rows_means_nothing(sales, ledger, random):
    first = reckoned(sales, ledger)
    random.shuffle(sales)
    random.shuffle(ledger)
    again = reckoned(sales, ledger)
    for table in TABLES:
        assert first[table].astype(object).equals(again[table].astype(object)), table.__name__
    issues = ["reason_code", "table_id", "column_name", "amount"]
    told = [
        Counter(each[DataIssues][issues].astype("str").itertuples(index=False))
        for each in (first, again)
    ]
    assert told[0] == told[1]


def test_a_computation_that_goes_wrong_stops_the_run(monkeypatch):
    right = tiers.stepped
    monkeypatch.setattr(tiers, "stepped", lambda *given: right(*given) + Decimal("0.01"))
    with pytest.raises(PluginError, match="REBATE_PROOF_FAILED") as stopped:
        reckoned([("2026-01-31", "A", Decimal(1000))])
    assert [each.code.name for each in stopped.value.problems] == ["REBATE_PROOF_FAILED"]
