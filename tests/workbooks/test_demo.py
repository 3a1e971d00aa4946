"""The demo workbooks are what their script makes, and show what their README promises."""

import subprocess
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

YEARS = [(date(year, 7, 1), date(year + 1, 6, 30)) for year in (2023, 2024, 2025)]
LAST_YEAR = YEARS[-1]
SHEETS = {
    "zh": "说明,客户档案,销售明细,产品档案,汇率表,人员表,"
    "客户需求,交货记录,返利政策,返利阶梯,拟议阶梯,回款系数,回款明细,返利台账,违规记录,销售竞赛,"
    "任务量,促销活动,月度汇总,区域透视,目标对比,参数",
    "en": "About,Customers,Sales,Products,Exchange Rates,Staff,Requirements,Deliveries,"
    "Rebate Policies,Rebate Tiers,Proposed Tiers,Payment Factors,Receipts,Rebate Ledger,"
    "Violations,Sales Contests,Targets,Promotions,Monthly Summary,Regions,Targets and Sales,"
    "Parameters",
}


def make(root, folder):
    command = [sys.executable, "-W", "error", "-m", "workbooks.make_demo", str(folder)]
    subprocess.run(command, cwd=root, check=True)
    return folder


def unpacked(path):
    with ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


@pytest.fixture(scope="module")
def made(root, tmp_path_factory):
    return make(root, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def demo(root, language):
    return root / "workbooks" / f"demo_{language}.xlsx"


@pytest.fixture(scope="module")
def parts(demo):
    return dict(unpacked(demo))


@pytest.fixture(scope="module")
def grid(demo):
    book = CalamineWorkbook.from_path(str(demo))

    def read(position):
        return book.get_sheet_by_index(position).to_python(skip_empty_area=False)

    return read


def net_by_customer(sales, first, last):
    net = defaultdict(Decimal)
    for row in sales:
        if first <= row["date"] <= last:
            net[row["customer_id"]] += row["CNY"]
    return net


def test_the_committed_workbooks_are_what_the_script_makes(made, demo):
    # Part by part: another build of zlib packs the same bytes differently.
    assert unpacked(made / demo.name) == unpacked(demo)


def test_two_runs_write_the_same_bytes(root, made, tmp_path):
    again = make(root, tmp_path)
    for language in ("zh", "en"):
        name = f"demo_{language}.xlsx"
        assert (again / name).read_bytes() == (made / name).read_bytes()


def test_the_workbooks_are_small_enough_to_send(demo):
    assert demo.stat().st_size < 1_500_000


def test_every_xml_part_is_well_formed_and_carries_no_clock(demo, parts):
    for name, data in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(data)
    with ZipFile(demo) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_english_workbook_has_no_chinese_word(root):
    for name, data in unpacked(root / "workbooks" / "demo_en.xlsx"):
        if not name.endswith((".png", "theme1.xml")):  # a theme names fonts of all scripts
            assert not [char for char in data.decode() if "\u3000" <= char <= "\uffef"], name


def test_sheets_stand_in_order_and_the_parameters_are_hidden(demo, language):
    sheets = CalamineWorkbook.from_path(str(demo)).sheets_metadata
    names = SHEETS[language].split(",")
    assert [sheet.name for sheet in sheets] == names
    assert [sheet.name for sheet in sheets if "Hidden" in str(sheet.visible)] == names[-1:]


def test_both_workbooks_hold_the_same_figures(read_figures):
    for position, name in enumerate(SHEETS["zh"].split(",")):
        chinese, english = read_figures("zh", position), read_figures("en", position)
        assert chinese == english, name


def test_headers_are_those_that_the_product_knows(table, contracts, language):
    unknown = {
        (table_id, name)
        for table_id, contract in contracts.items()
        for name in table(table_id, language)[0]
        if name not in contract.columns
    }
    name = {"zh": "客户名称", "en": "Customer Name"}[language]
    assert unknown == {("requirements", name)}


def test_names_of_customers_stay_apart_in_english(table):
    names = [row["customer_name"] for row in table("customers", "en")]
    assert len(names) == len(set(names)) == 160


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
    assert b"pivotTable1.xml" in parts["xl/worksheets/_rels/sheet20.xml.rels"]
    records = etree.fromstring(parts["xl/pivotCache/pivotCacheRecords1.xml"])
    assert len(records) == len(sales) == int(records.get("count"))


def test_the_pivot_shows_the_sums_of_its_source(grid, table, language):
    shown = grid(19)
    categories = shown[4][1:5]
    found = {
        (row[0], category): Decimal(str(value))
        for row in shown[5:12]
        for category, value in zip(categories, row[1:5], strict=True)
    }
    sums = defaultdict(Decimal)
    for row in table("sales", language):
        if row["currency"] == "CNY":
            sums[row["region"], row["category"]] += Decimal(str(row["amount"]))
    assert found == sums
    assert Decimal(str(shown[12][5])) == sum(sums.values())


def test_months_add_up_to_the_sales(sales, grid):
    total = grid(18)[-1]
    # Each month is rounded to the cent before the months are added.
    assert abs(Decimal(str(total[5])) - sum(row["CNY"] for row in sales)) < Decimal("0.18")


def test_every_amount_is_quantity_times_price(sales):
    for row in sales:
        exact = Decimal(str(row["qty"])) * Decimal(str(row["price"]))
        assert Decimal(str(row["amount"])) == exact


@pytest.mark.parametrize(("first", "last"), YEARS)
def test_the_largest_fifth_makes_about_four_fifths(sales, first, last):
    net = net_by_customer(sales, first, last)
    ranked = sorted((net[c] for c in net if c and net[c] > 0), reverse=True)
    share = sum(ranked[: -(-len(ranked) // 5)]) / sum(ranked)
    assert Decimal("0.75") <= share <= Decimal("0.82")


def test_sales_and_customers_are_as_many_as_the_readme_says(customers, sales):
    assert len(customers) == 160
    assert 9_000 <= len(sales) <= 12_000
    assert {row["currency"] for row in sales} == {"CNY", "USD"}


def test_returns_are_negative_and_sales_positive(sales):
    returned = [row for row in sales if row["doc_type"] == "退货"]
    assert len(returned) > 200
    assert all((row["amount"] < 0) == (row["doc_type"] == "退货") for row in sales)


def test_some_lines_name_no_customer_and_one_customer_is_unknown(customers, sales):
    ids = [row["customer_id"] for row in sales]
    assert ids.count("") == 14
    assert set(ids) - set(customers) == {"", "209901"}
    assert ids.count("209901") >= 6


def test_ids_with_leading_zeros_are_text_on_both_sheets(customers, sales):
    old = {customer_id for customer_id in customers if customer_id.startswith("00")}
    assert len(old) >= 5
    assert old & {row["customer_id"] for row in sales} == old


def test_two_customers_have_net_returns_in_the_last_year(customers, sales):
    net = net_by_customer(sales, *LAST_YEAR)
    negative = {customer for customer, value in net.items() if value < 0}
    assert {customers[customer]["status"] for customer in negative} == {"暂停", "终止"}


def test_three_customers_never_ordered(customers, sales):
    assert len(set(customers) - {row["customer_id"] for row in sales}) == 3


def test_customers_come_and_fade(sales):
    before, now = (net_by_customer(sales, *year) for year in YEARS[-2:])
    large = [c for c in before if c and before[c] > 1_000_000]
    assert sum(now[c] < before[c] * Decimal("0.6") for c in large) >= 2
    assert sum(before.get(c, 0) == 0 for c in now if now[c] > 0) >= 3


def test_air_conditioners_sell_in_summer_and_spring_festival_shows(sales):
    by_month = defaultdict(Decimal)
    cooling = defaultdict(Decimal)
    for row in sales:
        month = (row["date"].year, row["date"].month)
        by_month[month] += row["CNY"]
        cooling[row["date"].month] += row["CNY"] if row["category"] == "空调" else 0
    assert set(sorted(cooling, key=cooling.get)[-3:]) == {5, 6, 7}
    assert by_month[2026, 2] < by_month[2026, 1] * Decimal("0.6")
    assert by_month[2024, 2] < by_month[2024, 1] * Decimal("0.6")


def test_groups_belong_to_customers(customers):
    heads = {row["parent_id"] for row in customers.values()} - {""}
    assert len(heads) == 2
    assert heads < set(customers)


def test_the_total_row_of_the_targets_holds_right_values(parts, grid):
    _, *rows, total = grid(20)
    assert total[1] == len(rows)
    assert total[3] == sum(row[3] for row in rows)
    assert total[4] == pytest.approx(sum(row[4] for row in rows), rel=1e-12)
    assert b"SUBTOTAL(109," in parts["xl/worksheets/sheet21.xml"]


def test_deliveries_are_those_of_sales_some_late_and_some_overdue(table, sales):
    deliveries = table("deliveries")
    sold = {(row["doc_no"], row["customer_id"]) for row in sales if row["qty"] > 0}
    assert 300 <= len(deliveries) <= 600
    assert {(row["doc_no"], row["customer_id"]) for row in deliveries} <= sold
    arrived = [row for row in deliveries if row["actual_date"]]
    late = sum(row["actual_date"] > row["promised_date"] for row in arrived)
    overdue = [
        row for row in deliveries if not row["actual_date"] and row["promised_date"] < LAST_YEAR[1]
    ]
    assert 0.05 < late / len(arrived) < 0.25
    assert 3 <= len(overdue) <= 10


def test_large_accounts_require_numbers_and_words_and_some_actuals_are_left_open(table):
    requirements = table("requirements")
    by_account = defaultdict(list)
    for row in requirements:
        by_account[row["customer_id"]].append(row)
    assert len(by_account) == 12
    assert all(2 <= len(rows) <= 5 for rows in by_account.values())
    assert {type(row["expected"]) for row in requirements} == {float, str}
    assert {bool(row["actual"]) for row in requirements} == {True, False}
    delivered = {row["customer_id"] for row in table("deliveries")}
    assert set(by_account) > delivered
    assert len(set(by_account) - delivered) == 4
