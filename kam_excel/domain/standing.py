"""Who is a key account in the end, how that changed since earlier runs, and what it means.

All Series are by account (index); the result has the index of the first one. An account that is
missing in another Series did not hold there what that one says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.columns import holds
from kam_excel.domain.money import total

MANUAL = "manual"


class Adjusted(NamedTuple):
    """The list of key accounts after what people decided: bool, and by which method or missing."""

    is_key: pd.Series
    method: pd.Series


def adjusted(selected: pd.Series, method: pd.Series, adjustments: pd.Series) -> Adjusted:
    """The accounts `selected` by a `method`, with those that people add or remove by hand.

    adjustments: "add", "remove" or missing; they win over the rule. An account that is added has
    the method "manual", even if the rule selects it as well. Raises ValueError for any other text.
    """
    by_hand = adjustments.reindex(selected.index)
    unknown = set(by_hand.dropna()) - {"add", "remove"}
    if unknown:
        raise ValueError(f"an account can be added or removed, not: {sorted(unknown)}")
    added, removed = holds(by_hand == "add"), holds(by_hand == "remove")
    is_key = (holds(selected) | added) & ~removed
    return Adjusted(is_key, method.mask(added, MANUAL).where(is_key))


def changes(
    is_key: pd.Series, was_key: pd.Series | None, is_buffered: pd.Series | None = None
) -> pd.Series:
    """What became of each account since the previous list.

    is_key: bool, with the accounts that only stay thanks to the hysteresis; those are in
    is_buffered (bool). was_key: bool, None where there is no previous list.
    "new", "kept" or "dropped"; "buffered" for a key account of before that the rule alone would
    have dropped. Missing for an account that neither is nor was one, and for all of them without
    a previous list.
    """
    found = pd.Series(None, is_key.index, dtype="str", name="change")
    if was_key is None:
        return found
    now, before = holds(is_key), _held(was_key, is_key.index)
    found = found.mask(now & ~before, "new").mask(now & before, "kept")
    found = found.mask(~now & before, "dropped")
    if is_buffered is None:
        return found
    return found.mask(now & before & _held(is_buffered, is_key.index), "buffered")


def years_in_row(
    holds_now: pd.Series,
    as_of: date,
    before: pd.Series | None = None,
    previous_as_of: date | None = None,
) -> pd.Series:
    """In how many calendar years in a row, up to that of `as_of`, each account held a standing.

    holds_now: bool, such as: is a key account, is the first of its region. before: what this
    function gave at the previous run, 0 or missing where the standing was not held;
    previous_as_of: when that was, None for the first run.

    Int64: 0 where the standing is not held now. The count stays within a year, grows by one from
    a year to the next and begins again at 1 where a whole year has no run. Raises ValueError if
    the previous run is not earlier.
    """
    now = holds(holds_now)
    years = pd.Series(1, now.index, dtype="Int64", name="years_in_row").where(now, 0)
    if before is None or previous_as_of is None:
        return years
    if previous_as_of >= as_of:
        raise ValueError(f"the run of {previous_as_of} is not before that of {as_of}")
    passed = as_of.year - previous_as_of.year
    if passed > 1:
        return years
    reached = before.reindex(now.index).astype("Int64").fillna(0)
    return years.mask(now & (reached > 0), reached + passed)


def served_by(is_key: pd.Series, department_needed: bool) -> pd.Series:
    """Who looks after each account: the general sales force, or who serves key accounts.

    Those are served by the management itself as long as there are too few for a department.
    """
    special = "key account department" if department_needed else "management"
    general = pd.Series("general sales force", is_key.index, dtype="str", name="served_by")
    return general.mask(holds(is_key), special)


def loss_scenarios(net: pd.Series, counts: Iterable[int] = (1, 3)) -> dict[int, Decimal]:
    """The company's net sales without its n largest accounts, exact, by n.

    net: exact. Only an account with positive net sales can be lost; net returns and sales without
    a customer stay in the total.
    """
    losable = net[holds(net > 0)].drop(UNASSIGNED, errors="ignore")
    descending = losable.sort_values(ascending=False, kind="stable")
    return {n: total(net) - total(descending.head(n)) for n in counts}


def _held(standing: pd.Series, accounts: pd.Index) -> pd.Series:
    """A bool Series for `accounts`, False for those that `standing` does not know."""
    return holds(standing.astype("boolean").reindex(accounts))
