from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.workbook.finding.regionwords import REGIONS, overlap
from kam_excel.workbook.finding.series import Part, are_series, is_copy, part_of


@pytest.mark.parametrize(
    "names",
    [
        ["2024", "2025"],
        ["2024年", "2025年", "2026年"],
        ["销售2024", "销售2025"],
        ["2024年度销售", "2025年度销售"],
        ["24年", "25年"],
        ["Sales 2024", "Sales 2025"],
        ["Sales_2024", "Sales_2025"],
        ["Sales Q1", "Sales Q2"],
        ["2024Q4", "2025Q1"],
        ["一季度", "二季度", "三季度", "四季度"],
        ["上半年", "下半年"],
        ["1月", "2月", "12月"],
        ["一月", "十二月"],
        ["2025年1月", "2025年2月"],
        ["202501", "202502"],
        ["2025-01", "2025-02"],
        ["Jan", "Feb", "March"],
        ["Jan 2025", "Jan 2026"],
        ["华东", "华南", "华北"],
        ["华东销售", "华南销售"],
        ["华东大区", "华南大区"],
        ["广东", "江苏省", "上海市"],
        ["华东", "海外"],
        ["East", "West", "North", "South"],
        ["Sales North-East", "Sales South East"],
        ["EMEA", "APAC", "Americas"],
        ["US Sales", "UK Sales"],
        ["国内", "国外"],
        ["华东2024", "华东2025", "华南2024", "华南2025"],
        ["一店", "二店"],
        ["分店1", "分店2"],
        ["Store 1", "Store 2"],
        ["A区", "B区"],
        ["门店A", "门店B"],
        ["FY24", "FY25"],
        ["FY2024 Sales", "FY2025 Sales"],
        ["2024财年", "2025财年"],
        ["Jan-25", "Feb-25"],
        ["北京店", "上海店"],
    ],
    ids=",".join,
)
def test_names_of_the_parts_of_one_table(names):
    assert are_series(names)
    assert are_series(names[::-1])


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["2025"],
        ["销售", "销售 (2)"],
        ["销售2024", "销售2024 (2)"],
        ["Sales 2024", "Sales 2025 (2)"],
        ["2024", "2025副本"],
        ["2024备份", "2025备份"],
        ["2024 old", "2025 old"],
        ["2024", "2025草稿"],
        ["Sales v1", "Sales v2"],
        ["Sheet1", "Sheet2"],
        ["销售1", "销售2"],
        ["销售2024", "订单2025"],
        ["2024", "2024年"],
        ["2024", "2025预算"],
        ["FY24", "FY2024"],
        ["2024", "2025", "汇总"],
        ["2025", "2025Q1"],
        ["Q1", "上半年"],
        ["1月", "一季度"],
        ["1月", "2025年2月"],
        ["1-6月", "7-12月"],
        ["2023-2024", "2024-2025"],
        ["华东", "全国"],
        ["华东", "上海"],
        ["国内", "华东"],
        ["海外", "美国"],
        ["EMEA", "Germany"],
        ["China", "华东"],
        ["长三角", "华东"],
        ["Orders", "Returns"],
        ["客户8000", "客户9000"],
    ],
    ids=",".join,
)
def test_names_that_are_copies_or_overlap_or_say_nothing(names):
    assert not are_series(names)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("销售2025", Part("销售", "year", 2025)),
        ("2025Q2", Part("", "quarter", 2025, 2)),
        ("Sales Q3 2025", Part("sales", "quarter", 2025, 3)),
        ("2025年上半年", Part("", "half", 2025, 1)),
        ("202511", Part("", "month", 2025, 11)),
        ("销售 十一月", Part("销售", "month", None, 11)),
        ("华东销售", Part("销售", region="华东")),
        ("Sales (APAC)", Part("sales", region="apac")),
        ("华东2025", Part("", "year", 2025, region="华东")),
        ("二店", Part("", branch="二店")),
    ],
)
def test_what_a_name_says(name, part):
    assert part_of(name) == part


@pytest.mark.parametrize(
    "name", ["销售明细", "Orders", "Sheet1", "2024-2025", "华东华南", "Gold", ""]
)
def test_names_that_say_no_one_thing(name):
    assert part_of(name) is None


@pytest.mark.parametrize("name", ["销售 (2)", "销售（2）", "Sales_old", "Copy of 2025", "2025 旧"])
def test_copies_are_told_by_their_names(name):
    assert is_copy(name)


@pytest.mark.parametrize("name", ["Gold 2025", "Latest", "Sales (East)", "Contest", "2025"])
def test_names_that_only_look_like_copies(name):
    assert not is_copy(name)


@given(st.sampled_from(sorted(REGIONS)), st.sampled_from(sorted(REGIONS)))
def test_regions_overlap_in_either_order(first, second):
    assert overlap(first, second) == overlap(second, first)


@given(st.text(max_size=31))
def test_a_name_twice_is_no_series(name):
    assert not are_series([name, name])
