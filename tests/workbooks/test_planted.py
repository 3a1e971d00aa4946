"""The accounts planted in the demo come, go and are at risk as `workbooks/planted.py` says."""

import runpy
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

import pandas as pd
import pytest

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.periods import last_full_months
from kam_excel.domain.ranking import SelectionRule, buffered, rank_accounts, select

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def planted(root):
    return runpy.run_path(str(root / "workbooks" / "planted.py"))


@pytest.fixture(scope="module")
def heads(customers):
    return {key: row["parent_id"] or key for key, row in customers.items()} | {"": UNASSIGNED}


@pytest.fixture(scope="module")
def runs(sales, heads, planted):
    """Of each run: the ranking, who is selected, buffered, and a key account in the end."""
    found, before = {}, set()
    for as_of in planted["RUNS"]:
        window = last_full_months(as_of, 12)
        net = defaultdict(Decimal)
        for row in sales:
            if window.start <= row["date"] <= window.end:
                net[heads.get(row["customer_id"], row["customer_id"])] += row["CNY"]
        ranking = rank_accounts(pd.Series(net, dtype=object))
        chosen = select(ranking, SelectionRule())
        stays = buffered(ranking, chosen, before, Decimal("0.10"))
        selected = set(ranking.index[chosen.accounts["selected"]])
        kept = set(ranking.index[stays])
        found[as_of] = (ranking, selected, kept, before)
        before = selected | kept
    return found


def test_key_accounts_change_from_month_to_month_as_planted(runs, planted):
    for as_of, expected in planted["EXPECTED_CHANGES"].items():
        _, selected, kept, before = runs[as_of]
        assert selected - before == expected["new"]
        assert kept == expected["buffered"]
        assert before - selected - kept == expected["dropped"]


def test_changes_come_by_a_course_and_not_by_a_single_line(runs, planted, sales):
    largest = defaultdict(Decimal)
    for row in sales:
        largest[row["customer_id"]] = max(largest[row["customer_id"]], row["CNY"])
    ranking = runs[AS_OF][0]
    for changes in planted["EXPECTED_CHANGES"].values():
        for account in changes["new"] | changes["dropped"]:
            assert largest[account] < ranking["value"][account] * Decimal("0.35")


def test_the_largest_fifth_makes_about_four_fifths_in_each_run(runs):
    for ranking, selected, _, _ in runs.values():
        share = sum(ranking["share"][list(selected)])
        assert 0.75 <= share <= 0.82


def test_accounts_at_risk_are_key_accounts_with_the_signal_said(runs, planted, sales, heads):
    _, selected, kept, _ = runs[AS_OF]
    lines = defaultdict(list)
    for row in sales:
        lines[heads.get(row["customer_id"])].append(row)
    late, falling, medium = planted["EXPECTED_RISKS"].values()
    assert {late, falling, medium} <= selected | kept
    assert gap_multiple(lines[late]) > 3
    assert gap_multiple(lines[falling]) < 2
    assert change_of_quarter(lines[falling]) <= Decimal("-0.40")
    assert gap_multiple(lines[medium]) < 2
    assert Decimal("-0.40") < change_of_quarter(lines[medium]) <= Decimal("-0.20")


def gap_multiple(lines):
    """Days since the last order in median gaps between orders."""
    days = sorted({row["date"] for row in lines if row["qty"] > 0})
    return (AS_OF - days[-1]).days / median((after - day).days for day, after in pairwise(days))


def change_of_quarter(lines):
    """Net sales of April to June 2026 against those of 2025, less 1."""
    net = defaultdict(Decimal)
    for row in lines:
        if row["date"].month in (4, 5, 6):
            net[row["date"].year] += row["CNY"]
    return net[2026] / net[2025] - 1
