from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.exact import exact
from kam_excel.domain.ranking import SelectionRule, buffered, grades, rank_accounts, select

ABC = (Decimal("0.80"), Decimal("0.95"))
sales = st.dictionaries(
    st.text("ABC123", min_size=1, max_size=4),
    st.decimals(-1000, 1000, places=1),
    min_size=1,
    max_size=25,
).map(
    lambda found: pd.Series(exact(list(found.values())).array, pd.Index(list(found), dtype="str"))
)


def selected(ranking, **rule):
    accounts = select(ranking, SelectionRule(**rule)).accounts
    return list(accounts.index[accounts["selected"]])


def test_the_worked_example(ten):
    ranking = rank_accounts(ten)
    assert selected(ranking) == ["a", "b"]
    assert selected(ranking, method="cumulative") == ["a", "b", "c"]
    assert ranking["cum_share"].tolist()[:4] == [0.4, 0.65, 0.8, 0.86]
    assert "".join(grades(ranking, ABC)) == "AAABBBBCCC"


def test_a_net_return_is_listed_and_not_ranked(accounts):
    ranking = rank_accounts(accounts(A=700, C=-100, B=300))
    assert ranking.index.tolist() == ["A", "B", "C"]
    assert ranking["rank"].tolist() == [1, 2, pd.NA]
    assert ranking.loc["A", "share"] == 0.7
    assert ranking["value"].sum() == 900
    assert grades(ranking, ABC).tolist() == ["A", "A", "net return"]
    selection = select(ranking, SelectionRule())
    assert (selection.n, selection.k, selection.cut_off) == (2, 1, 700)


def test_equal_accounts_rank_by_code(accounts):
    ranking = rank_accounts(accounts(b=5, a10=5, a2=5, c=6))
    assert ranking.index.tolist() == ["c", "a10", "a2", "b"]
    assert ranking["rank"].tolist() == [1, 2, 3, 4]


def test_sales_without_a_customer_count_in_the_whole_only():
    values = pd.Series(
        exact([60, 30, 10]).array, index=pd.Index(["A", UNASSIGNED, "B"], dtype="str")
    )
    ranking = rank_accounts(values)
    assert ranking.index.tolist() == ["A", "B", UNASSIGNED]
    assert ranking["share"].tolist() == [0.6, 0.1, 0.3]
    assert ranking["cum_share"].tolist()[:2] == [0.6, 0.7]
    assert ranking["share_of_ranked"].tolist()[:2] == [6 / 7, 1 / 7]
    assert ranking["rank"].isna().tolist() == [False, False, True]
    assert grades(ranking, ABC).isna().tolist() == [False, False, True]


def test_the_minimum_is_exclusive(accounts):
    ranking = rank_accounts(accounts(A=100, B="50.01", C=50, D=0), minimum=Decimal(50))
    assert ranking["rank"].notna().tolist() == [True, True, False, False]
    assert ranking["share"].isna().tolist() == [False, False, False, True]
    assert grades(ranking, ABC).isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("percent", "n", "k"),
    [("0.07", 100, 7), ("0.14", 50, 7), ("0.20", 3000, 600), ("0.20", 1, 1), ("1", 3, 3)],
)
def test_the_count_is_computed_exactly(accounts, percent, n, k):
    ranking = rank_accounts(accounts(**{f"a{i}": i for i in range(1, n + 1)}))
    assert select(ranking, SelectionRule(top_percent=Decimal(percent))).k == k


@pytest.mark.parametrize(("rounding", "k"), [("ceil", 3), ("floor", 2), ("round", 3)])
def test_half_an_account_is_rounded_as_the_policy_says(ten, rounding, k):
    rule = SelectionRule(top_percent=Fraction(1, 4), count_rounding=rounding)
    assert select(rank_accounts(ten), rule).k == k


def test_the_cumulative_bound_is_met_exactly(accounts):
    tenths = accounts(**{f"a{i}": "0.1" for i in range(10)}, b="9")
    rule = {"method": "cumulative", "tie_policy": "strict"}
    assert selected(rank_accounts(tenths), cumulative_share=Decimal("0.91"), **rule) == ["b", "a0"]


