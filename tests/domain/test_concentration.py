from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.concentration import (
    alert,
    cr,
    effective_number,
    exact_fraction,
    gini,
    hhi,
    lorenz,
    shares,
    thinned,
)
from kam_excel.domain.exact import exact

amounts = st.decimals(-(10**9), 10**9, places=2)
sales = st.lists(amounts, min_size=1, max_size=30).map(exact)
positive_sales = st.lists(
    st.decimals(Decimal("0.01"), 10**9, places=2), min_size=1, max_size=30
).map(exact)


def test_the_worked_example(ten):
    assert cr(ten, 2) == 0.65
    assert hhi(ten) == 2526.58
    assert effective_number(ten) == pytest.approx(3.96, abs=0.005)
    assert gini(ten) == 0.5954


def test_one_customer_is_all_there_is(accounts):
    only = accounts(A="12.34")
    assert (hhi(only), gini(only), effective_number(only), cr(only, 5)) == (10_000, 0, 1, 1)
    assert alert(only) == "both"


def test_equal_accounts_are_not_concentrated(accounts):
    equal = accounts(**{f"a{i}": 10 for i in range(8)})
    assert (hhi(equal), gini(equal), effective_number(equal), cr(equal, 3)) == (1250, 0, 8, 0.375)


def test_without_positive_sales_nothing_can_be_said(accounts):
    for values in (accounts(), accounts(A=0, B=-5)):
        assert (hhi(values), gini(values), effective_number(values), cr(values, 1)) == (None,) * 4
        assert alert(values) == "normal"
        assert lorenz(values).empty
        assert shares(values).empty


def test_shares_are_of_the_positive_values(accounts):
    found = shares(accounts(A=700, B=300, C=-100))
    assert found.to_dict() == {"A": Fraction(7, 10), "B": Fraction(3, 10)}


def test_a_wider_base_lowers_the_share(accounts):
    values = accounts(A=20, B=10)
    assert cr(values, 1, base=Decimal(100)) == 0.2
    assert alert(values, base=Decimal(100)) == "top1"
    assert alert(values, base=Decimal("100.01")) == "normal"


def test_alert_levels_are_inclusive(accounts):
    ten_equal = accounts(**{f"a{i}": 10 for i in range(10)})
    assert alert(ten_equal) == "top5"
    assert alert(ten_equal, top1=Decimal("0.1")) == "both"
    assert alert(ten_equal, top5=Decimal("0.51")) == "normal"


def test_the_lorenz_curve_of_two_accounts(accounts):
    curve = lorenz(accounts(A=75, B=25, C=-5))
    assert curve["rank"].tolist() == [0, 1, 2]
    assert curve["cum_customer_share"].tolist() == [0, 0.5, 1]
    assert curve["cum_share"].tolist() == [0, 0.25, 1]


def test_a_thinned_curve_is_evenly_spaced_between_its_ends(accounts):
    curve = lorenz(accounts(**{f"a{i}": i for i in range(1, 11)}))
    assert thinned(curve, 6)["rank"].tolist() == [0, 2, 4, 6, 8, 10]
    assert thinned(curve, 4)["rank"].tolist() == [0, 3, 7, 10]
    assert thinned(curve, 2).equals(curve.iloc[[0, 10]].reset_index(drop=True))


def test_a_short_curve_is_not_thinned(accounts):
    curve = lorenz(accounts(A=75, B=25))
    pd.testing.assert_frame_equal(thinned(curve, 3), curve)
    pd.testing.assert_frame_equal(thinned(curve, 200), curve)
    assert thinned(lorenz(accounts()), 2).empty


def test_a_curve_has_two_ends(accounts):
    with pytest.raises(ValueError, match="two ends"):
        thinned(lorenz(accounts(A=1)), 1)


def test_a_float_proportion_is_refused():
    with pytest.raises(TypeError, match=r"Decimal\('0.07'\)"):
        exact_fraction(0.07)


@given(positive_sales)
def test_shares_sum_to_exactly_one(values):
    assert sum(shares(values), Fraction(0)) == 1


@given(positive_sales)
def test_hhi_lies_between_equal_and_alone(values):
    assert 10_000 / len(values) <= hhi(values) <= 10_000


@given(positive_sales)
def test_gini_lies_between_equal_and_below_one(values):
    assert 0 <= gini(values) < 1


@given(sales)
def test_the_lorenz_curve_rises_below_the_diagonal(values):
    curve = lorenz(values)
    assert curve["cum_share"].is_monotonic_increasing
    assert (curve["cum_share"] <= curve["cum_customer_share"] + 1e-12).all()
    if not curve.empty:
        assert curve["cum_share"].iloc[0] == 0
        assert curve["cum_share"].iloc[-1] == 1


@given(sales, st.integers(2, 40))
def test_a_thinned_curve_keeps_its_ends_and_rises(values, points):
    curve = lorenz(values)
    thin = thinned(curve, points)
    assert len(thin) == min(points, len(curve))
    pd.testing.assert_frame_equal(
        thin, curve[curve["rank"].isin(thin["rank"])].reset_index(drop=True)
    )
    steps = thin["rank"].diff().dropna()
    assert steps.empty or steps.max() - steps.min() <= 1
    if not curve.empty:
        assert thin["rank"].iloc[[0, -1]].tolist() == curve["rank"].iloc[[0, -1]].tolist()


@given(sales, st.randoms())
def test_order_of_accounts_does_not_matter(values, random):
    order = list(range(len(values)))
    random.shuffle(order)
    shuffled = values.iloc[order]
    assert (hhi(shuffled), gini(shuffled)) == (hhi(values), gini(values))
    pd.testing.assert_frame_equal(lorenz(shuffled), lorenz(values))
