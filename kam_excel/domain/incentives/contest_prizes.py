"""What the places of a contest win: money shared by those who are tied, goods given whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from kam_excel.domain.columns import coalesce
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.exact import exact
from kam_excel.domain.incentives.contest_terms import NONE, TABLE, Contest, Prize
from kam_excel.domain.incentives.contests import shared_prizes
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.periods import Window
from kam_excel.domain.rates import known_rates

AWARDED = (
    "award",
    "prize_type",
    "prize_amount",
    "prize_qty",
    "prize_goods_value",
    "prize_total",
)
AMOUNTS = AWARDED[2:]


def award(
    contest: Contest, shared: pd.Series, strict: pd.Series, second: pd.Series
) -> pd.DataFrame:
    """The place of each entrant, what he wins (AWARDED) and the codes of why (`reasons`).

    shared, strict: places as `contests.places` gives them, without and with the second measure;
    second: that measure. Where goods are among the prizes of tied places, nobody shares one.
    Prizes are in the currency of the contest, empty where there are none; what is given comes to
    the prizes of the places that are taken.
    """
    by_place: dict[int, list[Prize]] = defaultdict(list)
    for prize in contest.prizes:
        by_place[prize.place].append(prize)
    placed = shared.copy()
    taken: dict[Any, Sequence[Prize]] = {}
    reasons: dict[Any, str] = {}
    for place, group in shared.groupby(shared):
        spanned = range(int(place), int(place) + len(group))
        prizes = [prize for number in spanned for prize in by_place[number]]
        if len(group) > 1 and any(prize.goods for prize in prizes):
            placed[group.index] = strict[group.index]
            taken |= {code: by_place[int(strict[code])] for code in group.index}
            reasons |= _decided(second[group.index])
        else:
            taken |= dict.fromkeys(group.index, prizes)
            if len(group) > 1 and any(prize.money for prize in prizes):
                reasons |= dict.fromkeys(group.index, "TIE_POOLED")
    money = {place: sum((each.money for each in own), NONE) for place, own in by_place.items()}
    given = shared_prizes(placed, money, MINOR_UNITS[contest.currency])
    won = [_won(taken[code], given[code]) for code in shared.index]
    frame = pd.DataFrame(won, shared.index, columns=[*AWARDED, "because"], dtype=object)
    frame = frame.assign(place=placed, reasons=[reasons.get(code, "") for code in shared.index])
    return _in_words(frame, contest.over_budget)


def prizes_given(
    results: pd.DataFrame,
    contests: Sequence[Contest],
    window: Window,
    rates: pd.DataFrame,
    base: str,
    log: IssueLog,
) -> pd.DataFrame:
    """What accounts won in contests that ended in `window`: customer_id, amount (exact, `base`).

    results: as of `contest_results.contest_results`. A prize is converted at the end of its
    contest, and left out and logged without a rate; goods without a price count for nothing.
    """
    ended = {
        each.contest_id: each for each in contests if window.start <= each.window.end <= window.end
    }
    rows = results[results["contest_id"].isin(list(ended)) & results["customer_id"].notna()]
    rows = rows[rows["prize_amount"].notna() | rows["prize_goods_value"].notna()]
    zero = pd.Series(exact([NONE]).array.take([0] * len(rows)), rows.index)
    worth = coalesce(rows["prize_amount"], zero) + coalesce(rows["prize_goods_value"], zero)
    ends = rows["contest_id"].map({name: each.window.end for name, each in ended.items()})
    fx = known_rates(rows["currency"], pd.to_datetime(ends), rates, base)
    for contest_id in rows["contest_id"][fx.isna()].unique():
        contest = ended[contest_id]
        amount = worth[rows["contest_id"] == contest_id].sum()
        log.add_one(
            "FX_MISSING",
            TABLE,
            "PART_LEFT_OUT",
            contest.row,
            "currency",
            contest.currency,
            amount,
        )
    found = pd.DataFrame({"customer_id": rows["customer_id"], "amount": worth * fx})
    return found[fx.notna()].reset_index(drop=True)


def _decided(second: pd.Series) -> dict[Any, str]:
    """Whether the second measure told the members of a tie apart, or their codes."""
    alike = second.duplicated(keep=False)
    return {code: "TIE_BY_CODE" if same else "TIE_BY_MEASURE" for code, same in alike.items()}


def _won(prizes: Sequence[Prize], money: Decimal) -> dict[str, Any]:
    """What an entrant wins by the places that he took, with his part of the money."""
    goods = [prize for prize in prizes if prize.goods]
    unvalued = any(prize.goods_value is None for prize in goods)
    worth = sum((prize.goods_value or NONE for prize in goods), NONE)
    because = ["CASH_AND_GOODS"] if goods and money else []
    kind = None if because or not (goods or money) else "goods" if goods else "cash"
    return {
        "award": _joined(prize.award for prize in prizes),
        "prize_type": kind,
        "prize_amount": money if money else None,
        "prize_qty": sum((prize.goods for prize in goods), NONE) if goods else None,
        "prize_goods_value": worth if goods and not unvalued else None,
        "prize_total": None if unvalued or not (goods or money) else money + worth,
        "because": " ".join([*because, *["PRIZE_UNVALUED"] * unvalued]),
    }


def _joined(awards: Iterable[str]) -> str | None:
    """The awards of the places, each once."""
    return " / ".join(dict.fromkeys(filter(None, awards))) or None


def _in_words(frame: pd.DataFrame, over_budget: bool) -> pd.DataFrame:
    """The frame with its reasons joined; without any prizes where they exceed the budget."""
    because = frame["because"]
    if over_budget:
        wins = frame[list(AWARDED)].notna().any(axis=1)
        because = because.mask(wins, "OVER_BUDGET").where(wins, "")
        frame = frame.assign(**dict.fromkeys(AWARDED, None))
    reasons = (frame["reasons"].astype("str") + " " + because.astype("str")).str.strip()
    amounts = {name: exact(frame[name]) for name in AMOUNTS}
    return frame.drop(columns="because").assign(reasons=reasons, **amounts)
