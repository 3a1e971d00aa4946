"""Who may earn by a policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.incentives.eligibility import eligible
from kam_excel.domain.incentives.terms import Terms
from kam_excel.domain.incentives.tiers import scale_of
from kam_excel.domain.periods import Window

ONE_PERCENT = scale_of([Decimal(0)], [Decimal("0.01")])


def terms(**limits) -> Terms:
    names = {name: frozenset(each) for name, each in limits.items()}
    year = Window(date(2026, 1, 1), date(2026, 12, 31))
    fixed = {"basis": "sales", "method": "stepped", "scale": ONE_PERCENT, "currency": "CNY"}
    return Terms(policy_id="R1", window=year, **fixed, **names)


ACCOUNTS = pd.DataFrame(
    [
        ("K1", "A", "华东", True, True),
        ("K2", "B", "华南", True, True),
        ("C3", "A", "华南", False, True),
        ("C4", None, None, False, True),
        ("X5", "A", "华东", True, False),
    ],
    columns=["customer_id", "grade", "region", "is_key_account", "is_known"],
).set_index("customer_id")


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, ["K1", "K2"]),
        ({"customers": ["C4", "K1"]}, ["K1", "C4"]),
        ({"grades": ["A"]}, ["K1", "C3"]),
        ({"grades": ["Ａ "]}, ["K1", "C3"]),
        ({"regions": ["华南"]}, ["K2"]),
        ({"regions": ["华南"], "grades": ["A", "B"]}, ["K2", "C3"]),
        ({"regions": ["华南"], "customers": ["C3", "K1"]}, ["C3"]),
        ({"customers": ["X5"]}, []),
        ({"customers": ["Z9"]}, []),
        ({"grades": ["C"]}, []),
    ],
)
def test_all_that_a_policy_is_limited_to_has_to_hold(limits, expected):
    assert eligible(terms(**limits), ACCOUNTS).tolist() == expected


names = st.lists(st.sampled_from(["K1", "C3", "X5"]), max_size=2)
grades = st.lists(st.sampled_from("AB"), max_size=2)
regions = st.lists(st.sampled_from(["华东", "华南"]), max_size=2)


@given(names, grades, regions)
def test_one_more_limit_never_lets_another_in_among_key_accounts(names, grades, regions):
    wide = eligible(terms(customers=names, grades=grades), ACCOUNTS)
    narrow = eligible(terms(customers=names, grades=grades, regions=regions), ACCOUNTS)
    assert set(narrow) <= set(wide)
    assert "X5" not in wide
