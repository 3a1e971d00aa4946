import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.exact import exact
from kam_excel.domain.regions import region_standing


def named(**regions):
    return pd.Series(regions, dtype="str")


placed = st.dictionaries(
    st.sampled_from([*"ABCDEFGHIJ", UNASSIGNED]),
    st.tuples(st.decimals(-1000, 1000, places=2), st.sampled_from(["East", "West", None])),
    min_size=1,
)


def unzipped(found):
    index = pd.Index(list(found), dtype="str")
    net = pd.Series(exact([value for value, _ in found.values()]).array, index)
    return net, pd.Series([region for _, region in found.values()], index, dtype="str")


def test_the_first_of_a_region_may_be_small_in_the_company(accounts):
    net = accounts(A=900, B=100, C=60, D=20)
    found = region_standing(net, named(A="East", B="East", C="West", D="West"))
    assert found["region_share"].tolist() == [0.9, 0.1, 0.75, 0.25]
    assert found["region_rank"].tolist() == [1, 2, 1, 2]
    assert found["region_rank"].dtype == "Int64"


def test_only_positive_net_sales_stand_in_a_region(accounts):
    net = accounts(A=700, B=300, C=-100, D=0)
    found = region_standing(net, named(A="East", B="East", C="East", D="East"))
    assert found["region_share"].tolist()[:2] == [0.7, 0.3]
    assert found["region_rank"].tolist() == [1, 2, pd.NA, pd.NA]
    assert found["region_share"].isna().tolist() == [False, False, True, True]


def test_an_account_without_a_region_stands_in_none(accounts):
    found = region_standing(accounts(A=5, B=5, C=5, D=5), named(A="East", B=None, C=" "))
    assert found["region_share"].tolist()[0] == 1
    assert found["region_rank"].tolist() == [1, pd.NA, pd.NA, pd.NA]
    assert found["region_share"].isna().tolist() == [False, True, True, True]


def test_equal_accounts_rank_by_code(accounts):
    found = region_standing(
        accounts(b=5, a10=5, a2=5, c=6), named(b="East", a10="East", a2="East", c="East")
    )
    assert found["region_rank"].to_dict() == {"c": 1, "a10": 2, "a2": 3, "b": 4}


def test_sales_without_a_customer_are_part_of_the_region_and_not_ranked(accounts):
    net = accounts(**{"A": 30, UNASSIGNED: 60, "B": 10})
    found = region_standing(net, named(**{"A": "East", UNASSIGNED: "East", "B": "East"}))
    assert found["region_share"].tolist() == [0.3, 0.6, 0.1]
    assert found["region_rank"].tolist() == [1, pd.NA, 2]


@pytest.mark.parametrize("net", [{}, {"A": 0, "B": -1}])
def test_without_sales_nobody_stands_anywhere(accounts, net):
    found = region_standing(accounts(**net), named(A="East", B="East"))
    assert list(found.index) == list(net)
    assert found.isna().all(axis=None)


@given(placed)
def test_the_shares_of_a_region_sum_to_one_and_its_ranks_count_up(found):
    net, regions = unzipped(found)
    standing = region_standing(net, regions)
    for _, members in standing.groupby(regions):
        shares = members["region_share"].dropna()
        assert shares.empty or shares.sum() == pytest.approx(1)
        ranked = members.dropna().sort_values("region_rank")
        assert ranked["region_rank"].tolist() == list(range(1, len(ranked) + 1))
        assert ranked["region_share"].is_monotonic_decreasing
        assert len(ranked) == len(shares.drop(UNASSIGNED, errors="ignore"))


@given(placed, st.randoms())
def test_the_order_of_accounts_does_not_matter(found, random):
    net, regions = unzipped(found)
    order = list(range(len(net)))
    random.shuffle(order)
    shuffled = region_standing(net.iloc[order], regions)
    pd.testing.assert_frame_equal(shuffled.loc[net.index], region_standing(net, regions))
