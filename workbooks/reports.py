"""The sheets a company works out of its registers: months, regions by category, targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.worksheet import Worksheet

from workbooks.company import (
    CATEGORIES,
    EXPORT_REGION,
    MONTH_COUNT,
    REGIONS,
    USD_RATES,
    month_start,
)
from workbooks.customers import Course, Customer
from workbooks.layout import Column, Demo
from workbooks.pivot import Field, Pivot
from workbooks.registers import SALES_COLUMNS, sales_row
from workbooks.sales import CENT, Line

REPORT_TAB = "#C55A11"
MONTHS_TOP = 2
PIVOT_TOP = 3
# The pivot's source: the columns from 类别 on, which hold no names of customers.
PIVOT_FIRST_COLUMN = 7
LAST_YEAR, TARGET_YEAR = 2025, 2026
TARGETED_RANKS = 36

MONTH_HEADERS = ("月份", "人民币销售额", "人民币退货额", "美元销售额", "汇率", "折合人民币", "同比")
TARGET_COLUMNS = (
    Column("客户编码", "text", 11, total={"total_string": "合计"}),
    Column("客户名称", width=32, total={"total_function": "count"}),
    Column("期间", "text", 9),
    Column("目标", "money", 17, total={"total_function": "sum"}),
    Column(
        "上年实际", "money", 17,
        formula="SUMIFS(销售明细[金额],销售明细[客户编码],客户目标[[#This Row],[客户编码]],"
        f'销售明细[日期],">="&DATE({LAST_YEAR},1,1),销售明细[日期],"<"&DATE({TARGET_YEAR},1,1))',
        total={"total_function": "sum"},
    ),
    Column(
        "增长要求", "percent", 11,
        formula="客户目标[[#This Row],[目标]]/客户目标[[#This Row],[上年实际]]-1",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """What the company sold in a month, in the currencies it sold in."""

    cny: Decimal
    cny_returned: Decimal
    usd: Decimal
    rate: Decimal

    @property
    def total(self) -> Decimal:
        """All of it in CNY, half up to the cent."""
        return (self.cny + self.usd * self.rate).quantize(CENT, ROUND_HALF_UP)


def months_of(lines: Iterable[Line]) -> list[Month]:
    """The sums of each month, from July 2023 on."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    returned: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        month = f"{line.day:%Y-%m}"
        sums[month, line.currency] += line.amount
        if line.currency == "CNY" and line.doc_type == "退货":
            returned[month] += line.amount
    names = [f"{month_start(index):%Y-%m}" for index in range(MONTH_COUNT)]
    return [
        Month(sums[name, "CNY"], returned[name], sums[name, "USD"], Decimal(rate))
        for name, rate in zip(names, USD_RATES, strict=True)
    ]


def write_months(demo: Demo, lines: Sequence[Line]) -> None:
    """月度汇总: SUMIFS over the sales table, a chart of columns and a line, data bars."""
    sheet = demo.sheet("月度汇总", tab=REPORT_TAB)
    formats = demo.formats
    sheet.write(0, 0, "月度销售汇总", formats["title"])
    sheet.write(1, 0, "金额不含税；退货已从销售额中扣除。", formats["note"])
    sheet.write_row(MONTHS_TOP, 0, MONTH_HEADERS, formats["header"])
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 6, 17)
    months = months_of(lines)
    for index, month in enumerate(months):
        earlier = months[index - 12] if index >= 12 else None
        _write_month(demo, sheet, index, month, earlier)
    _write_month_totals(demo, sheet, months)
    first, last = MONTHS_TOP + 1, MONTHS_TOP + len(months)
    sheet.conditional_format(
        first, 5, last, 5, {"type": "data_bar", "bar_color": "#9BC2E6", "bar_solid": True}
    )
    sheet.conditional_format(first + 12, 6, last, 6, {"type": "icon_set", "icon_style": "3_arrows"})
    _add_chart(demo, sheet, first, last)
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(MONTHS_TOP)
    sheet.print_area(0, 0, last + 1, 19)


