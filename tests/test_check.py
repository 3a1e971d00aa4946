"""`kam-excel check` is a page that a person reads, whole even where something is refused."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kam_excel.pipeline.issue_file import FileCheck
from kam_excel.pipeline.setup import load_setup
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import check_file
from kam_excel.report.checks import check_as_text
from kam_excel.workbook.cellvalues import text_width

AS_OF = ("--as-of", "2026-06-30")
HEADER = ["日期", "客户编码", "客户名称", "金额", "备注"]
SALES = [
    ["二〇二六年销售"],
    HEADER,
    [date(2026, 3, 5), "A", "甲", 1000],
    [date(2026, 3, 6), "B", "乙", "1,234.50"],
    [],
    [date(2026, 3, 7), "A", "甲", -34.5],
    [date(2026, 8, 1), "B", "乙", 70],
    ["合计", None, None, 2270],
]
RETURNS = [["单据号", "金额"], ["X1", "12万"]]


def book_of(make_workbook, **more):
    settings = [["策略段", "参数", "值"], ["identification", "top_percent", 0.3]]
    return make_workbook({"Q1'26 销售": SALES, "KAM 设置": settings, **more})


def section(page: str, title: str) -> list[str]:
    """The lines below a heading."""
    lines = page.splitlines()
    start = lines.index(title) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


def test_the_page_says_where_tables_are_and_where_their_rows_and_amounts_went(make_workbook, kam):
    done = kam("check", book_of(make_workbook), *AS_OF, "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert section(done.out, "Settings of this workbook") == ["  identification.top_percent: 0.3"]
    assert section(done.out, "Tables") == [
        "  Sales               Q1'26 销售, headers in row 2 · one row each · 4 columns ·",
        "                      by search",
    ]
    assert section(done.out, "Reconciliation") == [
        "                                                     rows                 amount",
        "  Sales",
        "    Rows that were read                                 6               4,540.00",
        "    Blank rows                                         -1",
        "    A total row, left out                              -1              -2,270.00",
        "                                                ---------    -------------------",
        "    Rows that are used                                  4               2,270.00",
        "  Net Sales",
        "    Rows that were read                                 4               2,270.00",
        "    The date is later than the as-of date              -1                 -70.00",
        "                                                ---------    -------------------",
        "    Net sales                                           3               2,200.00",
    ]
    assert section(done.out, "What was doubtful")[1:4] == [
        "  warning  TEXT_NUMBER                                  1               1,234.50",
        "           Text that is clearly a number was read as a number. Read as 1234.5",
        "           Q1'26 销售!D4",
    ]
    assert section(done.out, "Strategies")[:1] == ["  run       net_sales, identification"]


def test_what_is_found_of_a_whole_table_is_told_on_its_own(make_workbook, kam):
    rows = [["日期", "单据号", "客户编码", "数量", "金额"]]
    rows += [[date(2026, 3, 5), f"C{i}", "A", -1, -10 - i] for i in range(25)]
    rows += [[date(2026, 3, 6), "X1", "A", 5, 5000]]
    book = make_workbook({"销售": rows})
    told = section(kam("check", book, *AS_OF, "--language", "en").out, "What was doubtful")
    columns = [line.split(":")[0].strip() for line in told if "25 rows are returns" in line]
    assert columns == ["Sales · Document No.", "Sales · Quantity", "Sales · Amount"]
    issues = json.loads(kam("check", book, *AS_OF, "--json").out)["issues"]
    assert [each["amount"] for each in issues["RETURNS_FOUND"]["of_tables"]] == ["-550"] * 3
    assert (issues["RETURNS_FOUND"]["count"], issues["RETURNS_FOUND"]["amount"]) == (0, None)


def test_rows_beyond_those_that_are_listed_are_counted(make_workbook, kam):
    rows = [[date(2026, 3, 5), f"A{i}", f"1,{i:03}"] for i in range(30)]
    book = make_workbook({"销售": [["日期", "客户编码", "金额"], *rows]})
    found = json.loads(kam("check", book, *AS_OF, "--json").out)["issues"]["TEXT_NUMBER"]
    assert (found["count"], found["amount"], len(found["cells"])) == (30, "30435", 20)
    page = kam("check", book, *AS_OF, "--language", "en").out
    assert (
        "  warning  TEXT_NUMBER                                 30              30,435.00" in page
    )


def test_headings_are_bold_on_a_terminal(make_workbook, kam):
    setup = load_setup(None)
    book = book_of(make_workbook)
    found = check_file(book, setup.host, setup.settings, Options(as_of=date(2026, 6, 30)))
    page = check_as_text(book, FileCheck(found), verbose=False)
    assert "\x1b[1m行数与金额核对\x1b[0m" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_fits_a_terminal_and_figures_stand_in_line(make_workbook, kam, language):
    book = book_of(make_workbook, 退货=RETURNS)
    page = kam("check", book, *AS_OF, "--language", language, "-v").out
    assert max(map(text_width, page.splitlines())) <= 80
    title = {"zh": "行数与金额核对", "en": "Reconciliation"}[language]
    amounts = [line for line in section(page, title) if line.endswith(".00")]
    assert amounts
    assert {text_width(line) for line in amounts} == {80}
    assert "\x1b" not in page


def test_verbose_names_every_column_and_those_that_are_not_used(make_workbook, kam):
    lines = kam("check", book_of(make_workbook), *AS_OF, "--language", "zh", "-v").out.splitlines()
    assert "    金额                ← D2     金额" in lines
    assert "    未使用的列：E 备注" in lines


def test_months_are_columns_of_the_page_and_a_doubt_concerns_its_own_month(make_workbook, kam):
    rows = [["单位：万元"], ["客户名称", "2026年1月", "2026年2月"], ["甲", 1, "28.5"], ["乙", 3, 4]]
    book = make_workbook({"流水": rows})
    lines = kam("check", book, *AS_OF, "--language", "zh", "-v").out.splitlines()
    assert "    金额                ← B2:C2  2 个月份  (× 10,000)" in lines
    found = json.loads(kam("check", book, *AS_OF, "--json").out)["issues"]["TEXT_NUMBER"]
    assert (found["cells"], found["amount"]) == (["流水!C3"], "285000")


def test_a_table_that_is_refused_does_not_hide_the_others(make_workbook, kam):
    done = kam("check", book_of(make_workbook, 退货=RETURNS), *AS_OF, "--language", "zh")
    assert done.code == 1
    refused = "".join(line.strip() for line in section(done.out, "无法读取"))
    assert refused.startswith("NUMBER_CHINESE_UNIT 退货!B2：")
    assert refused.endswith("因此不能运行：net_sales、identification")
    assert "  销售明细" in section(done.out, "行数与金额核对")
    assert any("TEXT_NUMBER" in line for line in section(done.out, "数据中的疑点"))
    assert section(done.out, "策略")[:1] == ["  不能运行  net_sales、identification"]
    assert "NUMBER_CHINESE_UNIT 退货!B2" in done.err


def test_mistakes_on_the_settings_sheet_do_not_hide_the_rest(make_workbook, kam):
    settings = [["策略段", "参数", "值"], ["identification", "top_percnt", 0.3]]
    book = make_workbook({"销售": SALES, "KAM 设置": settings})
    done = kam("check", book, *AS_OF, "--language", "en")
    assert done.code == 1
    assert section(done.out, "What cannot be read")[0].startswith("  CONFIG_MISSPELT KAM 设置!2:2")
    assert section(done.out, "Reconciliation")


def test_what_is_not_there_is_named_with_what_comes_nearest(make_workbook, kam):
    book = make_workbook({"客户": [["客户名称", "区域", "渠道"], ["甲", "东", "x"]]})
    done = kam("check", book, *AS_OF, "--language", "en")
    assert done.code == 1
    absent = " ".join(line.strip() for line in section(done.out, "Tables that were not found"))
    assert "Sales               needed by net_sales" in absent
    assert section(done.out, "Strategies")[0].startswith("  skipped   net_sales (needs Sales)")


def test_json_has_all_of_it_and_every_account_adds_up(make_workbook, kam):
    book = book_of(make_workbook, 退货=RETURNS)
    done = kam("check", book, *AS_OF, "--json")
    data = json.loads(done.out)
    assert (done.code, done.err, data["ok"]) == (1, "", False)
    sales = data["tables"]["sales"]
    assert (sales["shape"], sales["found_by"], sales["sheets"]) == (
        "long",
        "search",
        ["Q1'26 销售"],
    )
    assert sales["regions"][0]["columns"]["amount"] == {"column": "D", "header": "金额"}
    assert sales["not_used"] == ["Q1'26 销售!E 备注"]
    assert data["issues"]["TEXT_NUMBER"] == {
        "level": "warning",
        "count": 1,
        "amount": "1234.5",
        "cells": ["Q1'26 销售!D4"],
        "handling": ["按 1234.5 计入"],
    }
    assert data["problems"][0]["code"] == "NUMBER_CHINESE_UNIT"
    assert data["problems"][0]["stops"] == ["net_sales", "identification"]
    assert data["settings"][0]["setting"] == "identification.top_percent"
    assert (data["strategies"], data["stopped"]) == ([], ["net_sales", "identification"])
    for entries in data["reconciliation"].values():
        assert_adds_up(entries)


def assert_adds_up(entries: list[dict]) -> None:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries[:-1]:
        totals["rows"] += entry["rows"]
        totals["amount"] += Decimal(entry["amount"] or 0)
    closing = {"rows": entries[-1]["rows"], "amount": Decimal(entries[-1]["amount"] or 0)}
    assert totals == closing


# the issue sheet ----------------------------------------------------------------


def issue_sheet(path: Path) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)["数据问题"].values]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_check_writes_the_issue_sheet_that_a_run_writes_and_nothing_else(
    make_workbook, kam, tmp_path
):
    book, checked, ran = book_of(make_workbook), tmp_path / "c.xlsx", tmp_path / "r.xlsx"
    before = book.read_bytes()
    assert kam("check", book, *AS_OF, "--write", "--output", checked).code == 0
    assert kam("run", book, *AS_OF, "--output", ran).code == 0
    assert issue_sheet(checked) == issue_sheet(ran)
    assert openpyxl.load_workbook(checked).sheetnames == ["Q1'26 销售", "KAM 设置", "数据问题"]
    kept = {name: part for name, part in parts_of(book).items() if "sheet" in name}
    assert {name: parts_of(checked)[name] for name in kept} == kept
    assert book.read_bytes() == before


def test_the_issue_sheet_lists_errors_warnings_notes_and_the_account(make_workbook, kam, tmp_path):
    out = tmp_path / "out.xlsx"
    book = book_of(make_workbook, 退货=[["单据号", "金额"], *[["X", "12万"]] * 25])
    assert kam("check", book, *AS_OF, "--write", "--output", out).code == 1
    header, *rows = issue_sheet(out)[4:]
    found = [dict(zip(header, row, strict=True)) for row in rows]
    levels = [row["级别"] for row in found]
    assert levels == sorted(levels, key=["错误", "警告", "提示"].index)
    refused = [row for row in found if row["级别"] == "错误"]
    assert [row["行号"] for row in refused] == [*range(2, 22), None]
    assert refused[-1]["处理"] == "另有 5 行，处理相同"
    assert {row["列"] for row in refused} == {"金额"}
    assert {row["原值"] for row in refused[:-1]} == {"12万"}
    last = found[-1]
    assert (last["代码"], last["表"], last["原值"]) == ("ROWS_USED", "销售明细", "4 行")
    assert last["影响金额"] == 2270


def test_links_open_the_cell_whatever_the_sheet_is_called(make_workbook, kam, tmp_path):
    out = tmp_path / "out.xlsx"
    kam("check", book_of(make_workbook), *AS_OF, "--write", "--output", out)
    cells = [cell for row in openpyxl.load_workbook(out)["数据问题"] for cell in row]
    links = {cell.value: cell.hyperlink.location for cell in cells if cell.hyperlink}
    assert links["Q1'26 销售!D4"] == "'Q1''26 销售'!D4"


def test_in_place_the_original_is_kept_and_a_second_check_changes_nothing(make_workbook, kam):
    book = book_of(make_workbook)
    before = book.read_bytes()
    first = kam("check", book, *AS_OF, "--write", "--in-place")
    (kept,) = (book.parent / ".kam" / "runs").glob("*/*.xlsx")
    assert kept.read_bytes() == before
    assert str(kept.parent) in first.out
    written = book.read_bytes()
    second = kam("check", book, *AS_OF, "--write", "--in-place")
    assert "数据问题”表没有变化" in second.out
    assert book.read_bytes() == written


@pytest.mark.parametrize("options", [["--write"], ["--in-place"], ["--output", "x.xlsx"]])
def test_the_target_goes_with_writing(make_workbook, kam, options):
    done = kam("check", book_of(make_workbook), *options)
    assert (done.code, done.out) == (2, "")
    assert "--write" in done.err


def test_a_sheet_of_that_name_is_not_overwritten(make_workbook, kam, tmp_path):
    out = tmp_path / "out.xlsx"
    book = book_of(make_workbook, 数据问题=[["手工清单"]])
    done = kam("check", book, *AS_OF, "--write", "--output", out)
    assert (done.code, out.exists()) == (1, False)
    assert "OUTPUT_SHEET_TAKEN" in done.err


PLUGIN = """
from kam_excel import *

