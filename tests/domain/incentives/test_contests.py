"""Places and prizes of sales contests."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contests import places, shared_prizes

D = Decimal


def measures(**by_code: str | None) -> pd.Series:
    values = [None if value is None else D(value) for value in by_code.values()]
    return pd.Series(exact(values).array, index=list(by_code))


def test_the_greatest_measure_is_first_and_equals_share_a_place():
    assert places(measures(a="1.20", b="1.35", c="1.20", d="0.9")).to_dict() == {
        "a": 2,
        "b": 1,
        "c": 2,
        "d": 4,
    }


def test_who_has_no_measure_has_no_place():
    assert places(measures(a="1", b=None)).isna().to_dict() == {"a": False, "b": True}


def test_tied_places_share_their_prizes_and_the_odd_cent_goes_to_the_lower_code():
    placed = pd.Series({"c": 1, "a": 1, "b": 1, "d": 4}, dtype="Int64")
    won = shared_prizes(placed, {1: D(100), 2: D(50), 3: D("20.01"), 4: D(5)})
    assert won.to_dict() == {"c": D("56.67"), "a": D("56.67"), "b": D("56.67"), "d": D("5.00")}
    odd = shared_prizes(placed, {1: D("0.05")})
    assert odd.to_dict() == {"c": D("0.01"), "a": D("0.02"), "b": D("0.02"), "d": D("0.00")}


def test_goods_go_to_one_the_second_measure_decides_then_the_lower_code():
    first = measures(a="1", b="1", c="1", d="1")
    growth = measures(a="0.1", b="0.3", c="0.1", d=None)
    assert places(first, growth).to_dict() == {"a": 2, "b": 1, "c": 3, "d": 4}


def test_prizes_are_whole_cents():
    with pytest.raises(ValueError, match="whole cents"):
        shared_prizes(pd.Series({"a": 1}, dtype="Int64"), {1: D("0.005")})


@given(
    st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 3), min_size=1),
    st.lists(st.integers(0, 10_000), max_size=5),
)
def test_no_cent_is_lost_or_made(results, cents):
    prizes = {place: D(each) * D("0.01") for place, each in enumerate(cents, start=1)}
    placed = places(measures(**{code: str(value) for code, value in results.items()}))
    won = shared_prizes(placed, prizes)
    taken = [prizes.get(number, D(0)) for number in range(1, len(results) + 1)]
    assert won.sum() == sum(taken, D(0))
    assert won[placed == 1].max() - won[placed == 1].min() <= D("0.01")
