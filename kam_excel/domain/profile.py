"""What sales lines say of each account: net sales, growth, margin, latest order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import pandas as pd

from kam_excel.codes import REGISTRY
from kam_excel.domain.exact import exact
from kam_excel.domain.money import share_float
from kam_excel.domain.periods import Window, previous
from kam_excel.errors import Problem, WorkbookError

Measure = Literal["net_sales", "gross_profit", "qty"]


def account_profiles(
    lines: pd.DataFrame,
    window: Window,
    measure: Measure = "net_sales",
    also: Collection[str] = (),
) -> pd.DataFrame:
    """One row for each account with lines in `window`, and for those in `also`, by customer_id.

    lines: date, customer_id, amount (exact), and where known qty, profit (exact), is_return.
    Columns: net_sales (exact), growth_rate (net / net of the previous window - 1; missing where
    that was not positive), gross_margin (profit / net sales; missing where a profit is), and
    last_order_date (returns are no orders), measure (exact: what accounts are ranked by).
    Raises KeyError where the lines do not have what `measure` counts, and WorkbookError
    (EMPTY_WINDOW) where there are lines, but none in the window.
    """
    now = lines[window.contains(lines["date"])]
    if now.empty and len(lines):
        latest = lines["date"].max().date().isoformat()
        facts = {"start": window.start, "end": window.end, "latest": latest}
        raise WorkbookError(Problem(REGISTRY["EMPTY_WINDOW"], facts=facts))
    net = net_by_account(now, also)
    before = lines[previous(window).contains(lines["date"])]
    base = before.groupby("customer_id", observed=True)["amount"].sum().reindex(net.index)
    orders = now[~now["is_return"].astype(bool)]
    profiles = pd.DataFrame(
        {
            "net_sales": net,
            "growth_rate": share_float(net - base, base.where(base > 0)),
            "gross_margin": _margins(now, net),
            "last_order_date": orders.groupby("customer_id", observed=True)["date"]
            .max()
            .reindex(net.index),
        }
    )
    return profiles.assign(measure=_measured(now, net, measure))


def net_by_account(lines: pd.DataFrame, also: Collection[str] = ()) -> pd.Series:
    """Net sales of the accounts of `lines`, and 0 for those of `also` that have none; exact."""
    net = lines.groupby("customer_id", observed=True)["amount"].sum()
    others = sorted(set(also) - set(net.index))
    return pd.concat([net, pd.Series(exact([0] * len(others)).array, others)]) if others else net


def _margins(lines: pd.DataFrame, net: pd.Series) -> pd.Series:
    """Profit / net sales of the accounts all of whose lines have a profit."""
    if "profit" not in lines:
        return pd.Series(float("nan"), net.index)
    groups = lines.groupby("customer_id", observed=True)["profit"]
    known = groups.count().eq(lines.groupby("customer_id", observed=True).size())
    profit = groups.sum().reindex(net.index)
    return (profit / net.where(net > 0)).where(known.reindex(net.index).fillna(False).astype(bool))


def _measured(lines: pd.DataFrame, net: pd.Series, measure: Measure) -> pd.Series:
    if measure == "net_sales":
        return net
    column = "profit" if measure == "gross_profit" else "qty"
    values = lines[column].fillna(0) if column in lines else exact([])
    if lines.empty or column not in lines:
        raise KeyError(column)
    return values.groupby(lines["customer_id"], observed=True).sum().reindex(net.index).fillna(0)
