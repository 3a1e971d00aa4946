"""`kam-excel map` proposes where tables stand, asks, tries the answers out and remembers them."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import yaml

from kam_excel.cli import mapping
from kam_excel.cli.dialogue import Dialogue
from kam_excel.contract.tables import Sales
from kam_excel.pipeline.mapping import Mapper
from kam_excel.pipeline.setup import load_setup
from kam_excel.pipeline.survey import Options
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.settings import TableMapping

DAY = date(2026, 3, 5)
ROWS = [[DAY, "A", 100], [DAY, "B", 50.5]]
FOUND = {"订单": [["日期", "客户编码", "金额"], *ROWS]}
ODD = {
    "封面": [["本工作簿由销售部维护"]],
    "流水": [["哪天", "谁", "成交额"], *ROWS],
    "旧流水": [["哪天", "谁", "成交额"], *ROWS[:1]],
}
AS_OF = ("--as-of", "2026-06-30")


def sections(text: str) -> dict:
    return yaml.safe_load(text)


def test_without_a_terminal_the_proposal_is_printed_and_nothing_changes(make_workbook, kam):
    book = make_workbook(FOUND)
    before = book.read_bytes()
    done = kam("map", book)
    assert (done.code, done.err) == (0, "")
    assert sections(done.out)["tables"] == {
        "sales": {
            "sheet": "订单",
            "header_row": 1,
            "columns": {"date": "日期", "customer_id": "客户编码", "amount": "金额"},
        }
    }
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_what_is_not_found_stands_in_comments_with_the_nearest_header(make_workbook, kam):
    done = kam("map", make_workbook({"流水": [["日期", "客户编号码", "金额"], *ROWS]}))
    assert done.code == 1
    assert sections(done.out) == {"tables": {}}
    assert "  #     customer_id: not there; may be: 客户编号码" in done.out.splitlines()


def test_the_printed_proposal_is_a_configuration(make_workbook, kam, tmp_path):
    book, config = make_workbook(FOUND), tmp_path / "config.yaml"
    config.write_text(kam("map", book).out, encoding="utf-8")
    data = json.loads(kam("check", book, "--config", config, *AS_OF, "--json").out)
    assert (data["ok"], data["tables"]["sales"]["found_by"]) == (True, "config")


def test_json_has_the_proposal_the_headers_and_what_would_be_read(make_workbook, kam):
    data = json.loads(kam("map", make_workbook(FOUND), "--json").out)
    sales = data["tables"]["sales"]
    assert sales["mapping"]["sheet"] == "订单"
    assert sales["headers"] == {"A": "日期", "B": "客户编码", "C": "金额"}
    assert (sales["found"]["shape"], sales["lacking"], sales["problems"]) == ("long", {}, [])
    assert sales["read"] == {"rows": 2, "amount": "150.50"}
    assert (data["tables"]["fx_rates"]["mapping"], data["saved"]) == (None, None)


def test_the_configuration_of_the_user_is_made_where_there_is_none(make_workbook, kam, tmp_path):
    done = kam("map", make_workbook(FOUND), "--save", "config", "--yes")
    path = tmp_path / "config" / "kam_excel" / "config.yaml"
    assert (done.code, str(path) in done.err) == (0, True)
    assert sections(path.read_text("utf-8"))["tables"]["sales"]["sheet"] == "订单"


def test_the_configuration_in_use_keeps_everything_else(make_workbook, kam, tmp_path):
    config = tmp_path / "mine.yaml"
    config.write_text("# mine\nrun: {tax_basis: net}\ntables: {}\n# end\n", encoding="utf-8")
    kam("map", make_workbook(FOUND), "--save", "config", "--yes", "--config", config)
    text = config.read_text("utf-8")
    assert text.startswith("# mine\nrun: {tax_basis: net}\ntables:\n  sales:\n    sheet: 订单\n")
    assert text.endswith("\n# end\n")


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_workbook_gets_a_settings_sheet_and_is_kept(make_workbook, kam):
    book = make_workbook(FOUND)
    before, parts = book.read_bytes(), parts_of(book)
    done = kam("map", book, "--save", "workbook", "--yes", "--language", "zh")
    assert done.code == 0, done.err
    (kept,) = (book.parent / ".kam" / "runs").glob("*/*.xlsx")
    assert kept.read_bytes() == before
    assert parts_of(book)["xl/worksheets/sheet1.xml"] == parts["xl/worksheets/sheet1.xml"]
    sheet = openpyxl.load_workbook(book)["KAM 设置"]
    assert sheet.tables["input_settings_sheet"].ref == "A5:E10"
    rows = [tuple(row[:3]) for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert sheet["E8"].value == "销售明细 · 日期"
    assert rows == [
        ("tables", "sales.sheet", "订单"),
        ("tables", "sales.header_row", 1),
        ("tables", "sales.columns.date", "日期"),
        ("tables", "sales.columns.customer_id", "客户编码"),
        ("tables", "sales.columns.amount", "金额"),
    ]
    data = json.loads(kam("check", book, *AS_OF, "--json").out)
    assert (data["ok"], data["tables"]["sales"]["found_by"]) == (True, "config")


def test_rows_of_the_settings_sheet_change_and_others_stay(make_workbook, kam, tmp_path):
    rows = [
        ["策略段", "参数", "值", "备注"],
        ["identification", "top_percent", 0.3, "销售总监"],
        ["tables", "sales.header_row", 1, "以前"],
        ["tables", "sales.columns.amount", "金额", ""],
        ["tables", "returns.sheet", None, "空"],
    ]
    book, out = make_workbook({**FOUND, "KAM 设置": rows}), tmp_path / "out.xlsx"
    before = book.read_bytes()
    kam("map", book, "--save", "workbook", "--yes", "--output", out)
    assert book.read_bytes() == before
    sheet = openpyxl.load_workbook(out)["KAM 设置"]
    found = {row[1]: (row[2], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert found["top_percent"] == (0.3, "销售总监")
    assert found["sales.header_row"] == (1, "以前")
    assert found["sales.sheet"] == ("订单", "Sales")
    assert found["returns.sheet"] == (None, "空")


def test_the_workbook_is_not_written_where_the_configuration_locks_tables(
    make_workbook, kam, tmp_path
):
    book, config = make_workbook(FOUND), tmp_path / "config.yaml"
    config.write_text("tables: {locked: true}\n", encoding="utf-8")
    before = book.read_bytes()
    done = kam("map", book, "--save", "workbook", "--yes", "--config", config)
    assert (done.code, book.read_bytes()) == (1, before)
    assert "POLICY_LOCKED" in done.err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--yes"], "--yes goes with --save"),
        (["--save", "config"], "--save needs --yes"),
        (["--save", "config", "--yes", "--output", "x.xlsx"], "--output goes with"),
    ],
)
def test_options_that_do_not_go_together(make_workbook, kam, options, expected):
    done = kam("map", make_workbook(FOUND), *options)
    assert done.code == 2
    assert expected in done.err


# the dialogue -------------------------------------------------------------------


class Person:
    """Answers questions in turn, and takes the default where the answers have run out."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []

    def ask(self, text: str, default: str) -> str:
        return (self.answers.pop(0) if self.answers else default) or default

    def hear(self, line: str) -> None:
        self.heard.append(line)


