"""What is to be booked: the difference to the ledger, corrections of settled rebates too."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.booking import to_book
from kam_excel.domain.incentives.journal import accrual_journal
from kam_excel.domain.incentives.ledger import balances
from kam_excel.domain.money import total
from ledgers import AS_OF, OWED, Entry, entries, settled_at

D = Decimal


def booked(recomputed: str, *typed: Entry) -> pd.DataFrame:
    standing = balances(entries(*typed))
    return to_book(OWED, settled_at(recomputed, standing), standing)


def rows_of(found: pd.DataFrame) -> list[tuple[object, ...]]:
    names = ["accrual", "already_accrued", "accrual_delta", "reason_code"]
    return list(found[names].itertuples(index=False, name=None))


CONFIRMED = ("confirmation", "900")


@pytest.mark.parametrize(
    ("recomputed", "typed", "row"),
    [
        ("760", [CONFIRMED], (D(-140), D(0), D(-140), "CORRECTION_ACCRUED")),
        ("960", [CONFIRMED], (D(60), D(0), D(60), "CORRECTION_ACCRUED")),
        (
            "760",
            [("accrual", "900"), ("reversal", "-900"), CONFIRMED],
            (D(-140), D(0), D(-140), "CORRECTION_ACCRUED"),
        ),
        ("760", [CONFIRMED, ("accrual", "50")], (D(-140), D(50), D(-190), "CORRECTION_ACCRUED")),
        ("900", [CONFIRMED, ("accrual", "50")], (D(0), D(50), D(-50), "SETTLED_RELEASED")),
        ("760", [CONFIRMED, ("accrual", "-140")], (D(-140), D(-140), D(0), "CORRECTION_ACCRUED")),
    ],
)
def test_of_what_is_settled_the_correction_is_accrued(recomputed, typed, row):
    assert rows_of(booked(recomputed, *typed)) == [row]


def test_what_is_settled_and_recomputed_alike_has_nothing_to_book():
    assert booked("900", CONFIRMED, ("payment", "900")).empty


def test_what_runs_is_accrued_less_what_was_accrued_or_confirmed():
    rows = pd.DataFrame({"policy_id": ["P"], "customer_id": ["open"], "settlement_status": "open"})
    standing = balances(
        entries(("accrual", "300"), ("confirmation", "100"), ("payment", "70"), customer="open")
    )
    found = to_book(OWED, rows.assign(rebate_final=exact([D(0)])), standing)
    assert rows_of(found) == [(D(500), D(400), D(100), "")]


amounts = st.integers(0, 10**6).map(lambda each: str(D(each).scaleb(-2)))
typed = st.tuples(st.sampled_from(["accrual", "confirmation", "payment", "offset"]), amounts)


@settings(max_examples=25, deadline=None)
@given(amounts, amounts, st.lists(typed, max_size=5))
def test_once_booked_the_balance_of_what_is_settled_is_what_is_payable(first, confirmed, more):
    typed = [("confirmation", confirmed), *more]
    found = booked(first, *typed)
    journal = accrual_journal(found.assign(currency="CNY"), [], AS_OF, "debit", "credit", "en")
    kinds = {"ACCRUAL_RELEASED": "reversal"}
    signs = {"debit": 1, "credit": -1}
    posted = [
        (kinds.get(row.reason_code, "accrual"), str(row.debit_amount * signs[row.account_debit]))
        for row in journal.itertuples()
    ]
    standing = balances(entries(*typed, *posted))
    rows = settled_at(first, standing)
    assert standing["balance"].iloc[0] == total(rows["rebate_payable"])
    assert not (to_book(OWED, rows, standing)["accrual_delta"] != 0).any()
    # What the journal tells to enter leaves what was confirmed as it was.
    assert standing["confirmed"].iloc[0] == balances(entries(*typed))["confirmed"].iloc[0]
