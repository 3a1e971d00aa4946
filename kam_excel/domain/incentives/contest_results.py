"""Results of sales contests: who is eligible, which place he has, and what he wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kam_excel.domain.columns import holds
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_entrants import Entrants, Figures, entrants
from kam_excel.domain.incentives.contest_prizes import AWARDED, award
from kam_excel.domain.incentives.contest_terms import TABLE, Contest, Measure
from kam_excel.domain.incentives.contests import places
from kam_excel.domain.incentives.prize_proof import verify_prizes
from kam_excel.domain.incentives.targets import target_of
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import divide, share_float
from kam_excel.domain.periods import Window, year_before

SHARE_PLACES = 6  # of growth and attainment as they are shown; places go by the exact ratio
COLUMNS = (
    "contest_id",
    "contest_name",
    "place",
    "customer_id",
    "staff_id",
    "contest_measure",
    "measure_value",
    "tie_break_measure",
    "tie_break_value",
    "eligible",
    *AWARDED,
    "currency",
    "reason_code",
)
REASONS = {
    "PROVISIONAL": (
        "竞赛尚未结束，名次和奖励为暂定",
        "The contest is not over: place and prize are provisional",
    ),
    "BELOW_THRESHOLD": ("未达到参赛门槛", "Below the entry threshold"),
    "NO_CONTEST_SALES": ("竞赛期间没有销售", "No sales in the period of the contest"),
    "NO_CONTEST_BASE": (
        "上年同期没有销售，无法计算增长率",
        "No sales in the same days a year before, so there is no growth rate",
    ),
    "NO_CONTEST_TARGET": (
        "该期间没有大于 0 的任务量，无法计算达成率",
        "No target above 0 for the period, so there is no attainment",
    ),
    "NO_CONTEST_QTY": ("销售没有数量", "The sales have no quantities"),
    "LEFT_STAFF": ("已离职", "Has left the company"),
    "TIE_POOLED": (
        "名次并列，奖金合并平分",
        "A tie: the prizes of the tied places are shared equally",
    ),
    "TIE_BY_MEASURE": (
        "指标相同，实物奖品不可拆分，按第二指标定名次",
        "A tie; goods are not split, so the second measure decides",
    ),
    "TIE_BY_CODE": (
        "两项指标都相同，编码小者在前",
        "Both measures are equal: the lower code comes first",
    ),
    "CASH_AND_GOODS": ("同时有奖金和实物奖品", "A prize of money and of goods"),
    "PRIZE_UNVALUED": ("实物奖品没有单价", "The goods have no unit price"),
    "OVER_BUDGET": (
        "奖品合计超出预算，不列奖励",
        "The prizes are more than the budget: none is listed",
    ),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of each entrant: `ranked` (exact, or float64 where a ratio), as it is `shown`
    (exact), both missing where there is none, and why it is missing.
    """

    ranked: pd.Series
    shown: pd.Series
    lacking: str


def contest_results(contests: Sequence[Contest], figures: Figures, log: IssueLog) -> pd.DataFrame:
    """One row an entrant of a contest, by place, then those who are not eligible: COLUMNS.

    place (Int64), eligible (bool), measure_value and tie_break_value (exact: base currency,
    pieces or share), prizes (exact, in the `currency` of the contest), reason_code of REASONS.
    A contest that has not begun, or has no entrants, is logged and left out.
    """
    begun = _begun(contests, figures, log)
    payees = dict.fromkeys(contest.payee for contest in begun)
    fields = {payee: entrants(payee, figures, log) for payee in payees}
    found = [_of_one(contest, fields[contest.payee], figures, log) for contest in begun]
    rows = [frame for frame in found if frame is not None]
    if not rows:
        return _typed(pd.DataFrame(columns=list(COLUMNS), dtype=object))
    return _typed(pd.concat(rows, ignore_index=True))


def default_measure(contest: Contest, field: Entrants, figures: Figures) -> Measure:
    """The measure of a contest; of one that names none, attainment if any of its entrants has a
    target for its period, else growth: so that size does not decide.
    """
    if contest.measure is not None:
        return contest.measure
    return "attainment" if _targets(contest, field, figures).notna().any() else "growth"


def _begun(contests: Sequence[Contest], figures: Figures, log: IssueLog) -> list[Contest]:
    later = [each for each in contests if each.window.start > figures.as_of]
    for contest in later:
        _not_ranked("CONTEST_NOT_BEGUN", contest, log)
    return [each for each in contests if each not in later]


def _not_ranked(code: str, contest: Contest, log: IssueLog, column: str = "") -> None:
    value = contest.currency if column else contest.contest_name or contest.contest_id
    log.add_one(code, TABLE, "CONTEST_NOT_RANKED", contest.row, column, value)