@pytest.fixture
def talk(kam, tmp_path):
    """What a person's answers come to: the mappings, where to save them, what was said."""

    def hold(book: Path, *answers: str, save: str | None = None):
        config = tmp_path / "empty.yaml"
        config.write_text("", encoding="utf-8")
        setup, person = load_setup(config), Person(*answers)
        with open_headless(book) as opened:
            options = Options(as_of=date(2026, 6, 30))
            mapper = Mapper(opened, setup.host, setup.settings, options)
            found, where = Dialogue(mapper, "en", person.ask, person.hear).hold(save)
        assert not person.answers, "answers that nobody asked for"
        return found, where, "\n".join(person.heard)

    return hold


def test_what_was_found_is_kept_by_default(make_workbook, talk):
    found, where, heard = talk(make_workbook(FOUND))
    assert list(found) == ["sales"]
    assert where is None
    assert "Sales  订单, headers in row 1 · one row each" in heard
    assert "Sales               2 rows would be read, amounts 150.50" in heard


def test_sheet_and_columns_are_said_one_by_one_and_tried_out(make_workbook, talk):
    found, where, heard = talk(
        make_workbook(ODD),
        *("s", "流水"),
        "h",
        "1",
        *("c", "哪天", "谁", "没有", "成交额", "."),
        "k",
        save="config",
    )
    columns = {"date": "哪天", "customer_id": "谁", "amount": "成交额"}
    assert found == {"sales": TableMapping(sheet="流水", header_row=1, columns=columns)}
    assert where == "config"
    assert "There is no such header; there are: 哪天, 谁, 成交额" in heard
    assert "2 rows would be read, amounts 150.50" in heard


def test_several_sheets_by_number_and_a_row_that_is_no_number(make_workbook, talk):
    found, _, heard = talk(
        make_workbook(ODD),
        *("s", "2; 旧流水"),
        *("h", "drei"),
        *("c", "哪天", "谁", "成交额", "."),
        "k",
    )
    assert found["sales"].sheets == ("流水", "旧流水")
    assert "Enter a whole number." in heard
    assert "3 rows would be read, amounts 250.50" in heard


def test_a_column_can_be_said_not_to_be_there(make_workbook, talk):
    book = make_workbook({"订单": [["日期", "客户编码", "金额", "折扣"], [DAY, "A", 100, 5]]})
    needed = ["", "", ""]  # date, customer, amount as they are
    found, _, _ = talk(book, "c", *needed, *["-"] * (len(Sales.columns) - 3), "k")
    assert found["sales"].columns["discount"] is None


