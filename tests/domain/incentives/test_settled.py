"""Settled rebates: what was confirmed holds, what differs later is a correction."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import rebates
from kam_excel.domain.incentives.rebates import NO_AGES, Deal
from kam_excel.domain.incentives.settled import (
    with_ledger_accounts,
    with_settlement,
    with_terms,
)
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.money import total
from kam_excel.domain.periods import Window

D = Decimal
AS_OF = date(2026, 9, 30)


def calculated(*rows: tuple[str, str, int | None, str]) -> pd.DataFrame:
    """(customer, end of the window, payout days, final) under the policy P; the basis is 1000."""
    customers, ends, days, finals = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "policy_id": "P",
            "customer_id": customers,
            "valid_to": pd.to_datetime(list(ends)),
            "payout_days": pd.array(days, dtype="Int64"),
            "basis_value": exact([D(1000)] * len(rows)),
            "rebate_final": exact(list(map(D, finals)), scale=2),
        }
    )


def balances(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    """(customer, confirmed, paid and offset, last confirmation) under the policy P."""
    customers, confirmed, settled, last = zip(*rows, strict=True) if rows else ((),) * 4
    index = pd.MultiIndex.from_tuples(
        [("P", each) for each in customers], names=["policy_id", "customer_id"]
    )
    return pd.DataFrame(
        {
            "confirmed": exact(list(map(D, confirmed)), scale=2).array,
            "settled_amount": exact(list(map(D, settled)), scale=2).array,
            "last_confirmation": pd.to_datetime(pd.Series(last, dtype=object)).array,
        },
        index=index,
    )


NAMES = ["settlement_status", "rebate_final", "rebate_paid", "rebate_payable"]


def rows_of(frame: pd.DataFrame, names: list[str] = NAMES) -> list[tuple[object, ...]]:
    return list(frame[names].itertuples(index=False, name=None))


def test_an_open_row_has_what_is_final_less_what_was_paid():
    given_ = calculated(("A", "2026-12-31", 30, "900"), ("B", "2026-12-31", 30, "100"))
    found = with_settlement(given_, balances(("B", "0", "140", None)), AS_OF)
    assert rows_of(found) == [("open", D(900), D(0), D(900)), ("open", D(100), D(140), D(-40))]
    assert found["reason_code"].tolist() == ["", "OVERPAID_CARRIED"]


@pytest.mark.parametrize(
    ("mode", "code", "due"),
    [
        ("carry", "CORRECTION_CARRIED", None),
        ("clawback_now", "CORRECTION_DUE", "2026-09-30"),
    ],
)
def test_a_return_after_settlement_is_a_correction_beside_what_was_confirmed(mode, code, due):
    given_ = calculated(("A", "2026-06-30", 30, "760"))
    found = with_settlement(given_, balances(("A", "900", "900", "2026-07-10")), AS_OF, mode)
    assert rows_of(found) == [
        ("settled", D(900), D(900), D(0)),
        ("correction", D(-140), D(0), D(-140)),
    ]
    assert found["reason_code"].tolist() == ["SETTLED_KEPT", code]
    assert found["payable_date"].tolist() == [
        pd.Timestamp("2026-07-30"),
        pd.NaT if due is None else pd.Timestamp(due),
    ]
    # The recomputed basis explains the correction; it no longer explains what was settled.
    assert found["basis_value"].isna().tolist() == [True, False]


def test_a_settled_row_that_is_recomputed_alike_has_no_correction_and_keeps_its_figures():
    given_ = calculated(("A", "2026-06-30", 30, "900")).assign(reason_code="CAPPED")
    found = with_settlement(given_, balances(("A", "900", "0", "2026-06-30")), AS_OF)
    assert rows_of(found) == [("settled", D(900), D(0), D(900))]
    assert found["basis_value"].tolist() == [D(1000)]
    assert found["reason_code"].tolist() == ["CAPPED, SETTLED_KEPT"]


def test_a_settled_row_that_was_paid_more_than_was_confirmed_says_so():
    given_ = calculated(("A", "2026-06-30", 30, "900"), ("B", "2026-06-30", 30, "760"))
    booked = balances(("A", "900", "950", "2026-07-10"), ("B", "900", "950", "2026-07-10"))
    found = with_settlement(given_, booked, AS_OF)
    assert rows_of(found) == [
        ("settled", D(900), D(950), D(-50)),
        ("settled", D(900), D(950), D(-50)),
        ("correction", D(-140), D(0), D(-140)),
    ]
    kept = "SETTLED_KEPT, OVERPAID_CARRIED"
    assert found["reason_code"].tolist() == [kept, kept, "CORRECTION_CARRIED"]


def test_a_confirmation_before_the_last_day_of_the_window_settles_nothing():
    given_ = calculated(("A", "2026-06-30", 30, "900"))
    found = with_settlement(given_, balances(("A", "400", "0", "2026-06-29")), AS_OF)
    assert rows_of(found) == [("open", D(900), D(0), D(900))]


def test_only_what_is_payable_is_overdue_and_only_after_its_day():
    given_ = calculated(
        ("A", "2026-08-31", 20, "900"),
        ("B", "2026-08-31", 30, "900"),
        ("C", "2026-08-31", 20, "900"),
        ("D", "2026-08-31", None, "900"),
    )
    found = with_settlement(given_, balances(("C", "0", "900", None)), AS_OF)
    assert found["overdue_days"].tolist() == [10, pd.NA, pd.NA, pd.NA]
    assert found["payable_date"].isna().tolist() == [False, False, False, True]


HALF = Window(date(2026, 1, 1), date(2026, 6, 30))
SCALE = scale_of([D(0)], [D("0.01")])
TERMS = [Terms("P", HALF, "sales", "stepped", SCALE, "CNY", "半年返利", payout_days=10)]


def test_an_account_that_only_the_ledger_has_is_not_lost():
    accounts = pd.DataFrame(
        {name: exact([D(value)]) for name, value in (("basis_value", 500), ("factor", 1))}
    ).assign(penalty=exact([D(0)]), prior_basis_value=exact([None]), target=exact([None]))
    deal = Deal(TERMS[0], accounts.set_axis(pd.Index(["A"], name="customer_id")), NO_AGES)
    booked = balances(("A", "0", "0", None), ("Z", "500", "300", "2026-07-01"))
    computed = rebates.calculated([deal])
    whole = with_terms(with_ledger_accounts(computed, booked), TERMS)
    found = with_settlement(whole, booked, AS_OF)
    names = ["policy_name", "customer_id", *NAMES]
    assert rows_of(found, names) == [
        ("半年返利", "A", "open", D(5), D(0), D(5)),
        ("半年返利", "Z", "settled", D(500), D(300), D(200)),
        ("半年返利", "Z", "correction", D(-500), D(0), D(-500)),
    ]
    assert found["reason_code"].tolist()[1:] == [
        "SETTLED_KEPT",
        "ONLY_IN_LEDGER, CORRECTION_CARRIED",
    ]
    assert found["tier"].tolist() == [1, pd.NA, pd.NA]


def test_a_policy_without_terms_is_an_error():
    with pytest.raises(KeyError):
        with_terms(calculated(("A", "2026-06-30", 30, "760")), [])


def test_without_rows():
    none = calculated(("A", "2026-06-30", 10, "5"))[:0]
    assert with_settlement(none, balances(), AS_OF).empty


amounts = st.integers(-(10**6), 10**6).map(lambda each: str(D(each).scaleb(-2)))


@settings(max_examples=40, deadline=None)
@given(amounts, amounts, amounts, amounts, st.sampled_from(["carry", "clawback_now"]))
def test_no_recomputation_changes_a_settled_row(first, second, confirmed, paid, mode):
    booked = balances(("A", confirmed, paid, "2026-07-01"))
    found = [
        with_settlement(calculated(("A", "2026-06-30", 30, each)), booked, AS_OF, mode)
        for each in (first, second)
    ]
    kept = ["rebate_final", "rebate_paid", "rebate_payable", "payable_date", "overdue_days"]
    for name in kept:
        one, other = (each[name].iloc[0] for each in found)
        assert one is other or one == other
    for each, recomputed in zip(found, (first, second), strict=True):
        assert total(each["rebate_final"]) == D(recomputed)
        assert total(each["rebate_payable"]) == D(recomputed) - D(paid)
