"""The next tier, cliffs, and scales as curves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import tiers
from kam_excel.domain.incentives.next_tier import next_tiers, simulate, simulated_volumes

D = Decimal
SCALE = tiers.scale_of([D(0), D(1_000_000), D(5_000_000)], [D("0.01"), D("0.02"), D("0.03")])


def in_full(volumes):
    return tiers.retrospective(volumes, SCALE)


def sliced(volumes):
    return tiers.stepped(volumes, SCALE)


def test_one_cent_below_a_tier_that_cent_gains_50_000():
    (row,) = next_tiers(exact([D("4999999.99")]), SCALE, in_full).to_dict("records")
    assert (row["tier"], row["next_tier"], row["next_tier_lower"]) == (2, 3, D(5_000_000))
    assert row["tier_gap"] == D("0.01")
    assert row["tier_gain"] == D("50000.0002")
    assert row["cliff_ratio"] > 1


def test_slices_have_no_cliff():
    (row,) = next_tiers(exact([D("4999999.99")]), SCALE, sliced).to_dict("records")
    assert row["tier_gain"] == D("0.0002")
    assert row["cliff_ratio"] == pytest.approx(0.02)


def test_on_the_last_tier_there_is_no_next_one():
    row = next_tiers(exact([D(6_000_000)]), SCALE, in_full).iloc[0]
    assert row["tier"] == 3
    assert row.drop("tier").isna().all()


def test_a_volume_that_is_missing_has_no_tier():
    assert next_tiers(exact([None]), SCALE, in_full).isna().all(axis=None)


def test_a_curve_shows_both_sides_of_each_bound():
    volumes = simulated_volumes(SCALE)
    assert volumes[0] == 0
    assert volumes[-1] == D(6_000_000)
    assert {D("999999.99"), D(1_000_000), D("4999999.99"), D(5_000_000)} <= set(volumes)


def test_a_curve_tells_what_the_next_yuan_earns():
    curve = simulate(SCALE, sliced, [D(0), D(1_000_000), D(2_000_000), D(6_000_000)])
    assert curve["sim_rebate"].tolist() == [D(0), D(10_000), D(30_000), D(120_000)]
    assert curve["tier"].tolist() == [1, 2, 2, 3]
    assert curve["effective_rate"].tolist()[1:] == [0.01, 0.015, 0.02]
    assert curve["marginal_rate"].tolist()[1:] == [0.01, 0.02, 0.0225]
