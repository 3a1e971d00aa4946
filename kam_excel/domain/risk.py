"""The risk of losing each account, as one frame: signals, level, weight and revenue at risk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd

from kam_excel.domain.churn import (
    RiskRule,
    order_gaps,
    revenue_at_risk,
    risk_levels,
    rolling_change,
)
from kam_excel.domain.periods import last_full_months
from kam_excel.domain.profile import net_by_account

TRAILING_MONTHS = 12


def risk_profile(
    lines: pd.DataFrame,
    accounts: pd.Index,
    as_of: date,
    rule: RiskRule,
    weights: Mapping[str, Decimal],
    *,
    merge_jan_feb: bool = True,
    include_partial_month: bool = False,
) -> pd.DataFrame:
    """How likely each of `accounts` (index) is to be lost, and what that would cost.

    lines: net sales lines: date, customer_id, amount (exact), is_return.
    weights: assumed probability of loss by level.
    Columns: last_order_date, median_order_gap (days), days_since_order, rolling_change (share),
    risk_level, risk_weight (exact), revenue_at_risk (exact: net sales of the last 12 full months *
    weight). The last three are missing where neither signal can be computed.
    """
    gaps = order_gaps(lines, as_of)
    rolling = rolling_change(
        lines, as_of, merge_jan_feb=merge_jan_feb, include_partial_month=include_partial_month
    )
    signals = gaps.join(rolling, how="outer").reindex(accounts)
    levels = risk_levels(signals, rule)
    trailing = last_full_months(as_of, TRAILING_MONTHS, include_partial_month)
    net = net_by_account(lines[trailing.contains(lines["date"])], accounts).reindex(accounts)
    return signals[
        ["last_order_date", "median_order_gap", "days_since_order", "rolling_change"]
    ].assign(
        risk_level=levels,
        risk_weight=levels.map({level: float(weight) for level, weight in weights.items()}),
        revenue_at_risk=revenue_at_risk(net, levels, weights),
    )