def test_either_and_both_combine_number_and_share(ten):
    ranking = rank_accounts(ten)
    assert selected(ranking, method="either") == ["a", "b", "c"]
    assert selected(ranking, method="both") == ["a", "b"]
    methods = select(ranking, SelectionRule(method="either")).accounts["method"]
    assert methods.tolist()[:3] == ["top_percent", "top_percent", "cumulative"]
    assert methods.isna().tolist()[3:] == [True] * 7


def test_the_amount_is_inclusive(ten):
    ranking = rank_accounts(ten)
    assert selected(ranking, method="amount", amount=Decimal(60)) == ["a", "b", "c", "d"]
    assert selected(ranking, method="amount", amount=Decimal("60.01")) == ["a", "b", "c"]


def test_ties_of_the_last_account_are_included(accounts):
    ranking = rank_accounts(accounts(a=9, b=8, c=8, d=4, e=3, f=3, g=2, h=1, i=1, j=1))
    selection = select(ranking, SelectionRule())
    assert (selection.k, selection.cut_off, selection.tie_overflow) == (2, 8, False)
    assert selection.accounts["method"].tolist()[:3] == ["top_percent", "top_percent", "tie"]
    assert selected(ranking, tie_policy="strict") == ["a", "b"]


def test_ties_may_enlarge_the_list_by_half_and_no_more(accounts):
    half = accounts(a=9, b=8, c=8, d=4, e=3, f=3, g=2, h=1, i=1, j=1)
    more = accounts(a=9, b=8, c=8, d=8, e=3, f=3, g=2, h=1, i=1, j=1)
    assert selected(rank_accounts(half)) == ["a", "b", "c"]
    assert selected(rank_accounts(more)) == ["a", "b"]
    assert select(rank_accounts(more), SelectionRule()).tie_overflow


def test_all_equal_overflows_and_stays_strict(accounts):
    ranking = rank_accounts(accounts(**{f"a{i}": 10 for i in range(10)}))
    selection = select(ranking, SelectionRule())
    assert selection.tie_overflow
    assert selected(ranking) == ["a0", "a1"]
    assert not select(ranking, SelectionRule(tie_policy="strict")).tie_overflow


def test_one_customer_is_a_key_account(accounts):
    ranking = rank_accounts(accounts(A=1))
    assert selected(ranking) == selected(ranking, method="cumulative") == ["A"]
    assert ranking.loc["A", "share"] == 1


def test_without_sales_the_list_is_empty(accounts):
    for values in (accounts(), accounts(A=0, B=-1)):
        ranking = rank_accounts(values)
        for method in ("top_percent", "cumulative", "either", "both", "amount"):
            selection = select(ranking, SelectionRule(method=method))
            assert (selection.n, selection.k, selection.cut_off) == (0, 0, None)
            assert not selection.accounts["selected"].any()
        assert not buffered(ranking, selection, ["A"], Decimal("0.1")).any()


def test_an_account_leaves_only_well_below_the_cut_off(accounts):
    values = accounts(a=100, b=90, c="89.99", d=95, e=1)
    ranking = rank_accounts(values)
    selection = select(ranking, SelectionRule())
    stays = buffered(ranking, selection, {"a", "b", "c"}, Decimal("0.10"))
    assert list(stays.index[stays]) == ["b"]


@given(sales, st.randoms())
def test_the_order_is_deterministic(values, random):
    order = list(range(len(values)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(rank_accounts(values.iloc[order]), rank_accounts(values))


@given(sales)
def test_the_ranked_come_first_and_descend(values):
    ranking = rank_accounts(values)
    n = int(ranking["rank"].notna().sum())
    ranked = list(ranking["value"])[:n]
    assert ranking["rank"].tolist()[:n] == list(range(1, n + 1))
    assert ranked == sorted(ranked, reverse=True)
    assert n == sum(value > 0 for value in values)
    assert list(ranking["cumulative"])[:n] == [sum(ranked[: i + 1]) for i in range(n)]


@given(sales, st.fractions(0, 1), st.sampled_from(["top_percent", "cumulative"]))
def test_a_larger_share_never_drops_an_account(values, share, method):
    ranking = rank_accounts(values)
    smaller, larger = (
        select(
            ranking,
            SelectionRule(
                method=method, top_percent=each, cumulative_share=each, tie_policy="strict"
            ),
        )
        for each in (share / 2, share)
    )
    assert smaller.k <= larger.k <= larger.n
