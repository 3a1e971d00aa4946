"""Ranking accounts by value and selecting the key accounts among them.

Every selection rule takes the first so many accounts of the ranking, so a rule comes down to a
count. Counts are computed exactly: neither 0.07 * 100 nor a cumulative share of just 0.80 may
tip over because of a float.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from string import ascii_uppercase
from typing import Literal

import numpy as np
import pandas as pd

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.concentration import Proportion, exact_fraction, positives

Method = Literal["top_percent", "cumulative", "either", "both", "amount"]
CountRounding = Literal["ceil", "floor", "round"]
TiePolicy = Literal["include", "strict"]

NET_RETURN = "net return"
MAX_TIE_ENLARGEMENT = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """How key accounts are selected; proportions are shares of 1, `amount` is money.

    `either` and `both` combine top_percent with cumulative. With the tie policy `include`, the
    accounts that equal the last one selected are selected too.
    """

    method: Method = "top_percent"
    top_percent: Proportion = Decimal("0.20")
    count_rounding: CountRounding = "ceil"
    cumulative_share: Proportion = Decimal("0.80")
    amount: Decimal = Decimal(0)
    tie_policy: TiePolicy = "include"


@dataclass(frozen=True, slots=True)
class Selection:
    """The key accounts.

    accounts: index as the ranking's; selected (bool), method (top_percent, cumulative, amount or
        tie; missing where not selected)
    n: accounts ranked; k: accounts that the rule takes before ties
    cut_off: value of the last account selected, None if there is none
    tie_overflow: ties would have enlarged the list by more than half and were left out
    """

    accounts: pd.DataFrame
    n: int
    k: int
    cut_off: Decimal | None
    tie_overflow: bool


def rank_accounts(values: pd.Series, minimum: Decimal = Decimal(0)) -> pd.DataFrame:
    """Rank accounts by value, descending, equal ones by code, ascending.

    values: net sales by account id (index), exact, none missing.
    minimum: an account is ranked only above it, and only if its value is positive.

    The frame has the accounts in that order, those that are not ranked last, and the columns
    rank (Int64), value, cumulative (exact, over the ranked ones), share (of all positive values,
    also of those not ranked), share_of_ranked and cum_share (sum of share over the ranked ones),
    as floats. Sales without a customer are part of the whole but never ranked.
    """
    ordered = values.sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    above = (ordered > max(minimum, Decimal(0))).to_numpy(dtype=bool)
    is_ranked = above & (ordered.index != UNASSIGNED)
    ordered = ordered.iloc[np.argsort(~is_ranked, kind="stable")]
    n = int(is_ranked.sum())
    ranks = [*range(1, n + 1), *[pd.NA] * (len(ordered) - n)]
    frame = pd.DataFrame(
        {
            "rank": pd.array(ranks, dtype="Int64"),
            "value": ordered,
            "cumulative": ordered.iloc[:n].cumsum().reindex(ordered.index),
        },
        index=ordered.index,
    )
    whole, of_ranked = _whole(frame), sum(positives(ordered.iloc[:n]), Fraction(0))
    return frame.assign(
        share=_ratios(ordered.where(ordered > 0), whole),
        share_of_ranked=_ratios(ordered.where(frame["rank"].notna()), of_ranked),
        cum_share=_ratios(frame["cumulative"], whole),
    )


def select(ranking: pd.DataFrame, rule: SelectionRule) -> Selection:
    """Select the key accounts of a frame of `rank_accounts` by `rule`.

    Ties of the last account are included unless they enlarge the list by more than half; then
    none of them is, and the selection says so.
    """
    values = _ranked_values(ranking)
    methods = _methods(values, _whole(ranking), rule)
    k = len(methods)
    tied = values[k:].count(values[k - 1]) if k and rule.tie_policy == "include" else 0
    overflow = tied > MAX_TIE_ENLARGEMENT * k
    if not overflow:
        methods += ["tie"] * tied
    taken = len(methods)
    accounts = pd.DataFrame(index=ranking.index).assign(
        selected=np.arange(len(ranking)) < taken,
        method=pd.array([*methods, *[None] * (len(ranking) - taken)], dtype="str"),
    )
    return Selection(accounts, len(values), k, values[taken - 1] if taken else None, overflow)


def grades(ranking: pd.DataFrame, abc_breaks: Sequence[Proportion]) -> pd.Series:
    """A, B, C... by the cumulative share before the account; `net return` for a negative value.

    abc_breaks: ascending shares; the account in which a break falls still has the better grade.
    Accounts that are neither ranked nor negative have no grade.
    """
    values, whole = _ranked_values(ranking), _whole(ranking)
    bounds = [_count_before_share(values, whole, each) for each in abc_breaks]
    letters = [ascii_uppercase[bisect_right(bounds, i)] for i in range(len(values))]
    others = ranking.iloc[len(values) :]
    negative = (others["value"] < 0) & (others.index != UNASSIGNED)
    returns = [NET_RETURN if each else None for each in negative]
    return pd.Series([*letters, *returns], ranking.index, dtype="str", name="grade")


def buffered(
    ranking: pd.DataFrame, selection: Selection, before: Collection[str], hysteresis: Proportion
) -> pd.Series:
    """Which accounts stay key accounts although the rule no longer selects them (bool Series).

    An account of the list `before` leaves only when its value is below the cut-off less the
    share `hysteresis`.
    """
    if selection.cut_off is None:
        return pd.Series(False, ranking.index)
    bound = (1 - exact_fraction(hysteresis)) * Fraction(selection.cut_off)
    near = np.array([value >= bound for value in ranking["value"]], dtype=bool)
    was_key = ranking.index.isin(list(before))
    is_ranked = ranking["rank"].notna().to_numpy()
    dropped = ~selection.accounts["selected"].to_numpy()
    return pd.Series(was_key & is_ranked & dropped & near, ranking.index)


def _methods(values: list[Decimal], whole: Fraction, rule: SelectionRule) -> list[str]:
    """By which rule each of the accounts that `rule` takes is selected, in their order."""
    if rule.method == "amount":
        return ["amount"] * sum(value >= rule.amount for value in values)
    by_number = _count_of_share(len(values), rule)
    by_sales = _count_before_share(values, whole, rule.cumulative_share)
    if rule.method == "cumulative":
        return ["cumulative"] * by_sales
    counts = {
        "top_percent": by_number,
        "either": max(by_number, by_sales),
        "both": min(by_number, by_sales),
    }
    k = counts[rule.method]
    first = min(k, by_number)
    return ["top_percent"] * first + ["cumulative"] * (k - first)


def _count_of_share(n: int, rule: SelectionRule) -> int:
    """The share `top_percent` of `n` accounts as a whole number, at most n."""
    exact = exact_fraction(rule.top_percent) * n
    rounded = {
        "ceil": math.ceil(exact),
        "floor": math.floor(exact),
        "round": math.floor(exact + Fraction(1, 2)),
    }
    return min(rounded[rule.count_rounding], n)


def _count_before_share(values: list[Decimal], whole: Fraction, share: Proportion) -> int:
    """How many accounts begin below the cumulative `share`, the one that crosses it included."""
    before = list(accumulate((Fraction(value) for value in values), initial=Fraction(0)))
    return bisect_left(before[:-1], exact_fraction(share) * whole)


def _ranked_values(ranking: pd.DataFrame) -> list[Decimal]:
    return list(ranking["value"][ranking["rank"].notna()])


def _whole(ranking: pd.DataFrame) -> Fraction:
    return sum(positives(ranking["value"]), Fraction(0))


def _ratios(values: pd.Series, total: Fraction) -> list[float]:
    """Each value's share of `total`, correctly rounded; NaN where the value is missing."""
    return [math.nan if pd.isna(x) else float(Fraction(x) / total) for x in values]
