from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pandas as pd

from kam_excel.contract.tables import Sales
from kam_excel.domain.exact import exact
from kam_excel.workbook.finding.location import MonthColumn, label_of
from kam_excel.workbook.reading.wide import unpivot

MONTHS = (MonthColumn(3, 2026, 1), MonthColumn(4, 2026, 2))
ROWS = pd.Index([2, 3])


def test_each_month_with_a_figure_is_a_row_of_its_first_day():
    accounts = pd.DataFrame({"customer_id": ["A", "B"]}, index=ROWS)
    figures = pd.DataFrame(
        {3: exact([100, None]).set_axis(ROWS), 4: exact([0.5, 7]).set_axis(ROWS)}
    )
    long = unpivot(Sales, accounts, figures, MONTHS, region=1)
    assert long["customer_id"].tolist() == ["A", "A", "B"]
    assert long["amount"].tolist() == [Decimal(100), Decimal("0.5"), Decimal(7)]
    assert long["date"].tolist() == [datetime(2026, 1, 1), *[datetime(2026, 2, 1)] * 2]
    assert long.index.tolist() == [label_of(2, 3, 1), label_of(2, 4, 1), label_of(3, 4, 1)]


def test_a_zero_is_no_order():
    accounts = pd.DataFrame({"customer_id": ["A"]}, index=[2])
    figures = pd.DataFrame({3: exact([0]).set_axis([2]), 4: exact([5]).set_axis([2])})
    assert len(unpivot(Sales, accounts, figures, MONTHS, region=0)) == 1
