"""Where tables are found, on sheets that are written as lists of rows."""

from __future__ import annotations

import pytest

from kam_excel.contract.column import Key, Number, column
from kam_excel.contract.table import Table
from kam_excel.contract.tables import Sales
from kam_excel.workbook.finding.locate import locate
from kam_excel.workbook.finding.pages import Listed
from kam_excel.workbook.finding.refusals import not_found
from pages_to_find import HEADER, LINE, TABLES, found, page, refusals


class Tiers(Table, zh="阶梯", en="Tiers", named=True):
    policy_id: Key = column(zh="政策编号", en="Policy ID")
    tier_lower: Number = column(zh="下限", en="Lower Bound", unit="basis unit")


class ProposedTiers(Table, zh="拟议阶梯", en="Proposed Tiers", named=True):
    policy_id: Key = column(zh="政策编号", en="Policy ID")
    tier_lower: Number = column(zh="下限", en="Lower Bound", unit="basis unit")


def test_a_header_stands_below_titles():
    sales = found(page("流水", [["2026 年销售"], ["制表：张三"], [], HEADER, LINE]))["sales"]
    (region,) = sales.regions
    assert (region.sheet, region.header_row, region.last_row) == ("流水", 4, 5)
    assert region.columns == {"date": 1, "customer_id": 2, "amount": 3}


def test_a_header_far_below_stands_under_a_gap():
    notes = [["说明", str(i), "x", "y"] for i in range(30)]
    sales = found(page("流水", [*notes, [], HEADER, LINE]))["sales"]
    assert sales.regions[0].header_row == 32


def test_tables_below_each_other_end_before_the_gap_above_the_next():
    rows = [HEADER, LINE, LINE, [], ["退货明细"], ["单据号", "金额", None], ["D1", 5.0, None]]
    tables = found(page("一月", rows))
    assert tables["sales"].regions[0].last_row == 3
    assert tables["returns"].regions[0].header_row == 6


def test_tables_beside_each_other_keep_their_columns():
    header = [*HEADER, None, "客户编码", "客户名称"]
    tables = found(page("数据", [header, [*LINE, None, "C1", "Acme"]]))
    assert tables["sales"].regions[0].columns == {"date": 1, "customer_id": 2, "amount": 3}
    assert tables["customers"].regions[0].columns == {"customer_id": 5, "customer_name": 6}


def test_an_empty_column_does_not_divide_a_table():
    header = ["日期", "客户编码", "客户名称", None, "金额", "单据类型"]
    sales = found(page("数据", [header, [*LINE[:2], "Acme", None, 1.0, "退货"]]))["sales"]
    assert sales.columns == {"date", "customer_id", "customer_name", "amount", "doc_type"}


def test_a_header_of_two_rows_is_read_together():
    rows = [
        ["日期", "客户", None, "金额"],
        [None, "编码", "名称", None],
        [LINE[0], "C1", "Acme", 1.0],
    ]
    (region,) = found(page("流水", rows))["sales"].regions
    assert region.columns == {"date": 1, "customer_id": 2, "customer_name": 3, "amount": 4}
    assert (region.header_rows, region.header_row) == ((1, 2), 2)


def test_a_title_right_above_does_not_make_a_header_of_two_rows():
    (region,) = found(page("流水", [["销售"], HEADER, LINE]))["sales"].regions
    assert region.header_rows == (2,)


def test_an_excel_table_has_the_columns_and_rows_that_it_has():
    listed = Listed("Orders", 2, 2, 4, 3)
    rows = [["合计", None, None, 9.0], [None, *HEADER], [None, *LINE], [None, "合计", None, 100.0]]
    (region,) = found(page("x", rows, (listed,)))["sales"].regions
    assert (region.columns["date"], region.last_row) == (2, 3)


def test_units_of_headers_and_notes():
    rows = [["单位：万元"], ["日期", "客户编码", "金额", "成本(元)"], [*LINE, 3.0]]
    (region,) = found(page("流水", rows))["sales"].regions
    assert region.factors == {"amount": 10_000}


@pytest.mark.parametrize(
    "notes", [["Unit: RMB 10,000"], ["单位：万元", "币种：人民币"], ["金额单位：人民币万元"]]
)
def test_a_note_is_read_once_however_it_is_put(notes):
    (region,) = found(page("流水", [*[[note] for note in notes], HEADER, LINE]))["sales"].regions
    assert region.factors == {"amount": 10_000}


