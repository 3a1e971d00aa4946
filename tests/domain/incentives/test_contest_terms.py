"""The terms of contests, as their sheet says them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from contest_sheets import CAR, DEFAULTS, read
from kam_excel.domain.incentives.contest_terms import Contest, Prize
from kam_excel.domain.incentives.spans import window_of

D = Decimal


def test_what_holds_for_the_contest_may_stand_in_its_first_row():
    found, issues = read(
        {**DEFAULTS, "place": 1, "prize_amount": 100, "budget": 150, "entry_threshold": 10},
        {"contest_id": "T1", "place": 2, "prize_amount": "50"},
    )
    assert issues == []
    assert found == [
        Contest(
            "T1",
            window_of("2026Q3"),
            (Prize(1, money=D(100)), Prize(2, money=D(50))),
            "CNY",
            measure="sales",
            threshold=D(10),
            budget=D(150),
            row=6,
        )
    ]


def test_rows_that_say_the_same_in_other_words_do_not_contradict():
    found, issues = read(
        {**DEFAULTS, "place": 1, "currency": "人民币", "budget": 100},
        {**DEFAULTS, "period": "2026年三季度", "place": 2, "currency": "CNY", "budget": "100.00"},
    )
    assert (len(found), issues) == (1, [])


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("period", "2026Q3", "2026Q4"),
        ("budget", 100, 200),
        ("contest_measure", "sales", "growth"),
        ("currency", "CNY", "USD"),
        ("entry_threshold", 5, 6),
        ("payee_type", "account", "own staff"),
    ],
)
def test_a_contest_that_contradicts_itself_is_not_ranked(column, one, other):
    first = {**DEFAULTS, "place": 1, column: one}
    found, issues = read(first, {**first, "place": 2, column: other})
    assert (found, issues) == ([], [("CONTEST_CONTRADICTS", 7, column)])


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("period", None, "CONTEST_UNCLEAR"),
        ("period", "soon", "PERIOD_UNREADABLE"),
        ("contest_measure", "fame", "CONTEST_WORD_UNKNOWN"),
        ("currency", "XYZ", "CONTEST_UNCLEAR"),
        ("payee_type", "anybody", "CONTEST_WORD_UNKNOWN"),
    ],
)
def test_what_nobody_can_read_is_not_ranked(column, value, code):
    found, issues = read({**DEFAULTS, "place": 1, column: value})
    assert found == []
    assert (code, 6, column) in issues


def test_a_sheet_with_the_required_columns_alone():
    assert read({"contest_id": "T1", "place": 1})[1] == [("CONTEST_UNCLEAR", 6, "period")]


def test_a_row_without_a_contest_is_listed():
    found, issues = read({**DEFAULTS, "place": 1}, {"contest_id": None, "place": 2})
    assert (len(found), issues) == (1, [("CONTEST_ID_MISSING", 7, "")])


@pytest.mark.parametrize(
    "prize",
    [
        {"place": None, "prize_amount": 5},
        {"place": 0, "prize_amount": 5},
        {"place": 1, "prize_amount": -5},
        {"place": 1, "prize_amount": "0.005"},
        {"place": 1, "prize_amount": "1e300"},
        {"place": 1, "prize_type": "cash"},
        {"place": 1, "prize_type": "cash", "prize_amount": 5, "prize_qty": 2},
        {"place": 1, "prize_type": "goods", "prize_unit_price": 5},
        {"place": 1, "prize_amount": 7, "prize_qty": 2, "prize_unit_price": 3},
        {"place": 1, "prize_amount": 7, "prize_qty": 2},
        {"place": 1, "prize_amount": 5, "currency": "JPY", "prize_qty": 0},
    ],
)
def test_an_unclear_prize_keeps_its_contest_from_being_ranked(prize):
    found, issues = read({**DEFAULTS, **prize})
    assert (found, issues) == ([], [("PRIZE_UNCLEAR", 6, "place")])


def test_a_prize_of_an_unknown_type_is_told_at_its_type():
    found, issues = read({**DEFAULTS, "place": 1, "prize_type": "voucher", "prize_amount": 5})
    assert (found, issues) == ([], [("CONTEST_WORD_UNKNOWN", 6, "prize_type")])


@pytest.mark.parametrize(
    ("prize", "meant"),
    [
        ({"prize_amount": 5}, Prize(1, money=D(5))),
        ({"prize_amount": 5, "prize_type": "cash"}, Prize(1, money=D(5))),
        ({"award": "锦旗"}, Prize(1, "锦旗")),
        ({"prize_qty": 2, "prize_unit_price": 3}, Prize(1, goods=D(2), goods_value=D(6))),
        (
            {"prize_qty": 2, "prize_unit_price": 3, "prize_amount": 6},
            Prize(1, goods=D(2), goods_value=D(6)),
        ),
        (
            {"prize_qty": 2, "prize_amount": 6, "prize_type": "goods"},
            Prize(1, goods=D(2), goods_value=D(6)),
        ),
    ],
)
def test_prizes_as_they_are_written(prize, meant):
    found, issues = read({**DEFAULTS, "place": 1, **prize})
    assert (found[0].prizes, issues) == ((meant,), [])


def test_a_place_may_have_money_and_goods_but_no_award_twice():
    first = {**DEFAULTS, "place": 1, "award": "一等奖"}
    found, issues = read({**first, "prize_amount": 5}, {**first, **CAR})
    assert (found[0].offered, issues) == (D(140_005), [])
    found, issues = read({**first, "prize_amount": 5}, {**first, "prize_amount": 5})
    assert (found, issues) == ([], [("PRIZE_REPEATED", 7, "place")])


def test_contests_for_individuals_are_errors_unless_allowed():
    row = {**DEFAULTS, "place": 1, "payee_type": "individual"}
    assert read(row, {**row, "place": 2}) == ([], [("INDIVIDUAL_BENEFIT", 6, "payee_type")])
    found, issues = read(row, individual_payee="allowed")
    assert ([each.payee for each in found], issues) == (["individual"], [])
