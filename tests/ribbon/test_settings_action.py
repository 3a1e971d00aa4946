"""The settings sheet that a click writes and shows."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from kam_excel.workbook.adapter import bring_to_front

SALES = [
    ["日期", "客户编码", "客户名称", "金额"],
    *[[date(2026, 3, 5), f"{i:02}", f"客户{i}", 1000 - i] for i in range(20)],
]
CONFIG = "run:\n  as_of: 2026-06-30\nidentification:\n  top_percent: 0.25\n"


def rows(there) -> dict[str, list[object]]:
    """The rows of the settings sheet by section and parameter."""
    cells = there.book.sheets["KAM 设置"].range("A6:E400").value
    return {f"{row[0]}.{row[1]}": row for row in cells if row[0]}


def accounts(there) -> int:
    """How many key accounts are on the list."""
    table = there.book.sheets["大客户名单"].tables["kam_key_accounts"]
    header = table.header_row_range.value
    flags = table.data_body_range.columns[header.index("是否大客户")].value
    return flags.count("是")


@pytest.fixture
def there(make_workbook, opened, config):
    config(CONFIG)
    return opened(make_workbook({"销售": SALES}))


def test_it_lists_every_setting_with_the_value_in_force_and_where_that_comes_from(there):
    state = there.state()
    assert there.click("settings") == ""
    assert there.book.sheets.active.name == "KAM 设置"
    assert there.state() == state
    found = rows(there)
    assert "现行值：0.25（config.yaml）；默认：0.2" in found["identification.top_percent"][4]
    assert "现行值：true（默认）" in found["run.merge_jan_feb"][4]
    assert {row[2] for row in found.values()} == {None}


def test_it_changes_nothing_until_a_value_is_filled_in(there):
    there.click("run")
    before, marks = accounts(there), there.book.sheets["大客户名单"].range("A3").value
    there.click("settings")
    there.click("run")
    assert (accounts(there), there.book.sheets["大客户名单"].range("A3").value) == (before, marks)
    sheet = there.book.sheets["KAM 设置"]
    row = [f"{a}.{b}" for a, b in sheet.range("A6:B400").value].index("identification.top_percent")
    sheet.range((6 + row, 3)).value = 0.5
    there.click("run")
    assert (before, accounts(there)) == (5, 10)


def test_one_that_is_there_is_shown_as_it_is(there):
    there.click("settings")
    there.book.sheets["KAM 设置"].range("C6").value = "x"
    bring_to_front(there.book.sheets[0])
    there.book.sheets["KAM 设置"].visible = False
    before = there.cells()
    assert there.click("settings") == ""
    assert there.book.sheets.active.name == "KAM 设置"
    assert there.cells() == before


def test_a_section_that_is_locked_says_so_and_takes_no_value(make_workbook, opened, config):
    config(CONFIG + "  locked: true\n")
    there = opened(make_workbook({"销售": SALES}))
    there.click("settings")
    found = rows(there)
    assert found["identification.top_percent"][4].endswith("已在 config.yaml 中锁定，不能在此修改")
    sheet = there.book.sheets["KAM 设置"]
    at = 6 + [*found].index("identification.top_percent")
    free = 6 + [*found].index("run.merge_jan_feb")
    assert sheet.range((at, 3)).color != sheet.range((free, 3)).color
    sheet.range((at, 3)).value = 0.5
    assert there.click("run").startswith("POLICY_LOCKED")


def test_it_offers_what_a_template_offers(there, kam, tmp_path):
    there.click("settings")
    there.book.save(str(tmp_path / "with.xlsx"))
    kam("init", tmp_path / "template.xlsx", "--language", "zh")

    def rules(name: str) -> dict[str, str | None]:
        sheet = openpyxl.load_workbook(tmp_path / name)["KAM 设置"]
        by_cell = {
            str(cell): rule.formula1
            for rule in sheet.data_validations.dataValidation
            for cell in rule.sqref
        }
        return {
            f"{row[0].value}.{row[1].value}": by_cell.get(row[2].coordinate)
            for row in sheet.iter_rows(min_row=6)
        }

    assert rules("with.xlsx") == rules("template.xlsx")


def test_a_settings_sheet_under_another_name_is_named(there):
    there.click("settings")
    there.book.sheets["KAM 设置"].name = "旧设置"
    said = there.click("settings")
    assert said.startswith("SETTINGS_SHEET_RENAMED")
    assert "旧设置" in said


LONG = """
from typing import Literal
from kam_excel import Frame, Key, Policy, Sales, Table, column, hookimpl, setting, strategy


class Totals(Table, zh="合计", en="Totals"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


class TotalPolicy(Policy, section="total", zh="合计", en="Totals"):
    way: Literal["{}", "short"] = setting("short", zh="方式", en="Way")


@strategy(zh="合计", en="Total")
def total(sales: Frame[Sales], policy: TotalPolicy) -> Frame[Totals]:
    return Totals.frame(sales[["customer_id"]].drop_duplicates())


@hookimpl
def kam_register_strategies():
    return [total]
"""


def test_a_long_list_of_choices_stands_on_a_sheet_of_its_own(
    make_workbook, opened, config, tmp_path
):
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "acme.py").write_text(LONG.format("x" * 260), encoding="utf-8")
    config(f"plugins:\n  folders: [{folder}]\n")
    there = opened(make_workbook({"销售": SALES, "选项": [["甲"], ["乙"]]}))
    assert there.click("settings") == ""
    assert there.sheets() == ["销售", "选项", "KAM 设置", "选项 2"]
    assert there.book.sheets["选项"].range("A1:A2").value == ["甲", "乙"]
    assert not there.book.sheets["选项 2"].visible
    assert "total.way" in rows(there)


def test_a_workbook_that_says_nothing_of_its_language_gets_excels(make_workbook, opened):
    there = opened(make_workbook({"Sheet1": [["nothing"]]}))
    there.click("settings", "en")
    assert there.sheets() == ["Sheet1", "KAM settings"]