def _of_one(
    contest: Contest, field: Entrants, figures: Figures, log: IssueLog
) -> pd.DataFrame | None:
    """The rows of a contest; None where nobody competes or a foreign threshold has no rate."""
    if field.ids.empty:
        _not_ranked("CONTEST_WITHOUT_ENTRANTS", contest, log)
        return None
    measure = default_measure(contest, field, figures)
    if contest.rate is None and contest.threshold is not None and measure != "quantity":
        _not_ranked("FX_MISSING", contest, log, "currency")
        return None
    return _ranked(contest, measure, field, figures)


def _ranked(contest: Contest, measure: Measure, field: Entrants, figures: Figures) -> pd.DataFrame:
    """The rows of a contest that has begun."""
    seen = Window(contest.window.start, min(contest.window.end, figures.as_of))
    now = _sums(figures.lines, seen, field)
    before = _sums(figures.lines, year_before(seen), field)
    targets = _targets(contest, field, figures)
    first = _measured(measure, now, before, targets)
    other: Measure = "sales" if measure == "growth" else "growth"
    second = _measured(other, now, before, targets)
    why = _not_eligible(contest, measure, first, now, field)
    eligible = why.isna()
    ranked = first.ranked[eligible]
    won = award(contest, places(ranked), places(ranked, second.ranked), second.ranked)
    verify_prizes(contest, won)
    reasons = why.fillna("").where(~eligible, won["reasons"].reindex(field.ids).fillna(""))
    if contest.window.end > figures.as_of:
        reasons = reasons.where(~eligible, "PROVISIONAL " + reasons)
    codes = reasons.str.split().str.join(", ")
    frame = pd.DataFrame(
        {
            "contest_id": contest.contest_id,
            "contest_name": contest.contest_name or None,
            "place": won["place"].reindex(field.ids),
            field.kind: field.ids,
            "contest_measure": measure,
            "measure_value": first.shown,
            "tie_break_measure": other,
            "tie_break_value": second.shown,
            "eligible": eligible,
            **won[list(AWARDED)].reindex(field.ids),
            "currency": contest.currency,
            "reason_code": codes.mask(codes == ""),
        },
        index=field.ids,
    )
    frame = frame.reindex(columns=list(COLUMNS)).astype(object)
    return frame.sort_values("place", kind="stable", na_position="last")


def _sums(lines: pd.DataFrame, window: Window, field: Entrants) -> pd.DataFrame:
    """Sales (0 without any) and pieces (missing where lines have none) of each entrant."""
    within = lines[window.contains(lines["date"])]
    whose = within["customer_id"].map(field.of_account)
    sums = within.groupby(whose)
    sales = sums["amount"].sum().reindex(field.ids)
    qty = sums["qty"].sum(min_count=1).reindex(field.ids)
    idle = sales.isna()
    return pd.DataFrame({"sales": sales.mask(idle, 0), "qty": qty.mask(idle, 0)})


def _measured(
    measure: Measure, now: pd.DataFrame, before: pd.DataFrame, targets: pd.Series
) -> Measured:
    """A measure of each entrant; ratios only on a base above 0."""
    if measure == "sales":
        return Measured(now["sales"], now["sales"], "NO_CONTEST_SALES")
    if measure == "quantity":
        return Measured(now["qty"], now["qty"], "NO_CONTEST_QTY")
    if measure == "attainment":
        return _ratio(now["sales"], targets, "NO_CONTEST_TARGET")
    return _ratio(now["sales"] - before["sales"], before["sales"], "NO_CONTEST_BASE")


def _ratio(part: pd.Series, base: pd.Series, lacking: str) -> Measured:
    usable = base.where(holds(base > 0))
    return Measured(share_float(part, usable), divide(part, usable, SHARE_PLACES), lacking)


def _not_eligible(
    contest: Contest, measure: Measure, first: Measured, now: pd.DataFrame, field: Entrants
) -> pd.Series:
    """Why an entrant has no place, missing where he has one."""
    basis: Any = now["qty" if measure == "quantity" else "sales"]
    why = pd.Series([None] * len(field.ids), field.ids, dtype="str")
    why = why.mask(first.ranked.isna(), first.lacking)
    if contest.threshold is None:
        why = why.mask(holds(basis <= 0), "NO_CONTEST_SALES")
    else:
        rate = contest.rate if measure != "quantity" else None
        threshold = contest.threshold * (1 if rate is None else rate)
        why = why.mask(holds(basis < threshold), "BELOW_THRESHOLD")
    return why.mask(field.ids.isin(list(field.left)), "LEFT_STAFF")


def _targets(contest: Contest, field: Entrants, figures: Figures) -> pd.Series:
    """The target of each entrant for the period of a contest: exact, missing where none."""
    if figures.targets is None:
        return pd.Series(exact([None] * len(field.ids)).array, index=field.ids)
    return target_of(figures.targets, contest.window, field.kind).reindex(field.ids)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns in the types of the result."""
    amounts = [name for name in COLUMNS if name.endswith(("value", "amount", "qty", "total"))]
    kinds = {name: "str" for name in COLUMNS if name not in amounts}
    kinds |= {"place": "Int64", "eligible": "bool"}
    return frame.astype(kinds).assign(**{name: exact(frame[name]) for name in amounts})