def test_units_come_in_the_order_of_the_table_whatever_the_seed_of_hashes():
    header = ["日期", "客户编码", "利润", "成本", "折扣", "金额", "单价"]
    (region,) = found(page("流水", [["单位：万元"], header, [*LINE[:2], *[1.0] * 5]]))[
        "sales"
    ].regions
    assert list(region.factors) == ["price", "amount", "discount", "cost", "profit"]


def test_a_currency_in_the_header_holds_for_every_row():
    (region,) = found(page("x", [["Date", "Customer ID", "Amount (USD)"], LINE]))["sales"].regions
    assert region.constants == {"currency": "USD"}


@pytest.mark.parametrize(
    ("sheet", "title", "file"),
    [("2026", "x", "a.xlsx"), ("流水", "2026年销售额", "a.xlsx"), ("流水", "x", "2026销售.xlsx")],
)
def test_months_take_their_year_from_sheet_title_or_file(sheet, title, file):
    rows = [[title], ["客户编码", "1月", "2月", "合计"], ["C1", 1.0, 2.0, 3.0]]
    (region,) = found(page(sheet, rows, file=file))["sales"].regions
    assert region.months == ((2, 2026, 1), (3, 2026, 2))
    assert region.columns == {"customer_id": 1}


def test_months_without_a_year_are_refused():
    rows = [["客户编码", "1月", "2月"], ["C1", 1.0, 2.0]]
    assert refusals(page("流水", rows)) == ["MONTHS_WITHOUT_YEAR"]
    fixed = {"sales": {"year": 2026}}
    assert found(page("流水", rows), fixed=fixed)["sales"].regions[0].months[0].year == 2026


def test_years_above_months_give_theirs():
    rows = [["客户编码", "2025年", None, "2026年", None], [None, "1月", "2月", "1月", "2月"]]
    (region,) = found(page("流水", [*rows, ["C1", 1.0, 2.0, 3.0, 4.0]]))["sales"].regions
    assert [month.year for month in region.months] == [2025, 2025, 2026, 2026]


def test_targets_by_month_are_no_sales():
    rows = [["2026年销售目标"], ["客户编码", "1月", "2月"], ["C1", 1.0, 2.0]]
    assert "sales" not in found(page("计划", rows))


@pytest.mark.parametrize(
    "sheet", ["销售目标", "Targets", "2026预算", "回款明细", "Payments", "销售退款", "Refunds 2026"]
)
def test_a_list_of_plans_payments_or_refunds_is_no_sales(sheet):
    assert "sales" not in found(page(sheet, [HEADER, LINE]))


@pytest.mark.parametrize("sheet", ["销售及退货", "销售回款", "Orders and returns", "出库流水"])
def test_a_list_that_says_sales_beside_other_things_is_read(sheet):
    assert "sales" in found(page(sheet, [HEADER, LINE]))


@pytest.mark.parametrize("sheet", ["退货明细", "销售退货明细", "2026年退货", "退货2026"])
def test_returns_are_found_by_what_their_sheet_is_called(sheet):
    tables = found(page(sheet, [HEADER, LINE]))
    assert set(tables) == {"returns"}


@pytest.mark.parametrize("kinds", [(Tiers, ProposedTiers), (ProposedTiers, Tiers)])
def test_a_table_whose_name_ends_with_that_of_another_is_told_apart(kinds):
    rows = [["Policy ID", "Lower Bound"], ["R1", 100.0]]
    search = locate([page("Tiers", rows), page("Proposed Tiers", rows)], kinds)
    sheets = {name: location.sheets for name, location in search.found.items()}
    assert sheets == {"tiers": ("Tiers",), "proposed_tiers": ("Proposed Tiers",)}


@pytest.mark.parametrize("title", ["Payments by Customers", "Promotions with our customers"])
def test_a_title_that_says_whom_a_list_is_about_does_not_name_it(title):
    rows = [["Customer ID", "Customer Name"], ["C1", "A"]]
    tables = found(page("Customers", rows), page("2026", [[title], [], *rows]))
    assert tables["customers"].sheets == ("Customers",)


def test_a_table_that_is_called_something_else_is_told_apart_from_one_that_lacks_a_column():
    search = locate([page("收款记录", [HEADER, LINE])], TABLES)
    problem = not_found(Sales, ["net_sales"], [], search.near["sales"])
    assert (problem.code.name, problem.where.sheet) == ("TABLE_CALLED_OTHERWISE", "收款记录")


