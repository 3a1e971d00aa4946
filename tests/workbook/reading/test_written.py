"""What our own sheets hold reads back: values as they are written, under the formats they get."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_excel.contract.column import Column, Kind
from kam_excel.contract.frames import series_of
from kam_excel.workbook.cellvalues import cell_column, number_format
from typing_columns import typed

CHOICES = {"sale": "销售", "return": "退货"}
DAYS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 12, 31)).map(
    lambda day: datetime(day.year, day.month, day.day)
)
VALUES = {
    Kind.MONEY: st.decimals(-(10**12), 10**12, places=2),
    Kind.NUMBER: st.decimals(-(10**9), 10**9, places=4),
    Kind.PERCENT: st.decimals(-10, 10, places=6),
    Kind.INTEGER: st.integers(-(10**12), 10**12),
    Kind.DATE: DAYS,
    Kind.BOOLEAN: st.booleans(),
    Kind.CHOICE: st.sampled_from(sorted(CHOICES)),
    Kind.KEY: st.from_regex("[0-9A-Z][0-9A-Z-]{0,8}", fullmatch=True),
    Kind.TEXT: st.from_regex("[客户A-Z0-9]{1,8}", fullmatch=True),
}


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=40)
@given(data=st.data(), language=st.sampled_from(["zh", "en"]))
def test_what_is_written_reads_back(kind, data, language):
    values = data.draw(st.lists(st.none() | VALUES[kind], max_size=4))
    index = pd.RangeIndex(len(values))
    column = Column("列", "Column", kind=kind, choices=CHOICES if kind is Kind.CHOICE else {})
    cells = cell_column(series_of(kind, values, index), column, language)
    formats = [number_format(column) or "General"] * len(cells)
    found = typed(kind, cells, choices=dict(column.choices), formats=formats, places=2)
    assert (found.noted, found.refused) == ({}, {})
    read = series_of(kind, found.values, index)
    assert list(read.dropna()) == [value for value in values if value is not None]


def test_every_percentage_is_written_under_a_format_that_says_so():
    column = Column("税率", "Tax Rate", kind=Kind.PERCENT)
    [cell] = cell_column(
        series_of(Kind.PERCENT, [Decimal("0.005")], pd.RangeIndex(1)), column, "en"
    )
    assert typed(Kind.PERCENT, [cell], formats=[number_format(column)]).values == [0.005]
    assert typed(Kind.PERCENT, [cell]).refused == {"PERCENT_AMBIGUOUS": [0]}
