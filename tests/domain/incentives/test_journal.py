"""Accruals as journal entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.journal import COLUMNS, accrual_journal
from kam_excel.domain.money import total

D = Decimal
AS_OF = date(2026, 6, 30)
DEBIT, CREDIT = "主营业务收入—返利", "其他应付款—应付返利"


def accruals(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    """(policy, customer, what changes) in CNY, of accruals of a million."""
    frame = pd.DataFrame(rows, columns=["policy_id", "customer_id", "accrual_delta"], dtype=object)
    deltas = exact([None if each is None else D(each) for each in frame["accrual_delta"]], scale=2)
    texts = {"policy_id": "str", "customer_id": "str"}
    owed = exact([D(1_000_000)] * len(rows))
    return frame.assign(accrual=owed, accrual_delta=deltas, currency="CNY").astype(texts)


def journal(frame: pd.DataFrame, *used: str, language: str = "zh") -> pd.DataFrame:
    return accrual_journal(frame, used, AS_OF, DEBIT, CREDIT, language)


def test_less_to_be_accrued_turns_the_accounts_around():
    given_ = accruals(("R1", "B", "-40"), ("R1", "A", "100"), ("R1", "C", "0"), ("R1", "D", None))
    found = journal(given_.assign(policy_name="年度", customer_name=["乙", None, None, None]))
    assert tuple(found.columns) == COLUMNS
    names = ["customer_id", "account_debit", "account_credit", "debit_amount", "credit_amount"]
    assert list(found[names].itertuples(index=False, name=None)) == [
        ("A", DEBIT, CREDIT, D(100), D(100)),
        ("B", CREDIT, DEBIT, D(40), D(40)),
    ]
    assert found["summary"].tolist() == [
        "计提返利 2026-06：年度 (R1)，A",
        "冲减返利 2026-06：年度 (R1)，乙 (B)",
    ]
    assert found["reason_code"].tolist() == ["", "ACCRUAL_RELEASED"]
    assert found["date"].tolist() == [pd.Timestamp(AS_OF)] * 2


def test_what_falls_below_what_was_confirmed_is_no_reversal():
    given_ = accruals(("R1", "A", "-40"), ("R1", "B", "-40"), ("R1", "C", "40"))
    found = journal(given_.assign(accrual=exact([D("-0.01"), D(0), D(-10)])))
    assert found["reason_code"].tolist() == ["ACCRUAL_BELOW_ZERO", "ACCRUAL_RELEASED", ""]


def test_the_summary_in_english():
    found = journal(accruals(("R1", "A", "1"), ("R2", "A", "-1")), language="en")
    assert found["summary"].tolist() == [
        "Rebate accrued 2026-06: R1, A",
        "Rebate released 2026-06: R2, A",
    ]


def test_voucher_numbers_that_the_ledger_has_are_passed_over():
    given_ = accruals(("R1", "A", "1"), ("R1", "B", "1"))
    found = journal(given_, "ACR-20260630-0001", "acr-20260630-0003")
    assert found["voucher_no"].tolist() == ["ACR-20260630-0002", "ACR-20260630-0004"]


def test_nothing_to_accrue():
    found = journal(accruals(("R1", "A", "0")))
    assert found.empty
    assert tuple(found.columns) == COLUMNS


deltas = st.integers(-(10**7), 10**7).map(lambda each: str(D(each).scaleb(-2)))


@settings(max_examples=40, deadline=None)
@given(st.lists(deltas, max_size=8), st.sets(st.integers(1, 12)))
def test_debits_are_credits_and_amounts_positive_and_numbers_new(changes, taken):
    given_ = accruals(*(("R1", f"C{number}", each) for number, each in enumerate(changes)))
    used = {f"ACR-20260630-{number:04}" for number in taken}
    found = journal(given_, *used)
    assert total(found["debit_amount"]) == total(found["credit_amount"])
    assert (found["debit_amount"] > 0).all()
    raised = total(found["credit_amount"][found["account_credit"] == CREDIT])
    lowered = total(found["debit_amount"][found["account_debit"] == CREDIT])
    assert raised - lowered == sum(map(D, changes))
    assert used.isdisjoint(found["voucher_no"])
    assert found["voucher_no"].is_unique
