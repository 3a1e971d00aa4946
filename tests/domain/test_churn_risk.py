from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.churn import RiskRule, revenue_at_risk, risk_levels
from kam_excel.domain.exact import exact

WEIGHTS = {"high": Decimal("0.50"), "medium": Decimal("0.20"), "low": Decimal("0.05")}


def signals(**columns):
    """The signals of one account; nothing is known but what is given."""
    frame = pd.DataFrame(
        {
            "n_order_dates": pd.array([columns.get("dates", 0)], dtype="Int64"),
            "median_order_gap": pd.Series([columns.get("gap")], dtype="float64"),
            "days_since_order": pd.array([columns.get("since")], dtype="Int64"),
        }
    )
    nets = exact([columns.get("recent"), columns.get("before")])
    return frame.assign(recent=nets.iloc[[0]], year_before=nets.array[[1]])


def level(rule=None, **columns):
    found = risk_levels(signals(**columns), rule).iloc[0]
    return None if pd.isna(found) else found


@pytest.mark.parametrize(
    ("since", "expected"),
    [(0, "low"), (19, "low"), (20, "medium"), (29, "medium"), (30, "high"), (31, "high")],
)
def test_an_account_is_late_from_two_gaps_on_and_very_late_from_three(since, expected):
    assert level(dates=3, gap=10, since=since) == expected


@pytest.mark.parametrize(
    ("since", "expected"), [(4, "low"), (5, "medium"), (7, "medium"), (8, "high")]
)
def test_half_days_count(since, expected):
    assert level(dates=3, gap=2.5, since=since) == expected


def test_the_multiple_is_compared_exactly():
    # 1.1 * 3 is 3.3000000000000003 in floats.
    rule = RiskRule(gap_multiple=Decimal("1.1"))
    assert level(rule, dates=11, gap=30, since=33) == "medium"
    assert level(RiskRule(gap_multiple=Fraction(1, 3)), dates=9, gap=9, since=3) == "medium"


def test_high_begins_at_one_and_a_half_times_the_multiple():
    rule = RiskRule(gap_multiple=4)
    found = [level(rule, dates=3, gap=10, since=since) for since in (39, 40, 59, 60)]
    assert found == ["low", "medium", "medium", "high"]


@pytest.mark.parametrize(
    ("recent", "expected"),
    [
        ("100", "low"),
        ("80.01", "low"),
        ("80", "medium"),
        ("60.01", "medium"),
        ("60", "high"),
        ("-5", "high"),
        ("250", "low"),
    ],
)
def test_a_fall_counts_from_a_fifth_on_and_doubly_from_two_fifths(recent, expected):
    assert level(recent=Decimal(recent), before=Decimal(100)) == expected


def test_a_fall_is_compared_exactly():
    # Both are -20.000000000000000 % in floats.
    base = Decimal(10) ** 20
    assert level(recent=base * 8 / 10, before=base) == "medium"
    assert level(recent=base * 8 / 10 + Decimal("0.01"), before=base) == "low"
    rule = RiskRule(medium_fall=Fraction(1, 3))
    assert level(rule, recent=Decimal(2), before=Decimal(3)) == "medium"


def test_the_worse_signal_holds():
    late = {"dates": 3, "gap": 10, "since": 20}
    assert level(**late, recent=100, before=100) == "medium"
    assert level(**late, recent=60, before=100) == "high"
    assert level(dates=3, gap=10, since=30, recent=80, before=100) == "high"


def test_a_missing_signal_says_nothing():
    assert level(dates=3, gap=10, since=5, recent=5, before=0) == "low"
    assert level(dates=2, gap=10, since=90, recent=100, before=100) == "low"


def test_two_orders_are_too_few_for_a_level():
    assert level(dates=2, gap=10, since=90) is None
    assert level(RiskRule(min_orders=2), dates=2, gap=10, since=90) == "high"


def test_one_order_has_no_usual_gap_whatever_the_rule():
    assert level(RiskRule(min_orders=1), dates=1, since=90) is None


def test_a_base_of_nothing_gives_no_level():
    assert level(recent=10, before=0) is None
    assert level(recent=10, before=-10) is None
    assert level() is None


def test_a_float_multiple_is_refused():
    with pytest.raises(TypeError, match="is a float"):
        level(RiskRule(gap_multiple=2.0), dates=3, gap=10, since=20)


def test_revenue_at_risk_is_net_times_the_weight_of_the_level(accounts):
    net = accounts(A=1000, B="200.50", C="0.01", D=50)
    levels = pd.Series({"A": "high", "B": "medium", "C": "low", "D": None}, dtype="str")
    found = revenue_at_risk(net, levels, WEIGHTS)
    assert found.tolist() == [500, Decimal("40.1"), Decimal("0.0005"), pd.NA]
    assert found.sum() == Decimal("540.1005")


def test_a_net_return_is_nothing_to_lose(accounts):
    levels = pd.Series({"A": "high", "B": "high"})
    assert revenue_at_risk(accounts(A=-100, B=0), levels, WEIGHTS).tolist() == [0, 0]


def test_an_account_without_a_level_has_no_amount(accounts):
    found = revenue_at_risk(accounts(A=100, B=100), pd.Series({"B": "low"}), WEIGHTS)
    assert found.tolist() == [pd.NA, 5]


def test_a_level_without_a_weight_is_refused(accounts):
    with pytest.raises(KeyError, match="medium"):
        revenue_at_risk(accounts(A=1), pd.Series({"A": "medium"}), {"high": Fraction(1, 2)})
    with pytest.raises(ValueError, match="has no end"):
        revenue_at_risk(accounts(A=1), pd.Series({"A": "low"}), {"low": Fraction(1, 3)})


@given(
    st.lists(
        st.tuples(st.decimals(-1000, 1000, places=2), st.sampled_from([*WEIGHTS, None])),
        min_size=1,
    )
)
def test_no_more_is_at_risk_than_there_is(accounts):
    net = exact([value for value, _ in accounts])
    levels = pd.Series([each for _, each in accounts], dtype="str")
    at_risk = revenue_at_risk(net, levels, WEIGHTS)
    assert (at_risk.isna() == levels.isna()).all()
    assert (at_risk.dropna() >= 0).all()
    assert (at_risk <= net)[net >= 0].all()


@given(st.integers(0, 400), st.integers(2, 200), st.integers(0, 40), st.integers(1, 40))
def test_the_longer_the_silence_the_higher_the_risk(since, half_days, multiple, dates):
    rule = RiskRule(gap_multiple=Fraction(multiple, 7))
    scale = [None, "low", "medium", "high"]
    found = [
        scale.index(level(rule, dates=dates, gap=half_days / 2, since=each))
        for each in (since, since + 1)
    ]
    assert found == sorted(found)
    assert (found[0] == 0) == (dates < 3)
