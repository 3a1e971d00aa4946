from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.column import (
    Boolean,
    Choice,
    Date,
    Integer,
    Key,
    Kind,
    Number,
    Percent,
    Text,
    column,
)
from kam_excel.contract.frames import series_of
from kam_excel.contract.policy import Money
from kam_excel.contract.table import Table
from kam_excel.domain.exact import exact
from kam_excel.errors import PluginError


class Visits(Table, zh="拜访", en="Visits", key=("customer_id", "day")):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    day: Date = column(zh="日期", en="Date")
    cost: Money = column(zh="费用", en="Cost")
    share: Percent = column(zh="占比", en="Share", optional=True)
    score: Number = column(zh="得分", en="Score", optional=True)
    minutes: Integer = column(zh="分钟", en="Minutes", optional=True)
    done: Boolean = column(zh="完成", en="Done", optional=True)
    kind: Choice = column(
        zh="方式", en="Kind", optional=True, choices={"call": "电话", "visit": "上门"}
    )
    note: Text = column(zh="备注", en="Note", manual=True)


def visits(**columns):
    """Two visits; `columns` replace or add, None takes a column away."""
    rows = {
        "customer_id": ["C1", "C2"],
        "day": [datetime(2026, 1, 5), datetime(2026, 1, 6)],
        "cost": [Decimal("10.50"), Decimal(3)],
        **columns,
    }
    return pd.DataFrame({name: values for name, values in rows.items() if values is not None})


def mistakes(data):
    with pytest.raises(PluginError) as caught:
        Visits.frame(data)
    return [(each.code.name, str(each.where)) for each in caught.value.problems]


def test_columns_come_in_declared_order_with_their_dtypes():
    frame = Visits.frame(visits()[["cost", "day", "customer_id"]])
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "customer_id": "str",
        "day": "datetime64[us]",
        "cost": "exact[2]",
        "share": "exact[0]",
        "score": "exact[0]",
        "minutes": "Int64",
        "done": "boolean",
        "kind": "str",
        "note": "str",
    }
    assert list(frame) == list(Visits.columns)


def test_optional_and_manual_columns_that_are_missing_are_added_empty():
    added = ["share", "score", "minutes", "done", "kind", "note"]
    assert Visits.frame(visits())[added].isna().all(axis=None)


def test_the_index_is_kept():
    data = visits().set_axis(pd.Index([7, 9], name="row"))
    frame = Visits.frame(data)
    assert list(frame.index) == [7, 9]
    assert frame.index.name == "row"


def test_the_data_that_was_given_stays_as_it_was():
    data = visits()
    before = data.copy()
    Visits.frame(data)
    pd.testing.assert_frame_equal(data, before)


def test_a_frame_may_be_empty():
    assert len(Visits.frame(visits().iloc[:0])) == 0


def test_a_frame_that_conforms_is_left_alone():
    frame = Visits.frame(visits(kind=["call", None], minutes=[30, None]))
    pd.testing.assert_frame_equal(Visits.frame(frame), frame)


def test_money_is_exact_and_a_float_is_refused():
    assert mistakes(visits(cost=[10.5, 3.0])) == [("OUTPUT_TYPE", "visits.cost")]
    assert Visits.frame(visits(cost=[10, 3]))["cost"].tolist() == [Decimal(10), Decimal(3)]


def test_estimates_may_be_floats_and_exact_shares_stay_exact():
    frame = Visits.frame(visits(score=[0.25, None], share=exact([Decimal("0.1"), Decimal("0.9")])))
    assert str(frame["score"].dtype) == "float64"
    assert frame["share"].tolist() == [Decimal("0.1"), Decimal("0.9")]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("day", ["yesterday", "today"]),
        ("minutes", [1.5, 2.0]),
        ("done", ["maybe", "no"]),
        ("score", ["high", "low"]),
        ("cost", ["10.50", "3"]),
    ],
)
def test_values_of_another_type_are_refused_by_column(name, values):
    assert mistakes(visits(**{name: values})) == [("OUTPUT_TYPE", f"visits.{name}")]


def test_a_choice_that_is_not_declared_is_refused_once_for_each_value():
    with pytest.raises(PluginError) as caught:
        Visits.frame(visits(kind=["fax", "visit"]))
    [unknown] = caught.value.problems
    assert unknown.code.name == "OUTPUT_CHOICE_UNKNOWN"
    assert unknown.facts == {"value": "fax", "choices": "call, visit"}


def test_all_departures_are_told_at_once_and_a_misspelt_column_with_its_neighbour():
    with pytest.raises(PluginError) as caught:
        Visits.frame(visits(cost=None, costs=[1, 2], day=["?", "?"]))
    problems = {each.code.name: each for each in caught.value.problems}
    assert set(problems) == {"OUTPUT_COLUMN_UNKNOWN", "OUTPUT_COLUMN_MISSING", "OUTPUT_TYPE"}
    assert problems["OUTPUT_COLUMN_UNKNOWN"].facts == {"column": "costs", "nearest": "cost"}
    assert str(problems["OUTPUT_COLUMN_MISSING"].where) == "visits.cost"


def test_keys_are_never_empty():
    data = visits(customer_id=["C1", None])
    assert mistakes(data) == [("OUTPUT_KEY_EMPTY", "visits.customer_id+day")]


def test_keys_are_unique_as_a_whole():
    same_day = [datetime(2026, 1, 5)] * 2
    assert len(Visits.frame(visits(day=same_day))) == 2
    twice = visits(customer_id=["C1", "C1"], day=same_day)
    assert mistakes(twice) == [("OUTPUT_KEY_DUPLICATE", "visits.customer_id+day")]


@pytest.mark.parametrize("kind", list(Kind))
def test_none_is_missing_in_every_kind(kind):
    series = series_of(kind, [None, None], pd.Index([3, 4]))
    assert series.isna().all()
    assert list(series.index) == [3, 4]


@given(st.lists(st.decimals(-(10**9), 10**9, places=2) | st.none(), min_size=1))
def test_amounts_pass_unchanged(amounts):
    series = series_of(Kind.MONEY, amounts, pd.RangeIndex(len(amounts)))
    assert [None if pd.isna(each) else each for each in series] == amounts