def _write_month(
    demo: Demo, sheet: Worksheet, index: int, month: Month, earlier: Month | None
) -> None:
    row, number = MONTHS_TOP + 1 + index, MONTHS_TOP + 2 + index
    money = demo.formats["money"]
    of_month = f'销售明细[日期],">="&A{number},销售明细[日期],"<"&EDATE(A{number},1)'
    cny = f'SUMIFS(销售明细[金额],{of_month},销售明细[币种],"CNY"'
    usd = f'SUMIFS(销售明细[金额],{of_month},销售明细[币种],"USD")'
    rate = f"VLOOKUP(A{number},汇率表!$B$2:$C${MONTH_COUNT + 1},2,TRUE)"
    total = f"ROUND(B{number}+D{number}*E{number},2)"
    sheet.write_datetime(row, 0, month_start(index), demo.formats["month"])
    sheet.write_formula(row, 1, f"{cny})", money, float(month.cny))
    sheet.write_formula(
        row, 2, f'{cny},销售明细[单据类型],"退货")', money, float(month.cny_returned)
    )
    sheet.write_formula(row, 3, usd, money, float(month.usd))
    sheet.write_formula(row, 4, rate, demo.formats["rate"], float(month.rate))
    sheet.write_formula(row, 5, total, money, float(month.total))
    if earlier is not None:
        growth = f"F{number}/F{number - 12}-1"
        value = float(month.total) / float(earlier.total) - 1
        sheet.write_formula(row, 6, growth, demo.formats["percent"], value)


def _write_month_totals(demo: Demo, sheet: Worksheet, months: Sequence[Month]) -> None:
    row = MONTHS_TOP + 1 + len(months)
    sums = {
        "B": sum(month.cny for month in months),
        "C": sum(month.cny_returned for month in months),
        "D": sum(month.usd for month in months),
        "F": sum(month.total for month in months),
    }
    sheet.write(row, 0, "合计", demo.formats["total"])
    for letter in "EG":
        sheet.write_blank(f"{letter}{row + 1}", None, demo.formats["total"])
    for letter, value in sums.items():
        formula = f"SUM({letter}{MONTHS_TOP + 2}:{letter}{row})"
        sheet.write_formula(f"{letter}{row + 1}", formula, demo.formats["total"], float(value))


