"""Sheets as companies lay them out: each is read to its totals, or refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from badbooks.declaring import reads, refused
from badbooks.writing import HEADER, ROWS, book, fill, sales, write

# where the table is -----------------------------------------------------------


@reads(3, "600.00")
def header_in_row_19(path: Path) -> None:
    with book(path) as made:
        fill(made, "销售明细", [HEADER, *ROWS], first=19, column=4)


@reads(3, "600.00")
def header_in_row_25(path: Path) -> None:
    with book(path) as made:
        fill(made, "销售明细", [HEADER, *ROWS], first=25)


@reads(3, "600.00")
def titles_above_the_header(path: Path) -> None:
    title = [["某某公司 2026 年销售明细"], ["制表人：张三", None, "制表日期：2026-03-01"], []]
    write(path, {"Sheet1": [*title, HEADER, *ROWS]})


@reads(3, "600.00")
def header_of_two_rows_with_merged_cells(path: Path) -> None:
    with book(path) as made:
        sheet = fill(made, "销售明细", ROWS, first=3)
        sheet.merge_range("A1:A2", "日期")
        sheet.merge_range("B1:C1", "客户")
        sheet.write("B2", "客户编码")
        sheet.write("C2", "金额")


@reads(3, "600.00")
def headers_with_line_breaks_and_hard_blanks(path: Path) -> None:
    write(path, {"销售明细": [("日\n期", "\u00a0客户\u00a0编码 ", "金　额"), *ROWS]})


@reads(3, "6000000.00", UNIT_STATED=1)
def unit_in_the_header(path: Path) -> None:
    write(path, {"销售明细": [("日期", "客户编码", "金额(万元)"), *ROWS]})


@reads(3, "6000000.00", UNIT_STATED=1)
def unit_above_the_table(path: Path) -> None:
    write(path, {"销售明细": [["销售明细表"], [None, None, "单位：万元"], HEADER, *ROWS]})


@reads(3, "600.00", FOOTNOTE_ROW=3)
def another_table_below(path: Path) -> None:
    notes = [(), (), ("产品编码", "名称"), ("P1", "甲"), ("P2", "乙")]
    write(path, {"销售明细": [HEADER, *ROWS, *notes]})


@reads(4, "1000.00")
def blank_rows_and_columns_in_the_middle(path: Path) -> None:
    rows = [(day, None, customer, None, amount) for day, customer, amount in ROWS]
    late = (date(2026, 2, 4), None, "C4", None, 400)
    header = ("日期", None, "客户编码", None, "金额")
    write(path, {"销售明细": [header, *rows[:2], (), (), rows[2], (), late]})


@reads(6, "1200.00", MISSING_MONTH=1)
def one_sheet_a_year(path: Path) -> None:
    old = [(day.replace(year=2025), customer, amount) for day, customer, amount in ROWS]
    write(path, {"2025年": [HEADER, *old], "2026年": [HEADER, *ROWS]})


@reads(3, "600.00")
def very_hidden_sheet_beside(path: Path) -> None:
    with book(path) as made:
        fill(made, "销售明细", [HEADER, *ROWS])
        fill(made, "参数", [["x", "y"], [1, 2]]).very_hidden()


@refused("TABLE_MISSING")
def empty_workbook(path: Path) -> None:
    write(path, {"Sheet1": []})


@refused("TABLE_EMPTY")
def header_alone(path: Path) -> None:
    write(path, {"销售明细": [HEADER]})


@refused("HEADER_TWICE")
def header_twice(path: Path) -> None:
    rows = [(*row, 2 * row[2]) for row in ROWS]
    write(path, {"销售明细": [(*HEADER, "金额"), *rows]})


@refused("MONTHS_WITHOUT_YEAR")
def wide_months_without_a_year(path: Path) -> None:
    header = ("客户编码", *(f"{month}月" for month in range(1, 7)))
    write(path, {"销售明细": [header, ("C1", *[100] * 6), ("C2", *[50] * 6)]})


@reads(12, "900.00")
def wide_months_of_a_year(path: Path) -> None:
    header = ("客户编码", *(f"2026-{month:02}" for month in range(1, 7)))
    write(path, {"销售明细": [header, ("C1", *[100] * 6), ("C2", *[50] * 6)]})


# rows -------------------------------------------------------------------------


@reads(3, "600.00", TOTAL_ROW_DROPPED=1)
def total_row(path: Path) -> None:
    sales(path, ("合计", None, 600))


@reads(3, "600.00", TOTAL_ROW_DROPPED=1)
def total_row_without_a_label(path: Path) -> None:
    sales(path, (None, None, {"f": "=SUM(C2:C4)", "v": 600}))


@reads(3, "600.00", TOTAL_ROW_DROPPED=3)
def subtotals_and_a_grand_total(path: Path) -> None:
    rows = [*ROWS[:2], ("小计", None, 300), ROWS[2], ("小计", None, 300), ("总计", None, 600)]
    write(path, {"销售明细": [HEADER, *rows]})


@reads(3, "600.00")
def total_row_of_an_excel_table(path: Path) -> None:
    with book(path) as made:
        sheet = fill(made, "销售明细", [HEADER, *ROWS])
        columns = [{"header": each} for each in HEADER]
        columns[0]["total_string"] = "汇总"
        columns[2]["total_function"] = "sum"
        columns[2]["total_value"] = 600
        sheet.add_table("A1:C5", {"columns": columns, "total_row": True})


@reads(3, "600.00", HIDDEN_ROWS=1)
def hidden_rows_count(path: Path) -> None:
    with book(path) as made:
        fill(made, "销售明细", [HEADER, *ROWS]).set_row(2, None, None, {"hidden": True})


@reads(3, "600.00", HIDDEN_ROWS=1)
def filtered_rows_count(path: Path) -> None:
    with book(path) as made:
        sheet = fill(made, "销售明细", [HEADER, *ROWS])
        sheet.autofilter("A1:C4")
        sheet.filter_column("B", "x == C1")
        for row in (2, 3):
            sheet.set_row(row, None, None, {"hidden": True})


@refused("MERGED_CELLS")
def merged_customers(path: Path) -> None:
    """Merged cells show their value once; filling it down has to be allowed."""
    with book(path) as made:
        rows = [(day, None, amount) for day, _, amount in ROWS]
        sheet = fill(made, "销售明细", [HEADER, *rows])
        sheet.merge_range("B2:B4", "C1")


@reads(4, "900.00", DUPLICATE_SUSPECTED=1)
def line_twice(path: Path) -> None:
    sales(path, ROWS[2])


@reads(4, "1000.00", FUTURE_DATE=1)
def date_in_the_future(path: Path) -> None:
    sales(path, (date(2027, 1, 1), "C4", 400))


# other kinds of workbooks -----------------------------------------------------


@reads(3, "600.00")
def dates_of_1904(path: Path) -> None:
    write(path, {"销售明细": [HEADER, *ROWS]}, date_1904=True)


@reads(3, "600.00", ".xlsm")
def macros(path: Path) -> None:
    with book(path) as made:
        made.add_vba_project(str(_stub(path)), is_stream=False)
        fill(made, "销售明细", [HEADER, *ROWS])
    _stub(path).unlink()


def _stub(path: Path) -> Path:
    """What takes the place of a project of macros: nobody looks into it."""
    stub = path.with_suffix(".bin")
    stub.write_bytes(b"macros" * 100)
    return stub


@reads(3, "600.00")
def link_to_another_workbook(path: Path) -> None:
    with book(path) as made:
        sheet = fill(made, "销售明细", [HEADER, *ROWS])
        sheet.write_formula("E2", "='[other.xlsx]Sheet1'!A1", None, 7)


@reads(3, "600.00")
def currency_of_some_rows_alone(path: Path) -> None:
    rows = [(*row, currency) for row, currency in zip(ROWS, ("CNY", None, "CNY"), strict=True)]
    write(path, {"销售明细": [(*HEADER, "币种"), *rows]})


@refused("CURRENCY_WITHOUT_RATES")
def currencies_without_rates(path: Path) -> None:
    rows = [(*row, currency) for row, currency in zip(ROWS, ("CNY", "USD", "EUR"), strict=True)]
    write(path, {"销售明细": [(*HEADER, "币种"), *rows]})
