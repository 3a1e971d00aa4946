"""How accounts stand within their region: the largest of a region may be small in the company."""

from __future__ import annotations

import pandas as pd

from kam_excel.domain.accounts import UNASSIGNED
from kam_excel.domain.columns import holds, text_column
from kam_excel.domain.money import share_float


def region_standing(net: pd.Series, regions: pd.Series) -> pd.DataFrame:
    """Share and rank of each account in its region; the frame has the index of `net`.

    net: net sales by account, exact. regions: the region by account, missing or blank for none.
    Columns: region_share (float64, of the sum of the region's positive nets) and region_rank
    (Int64, by net, descending, equal ones by code, ascending). Both are missing for an account
    without a region or a positive net. Sales without a customer are part of their region, if they
    have one, but never ranked.
    """
    named = text_column(regions.reindex(net.index).to_frame("region"), "region")
    positive = net.where(holds(net > 0) & named.notna())
    ordered = positive.dropna().drop(UNASSIGNED, errors="ignore")
    ordered = ordered.sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    ranks = ordered.groupby(named.reindex(ordered.index)).cumcount() + 1
    return pd.DataFrame(
        {
            "region_share": share_float(positive, positive.groupby(named).transform("sum")),
            "region_rank": ranks.astype("Int64").reindex(net.index),
        },
        index=net.index,
    )
