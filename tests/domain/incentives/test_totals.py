"""All that accounts are given, and its share of their sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_entrants import Figures
from kam_excel.domain.incentives.contest_prizes import prizes_given
from kam_excel.domain.incentives.contest_results import contest_results
from kam_excel.domain.incentives.contest_terms import Contest
from kam_excel.domain.incentives.spans import window_of
from kam_excel.domain.incentives.totals import Given, incentive_totals
from kam_excel.domain.issues import IssueLog

D = Decimal
NO_RATES = pd.DataFrame()
USD = pd.DataFrame(
    {
        "currency": ["USD", "USD"],
        "effective_date": pd.to_datetime(["2026-02-01", "2026-04-01"]),
        "fx_rate": exact([D("7.1"), D("7.3")]),
    }
)
YEAR = window_of("2026")


def amounts(values) -> pd.array:
    return exact([None if each is None else D(str(each)) for each in values]).array


def lines(*rows: tuple[str, str, object, object]) -> pd.DataFrame:
    """Customer, day, amount, discount."""
    frame = pd.DataFrame(rows, columns=["customer_id", "date", "amount", "discount"])
    return frame.assign(
        date=pd.to_datetime(frame["date"]),
        amount=amounts(frame["amount"]),
        discount=amounts(frame["discount"]),
    )


def promotions(*rows: tuple) -> pd.DataFrame:
    """Promotion, customer, start, fixed cost, contribution, status, currency; from row 6 on."""
    names = ["promo_id", "customer_id", "start", "fixed_cost", "customer_contribution"]
    frame = pd.DataFrame([(*row, *[None] * (7 - len(row))) for row in rows])
    frame = frame.set_axis([*names, "status", "currency"], axis=1)
    frame = frame.assign(
        start=pd.to_datetime(frame["start"]),
        fixed_cost=amounts(frame["fixed_cost"]),
        customer_contribution=amounts(frame["customer_contribution"]),
    )
    return frame.set_axis(frame.index + 6)


def sums(**by_account: object) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": list(by_account), "amount": amounts(by_account.values())})


NOTHING = sums()
LINES = lines(("A", "2026-01-05", 1000, 50), ("B", "2026-03-05", 500, 0), ("C", "2026-03-05", 9, 9))


def totals(
    net: pd.DataFrame, rates=NO_RATES, accounts="AB", window=YEAR, **parts: pd.DataFrame
) -> tuple[dict[str, list], list[tuple]]:
    """The columns of the result, and the issues as (code, row)."""
    log = IssueLog()
    known = Given(**{"promotions": None, "rebates": NOTHING, "prizes": NOTHING, **parts})
    found = incentive_totals(pd.Index(list(accounts)), net, window, known, rates, "CNY", log)
    issues = log.frame()[["reason_code", "row_no"]].astype(object)
    codes = [(code, None if pd.isna(row) else row) for code, row in issues.to_numpy().tolist()]
    shown = found.astype(object).where(found.notna(), None)
    return {str(name): shown[name].tolist() for name in shown}, codes


def test_discounts_allowances_rebates_and_prizes_and_their_share_of_sales():
    held = promotions(("P1", "A", "2026-02-01", 100, 40), ("P2", "B", "2026-02-01", 30, None))
    found, issues = totals(LINES, promotions=held, rebates=sums(A="20.50"), prizes=sums(B=70))
    assert issues == []
    assert found == {
        "customer_id": ["A", "B"],
        "net_sales": [1000, 500],
        "discount_total": [50, 0],
        "allowance_total": [60, 30],
        "rebate_total": [D("20.50"), 0],
        "prize_sum": [0, 70],
        "incentive_total": [D("130.50"), 100],
        "incentive_rate": [0.1305, 0.2],
        "reason_code": [None, None],
    }


def test_only_what_lies_in_the_window_counts():
    net = lines(("A", "2025-12-31", 5, 5), ("A", "2026-04-01", 7, 7), ("A", "2026-07-01", 9, 9))
    held = promotions(
        ("P1", "A", "2026-03-31", 1), ("P2", "A", "2026-04-01", 10), ("P3", "A", "2026-07-01", 100)
    )
    found, issues = totals(net, promotions=held, window=window_of("2026Q2"), accounts="A")
    assert (found["net_sales"], found["discount_total"]) == ([7], [7])
    assert (found["allowance_total"], issues) == ([10], [])


def test_promotions_that_are_not_held_cost_nothing():
    held = promotions(
        ("P1", "A", "2026-02-01", 1, None, "planned"),
        ("P2", "A", "2026-02-01", 10, None, "cancelled"),
        ("P3", "A", "2026-02-01", 100, None, "confirmed"),
        ("P4", "A", "2026-02-01", 1000, None, None),
        ("P5", "C", "2026-02-01", 9, None, "running"),
    )
    found, issues = totals(LINES, promotions=held)
    assert (found["allowance_total"], issues) == ([1100, 0], [])


def test_an_allowance_is_never_below_0():
    held = promotions(("P1", "A", "2026-02-01", 100, 130), ("P2", "A", "2026-02-01", None, None))
    found, issues = totals(LINES, promotions=held)
    assert found["allowance_total"] == [0, 0]
    assert issues == [("CONTRIBUTION_EXCEEDS_COST", 6)]


def test_an_allowance_is_converted_at_the_start_of_its_promotion():
    held = promotions(("P1", "A", "2026-03-31", 100, 0, None, "USD"))
    found, issues = totals(LINES, USD, promotions=held)
    assert (found["allowance_total"], issues) == ([710, 0], [])


def test_an_allowance_without_a_rate_is_left_out_and_said_of_its_account():
    held = promotions(
        ("P1", "A", "2026-01-31", 100, 0, None, "USD"), ("P2", "A", "2026-01-31", 5, 0)
    )
    found, issues = totals(LINES, USD, promotions=held)
    assert (found["allowance_total"], issues) == ([5, 0], [("FX_MISSING", 6)])
    assert found["reason_code"] == ["ALLOWANCE_INCOMPLETE", None]


def test_a_cost_that_may_be_there_twice_and_a_promotion_without_a_start_are_listed():
    held = promotions(
        ("P1", "A", "2026-02-01", 100), ("P1", "A", "2026-02-01", 100), ("P2", "A", None, 5)
    )
    found, issues = totals(LINES, promotions=held)
    assert found["allowance_total"] == [200, 0]
    assert issues == [("PROMOTION_UNDATED", 8), ("PROMOTION_COST_REPEATED", 7)]


def test_tables_without_rows_give_totals_of_nothing():
    none = promotions(("P", "A", None, 1))[:0]
    found, issues = totals(LINES[:0], promotions=none)
    assert (found["incentive_total"], issues) == ([0, 0], [])
    found, issues = totals(LINES, promotions=none, accounts="")
    assert (found["incentive_total"], issues) == ([], [])


def test_what_nobody_knows_is_empty_and_said_once():
    net = LINES.assign(discount=amounts([None] * 3))
    found, issues = totals(net, prizes=sums(A=10), rebates=None)
    assert (
        found["discount_total"] == found["allowance_total"] == found["rebate_total"] == [None] * 2
    )
    assert (found["incentive_total"], found["incentive_rate"]) == ([10, 0], [0.01, 0.0])
    assert found["reason_code"] == [None, None]
    assert [code for code, _ in issues] == [
        "DISCOUNTS_UNKNOWN",
        "PROMOTIONS_MISSING",
        "REBATES_MISSING",
    ]


def test_where_nothing_is_known_there_is_no_total():
    net = LINES.drop(columns="discount")
    found, issues = totals(net, rebates=None, prizes=None)
    assert (found["incentive_total"], len(issues)) == ([None, None], 4)


def test_lines_without_a_discount_among_others_count_as_without():
    net = lines(("A", "2026-01-05", 1000, 50), ("A", "2026-01-06", 30, None))
    found, issues = totals(net, promotions=promotions(("P", "A", "2026-01-01", 0)))
    assert (found["discount_total"], issues) == ([50, 0], [("DISCOUNTS_INCOMPLETE", None)])


def test_without_sales_there_is_no_share():
    net = lines(("A", "2026-01-05", -1, 0))
    found, _ = totals(net, rebates=sums(A=5, B=5))
    assert found["incentive_total"] == [5, 5]
    assert found["incentive_rate"] == [None, None]
    assert found["reason_code"] == ["NO_SALES_IN_WINDOW"] * 2


# Prizes of contests.


def results(*rows: tuple[str, str | None, object, object, str]) -> pd.DataFrame:
    names = ["contest_id", "customer_id", "prize_amount", "prize_goods_value", "currency"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(**{name: amounts(frame[name]) for name in names[2:4]})


def given_in(period: str, found: pd.DataFrame, rates=USD) -> tuple[list[tuple], list[str]]:
    contests = [
        Contest("T1", window_of("2026Q1"), (), "CNY"),
        Contest("T2", window_of("2026Q2"), (), "USD"),
        Contest("T3", window_of("2026H2"), (), "CNY"),
    ]
    log = IssueLog()
    prizes = prizes_given(found, contests, window_of(period), rates, "CNY", log)
    return list(prizes.itertuples(index=False, name=None)), log.frame()["reason_code"].tolist()


def test_prizes_of_contests_that_ended_in_the_window_in_base_currency():
    found = results(
        ("T1", "A", 100, None, "CNY"),
        ("T2", "A", 10, 5, "USD"),
        ("T2", "B", None, None, "USD"),
        ("T1", None, 7, None, "CNY"),
        ("T3", "A", 999, None, "CNY"),
    )
    assert given_in("2026H1", found) == ([("A", 100), ("A", D("109.5"))], [])
    assert given_in("2026Q2", found, NO_RATES) == ([], ["FX_MISSING"])


def test_nobody_won_anything():
    none = contest_results([], Figures(date(2026, 12, 31), LINES, pd.Index([])), IssueLog())
    assert given_in("2026", none) == ([], [])


# Laws.

ACCOUNT = st.sampled_from("ABC")
CENTS = st.integers(0, 10**7).map(lambda cents: D(cents) / 100)


@settings(max_examples=30)  # each of them makes four tables
@given(
    st.lists(st.tuples(ACCOUNT, st.just("2026-05-05"), CENTS, CENTS), min_size=1),
    st.lists(st.tuples(st.just("P"), ACCOUNT, st.just("2026-05-05"), CENTS, CENTS), min_size=1),
    st.dictionaries(ACCOUNT, CENTS),
    st.dictionaries(ACCOUNT, CENTS),
)
def test_the_accounts_add_up_to_what_was_given(sales, held, rebates, prizes):
    log = IssueLog()
    known = Given(promotions(*held), sums(**rebates), sums(**prizes))
    net = lines(*sales)
    found = incentive_totals(pd.Index(list("ABC")), net, YEAR, known, NO_RATES, "CNY", log)
    parts = [
        sum((discount for *_, discount in sales), D(0)),
        sum((max(cost - borne, D(0)) for *_, cost, borne in held), D(0)),
        sum(rebates.values(), D(0)),
        sum(prizes.values(), D(0)),
    ]
    names = ["discount_total", "allowance_total", "rebate_total", "prize_sum"]
    assert [found[name].sum() for name in names] == parts
    assert found["incentive_total"].sum() == sum(parts, D(0))
    assert found["net_sales"].sum() == net["amount"].sum()
