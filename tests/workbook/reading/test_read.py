"""Reading located tables of workbooks that are written as lists of rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
import xlsxwriter

from kam_excel import Date, Money, Table, Text
from kam_excel import column as declared
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.contract.tables import Customers, Returns, Sales
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.finding.locate import locate
from kam_excel.workbook.finding.pages import read_pages
from kam_excel.workbook.reading.conventions import Conventions
from kam_excel.workbook.reading.read import Reading, read_table

DAY = date(2026, 1, 5)
HEADER = ["单据号", "日期", "客户编码", "金额"]
LINES = [["D1", DAY, "C1", 100], ["D2", DAY, "C2", 20.5]]


class Discounts(Table, zh="折扣协议", en="Discounts", closed=True):
    agreed_on: Date = declared(zh="签订日", en="Agreed On")
    category: Text = declared(zh="适用品类", en="Category", optional=True, decisive=True)
    cap: Money = declared(zh="上限", en="Cap", optional=True, decisive=True)


@pytest.fixture
def read(make_workbook):
    """The sales (or another table) of {sheet: rows}, read by the rules given."""

    def read_(sheets, table=Sales, path=None, **rules: Any) -> Reading:
        path = path or make_workbook(sheets)
        with open_headless(path) as book:
            search = locate(read_pages(book), (Customers, Returns, Sales, Discounts))
            assert search.refused == {}
            known = Conventions(ReadingPolicy(**rules))
            return read_table(book, search.found[table.id], known)

    return read_


def account(reading: Reading) -> dict[str, tuple[int, Any]]:
    found = reading.reconciliation
    rows = zip(found["reason_code"], found["rows"], found["amount"], strict=True)
    return {code: (count, amount) for code, count, amount in rows}


def codes(reading: Reading) -> list[str]:
    return reading.issues["reason_code"].tolist()


def refusals(reading: Reading) -> list[str]:
    return [each.code.name for each in reading.problems]


def test_the_index_is_the_row_of_the_sheet(read):
    assert read({"流水": [["销售"], HEADER, *LINES]}).frame.index.tolist() == [3, 4]


def test_blank_rows_are_counted_and_the_account_adds_up(read):
    reading = read({"流水": [HEADER, LINES[0], [], [], LINES[1]]})
    assert account(reading) == {
        "ROWS_READ": (4, Decimal("120.5")),
        "BLANK_ROW": (-2, pd.NA),
        "ROWS_USED": (2, Decimal("120.5")),
    }


def test_a_labelled_total_is_left_out_with_its_amount(read):
    reading = read({"流水": [HEADER, *LINES, ["合计", None, None, 120.5]]})
    assert account(reading)["TOTAL_ROW_DROPPED"] == (-1, Decimal("-120.5"))
    assert len(reading.frame) == 2


def test_a_total_that_sums_nothing_is_left_out_and_told(read):
    reading = read({"流水": [HEADER, *LINES, ["合计", None, None, 99]]})
    assert codes(reading) == ["TOTAL_ROW_DOUBTFUL"]
    assert len(reading.frame) == 2


def test_a_total_that_looks_like_a_line_is_refused(read):
    reading = read({"流水": [HEADER, *LINES, [None, DAY, "合计", 120.5]]})
    assert refusals(reading) == ["TOTAL_ROW_KEYED"]
    assert "4:4" in reading.problems[0].text()


def test_headers_said_again_and_footnotes_are_no_rows(read):
    reading = read({"流水": [HEADER, LINES[0], HEADER, LINES[1], ["制单：", "张三"]]})
    assert account(reading)["HEADER_REPEATED_ROW"][0] == -1
    assert account(reading)["FOOTNOTE_ROW"][0] == -1
    assert len(reading.frame) == 2


def test_rows_of_texts_alone_are_customers_and_no_footnotes(read):
    rows = [["客户编码", "客户名称", "信用额度"], ["C1", "甲", 5], ["C2", "乙", None]]
    assert len(read({"客户档案": rows}, Customers).frame) == 2


def test_what_holds_for_all_rows_is_a_column(read):
    reading = read({"华东": [["日期", "客户编码", "金额(USD)"], [DAY, "C1", 1]]})
    assert reading.frame["currency"].tolist() == ["USD"]
    assert reading.frame["region"].tolist() == ["华东"]
    assert codes(reading) == ["STATED_ONCE"] * 2


def test_a_unit_scales_amounts_exactly(read):
    reading = read({"流水": [["日期", "客户编码", "金额(万元)"], [DAY, "C1", 1.2345678]]})
    assert reading.frame["amount"].tolist() == [Decimal("12345.678")]
    assert codes(reading) == ["MORE_DECIMALS", "UNIT_STATED"]


def test_headers_that_would_fit_too_are_told(read):
    reading = read({"流水": [[*HEADER, "销售额", "商品名称", "品名"], [*LINES[0], 90, "茶", "茶"]]})
    assert reading.frame["amount"].tolist() == [Decimal(100)]
    (issue,) = reading.issues.to_dict("records")
    assert (issue["reason_code"], issue["original_value"]) == ("HEADER_RIVALS", "销售额")


def test_columns_that_may_take_rows_off_are_told(read):
    reading = read({"流水": [[*HEADER, "订单状态", "退货金额"], [*LINES[0], "已取消", 3]]})
    told = reading.issues.set_index("reason_code")["original_value"]
    assert told["COLUMN_UNREAD"].tolist() == ["订单状态", "退货金额"]


def test_headers_of_no_column_are_told_where_a_closed_table_lacks_one_that_matters(read):
    row = [DAY, "茶", "王"]
    reading = read({"折扣协议": [["签订日", "限于", "备注"], row]}, Discounts)
    (issue,) = reading.issues.to_dict("records")
    assert (issue["reason_code"], issue["original_value"]) == ("COLUMN_UNKNOWN", "限于")
    assert issue["taken"] == "适用品类 / Category, 上限 / Cap"
    whole = {"折扣协议": [["签订日", "限于", "适用品类", "上限"], [DAY, "王", "茶", 5]]}
    assert codes(read(whole, Discounts)) == []


def test_a_unit_in_the_name_of_the_sheet_or_in_a_title_scales(read):
    for sheets in (
        {"销售(万元)": [HEADER, *LINES]},
        {"流水": [["销售额（万元）"], HEADER, *LINES]},
    ):
        assert read(sheets).frame["amount"].tolist() == [Decimal(1_000_000), Decimal(205_000)]


def test_signatures_below_are_no_rows(read):
    reading = read({"流水": [HEADER, *LINES, ["制单：张三", "审核：李四", "王五", "日期：6月1日"]]})
    assert (len(reading.frame), reading.problems) == (2, [])


def test_lines_of_texts_alone_are_no_signatures(read):
    rows = [[f"D{i}", "2026-01-05", "审核", str(i)] for i in (1, 2)]
    assert len(read({"流水": [HEADER, *rows]}).frame) == 2


def test_a_unit_below_a_table_is_refused(read):
    for note in (["单位：万元"], ["单位：万元", "单位：元"]):
        assert refusals(read({"流水": [HEADER, *LINES, note]})) == ["UNIT_BELOW"]


class TestSheets:
    """What a look at the sheet does not show."""

    @pytest.fixture
    def path(self, tmp_path):
        book = xlsxwriter.Workbook(tmp_path / "shown.xlsx")
        sheet = book.add_worksheet("流水")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, line in enumerate([HEADER, *LINES, ["合计", None, None, 120.5], *LINES]):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, datetime(2026, 1, 5), day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        columns = [{"header": header} for header in HEADER]
        sheet.add_table("A1:D4", {"columns": columns, "total_row": True})
        sheet.set_row(1, None, None, {"hidden": True})
        book.close()
        return tmp_path / "shown.xlsx"

    def test_rows_below_an_excel_table_are_told_and_hidden_ones_count(self, read, path):
        reading = read({}, path=path)
        assert reading.frame["amount"].sum() == Decimal("120.5")
        told = reading.issues.groupby("reason_code")["amount"].sum()
        assert told["ROWS_BELOW_TABLE"] == Decimal("120.5")
        assert told["HIDDEN_ROWS"] == 100


class TestRefusals:
    """Cells that cannot be read."""

    def test_in_a_needed_column_they_are_problems(self, read):
        reading = read({"流水": [HEADER, LINES[0], ["D2", DAY, "C2", "#N/A"]]})
        assert refusals(reading) == ["CELL_ERROR"]
        assert str(reading.problems[0].where) == "流水!D3"

    def test_an_optional_column_that_decides_is_needed(self, read):
        reading = read({"流水": [[*HEADER, "币种"], [*LINES[0], "#REF!"]]})
        assert refusals(reading) == ["CELL_ERROR"]

    def test_any_other_column_is_left_out_and_told(self, read):
        reading = read({"流水": [[*HEADER, "利润"], [*LINES[0], 5], [*LINES[1], "#DIV/0!"]]})
        assert "profit" not in reading.frame
        (issue,) = reading.issues.to_dict("records")
        assert (issue["reason_code"], issue["original_value"]) == ("COLUMN_HAS_ERRORS", "#DIV/0!")
        assert issue["amount"] == Decimal("20.5")

    def test_why_percentages_are_left_out_is_told(self, read):
        reading = read({"流水": [[*HEADER, "税率"], [*LINES[0], 0.13]]})
        assert codes(reading) == ["PERCENT_NOT_SAID"]

    def test_a_text_is_empty_and_told(self, read):
        reading = read({"流水": [[*HEADER, "产品名称"], [*LINES[0], "#N/A"], [*LINES[1], "茶"]]})
        assert reading.frame["product_name"].isna().tolist() == [True, False]
        assert codes(reading) == ["CELL_NOT_READ"]

    def test_a_column_that_one_sheet_leaves_out_is_left_out_of_all(self, read):
        header = [*HEADER, "利润"]
        sheets = {"2025": [header, [*LINES[0], 5]], "2026": [header, [*LINES[1], "#DIV/0!"]]}
        assert "profit" not in read(sheets).frame

    def test_in_a_total_row_they_do_not_matter(self, read):
        reading = read({"流水": [HEADER, *LINES, ["合计", "#N/A", None, 120.5]]})
        assert (refusals(reading), len(reading.frame)) == ([], 2)


class TestCoercions:
    """Cells that are read in another form."""

    def test_each_is_listed_with_its_amount_and_what_was_done(self, read):
        reading = read({"流水": [HEADER, ["D1", "2026/1/5", "C1", "1,234.50"]]})
        told = {each["column_name"]: each for each in reading.issues.to_dict("records")}
        assert told["amount"]["reason_code"] == "TEXT_NUMBER"
        assert told["date"]["reason_code"] == "TEXT_DATE"
        assert {each["amount"] for each in told.values()} == {Decimal("1234.5")}
        assert told["amount"]["taken"] == "1234.5"

    def test_of_many_twenty_are_listed_and_the_others_summed_up(self, read):
        rows = [["D", DAY, "C1", str(i)] for i in range(1, 31)]
        reading = read({"流水": [HEADER, *rows]})
        assert len(reading.issues) == 21
        assert reading.issues["amount"].sum() == sum(range(1, 31))


class TestMerged:
    """Cells that are merged downwards."""

    @pytest.fixture
    def path(self, tmp_path):
        book = xlsxwriter.Workbook(tmp_path / "merged.xlsx")
        sheet = book.add_worksheet("流水")
        for column, header in enumerate(["日期", "客户编码", "类别", "金额"]):
            sheet.write(0, column, header)
        for row in (1, 2, 3):
            sheet.write_datetime(row, 0, DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
            sheet.write(row, 3, row)
        sheet.merge_range("B2:B3", "C1")
        sheet.write("B4", "C2")
        sheet.merge_range("C2:C4", "茶")
        book.close()
        return tmp_path / "merged.xlsx"

    def test_in_a_needed_column_they_are_refused_by_cell(self, read, path):
        reading = read({}, path=path)
        assert refusals(reading) == ["MERGED_CELLS"]
        assert str(reading.problems[0].where) == "流水!B3"

    def test_they_are_filled_where_the_rules_say_so(self, read, path):
        reading = read({}, path=path, merged_keys="fill")
        assert reading.frame["customer_id"].tolist() == ["C1", "C1", "C2"]
        assert reading.frame["category"].tolist() == ["茶"] * 3
        assert codes(reading) == ["MERGED_FILLED"] * 3