def test_months_above_measures_are_a_header_of_two_rows():
    rows = [["客户名称", "1月", None, "2月", None], [None, "目标", "实际", "目标", "实际"]]
    (region,) = found(page("2026", [*rows, ["甲", 9.0, 8.0, 9.0, 7.0]]))["sales"].regions
    assert region.months == ((3, 2026, 1), (5, 2026, 2))


def test_of_details_and_their_summary_the_details_are_read():
    sales = found(page("明细", [HEADER, LINE]), page("汇总", [HEADER, LINE]))["sales"]
    assert (sales.sheets, sales.elsewhere) == (("明细",), ("汇总",))


def test_a_summary_that_stands_alone_is_read():
    assert found(page("销售汇总", [HEADER, LINE]))["sales"].sheets == ("销售汇总",)


def test_sheets_whose_names_are_a_series_are_one_table():
    sales = found(page("2025", [HEADER, LINE]), page("2026", [HEADER, LINE]))["sales"]
    assert sales.sheets == ("2025", "2026")


def test_the_sheet_of_the_tables_name_wins_and_the_other_is_told():
    sales = found(page("销售明细", [HEADER, LINE]), page("旧", [HEADER, LINE]))["sales"]
    assert (sales.sheets, sales.elsewhere) == (("销售明细",), ("旧",))


def test_the_same_headers_again_on_a_sheet_are_one_table():
    rows = [HEADER, LINE, [], ["二月"], HEADER, LINE]
    sales = found(page("流水", rows))["sales"]
    assert [(r.header_row, r.last_row) for r in sales.regions] == [(1, 2), (5, 6)]


def test_a_header_twice_is_refused():
    assert refusals(page("x", [["日期", "客户编码", "金额", "金额"], [*LINE, 1.0]])) == [
        "HEADER_TWICE"
    ]


def test_a_sheet_of_the_tables_name_that_lacks_a_column_is_refused():
    search = locate([page("销售明细", [["日期", "客户编号", "金頟"], LINE])], TABLES)
    (problem,) = search.refused["sales"]
    assert problem.code.name == "COLUMN_MISSING"
    assert "金頟" in problem.text("zh")


def test_a_name_stands_in_for_a_customer_id():
    assert found(page("x", [["日期", "客户名称", "金额"], LINE]))["sales"].columns == {
        "date",
        "customer_name",
        "amount",
    }


def test_what_came_near_is_told():
    search = locate([page("x", [["日期", "伙伴", "金额"], LINE])], TABLES)
    assert search.near["sales"].missing == ("customer_id",)


class TestFixed:
    """Mappings that people wrote."""

    def test_columns_by_their_headers(self):
        rows = [["时间", "伙伴", "成交额(万元)"], LINE]
        said = {"columns": {"date": "时间", "customer_id": "伙伴", "amount": "成交额"}}
        (region,) = found(page("x", rows), fixed={"sales": said})["sales"].regions
        assert region.columns == {"date": 1, "customer_id": 2, "amount": 3}
        assert region.factors == {"amount": 10_000}

    def test_a_header_row_anywhere(self):
        rows = [["a", "b", "c"]] * 40 + [HEADER, LINE]
        said = {"header_row": 41}
        assert found(page("x", rows), fixed={"sales": said})["sales"].regions[0].header_row == 41

    def test_sheets_by_a_pattern(self):
        pages = [page(name, [HEADER, LINE]) for name in ("华东A", "华东B", "其他")]
        said = {"sheets": ("华东*",)}
        assert found(*pages, fixed={"sales": said})["sales"].sheets == ("华东A", "华东B")

    def test_a_sheet_that_is_not_there(self):
        said = {"sheet": "订単"}
        assert refusals(page("订单", [HEADER, LINE]), fixed={"sales": said}) == ["SHEET_MISSING"]

    def test_a_year_units_and_percents(self):
        rows = [["客户编码", "税率", "1月", "2月"], ["C1", 13.0, 1.0, 2.0]]
        said = {"year": 2026, "units": {"amount": "万元"}, "percents": {"tax_rate": "percent"}}
        (region,) = found(page("x", rows), fixed={"sales": said})["sales"].regions
        assert region.factors == {"amount": 10_000}
        assert region.percents == {"tax_rate": "percent"}
