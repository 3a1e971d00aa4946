"""Accruals while a period runs."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import tiers
from kam_excel.domain.incentives.accrual import accrued, expected_basis

D = Decimal
SCALE = tiers.scale_of([D(0), D(1_000_000), D(5_000_000)], [D("0.01"), D("0.02"), D("0.03")])


def in_full(volumes):
    return tiers.retrospective(volumes, SCALE)


def test_three_millions_at_60_per_cent_of_the_season_accrue_90_000():
    to_date = exact([D(3_000_000), D(3_000_000)])
    expected = expected_basis(to_date, exact([D("0.60"), D("0.625")]))
    assert expected.tolist() == [D("5000000.00"), D("4800000.00")]
    assert accrued(to_date, expected, in_full).tolist() == [D("90000.00"), D("60000.00")]


def test_earned_to_date_is_60_000_whatever_is_expected():
    to_date = exact([D(3_000_000)])
    owed = accrued(to_date, exact([D(5_000_000)]), in_full, method="earned_to_date")
    assert owed.tolist() == [D("60000.00")]


def test_without_a_share_of_the_season_what_is_earned_to_date_is_accrued():
    to_date = exact([D(3_000_000)])
    expected = expected_basis(to_date, exact([D(0)]))
    assert expected.isna().all()
    assert accrued(to_date, expected, in_full).tolist() == [D("60000.00")]


def test_only_the_part_that_is_certain_enough_is_recognised():
    volume = exact([D(3_000_000)])
    owed = accrued(volume, volume, in_full, constraint=D("0.9"))
    assert owed.tolist() == [D("54000.00")]


@given(st.integers(1, 10**12).map(lambda each: D(each).scaleb(-2)))
def test_at_the_end_of_the_period_both_methods_are_what_is_earned(volume):
    volumes = exact([volume])
    both = [
        accrued(volumes, volumes, in_full, method=method)[0]
        for method in ("most_likely", "earned_to_date")
    ]
    assert both[0] == both[1]