class Shops(Table, zh="门店", en="Shops"):
    shop: Key = column(zh="门店编码", en="Shop ID")
    area: Number = column(zh="面积", en="Area")

class Areas(Table, zh="面积排名", en="Areas"):
    shop: Key = column(zh="门店编码", en="Shop ID")

@strategy(zh="面积", en="Areas")
def areas(shops: Frame[Shops]) -> Frame[Areas]:
    return shops[["shop"]]

@hookimpl
def kam_register_strategies():
    return [areas]
"""


def test_a_partial_run_lists_what_was_refused_as_a_check_does(make_workbook, kam, tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text(PLUGIN, encoding="utf-8")
    config = tmp_path / "acme.yaml"
    config.write_text("plugins: {folders: [acme]}\n", encoding="utf-8")
    shops = [["门店编码", "面积"], ["S1", 120]]
    book = book_of(make_workbook, 退货=RETURNS, 门店=shops)
    checked, ran = tmp_path / "c.xlsx", tmp_path / "r.xlsx"
    options = [book, *AS_OF, "--config", config]
    page = kam("check", *options, "--write", "--output", checked, "--language", "zh")
    assert section(page.out, "策略")[:2] == [
        "  可运行    areas",
        "  不能运行  net_sales、identification",
    ]
    done = kam("run", *options, "--partial", "--output", ran, "--language", "zh")
    assert (page.code, done.code) == (1, 1)
    assert "面积排名" in openpyxl.load_workbook(ran).sheetnames
    assert issue_sheet(checked) == issue_sheet(ran)
    assert issue_sheet(ran)[5][:2] == ["错误", "NUMBER_CHINESE_UNIT"]
