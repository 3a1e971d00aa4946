from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel.workbook.finding.months import Month, dated, month_of, months_of, year_in
from kam_excel.workbook.finding.refusal import UnclearLayout


@pytest.mark.parametrize(
    "header",
    [
        *(
            "1月; 01月; １月; 一月; 1月份; 1月度; 1月销售额; 1月金额; 1月(万元); "
            "1月销售额（万元）; 销售额(1月); 销售额 1月; 1月实际; 一月订单额; Jan; JAN.; "
            "January; Jan Sales; January actual; Sales Jan"
        ).split("; "),
        " 1 月 ",
    ],
)
def test_a_month_without_a_year(header):
    assert month_of(header) == Month(None, 1)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "2026年1月; 2026年01月; 2026 年 1 月份; 2026-01; 2026-1; 2026/1; 2026.01; 2026_01; "
            "202601; 26年1月; 2026年一月; Jan-26; Jan 26; Jan'26; Jan 2026; January 2026; "
            "Jan-2026; 2026 Jan; 2026-Jan; 2026M01; 2026-M1; 01/2026; 1.2026; 2026年1月销售额; "
            "2026年1月(千元); Jan 2026 Sales; Sales (Jan 2026); 2026-01-01; "
            "2026-01-01 00:00:00"
        ).split("; "),
        202601,
        202601.0,
        dt.datetime(2026, 1, 1),
        dt.datetime(2026, 1, 31),
        dt.date(2026, 1, 5),
    ],
)
def test_a_month_with_its_year(header):
    assert month_of(header) == Month(2026, 1)


def test_every_month_in_words():
    zh = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    en = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    assert [month_of(f"{name}月").month for name in zh] == list(range(1, 13))
    assert [month_of(name).month for name in en] == list(range(1, 13))
    assert month_of("Sept") == Month(None, 9)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "5; 5.0; 0月; 13月; 十三月; 1月1日; 2026年1月1日; 1-3月; 1月-3月; 1~6月; 1月累计; "
            "本月; 一季度; Q1; 2026Q1; 合计; 总额; 1月目标; 1月数量; 1月预算; 1月同比(%); "
            "1月(%); 1月毛利; Jan Budget; Jan qty; M1; FY26; FY2026 Jan; 26-Jan; 2026; "
            "8000-01; 2026-13; Janet; Mayor; 2026-02-30; "
            "March sales of all customers in the east of the country; 月; 1; 12; 26-01"
        ).split("; "),
        None,
        "",
        5,
        5.0,
        1234,
        8000,
        True,
        2026.1,
        202613,
        190001,
    ],
)
def test_what_is_no_month(header):
    assert month_of(header) is None


@given(st.integers(1990, 2089), st.integers(1, 12))
def test_a_year_and_month_comes_back_from_each_of_its_forms(year, month):
    first = dt.date(year, month, 1)
    forms = [
        "{0:%Y}年{1}月",
        "{0:%Y-%m}",
        "{0:%Y/%m}",
        "{0:%Y}.{1}",
        "{0:%Y%m}",
        "{0:%b %Y}",
        "{0:%b-%y}",
    ]
    for form in forms:
        assert month_of(form.format(first, month)) == Month(year, month)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.datetimes()))
def test_any_cell_is_a_month_or_none(cell):
    found = month_of(cell)
    assert found is None or 1 <= found.month <= 12


def test_the_months_of_a_wide_table():
    row = ["排名", "省份", "城市", "1月", "2月", "3月", "4月", "5月", "6月", "总额"]
    assert months_of(row) == {3 + i: Month(None, 1 + i) for i in range(6)}


def test_quarters_and_totals_between_the_months_are_none():
    row = ["客户", "1月", "2月", "3月", "一季度", "4月", "5月", "6月", "Q2", "合计"]
    assert list(months_of(row)) == [1, 2, 3, 5, 6, 7]


def test_the_parent_header_says_the_year_as_far_as_it_reaches():
    parents = ["客户", "2025年", None, "2026年", "", None]
    row = [None, "11月", "12月", "1月", "2月", "合计"]
    months = {1: Month(2025, 11), 2: Month(2025, 12), 3: Month(2026, 1), 4: Month(2026, 2)}
    assert months_of(row, parents) == months


def test_a_year_may_be_a_number():
    assert months_of(["1月", "2月"], [2025.0, None]) == {0: Month(2025, 1), 1: Month(2025, 2)}


def test_months_over_a_quantity_and_an_amount_are_those_of_the_amounts():
    parents = ["客户", "1月", None, "2月", None]
    row = ["客户", "数量", "金额(万元)", "数量", "金额(万元)"]
    assert months_of(row, parents) == {2: Month(None, 1), 4: Month(None, 2)}


