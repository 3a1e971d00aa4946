"""Three runs in three months: entered, kept, left and buffered accounts come out as planted."""

from __future__ import annotations

import runpy
import shutil
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw
from python_calamine import CalamineWorkbook

from kam_excel import headless
from kam_excel.cli import run_cli

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
PLANTED = runpy.run_path(str(WORKBOOKS / "planted.py"))  # the demo's folder is no package of ours
RUNS, EXPECTED_CHANGES = PLANTED["RUNS"], PLANTED["EXPECTED_CHANGES"]
EXPECTED_RISKS = PLANTED["EXPECTED_RISKS"]


def table_of(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of an output; empty cells are None."""
    cells = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    rows = [[None if c == "" else c for c in row] for row in cells.to_python(skip_empty_area=False)]
    return [dict(zip(rows[4], row, strict=True)) for row in rows[5:] if any(row)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> list[dict[str, dict[str, object]]]:
    """The list of key accounts after each run, by customer."""
    book = tmp_path_factory.mktemp("months") / "demo.xlsx"
    shutil.copyfile(WORKBOOKS / "demo_en.xlsx", book)
    lists = []
    for as_of in RUNS:
        assert run_cli(["run", str(book), "--in-place", "--as-of", as_of.isoformat()]) == 0
        lists.append({str(row["Customer ID"]): row for row in table_of(book, "Key Accounts")})
    return lists


def with_change(rows: dict[str, dict[str, object]], change: str) -> set[str]:
    return {account for account, row in rows.items() if row["Change"] == change}


def test_the_first_run_knows_no_change(runs):
    assert {row["Change"] for row in runs[0].values()} == {None}
    assert {row["Key Account Before"] for row in runs[0].values()} == {None}


@pytest.mark.parametrize("number", [1, 2])
def test_accounts_enter_leave_and_stay_as_planted(runs, number):
    rows, expected = runs[number], EXPECTED_CHANGES[RUNS[number]]
    for change, accounts in expected.items():
        assert with_change(rows, change) == accounts, change
    before = {account for account, row in runs[number - 1].items() if row["Key Account"] == "Yes"}
    now = {account for account, row in rows.items() if row["Key Account"] == "Yes"}
    assert with_change(rows, "kept") == (before & now) - expected["buffered"]
    assert all(rows[each]["Selected By"] == "hysteresis" for each in expected["buffered"])


def test_the_years_as_key_account_begin_with_the_first_list(runs):
    assert {row["Consecutive Years as Key Account"] for row in runs[2].values()} == {0, 1}


def test_the_planted_risks_are_seen(runs):
    levels = {text: runs[2][account]["Risk Level"] for text, account in EXPECTED_RISKS.items()}
    assert levels == {text: text.partition(",")[0] for text in EXPECTED_RISKS}


# The same on a small workbook, byte by byte --------------------------------------------------

ACCOUNTS = [f"K{n:02}" for n in range(10)]
# Monthly sales from May 2025 on: K02 falls behind K03 in May 2026 and recovers nothing.
SALES = [
    ["Date", "Customer ID", "Amount"],
    *[
        [date(2025 + (4 + m) // 12, (4 + m) % 12 + 1, 5), account, 100 * (10 - n) + 7 * m]
        for n, account in enumerate(ACCOUNTS)
        for m in range(14)
    ],
]
DAYS = ("2026-04-30", "2026-05-31", "2026-06-30")


def test_running_any_month_again_changes_no_byte(make_workbook, kam):
    book = make_workbook({"Sales": SALES})
    after = {}
    for day in DAYS:
        assert kam("run", book, "--in-place", "--as-of", day).code == 0
        after[day] = book.read_bytes()
        assert kam("run", book, "--in-place", "--as-of", day).code == 0
        assert book.read_bytes() == after[day]
    assert kam("run", book, "--in-place", "--as-of", DAYS[1]).code == 0
    assert kam("run", book, "--in-place", "--as-of", DAYS[2]).code == 0
    assert book.read_bytes() == after[DAYS[2]]


# Decisions by hand ---------------------------------------------------------------------------


def fill_in(book: Path, account: str, **cells: str) -> None:
    """Type into the list as a user does in Excel."""
    headless.register()
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    opened = app.books.open(str(book))
    sheet = opened.sheets["Key Accounts"]
    headers = sheet.range("A5").expand("right").value
    ids = sheet.range("B6").expand("down").value
    for header, text in cells.items():
        column = headers.index(header.replace("_", " ")) + 1
        sheet.range((6 + ids.index(account), column)).value = text
    opened.save()
    app.quit()


def test_people_add_and_remove_accounts_and_their_reasons_stay(make_workbook, kam):
    book = make_workbook({"Sales": SALES})
    kam("run", book, "--in-place", "--as-of", DAYS[0])
    fill_in(book, "K09", Manual_Adjustment="add", Reason_for_Adjustment="new plant")
    fill_in(book, "K00", Manual_Adjustment="remove", Reason_for_Adjustment="in dispute")
    for day in DAYS[:2]:
        assert kam("run", book, "--in-place", "--as-of", day).code == 0
    rows = {row["Customer ID"]: row for row in table_of(book, "Key Accounts")}
    assert (rows["K09"]["Key Account"], rows["K09"]["Selected By"]) == ("Yes", "manual")
    assert rows["K09"]["Reason for Adjustment"] == "new plant"
    assert (rows["K00"]["Key Account"], rows["K00"]["Reason Code"]) == ("No", "REMOVED_BY_HAND")
    assert "in dispute" in str(rows["K00"]["Reason"])


def test_a_decision_without_a_reason_stops_the_run_and_names_the_cell(make_workbook, kam):
    book = make_workbook({"Sales": SALES})
    kam("run", book, "--in-place", "--as-of", DAYS[0])
    fill_in(book, "K09", Manual_Adjustment="add")
    before = book.read_bytes()
    done = kam("run", book, "--in-place", "--as-of", DAYS[1])
    assert done.code == 1
    assert "MANUAL_INCOMPLETE" in done.err
    assert "Key Accounts" in done.err
    assert "AC15" in done.err
    assert book.read_bytes() == before


def test_an_account_that_leaves_is_listed_once_more_and_its_words_come_back(make_workbook, kam):
    early = [row for row in SALES if row[1] != "K00" or row[0] <= date(2025, 7, 31)]
    book = make_workbook({"Sales": early})
    kam("run", book, "--in-place", "--as-of", "2025-07-31")
    fill_in(book, "K01", Reason_for_Adjustment="watch")
    kam("run", book, "--in-place", "--as-of", "2026-07-31")
    rows = {row["Customer ID"]: row for row in table_of(book, "Key Accounts")}
    assert (rows["K00"]["Change"], rows["K00"]["Net Sales"]) == ("dropped", 0)
    assert rows["K00"]["Rank"] is None
    assert rows["K01"]["Reason for Adjustment"] == "watch"