def _add_chart(demo: Demo, sheet: Worksheet, first: int, last: int) -> None:
    """Sales as columns on the left axis, growth as a line on the right one."""
    name = sheet.get_name()
    categories = [name, first, 0, last, 0]
    columns = demo.workbook.add_chart({"type": "column"})
    columns.add_series(
        {
            "name": [name, MONTHS_TOP, 5],
            "categories": categories,
            "values": [name, first, 5, last, 5],
            "fill": {"color": "#5B9BD5"},
            "gap": 60,
        }
    )
    growth = demo.workbook.add_chart({"type": "line"})
    growth.add_series(
        {
            "name": [name, MONTHS_TOP, 6],
            "categories": categories,
            "values": [name, first, 6, last, 6],
            "line": {"color": "#C55A11", "width": 2},
            "marker": {"type": "circle", "size": 4},
            "y2_axis": True,
        }
    )
    columns.combine(growth)
    columns.set_title({"name": "月度销售额（折合人民币）与同比", "name_font": {"size": 13}})
    columns.set_x_axis({"date_axis": True, "num_format": "yyyy-mm", "label_position": "low"})
    columns.set_y_axis(
        {
            "num_format": '0,,"百万"',
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    growth.set_y2_axis({"num_format": "0%"})
    columns.set_legend({"position": "bottom"})
    columns.set_size({"width": 760, "height": 400})
    sheet.insert_chart(MONTHS_TOP, 8, columns)


def write_regions(demo: Demo, lines: Sequence[Line]) -> Pivot:
    """区域透视: the cells that the pivot table shows, and the pivot to put behind them."""
    sheet = demo.sheet("区域透视", tab=REPORT_TAB)
    regions = [region for region in REGIONS if region != EXPORT_REGION]
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.currency == "CNY":
            sums[line.region, line.product.category] += line.amount
    grid = [[sums[region, category] for category in CATEGORIES] for region in regions]
    grid.append([sum(column, Decimal()) for column in zip(*grid, strict=True)])
    _write_pivot_cells(demo, sheet, regions, grid)
    last_row = PIVOT_TOP + 1 + len(grid)
    columns = list(zip(*(sales_row(line) for line in lines), strict=True))
    headers = [column.header for column in SALES_COLUMNS]
    return Pivot(
        fields=[
            Field.of(header, values)
            for header, values in zip(
                headers[PIVOT_FIRST_COLUMN:], columns[PIVOT_FIRST_COLUMN:], strict=True
            )
        ],
        source_sheet="销售明细",
        source_ref=f"H1:Q{len(lines) + 1}",
        sheet_part=f"xl/worksheets/sheet{sheet.index + 1}.xml",
        name="区域透视表",
        location=f"A{PIVOT_TOP + 1}:F{last_row + 1}",
        row="区域",
        row_items=regions,
        column="类别",
        column_items=CATEGORIES,
        page="币种",
        page_item="CNY",
        data="金额",
    )


def _write_pivot_cells(
    demo: Demo, sheet: Worksheet, regions: Sequence[str], grid: Sequence[Sequence[Decimal]]
) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 5, 18)
    sheet.write_row(PIVOT_TOP - 2, 0, ("币种", "CNY"))
    sheet.write_row(PIVOT_TOP, 0, ("求和项:金额", "类别"))
    sheet.write_row(PIVOT_TOP + 1, 0, ("区域", *CATEGORIES, "总计"))
    for row, (label, sums) in enumerate(zip((*regions, "总计"), grid, strict=True), PIVOT_TOP + 2):
        sheet.write(row, 0, label)
        sheet.write_row(row, 1, (*sums, sum(sums)), demo.formats["pivot"])
    sheet.print_area(0, 0, PIVOT_TOP + 1 + len(grid), 5)


def write_targets(demo: Demo, customers: Sequence[Customer], lines: Iterable[Line]) -> None:
    """目标: this year's targets of the large domestic customers beside last year's sales."""
    sheet = demo.sheet("目标", tab=REPORT_TAB)
    sold: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.day.year == LAST_YEAR:
            sold[line.customer_id] += line.amount
    rows = [
        (customer, _target(customer, sold[customer.id]), sold[customer.id])
        for customer in customers[:TARGETED_RANKS]
        if customer.currency == "CNY"
    ]
    cells = [
        [
            customer.id, customer.name, str(TARGET_YEAR), target, float(last_year),
            float(target) / float(last_year) - 1,
        ]
        for customer, target, last_year in rows
    ]  # fmt: skip
    totals = {
        "客户名称": len(rows),
        "目标": float(sum(target for _, target, _ in rows)),
        "上年实际": float(sum(last_year for _, _, last_year in rows)),
    }
    columns = [_with_value(column, totals) for column in TARGET_COLUMNS]
    demo.table(sheet, "客户目标", columns, cells)
    sheet.ignore_errors({"number_stored_as_text": f"A2:C{len(rows) + 1}"})


def _target(customer: Customer, last_year: Decimal) -> int:
    """Last year's sales and what is expected on top, in steps of 10,000 CNY."""
    growth = {Course.NEW: "1.50", Course.FADING: "0.90"}.get(customer.course, "1.10")
    return round(last_year * Decimal(growth) / 10_000) * 10_000


def _with_value(column: Column, totals: dict[str, float]) -> Column:
    """The column with the cached value of its total."""
    if "total_function" not in column.total:
        return column
    return replace(column, total={**column.total, "total_value": totals[column.header]})
