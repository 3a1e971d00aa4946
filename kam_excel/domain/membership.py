"""Who is a key account in the end: the rule, then strategy, hysteresis, and people's decisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from kam_excel.domain import standing
from kam_excel.domain.concentration import Proportion
from kam_excel.domain.ranking import Selection, buffered

UNKNOWN, REMOVED = "UNKNOWN_ACCOUNT", "REMOVED_BY_HAND"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What counts beside the rule.

    eligible: bool by account; one that is not can only be added by hand
    strategic: accounts that are key accounts whatever they buy
    before: the previous key accounts, None where there is no previous list
    hysteresis: how far below the cut-off one of them may fall before it leaves, as share of 1
    adjustments: "add" or "remove" by account, which win over everything
    """

    eligible: pd.Series
    strategic: Collection[str]
    before: Collection[str] | None
    hysteresis: Proportion
    adjustments: pd.Series


def decide(ranking: pd.DataFrame, chosen: Selection, given: Circumstances) -> pd.DataFrame:
    """Who is a key account, by account of `ranking` (index).

    Columns: is_key_account (bool), selection_method (of the rule, "strategic", "hysteresis" or
    "manual"), was_key_account (boolean, missing without a previous list), change, reason_code
    (UNKNOWN_ACCOUNT for one that the rule takes and that is not eligible, REMOVED_BY_HAND).
    """
    index = ranking.index
    by_rule = chosen.accounts["selected"] & given.eligible
    strategic = pd.Series(index.isin(list(given.strategic)), index) & ~by_rule
    stays = buffered(ranking, chosen, given.before or (), given.hysteresis)
    stays &= given.eligible & ~by_rule & ~strategic
    method = chosen.accounts["method"].where(by_rule)
    method = method.mask(strategic, "strategic").mask(stays, "hysteresis")
    is_key, method = standing.adjusted(by_rule | strategic | stays, method, given.adjustments)
    was_key = None if given.before is None else pd.Series(index.isin(list(given.before)), index)
    removed = (given.adjustments.reindex(index) == "remove").fillna(False).astype(bool)
    reason = pd.Series(None, index, dtype="str")
    reason = reason.mask(chosen.accounts["selected"] & ~is_key, UNKNOWN)
    return pd.DataFrame(
        {
            "is_key_account": is_key,
            "selection_method": method,
            "was_key_account": pd.Series(pd.NA, index, dtype="boolean")
            if was_key is None
            else was_key.astype("boolean"),
            "change": standing.changes(is_key, was_key, stays),
            "reason_code": reason.mask(removed, REMOVED),
        },
        index=index,
    )
