from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.exact import exact
from kam_excel.domain.standing import adjusted, changes, loss_scenarios, served_by, years_in_row


def flags(**values):
    return pd.Series(values, dtype=bool)


def years(**values):
    return pd.Series(values, dtype="Int64")


def texts(**values):
    return pd.Series(values, dtype="str")


def test_an_account_is_new_kept_dropped_or_buffered():
    is_key = flags(new=True, kept=True, buffered=True, dropped=False, neither=False)
    was_key = flags(new=False, kept=True, buffered=True, dropped=True, neither=False)
    found = changes(is_key, was_key, flags(buffered=True))
    assert found.dropna().to_dict() == {name: name for name in is_key.index[:4]}
    assert pd.isna(found["neither"])


def test_an_account_that_the_previous_list_lacks_is_new():
    found = changes(flags(A=True, B=False), flags(C=True))
    assert found["A"] == "new"
    assert list(found.index) == ["A", "B"]
    assert pd.isna(found["B"])


def test_without_a_previous_list_nothing_changed():
    assert changes(flags(A=True, B=False), None).isna().all()
    assert changes(flags(A=True), flags()).tolist() == ["new"]


@pytest.mark.parametrize(
    ("previous_as_of", "before", "now"),
    [
        (None, 4, 1),
        (date(2026, 1, 31), 4, 4),
        (date(2026, 1, 31), 0, 1),
        (date(2025, 12, 31), 4, 5),
        (date(2025, 1, 1), 4, 5),
        (date(2025, 12, 31), 0, 1),
        (date(2025, 12, 31), None, 1),
        (date(2024, 12, 31), 4, 1),
    ],
)
def test_years_count_from_one_calendar_year_to_the_next(previous_as_of, before, now):
    found = years_in_row(flags(A=True, B=False), date(2026, 6, 30), years(A=before), previous_as_of)
    assert found.tolist() == [now, 0]
    assert found.dtype == "Int64"


def test_an_account_that_comes_back_begins_again():
    held = [True, True, False, True, True]
    before, previous, counted = None, None, []
    for year, now in enumerate(held, start=2020):
        as_of = date(year, 12, 31)
        before, previous = years_in_row(flags(A=now), as_of, before, previous), as_of
        counted.append(before["A"])
    assert counted == [1, 2, 0, 1, 2]


def test_an_account_that_the_previous_run_lacks_begins_at_one():
    found = years_in_row(flags(A=True), date(2026, 1, 1), years(B=3), date(2025, 12, 31))
    assert found.to_dict() == {"A": 1}


def test_the_previous_run_is_earlier():
    with pytest.raises(ValueError, match="is not before"):
        years_in_row(flags(A=True), date(2026, 1, 1), years(A=1), date(2026, 1, 1))


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 50) | st.none()), min_size=1, max_size=9),
    st.dates(date(2001, 1, 1), date(2030, 12, 31)),
    st.integers(1, 1200),
)
def test_years_grow_by_one_at_most(accounts, previous, days):
    as_of = date.fromordinal(previous.toordinal() + days)
    now = pd.Series([held for held, _ in accounts], dtype=bool)
    before = pd.Series([count for _, count in accounts], dtype="Int64")
    found = years_in_row(now, as_of, before, previous)
    assert (found <= before.fillna(0) + 1).all()
    assert ((found > 0) == now).all()


@pytest.mark.parametrize(
    ("department_needed", "server"), [(True, "key account department"), (False, "management")]
)
def test_key_accounts_are_served_by_the_department_or_the_management(department_needed, server):
    found = served_by(flags(A=True, B=False), department_needed)
    assert found.tolist() == [server, "general sales force"]


def test_the_company_without_its_first_accounts(ten):
    assert loss_scenarios(ten) == {1: Decimal(600), 3: Decimal(200)}


def test_returns_and_sales_without_a_customer_cannot_be_lost(accounts):
    net = accounts(**{"A": 700, "B": "300.05", "C": -100, UNASSIGNED: 5000})
    assert loss_scenarios(net, (0, 1, 2, 3)) == {
        0: Decimal("5900.05"),
        1: Decimal("5200.05"),
        2: Decimal(4900),
        3: Decimal(4900),
    }


def test_one_customer_is_all_there_is_to_lose(accounts):
    assert loss_scenarios(accounts(A="12.34")) == {1: 0, 3: 0}
    assert loss_scenarios(accounts()) == {1: 0, 3: 0}


@given(st.lists(st.decimals(-1000, 1000, places=2), max_size=20), st.randoms())
def test_each_lost_account_lowers_the_total_whatever_their_order(values, random):
    net = pd.Series(exact(values).array, [f"A{i}" for i in range(len(values))])
    found = loss_scenarios(net, range(len(values) + 1))
    totals = list(found.values())
    assert totals == sorted(totals, reverse=True)
    assert totals[0] == sum(values)
    assert totals[-1] == sum(value for value in values if value < 0)
    order = list(range(len(values)))
    random.shuffle(order)
    assert loss_scenarios(net.iloc[order], found) == found


def test_people_win_over_the_rule():
    selected = flags(rule=True, added=False, agreed=True, removed=True, never=False, other=False)
    method = texts(rule="tie", agreed="top_percent", removed="cumulative").reindex(selected.index)
    by_hand = texts(added="add", agreed="add", removed="remove", never="remove", unknown="add")
    is_key, methods = adjusted(selected, method, by_hand)
    assert list(is_key.index[is_key]) == ["rule", "added", "agreed"]
    assert methods.dropna().to_dict() == {"rule": "tie", "added": "manual", "agreed": "manual"}


def test_without_adjustments_the_rule_holds():
    selected, method = flags(A=True, B=False), texts(A="top_percent", B=None)
    is_key, methods = adjusted(selected, method, texts())
    pd.testing.assert_series_equal(is_key, selected)
    pd.testing.assert_series_equal(methods, method)


def test_an_unknown_adjustment_is_refused():
    with pytest.raises(ValueError, match="keep"):
        adjusted(flags(A=True), texts(A="tie"), texts(A="keep"))
