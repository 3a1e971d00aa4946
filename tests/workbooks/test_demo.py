"""The demo workbook is what its script makes, and shows what its README promises."""

import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "workbooks" / "demo_zh.xlsx"
YEARS = [(date(year, 7, 1), date(year + 1, 6, 30)) for year in (2023, 2024, 2025)]
LAST_YEAR = YEARS[-1]


def rows_of(sheet, header_row=0):
    header, *rows = (
        CalamineWorkbook.from_path(str(DEMO)).get_sheet_by_name(sheet).to_python()[header_row:]
    )
    return [dict(zip(header, row, strict=True)) for row in rows]


def make(target):
    command = [sys.executable, "-W", "error", "-m", "workbooks.make_demo", str(target)]
    subprocess.run(command, cwd=ROOT, check=True)
    return target


def unpacked(path):
    with ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("demo") / "demo.xlsx")


@pytest.fixture(scope="module")
def parts():
    return dict(unpacked(DEMO))


@pytest.fixture(scope="module")
def customers():
    return {row["客户编码"]: row for row in rows_of("客户档案", header_row=3)}


@pytest.fixture(scope="module")
def sales():
    rates = {row["生效日期"]: Decimal(str(row["汇率(兑本位币)"])) for row in rows_of("汇率表")}
    rows = rows_of("销售明细")
    for row in rows:
        rate = rates[row["日期"].replace(day=1)] if row["币种"] == "USD" else 1
        row["CNY"] = Decimal(str(row["金额"])) * rate
    return rows


def net_by_customer(sales, first, last):
    net = defaultdict(Decimal)
    for row in sales:
        if first <= row["日期"] <= last:
            net[row["客户编码"]] += row["CNY"]
    return net


def test_the_committed_workbook_is_what_the_script_makes(made):
    # Part by part: another build of zlib packs the same bytes differently.
    assert unpacked(made) == unpacked(DEMO)


def test_two_runs_write_the_same_bytes(made, tmp_path):
    assert make(tmp_path / "again.xlsx").read_bytes() == made.read_bytes()


def test_the_workbook_is_small_enough_to_send():
    assert DEMO.stat().st_size < 1_200_000


def test_every_xml_part_is_well_formed_and_carries_no_clock(parts):
    for name, data in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(data)
    with ZipFile(DEMO) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sheets_stand_in_order_and_the_parameters_are_hidden():
    sheets = CalamineWorkbook.from_path(str(DEMO)).sheets_metadata
    assert [sheet.name for sheet in sheets] == (
        "说明 客户档案 销售明细 产品档案 汇率表 人员表 月度汇总 区域透视 目标 参数".split()
    )
    hidden = [sheet.name for sheet in sheets if "Hidden" in str(sheet.visible)]
    assert hidden == ["参数"]


def test_the_pivot_is_wired_from_the_workbook_down_to_its_records(parts, sales):
    types = parts["[Content_Types].xml"].decode()
    for name in (
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/pivotTables/pivotTable1.xml",
    ):
        assert name in parts
        assert f'PartName="/{name}"' in types
    assert b'<pivotCache cacheId="1"' in parts["xl/workbook.xml"]
    assert b"pivotTable1.xml" in parts["xl/worksheets/_rels/sheet8.xml.rels"]
    records = etree.fromstring(parts["xl/pivotCache/pivotCacheRecords1.xml"])
    assert len(records) == len(sales) == int(records.get("count"))


def test_the_pivot_shows_the_sums_of_its_source(sales):
    sheet = CalamineWorkbook.from_path(str(DEMO)).get_sheet_by_name("区域透视")
    grid = sheet.to_python(skip_empty_area=False)
    categories = grid[4][1:5]
    shown = {
        (row[0], category): Decimal(str(value))
        for row in grid[5:12]
        for category, value in zip(categories, row[1:5], strict=True)
    }
    sums = defaultdict(Decimal)
    for row in sales:
        if row["币种"] == "CNY":
            sums[row["区域"], row["类别"]] += Decimal(str(row["金额"]))
    assert shown == sums
    assert Decimal(str(grid[12][5])) == sum(sums.values())


