"""Contests: who is eligible, places, prizes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from contest_sheets import CAR, DEFAULTS, NO_RATES, read
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_entrants import Figures
from kam_excel.domain.incentives.contest_results import COLUMNS, contest_results
from kam_excel.domain.incentives.contest_terms import Contest, Prize
from kam_excel.domain.incentives.spans import window_of
from kam_excel.domain.incentives.targets import read_targets
from kam_excel.domain.issues import IssueLog

D = Decimal
USD = pd.DataFrame(
    {
        "currency": ["USD"],
        "effective_date": pd.to_datetime(["2026-01-01"]),
        "fx_rate": exact([D("7")]),
    }
)


def lines(*rows: tuple[str, str, str | int]) -> pd.DataFrame:
    """Net sales of customer, day and amount; a piece for each 100."""
    frame = pd.DataFrame(rows, columns=["customer_id", "date", "amount"])
    amounts = exact([D(str(each)) for each in frame["amount"]])
    dates = pd.to_datetime(frame["date"])
    return frame.assign(date=dates, amount=amounts, qty=amounts * D("0.01"))


def sold(**amounts: str | int) -> list[tuple]:
    """What each account sold in the third quarter of 2026."""
    return [(account, "2026-08-15", amount) for account, amount in amounts.items()]


def sold_before(**amounts: str | int) -> list[tuple]:
    return [(account, "2025-07-01", amount) for account, amount in amounts.items()]


def ranked(
    contest: list[dict], sales: list[tuple], as_of="2026-12-31", rates=NO_RATES, **figures
) -> pd.DataFrame:
    """The results of one contest without any issues, by entrant, as text."""
    contests, issues = read(*[{**DEFAULTS, **row} for row in contest], rates=rates)
    assert issues == []
    log = IssueLog()
    net = lines(*sales)
    figures.setdefault("key_accounts", pd.Index(net["customer_id"].unique()))
    found = contest_results(contests, Figures(date.fromisoformat(as_of), net, **figures), log)
    assert log.frame().empty
    assert list(found.columns) == list(COLUMNS)
    return found.set_index(found["customer_id"].fillna(found["staff_id"]))


def texts(results: pd.DataFrame, *columns: str) -> list[tuple]:
    """The rows with their entrants: empty cells as None, amounts without needless zeros."""

    def text(value):
        if pd.isna(value):
            return None
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    return [
        (index, *(text(value) for value in row))
        for index, row in zip(
            results.index, results[list(columns)].itertuples(index=False), strict=True
        )
    ]


# The article's case: 40 cars worth 5.6 million and 0.4 million in cash for large customers.


def article(budget: str | int) -> list[dict]:
    cars = [{**CAR, "prize_qty": 4, "place": place, "award": "轿车"} for place in range(1, 11)]
    cash = [{"place": place, "award": "奖金", "prize_amount": 40_000} for place in range(1, 11)]
    return [{**DEFAULTS, "budget": budget, **row} for row in cars + cash]


def test_40_cars_and_400_000_in_cash_are_6_million_and_within_the_budget():
    sales = sold(**{f"K{number:02d}": 1_000 - number for number in range(12)})
    found = ranked(article(6_000_000), sales)
    assert found["prize_qty"].sum() == 40
    assert found["prize_goods_value"].sum() == 5_600_000
    assert found["prize_amount"].sum() == 400_000
    assert found["prize_total"].sum() == 6_000_000
    assert texts(found, "place", "award", "prize_type", "prize_total", "reason_code")[::11] == [
        ("K00", 1, "轿车 / 奖金", None, "600000", "CASH_AND_GOODS"),
        ("K11", 12, None, None, None, None),
    ]


def test_a_cent_less_of_budget_leaves_the_prizes_empty():
    contests, issues = read(*article("5999999.99"))
    assert issues == [("CONTEST_OVER_BUDGET", 6, "budget")]
    figures = Figures(date(2026, 12, 31), lines(*sold(A=2, B=1)), pd.Index(["A", "B"]))
    found = contest_results(contests, figures, IssueLog())
    assert found["place"].tolist() == [1, 2]
    assert found[["award", "prize_amount", "prize_qty", "prize_total"]].isna().all(axis=None)
    assert found["reason_code"].tolist() == ["OVER_BUDGET"] * 2


# Measures.

BEFORE = sold_before(A=100, B=1000, C=0)
TWO = [{"place": 1, "prize_amount": 100}, {"place": 2, "prize_amount": 50}]


def measured(measure: str | None, sales: list[tuple], **figures) -> list[tuple]:
    contest = [{**row, "contest_measure": measure} for row in TWO]
    found = ranked(contest, sales, **figures)
    return texts(found, "place", "measure_value", "prize_amount", "reason_code")


def test_sales_and_pieces_of_the_period_count():
    sales = [*sold(A=300, B=500), ("A", "2026-06-30", 999), ("A", "2026-10-01", 999)]
    assert measured("sales", sales) == [("B", 1, "500", "100", None), ("A", 2, "300", "50", None)]
    assert measured("quantity", sales) == [("B", 1, "5", "100", None), ("A", 2, "3", "50", None)]


def test_growth_is_against_the_same_days_a_year_before_and_needs_a_base():
    sales = [*sold(A=150, B=1200, C=900), *BEFORE, ("A", "2025-06-30", 999)]
    assert measured("growth", sales) == [
        ("A", 1, "0.5", "100", None),
        ("B", 2, "0.2", "50", None),
        ("C", None, None, None, "NO_CONTEST_BASE"),
    ]


def targets(*rows: tuple[str, str, int], by="customer_id") -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[by, "period", "target"])
    log = IssueLog()
    return read_targets(frame.assign(target=exact(frame["target"])), NO_RATES, "CNY", log)


def test_attainment_is_of_the_target_for_the_period():
    plan = targets(("A", "2026Q3", 100), *(("B", f"2026-{m:02d}", 200) for m in (7, 8, 9)))
    assert measured("attainment", sold(A=90, B=600, C=5), targets=plan) == [
        ("B", 1, "1", "100", None),
        ("A", 2, "0.9", "50", None),
        ("C", None, None, None, "NO_CONTEST_TARGET"),
    ]


def test_without_a_measure_attainment_counts_where_there_are_targets_else_growth():
    sales = [*sold(A=150, B=1200), *BEFORE]
    growth = [("A", 1, "0.5", "100", None), ("B", 2, "0.2", "50", None)]
    assert measured(None, sales, targets=targets(("A", "2026", 100)))[:2] == growth
    assert measured(None, sales, targets=targets(("B", "2026Q3", 1200)))[0][:3] == ("B", 1, "1")


def test_the_entry_threshold_is_inclusive():
    contest = [{**TWO[0], "entry_threshold": "300.00"}]
    found = ranked(contest, sold(A="299.99", B=300))
    assert texts(found, "place", "eligible", "measure_value", "reason_code") == [
        ("B", 1, True, "300", None),
        ("A", None, False, "299.99", "BELOW_THRESHOLD"),
    ]


def test_a_threshold_of_pieces_and_one_in_another_currency():
    pieces = [{**TWO[0], "contest_measure": "quantity", "entry_threshold": 3}]
    assert ranked(pieces, sold(A=299, B=300))["eligible"].to_dict() == {"B": True, "A": False}
    dollars = [{**TWO[0], "currency": "USD", "entry_threshold": 10}]
    found = ranked(dollars, sold(A=69, B=70), rates=USD)
    assert found["eligible"].to_dict() == {"B": True, "A": False}
    assert found["currency"].unique().tolist() == ["USD"]


def test_a_foreign_threshold_without_a_rate_is_not_guessed():
    contests, _ = read({**DEFAULTS, "place": 1, "currency": "USD", "entry_threshold": 10})
    log = IssueLog()
    figures = Figures(date(2026, 12, 31), lines(*sold(A=69)), pd.Index(["A"]))
    assert contest_results(contests, figures, log).empty
    assert log.frame()["reason_code"].tolist() == ["FX_MISSING"]


def test_who_sold_nothing_wins_nothing():
    found = ranked([TWO[0]], sold(A=-5), key_accounts=pd.Index(["A", "B"]))
    assert texts(found, "place", "measure_value", "reason_code") == [
        ("A", None, "-5", "NO_CONTEST_SALES"),
        ("B", None, "0", "NO_CONTEST_SALES"),
    ]


# Ties.


def test_money_of_tied_places_is_pooled():
    contest = [{"place": place, "prize_amount": each} for place, each in ((1, 100), (2, "0.01"))]
    found = ranked(contest, sold(A=5, B=5, C=4))
    assert texts(found, "place", "prize_amount", "prize_total", "reason_code") == [
        ("A", 1, "50.01", "50.01", "TIE_POOLED"),
        ("B", 1, "50", "50", "TIE_POOLED"),
        ("C", 3, None, None, None),
    ]


def test_pooled_money_has_the_decimals_of_its_currency():
    contest = [{"place": 1, "prize_amount": 101, "currency": "JPY"}]
    found = ranked(contest, sold(A=5, B=5))
    assert found["prize_amount"].tolist() == [51, 50]


def test_goods_go_to_the_better_growth_and_then_to_the_lower_code():
    contest = [{"place": 1, "award": "轿车", **CAR}, {"place": 2, "prize_amount": 50}]
    sales = [*sold(A=150, B=150, C=150, D=150), *sold_before(A=100, B=75, C=100)]
    found = ranked(contest, sales)
    columns = ("place", "tie_break_value", "prize_type", "prize_qty", "prize_total", "reason_code")
    assert texts(found, *columns) == [
        ("B", 1, "1", "goods", "1", "140000", "TIE_BY_MEASURE"),
        ("A", 2, "0.5", "cash", None, "50", "TIE_BY_CODE"),
        ("C", 3, "0.5", None, None, None, "TIE_BY_CODE"),
        ("D", 4, None, None, None, None, "TIE_BY_MEASURE"),
    ]


def test_where_growth_is_the_measure_sales_decide():
    contest = [{"place": 1, "contest_measure": "growth", **CAR}]
    found = ranked(contest, [*sold(A=150, B=300), *sold_before(A=100, B=200)])
    assert texts(found, "place", "measure_value", "tie_break_value") == [
        ("B", 1, "0.5", "300"),
        ("A", 2, "0.5", "150"),
    ]


def test_goods_without_a_price_are_given_without_a_value():
    contests, issues = read({**DEFAULTS, "place": 1, "prize_qty": 2})
    assert issues == [("PRIZE_VALUE_UNKNOWN", 6, "prize_unit_price")]
    figures = Figures(date(2026, 12, 31), lines(*sold(A=2)), pd.Index(["A"]))
    found = contest_results(contests, figures, IssueLog())
    assert texts(found, "prize_qty", "prize_total", "reason_code") == [
        (0, "2", None, "PRIZE_UNVALUED")
    ]


# Periods.


def test_a_contest_that_is_not_over_is_provisional_and_compares_the_days_so_far():
    sales = [("A", "2026-07-02", 30), ("B", "2026-07-03", 1)]
    before = [("A", "2025-07-02", 20), ("A", "2025-07-20", 999)]
    contest = [{**TWO[0], "contest_measure": "growth", "entry_threshold": 5}]
    found = ranked(contest, [*sales, *before], as_of="2026-07-10")
    assert texts(found, "place", "measure_value", "prize_amount", "reason_code") == [
        ("A", 1, "0.5", "100", "PROVISIONAL"),
        ("B", None, None, None, "BELOW_THRESHOLD"),
    ]


def test_the_last_day_of_its_period_ends_a_contest():
    assert ranked([TWO[0]], sold(A=1), as_of="2026-09-30")["reason_code"].isna().all()


def test_a_contest_that_has_not_begun_is_a_note():
    contests, _ = read({**DEFAULTS, "place": 1, "contest_name": "秋季赛"})
    log = IssueLog()
    figures = Figures(date(2026, 6, 30), lines(*sold(A=1)), pd.Index(["A"]))
    assert contest_results(contests, figures, log).empty
    told = log.frame()[["level", "reason_code", "row_no", "original_value"]].values.tolist()
    assert told == [["note", "CONTEST_NOT_BEGUN", 6, "秋季赛"]]


# Our own people.

CUSTOMERS = pd.DataFrame(
    {"customer_id": ["A", "B", "C", "D"], "manager_id": ["S1", "李娜", "S2", None]}
)
STAFF = pd.DataFrame(
    {
        "staff_id": ["S1", "S2", "S3", "S4"],
        "staff_name": ["王强", "李娜", "赵敏", "赵敏"],
        "status": ["left", "active", None, None],
    }
)


def test_our_own_people_compete_with_the_sales_of_the_accounts_that_they_manage():
    contest = [{"place": 1, "prize_amount": 100, "payee_type": "own staff"}]
    found = ranked(
        contest, sold(A=50, B=30, C=40, D=999), customers=CUSTOMERS, staff=STAFF, key_accounts=None
    )
    assert texts(found, "place", "customer_id", "measure_value", "prize_amount") == [
        ("S2", 1, None, "70", "100"),
        ("S1", None, None, "50", None),
    ]
    assert found["reason_code"].tolist()[1] == "LEFT_STAFF"


def test_our_own_people_have_targets():
    row = {"place": 1, "payee_type": "own staff", "contest_measure": None}
    plan = targets(("S2", "2026Q3", 140), by="staff_id")
    found = ranked([row], sold(B=30, C=40), customers=CUSTOMERS, staff=STAFF, targets=plan)
    assert texts(found, "contest_measure", "measure_value")[0] == ("S2", "attainment", "0.5")


def test_managers_whom_nobody_knows_are_listed_once():
    contests, _ = read(
        *({**DEFAULTS, "contest_id": each, "place": 1, "payee_type": "own staff"} for each in "XY")
    )
    log = IssueLog()
    customers = CUSTOMERS.assign(manager_id=["赵敏", "王强", "赵敏", "S3"])
    net = lines(*sold(A=1, B=2, D=3))
    figures = Figures(date(2026, 12, 31), net, pd.Index([]), None, customers, STAFF)
    found = contest_results(contests, figures, log)
    assert found["staff_id"].tolist() == ["S3", "S1"] * 2
    issues = log.frame()[["reason_code", "row_no", "original_value"]].values.tolist()
    assert issues == [["MANAGER_UNKNOWN", 0, "赵敏"]]


def test_without_a_staff_table_managers_are_as_written_and_without_managers_nobody_competes():
    contests, _ = read({**DEFAULTS, "place": 1, "payee_type": "own staff"})
    net, day = lines(*sold(A=1, B=2)), date(2026, 12, 31)
    log = IssueLog()
    found = contest_results(contests, Figures(day, net, pd.Index([]), None, CUSTOMERS), log)
    assert found["staff_id"].tolist() == ["李娜", "S1", "S2"]
    assert contest_results(contests, Figures(day, net, pd.Index(["A"])), log).empty
    codes = log.frame()["reason_code"].tolist()
    assert codes == ["MANAGERS_AS_WRITTEN", "CONTEST_WITHOUT_ENTRANTS"]


# Laws.

PRIZES = st.lists(
    st.tuples(st.integers(0, 500), st.booleans(), st.integers(0, 3)), min_size=1, max_size=6
)


@settings(max_examples=25)  # each of them is a whole ranking
@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 3), min_size=1),
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 2)),
    PRIZES,
)
def test_what_is_given_is_what_the_places_that_are_taken_offer(now, before, offers):
    prizes = []
    for place, (cents, has_money, pieces) in enumerate(offers, start=1):
        if has_money:
            prizes.append(Prize(place, money=D(cents) / 100))
        if pieces:
            prizes.append(Prize(place, goods=D(pieces), goods_value=D(7 * pieces)))
    contest = Contest("T", window_of("2026Q3"), tuple(prizes), "CNY", measure="sales")
    net = lines(*sold(**now), *sold_before(**before))
    found = contest_results(
        [contest], Figures(date(2026, 12, 31), net, pd.Index(sorted(now))), IssueLog()
    )
    taken = [prize for prize in prizes if prize.place <= len(now)]
    assert found["prize_amount"].sum() == sum((prize.money for prize in taken), D(0))
    assert found["prize_qty"].sum() == sum((prize.goods for prize in taken), D(0))
    assert found["prize_total"].sum() == sum((prize.value for prize in taken), D(0))
    assert found["prize_total"].sum() <= contest.offered
    assert found["measure_value"].is_monotonic_decreasing
    assert all(each in {prize.goods for prize in prizes} for each in found["prize_qty"].dropna())
