"""`run --diff`: what a run would write, cell by cell, before anything is written."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_excel import Integer, Key, Table, Text, column
from kam_excel.pipeline.workbook_file import open_headless
from kam_excel.workbook.difference import differences
from kam_excel.workbook.snapshot import Snapshot

AS_OF = "2026-06-30"
HEADER = ["日期", "客户编码", "金额"]
DAY = date(2026, 3, 5)
SALES = {"A": 400, "B": 250, "C": 100}


def sales_of(amounts: dict[str, float]) -> dict:
    return {"销售明细": [HEADER, *([DAY, name, amount] for name, amount in amounts.items())]}


@pytest.fixture
def book(make_workbook, kam):
    """A workbook that was run once, and then had its sales changed."""
    path = make_workbook(sales_of(SALES))
    assert kam("run", path, "--in-place", "--as-of", AS_OF).code == 0

    def change(amounts: dict[str, float]):
        with open_headless(path) as opened:
            sheet = opened.sheets["销售明细"]
            sheet.range("A2:C200").clear_contents()
            sheet.range("A2").value = [[DAY, name, amount] for name, amount in amounts.items()]
            opened.save()
        return path

    return change


def difference_of(kam, path, table: str, *more: str) -> dict:
    done = kam("run", path, "--diff", "--as-of", AS_OF, "--json", *more)
    assert (done.code, done.err) == (0, "")
    return next(each for each in json.loads(done.out)["differences"] if each["table"] == table)


def test_diff_alone_saves_nothing_and_names_new_sheets(make_workbook, kam):
    path = make_workbook(sales_of(SALES))
    before = path.read_bytes()
    done = kam("run", path, "--diff", "--as-of", AS_OF)
    assert (done.code, path.read_bytes()) == (0, before)
    assert "大客户名单：新工作表，3 行" in done.out
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_same_again_changes_nothing(book, kam):
    done = kam("run", book(SALES), "--diff", "--as-of", AS_OF)
    assert "大客户名单：没有变化" in done.out
    assert "→" not in done.out


def test_a_changed_cell_is_named_by_address_header_and_key(book, kam):
    path = book({**SALES, "B": 300})
    found = difference_of(kam, path, "key_accounts")
    assert found["state"] == "changed"
    changed = {(c["column"], c["key"]): (c["cell"], c["old"], c["new"]) for c in found["cells"]}
    assert changed["净销售额", "B"] == ("E7", 250, 300)
    assert ("净销售额", "A") not in changed
    assert "大客户名单!E7 净销售额 [B]：250 → 300" in kam("run", path, "--diff").out


def test_rows_come_and_go_by_their_keys_wherever_they_stand(book, kam):
    path = book({"D": 900, "A": 400, "B": 250})
    found = difference_of(kam, path, "key_accounts")
    assert found["added"] == [{"row": 6, "key": "D"}]
    assert found["removed"] == [{"row": 8, "key": "C"}]
    assert ("排名", "A", 1, 2) in {
        (c["column"], c["key"], c["old"], c["new"]) for c in found["cells"]
    }
    out = kam("run", path, "--diff", "--as-of", AS_OF, "--language", "en").out
    assert "  + 大客户名单!6:6 [D]" in out
    assert "  - 大客户名单!8:8 [C]" in out


def test_another_language_compares_the_columns_that_are_the_same(book, kam):
    found = difference_of(kam, book(SALES), "key_accounts", "--language", "en")
    assert (found["added"], found["removed"]) == ([], [])
    changed = {(c["column"], c["old"], c["new"]) for c in found["cells"]}
    assert ("", "净销售额", "Net Sales") in changed
    assert ("Key Account", "是", "Yes") in changed
    assert not {each for each in changed if each[0] == "Net Sales"}


def test_long_lists_are_cut_and_the_rest_is_counted(book, kam):
    path = book({f"N{i:03}": 1000 + i for i in range(120)})
    found = difference_of(kam, path, "key_accounts", "--language", "en")
    assert (found["counts"]["added"], len(found["added"])) == (120, 50)
    lines = kam("run", path, "--diff", "--as-of", AS_OF, "--language", "en").out.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("大客户名单:"))
    rest = sum(found["counts"].values()) - 50
    assert lines[first + 51] == f"  … and {rest} more"


def test_hidden_sheets_are_counted_only(book, kam):
    out = kam("run", book({**SALES, "B": 300}), "--diff", "--as-of", AS_OF, "--language", "en").out
    assert "运行历史 (hidden): " in out
    assert "运行历史!" not in out


def test_diff_with_a_target_writes_and_says_what(book, kam, tmp_path):
    path, out = book({**SALES, "B": 300}), tmp_path / "out.xlsx"
    done = kam("run", path, "--diff", "--output", out, "--as-of", AS_OF)
    assert "250 → 300" in done.out
    with open_headless(out) as opened:
        assert opened.sheets["大客户名单"]["E7"].value == 300


class Stock(Table, zh="库存", en="Stock", key=("product",)):
    product: Key = column(zh="产品", en="Product")
    pieces: Integer = column(zh="件数", en="Pieces")


class Log(Table, zh="日志", en="Log"):
    line: Text = column(zh="行", en="Line")


def snapshot(headers: list[str], rows: list[list]) -> Snapshot:
    body = rows or [[None] * len(headers)]
    return Snapshot("S", False, [headers, *body], 1, len(body) + 1, 1, len(headers))


stocks = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3))


@given(stocks, stocks)
def test_a_keyed_difference_leads_from_before_to_after(before, after):
    headers = ["产品", "件数"]
    old, new = (snapshot(headers, [[k, v] for k, v in x.items()]) for x in (before, after))
    (found,) = differences({"stock": old}, {"stock": new}, {"stock": Stock})
    assert {row.label for row in found.added} == after.keys() - before.keys()
    assert {row.label for row in found.removed} == before.keys() - after.keys()
    both = before.keys() & after.keys()
    assert {c.label: (c.old, c.new) for c in found.cells} == {
        k: (before[k], after[k]) for k in both if before[k] != after[k]
    }
    assert found.is_unchanged == (before == after)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_equal_rows_of_a_table_without_key_cancel_out(before, after):
    old, new = (snapshot(["行"], [[each] for each in lines]) for lines in (before, after))
    (found,) = differences({"log": old}, {"log": new}, {"log": Log})
    assert len(found.added) - len(found.removed) == len(after) - len(before)
    assert found.is_unchanged == (sorted(before) == sorted(after))


def test_what_stands_outside_the_table_is_compared_by_place():
    old = Snapshot(
        "S", False, [["Old", None], ["产品", "件数"], ["a", 1], [None, "note"]], 2, 3, 1, 2
    )
    new = Snapshot("S", False, [["New", None], ["产品", "件数"], ["a", 1], ["b", 2]], 2, 4, 1, 2)
    (found,) = differences({"stock": old}, {"stock": new}, {"stock": Stock})
    assert [(c.cell, c.old, c.new) for c in found.cells] == [("A1", "Old", "New")]
    assert [row.label for row in found.added] == ["b"]