def test_months_under_a_quantity_and_under_sales_are_those_of_the_sales():
    parents = ["客户", "销量", None, "销售额", None]
    row = [None, "1月", "2月", "1月", "2月"]
    assert months_of(row, parents) == {3: Month(None, 1), 4: Month(None, 2)}


def test_months_that_stand_in_the_upper_of_two_header_rows():
    assert months_of(["名称", None, None], ["客户", "1月", "2月"]) == {
        1: Month(None, 1),
        2: Month(None, 2),
    }


def test_a_year_is_carried_on_to_the_months_that_follow():
    row = ["2025年11月", "12月", "2026年1月", "2月"]
    assert list(months_of(row).values()) == [
        Month(2025, 11),
        Month(2025, 12),
        Month(2026, 1),
        Month(2026, 2),
    ]


@pytest.mark.parametrize(
    ("row", "parents"),
    [
        (["客户", "1月"], None),
        (["1月", "2月", "1月", "2月"], None),
        (["1月", "2月", "2025年3月"], None),
        (["2025年12月", "1月"], None),
        (["1月目标", "2月目标"], None),
        (["1月", "2月"], ["销售目标", None]),
        (["Jan-25", "Jan-26"], None),
        (["Jan-30", "Jan-31", "Feb-01", "Feb-02"], None),
        ([dt.datetime(2026, 1, day) for day in range(1, 32)], None),
        ([dt.datetime(2026, 1, 31), dt.datetime(2026, 2, 1)], None),
        ([dt.datetime(2026, 1, 5), dt.datetime(2026, 2, 9)], None),
        (["日期", "金额", 202601], None),
        (["May", ""], ["April", "April"]),
        ([], None),
    ],
    ids=str,
)
def test_rows_that_are_no_header_of_a_wide_table(row, parents):
    assert months_of(row, parents) == {}


def test_date_cells_of_one_day_or_of_the_ends_of_months():
    firsts = [dt.datetime(2025, 12, 1), dt.datetime(2026, 1, 1)]
    ends = [dt.datetime(2025, 11, 30), dt.datetime(2025, 12, 31), dt.datetime(2026, 2, 28)]
    assert list(months_of(firsts).values()) == [Month(2025, 12), Month(2026, 1)]
    assert [month.month for month in months_of(ends).values()] == [11, 12, 2]


def test_the_year_is_given_where_the_headers_say_none():
    months = {3: Month(None, 1), 4: Month(None, 2)}
    assert dated(months, 2026) == {3: Month(2026, 1), 4: Month(2026, 2)}
    assert dated({3: Month(2025, 1)}, None) == {3: Month(2025, 1)}


@pytest.mark.parametrize(
    ("numbers", "year", "code"),
    [
        ([1, 2, 3], None, "MONTHS_WITHOUT_YEAR"),
        ([11, 12, 1, 2], 2025, "MONTHS_TURN_OVER"),
        ([11, 12, 1, 2], None, "MONTHS_TURN_OVER"),
    ],
)
def test_months_whose_year_is_not_known_are_refused(numbers, year, code):
    with pytest.raises(UnclearLayout, match=code):
        dated({i: Month(None, number) for i, number in enumerate(numbers)}, year)


def test_months_from_the_latest_to_the_first_are_of_one_year():
    assert dated({0: Month(None, 3), 1: Month(None, 1)}, 2026) == {
        0: Month(2026, 3),
        1: Month(2026, 1),
    }


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2025年合作伙伴订单; Sales 2025; sales_2025.xlsx; 2025; 2025Q1; 销售2025; "
            "2025年1-6月; 2025-01; 202501; 25年销售; 销售（2025）; ２０２５年度; "
            "2025年客户8000家; 2025 vs 2025年; Top 2000 客户 2025; 2025年1月"
        ).split("; ")
    ],
)
def test_the_year_that_a_text_says(text):
    assert year_in(text) == 2025


@pytest.mark.parametrize(
    "text",
    [
        *(
            "销售; 客户8000; 1234; 2024-2025; 2024~2025年; 2024-25; 2024年和2025年; FY2025; "
            "FY25; 2025财年; 20260105; 导出_2026-01-05.xlsx; 2026年1月5日; 近10年; 2000家客户; "
            "12025; 2,025; Excel 2016; 0.2025; ¥2025"
        ).split("; "),
        "",
    ],
)
def test_texts_that_say_no_year_or_several(text):
    assert year_in(text) is None


@given(st.text())
def test_any_text_says_a_year_or_none(text):
    assert year_in(text) in (None, *range(1990, 2100))
