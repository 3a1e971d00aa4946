"""Which receipt paid which invoice."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.payments import matched

D = Decimal


def invoices(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return _frame(rows, "doc_no")


def receipts(*rows: tuple[str, str, str | None, str]) -> pd.DataFrame:
    return _frame(rows, "matched_doc_no")


def _frame(rows, document) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer_id", "date", document, "amount"])
    frame = frame.assign(date=pd.to_datetime(frame["date"]), amount=exact(map(D, frame["amount"])))
    return frame.set_axis(frame.index + 6)


def parts(found: pd.DataFrame) -> list[tuple]:
    return [
        (receipt, invoice, str(amount), days)
        for receipt, invoice, amount, days in found.itertuples(index=False)
    ]


def test_receipts_pay_the_oldest_invoices_first():
    owed = invoices(("A", "2026-02-01", "S2", "50"), ("A", "2026-01-01", "S1", "100"))
    paid = receipts(("A", "2026-01-31", None, "120"), ("A", "2026-03-03", None, "30"))
    assert parts(matched(owed, paid)) == [
        (6, 7, "100", 30),
        (6, 6, "20", 0),
        (7, 6, "30", 30),
    ]


def test_a_receipt_that_names_its_document_pays_that_one_and_the_rest_the_oldest():
    owed = invoices(("A", "2026-01-01", "S1", "100"), ("A", "2026-02-01", "S2", "50"))
    paid = receipts(("A", "2026-02-11", "S2", "70"))
    assert parts(matched(owed, paid)) == [(6, 7, "50", 10), (6, 6, "20", 41)]


def test_nobody_pays_for_another():
    owed = invoices(("A", "2026-01-01", "S1", "100"))
    assert parts(matched(owed, receipts(("B", "2026-01-05", "S1", "100")))) == []


def test_what_is_paid_too_much_is_left_out():
    owed = invoices(("A", "2026-01-01", "S1", "100"))
    paid = receipts(("A", "2026-01-05", None, "130"))
    assert parts(matched(owed, paid)) == [(6, 6, "100", 4)]


cents = st.integers(1, 10_000).map(lambda each: str(D(each).scaleb(-2)))
days = st.integers(1, 28).map(lambda each: f"2026-01-{each:02}")
documents = st.sampled_from(["S1", "S2", "S3"])


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), days, documents, cents), max_size=8),
    st.lists(st.tuples(st.sampled_from("AB"), days, st.none() | documents, cents), max_size=8),
)
def test_nothing_is_paid_twice_and_what_can_be_paid_is(owed_rows, paid_rows):
    owed, paid = invoices(*owed_rows), receipts(*paid_rows)
    found = matched(owed, paid)
    for rows, name in ((owed, "invoice"), (paid, "receipt")):
        used = found.groupby(name)["amount"].sum()
        assert all(used.get(row, 0) <= rows["amount"][row] for row in rows.index)
    for customer in "AB":
        totals = [rows["amount"][rows["customer_id"] == customer].sum() for rows in (owed, paid)]
        of_customer = found["invoice"].isin(owed.index[owed["customer_id"] == customer])
        assert found["amount"][of_customer].sum() == min(totals)
