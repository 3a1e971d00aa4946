"""The terms of sales contests: when they run, what is measured, and what each place gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

import pandas as pd

from kam_excel.domain.columns import exact_column, text_column
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.incentives.individuals import IndividualRule, report_individuals
from kam_excel.domain.incentives.spans import read_periods
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import round_half_up
from kam_excel.domain.periods import Window
from kam_excel.domain.rates import currency_codes, known_rates

TABLE = "contests"
Measure = Literal["sales", "quantity", "growth", "attainment"]
Payee = Literal["account", "own staff", "individual"]
NONE = Decimal(0)
MOST = Decimal(10) ** 15  # a cell shows no more digits; what is beyond is no prize
# What holds for a whole contest, and what it may say.
FACTS: dict[str, tuple[str, ...]] = {
    "contest_name": (),
    "window": (),
    "contest_measure": get_args(Measure),
    "currency": tuple(MINOR_UNITS),
    "payee_type": get_args(Payee),
    "entry_threshold": (),
    "budget": (),
}
PRIZE_TYPES = "cash", "goods"
WORDS = {"contest_measure", "payee_type"}  # facts that are choices


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize of one place: money, or goods (pieces) of a value that may be unknown."""

    place: int
    award: str = ""
    money: Decimal = NONE
    goods: Decimal = NONE
    goods_value: Decimal | None = NONE

    @property
    def value(self) -> Decimal | None:
        """What it is worth, in the currency of the contest."""
        return None if self.goods_value is None else self.money + self.goods_value


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest that can be ranked.

    measure: None where the contest names none
    threshold: the least sales (in `currency`) or pieces of an entrant
    rate: what a unit of `currency` is worth in the base currency when the contest begins; None
        where that is not known
    row: the first row of its sheet
    """

    contest_id: str
    window: Window
    prizes: tuple[Prize, ...]
    currency: str
    contest_name: str = ""
    measure: Measure | None = None
    payee: Payee = "account"
    threshold: Decimal | None = None
    budget: Decimal | None = None
    rate: Decimal | None = Decimal(1)
    row: int | None = None

    @property
    def offered(self) -> Decimal:
        """What all prizes are worth, those of unknown value left out."""
        return sum((prize.value or prize.money for prize in self.prizes), NONE)

    @property
    def over_budget(self) -> bool:
        """Whether the prizes are worth more than the budget."""
        return self.budget is not None and self.offered > self.budget


def read_contests(
    contests: pd.DataFrame,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
    individual_payee: IndividualRule = "forbidden",
) -> list[Contest]:
    """The contests that can be ranked, in the order of the sheet.

    contests: contest_id, place (Int64); optional contest_name, period, contest_measure, award,
        prize_amount, prize_type (cash, goods), prize_qty, prize_unit_price, budget,
        entry_threshold (exact), currency, payee_type (account, own staff, individual)
    rates: as `usable_rates` gives them, in the base currency `base`

    A contest whose rows contradict each other, with an unclear prize, or for individuals where
    they are forbidden, is logged and left out. One over its budget is logged and kept.
    """
    rows = _rows(contests, base, log)
    log.add("CONTEST_ID_MISSING", TABLE, rows.index[rows["contest_id"].isna()], "ROW_EXCLUDED")
    found = []
    for contest_id, own in rows.groupby("contest_id", sort=False):
        facts = _facts(own, log)
        prizes = _prizes(own, facts["currency"] if facts else base, log)
        if facts is None or prizes is None or _is_barred(own, log, individual_payee):
            continue
        contest = _contest(str(contest_id), facts, prizes, own.index[0], rates, base)
        _report_budget(contest, log)
        found.append(contest)
    return found


def _rows(contests: pd.DataFrame, base: str, log: IssueLog) -> pd.DataFrame:
    """The rows with all columns, the period read, the currency as a code where it is named."""
    texts = ("contest_id", "contest_name", "contest_measure", "award", "prize_type", "payee_type")
    amounts = ("prize_amount", "prize_qty", "prize_unit_price", "budget", "entry_threshold")
    named = text_column(contests, "currency").notna()
    return pd.DataFrame(
        {
            **{name: text_column(contests, name) for name in texts},
            **{name: exact_column(contests, name) for name in amounts},
            "place": contests["place"],
            "period": text_column(contests, "period"),
            "window": read_periods(contests, TABLE, log),
            "currency": currency_codes(contests, base).where(named),
        }
    )


def _facts(own: pd.DataFrame, log: IssueLog) -> dict[str, Any] | None:
    """What holds for a contest; None where its rows differ or say what nobody can read."""
    facts: dict[str, Any] = {}
    clear = True
    for name, allowed in FACTS.items():
        column = "period" if name == "window" else name
        said = own[name].dropna()
        others = said[[value != said.iloc[0] for value in said]]
        value = None if said.empty else said.iloc[0]
        unread = value is not None and allowed and value not in allowed
        if len(others):
            first = own.loc[said.index[0], column]
            row, other = others.index[0], own.loc[others.index[0], column]
            _fault("CONTEST_CONTRADICTS", row, column, other, log, first)
        elif unread and name in WORDS:
            _fault("CONTEST_WORD_UNKNOWN", said.index[0], column, value, log, ", ".join(allowed))
        elif unread or (name == "window" and value is None):
            _fault("CONTEST_UNCLEAR", own.index[0], column, value or "", log)
        clear &= not (len(others) or unread)
        facts[name] = value
    unreadable = own["window"].isna() & own["period"].notna()
    return facts if clear and facts["window"] is not None and not unreadable.any() else None


def _prizes(own: pd.DataFrame, currency: str | None, log: IssueLog) -> tuple[Prize, ...] | None:
    """The prizes by row; None where one is unclear or stands there twice."""
    prizes = {row: _prize(facts) for row, facts in zip(own.index, _records(own), strict=True)}
    places = MINOR_UNITS.get(currency or "", 2)
    seen: Counter[tuple[int, str, bool]] = Counter()
    strange = _strange_types(own, log)
    clear = not strange
    for row, prize in prizes.items():
        if row in strange:
            continue
        if prize is None or round_half_up(prize.money, places) != prize.money:
            _fault("PRIZE_UNCLEAR", row, "place", own.loc[row, "place"], log)
            clear = False
            continue
        kind = prize.place, prize.award, prize.goods > 0
        if seen[kind]:
            _fault("PRIZE_REPEATED", row, "place", prize.place, log)
            clear = False
        seen[kind] += 1
        if prize.goods_value is None:
            log.add_one("PRIZE_VALUE_UNKNOWN", TABLE, "GIVEN_UNVALUED", row, "prize_unit_price")
    return tuple(prize for prize in prizes.values() if prize) if clear else None


def _strange_types(own: pd.DataFrame, log: IssueLog) -> set[Any]:
    """The rows whose prize type is none that is known; each is logged."""
    said = own["prize_type"].dropna()
    strange = said[~said.isin(PRIZE_TYPES)]
    for row, word in strange.items():
        _fault("CONTEST_WORD_UNKNOWN", row, "prize_type", word, log, ", ".join(PRIZE_TYPES))
    return set(strange.index)


def _records(own: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """Each row with None for what is missing."""
    for facts in own.to_dict("records"):
        yield {str(name): None if pd.isna(value) else value for name, value in facts.items()}


def _prize(row: dict[str, Any]) -> Prize | None:
    """The prize of a row, None where it cannot be understood."""
    amount, qty, price = row["prize_amount"], row["prize_qty"], row["prize_unit_price"]
    figures = (each for each in (row["place"], amount, qty, price) if each is not None)
    if row["place"] is None or row["place"] < 1 or not all(0 <= each < MOST for each in figures):
        return None
    award, worth = row["award"] or "", None if None in (qty, price) else qty * price
    kind = row["prize_type"]
    if kind is None and qty is None and price is None:
        return Prize(int(row["place"]), award, amount or NONE)
    if kind == "cash" and amount is not None and qty is None and price is None:
        return Prize(int(row["place"]), award, amount)
    is_contrary = amount is not None and amount != worth and (kind is None or worth is not None)
    if kind not in (None, "goods") or not qty or is_contrary:
        return None
    return Prize(int(row["place"]), award, NONE, qty, amount if worth is None else worth)


def _is_barred(own: pd.DataFrame, log: IssueLog, rule: IndividualRule) -> bool:
    """Whether the contest rewards individuals where none may be."""
    first = own["payee_type"].dropna().head(1)
    return bool(report_individuals(first, TABLE, "CONTEST_NOT_RANKED", log, rule).any())


def _contest(
    contest_id: str,
    facts: dict[str, Any],
    prizes: tuple[Prize, ...],
    row: Any,
    rates: pd.DataFrame,
    base: str,
) -> Contest:
    currency, start = facts["currency"] or base, pd.Timestamp(facts["window"].start)
    rate = known_rates(pd.Series([currency]), pd.Series([start]), rates, base).iloc[0]
    return Contest(
        contest_id,
        facts["window"],
        prizes,
        currency,
        facts["contest_name"] or "",
        facts["contest_measure"],
        facts["payee_type"] or "account",
        facts["entry_threshold"],
        facts["budget"],
        None if rate is pd.NA else rate,
        row,
    )


def _report_budget(contest: Contest, log: IssueLog) -> None:
    if contest.over_budget:
        log.add_one(
            "CONTEST_OVER_BUDGET",
            TABLE,
            "PRIZES_LEFT_EMPTY",
            contest.row,
            "budget",
            contest.budget,
            contest.offered - (contest.budget or NONE),
            contest.offered,
        )


def _fault(code: str, row: Any, column: str, value: Any, log: IssueLog, taken: Any = "") -> None:
    log.add_one(code, TABLE, "CONTEST_NOT_RANKED", row, column, value, taken=taken)