def test_months_add_up_to_the_sales(sales):
    total = CalamineWorkbook.from_path(str(DEMO)).get_sheet_by_name("月度汇总").to_python()[-1]
    # Each month is rounded to the cent before the months are added.
    assert abs(Decimal(str(total[5])) - sum(row["CNY"] for row in sales)) < Decimal("0.18")


def test_every_amount_is_quantity_times_price(sales):
    for row in sales:
        exact = Decimal(str(row["数量"])) * Decimal(str(row["单价"]))
        assert Decimal(str(row["金额"])) == exact


@pytest.mark.parametrize(("first", "last"), YEARS)
def test_the_largest_fifth_makes_about_four_fifths(sales, first, last):
    net = net_by_customer(sales, first, last)
    ranked = sorted((net[c] for c in net if c and net[c] > 0), reverse=True)
    share = sum(ranked[: -(-len(ranked) // 5)]) / sum(ranked)
    assert Decimal("0.75") <= share <= Decimal("0.82")


def test_sales_and_customers_are_as_many_as_the_readme_says(customers, sales):
    assert len(customers) == 160
    assert 9_000 <= len(sales) <= 12_000
    assert {row["币种"] for row in sales} == {"CNY", "USD"}


def test_returns_are_negative_and_sales_positive(sales):
    returned = [row for row in sales if row["单据类型"] == "退货"]
    assert len(returned) > 200
    assert all((row["金额"] < 0) == (row["单据类型"] == "退货") for row in sales)


def test_some_lines_name_no_customer_and_one_customer_is_unknown(customers, sales):
    ids = [row["客户编码"] for row in sales]
    assert ids.count("") == 14
    assert set(ids) - set(customers) == {"", "209901"}
    assert ids.count("209901") >= 6


def test_ids_with_leading_zeros_are_text_on_both_sheets(customers, sales):
    old = {customer_id for customer_id in customers if customer_id.startswith("00")}
    assert len(old) >= 5
    assert old & {row["客户编码"] for row in sales} == old


def test_two_customers_have_net_returns_in_the_last_year(customers, sales):
    net = net_by_customer(sales, *LAST_YEAR)
    negative = {customer for customer, value in net.items() if value < 0}
    assert {customers[customer]["状态"] for customer in negative} == {"暂停", "终止"}


def test_three_customers_never_ordered(customers, sales):
    assert len(set(customers) - {row["客户编码"] for row in sales}) == 3


def test_customers_come_and_fade(sales):
    before, now = (net_by_customer(sales, *year) for year in YEARS[-2:])
    large = [c for c in before if c and before[c] > 1_000_000]
    assert sum(now[c] < before[c] * Decimal("0.6") for c in large) >= 2
    assert sum(before.get(c, 0) == 0 for c in now if now[c] > 0) >= 3


def test_air_conditioners_sell_in_summer_and_spring_festival_shows(sales):
    by_month = defaultdict(Decimal)
    cooling = defaultdict(Decimal)
    for row in sales:
        month = (row["日期"].year, row["日期"].month)
        by_month[month] += row["CNY"]
        cooling[row["日期"].month] += row["CNY"] if row["类别"] == "空调" else 0
    assert set(sorted(cooling, key=cooling.get)[-3:]) == {5, 6, 7}
    assert by_month[2026, 2] < by_month[2026, 1] * Decimal("0.6")
    assert by_month[2024, 2] < by_month[2024, 1] * Decimal("0.6")


def test_groups_belong_to_customers(customers):
    heads = {row["上级客户编码"] for row in customers.values()} - {""}
    assert len(heads) == 2
    assert heads < set(customers)


def test_the_total_row_of_the_targets_holds_right_values(parts):
    *rows, total = rows_of("目标")
    assert total["客户编码"] == "合计"
    assert total["目标"] == sum(row["目标"] for row in rows)
    assert total["上年实际"] == pytest.approx(sum(row["上年实际"] for row in rows), rel=1e-12)
    assert b"SUBTOTAL(109," in parts["xl/worksheets/sheet9.xml"]
