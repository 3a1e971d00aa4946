"""`tables:` says where a company keeps its tables; every mistake in it has its place."""

from __future__ import annotations

import re

import pytest

from kam_excel.contract.policies import RunPolicy
from kam_excel.contract.tables import Customers, Sales
from kam_excel.errors import Place, PolicyError, WorkbookError
from kam_excel.settings import LinesMapping, Settings, render

TABLES = {"sales": Sales.columns, "customers": Customers.columns}


@pytest.fixture
def load(config):
    def load_text(text, tables=TABLES):
        return Settings.load(config(text), [RunPolicy], tables)

    return load_text


def test_a_table_says_where_it_stands_and_what_its_figures_are(load):
    sales = load(
        """
        tables:
          sales:
            sheets: ["20*", 华东]
            header_row: 3
            columns: {amount: 成交金额, discount: null}
            year: 2026
            units: {amount: 万元, price: Ｋ}
            percents: {tax_rate: percent}
            lines: {sheet: 订单明细, columns: {qty: 件数}}
        """
    ).tables["sales"]
    assert sales.sheets == ("20*", "华东")
    assert (sales.header_row, sales.year) == (3, 2026)
    assert sales.columns == {"amount": "成交金额", "discount": None}
    assert sales.units == {"amount": "万元", "price": "k"}
    assert sales.percents == {"tax_rate": "percent"}
    assert sales.lines == LinesMapping(sheet="订单明细", columns={"qty": "件数"})


def test_the_example_of_the_bundled_configuration_can_be_used(load):
    example = re.search(r"^#   sales:\n(#     .*\n)+", render([]), re.M)[0]
    tables = load("tables:\n" + re.sub("^#", "", example, flags=re.M)).tables
    assert tables["sales"].lines.sheet == "订单明细"


def test_without_declarations_nothing_is_checked_against_them(load):
    assert "anything" in load("tables: {anything: {columns: {a: b}}}\n", tables=None).tables


def test_mistakes_have_their_places(mistakes):
    text = """
        tables:
          sales:
            sheet: 订单
            sheets: [订单, 明细]
            header_rows: 3
            lines: {sheets: x}
            year: 26
            units: {amount: 吨, qty: 万元}
            percents: {tax_rate: half}
          customers:
            sheet: 客户
            sheets: 客户
            columns: {customer_id: 编码, customer_name: 编码}
        """
    assert sorted(mistakes(text), key=lambda each: each[1]) == [
        ("CONFIG_MISSPELT", 5, "tables.sales.header_rows"),
        ("CONFIG_MISSPELT", 6, "tables.sales.lines.sheets"),
        ("CONFIG_OUT_OF_RANGE", 7, "tables.sales.year"),
        ("CONFIG_NOT_CHOICE", 8, "tables.sales.units.amount"),
        ("CONFIG_NO_AMOUNTS", 8, "tables.sales.units.qty"),
        ("CONFIG_NOT_CHOICE", 9, "tables.sales.percents.tax_rate"),
        ("CONFIG_NOT_LIST", 12, "tables.customers.sheets"),
    ]


def test_what_contradicts_itself_is_refused(mistakes):
    text = """
        tables:
          sales:
            sheet: 订单
            sheets: [订单, 明细]
            columns: {amount_net: 金额, amount_gross: 金额}
        """
    assert mistakes(text) == [
        ("CONFIG_ONE_OF", 4, "tables.sales.sheets"),
        ("CONFIG_HEADER_TWICE", 5, "tables.sales.columns.amount_net"),
        ("CONFIG_HEADER_TWICE", 5, "tables.sales.columns.amount_gross"),
    ]


def test_the_workbook_changes_what_it_names_and_keeps_the_rest(load):
    base = load("tables: {sales: {sheet: 订单, header_row: 3, columns: {amount: 金额}}}")
    values = {"sales.sheets": ["2024", "2025"], "sales.columns.date": "日", "customers.sheet": "客"}
    settings = base.override("tables", values, "workbook")
    sales = settings.tables["sales"]
    assert (sales.sheet, sales.sheets, sales.header_row) == (None, ("2024", "2025"), 3)
    assert sales.columns == {"amount": "金额", "date": "日"}
    assert settings.tables["customers"].sheet == "客"
    assert settings.source("tables", "sales.columns.date") == "workbook"
    assert [(each.path, each.value) for each in settings.overrides()] == [
        ("customers.sheet", "客"),
        ("sales.columns.date", "日"),
        ("sales.sheets", ("2024", "2025")),
    ]
    assert base.tables["sales"].sheet == "订单"


def test_a_mistake_in_the_workbook_has_its_cell(load):
    values = {"sales.header_row": 0, "sales.colums.date": "日", "sale.columns": "日"}
    cells = {path: Place(sheet="KAM", cell=f"C{i}") for i, path in enumerate(values, 2)}
    with pytest.raises(WorkbookError) as caught:
        load("").override("tables", values, "workbook", cells)
    assert [(each.code.name, each.where.cell) for each in caught.value.problems] == [
        ("CONFIG_OUT_OF_RANGE", "C2"),
        ("CONFIG_MISSPELT", "C3"),
        ("CONFIG_MISSPELT", "C4"),
    ]


def test_text_where_columns_belong_is_refused(load):
    values = {"sales.columns": "日", "sales.columns.date": "日"}
    with pytest.raises(WorkbookError, match="CONFIG_NOT_MAPPING"):
        load("").override("tables", values, "workbook")


def test_locked_tables_are_those_of_the_configuration(load, mistakes):
    settings = load("tables: {locked: true, sales: {sheet: 订单}}")
    assert list(settings.tables) == ["sales"]
    with pytest.raises(PolicyError, match="POLICY_LOCKED"):
        settings.override("tables", {"sales.sheet": "别的"}, "workbook")
    assert mistakes("tables: {locked: 1}") == [("CONFIG_NOT_BOOLEAN", 1, "tables.locked")]


def test_what_is_not_said_leaves_no_mark_in_the_configuration(load):
    assert "tables.sales: {sheet: 订单}\n" in load("tables: {sales: {sheet: 订单}}").canonical()
