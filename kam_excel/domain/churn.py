"""Signals that an account is about to be lost, and the revenue that is at risk.

Two signals, each read by itself: an account that orders later than it usually does, and one that
buys less than a year ago. Every threshold is inclusive and compared exactly, never as a float.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd

from kam_excel.domain import periods
from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.columns import holds
from kam_excel.domain.concentration import Proportion, exact_fraction
from kam_excel.domain.exact import exact
from kam_excel.domain.money import share_float

HIGH, MEDIUM, LOW = "high", "medium", "low"
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class RiskRule:
    """From where on an account is at risk.

    gap_multiple: days since the last order in median gaps between orders, for medium; high begins
        at one and a half times as many (by default at 3 gaps), so that it never begins below
    min_orders: order dates below which an account has no gap that could be called usual
    medium_fall, high_fall: the fall of sales against the year before, as shares of 1
    """

    gap_multiple: Proportion = Decimal(2)
    min_orders: int = 3
    medium_fall: Proportion = Decimal("0.20")
    high_fall: Proportion = Decimal("0.40")

    @property
    def high_gap_multiple(self) -> Fraction:
        """Days since the last order in median gaps, for high."""
        return exact_fraction(self.gap_multiple) * Fraction(3, 2)


def order_gaps(lines: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """How often each account orders, and for how long it has not: one row an account, by code.

    lines: date, customer_id, is_return. Those after `as_of` and those without a customer do not
    count. Orders of one day are one; a return is no order, so an account may have none.
    Columns: last_order_date, n_order_dates (Int64), median_order_gap (days between successive
    order dates, float64, so halves are exact; missing below two dates), days_since_order (Int64).
    """
    counted = _up_to(lines, as_of)
    counted = counted[counted["customer_id"] != UNASSIGNED]
    orders = counted[~counted["is_return"].astype(bool)]
    days = pd.DataFrame(
        {"customer_id": orders["customer_id"], "date": orders["date"].dt.normalize()}
    )
    days = days.drop_duplicates().sort_values("date", kind="stable", ignore_index=True)
    by_account = days.groupby("customer_id", observed=True)["date"]
    gaps = by_account.diff().dt.days.groupby(days["customer_id"], observed=True)
    found = pd.DataFrame(
        {
            "last_order_date": by_account.max(),
            "n_order_dates": by_account.size(),
            "median_order_gap": gaps.median(),
        }
    ).reindex(counted.groupby("customer_id", observed=True).size().index)
    since = pd.Timestamp(as_of) - found["last_order_date"]
    return found.assign(
        n_order_dates=found["n_order_dates"].fillna(0).astype("Int64"),
        days_since_order=since.dt.days.astype("Int64"),
    )


def rolling_change(
    lines: pd.DataFrame,
    as_of: date,
    months: int = 3,
    merge_jan_feb: bool = True,
    include_partial_month: bool = False,
) -> pd.DataFrame:
    """Net sales of the last `months` full months against those of the same months a year before.

    lines: date, customer_id, amount (exact). One row for each account with lines in either.
    Columns: recent and year_before (exact; 0 without lines), rolling_change (recent / year_before
    - 1 as the nearest float; missing where year_before is not positive).

    With `merge_jan_feb` January and February count as half of their sum each, since the Spring
    Festival falls now in the one and now in the other; February to April so takes half of
    January too. Like is compared with like: a month is left out on both sides if no account has
    a line in it, or in the same month a year before (the data do not cover it), and January and
    February if that holds for either, as for January before its February is complete. Where no
    month is left the frame has no rows. A partial month is compared up to the same day.
    """
    window = periods.last_full_months(as_of, months, include_partial_month)
    full_year = periods.last_full_months(as_of, 12, include_partial_month)
    now = _up_to(lines, window.end)
    before = _up_to(lines, periods.previous(full_year).end)
    covered = set(periods.month_keys(now["date"]).unique())
    halves = _halves(periods.months(window), covered, merge_jan_feb)
    nets = pd.DataFrame(
        {
            "recent": _net(now, halves),
            "year_before": _net(before, {month - 12: n for month, n in halves.items()}),
        }
    ).fillna(0)
    base = nets["year_before"]
    return nets.assign(rolling_change=share_float(nets["recent"] - base, base.where(base > 0)))


def risk_levels(signals: pd.DataFrame, rule: RiskRule | None = None) -> pd.Series:
    """The risk of losing each account: "high", "medium" or "low"; missing without any signal.

    signals: the columns of `order_gaps` and `rolling_change`, joined by account. The worse of the
    two signals holds; one that is missing says nothing. Gaps need `min_orders` order dates, the
    fall a positive year_before.
    """
    rule = rule or RiskRule()
    days = exact(signals["days_since_order"])
    gap = exact(signals["median_order_gap"].where(signals["n_order_dates"] >= rule.min_orders))
    base = signals["year_before"].where(signals["year_before"] > 0)
    fall = base - signals["recent"]
    late, falling = _reaches(days, gap, rule.gap_multiple), _reaches(fall, base, rule.medium_fall)
    very_late = _reaches(days, gap, rule.high_gap_multiple)
    plunging = _reaches(fall, base, rule.high_fall)
    levels = pd.Series(LOW, signals.index, dtype="str", name="risk_level")
    levels = levels.where(late.notna() | falling.notna())
    levels = levels.mask(holds(late) | holds(falling), MEDIUM)
    return levels.mask(holds(very_late) | holds(plunging), HIGH)


def revenue_at_risk(
    trailing_net: pd.Series, levels: pd.Series, weights: Mapping[str, Proportion]
) -> pd.Series:
    """What may be lost of each account: trailing net sales * the weight of its level, exact.

    trailing_net: exact, by account; a negative net is nothing to lose and counts as 0.
    levels: as of `risk_levels`; where one is missing, so is the amount.
    weights: by level, assumed probabilities of losing the account. Raises KeyError for a level
    without a weight, ValueError for a weight that has no end as a decimal, such as 1/3.
    """
    known = levels.reindex(trailing_net.index)
    factors = [pd.NA if pd.isna(level) else exact_fraction(weights[level]) for level in known]
    to_lose = trailing_net.mask(holds(trailing_net < 0), 0)
    return (to_lose * exact(pd.Series(factors, known.index, dtype=object))).rename(
        "revenue_at_risk"
    )


def _up_to(lines: pd.DataFrame, last: date) -> pd.DataFrame:
    """The lines dated `last` or earlier."""
    return lines[lines["date"] < pd.Timestamp(last + periods.ONE_DAY)]


def _halves(
    compared: pd.PeriodIndex, covered: Collection[pd.Period], merge_jan_feb: bool
) -> Counter[pd.Period]:
    """How many halves of each month's net sales stand for the `compared` months.

    A month stands for itself with both halves; January and February, merged, with one each.
    """
    halves: Counter[pd.Period] = Counter()
    for month in compared:
        january = month - (month.month - 1)
        merged = merge_jan_feb and month <= january + 1
        parts = (january, january + 1) if merged else (month, month)
        if all(part in covered and part - 12 in covered for part in parts):
            halves.update(parts)
    return halves


def _net(lines: pd.DataFrame, halves: Mapping[pd.Period, int]) -> pd.Series:
    """Net sales by account of so many `halves` of each month; lines without a customer left out."""
    months = periods.month_keys(lines["date"])
    taken = months.isin(list(halves)) & (lines["customer_id"] != UNASSIGNED)
    amounts = lines.loc[taken, "amount"] * months[taken].map(halves).astype("int64")
    return amounts.groupby(lines.loc[taken, "customer_id"], observed=True).sum() * HALF


def _reaches(values: pd.Series, bases: pd.Series, ratio: Proportion) -> pd.Series:
    """Whether value / base is at least `ratio`, for bases of at least 0; missing where one is."""
    exactly = exact_fraction(ratio)
    return values * exactly.denominator >= bases * exactly.numerator
