"""`kam-excel init`: a blank workbook that is filled in and runs, in either language."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from kam_excel.pipeline.workbook_file import open_headless

AS_OF = "2026-06-30"
HEADER_ROW = 5
FILLED = {
    "zh": {
        "销售明细": [
            {"日期": date(2026, 3, 5), "客户编码": "001", "金额": 400},
            {"日期": date(2026, 3, 6), "客户编码": "002", "金额": 100},
            {"日期": date(2026, 3, 7), "客户编码": "001", "金额": -50, "单据类型": "退货"},
        ],
        "客户档案": [
            {"客户编码": "001", "客户名称": "甲", "客户类型": "经销商", "战略客户": "是"},
            {"客户编码": "002", "客户名称": "乙"},
        ],
    },
    "en": {
        "Sales": [
            {"Date": date(2026, 3, 5), "Customer ID": "001", "Amount": 400},
            {"Date": date(2026, 3, 6), "Customer ID": "002", "Amount": 100},
            {"Date": date(2026, 3, 7), "Customer ID": "001", "Amount": -50},
        ],
        "Customers": [
            {"Customer ID": "001", "Customer Name": "A", "Type": "dealer", "Strategic": "Yes"},
            {"Customer ID": "002", "Customer Name": "B"},
        ],
    },
}
ABOUT = {"zh": "说明", "en": "About"}
SETTINGS = {"zh": "KAM 设置", "en": "KAM settings"}
RANKED = {"zh": "大客户名单", "en": "Key Accounts"}


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def template(kam, tmp_path, language) -> Path:
    path = tmp_path / "template.xlsx"
    done = kam("init", path, "--language", language)
    assert (done.code, done.err) == (0, "")
    return path


def headers_of(sheet) -> list[str]:
    return [cell.value for cell in sheet[HEADER_ROW] if cell.value]


def fill(path: Path, rows: dict[str, list[dict]]) -> None:
    """Fill sheets in as a script would: values below the headers, in the cells that are there."""
    with open_headless(path) as book:
        for name, records in rows.items():
            sheet = book.sheets[name]
            headers = sheet.range((HEADER_ROW, 1)).expand("right").value
            for i, record in enumerate(records, start=HEADER_ROW + 1):
                for header, value in record.items():
                    sheet.range((i, headers.index(header) + 1)).value = value
        book.save()


def rows_of(path: Path, name: str) -> list[list]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def test_a_filled_template_runs_without_configuration(template, kam, tmp_path, language):
    fill(template, FILLED[language])
    out = tmp_path / "out.xlsx"
    done = kam("run", template, "--output", out, "--as-of", AS_OF)
    assert (done.code, done.err) == (0, "")
    headers, *rows = rows_of(out, RANKED[language])[HEADER_ROW - 1 :]
    names = {"zh": ("客户编码", "净销售额"), "en": ("Customer ID", "Net Sales")}[language]
    at = [headers.index(name) for name in names]
    assert [[row[i] for i in at] for row in rows] == [["001", 350], ["002", 100]]


def test_a_setting_of_the_template_holds_once_it_has_a_value(template, kam, language):
    fill(template, FILLED[language])
    paths = [row[1] for row in rows_of(template, SETTINGS[language])]
    with open_headless(template) as book:
        book.sheets[SETTINGS[language]].range((paths.index("top_percent") + 1, 3)).value = 1
        book.save()
    done = kam("run", template, "--dry-run", "--as-of", AS_OF, "--json")
    assert json.loads(done.out)["headlines"]["ka_summary"]["n_key_accounts"] == 2


@pytest.mark.parametrize("command", [["check"], ["run", "--dry-run"]])
def test_a_blank_template_says_which_tables_are_empty(template, kam, language, command):
    done = kam(*command, template, "--language", language)
    assert (done.code, command == ["check"] or done.out == "") == (1, True)
    expected = {
        "zh": "TABLE_EMPTY 销售明细：表“销售明细”（sales）只有表头，没有数据；",
        "en": "TABLE_EMPTY Sales: The table sales (Sales) has headers and no rows; needed by: ",
    }
    assert done.err.startswith(expected[language])


def test_a_sheet_that_is_left_empty_counts_as_not_there(template, kam, language):
    sales = "销售明细" if language == "zh" else "Sales"
    fill(template, {sales: FILLED[language][sales]})
    done = kam("run", template, "--dry-run", "--as-of", AS_OF, "--json")
    assert json.loads(done.out)["headlines"]["ka_summary"]["n_key_accounts"] == 1


def test_a_strategy_whose_table_is_left_empty_is_skipped(kam, tmp_path, config):
    path = tmp_path / "template.xlsx"
    kam("init", path, "--language", "en", "--config", config)
    fill(path, {"Sales": FILLED["en"]["Sales"]})
    arguments = ["check", path, "--as-of", AS_OF, "--config", config]
    done = kam(*arguments, "--json")
    assert json.loads(done.out)["skipped"]["rank_shops"] == ["shops"]
    assert "rank_shops" not in json.loads(done.out)["strategies"]
    named = kam(*arguments, "--strategies", "rank_shops")
    assert named.code == 1
    assert "TABLE_EMPTY Shops" in named.err


def test_required_sheets_come_first_and_the_cover_links_to_each(template, language):
    book = openpyxl.load_workbook(template)
    names = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert names[:2] == [ABOUT[language], "销售明细" if language == "zh" else "Sales"]
    assert names[-1] == SETTINGS[language]
    cover = book[ABOUT[language]]
    listed = [cover.cell(row, 1) for row in range(HEADER_ROW + 1, cover.max_row + 1)]
    assert [cell.value for cell in listed] == names[1:]
    assert [cell.hyperlink.location for cell in listed] == [f"'{name}'!A1" for name in names[1:]]


def test_headers_say_whether_they_are_required_by_colour_word_and_note(template, language):
    sheet = openpyxl.load_workbook(template)["销售明细" if language == "zh" else "Sales"]
    at = {header: i for i, header in enumerate(headers_of(sheet), start=1)}
    names = {
        "zh": ("日期", "金额", "折扣", ["必填", "至少一组", "选填"], "数量 + 单价"),
        "en": ("Date", "Amount", "Discount", ["required", "one group", "optional"], "Quantity + "),
    }
    *headers, needs, group = names[language]
    cells = [sheet.cell(HEADER_ROW, at[header]) for header in headers]
    assert [sheet.cell(HEADER_ROW - 1, cell.column).value for cell in cells] == needs
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3
    notes = [cell.comment.text for cell in cells]
    assert [need in note for need, note in zip(needs, notes, strict=True)] == [True] * 3
    assert group in notes[1]


def test_cells_refuse_what_a_run_could_not_read(template, language):
    sheet = openpyxl.load_workbook(template)["客户档案" if language == "zh" else "Customers"]
    rules = {
        headers_of(sheet)[next(iter(rule.sqref.ranges)).min_col - 1]: rule
        for rule in sheet.data_validations.dataValidation
    }
    names = {
        "zh": (
            "客户类型",
            "战略客户",
            "合作起始日期",
            "账期(天)",
            '"经销商,代理商,商场,工业,电商"',
        ),
        "en": (
            "Type",
            "Strategic",
            "Customer Since",
            "Payment Terms (Days)",
            '"dealer,agent,department store,industrial,e-commerce"',
        ),
    }
    *headers, choices = names[language]
    assert [rules[header].type for header in headers] == ["list", "list", "date", "whole"]
    assert rules[headers[0]].formula1 == choices
    assert rules[headers[1]].formula1 == ('"是,否"' if language == "zh" else '"Yes,No"')


def test_inputs_are_excel_tables_that_grow(template, language):
    book = openpyxl.load_workbook(template)
    tables = {name: ref for sheet in book for name, ref in sheet.tables.items()}
    assert {"input_sales", "input_customers", "input_settings_sheet"} <= set(tables)
    assert tables["input_sales"].startswith("A5:")
    assert tables["input_sales"].endswith("25")
    assert not [name for name in tables if name.startswith("kam_")]


def test_the_same_template_has_the_same_bytes(template, kam, tmp_path, language):
    again = tmp_path / "again.xlsx"
    kam("init", again, "--language", language)
    assert again.read_bytes() == template.read_bytes()


PLUGIN = """
from kam_excel import *

