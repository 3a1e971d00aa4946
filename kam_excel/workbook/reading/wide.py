"""Wide tables, whose months are columns, as long ones: a row for each month with a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from kam_excel.contract.column import Kind
from kam_excel.contract.frames import series_of
from kam_excel.contract.table import Table
from kam_excel.workbook.finding.location import MonthColumn, label_of


def unpivot(
    table: type[Table],
    descriptors: pd.DataFrame,
    figures: pd.DataFrame,
    months: Sequence[MonthColumn],
    region: int,
) -> pd.DataFrame:
    """The rows of `descriptors` once for each month in which they have a figure, by label.

    descriptors, figures: index sheet row; the columns of `figures` are the sheet columns of
    `months`. The date is the first of the month. An empty cell gives no row, nor does a 0: it
    says that nothing was sold, which is what a month without a row between others means, while
    a row would be an order.
    """
    date, value = table.wide
    parts = []
    for month in months:
        sold = figures[month.column]
        there = sold.notna() & (sold != 0).fillna(False)
        part = descriptors[there.to_numpy(dtype=bool)]
        day = [datetime(month.year, month.month, 1)] * len(part)
        parts.append(
            part.assign(
                **{
                    date: series_of(Kind.DATE, day, part.index),
                    value: sold[part.index],
                }
            ).set_axis(part.index + label_of(0, month.column, region))
        )
    return pd.concat(parts)
