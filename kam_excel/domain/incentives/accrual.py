"""Accruals: the rebate that is owed by now, while its period still runs.

IFRS 15.53: the amount is estimated as the most likely one (or the expected), and brought up to
date cumulatively: what is accrued now is the whole, what is booked is the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from kam_excel.domain.money import divide, round_half_up

AccrualMethod = Literal["most_likely", "earned_to_date"]
Rebate = Callable[[pd.Series], pd.Series]


def expected_basis(to_date: pd.Series, share: pd.Series | Fraction, places: int = 2) -> pd.Series:
    """V̂: the basis of the whole period, from that to date and the share of it to be expected by
    now. Missing where the share is 0 or missing. `to_date` and the result: exact.
    """
    return divide(to_date, share, places)


def accrued(
    to_date: pd.Series,
    expected: pd.Series,
    rebate: Rebate,
    *,
    method: AccrualMethod = "most_likely",
    constraint: Decimal = Decimal(1),
    places: int = 2,
) -> pd.Series:
    """What is owed by now: exact[places], by account.

    most_likely: R(V̂) / V̂ · V_to_date, the rate that the whole period is expected to earn on what
    was sold. earned_to_date: R(V_to_date), as if the period ended today; also where V̂ is unknown
    or 0. `rebate` gives R, exact and not rounded. `constraint` (0 to 1) is the part that is
    certain enough to be recognised.
    """
    earned: Any = rebate(to_date)
    owed: pd.Series = round_half_up(earned * constraint, places)
    if method == "most_likely":
        whole: Any = rebate(expected)
        likely: pd.Series = divide(whole * to_date * constraint, expected, places)
        owed = likely.mask(likely.isna(), owed)
    return owed
