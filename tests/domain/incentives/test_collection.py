"""Payment factors, and receipts by the age of the invoices that they pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources
from kam_excel.domain.incentives.collection import (
    aged_receipts,
    collected,
    earned_by_age,
    payment_factors,
    report_receipts,
)
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window

D = Decimal
AS_OF = date(2026, 6, 30)
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
# The contract: 100 % within 15 days, 80 % within 30, 50 % within 45.
CONTRACT = ((15, D(1)), (30, D("0.8")), (45, D("0.5")))
R1 = Terms(
    "R1", YEAR, "sales", "stepped", scale_of([D(0)], [D("0.01")]), "CNY", factors=CONTRACT, row=5
)
R1 = replace(R1, customers=frozenset("ABC"))
AGED = replace(
    R1,
    policy_id="R2",
    basis="receipts",
    method="payment age",
    scale=scale_of([D(0), D(16), D(31)], [D("0.03"), D("0.02"), D("0.01")]),
    factors=(),
)
ACCOUNTS = pd.DataFrame(
    {"grade": None, "region": None, "is_key_account": True, "is_known": True},
    index=pd.Index(list("ABC"), name="customer_id"),
)
TEXTS = ("customer_id", "doc_no", "matched_doc_no", "product_id", "currency")


def table(rows: list[dict]) -> pd.DataFrame:
    """Rows of customer A unless they say otherwise, from sheet row 2 on."""
    frame = pd.DataFrame([{"date": None, "customer_id": "A", "amount": None} | row for row in rows])
    for name in frame:
        if name == "date":
            frame[name] = pd.to_datetime(frame[name], format="ISO8601")
        elif name in TEXTS:
            frame[name] = frame[name].astype("str")
        else:
            values = frame[name].astype(object)
            frame[name] = exact([None if pd.isna(each) else D(str(each)) for each in values])
    return frame.set_axis(range(2, len(rows) + 2))


def sources(invoices: list[dict], receipts: list[dict], rates: pd.DataFrame | None = None):
    """Gross invoices and receipts."""
    none = pd.DataFrame({"currency": [], "effective_date": [], "fx_rate": exact([])})
    exchange = Exchange("CNY", none if rates is None else rates)
    lines = table(invoices)
    lines = lines.assign(amount_gross=lines["amount"])
    paid = Movements.of_receipts(table(receipts), date.max.replace(year=9000), exchange, IssueLog())
    return Sources(Movements.of_sales(lines), paid, exchange)


def found_in(given_sources: Sources, until: date = AS_OF):
    assert given_sources.receipts is not None
    return collected(given_sources.sales, given_sources.receipts, until)


def factors(terms: Terms, given_sources: Sources, until: date = AS_OF) -> dict[str, D]:
    frame, _ = payment_factors([terms], ACCOUNTS, given_sources, found_in(given_sources, until))
    return dict(zip(frame["customer_id"], frame["factor"], strict=True))


def parts(frame: pd.DataFrame, *names: str) -> list[tuple]:
    return list(frame[list(names)].itertuples(index=False, name=None))


def test_each_part_of_an_invoice_has_the_factor_of_its_days():
    given_sources = sources(
        [
            {"date": "2026-01-01", "amount": 1000},
            {"date": "2026-03-01", "amount": 1000, "customer_id": "B"},
        ],
        [
            {"date": "2026-01-16", "amount": 500},
            {"date": "2026-01-17", "amount": 300},
            {"date": "2026-02-16", "amount": 200},
        ],
    )
    # A: 500 in 15 days, 300 in 16, 200 in 46; B has paid nothing for 121 days.
    assert factors(R1, given_sources) == {"A": D("0.74"), "B": 0, "C": 1}
    _, shown = payment_factors([R1], ACCOUNTS, given_sources, found_in(given_sources))
    assert parts(shown, "policy_id", "customer_id", "days", "is_paid", "amount", "factor") == [
        ("R1", "A", 15, True, 500, 1),
        ("R1", "A", 16, True, 300, D("0.8")),
        ("R1", "A", 46, True, 200, 0),
        ("R1", "B", 121, False, 1000, 0),
    ]


def test_what_is_not_paid_yet_counts_as_if_it_were_paid_on_the_day_of_the_reckoning():
    given_sources = sources([{"date": "2026-06-10", "amount": 100}], [{"date": "2026-01-01"}])
    assert factors(R1, given_sources)["A"] == D("0.8")
    assert factors(R1, given_sources, date(2026, 6, 25))["A"] == 1
    assert factors(R1, given_sources, date(2026, 7, 26))["A"] == 0


def test_a_receipt_after_the_day_of_the_reckoning_is_not_there_yet():
    given_sources = sources(
        [{"date": "2026-01-01", "amount": 100}], [{"date": "2026-01-31", "amount": 100}]
    )
    assert factors(R1, given_sources, date(2026, 1, 10))["A"] == 1
    assert factors(R1, given_sources, date(2026, 1, 20))["A"] == D("0.8")
    assert factors(R1, given_sources, date(2026, 12, 31))["A"] == D("0.8")


def test_credits_are_set_against_their_document_then_the_oldest_and_have_no_age():
    given_sources = sources(
        [
            {"date": "2026-01-01", "amount": 100, "doc_no": "S1"},
            {"date": "2026-02-01", "amount": 100, "doc_no": "S2"},
            {"date": "2026-02-20", "amount": -40, "doc_no": "S2"},
            {"date": "2026-02-20", "amount": -10, "doc_no": "C9"},
        ],
        [{"date": "2026-01-11", "amount": 90}, {"date": "2026-03-03", "amount": 60}],
    )
    # Left of S1: 90, paid in 10 days; of S2: 60, paid in 30.
    assert factors(R1, given_sources)["A"] == (90 + 60 * D("0.8")) / 150


def test_an_invoice_before_the_window_is_paid_first_and_does_not_count():
    given_sources = sources(
        [{"date": "2025-12-01", "amount": 100}, {"date": "2026-01-01", "amount": 100}],
        [{"date": "2026-01-10", "amount": 100}, {"date": "2026-01-31", "amount": 100}],
    )
    assert factors(R1, given_sources)["A"] == D("0.8")


def test_only_lines_of_the_products_of_the_policy_have_a_part():
    limited = replace(R1, products=frozenset(["P2"]))
    given_sources = sources(
        [
            {"date": "2025-12-31", "amount": 100, "product_id": "P2"},
            {"date": "2026-01-01", "amount": 100, "product_id": "P1"},
            {"date": "2026-01-01", "amount": 100, "product_id": "P2"},
        ],
        [
            {"date": "2026-01-01", "amount": 100},
            {"date": "2026-01-10", "amount": 100},
            {"date": "2026-01-31", "amount": 100},
        ],
    )
    assert factors(limited, given_sources)["A"] == D("0.8")


def test_the_factor_is_rounded_to_twelve_places():
    given_sources = sources(
        [{"date": "2026-01-01", "amount": 3}],
        [{"date": "2026-01-01", "amount": 1}, {"date": "2026-01-20", "amount": 2}],
    )
    assert str(factors(R1, given_sources)["A"]) == "0.866666666667"


def test_without_receipts_the_factor_is_missing_and_without_factors_it_is_one():
    given_sources = sources([{"date": "2026-01-01", "amount": 3}], [{"date": "2026-01-01"}])
    plain = replace(R1, policy_id="R0", factors=())
    frame, shown = payment_factors([R1, plain], ACCOUNTS[:1], given_sources, None)
    assert frame["factor"].isna().tolist() == [True, False]
    assert frame["factor"].iloc[1] == 1
    assert shown.empty


def test_an_invoice_bills_whole_cents_whatever_its_tax():
    day = {"date": "2026-03-01"}
    given_sources = sources(
        [{**day, "amount": "33.335", "doc_no": "S1"}] * 3 + [{**day, "amount": "0.333"}],
        [{**day, "amount": "100.01", "matched_doc_no": "S1"}, {**day, "amount": "0.33"}],
    )
    found = found_in(given_sources)
    # 3 × 33.335 is 100.005, billed as 100.01; every line of it has whole cents.
    assert sorted(found.parts["amount"]) == [D("0.33"), D("33.33"), D("33.34"), D("33.34")]
    assert found.parts["is_paid"].all()
    assert found.left_over.empty


def test_an_account_with_a_line_without_gross_amount_has_no_factor():
    lines = table([{"date": "2026-01-01"}, {"date": "2026-01-01", "customer_id": "B"}])
    lines = lines.assign(amount=exact([1, 1]).array, amount_gross=exact([None, 1]).array)
    given_sources = replace(
        sources([{"date": "2026-01-01", "amount": 3}], [{"date": "2026-01-01", "amount": 1}]),
        sales=Movements.of_sales(lines.set_axis([2, 3])),
    )
    frame, _ = payment_factors([R1], ACCOUNTS, given_sources, found_in(given_sources))
    assert frame["factor"].isna().tolist() == [True, False, False]


def test_what_is_paid_too_much_is_one_issue_for_each_account():
    given_sources = sources(
        [{"date": "2026-01-01", "amount": 100}],
        [
            {"date": "2026-01-05", "amount": 130},
            {"date": "2026-01-06", "amount": 20},
            {"date": "2026-01-07", "amount": 7, "customer_id": "B"},
            {"date": "2026-01-08", "amount": -7, "customer_id": "B"},
            {"date": "2026-01-08", "amount": 9, "customer_id": "C"},
        ],
    )
    log = IssueLog()
    report_receipts(found_in(given_sources), log)
    assert parts(log.frame(), "reason_code", "row_no", "original_value", "amount") == [
        ("RECEIPT_UNMATCHED", 2, "A", 50),
        ("RECEIPT_UNMATCHED", 6, "C", 9),
    ]


def test_a_receipt_of_a_document_that_the_customer_lacks_pays_no_other():
    given_sources = sources(
        [
            {"date": "2026-01-01", "amount": 100, "doc_no": "S1"},
            {"date": "2026-01-01", "amount": 100, "doc_no": "S2", "customer_id": "B"},
        ],
        [
            {"date": "2026-01-02", "amount": 60, "matched_doc_no": "S0"},
            {"date": "2026-01-03", "amount": 30, "matched_doc_no": "S2"},
            {"date": "2026-01-31", "amount": 100},
        ],
    )
    assert factors(R1, given_sources)["A"] == D("0.8")
    log = IssueLog()
    report_receipts(found_in(given_sources), log)
    assert parts(log.frame(), "reason_code", "row_no", "original_value", "amount") == [
        ("RECEIPT_DOCUMENT_UNKNOWN", 2, "A", 90)
    ]


def test_what_was_paid_before_its_invoice_has_no_days_and_is_told_once():
    given_sources = sources(
        [{"date": "2026-03-01", "amount": 100}, {"date": "2026-04-01", "amount": 100}],
        [{"date": "2026-02-20", "amount": 50}, {"date": "2026-03-02", "amount": 100}],
    )
    found, log = found_in(given_sources), IssueLog()
    assert found.parts.loc[found.parts["is_paid"], "days"].tolist() == [0, 1, 0]
    report_receipts(found, log)
    assert parts(log.frame(), "reason_code", "original_value", "amount") == [
        ("RECEIPT_IN_ADVANCE", "2026-02-20", 100)
    ]


def test_receipts_by_age_earn_the_rate_of_their_days():
    given_sources = sources(
        [
            {"date": "2025-12-31", "amount": 100},
            {"date": "2026-01-01", "amount": 100, "doc_no": "S2"},
        ],
        [
            {"date": "2026-01-15", "amount": 50},
            {"date": "2026-01-16", "amount": 50},
            {"date": "2026-02-01", "amount": 60, "matched_doc_no": "S2"},
            {"date": "2027-01-01", "amount": 40},
        ],
    )
    aged = aged_receipts(AGED, ACCOUNTS, given_sources, found_in(given_sources))
    assert parts(aged, "policy_id", "customer_id", "days", "amount") == [
        ("R2", "A", 15, 50),
        ("R2", "A", 16, 50),
        ("R2", "A", 31, 60),
    ]
    assert earned_by_age(aged, AGED.scale).to_dict() == {"A": D("1.5") + 1 + D("0.6")}


def test_receipts_by_age_of_a_foreign_policy_are_converted_on_their_days():
    rates = pd.DataFrame(
        {
            "currency": ["USD", "USD"],
            "effective_date": pd.to_datetime(["2026-01-01", "2026-01-20"]),
            "fx_rate": exact([7, 6]),
        }
    )
    given_sources = sources(
        [{"date": "2026-01-01", "amount": 110}, {"date": "2026-01-11", "amount": 10}],
        [{"date": "2026-01-11", "amount": 100}, {"date": "2026-01-21", "amount": 20}],
        rates,
    )
    aged = aged_receipts(
        replace(AGED, currency="USD"), ACCOUNTS, given_sources, found_in(given_sources)
    )
    # 100/7 and 10/6 in 10 days, 10/6 in 20.
    assert parts(aged, "days", "amount") == [(10, D("15.952381")), (20, D("1.666667"))]


def test_nothing_collected_is_nothing_earned():
    given_sources = sources([{"date": "2026-01-01", "amount": 1}], [{"date": "2027-01-01"}])
    aged = aged_receipts(AGED, ACCOUNTS, given_sources, found_in(given_sources))
    assert aged.empty
    assert earned_by_age(aged, AGED.scale).empty


days = st.dates(date(2026, 1, 1), date(2026, 3, 31)).map(lambda each: each.isoformat())
cents = st.integers(1, 9_999).map(lambda each: D(each).scaleb(-2))
who = st.sampled_from("AB")
documents = st.sampled_from(["S1", "S2", None])
invoices = st.lists(
    st.builds(
        lambda day, customer, amount, sign, document: {
            "date": day,
            "customer_id": customer,
            "amount": amount * sign,
            "doc_no": document,
        },
        days,
        who,
        cents,
        st.sampled_from([1, 1, 1, -1]),
        documents,
    ),
    min_size=1,
    max_size=8,
)
receipts = st.lists(
    st.builds(
        lambda day, customer, amount, document: {
            "date": day,
            "customer_id": customer,
            "amount": amount,
            "matched_doc_no": document,
        },
        days,
        who,
        cents,
        documents,
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15)
@given(invoices, receipts)
def test_the_factor_is_the_mean_of_the_parts_and_the_parts_are_what_is_owed(owed, paid):
    given_sources = sources(owed, paid)
    frame, shown = payment_factors([R1], ACCOUNTS, given_sources, found_in(given_sources))
    for customer, factor in zip(frame["customer_id"], frame["factor"], strict=True):
        own = shown[shown["customer_id"] == customer]
        total = sum((each["amount"] for each in owed if each["customer_id"] == customer), D(0))
        assert own["amount"].sum() == max(total, 0)
        if own.empty:
            assert factor == 1
            continue
        assert own["factor"].min() <= factor <= own["factor"].max()
        weighted = sum(
            Fraction(amount) * Fraction(each)
            for amount, each in zip(own["amount"], own["factor"], strict=True)
        )
        assert abs(weighted / Fraction(total) - Fraction(factor)) <= Fraction(1, 2 * 10**12)


@settings(max_examples=12)
@given(invoices, receipts)
def test_every_receipt_is_used_or_left_over(owed, paid):
    found = found_in(sources(owed, paid))
    used = found.parts.loc[found.parts["is_paid"], "amount"].sum()
    left = found.left_over["amount"].sum()
    assert used + left == sum(each["amount"] for each in paid)


@settings(max_examples=12)
@given(invoices, receipts, st.randoms(use_true_random=False))
def test_the_order_of_rows_of_different_days_changes_nothing(owed, paid, random):
    # Rows of one day are paid in the order of the sheet; here no two are of one.
    owed = list({each["date"]: each for each in owed}.values())
    paid = list({each["date"]: each for each in paid}.values())
    shuffled = sources(random.sample(owed, len(owed)), random.sample(paid, len(paid)))
    assert factors(R1, sources(owed, paid)) == factors(R1, shuffled)
