"""Workbooks of the kit hold what a company would have typed."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from kam_excel import Customers, FxRates, Sales

SALES = """
    doc_no, date,       customer_id, amount,  tax_rate, doc_type
    001,    2026-03-05, =1+1,        1234.50, 0.13,     return
    2,      2026-03-06, ,            -3,      ,
"""


def cells(path, sheet):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet]]


def test_a_declared_table_is_typed_under_its_own_headers(make_workbook):
    path = make_workbook({Sales: SALES}, language="zh")
    header, first, second = cells(path, "销售明细")
    assert header == ["单据号", "日期", "客户编码", "金额", "税率", "单据类型"]
    assert first == ["001", datetime(2026, 3, 5), "=1+1", 1234.5, 0.13, "退货"]
    assert second == ["2", datetime(2026, 3, 6), None, -3, None, None]
    sheet = openpyxl.load_workbook(path)["销售明细"]
    assert sheet["C2"].data_type == "s"
    assert [sheet.cell(2, n).number_format for n in (1, 2, 4, 5)] == [
        "@",
        "yyyy-mm-dd",
        "#,##0.00",
        "0.00%",
    ]


def test_in_english_headers_choices_and_truth_are_english(make_workbook):
    customers = "customer_id, customer_name, type, strategic\nA, Alder, dealer, yes"
    path = make_workbook({Sales: SALES, Customers: customers})
    assert cells(path, "Sales")[0][:3] == ["Document No.", "Date", "Customer ID"]
    assert cells(path, "Customers") == [
        ["Customer ID", "Customer Name", "Type", "Strategic"],
        ["A", "Alder", "dealer", "Yes"],
    ]


def test_a_sheet_of_cells_is_as_it_is_given(make_workbook):
    rows = [["title"], [], ["=A1", date(2026, 3, 5), 12, True, None, "http://kam"]]
    path = make_workbook({"Notes": rows, FxRates: "currency, fx_rate\nUSD, 7.1234"}, name="a.xlsx")
    assert path.name == "a.xlsx"
    assert cells(path, "Notes")[2] == ["=A1", datetime(2026, 3, 5), 12, True, None, "http://kam"]
    sheet = openpyxl.load_workbook(path)["Notes"]
    assert (sheet["A3"].data_type, sheet["F3"].hyperlink) == ("s", None)


def test_an_amount_that_a_cell_does_not_hold_is_refused(make_workbook):
    with pytest.raises(ValueError, match="a cell holds 15 digits"):
        make_workbook({Sales: "amount\n1234567890123.4567"})
