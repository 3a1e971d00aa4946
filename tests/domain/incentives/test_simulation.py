"""Scales as curves, and what another scale would cost."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals import dealing, policy, scale
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.settlement import Caps
from kam_excel.domain.incentives.simulation import (
    compared,
    simulated,
    simulated_volumes,
    summed,
)

D = Decimal


def at(curve, volume):
    return curve.set_index("sim_basis").loc[D(volume)]


def test_a_curve_shows_both_sides_of_each_bound():
    volumes = simulated_volumes([D(0), D(1_000_000), D(5_000_000)])
    assert (volumes[0], volumes[-1]) == (0, D(6_000_000))
    assert {D("999999.99"), D(1_000_000), D("4999999.99"), D(5_000_000)} <= set(volumes)


def test_a_curve_goes_on_to_what_it_has_to_reach():
    bounds = [D(0), D(1000)]
    assert simulated_volumes(bounds, reach=D(1200)) == simulated_volumes(bounds)
    volumes = simulated_volumes(bounds, reach=D("9000.07"))
    assert volumes[: len(simulated_volumes(bounds))] == simulated_volumes(bounds)
    assert volumes[-1] == D("9000.07")
    assert max(b - a for a, b in pairwise(volumes)) < 165
    assert simulated_volumes([D(100)], places=0, reach=D(500))[-1] == 500


def test_a_curve_tells_what_is_paid_and_what_the_next_yuan_earns():
    curve = simulated(policy(scale=scale({0: "0.01", 1_000_000: "0.02"})))
    assert at(curve, 1_000_000)["sim_rebate"] == D(10_000)
    assert at(curve, 1_200_000)["sim_rebate"] == D(14_000)
    assert at(curve, 1_200_000)["effective_rate"] == pytest.approx(14 / 1200)
    assert at(curve, 1_200_000)["marginal_rate"] == pytest.approx(0.02)
    assert pd.isna(at(curve, 1_000_000)["marginal_rate"])
    cliff = simulated(policy(method="retrospective"))
    assert at(cliff, "4999999.99")["sim_rebate"] == D(100_000)
    assert at(cliff, 5_000_000)["sim_rebate"] == D(150_000)


def test_a_curve_has_the_bounds_of_both_scales_and_what_either_pays():
    curve = simulated(policy(), proposed=scale({0: "0.01", 2_000_000: "0.03"}))
    assert at(curve, 2_000_000)[["sim_rebate", "proposed_rebate"]].tolist() == [30_000, 20_000]
    assert curve["sim_basis"].max() == D(6_000_000)


def test_caps_flatten_a_curve():
    curve = simulated(policy(caps=Caps(amount=D(50_000))))
    assert curve["sim_rebate"].max() == D(50_000)


def test_growth_is_shown_over_a_year_before():
    terms = policy(method="growth", scale=scale({"0.05": "0.01"}))
    curve = simulated(terms, prior=D(1_000_000))
    assert at(curve, 1_050_000)["sim_rebate"] == D(10_500)
    assert at(curve, "1049999.99")["sim_rebate"] == 0


def test_receipts_by_their_age_have_no_curve():
    assert simulated(policy(basis="receipts", method="payment age")).empty


def test_a_changed_tier_tells_its_cost_and_who_gains_or_loses():
    deal = dealing(policy(), A=6_200_000, B=900_000, C=2_000_000)
    rows = compared([deal], {"R1": scale({0: "0.005", 1_000_000: "0.02", 5_000_000: "0.04"})})
    assert rows.set_index("customer_id")["rebate_change"].to_dict() == {
        "A": D("7000.00"),
        "B": D("-4500.00"),
        "C": D("-5000.00"),
    }
    assert rows["impact"].tolist() == ["gains", "loses", "loses"]
    (total,) = summed(rows).to_dict("records")
    assert total == {
        "policy_id": "R1",
        "rebate_now": D("165000.00"),
        "proposed_rebate": D("162500.00"),
        "rebate_change": D("-2500.00"),
        "n_gaining": 1,
        "n_losing": 2,
        "n_unchanged": 0,
    }


def test_a_policy_whose_place_another_takes_is_told_too():
    first = dealing(policy(policy_id="P1", priority=1, scale=scale({0: "0.01"})), A=1000, B=10)
    second = dealing(policy(policy_id="P2", priority=2, scale=scale({0: "0.02"})), A=1000, B=0)
    rows = compared([first, second], {"P1": scale({0: 0})})
    assert rows[["policy_id", "customer_id"]].to_numpy().tolist() == [
        ["P1", "A"],
        ["P1", "B"],
        ["P2", "A"],
    ]
    assert rows["rebate_change"].tolist() == [D(-10), D("-0.10"), D(20)]


cents = st.integers(0, 10**9).map(lambda each: D(each).scaleb(-2))


@settings(max_examples=30)
@given(st.lists(cents, min_size=1, max_size=5))
def test_the_same_scale_changes_nothing(volumes):
    deal = dealing(policy(), **{f"C{n}": volume for n, volume in enumerate(volumes)})
    rows = compared([deal], {"R1": policy().scale})
    assert (rows["rebate_change"] == exact([0] * len(rows))).all()
    assert set(rows["impact"]) == {"unchanged"}
