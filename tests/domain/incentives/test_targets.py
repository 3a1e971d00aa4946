"""Targets: what they come to for a window, and what is doubtful about them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.spans import window_of
from kam_excel.domain.incentives.targets import Part, read_targets, target_of, tiled
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window

D = Decimal
NO_RATES = pd.DataFrame()
QUARTERS = ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]


def sheet(*rows: tuple[str | None, str | None, str], **more: list) -> pd.DataFrame:
    """Rows of customer, period, target; sheet rows from 6 on."""
    frame = pd.DataFrame(rows, columns=["customer_id", "period", "target"]).assign(**more)
    frame["target"] = exact([None if each is None else D(each) for each in frame["target"]])
    return frame.set_axis(frame.index + 6)


def read(frame: pd.DataFrame, rates=NO_RATES, heads=None) -> tuple[pd.DataFrame, list[tuple]]:
    """The targets, and the issues as (code, row, value, taken)."""
    log = IssueLog()
    targets = read_targets(frame, rates, "CNY", log, heads)
    names = ["reason_code", "row_no", "original_value", "taken"]
    return targets, list(log.frame()[names].itertuples(index=False, name=None))


def for_(frame: pd.DataFrame, period: str, by="customer_id") -> dict[str, str | None]:
    """The target of each for a period, as text."""
    targets, issues = read(frame)
    assert issues == []
    found = target_of(targets, window_of(period), by)
    return {each: None if value is pd.NA else f"{value:f}" for each, value in found.items()}


def test_a_target_holds_for_its_own_period():
    frame = sheet(("A", "2026", "1200"), ("B", "2026年", "900.50"))
    assert for_(frame, "2026") == {"A": "1200.00", "B": "900.50"}


@pytest.mark.parametrize("periods", [QUARTERS, MONTHS, ["2026H1", "2026Q3", *MONTHS[9:]]])
def test_a_year_is_the_sum_of_what_tiles_it(periods):
    frame = sheet(*(("A", period, "100") for period in periods))
    assert for_(frame, "2026") == {"A": str(100 * len(periods))}


def test_of_a_coarse_target_no_part_is_made_up():
    assert for_(sheet(("A", "2026", "1200")), "2026Q4") == {"A": None}


def test_finer_targets_count_only_where_they_cover_the_whole():
    months = [("A", month, "100") for month in MONTHS[:11]]
    assert for_(sheet(*months), "2026") == {"A": None}
    assert for_(sheet(*months), "2026Q4") == {"A": None}
    assert for_(sheet(*months), "2026Q3") == {"A": "300"}
    assert for_(sheet(("A", "2026", "1500"), *months), "2026") == {"A": "1500"}


def test_salespeople_have_targets_of_their_own():
    frame = sheet((None, "2026", "700"), ("A", "2026", "400"), staff_id=["S1", None])
    assert for_(frame, "2026", "staff_id") == {"S1": "700"}
    assert for_(frame, "2026") == {"A": "400"}


def test_rows_of_a_customer_and_a_salesperson_count_for_either():
    frame = sheet(
        ("A", "2026", "100"), ("A", "2026", "200"), ("B", "2026", "50"), staff_id=["S1", "S2", "S1"]
    )
    assert for_(frame, "2026") == {"A": "300", "B": "50"}
    assert for_(frame, "2026", "staff_id") == {"S1": "150", "S2": "200"}


def test_what_is_an_own_target_is_not_added_to_its_parts():
    frame = sheet(("A", "2026", "350"), ("A", "2026", "100"), staff_id=[None, "S1"])
    assert for_(frame, "2026") == {"A": "350"}


def test_targets_of_companies_of_a_group_add_up():
    frame = sheet(("A1", "2026", "100"), ("A2", "2026", "200"))
    heads = pd.Series(["A", "A"], frame.index)
    targets, issues = read(frame, heads=heads)
    assert issues == []
    assert target_of(targets, window_of("2026")).to_dict() == {"A": D(300)}


def test_a_foreign_target_is_converted_at_the_start_of_its_period():
    rates = pd.DataFrame(
        {
            "currency": ["USD", "USD"],
            "effective_date": pd.to_datetime(["2026-01-01", "2026-04-02"]),
            "fx_rate": exact([D("7.10"), D("7.30")]),
        }
    )
    frame = sheet(("A", "2026Q2", "100"), ("B", "2026Q3", "100"), currency=["USD", "美元"])
    targets, issues = read(frame, rates)
    assert targets["target"].tolist() == [D("710.00"), D("730.00")]
    assert issues == []


def test_a_target_without_a_rate_is_left_out():
    frame = sheet(("A", "2026", "100"), ("A", "2026", "5"), currency=["USD", "CNY"])
    targets, issues = read(frame)
    assert targets["target"].tolist() == [D(5)]
    assert issues == [("FX_MISSING", 6, "USD", "")]


def test_a_sheet_without_rows_and_one_of_salespeople_alone():
    targets, issues = read(sheet(("A", "2026", "1"))[:0])
    assert (target_of(targets, window_of("2026")).to_dict(), issues) == ({}, [])
    alone = sheet((None, "2026", "700"), staff_id=["S1"]).drop(columns="customer_id")
    assert for_(alone, "2026", "staff_id") == {"S1": "700"}


def test_what_says_nothing_is_left_out():
    frame = sheet(("A", "soon", "1"), ("A", "2026", None), (None, "2026", "3"))
    targets, issues = read(frame)
    assert targets.empty
    assert [(code, row) for code, row, *_ in issues] == [
        ("PERIOD_UNREADABLE", 6),
        ("TARGET_MISSING", 7),
        ("TARGET_MISSING", 8),
    ]


def test_the_same_target_again_counts_once():
    targets, issues = read(sheet(("A", "2026", "100"), ("A", "2026年", "100.00")))
    assert targets["target"].tolist() == [D(100)]
    assert issues == [("TARGET_REPEATED", 7, "100", "A 2026")]


def test_contradicting_targets_count_not_at_all():
    frame = sheet(("A", "2026", "100"), ("A", "2026", "100"), ("A", "2026", "120"))
    targets, issues = read(frame)
    assert targets.empty
    assert [(code, row, taken) for code, row, _, taken in issues] == [
        ("TARGETS_CONTRADICT", row, "A 2026") for row in (6, 7, 8)
    ]


def test_salespeople_are_not_named_in_what_is_told():
    frame = sheet((None, "2026", "100"), (None, "2026", "120"), staff_id=["S1", "S1"])
    assert [taken for *_, taken in read(frame)[1]] == ["2026", "2026"]


def test_a_whole_that_is_not_the_sum_of_its_parts_holds_and_is_listed():
    quarters = [("A", period, "300") for period in QUARTERS]
    targets, issues = read(sheet(("A", "2026", "1000"), *quarters))
    assert issues == [("TARGETS_DIFFER", 6, "2026", "1200")]
    assert target_of(targets, window_of("2026")).to_dict() == {"A": D(1000)}


def test_periods_that_overlap_in_part_are_listed():
    frame = sheet(("A", "2026Q1", "1"), ("A", "2026-03~2026-06", "2"), ("B", "2026-02", "1"))
    targets, issues = read(frame)
    assert issues == [("TARGETS_OVERLAP", 7, "2026-03-01~2026-06-30", "2026Q1")]
    assert target_of(targets, window_of("2026H1")).isna().all()


def test_equally_few_periods_have_to_agree():
    halves = [Part(window_of("2026H1"), D(1)), Part(window_of("2026H2"), D(1))]
    others = [Part(window_of("2026Q1"), D(1)), Part(window_of("2026-04-01~2026-12-31"), D(2))]
    assert tiled([*halves, *others], window_of("2026")) is None
    assert tiled([*halves, Part(window_of("2026Q1"), D(1))], window_of("2026")) == D(2)


@given(st.data())
def test_any_cut_of_a_window_into_periods_adds_up(data):
    start, days = date(2026, 1, 1).toordinal(), 59
    bounds = data.draw(st.sets(st.integers(1, days - 1), max_size=6).map(sorted))
    cuts = [start, *(start + each for each in bounds), start + days]
    windows = [
        Window(date.fromordinal(one), date.fromordinal(other - 1)) for one, other in pairwise(cuts)
    ]
    amounts = data.draw(st.lists(st.decimals(0, 10**9, places=2), min_size=7, max_size=7))
    parts = [Part(each, amount) for each, amount in zip(windows, amounts, strict=False)]
    whole = Window(windows[0].start, windows[-1].end)
    assert tiled(data.draw(st.permutations(parts)), whole) == sum(
        (part.target for part in parts), D(0)
    )
    left_out = data.draw(st.integers(0, len(parts) - 1))
    assert tiled(parts[:left_out] + parts[left_out + 1 :], whole) is None
