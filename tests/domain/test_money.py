"""Rounding is Excel's, once, from the exact value."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.money import divide, round_half_up, share_float, times, total

D = Decimal
DECIMALS = st.builds(
    lambda n, scale: D(f"{n}E-{scale}"), st.integers(-(2**66), 2**66), st.integers(0, 4)
)
FRACTIONS = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
PLACES = st.integers(0, 4)


def half_up(number, places):
    away = int(abs(number) * 10**places + Fraction(1, 2))
    return Fraction(away if number >= 0 else -away, 10**places)


class TestRoundHalfUp:
    def test_where_python_and_excel_differ(self):
        # What the builtin makes of them, to show that the difference is real:
        assert (round(2.5), round(2.675, 2)) == (2, 2.67)
        assert round_half_up(D("2.5"), 0) == 3
        assert round_half_up(exact([2.675])).tolist() == [D("2.68")]

    def test_negative_amounts_mirror_positive_ones(self):
        assert round_half_up(exact([-2.675, 2.675])).tolist() == [D("-2.68"), D("2.68")]

    def test_a_series_takes_the_places_of_the_result(self):
        assert round_half_up(exact([1.0])).dtype == "exact[2]"
        assert str(round_half_up(1)) == "1.00"

    @pytest.mark.parametrize("amounts", [2.675, pd.Series([2.675])])
    def test_floats_are_refused(self, amounts):
        with pytest.raises(TypeError, match=r"exact\(\)"):
            round_half_up(amounts)

    def test_a_number_that_is_none_is_refused(self):
        with pytest.raises(ValueError, match="not an amount"):
            round_half_up(D("NaN"))


class TestDivide:
    def test_a_mean(self):
        sales = exact([10.0, 20.0, 20.01])
        assert divide(total(sales), len(sales)) == D("16.67")

    def test_by_a_series_aligned_by_index(self):
        net = pd.Series([D(10), D(1), D(5)], index=["A", "B", "C"], dtype="exact[2]", name="net")
        orders = pd.Series([8, 3, 0], index=["B", "A", "C"])
        expected = pd.Series(
            [D("3.33"), D("0.13"), None], index=["A", "B", "C"], dtype="exact[2]", name="net"
        )
        pd.testing.assert_series_equal(divide(net, orders), expected)
        pd.testing.assert_series_equal(divide(net, exact(orders)), expected)

    def test_a_gap_or_an_absent_row_gives_a_gap(self):
        quotients = divide(exact([1.0, None, 1.0]), exact([2.0, 2.0]))
        assert quotients.tolist() == [D("0.50"), pd.NA, pd.NA]

    def test_one_divisor_of_zero_is_an_error(self):
        with pytest.raises(ZeroDivisionError, match="cannot be divided by 0"):
            divide(exact([1.0]), 0)

    def test_a_float_divisor_is_refused(self):
        for by in (0.5, pd.Series([0.5])):
            with pytest.raises(TypeError, match=r"exact\(\)"):
                divide(exact([1.0]), by)

    def test_one_amount_has_no_series_of_divisors(self):
        with pytest.raises(TypeError, match="by a Series"):
            divide(D(1), exact([2.0]))

    @given(DECIMALS, DECIMALS.filter(bool), PLACES)
    def test_quotients_are_rounded_once(self, amount, by, places):
        expected = half_up(Fraction(amount) / Fraction(by), places)
        assert Fraction(divide(amount, by, places)) == expected
        assert known(divide(exact([amount]), exact([by]), places)) == [expected]

    @given(DECIMALS, FRACTIONS.filter(bool), PLACES)
    def test_by_a_fraction(self, amount, by, places):
        assert Fraction(divide(amount, by, places)) == half_up(Fraction(amount) / by, places)


class TestTimes:
    def test_a_third(self):
        thirds = times(exact([100.0, 0.05, None]), Fraction(1, 3))
        assert thirds.tolist() == [D("33.33"), D("0.02"), pd.NA]

    @given(DECIMALS, FRACTIONS, PLACES)
    def test_products_are_rounded_once(self, amount, fraction, places):
        expected = half_up(Fraction(amount) * fraction, places)
        assert Fraction(times(amount, fraction, places)) == expected
        assert known(times(exact([amount]), fraction, places)) == [expected]


class TestTotalsAndShares:
    def test_a_total_leaves_gaps_out(self):
        assert str(total(exact([0.1, 0.2, None]))) == "0.3"
        assert str(total(exact([], scale=2))) == "0.00"

    def test_floats_have_no_total(self):
        with pytest.raises(TypeError, match="float64"):
            total(pd.Series([0.1]))

    def test_shares_of_a_whole(self):
        net = pd.Series(exact([1.0, 3.0, None]), name="net")
        pd.testing.assert_series_equal(
            share_float(net, total(net)), pd.Series([0.25, 0.75, np.nan], name="net")
        )

    def test_shares_of_each_its_own(self):
        shares = share_float(exact([1.0, 3.0, 1.0]), exact([4.0, 0.0]))
        pd.testing.assert_series_equal(shares, pd.Series([0.25, np.nan, np.nan]))

    def test_a_whole_of_zero_has_no_shares(self):
        assert share_float(exact([1.0, 0.0]), 0).isna().all()


def known(series):
    return [Fraction(value) for value in series.dropna()]
