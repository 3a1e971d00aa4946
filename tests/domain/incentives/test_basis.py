"""The basis of rebates: which lines and receipts count, and what policies cannot be reckoned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.basis import Sources, basis_table, volumes
from kam_excel.domain.incentives.checks import reckonable
from kam_excel.domain.incentives.exchange import Exchange
from kam_excel.domain.incentives.movements import Movements
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.issues import IssueLog, texts
from kam_excel.domain.periods import Window

D = Decimal
YEAR = Window(date(2026, 1, 1), date(2026, 12, 31))
END = date(2026, 12, 31)
NO_RATES = pd.DataFrame({"currency": [], "effective_date": [], "fx_rate": exact([])})
TEXTS = ("customer_id", "product_id", "category", "doc_no", "matched_doc_no", "currency")
R1 = Terms("R1", YEAR, "sales", "stepped", scale_of([D(0)], [D("0.01")]), "CNY", row=5)
R1 = replace(R1, customers=frozenset("ABC"))
ACCOUNTS = pd.DataFrame(
    {"grade": None, "region": None, "is_key_account": True, "is_known": True},
    index=pd.Index(list("ABC"), name="customer_id"),
)


def table(*rows: dict) -> pd.DataFrame:
    """Rows of 2026-03-01 and customer A unless they say otherwise, from sheet row 2 on."""
    frame = pd.DataFrame([{"date": "2026-03-01", "customer_id": "A"} | row for row in rows])
    for name in frame:
        if name == "date":
            frame[name] = pd.to_datetime(frame[name], format="ISO8601")
        elif name in TEXTS:
            frame[name] = frame[name].astype("str")
        else:
            values = frame[name].astype(object)
            frame[name] = exact([None if pd.isna(each) else D(str(each)) for each in values])
    return frame.set_axis(range(2, len(rows) + 2))


def line(amount, **facts) -> dict:
    """A line whose amount is without tax, with 13 % on top."""
    gross = D(str(amount)) * D("1.13")
    return {"amount": amount, "amount_net": amount, "amount_gross": gross} | facts


def exchange(*rates: tuple[str, str, str]) -> Exchange:
    if not rates:
        return Exchange("CNY", NO_RATES)
    frame = pd.DataFrame(rates, columns=["currency", "effective_date", "fx_rate"])
    days, values = pd.to_datetime(frame["effective_date"]), exact(map(D, frame["fx_rate"]))
    return Exchange("CNY", frame.assign(effective_date=days, fx_rate=values))


def sources(lines, receipts=None, *, rates=(), log=None) -> Sources:
    money = exchange(*rates)
    paid = None
    if receipts is not None:
        paid = Movements.of_receipts(table(*receipts), END, money, log or IssueLog())
    return Sources(Movements.of_sales(table(*lines)), paid, money)


def of(terms: Terms, found: Sources, until: date = END) -> dict[str, D]:
    source = found.of(terms)
    assert source is not None
    return dict(volumes(terms, source, until, found.exchange).items())


def limited(**changes) -> Terms:
    sets = {
        name: frozenset(each) if isinstance(each, list) else each for name, each in changes.items()
    }
    return replace(R1, **sets)


def test_the_lines_of_the_window_up_to_the_day_count_and_returns_are_taken_off():
    found = sources(
        [
            line(100, date="2025-12-31 23:59"),
            line(200, date="2026-01-01"),
            line(-50, date="2026-06-30 18:00"),
            line(30, date="2026-07-01"),
            line(7, date="2026-12-31", customer_id="B"),
            line(1000, date="2027-01-01"),
        ]
    )
    assert of(R1, found) == {"A": 180, "B": 7}
    assert of(R1, found, date(2026, 6, 30)) == {"A": 150, "B": 0}
    assert of(R1, found, date(2025, 6, 30)) == {"A": 0, "B": 0}


def test_the_tax_basis_is_that_of_the_policy():
    found = sources([line("100.00")])
    assert of(R1, found) == {"A": 100}
    assert of(limited(tax_included=True), found) == {"A": 113}


def test_money_is_rounded_half_up_once_and_quantities_are_not_rounded():
    found = sources([{"amount_net": "0.003333", "amount": 1, "qty": "0.5"}] * 2)
    assert str(of(R1, found)["A"]) == "0.01"
    once = sources([line("0.0025"), line("0.0025")])
    assert str(of(R1, once)["A"]) == "0.01"
    assert of(limited(basis="quantity"), found) == {"A": 1}


def test_a_foreign_policy_is_reckoned_at_the_rate_of_the_day_of_each_line():
    rates = [("USD", "2026-01-01", "7"), ("USD", "2026-07-01", "6"), ("EUR", "2026-01-01", "8")]
    lines = [line(10, date="2026-06-30"), line(10, date="2026-07-01")]
    usd = limited(currency="USD")
    assert of(usd, sources(lines, rates=rates)) == {"A": D("3.10")}  # 10/7 + 10/6 = 3.0952…
    yen = [("JPY", "2026-01-01", "0.05")]
    assert str(of(limited(currency="JPY"), sources(lines, rates=yen))["A"]) == "400"


def test_a_line_before_the_first_rate_is_left_out_and_told():
    rates = [("USD", "2026-07-01", "6")]
    found = sources([line(10), line(12, date="2026-07-01")], rates=rates)
    usd, log = limited(currency="USD"), IssueLog()
    assert of(usd, found) == {"A": 2}
    assert reckonable([usd], ACCOUNTS, found, END, log) == [usd]
    (issue,) = log.frame().to_dict("records")
    told = {name: issue[name] for name in ("reason_code", "original_value", "taken", "amount")}
    assert told == {
        "reason_code": "BASIS_RATE_MISSING",
        "original_value": "USD",
        "taken": "R1",
        "amount": 10,
    }


def test_the_accounts_whose_lines_lack_a_rate_are_marked():
    lines = [line(10), line(12, date="2026-07-01"), line(12, customer_id="B", date="2026-07-01")]
    found = sources(lines, rates=[("USD", "2026-07-01", "6")])
    basis = basis_table([limited(currency="USD")], ACCOUNTS, found, END)
    assert basis["lacks_rates"].tolist() == [True, False, False]
    pieces = limited(currency="USD", basis="quantity", method="per unit")
    assert not basis_table([pieces], ACCOUNTS, found, END)["lacks_rates"].any()


UNRATED = {
    "no rate at all": ({}, [line(10)], ()),
    "none by the day of the run": ({}, [], [("USD", "2027-01-01", "6")]),
    "none for any line": ({}, [line(10)], [("USD", "2026-07-01", "6")]),
    "none for a line of the year before": (
        {"method": "growth", "basis": "growth"},
        [line(10), line(70, date="2025-02-28")],
        [("USD", "2026-01-01", "6")],
    ),
}


@pytest.mark.parametrize("case", UNRATED)
def test_a_policy_without_the_rates_that_it_needs_is_refused_with_its_cell(case):
    terms, lines, rates = UNRATED[case]
    usd, log = limited(currency="USD", **terms), IssueLog()
    empty = Sources(Movements.of_sales(table(line(1))[:0]), None, exchange(*rates))
    found = sources(lines, rates=rates) if lines else empty
    assert reckonable([usd], ACCOUNTS, found, END, log) == []
    (issue,) = log.frame().to_dict("records")
    names = ("reason_code", "row_no", "column_name", "original_value", "taken")
    assert tuple(issue[name] for name in names) == (
        "POLICY_RATE_MISSING",
        5,
        "currency",
        "USD",
        "R1",
    )


LINES = [
    line(1, product_id="P1", category="空调"),
    line(2, product_id="P2", category="空调"),
    line(4, product_id="P3", category="冰箱"),
    line(8, category="空调"),
    line(16, category="冰箱"),
    line(32),
    line(64, product_id="P1"),
]


@pytest.mark.parametrize(
    ("limits", "volume", "doubtful"),
    [
        ({}, 127, None),
        ({"products": ["P1"]}, 65, 8 + 16 + 32),
        ({"products": ["空调"]}, 1 + 2 + 8, 32 + 64),
        ({"products": ["P3", "空调"]}, 1 + 2 + 4 + 8, 16 + 32 + 64),
        ({"excluded": ["P1"]}, 2 + 4, 8 + 16 + 32),
        ({"excluded": ["冰箱"]}, 1 + 2 + 8, 32 + 64),
        ({"products": ["空调"], "excluded": ["P2"]}, 1, 8 + 32 + 64),
    ],
)
def test_what_is_limited_to_products_counts_no_line_that_may_be_of_others(limits, volume, doubtful):
    terms, found, log = limited(**limits), sources(LINES), IssueLog()
    assert of(terms, found) == {"A": volume}
    assert reckonable([terms], ACCOUNTS, found, END, log) == [terms]
    issues = log.frame()
    assert issues["amount"].tolist() == ([] if doubtful is None else [doubtful])
    assert set(issues["reason_code"]) <= {"BASIS_PRODUCT_MISSING"}


def test_a_product_that_no_line_has_is_told_with_the_nearest_name():
    log = IssueLog()
    terms = limited(products=["空条", "P1"], excluded=["QQQQQQ"])
    reckonable([terms], ACCOUNTS, sources(LINES[:3]), END, log)
    told = log.frame()[["column_name", "original_value", "taken", "row_no"]].to_numpy().tolist()
    assert told == [
        ["eligible_products", "空条", "空调", 5],
        ["excluded_products", "QQQQQQ", "–", 5],
    ]


def test_a_policy_whose_tax_basis_an_own_line_lacks_cannot_be_reckoned():
    gross, log = limited(tax_included=True), IssueLog()
    lacking = {"amount": 100, "amount_net": 100}
    found = sources([line(5), lacking, lacking | {"customer_id": "B"}])
    assert reckonable([gross, R1], ACCOUNTS, found, END, log) == [R1]
    (issue,) = log.frame().to_dict("records")
    assert (issue["level"], issue["reason_code"]) == ("error", "BASIS_TAX_MISSING")
    assert (issue["original_value"], issue["taken"], issue["row_no"]) == ("3, 4", "R1", 5)
    assert "R1" in texts(log.frame(), "en")["reason_text"].iloc[0]


def test_growth_needs_the_tax_basis_of_the_year_before_too():
    lacking = {"amount": 100, "amount_gross": 113, "date": "2025-03-01"}
    growth, log = limited(basis="growth", policy_id="R2"), IssueLog()
    found = sources([line(5), lacking])
    assert reckonable([R1, growth], ACCOUNTS, found, END, log) == [R1]
    told = log.frame()[["reason_code", "original_value", "taken"]].to_numpy().tolist()
    assert told == [["BASIS_TAX_MISSING", "3", "R2"]]


@pytest.mark.parametrize(
    "facts", [{"customer_id": "Z"}, {"date": "2025-12-31"}, {"date": "2027-01-01"}]
)
def test_lines_that_do_not_count_may_lack_it(facts):
    gross, log = limited(tax_included=True), IssueLog()
    found = sources([line(5), {"amount": 100, "amount_net": 100} | facts])
    assert reckonable([gross], ACCOUNTS, found, END, log) == [gross]
    assert log.frame().empty


def test_lines_without_quantity_are_told_and_a_policy_without_any_is_left_out():
    pieces, log = limited(basis="quantity"), IssueLog()
    some = sources([line(5, qty=3), line(6, qty=None)])
    assert reckonable([pieces], ACCOUNTS, some, END, log) == [pieces]
    assert of(pieces, some) == {"A": 3}
    assert reckonable([pieces], ACCOUNTS, sources([line(5)]), END, log) == []
    assert log.frame()["reason_code"].tolist() == ["BASIS_QUANTITY_MISSING"] * 2


PAID = limited(basis="receipts", tax_included=True)


def test_receipts_are_summed_where_they_are_the_basis():
    log = IssueLog()
    found = sources(
        [line(1)],
        [
            {"amount": 100},
            {"amount": -30, "date": "2026-04-01"},
            {"amount": 10, "currency": "USD", "date": "2026-05-01"},
            {"amount": 5, "date": "2027-01-01"},
            {"amount": 6, "date": None},
            {"amount": None},
            {"amount": 7, "currency": "EUR"},
            {"amount": 8, "currency": "???"},
            {"amount": 9, "customer_id": None},
        ],
        rates=[("USD", "2026-01-01", "7.1")],
        log=log,
    )
    assert of(PAID, found) == {"A": 141}
    assert sorted(log.frame()["reason_code"]) == [
        "AMOUNT_MISSING",
        "CURRENCY_UNKNOWN",
        "DATE_MISSING",
        "FUTURE_DATE",
        "FX_MISSING",
        "KEY_EMPTY",
    ]


def test_a_receipt_that_equals_another_counts_and_is_told():
    log = IssueLog()
    found = sources([line(1)], [{"amount": 100}, {"amount": 100}, {"amount": 90}], log=log)
    assert of(PAID, found) == {"A": 290}
    told = log.frame()[["reason_code", "row_no", "amount"]].to_numpy().tolist()
    assert told == [["DUPLICATE_SUSPECTED", 3, 100]]


@pytest.mark.parametrize(
    ("terms", "receipts", "code"),
    [
        (PAID, None, "RECEIPTS_NEEDED"),
        (limited(method="payment age"), None, "RECEIPTS_NEEDED"),
        (replace(PAID, tax_included=False), [{"amount": 1}], "RECEIPTS_ARE_GROSS"),
        (replace(PAID, products=frozenset(["P1"])), [{"amount": 1}], "RECEIPTS_WITHOUT_PRODUCTS"),
    ],
)
def test_what_receipts_cannot_tell_is_not_reckoned(terms, receipts, code):
    log = IssueLog()
    found = sources([line(1, product_id="P1")], receipts)
    assert reckonable([terms], ACCOUNTS, found, END, log) == []
    assert log.frame()["reason_code"].tolist() == [code]
    assert log.frame()["row_no"].tolist() == [5]


def test_receipts_by_age_need_gross_invoices_and_a_factor_does_without():
    lines = [line(5), {"amount": 100, "amount_net": 100, "date": "2025-06-01"}]
    aged = limited(method="payment age", policy_id="R2")
    factored = replace(R1, factors=((30, D(1)),))
    log = IssueLog()
    found = sources(lines, [{"amount": 1}])
    assert reckonable([aged, factored], ACCOUNTS, found, END, log) == [factored]
    told = log.frame()[["reason_code", "taken", "handling"]].to_numpy().tolist()
    assert told == [
        ["PAYMENT_TAX_MISSING", "R2", "POLICY_NOT_RECKONED"],
        ["PAYMENT_TAX_MISSING", "R1", "FACTOR_MISSING"],
    ]


def test_the_table_has_a_row_for_each_account_that_the_policy_is_open_to():
    found = sources(
        [
            line(70, date="2025-02-28"),
            line(100, date="2026-12-21"),
            line(20, date="2026-12-22"),
            line(-9, customer_id="B"),
            line(5, customer_id="Z"),
        ]
    )
    growth = limited(basis="growth", policy_id="R2", customers=["A"])
    table = basis_table([R1, growth], ACCOUNTS, found, END, push_days=10)
    rows = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    assert rows == [
        ["R1", "A", 120, 120, None, 100, False],
        ["R1", "B", -9, 0, None, 0, False],
        ["R1", "C", 0, 0, None, 0, False],
        ["R2", "A", 120, 120, 70, 100, False],
    ]
    assert table["customer_id"].dtype == "str"


def test_the_year_before_a_february_ends_with_it():
    february = Window(date(2025, 2, 1), date(2025, 2, 28))
    growth = limited(basis="growth", window=february)
    found = sources([line(3, date="2024-02-29"), line(5, date="2025-02-28")])
    table = basis_table([growth], ACCOUNTS[:1], found, END)
    assert table[["basis_value", "prior_basis_value"]].to_numpy().tolist() == [[5, 3]]


def test_no_policy_is_an_empty_table():
    assert basis_table([], ACCOUNTS, sources([line(1)]), END).empty


days = st.dates(date(2025, 12, 20), date(2026, 1, 20))
cents = st.integers(-10_000, 10_000).map(lambda each: D(each).scaleb(-2))
rows = st.lists(
    st.builds(
        lambda day, who, amount, product: line(
            amount, date=day.isoformat(), customer_id=who, product_id=product
        ),
        days,
        st.sampled_from("ABC"),
        cents,
        st.sampled_from(["P1", "P2", None]),
    ),
    min_size=1,
    max_size=12,
)
limits = st.sampled_from([{}, {"products": ["P1"]}, {"excluded": ["P1"]}])


def expected(lines: list[dict], limits: dict, first: date, last: date) -> D:
    """The sum of the lines that a reader would choose one by one."""
    total = D(0)
    for each in lines:
        product, day = each["product_id"], date.fromisoformat(each["date"])
        fits = True
        if limits.get("products"):
            fits = product == "P1"
        if limits.get("excluded"):
            fits = product is not None and product != "P1"
        if fits and first <= day <= last:
            total += each["amount"]
    return total


@settings(max_examples=60)
@given(rows, limits, days)
def test_the_accounts_add_up_to_the_chosen_lines_and_a_day_adds_its_own(lines, limits, day):
    terms, found = limited(**limits), sources(lines)
    until = sum(of(terms, found, day).values())
    assert until == expected(lines, limits, YEAR.start, day)
    next_day = day + timedelta(days=1)
    added = sum(of(terms, found, next_day).values()) - until
    assert added == expected(lines, limits, max(next_day, YEAR.start), next_day)


@settings(max_examples=40)
@given(rows, limits, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(lines, limits, random):
    shuffled = random.sample(lines, len(lines))
    terms = limited(**limits)
    assert of(terms, sources(lines)) == of(terms, sources(shuffled))
