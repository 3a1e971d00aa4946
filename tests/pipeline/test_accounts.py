"""Who is meant by a row, from file to file: ids, names, and what the issue sheet says of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl

from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import check_file
from kam_excel.settings.settings import Settings

AS_OF = "2026-06-30"
HEADERS = ["日期", "客户编码", "客户名称", "金额"]


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=5, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def sales(*rows: tuple[str | None, str | None, int]) -> list[list[object]]:
    return [HEADERS, *[[date(2026, 5, 5), *row] for row in rows]]


def test_names_find_their_accounts_and_the_issues_say_so(make_workbook, kam, tmp_path):
    book = make_workbook(
        {
            "客户档案": [
                ["客户编码", "客户名称"],
                ["001", "华东 百货"],
                ["002", "=1+1"],
                ["003", "=1+1"],
            ],
            "销售明细": sales(
                ("001", "华东 百货", 100),
                (None, "华东　百货", 50),
                ("华东 百货", None, 25),
                (None, "=1+1", 10),
                ("x" * 5000, None, 5),
            ),
        }
    )
    out = tmp_path / "out.xlsx"
    assert kam("run", book, "--output", out, "--as-of", AS_OF).code == 0

    ranked = rows_of(out, "大客户名单")
    assert [(row["客户编码"], row["净销售额"]) for row in ranked] == [("001", 175), ("x" * 5000, 5)]
    columns = ["代码", "原值", "处理", "影响金额", "链接"]
    told = [[row[name] for name in columns] for row in rows_of(out, "数据问题")]
    assert ["CUSTOMER_BY_NAME", "华东　百货", "按 001 计入", 50, "销售明细!C3"] in told
    assert ["CUSTOMER_BY_NAME", "华东 百货", "按 001 计入", 25, "销售明细!B4"] in told
    assert ["CUSTOMER_AMBIGUOUS", "=1+1", "计入公司总额，不参与排名", 10, "销售明细!C5"] in told
    cut = "x" * 119 + "…"
    assert ["UNKNOWN_ACCOUNT", cut, "照常计入，但不能入选", 5, "销售明细!B6"] in told
    cells = [cell for row in openpyxl.load_workbook(out)["数据问题"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} <= {"s", "inlineStr"}


def test_an_empty_customer_sheet_knows_nobody(make_workbook, kam):
    book = make_workbook(
        {
            "客户档案": [["客户编码", "客户名称"]],
            "销售明细": sales(("A", "Acme", 1), (None, "Acme", 2)),
        }
    )
    done = kam("check", book, "--as-of", AS_OF, "--json")
    issues = json.loads(done.out)["issues"]
    assert "UNKNOWN_ACCOUNT" not in json.dumps(issues)
    assert "CUSTOMER_BY_NAME" in json.dumps(issues)


def test_sales_of_which_no_row_counts_say_why(make_workbook, kam):
    rows = [["日期", "客户编码", "币种", "金额"], [date(2026, 5, 5), "A", "金币", 1]]
    done = kam("check", make_workbook({"销售明细": rows}), "--as-of", AS_OF)
    assert (done.code, "SALES_NONE_LEFT" in done.err + done.out) == (1, True)
    assert "CURRENCY_UNKNOWN: 1" in done.err + done.out


def test_a_customer_that_is_listed_twice_counts_once(make_workbook, kam, tmp_path):
    book = make_workbook(
        {
            "客户档案": [
                ["客户编码", "客户名称", "上级客户编码"],
                ["A", "Alpha", None],
                ["A", "Other", "B"],
                ["B", "Beta", None],
                ["B", "Beta", None],
                [None, "Nobody", None],
            ],
            "销售明细": sales(("A", None, 100), ("B", None, 50)),
        }
    )
    out = tmp_path / "out.xlsx"
    assert kam("run", book, "--output", out, "--as-of", AS_OF).code == 0
    ranked = rows_of(out, "大客户名单")
    assert [(row["客户编码"], row["客户名称"]) for row in ranked] == [("A", "Alpha"), ("B", "Beta")]
    told = {(row["代码"], row["行号"], row["原值"]) for row in rows_of(out, "数据问题")}
    assert told >= {
        ("KEY_REPEATED", 3, "A"),
        ("ROW_REPEATED", 5, "B"),
        ("KEY_EMPTY", 6, None),
    }


def test_a_problem_of_the_arithmetic_names_its_cell(make_workbook, kam):
    rows = [
        ["日期", "客户编码", "含税金额", "税率"],
        [date(2026, 5, 5), "A", 113, "13%"],
        [date(2026, 5, 5), "A", 113, None],
        [date(2026, 5, 5), "A", 113, None],
    ]
    done = kam("run", make_workbook({"销售明细": rows}), "--dry-run", "--as-of", AS_OF)
    assert done.code == 1
    assert "TAX_RATE_MISSING 销售明细!D3" in done.err


def test_reading_ends_where_netting_begins(make_workbook):
    rows = sales(("A", None, 100), (None, "x", 50), ("合计", None, 150))
    rows[3][0] = None
    host = make_host(core, discover=True)
    settings = Settings.load(None, host.policies(), {})
    found = check_file(
        make_workbook({"销售明细": rows}), host, settings, Options(as_of=date(2026, 6, 30))
    )
    account = next(o.frame for o in found.computed.outputs if o.table.id == "reconciliation")
    assert account.to_numpy().tolist() == [
        ["sales", "ROWS_READ", 3, 300],
        ["sales", "TOTAL_ROW_DROPPED", -1, -150],
        ["sales", "ROWS_USED", 2, 150],
        ["net_sales", "ROWS_READ", 2, 150],
        ["net_sales", "NET_SALES", 2, 150],
    ]