CITIES = {f"city {i} of many": f"第{i}个很长很长很长的城市名称" for i in range(30)}

class Shops(Table, zh="店铺", en="Shops"):
    city: Choice = column(zh="城市", en="City", choices=CITIES)
    size: Choice = column(zh="规模", en="Size", choices={"small, or tiny": "小，很小", "big": "大"})

class Ranks(Table, zh="排名", en="Ranks"):
    city: Text = column(zh="城市", en="City")

@strategy(zh="店铺排名", en="Rank shops")
def rank_shops(shops: Frame[Shops]) -> Frame[Ranks]:
    return Ranks.frame(shops[["city"]])

@hookimpl
def kam_register_strategies():
    return [rank_shops]
"""


@pytest.fixture
def config(tmp_path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text(PLUGIN, encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text("plugins: {folders: [acme]}\n", encoding="utf-8")
    return path


def test_only_what_the_named_strategies_read(kam, tmp_path, config):
    path = tmp_path / "shops.xlsx"
    arguments = ["init", path, "--strategies", "rank_shops", "--config", config, "--json"]
    done = kam(*arguments, "--language", "en")
    assert json.loads(done.out)["sheets"] == [
        {
            "table": "shops",
            "sheet": "Shops",
            "required": True,
            "required_by": ["rank_shops"],
            "optional_for": [],
        }
    ]
    assert openpyxl.load_workbook(path).sheetnames[:2] == ["About", "Shops"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        # A comma of Chinese separates nothing.
        ("zh", {"选项!$A$1:$A$30", '"小，很小,大"'}),
        ("en", {"Lists!$A$1:$A$30", "Lists!$B$1:$B$2"}),
    ],
)
def test_long_lists_and_values_with_commas_stand_on_a_hidden_sheet(
    kam, tmp_path, config, language, expected
):
    path = tmp_path / "shops.xlsx"
    arguments = ["init", path, "--strategies", "rank_shops", "--config", config]
    assert kam(*arguments, "--language", language).code == 0
    book = openpyxl.load_workbook(path)
    shops, lists = ("店铺", "选项") if language == "zh" else ("Shops", "Lists")
    rules = book[shops].data_validations.dataValidation
    assert {rule.formula1.replace("'", "") for rule in rules} == expected
    assert book[lists].sheet_state == "hidden"
    cities = [row[0].value for row in book[lists].iter_rows()]
    assert cities[29] == ("第29个很长很长很长的城市名称" if language == "zh" else "city 29 of many")
    assert len(set(cities)) == 30


MISTAKES = {
    "there already": ("there.xlsx", "INIT_EXISTS", "已存在", "there already"),
    "no folder": ("nowhere/new.xlsx", "INIT_FOLDER_MISSING", "不存在", "no folder"),
    "another kind": ("new.xlsm", "INIT_NOT_XLSX", ".xlsx，而不是 .xlsm", "not .xlsm"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_the_path_is_told_and_nothing_is_written(case, kam, tmp_path, language):
    (tmp_path / "there.xlsx").write_bytes(b"mine")
    name, code, *texts = MISTAKES[case]
    done = kam("init", tmp_path / name, "--language", language)
    assert done.code == 2
    assert code in done.err
    assert texts[0 if language == "zh" else 1] in done.err
    assert [each.name for each in tmp_path.iterdir()] == ["there.xlsx"]
    assert (tmp_path / "there.xlsx").read_bytes() == b"mine"


def test_an_unknown_strategy_is_told_the_nearest(kam, tmp_path, language):
    done = kam("init", tmp_path / "new.xlsx", "--strategies", "identifcation")
    assert done.code == 2
    assert "identification" in done.err
    assert not list(tmp_path.iterdir())
