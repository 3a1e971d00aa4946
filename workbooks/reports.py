"""The sheets a company works out of its registers: months, regions by category, targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from workbooks.company import (
    EXPORT_REGION,
    MONTH_COUNT,
    REGIONS,
    RETURN,
    USD_RATES,
    month_start,
)
from workbooks.customers import Customer
from workbooks.layout import HEADER_HEIGHT, Column, Demo, position
from workbooks.pivot import Field, Pivot
from workbooks.products import CATEGORIES
from workbooks.registers import SALES_COLUMNS, sales_row
from workbooks.sales import CENT, Line
from workbooks.targets import LAST_YEAR, TARGET_YEAR, annual_targets
from workbooks.words import HEADERS, SHEETS, TOTAL, Words

REPORT_TAB = "#C55A11"
MONTHS_TOP = 2
MONTHS_TITLE = Words("月度销售汇总", "Sales by Month")
MONTHS_NOTE = Words(
    "金额不含税；退货已从销售额中扣除。", "Amounts net of tax; returns are deducted from sales."
)
CHART_TITLE = Words(
    "月度销售额（折合人民币）与同比", "Monthly Sales in CNY and Growth on Last Year"
)
SALES_AXIS = Words("销售额（百万元）", "Sales (CNY million)")
GROWTH_AXIS = Words("同比（%）", "Growth (%)")
MONTH_COLUMNS = (
    "month", "cny_sales", "cny_returns", "usd_sales", "month_rate", "total", "growth",
)  # fmt: skip

PIVOT_TOP = 3
PIVOT_NAME = Words("区域透视表", "RegionPivot")
SUM_OF_AMOUNT = Words("求和项:金额", "Sum of Amount")
GRAND_TOTAL = Words("总计", "Grand Total")
VALUES = Words("值", "Values")
# The pivot's source: the columns from here on, which hold no names of customers.
PIVOT_FIRST_COLUMN = position(SALES_COLUMNS, "amount")

TARGET_COLUMNS = (
    Column("customer_id", "text", 11, 12, total=TOTAL),
    Column("customer_name", "plain", 32, 44, total="count"),
    Column("period", "text", 9, 9),
    Column("target", "money", 17, 17, total="sum"),
    Column(
        "last_year", "money", 17, 17,
        formula="SUMIFS({sales}[{amount}],{sales}[{customer_id}],"
        "{target_report}[[#This Row],[{customer_id}]],"
        f'{{sales}}[{{date}}],">="&DATE({LAST_YEAR},1,1),'
        f'{{sales}}[{{date}}],"<"&DATE({TARGET_YEAR},1,1))',
        total="sum",
    ),
    Column(
        "growth_asked", "percent", 11, 11,
        formula="{target_report}[[#This Row],[{target}]]"
        "/{target_report}[[#This Row],[{last_year}]]-1",
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
        if line.currency == "CNY" and line.doc_type == RETURN:
            returned[month] += line.amount
    names = [f"{month_start(index):%Y-%m}" for index in range(MONTH_COUNT)]
    return [
        Month(sums[name, "CNY"], returned[name], sums[name, "USD"], Decimal(rate))
        for name, rate in zip(names, USD_RATES, strict=True)
    ]


def write_months(demo: Demo, lines: Sequence[Line]) -> None:
    """SUMIFS over the sales table, a chart of columns and a line, data bars."""
    sheet = demo.sheet("months", tab=REPORT_TAB)
    formats = demo.formats
    sheet.write(0, 0, demo.say(MONTHS_TITLE), formats["title"])
    sheet.write(1, 0, demo.say(MONTHS_NOTE), formats["note"])
    headers = demo.row(HEADERS[column_id] for column_id in MONTH_COLUMNS)
    sheet.write_row(MONTHS_TOP, 0, headers, formats["header"])
    sheet.set_row(MONTHS_TOP, HEADER_HEIGHT)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 6, 16)
    sheet.set_column(7, 7, 3)
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
    sheet.print_area(0, 0, last + 1, 20)


def _write_month(
    demo: Demo, sheet: Worksheet, index: int, month: Month, earlier: Month | None
) -> None:
    row, number = MONTHS_TOP + 1 + index, MONTHS_TOP + 2 + index
    money = demo.formats["money"]
    of_month = '{sales}[{date}],">="&A{row},{sales}[{date}],"<"&EDATE(A{row},1)'
    of_currency = f"SUMIFS({{sales}}[{{amount}}],{of_month},{{sales}}[{{currency}}]"
    cny = demo.formula(f'{of_currency},"CNY")', row=number)
    returned = f'{of_currency},"CNY",{{sales}}[{{doc_type}}],"{demo.say(RETURN)}")'
    usd = demo.formula(f'{of_currency},"USD")', row=number)
    rates = f"'{demo.say(SHEETS['fx_rates'])}'!$B$2:$C${MONTH_COUNT + 1}"
    sheet.write_datetime(row, 0, month_start(index), demo.formats["month"])
    sheet.write_formula(row, 1, cny, money, float(month.cny))
    sheet.write_formula(
        row, 2, demo.formula(returned, row=number), money, float(month.cny_returned)
    )
    sheet.write_formula(row, 3, usd, money, float(month.usd))
    rate = f"VLOOKUP(A{number},{rates},2,TRUE)"
    sheet.write_formula(row, 4, rate, demo.formats["rate"], float(month.rate))
    total = f"ROUND(B{number}+D{number}*E{number},2)"
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
    sheet.write(row, 0, demo.say(TOTAL), demo.formats["total"])
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
    columns.set_title({"name": demo.say(CHART_TITLE), "name_font": {"size": 13}})
    columns.set_x_axis({"date_axis": True, "num_format": "yyyy-mm", "label_position": "low"})
    columns.set_y_axis(
        {
            "name": demo.say(SALES_AXIS),
            "num_format": "0,,",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    growth.set_y2_axis({"name": demo.say(GROWTH_AXIS), "num_format": "0%"})
    columns.set_legend({"position": "bottom"})
    columns.set_size({"width": 832, "height": 520})
    sheet.insert_chart(MONTHS_TOP, 8, columns)


def write_regions(demo: Demo, lines: Sequence[Line]) -> Pivot:
    """The cells that the pivot table shows; the pivot to put behind them."""
    sheet = demo.sheet("regions", tab=REPORT_TAB)
    regions = [region for region in REGIONS if region != EXPORT_REGION]
    sums: dict[tuple[Words, Words], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.currency == "CNY" and line.region is not None:
            sums[line.region, line.product.category] += line.amount
    grid = [[sums[region, category] for category in CATEGORIES] for region in regions]
    grid.append([sum(column, Decimal()) for column in zip(*grid, strict=True)])
    _write_pivot_cells(demo, sheet, regions, grid)
    last_row = PIVOT_TOP + 1 + len(grid)
    columns = zip(*(sales_row(line) for line in lines), strict=True)
    fields = [
        Field.of(demo.say(column.header), demo.row(values))
        for column, values in zip(SALES_COLUMNS, columns, strict=True)
    ]
    return Pivot(
        fields=fields[PIVOT_FIRST_COLUMN:],
        source_sheet=demo.say(SHEETS["sales"]),
        source_ref=xl_range(0, PIVOT_FIRST_COLUMN, len(lines), len(SALES_COLUMNS) - 1),
        sheet_part=f"xl/worksheets/sheet{sheet.index + 1}.xml",
        name=demo.say(PIVOT_NAME),
        location=f"A{PIVOT_TOP + 1}:F{last_row + 1}",
        row=demo.say(HEADERS["region"]),
        row_items=demo.row(regions),
        column=demo.say(HEADERS["category"]),
        column_items=demo.row(CATEGORIES),
        page=demo.say(HEADERS["currency"]),
        page_item="CNY",
        data=demo.say(HEADERS["amount"]),
        data_caption=demo.say(SUM_OF_AMOUNT),
        values_caption=demo.say(VALUES),
    )


def _write_pivot_cells(
    demo: Demo, sheet: Worksheet, regions: Sequence[Words], grid: Sequence[Sequence[Decimal]]
) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 5, 20)
    region, category = HEADERS["region"], HEADERS["category"]
    sheet.write_row(PIVOT_TOP - 2, 0, demo.row((HEADERS["currency"], "CNY")))
    sheet.write_row(PIVOT_TOP, 0, demo.row((SUM_OF_AMOUNT, category)))
    sheet.write_row(PIVOT_TOP + 1, 0, demo.row((region, *CATEGORIES, GRAND_TOTAL)))
    labels = demo.row((*regions, GRAND_TOTAL))
    for row, (label, sums) in enumerate(zip(labels, grid, strict=True), PIVOT_TOP + 2):
        sheet.write(row, 0, label)
        sheet.write_row(row, 1, (*sums, sum(sums)), demo.formats["pivot"])
    sheet.print_area(0, 0, PIVOT_TOP + 1 + len(grid), 5)


def write_target_report(demo: Demo, customers: Sequence[Customer], lines: Iterable[Line]) -> None:
    """Targets of this year of the large domestic customers beside last year's sales."""
    sheet = demo.sheet("target_report", tab=REPORT_TAB)
    rows = annual_targets(customers, lines)
    cells = [
        [
            customer.id, customer.name, str(TARGET_YEAR), target, float(last_year),
            float(target) / float(last_year) - 1,
        ]
        for customer, target, last_year in rows
    ]  # fmt: skip
    totals = {
        "customer_name": len(rows),
        "target": float(sum(target for _, target, _ in rows)),
        "last_year": float(sum(last_year for _, _, last_year in rows)),
    }
    columns = [replace(column, total_value=totals.get(column.id, 0.0)) for column in TARGET_COLUMNS]
    demo.table(sheet, "target_report", columns, cells)
    sheet.ignore_errors({"number_stored_as_text": f"A2:C{len(rows) + 1}"})
