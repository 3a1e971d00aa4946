"""Which of several sheets that fit a table it is, and which are parts of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from kam_excel.workbook.finding.locate import locate
from pages_to_find import HEADER, LINE, TABLES, found, page, refusals

OTHER_LINE = [datetime(2026, 2, 5), "C2", 200.0]


@pytest.mark.parametrize("unread", [[LINE, LINE], [["日期", "客户编码", "销售总计"], LINE]])
def test_a_sheet_of_a_series_whose_header_does_not_fit_is_refused(unread):
    pages = page("1月", [HEADER, LINE]), page("2月", unread)
    problems = locate(pages, TABLES).refused["sales"]
    assert [(p.code.name, p.where.sheet) for p in problems] == [("PART_NOT_FOUND", "2月")]


def test_a_sheet_of_a_series_without_figures_is_yet_to_be_filled():
    pages = page("1月", [HEADER, LINE]), page("2月", [["2 月销售明细"]])
    assert found(*pages)["sales"].sheets == ("1月",)


@pytest.mark.parametrize("name", ["汇总", "全年合计", "Summary"])
def test_a_sum_beside_its_parts_is_not_read(name):
    parts = page("1月", [HEADER, LINE]), page("2月", [HEADER, OTHER_LINE])
    sales = found(*parts, page(name, [HEADER, LINE, OTHER_LINE]))["sales"]
    assert (sales.sheets, sales.elsewhere) == (("1月", "2月"), (name,))


def test_a_copy_that_shows_the_same_is_not_read():
    sales = found(page("流水", [HEADER, LINE]), page("流水 (2)", [HEADER, LINE]))["sales"]
    assert (sales.sheets, sales.elsewhere) == (("流水",), ("流水 (2)",))


def test_a_copy_that_shows_something_else_may_be_the_one_that_is_meant():
    pages = page("流水", [HEADER, LINE]), page("流水 (2)", [HEADER, OTHER_LINE])
    assert refusals(*pages) == ["TABLE_AMBIGUOUS"]


@pytest.mark.parametrize("name", ["回款明细", "2026 预算", "Payments"])
def test_a_sheet_of_another_subject_is_none_of_sales_beside_one_that_may_be(name):
    sales = found(page("出货", [HEADER, LINE]), page(name, [HEADER, OTHER_LINE]))["sales"]
    assert sales.sheets == ("出货",)


def test_months_may_stand_above_their_measures():
    rows = [["客户编码", "1月", None, "2月"], [None, "目标", "实际", "目标", "实际"]]
    (region,) = found(page("2026年", [*rows, ["C1", 9.0, 8.0, 7.0, 6.0]]))["sales"].regions
    assert region.header_rows == (1, 2)
    assert [tuple(month) for month in region.months] == [(3, 2026, 1), (5, 2026, 2)]


def test_returns_may_be_nothing_but_numbers_of_documents():
    tables = found(page("销售", [HEADER, LINE]), page("退货", [["单据号"], ["D1"], ["D2"]]))
    assert tables["returns"].regions[0].columns == {"doc_no": 1}
