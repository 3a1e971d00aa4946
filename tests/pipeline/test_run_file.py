"""The main job from file to file: rank in the workbook, lose nothing, fail whole."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

AS_OF = "2026-06-30"
NETS = [400, 250, 150, 60, 40, 35, 25, 20, 12, 8]
ZH = {
    "说明": [["本工作簿由销售部维护"]],
    "销售明细": [
        ["日期", "客户编码", "客户名称", "金额"],
        *[[date(2026, 3, 5), f"00{i}", f"客户{i}", net] for i, net in enumerate(NETS)],
    ],
}


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(min_row=5, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_ranks_the_customers_in_a_copy_with_no_configuration(make_workbook, kam, tmp_path):
    book = make_workbook(ZH)
    before = book.read_bytes()
    out = tmp_path / "out.xlsx"

    done = kam("run", book, "--output", out, "--as-of", AS_OF)

    assert (done.code, done.err) == (0, "")
    ranked = rows_of(out, "大客户名单")
    assert [row["客户编码"] for row in ranked[:3]] == ["000", "001", "002"]
    assert [row["净销售额"] for row in ranked] == NETS
    assert [row["是否大客户"] for row in ranked] == ["是", "是"] + ["否"] * 8
    summary = rows_of(out, "大客户概览")[0]
    assert (summary["客户数"], summary["大客户数"], summary["大客户占比"]) == (10, 2, 0.65)
    assert summary["赫芬达尔指数HHI"] == pytest.approx(2526.58)
    assert book.read_bytes() == before


def test_outputs_are_tables_that_other_tools_find_by_name(make_workbook, kam, tmp_path):
    out = tmp_path / "out.xlsx"
    kam("run", make_workbook(ZH), "--output", out, "--as-of", AS_OF)
    book = openpyxl.load_workbook(out)
    tables = {name: sheet.title for sheet in book for name in sheet.tables}
    assert tables == {
        "kam_key_accounts": "大客户名单",
        "kam_ka_summary": "大客户概览",
        "kam_pareto_curve": "帕累托曲线",
        "kam_lorenz_curve": "洛伦兹曲线",
        "kam_data_issues": "数据问题",
        "kam_history": "运行历史",
    }
    assert book["运行历史"].sheet_state == "hidden"


def test_untouched_parts_keep_their_bytes_and_touched_ones_are_explained(
    make_workbook, kam, tmp_path
):
    book, out = make_workbook(ZH), tmp_path / "out.xlsx"
    done = kam("run", book, "--output", out, "--as-of", AS_OF, "--json")
    changes = json.loads(done.out)["changes"]
    before, after = parts_of(book), parts_of(out)
    differing = {name for name in before if after.get(name) != before[name]}
    assert differing == {name for name, change in changes.items() if change == "changed"}
    assert set(after) - set(before) == {n for n, change in changes.items() if change == "added"}
    assert not {name for name in differing if name.startswith("xl/worksheets")}


def test_the_same_run_gives_the_same_bytes_in_place_too(make_workbook, kam, tmp_path):
    book, first, second = make_workbook(ZH), tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    kam("run", book, "--output", first, "--as-of", AS_OF)
    kam("run", book, "--output", second, "--as-of", AS_OF)
    assert first.read_bytes() == second.read_bytes()

    kam("run", book, "--in-place", "--as-of", AS_OF)
    assert book.read_bytes() == first.read_bytes()
    again = kam("run", book, "--in-place", "--as-of", AS_OF, "--json")
    assert json.loads(again.out)["unchanged"] is True
    assert book.read_bytes() == first.read_bytes()


def test_in_place_keeps_the_original(make_workbook, kam):
    book = make_workbook(ZH)
    before = book.read_bytes()
    kam("run", book, "--in-place", "--as-of", AS_OF)
    (record,) = (book.parent / ".kam" / "runs").iterdir()
    assert next(record.glob("*.xlsx")).read_bytes() == before
    assert json.loads((record / "run.json").read_text("utf-8"))["as_of"] == AS_OF


def test_text_from_the_data_never_becomes_a_formula(make_workbook, kam, tmp_path):
    names = ["=1+1", "+49", "-x", "@SUM(A1)", "'quoted", "#N/A!", "00123", "1/5", "<b>&amp;"]
    rows = [[date(2026, 3, 5), name, name, 100 - i] for i, name in enumerate(names)]
    book = make_workbook({"销售明细": [["日期", "客户编码", "客户名称", "金额"], *rows]})
    out = tmp_path / "out.xlsx"
    assert kam("run", book, "--output", out, "--as-of", AS_OF).code == 0
    sheet = openpyxl.load_workbook(out)["大客户名单"]
    cells = [sheet.cell(row, 3) for row in range(6, 6 + len(names))]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}


def test_a_shorter_list_leaves_no_rows_of_the_longer_one(make_workbook, kam, tmp_path):
    book = make_workbook(ZH)
    kam("run", book, "--in-place", "--as-of", AS_OF)
    opened = openpyxl.load_workbook(book)
    sheet = opened["销售明细"]
    sheet.delete_rows(8, 4)
    opened.save(book)

    assert kam("run", book, "--in-place", "--as-of", AS_OF).code == 0
    assert len([r for r in rows_of(book, "大客户名单") if r["客户编码"]]) == 6


def test_a_protected_output_sheet_is_left_as_it_is(make_workbook, kam, tmp_path):
    path, protected = make_workbook(ZH), tmp_path / "protected.xlsx"
    assert kam("run", path, "--in-place", "--as-of", AS_OF).code == 0
    book = openpyxl.load_workbook(path)
    book["大客户名单"].protection.sheet = True
    book.save(protected)
    before = protected.read_bytes()
    done = kam("run", protected, "--in-place", "--as-of", AS_OF)
    assert (done.code, protected.read_bytes()) == (1, before)
    assert done.err.startswith("OUTPUT_SHEET_PROTECTED 大客户名单")


def test_a_failing_plugin_leaves_everything_as_it_was(make_workbook, kam, tmp_path):
    book = make_workbook(ZH)
    before = sorted((p.name, p.read_bytes()) for p in book.parent.iterdir() if p.is_file())
    (tmp_path / "plugins_acme").mkdir()
    (tmp_path / "plugins_acme" / "broken.py").write_text(
        "from kam_excel import *\n"
        "@strategy(zh='坏', en='Broken')\n"
        "def broken(sales: Frame[Sales]) -> Frame[KeyAccounts]:\n"
        "    raise ValueError('no luck')\n"
        "@hookimpl\n"
        "def kam_register_strategies():\n"
        "    return [broken]\n",
        encoding="utf-8",
    )
    config = tmp_path / "config.yaml"
    config.write_text("plugins: {folders: [plugins_acme], disabled: [identification]}\n", "utf-8")

    done = kam("run", book, "--in-place", "--as-of", AS_OF, "--config", config)

    assert done.code == 1
    assert "PLUGIN_RAISED" in done.err
    assert "no luck" in done.err
    config.unlink()
    assert before == sorted((p.name, p.read_bytes()) for p in book.parent.iterdir() if p.is_file())


PLUGIN = '''
"""Visits a quarter: one for every 100 of net sales."""

from kam_excel import Frame, Integer, Key, KeyAccounts, Policy, Table, column, hookimpl, setting
from kam_excel import Count, strategy


class Visits(Table, zh="拜访次数", en="Visits", key=("customer_id",)):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    visits: Integer = column(zh="次数", en="Visits")


class VisitPolicy(Policy, section="acme_visits", zh="拜访", en="Visits"):
    per_quarter: Count = setting(3, zh="每季次数", en="Visits a quarter", unit="visits")


@strategy(zh="拜访次数", en="Plan visits", group="acme")
def acme_visits(key_accounts: Frame[KeyAccounts], policy: VisitPolicy) -> Frame[Visits]:
    """Plan visits to the key accounts."""
    chosen = key_accounts[key_accounts["is_key_account"]]
    return Visits.frame(chosen[["customer_id"]].assign(visits=policy.per_quarter))


@hookimpl
def kam_register_strategies():
    return [acme_visits]
'''


def test_a_companys_plugin_runs_beside_the_built_in_one(make_workbook, kam, tmp_path):
    (tmp_path / "plugins_acme").mkdir()
    (tmp_path / "plugins_acme" / "acme.py").write_text(PLUGIN, encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text(
        "plugins:\n  folders: [plugins_acme]\nacme_visits:\n  per_quarter: 5\n", "utf-8"
    )
    out = tmp_path / "out.xlsx"

    done = kam("run", make_workbook(ZH), "--output", out, "--as-of", AS_OF, "--config", config)

    assert (done.code, done.err) == (0, "")
    assert rows_of(out, "拜访次数") == [
        {"客户编码": "000", "次数": 5},
        {"客户编码": "001", "次数": 5},
    ]


def test_quantity_times_price_with_cancellations_and_lines_without_customer(
    make_workbook, kam, tmp_path
):
    day = datetime(2011, 11, 3, 14, 20)
    book = make_workbook(
        {
            "Sheet1": [
                ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"],
                [536365, "85123A", 6, day, 2.55, 17850],
                [536366, 22633, 100, day, 0.85, 13047],
                ["C536379", 22633, -1, day, 0.85, 13047],
                [536367, "POST", 1, day, 10, None],
            ]
        }
    )
    out = tmp_path / "out.xlsx"
    done = kam("run", book, "--output", out, "--as-of", "2011-12-09")
    assert done.code == 0
    ranked = rows_of(out, "Key Accounts")
    assert [(r["Customer ID"], r["Net Sales"]) for r in ranked] == [
        ("13047", 84.15),
        ("17850", 15.3),
    ]
    summary = rows_of(out, "Key Account Summary")[0]
    assert summary["Company Net Sales"] == 109.45
    assert summary["Key Share of Ranked Sales"] == pytest.approx(84.15 / 99.45)
    assert summary["Key Account Share"] == pytest.approx(84.15 / 109.45)


def test_a_returns_sheet_of_document_numbers_removes_whole_orders(make_workbook, kam, tmp_path):
    book = make_workbook(
        {
            "Orders": [
                ["Order ID", "Customer ID", "Customer Name", "Order Date", "Sales"],
                [88522, 3, "Bonnie Potter", date(2015, 1, 7), 13.01],
                [90193, 5, "Ronnie Proctor", date(2015, 6, 13), 6362.85],
                [90193, 5, "Ronnie Proctor", date(2015, 6, 13), 211.15],
            ],
            "Returns": [["Order ID", "Status"], [90193, "Returned"], [65, "Returned"]],
        }
    )
    out = tmp_path / "out.xlsx"
    assert kam("run", book, "--output", out, "--as-of", "2015-06-30").code == 0
    assert [(r["Customer ID"], r["Net Sales"]) for r in rows_of(out, "Key Accounts")] == [
        ("3", 13.01)
    ]
