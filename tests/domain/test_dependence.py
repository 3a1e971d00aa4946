"""The figures of the summary: the examples of the specification, with unassigned sales too."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.dependence import dependence
from kam_excel.domain.exact import exact


def of(nets: dict[str, object], *keys: str) -> dict[str, object]:
    net = pd.Series(exact(list(nets.values())).array, list(nets))
    return dependence(net, pd.Series(net.index.isin(keys), net.index))


def test_the_worked_example_of_ten_accounts():
    nets = dict(zip("ABCDEFGHIJ", [400, 250, 150, 60, 40, 35, 25, 20, 12, 8], strict=True))
    found = of(nets, "A", "B")
    assert (found["total_net_sales"], found["key_net_sales"]) == (1000, 650)
    assert found["key_share"] == found["key_share_ranked"] == 0.65
    assert found["hhi"] == pytest.approx(2526.58)
    assert round(found["effective_number"], 2) == 3.96
    assert found["gini"] == pytest.approx(0.5954)
    assert (found["sales_without_top1"], found["sales_without_top3"]) == (600, 200)
    assert [found[f"cr{n}"] for n in (1, 3, 5, 10)] == [0.4, 0.8, 0.9, 1.0]


def test_net_returns_are_in_the_total_and_not_in_the_shares():
    found = of({"A": 700, "B": 300, "C": -100}, "A")
    assert found["total_net_sales"] == 900
    assert found["key_share"] == 0.7
    assert found["net_return_amount"] == -100


def test_sales_without_a_customer_are_part_of_the_company_alone():
    found = of({"A": 600, "B": 200, UNASSIGNED: 200}, "A")
    assert (found["key_share"], found["key_share_ranked"]) == (0.6, 0.75)
    assert found["unassigned_share"] == 0.2
    assert found["sales_without_top1"] == 400


def test_one_customer_is_the_whole():
    found = of({"A": Decimal("12.34")}, "A")
    assert (found["hhi"], found["gini"], found["effective_number"]) == (10_000, 0, 1)
    assert found["sales_without_top3"] == 0


def test_without_sales_there_are_no_shares():
    found = of({"A": 0, "B": -5})
    assert found["key_share"] is None
    assert found["hhi"] is None
    assert found["total_net_sales"] == -5
