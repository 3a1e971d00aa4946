from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kam_excel.contract.tables import Sales
from kam_excel.errors import Place
from kam_excel.workbook.finding.location import Location, MonthColumn, Region, label_of

LONG = Region("订单", 3, 90, {"date": 1, "customer_id": 2, "amount": 5})
WIDE = Region("2026", 1, 9, {"customer_id": 1}, months=(MonthColumn(4, 2026, 1),))
LOCATION = Location(Sales, (LONG, WIDE))


def test_the_label_of_a_row_of_one_long_region_is_its_row():
    assert label_of(17) == 17
    assert LOCATION.place("amount", 17) == Place(sheet="订单", cell="E17")


def test_a_label_names_the_cell_of_a_month():
    label = label_of(5, month_column=4, region=1)
    assert LOCATION.place("amount", label) == Place(sheet="2026", cell="D5")
    assert LOCATION.place("customer_id", label) == Place(sheet="2026", cell="A5")


def test_a_column_that_is_not_there_gives_the_row():
    assert LOCATION.place("currency", 17) == Place(sheet="订单", cell="17:17")


def test_columns_that_months_give_are_there():
    assert LOCATION.columns >= {"date", "customer_id", "amount"}
    assert LOCATION.sheets == ("订单", "2026")


@given(st.integers(1, 2**20), st.integers(0, 2**14), st.integers(0, 1))
def test_a_label_tells_all_of_its_place(row, column, region):
    label = label_of(row, column, region)
    assert LOCATION.row(label) == row
    assert LOCATION.place("date", label).sheet == (LONG, WIDE)[region].sheet
