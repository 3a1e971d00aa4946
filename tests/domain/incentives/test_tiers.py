"""Rebates by tiers: worked examples, what happens at a bound, and laws."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives import proof, tiers
from kam_excel.domain.incentives.tiers import Scale, Tier, scale_of
from kam_excel.domain.money import round_half_up

D = Decimal

# 1 % from the first yuan, 2 % from a million, 3 % from five millions
SCALE = scale_of([D(0), D(1_000_000), D(5_000_000)], [D("0.01"), D("0.02"), D("0.03")])


def reached(volumes, scale):
    return tiers.numbers_at(volumes, tiers.bounds_of(volumes, scale), scale)


def full(*volumes: str) -> list[str]:
    return [f"{each:.2f}" for each in round_half_up(tiers.retrospective(_v(volumes), SCALE))]


def sliced(*volumes: str) -> list[str]:
    return [f"{each:.2f}" for each in round_half_up(tiers.stepped(_v(volumes), SCALE))]


def _v(volumes):
    return exact([D(each) for each in volumes])


def test_6_200_000_earns_186_000_in_full_and_126_000_in_slices():
    assert full("6200000") == ["186000.00"]
    assert sliced("6200000") == ["126000.00"]


def test_the_slices_of_6_200_000_are_shown_one_by_one():
    assert [
        (tier.lower, within, f"{earned:.2f}")
        for tier, within, earned in tiers.sections(D(6_200_000), SCALE)
    ] == [
        (D(0), D(1_000_000), "10000.00"),
        (D(1_000_000), D(4_000_000), "80000.00"),
        (D(5_000_000), D(1_200_000), "36000.00"),
    ]


def test_at_a_bound_one_cent_earns_50_000_in_full_and_nothing_in_slices():
    around = ("4999999.99", "5000000.00", "5000000.01")
    assert full(*around) == ["100000.00", "150000.00", "150000.00"]
    assert sliced(*around) == ["90000.00", "90000.00", "90000.00"]


def test_a_slice_is_multiplied_by_its_width_not_by_its_upper_bound():
    scale = scale_of([D(0), D(100), D(300)], [D("0.1"), D("0.2"), D("0.3")])
    assert tiers.stepped(exact([3800]), scale).tolist() == [D("1100.0")]


def test_a_bound_belongs_to_its_tier_unless_the_scale_is_exclusive():
    exclusive = Scale(SCALE.tiers, exclusive=True)
    volumes = _v(("0", "1000000", "1000000.01"))
    assert reached(volumes, SCALE).tolist() == [1, 2, 2]
    assert reached(volumes, exclusive).tolist() == [0, 1, 2]


def test_below_the_first_tier_nothing_is_earned():
    scale = scale_of([D(100)], [D("0.05")])
    assert tiers.retrospective(exact([99]), scale).tolist() == [D("0.00")]
    assert tiers.stepped(exact([99]), scale).tolist() == [D("0.00")]


def test_fixed_amounts_replace_each_other_in_full_and_add_up_in_slices():
    scale = scale_of([D(100), D(200)], amounts=[D(5), D(8)])
    assert tiers.retrospective(exact([250]), scale).tolist() == [D(8)]
    assert tiers.stepped(exact([250]), scale).tolist() == [D(13)]


def test_what_is_missing_stays_missing():
    assert tiers.retrospective(exact([None, 1]), SCALE).isna().tolist() == [True, False]
    assert tiers.stepped(exact([None, 1]), SCALE).isna().tolist() == [True, False]


@pytest.mark.parametrize("lowers", [[], [D(1), D(1)]])
def test_a_scale_needs_tiers_and_each_bound_once(lowers):
    with pytest.raises(ValueError, match="tier"):
        scale_of(lowers)


cents = st.integers(-10_000_000, 100_000_000).map(lambda each: Decimal(each).scaleb(-2))
rates = st.integers(0, 5_000).map(lambda each: Decimal(each).scaleb(-4))


@st.composite
def scales(draw, amounts: bool = True, rising: bool = False) -> Scale:
    lowers = sorted(draw(st.lists(cents, min_size=1, max_size=6, unique=True)))
    given_rates = draw(st.lists(rates, min_size=len(lowers), max_size=len(lowers)))
    fixed = [draw(cents.map(abs)) if amounts else D(0) for _ in lowers]
    rows = zip(lowers, sorted(given_rates) if rising else given_rates, fixed, strict=True)
    return Scale(tuple(Tier(*row) for row in rows), exclusive=draw(st.booleans()))


@given(scales(), st.lists(cents, min_size=1))
def test_both_computations_agree(scale, volumes):
    columns = tiers.retrospective(exact(volumes), scale), tiers.stepped(exact(volumes), scale)
    for name, column in zip(("retrospective", "stepped"), columns, strict=True):
        second = getattr(proof, name)
        assert round_half_up(column).tolist() == [
            proof.rounded(second(volume, scale)) for volume in volumes
        ]


@given(scales(amounts=False), cents)
def test_sliced_rebates_are_continuous_and_monotone(scale, volume):
    cent = D("0.01")
    here, next_ = tiers.stepped(exact([volume, volume + cent]), scale)
    assert 0 <= next_ - here <= cent * max(tier.rate for tier in scale.tiers)


@given(scales(amounts=False), cents)
def test_the_sections_add_up_to_the_sliced_rebate(scale, volume):
    (whole,) = tiers.stepped(exact([volume]), scale)
    assert sum((earned for _, _, earned in tiers.sections(volume, scale)), D(0)) == whole


@given(scales(amounts=False, rising=True), cents.map(abs))
def test_in_full_pays_at_least_what_slices_pay_where_rates_rise_from_zero_on(scale, volume):
    from_zero = Scale((Tier(D(0), scale.tiers[0].rate), *(t for t in scale.tiers if t.lower > 0)))
    full_, sliced_ = (
        f(exact([volume]), from_zero)[0] for f in (tiers.retrospective, tiers.stepped)
    )
    assert full_ >= sliced_
