"""The ledger of rebates: which entries count, with which sign, and where accounts stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.known_customers import KnownCustomers
from kam_excel.domain.incentives.ledger import balances, posted, settled_until
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import total
from kam_excel.domain.periods import Window

D = Decimal
AS_OF = date(2026, 6, 30)
SCALE = scale_of([D(0)], [D("0.01")])
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
TERMS = [
    Terms("FL-01", YEAR, "sales", "stepped", SCALE, "CNY"),
    Terms("FL-02", YEAR, "sales", "stepped", SCALE, "USD"),
    Terms("FL-03", YEAR, "sales", "stepped", SCALE, "JPY"),
]
RATES = pd.DataFrame(
    {
        "currency": ["USD", "USD", "JPY"],
        "effective_date": pd.to_datetime(["2026-01-01", "2026-04-01", "2026-01-01"]),
        "fx_rate": exact([D("7.0"), D("7.2"), D("0.047")]),
    }
)
NAMES = ("date", "customer_id", "policy_id", "entry_type", "amount", "currency", "voucher_no")


def ledger(*rows: str) -> pd.DataFrame:
    """Rows from 2 on, like "01-31 C1 FL-01 accrual 100 CNY V1" of 2026; "-" is missing."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    padded = [[*row, None, None][: len(NAMES)] for row in cells]
    frame = pd.DataFrame(padded, columns=list(NAMES), index=range(2, 2 + len(rows)), dtype=object)
    return frame.assign(
        date=pd.to_datetime("2026-" + frame["date"].astype("str")),
        amount=exact([None if each is None else D(each) for each in frame["amount"]]).array,
    )