def test_of_several_sheets_one_is_chosen(make_workbook, kam, talk):
    rows = [["日期", "客户编码", "金额"], *ROWS]
    book = make_workbook({"甲表": rows, "乙表": [*rows, [DAY, "C", 1]]})
    printed = kam("map", book)
    assert printed.code == 1
    assert "  # sales: not clear" in printed.out.splitlines()
    assert "TABLE_AMBIGUOUS" in printed.out
    found, _, heard = talk(book, "s", "乙表", "k")
    assert found["sales"].sheet == "乙表"
    assert "3 rows would be read, amounts 151.50" in heard


def test_a_table_that_cannot_be_read_is_not_kept(make_workbook, talk):
    found, _, heard = talk(make_workbook({"流水": [["甲", "乙"], ["x", "y"]]}), "k", "x")
    assert found == {}
    assert "It cannot be read like this." in heard


def test_answers_that_are_none_are_asked_again_and_what_is_lacking_is_named(make_workbook, talk):
    wide = [["谁", "1月", "2月"], ["东方商场", 1, 2], ["恒通工业", 4, 5]]
    found, _, heard = talk(
        make_workbook({"2025": wide}), *("q", "k"), *("c", "", "谁", "."), "k", save="config"
    )
    assert "Enter one of these: k, s, h, c, y, x, r." in heard
    assert "Customer ID           not there (Customer Name will do)" in heard
    assert "It cannot be read like this; it lacks: Customer ID." in heard
    assert found["sales"].columns == {"customer_id": "谁"}


def test_a_year_is_said_for_months_without_one(make_workbook, talk):
    wide = [["客户编码", "1月", "2月", "3月"], ["A", 1, 2, 3], ["B", 4, 5, 6]]
    found, _, heard = talk(make_workbook({"销售": wide}), *("y", "2025"), "k")
    assert found["sales"].year == 2025
    assert "months 2025-01 to 2025-03 in columns" in heard


def test_people_are_asked_on_a_terminal(make_workbook, kam, monkeypatch, tmp_path):
    answers = iter(["k", "r"])
    monkeypatch.setattr(mapping, "is_terminal", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: next(answers))
    done = kam("map", make_workbook(FOUND), "--save", "config")
    assert (done.code, done.err) == (0, "")
    assert "Saved: " in done.out
    text = (tmp_path / "config" / "kam_excel" / "config.yaml").read_text("utf-8")
    assert list(sections(text)["tables"]) == ["sales"]


# what is remembered reads the same ------------------------------------------------

LAYOUTS = {
    "a title above, a unit in the header": {
        "订单": [["二〇二六年订单"], ["日期", "客户编码", "销售额(万元)"], *ROWS]
    },
    "a header of two rows": {
        "订单": [
            ["订单", "客户", None, None],
            ["日期", "编码", "名称", "金额"],
            [DAY, "A", "甲", 7],
        ]
    },
    "a sheet for each year": {
        "2025": [["日期", "客户编码", "金额"], [date(2025, 3, 5), "A", 1]],
        "2026": [["日期", "客户编码", "金额"], *ROWS],
    },
    "sheets with their headers in other rows": {
        "2025": [["日期", "客户编码", "金额"], [date(2025, 3, 5), "A", 1]],
        "2026": [["title"], ["日期", "客户编码", "金额"], *ROWS],
    },
    "months in columns": {"2025销售": [["客户编码", "1月", "2月"], ["A", 1, 2], ["B", 4, 5]]},
    "documents and lines": {
        "单据": [["单据号", "日期", "客户编码"], ["X1", DAY, "A"], ["X2", DAY, "B"]],
        "明细": [["单据号", "产品编码", "金额"], ["X1", "p", 5], ["X1", "q", 6], ["X2", "p", 7]],
    },
    "two tables below each other": {
        "数据": [
            *[["日期", "客户编码", "金额"], *ROWS],
            [],
            *[["客户编码", "客户名称", "客户类型"], ["A", "甲", "终端"], ["B", "乙", "终端"]],
        ]
    },
    "two blocks beside each other": {
        "订单": [
            ["日期", "客户编码", "金额", None, "日期", "客户编码", "金额"],
            *[[*row, None, *row] for row in ROWS],
        ]
    },
}


@pytest.mark.parametrize("save", ["config", "workbook"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_remembered_reads_the_same(layout, save, make_workbook, kam):
    book = make_workbook(LAYOUTS[layout])
    before = json.loads(kam("check", book, *AS_OF, "--json").out)
    done = kam("map", book, "--save", save, "--yes")
    after = json.loads(kam("check", book, *AS_OF, "--json").out)
    assert before["reconciliation"]["sales"]
    assert (done.code, after["ok"], after["problems"]) == (0, before["ok"], before["problems"])
    assert after["reconciliation"] == before["reconciliation"]
    said = layout != "two blocks beside each other"  # the settings have no words for that
    assert (after["tables"]["sales"]["found_by"] == "config") is said
