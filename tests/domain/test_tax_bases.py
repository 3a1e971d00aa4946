"""Net sales in both tax bases, and what was taken off on the invoice."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.netting import net_sales
from kam_excel.domain.netting_rules import NettingRules

D = Decimal
TEXTS = ("customer_id", "doc_no", "doc_type", "currency", "promo_id", "product_id")


def rules(**changes):
    return NettingRules(**{"as_of": date(2026, 6, 30), **changes})


def sales(*rows, **shared):
    """Rows of 2026-01-05 and customer A unless they say otherwise, from sheet row 2 on."""
    frame = pd.DataFrame(
        [{"date": "2026-01-05", "customer_id": "A"} | shared | row for row in rows]
    )
    for name in frame:
        if name == "date":
            frame[name] = pd.to_datetime(frame[name])
        elif name in TEXTS:
            frame[name] = frame[name].astype("str")
        else:
            given_values = frame[name].astype(object)
            frame[name] = exact([None if pd.isna(v) else D(str(v)) for v in given_values])
    return frame.set_axis(range(2, len(rows) + 2))


def told(result, *names):
    """The columns as tuples by line, missing values as None."""
    rows = result.lines[list(names)].astype(object).to_numpy()
    return [tuple(None if pd.isna(value) else value for value in row) for row in rows]


def bases(result):
    return told(result, "amount", "amount_net", "amount_gross")


def test_the_other_basis_is_what_its_column_says_else_by_the_tax_rate_else_missing():
    result = net_sales(
        sales(
            {"amount": 100, "amount_gross": "112.99", "tax_rate": "0.13"},
            {"amount": 100, "tax_rate": "0.13"},
            {"amount": 100},
            {"amount": 100, "tax_rate": "13"},
            {"amount": 0},
        ),
        rules(),
    )
    assert bases(result) == [
        (100, 100, D("112.99")),
        (100, 100, 113),
        (100, 100, None),
        (100, 100, None),
        (0, 0, 0),
    ]
    assert result.issues.empty


def test_of_gross_amounts_the_net_ones_are_rounded_far_below_a_cent():
    lines = sales({"amount": 100, "tax_rate": "0.13"}, {"amount": 113, "amount_net": "100.01"})
    result = net_sales(lines, rules(tax_basis="gross"))
    assert bases(result) == [(100, D("88.495575"), 100), (113, D("100.01"), 113)]


def test_a_default_rate_tells_the_other_basis_too():
    result = net_sales(sales({"amount": 100}), rules(default_tax_rate=D("0.06")))
    assert bases(result) == [(100, 100, 106)]


def test_both_bases_and_the_discount_are_converted_at_the_date_of_the_line():
    rates = sales({"date": "2026-01-01", "currency": "USD", "fx_rate": "7.1"})
    rates = rates.rename(columns={"date": "effective_date"})
    lines = sales({"amount": 100, "amount_gross": 113, "discount": 5, "currency": "USD"})
    result = net_sales(lines, rules(), fx_rates=rates)
    assert told(result, "amount_net", "amount_gross", "discount") == [(710, D("802.3"), D("35.5"))]


def test_returns_are_negative_in_both_bases():
    result = net_sales(
        sales(
            {"amount": 100, "amount_gross": 113, "discount": 5, "doc_type": "return"},
            {"amount": -100, "amount_gross": 113, "discount": 5},
            {"amount": -100, "amount_gross": -113, "discount": -5},
            {"amount": 300, "amount_gross": 339, "discount": 15},
        ),
        rules(),
    )
    assert bases(result) == [(-100, -100, -113)] * 3 + [(300, 300, 339)]
    assert told(result, "discount") == [(-5,), (-5,), (-5,), (15,)]


def test_a_sale_below_nothing_in_the_other_basis_is_not_believed():
    assert bases(net_sales(sales({"amount": 100, "amount_gross": -113}), rules())) == [
        (100, 100, None)
    ]


@pytest.mark.parametrize(
    ("row", "discount"),
    [
        ({"amount": 95, "discount": 5}, 5),
        ({"amount": 95, "discount": -5}, 5),
        ({"amount": 95, "discount": 5, "discount_rate": "0.5", "qty": 10, "price": 10}, 5),
        ({"amount": 95, "discount_rate": "0.05", "qty": 10, "price": 10}, 5),
        ({"amount": "9.49", "discount_rate": "0.051", "qty": 1, "price": 10}, D("0.51")),
        ({"amount": 100, "discount_rate": "0.05", "qty": 10, "price": 10}, None),
        ({"amount": 95, "discount_rate": "0.05"}, None),
        ({"discount_rate": "0.05", "qty": 10, "price": 10}, None),
        ({"amount": 95}, None),
    ],
)
def test_a_discount_is_told_where_it_is_certain(row, discount):
    assert told(net_sales(sales(row), rules()), "discount") == [(discount,)]


def test_negative_discounts_beside_positive_ones_are_surcharges():
    result = net_sales(sales({"amount": 95, "discount": 5}, {"amount": 9, "discount": -1}), rules())
    assert told(result, "discount") == [(5,), (-1,)]


def test_promotions_are_kept():
    result = net_sales(sales({"amount": 1, "promo_id": " C1 "}, {"amount": 2}), rules())
    assert told(result, "promo_id") == [("C1",), (None,)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"amount": 50}, (-50, D("-56.5"), D("-2.5"))),
        ({"qty": 2}, (-20, D("-22.6"), -1)),
        ({"amount": 50, "amount_gross": 55}, (-50, -55, D("-2.5"))),
    ],
)
def test_the_returns_sheet_takes_off_both_bases_in_proportion(row, expected):
    lines = sales({"amount": 100, "tax_rate": "0.13", "discount": 5, "qty": 10, "doc_no": "S1"})
    returned = sales({"date": "2026-02-01", "doc_no": "S1"} | row)
    result = net_sales(lines, rules(), returns=returned)
    found = told(result, "amount_net", "amount_gross", "discount")
    assert found == [(100, 113, 5), expected]
    assert told(result, "amount")[1] == (expected[0],)


def test_a_return_of_unknown_sales_has_the_other_basis_only_by_a_rate():
    lines = sales({"amount": 100, "doc_no": "S1"})
    returned = sales({"amount": 50, "doc_no": "S9"})
    for rate, gross in ((None, None), (D("0.13"), D("-56.5"))):
        result = net_sales(lines, rules(default_tax_rate=rate), returns=returned)
        assert bases(result)[1] == (-50, -50, gross)


cents = st.integers(-10_000_000, 10_000_000).map(lambda each: D(each).scaleb(-2))
rates = st.sampled_from([None, "0", "0.06", "0.13", "2"])


@settings(max_examples=40)
@given(
    st.lists(st.tuples(cents, rates, st.none() | cents), min_size=1, max_size=6),
    st.sampled_from(["net", "gross"]),
)
def test_the_basis_of_the_result_is_always_the_amount(rows, basis):
    other = "gross" if basis == "net" else "net"
    lines = sales(*({"amount": a, "tax_rate": rate, f"amount_{other}": o} for a, rate, o in rows))
    result = net_sales(lines, rules(tax_basis=basis))
    for amount, same, counter, is_return in told(
        result, "amount", f"amount_{basis}", f"amount_{other}", "is_return"
    ):
        assert same == amount
        assert counter is None or amount == 0 or (counter <= 0 if is_return else counter >= 0)