def read(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The entries, and the issues."""
    log = IssueLog()
    entries = posted(
        frame, TERMS, AS_OF, KnownCustomers(frozenset({"C1", "C2"})), RATES, "CNY", log
    )
    return entries, log.frame()


def told(issues: pd.DataFrame) -> list[tuple[object, ...]]:
    names = ["reason_code", "row_no", "original_value", "handling", "taken"]
    return list(issues[names].itertuples(index=False, name=None))


def standing(*rows: str) -> dict[str, Decimal]:
    """The sums of the only account."""
    (row,) = balances(read(ledger(*rows))[0]).to_dict("records")
    return {name: value for name, value in row.items() if name != "last_confirmation"}


def test_accruals_and_confirmations_raise_what_is_owed_payments_and_offsets_lower_it():
    entries, issues = read(
        ledger(
            "01-31 C1 FL-01 accrual 100.00",
            "02-28 C1 FL-01 confirmation 95.00",
            "02-28 C1 FL-01 reversal -100.00",
            "03-10 C1 FL-01 payment 60.00",
            "03-20 C1 FL-01 offset 30.00",
            "03-25 C1 FL-01 reversal 10.00",
        )
    )
    assert entries["effect"].tolist() == [D(each) for each in (100, 95, -100, -60, -30, 10)]
    assert issues.empty
    (account,) = balances(entries).to_dict("records")
    assert account == {
        "accrued": D(0),
        "confirmed": D(95),
        "paid": D(50),
        "offset": D(30),
        "settled_amount": D(80),
        "balance": D(15),
        "last_confirmation": pd.Timestamp("2026-02-28"),
    }


def test_a_reversal_takes_back_accruals_first_and_then_confirmations():
    sums = standing("01-31 C1 FL-01 accrual 100", "02-28 C1 FL-01 confirmation 95", *REVERSED)
    assert (sums["accrued"], sums["confirmed"], sums["balance"]) == (D(0), D(75), D(75))


REVERSED = ("03-01 C1 FL-01 reversal -110", "03-02 C1 FL-01 reversal -10")


def test_a_reversal_of_payments_goes_to_payments_first_and_then_to_offsets():
    paid = ("01-31 C1 FL-01 payment 60", "02-28 C1 FL-01 offset 40")
    sums = standing(*paid, "03-01 C1 FL-01 reversal 70")
    assert (sums["paid"], sums["offset"], sums["balance"]) == (D(0), D(30), D(-30))


def test_a_positive_reversal_with_nothing_paid_until_then_is_negated_once():
    frame = ledger(
        "01-31 C1 FL-01 accrual 100",
        "02-01 C1 FL-01 reversal 40",
        "03-01 C1 FL-01 payment 50",
    )
    entries, issues = read(frame)
    assert entries["effect"].tolist() == [D(100), D(-40), D(-50)]
    assert told(issues) == [("REVERSAL_SIGN_FIXED", 3, "40", "SIGN_TURNED", "")]


def test_what_is_reversed_already_is_no_payment_to_reverse():
    frame = ledger(
        "01-31 C1 FL-01 accrual 100",
        "02-01 C1 FL-01 payment 50",
        "03-01 C1 FL-01 reversal 50",
        "04-01 C1 FL-01 reversal 20",
    )
    entries, issues = read(frame)
    assert entries["effect"].tolist() == [D(100), D(-50), D(50), D(-20)]
    assert issues["row_no"].tolist() == [5]


@pytest.mark.parametrize("kind", ["payment", "offset"])
def test_a_negative_payment_is_taken_as_positive_once(kind):
    entries, issues = read(ledger("01-31 C1 FL-01 accrual 100", f"02-01 C1 FL-01 {kind} -30"))
    assert entries[["amount", "effect"]].iloc[1].tolist() == [D(30), D(-30)]
    assert told(issues) == [("LEDGER_SIGN_FIXED", 3, "-30", "TAKEN_AS_POSITIVE", "")]


def test_a_negative_accrual_lowers_what_is_owed_and_is_told():
    entries, issues = read(ledger("01-31 C1 FL-01 accrual 100", "02-28 C1 FL-01 accrual -30"))
    assert entries["effect"].tolist() == [D(100), D(-30)]
    assert issues["reason_code"].tolist() == ["LEDGER_BOOKED_DOWN"]


def test_more_reversed_than_booked_is_told_at_the_last_reversal():
    frame = ledger(
        "01-31 C1 FL-01 accrual 100",
        "02-01 C1 FL-01 reversal -90",
        "02-02 C1 FL-01 reversal -30",
    )
    entries, issues = read(frame)
    assert balances(entries)["balance"].tolist() == [D(-20)]
    assert issues[["reason_code", "row_no", "amount"]].to_dict("records") == [
        {"reason_code": "REVERSAL_EXCEEDS", "row_no": 4, "amount": D(20)}
    ]


def test_the_same_entry_of_a_voucher_counts_once_other_contents_are_kept_and_told():
    entries, issues = read(
        ledger(
            "01-31 C1 FL-01 accrual 100.00 - 记-1",
            "01-31 C1 FL-01 accrual 100.00 - 记-1",
            "01-31 C2 FL-01 accrual 100.00 - 记-1",
            "01-31 C1 FL-01 payment 7.00 - 记-1",
            "02-28 C1 FL-01 accrual 100.00",
            "02-28 C1 FL-01 accrual 100.00",
        )
    )
    assert entries.index.tolist() == [2, 4, 5, 6, 7]
    assert told(issues) == [
        ("LEDGER_ENTRY_REPEATED", 3, "记-1", "ROW_EXCLUDED", ""),
        ("VOUCHER_REPEATED", 4, "记-1", "ROW_KEPT", ""),
    ]


def test_the_nearest_policy_may_be_one_that_is_not_reckoned():
    log = IssueLog()
    known = KnownCustomers(frozenset({"C1"}))
    rows = ledger("01-05 C1 ZZ-9 accrual 5")
    posted(rows, TERMS, AS_OF, known, RATES, "CNY", log, ["ZZ-99"])
    assert log.frame()["taken"].tolist() == ["ZZ-99"]


def test_unknown_policies_and_customers_are_left_out_with_an_issue_each():
    entries, issues = read(
        ledger(
            "01-31 C1 FL-1 accrual 100",
            "01-31 C1 XYZ accrual 100",
            "01-31 C9 FL-01 accrual 100",
            "01-31 C9 FL-7 accrual 100",
        )
    )
    assert entries.empty
    assert told(issues) == [
        ("LEDGER_POLICY_UNKNOWN", 2, "FL-1", "ROW_EXCLUDED", "FL-01"),
        ("LEDGER_POLICY_UNKNOWN", 3, "XYZ", "ROW_EXCLUDED", "–"),
        ("LEDGER_POLICY_UNKNOWN", 5, "FL-7", "ROW_EXCLUDED", "FL-03"),
        ("LEDGER_ACCOUNT_UNKNOWN", 4, "C9", "ROW_EXCLUDED", "C2"),
    ]


def test_the_day_of_as_of_counts_at_any_time_later_entries_and_incomplete_ones_do_not():
    frame = ledger(
        "06-30 C1 FL-01 accrual 1",
        "07-01 C1 FL-01 accrual 2",
        "06-01 - FL-01 accrual 3",
        "06-01 C1 - accrual 4",
        "06-01 C1 FL-01 - 5",
        "06-01 C1 FL-01 accrual -",
    )
    frame.loc[2, "date"] += pd.Timedelta(hours=23)
    entries, issues = read(frame)
    assert entries["date"].tolist() == [pd.Timestamp("2026-06-30")]
    assert dict(zip(issues["row_no"], issues["reason_code"], strict=True)) == {
        3: "FUTURE_DATE",
        4: "CUSTOMER_MISSING",
        5: "KEY_EMPTY",
        6: "LEDGER_TYPE_MISSING",
        7: "LEDGER_AMOUNT_MISSING",
    }


def test_entries_in_another_currency_are_converted_at_the_rate_of_their_day():
    entries, issues = read(
        ledger(
            "02-01 C1 FL-01 accrual 10.00 USD",
            "05-01 C1 FL-01 accrual 10.00 USD",
            "02-01 C1 FL-02 accrual 100.00 CNY",
            "02-01 C1 FL-03 accrual 1.00 USD",
            "02-01 C1 FL-02 accrual 100.00",
            "02-01 C1 FL-01 accrual 5.00 EUR",
            "02-01 C1 FL-01 accrual 5.00 Taler",
        )
    )
    found = entries[["amount", "currency"]].to_dict("index")
    assert {row: (each["amount"], each["currency"]) for row, each in found.items()} == {
        2: (D(70), "CNY"),
        3: (D(72), "CNY"),
        4: (D("14.29"), "USD"),
        5: (D(149), "JPY"),
        6: (D(100), "USD"),
    }
    assert sorted(zip(issues["reason_code"], issues["row_no"], strict=True)) == [
        ("CURRENCY_UNKNOWN", 8),
        ("FX_MISSING", 7),
    ]


def test_without_optional_columns_and_without_rows():
    frame = ledger("01-31 C1 FL-01 accrual 100").drop(columns=["currency", "voucher_no"])
    entries, issues = read(frame)
    assert entries["currency"].tolist() == ["CNY"]
    assert entries["voucher_no"].isna().all()
    assert issues.empty
    nothing, _ = read(frame[:0])
    assert nothing.empty
    assert balances(nothing).empty


def test_a_confirmation_that_is_wholly_taken_back_is_none():
    frame = ledger("01-31 C1 FL-01 confirmation 100", "02-01 C1 FL-01 reversal -100")
    assert balances(read(frame)[0])["last_confirmation"].isna().all()


def test_what_was_settled_until_a_day_of_each_account():
    entries, _ = read(
        ledger(
            "01-31 C1 FL-01 payment 10",
            "02-10 C1 FL-01 reversal 4",
            "02-11 C1 FL-01 offset 3",
            "01-31 C2 FL-01 accrual 10",
        )
    )
    accounts = pd.MultiIndex.from_tuples(
        [("FL-01", "C1"), ("FL-01", "C2"), ("FL-02", "C1")], names=["policy_id", "customer_id"]
    )
    days = pd.Series(pd.to_datetime(["2026-02-10"] * 3), accounts)
    assert settled_until(entries, days).tolist() == [D(6), D(0), D(0)]


KINDS = ("accrual", "confirmation", "payment", "offset", "reversal")
rows = st.builds(
    lambda day, customer, policy, kind, cents, voucher: (
        f"01-{day:02} C{customer} FL-0{policy} {kind} {D(cents).scaleb(-2)} - {voucher or '-'}"
    ),
    st.integers(1, 31),
    st.integers(1, 2),
    st.integers(1, 2),
    st.sampled_from(KINDS),
    st.integers(-3, 3) | st.integers(-(10**6), 10**6),
    st.none() | st.sampled_from(["V1", "V2"]),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=1, max_size=30))
def test_every_ledger_balances(given_):
    entries, _ = read(ledger(*given_))
    sums = balances(entries)
    raised = sums["accrued"] + sums["confirmed"] - sums["paid"] - sums["offset"]
    assert (raised == sums["balance"]).all()
    assert (sums["paid"] + sums["offset"] == sums["settled_amount"]).all()
    assert total(sums["balance"]) == total(entries["effect"])


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(given_, random):
    mixed = list(given_)
    random.shuffle(mixed)
    sums, others = (balances(read(ledger(*each))[0]) for each in (given_, mixed))
    pd.testing.assert_frame_equal(sums, others)
