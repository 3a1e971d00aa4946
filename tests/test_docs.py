"""What the documents show works as it stands there."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import xlwings as xw

import kam_excel
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.contract.policy import settings_of
from kam_excel.contract.table import Table
from kam_excel.contract.tables import Customers
from kam_excel.host import make_host
from kam_excel.pipeline import core
from kam_excel.pipeline.setup import load_setup
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.ribbon.actions import actions_of
from kam_excel.settings import Settings, TableMapping

DOCS = Path(__file__).parents[1] / "docs"
PLUGINS = (DOCS / "write-a-plugin.md").read_text("utf-8")
EXAMPLE = DOCS.parent / "examples" / "kam_credit"


def block(with_: str, language: str = "python") -> str:
    """The one block of the guide to plugins that says `with_`."""
    found = [b for b in re.findall(rf"```{language}\n(.*?)```", PLUGINS, re.S) if with_ in b]
    assert len(found) == 1, f"{len(found)} blocks say {with_}"
    return found[0]


@pytest.fixture
def run_block(monkeypatch):
    """Run a block as a module that may use all public words, whether it imports them or not."""

    def run(block: str) -> ModuleType:
        module = ModuleType("shown_in_the_docs")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        vars(module).update({name: getattr(kam_excel, name) for name in kam_excel.__all__})
        exec("from __future__ import annotations\n" + block, vars(module))
        return module

    return run


def test_every_block_of_the_guide_to_plugins_is_tried_here():
    kinds = re.findall(r"^```(\w+)$", PLUGINS, re.M)
    assert sorted(kinds) == ["ini", *["python"] * 6, "text", "yaml"]


def test_the_plugin_of_the_guide_is_loaded_from_its_folder(tmp_path):
    (tmp_path / "plugins_acme").mkdir()
    plugin = tmp_path / "plugins_acme" / "acme.py"
    plugin.write_text(block("def acme_visits"), encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text(block("acme_visits:", "yaml"), encoding="utf-8")
    setup = load_setup(config)
    assert "acme_visits" in setup.host.strategies
    assert setup.settings.policies["acme_visits"].per_quarter == 5


def test_the_tests_of_the_guide_pass(pytester):
    pytester.makeini("[pytest]\naddopts = --import-mode=importlib\npythonpath = .\n")
    pytester.makepyfile(acme=block("def acme_visits"), test_acme=block("class TestVisits"))
    pytester.makeconftest(block("pytest_plugins"))
    first = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider", "--update-golden")
    first.assert_outcomes(passed=11)
    assert (pytester.path / "visits.csv").read_text() == "customer_id,visits\nA,3\n"
    again = pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider")
    again.assert_outcomes(passed=11)


def test_the_distribution_of_the_guide_is_the_example():
    _, *paths = block("setup.cfg", "text").split()
    assert [path for path in paths if not (EXAMPLE / path).exists()] == []
    assert block("entry_points", "ini") in (EXAMPLE / "setup.cfg").read_text("utf-8")


def test_columns_of_the_core_can_be_declared_again(run_block):
    table = run_block(block("class OpenItems")).OpenItems
    assert table.columns["customer_id"].headers() == Customers.columns["customer_id"].headers()
    assert table.columns["currency"].optional


def test_the_guide_names_every_table_that_a_plugin_can_share():
    words = (getattr(kam_excel, name) for name in kam_excel.__all__)
    shared = {each.__name__ for each in words if isinstance(each, type) and each.__base__ is Table}
    assert {name for name in shared if f"`{name}`" not in PLUGINS} <= {"DataIssues"}
    assert "Frame[DataIssues]" in PLUGINS


def test_the_button_of_the_guide_is_on_the_ribbon(run_block, make_workbook):
    module = run_block(block("kam_ribbon_actions"))
    found = [each for each in actions_of(make_host(core, module)) if each.group == "plugins"]
    assert [each.id for each in found] == ["plugin.acme_terms"]
    (button,) = module.kam_ribbon_actions()
    with open_headless(make_workbook({"Notes": [], "Terms": []})) as book:
        book.sheets["Terms"].visible = False
        button.function(book)
        assert book.sheets["Terms"].visible


def test_the_looks_of_the_guide_can_be_declared(run_block):
    table = run_block(block("DataBar()")).Visits
    assert issubclass(table, Table)
    assert table.manual() == ("verdict", "why")
    assert [chart.id for chart in table.charts] == ["visits"]


def test_the_script_for_xlwings_runs(make_workbook, monkeypatch, capsys):
    rows = [["Region", "Sales"], ["East", 10], ["West", 25.5], ["East", 5]]
    path = make_workbook({"Orders": rows})
    monkeypatch.chdir(path.parent)
    (block,) = re.findall(
        r"```python\n(.*?)```", (DOCS / "without-excel.md").read_text("utf-8"), re.S
    )
    try:
        exec(block, {})
    finally:
        xw.apps.cleanup()
        for app in list(xw.apps):
            app.quit()
    assert capsys.readouterr().out == "40.5\n"
    book = openpyxl.load_workbook(path)
    assert book["By region"].tables["regions"].ref == "A1:B3"
    assert len(book["By region"]._charts) == 1


def test_every_document_that_a_document_names_is_there():
    for path in [DOCS.parent / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} names {target}"


READING = (DOCS / "reading.md").read_text("utf-8")
READING_ZH = (DOCS / "zh" / "reading.md").read_text("utf-8")
GUIDES = pytest.mark.parametrize("guide", [READING, READING_ZH], ids=["en", "zh"])


def page_of(guide: str, book: Path, kam) -> tuple[str, str]:
    """What check prints of a workbook as the guide calls it, and what the guide shows."""
    ((arguments, shown),) = re.findall(r"```console\n\$ kam-excel (.*?)\n(.*?)```", guide, re.S)
    return kam(*arguments.replace(book.name, str(book)).split()).out, shown


def test_the_page_of_the_guide_to_reading_is_what_check_prints(make_workbook, kam):
    rows = [
        ["Order Date", "Customer ID", "Amount"],
        [date(2026, 3, 5), "A", 1000],
        [date(2026, 3, 6), "B", "1,234.50"],
        [date(2026, 8, 1), "B", 70],
        ["Total", None, 2304.5],
    ]
    book = make_workbook({"Orders": rows}, name="orders.xlsx")
    printed, shown = page_of(READING, book, kam)
    assert printed == shown


def test_the_page_of_the_chinese_guide_to_reading_is_what_check_prints(make_workbook, kam):
    sales = [
        ["2026年销售流水"],
        ["单位：万元"],
        ["日期", "单据号", "客户名称", "产品编码", "金额"],
        [date(2026, 3, 5), "X001", "东方商场", "P1", 12.5],
        [date(2026, 3, 6), "X002", "恒通工业", "P2", "30"],
        ["2026年3月9日", "X003", "东方商场", "P1", 8],
        [date(2026, 3, 12), "X004", "恒通工业", "P2", -2],
        ["合计", None, None, None, 48.5],
    ]
    returns = [["退货日期", "原单据号", "退货金额"], [date(2026, 4, 1), "X003", 80000]]
    book = make_workbook({"流水": sales, "退货": returns}, name="流水.xlsx")
    printed, shown = page_of(READING_ZH, book, kam)
    assert printed == shown


def test_a_table_of_months_is_read_as_the_chinese_guide_says(make_workbook, kam):
    rows = [
        ["2026年客户销售"],
        ["单位：万元"],
        ["客户名称", *(f"{month}月" for month in range(1, 13)), "合计"],
        ["东方商场", 12.5, 8, 9.25, *[None] * 9, 29.75],
        ["恒通工业", 30, 28.5, -2.5, *[None] * 9, 56],
        ["合计", 42.5, 36.5, 6.75, *[None] * 9, 85.75],
    ]
    data = json.loads(kam("check", make_workbook({"流水": rows}), "--json").out)
    closing = data["reconciliation"]["net_sales"][-1]
    assert (closing["rows"], closing["amount"]) == (6, "857500")
    codes = {"TOTAL_ROW_DROPPED", "UNIT_STATED", "YEAR_STATED", "NAME_AS_ACCOUNT", "RETURNS_FOUND"}
    assert set(data["issues"]) == codes


@GUIDES
def test_the_mapping_of_the_guide_to_reading_can_be_used(guide, tmp_path):
    (block,) = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    config = tmp_path / "config.yaml"
    config.write_text(block, encoding="utf-8")
    host = make_host(core, discover=True)
    tables = {table.id: table.columns for table in host.tables()}
    assert set(Settings.load(config, host.policies(), tables).tables) == {"sales", "returns"}


@GUIDES
def test_the_guide_to_reading_names_every_setting_of_tables_and_of_reading(guide):
    for name in TableMapping.model_fields:
        assert f"| `{name}` |" in guide
    for each in settings_of(ReadingPolicy):
        assert f"`reading.{each.path}`" in guide


def test_doubtful_cells_are_read_or_refused_as_the_guide_to_reading_says(make_workbook, kam):
    day = date(2026, 3, 5)
    cells = [
        *[(day, amount, None) for amount in ("1,234.50", "１２３", "¥ 500", "500元")],
        *[(day, amount, None) for amount in ("(500)", "500-", "1.234,56", "12万", "—", "#N/A")],
        *[(text, 1, None) for text in ("2026/1/5", "20260105", "2026年1月5日", "5/1/2026")],
        (day, 1, 13),
    ]
    rows = [[when, f"A{i}", *figures] for i, (when, *figures) in enumerate(cells)]
    book = make_workbook({"销售": [["日期", "客户编码", "金额", "税率"], *rows]})
    data = json.loads(kam("check", book, "--as-of", "2026-06-30", "--json").out)
    assert {each["code"] for each in data["problems"]} == {
        "NUMBER_IN_PARENTHESES",
        "NUMBER_MINUS_BEHIND",
        "NUMBER_DECIMAL_COMMA",
        "NUMBER_CHINESE_UNIT",
        "DASH_NOT_READABLE",
        "CELL_ERROR",
        "DATE_ORDER_UNKNOWN",
    }
    counts = {code: each["count"] for code, each in data["issues"].items()}
    assert counts == {"TEXT_NUMBER": 4, "TEXT_DATE": 3, "PERCENT_NOT_SAID": 1}
