"""Both wheels in an environment of their own: the plugin is found by all three doors."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import date

import openpyxl

SALES = [
    ["Date", "Customer ID", "Amount"],
    [date(2026, 3, 5), "A", 70000],
    [date(2026, 4, 5), "B", 500],
]
ITEMS = [
    ["Customer ID", "Document Date", "Due Date", "Open Amount"],
    ["A", date(2026, 3, 5), date(2026, 4, 4), 800],
]


def kam(run, *arguments):
    done = run("kam-excel", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


WHERE = """
import sys
import kam_excel, kam_excel.cli, kam_excel_plugins, kam_credit
from importlib.metadata import distributions
from importlib.util import find_spec
for each in (kam_excel, kam_excel_plugins, kam_credit):
    print(each.__file__)
print(sorted(each.name for each in distributions() if each.name.startswith("kam")))
print(find_spec("openpyxl"))
print("pytest" in sys.modules)
"""


def test_nothing_but_the_wheels_and_what_they_require_is_there(
    in_clean_environment, clean_environment
):
    *files, ours, for_tests, kit = in_clean_environment("python", "-c", WHERE).stdout.splitlines()
    assert len(files) == 3
    assert all(file.startswith(str(clean_environment)) for file in files), files
    assert ours == "['kam_credit', 'kam_excel']"
    assert for_tests == "None"
    assert kit == "False"


def test_the_strategy_is_described(in_clean_environment):
    told = json.loads(kam(in_clean_environment, "describe", "--json"))
    assert {"credit", "identification"} <= {each["name"] for each in told["strategies"]}


def test_the_strategy_runs(in_clean_environment, make_workbook, tmp_path):
    book = make_workbook({"Sales": SALES, "Open Items": ITEMS})
    target = tmp_path / "done.xlsx"
    kam(in_clean_environment, "run", book, "--output", target, "--as-of", "2026-06-30")
    sheet = openpyxl.load_workbook(target)["Credit Status"]
    assert list(sheet.tables) == ["kam_credit_status"]
    assert [cell.value for cell in sheet[6]][:4] == ["A", None, "stop", 800]


def test_the_strategy_has_a_button(in_clean_environment, tmp_path):
    path = tmp_path / "kam.xlam"
    kam(in_clean_environment, "addin", "build", path)
    with zipfile.ZipFile(path) as archive:
        ribbon = archive.read("customUI/customUI.xml").decode()
        (sheet,) = (archive.read(n).decode() for n in archive.namelist() if "/sheet1.xml" in n)
    assert 'tag="run.credit"' in ribbon
    assert 'tag="run.identification"' in ribbon
    assert "信用额度检查" in sheet
    assert "Check credit limits" in sheet


CLICK = """
import sys, xlwings as xw
from kam_excel import headless
headless.register()
book = xw.engines["headless"].apps.add(visible=False, add_book=False).books.open(sys.argv[1])
book.set_mock_caller()
import kam_excel.ribbon; kam_excel.ribbon.on_action('run.credit', 'zh')
print(*book.app.impl.alerts, *(sheet.name for sheet in book.sheets), sep="\\n")
"""


def test_the_button_runs_the_strategy(in_clean_environment, make_workbook):
    book = make_workbook({"Sales": SALES, "Open Items": ITEMS})
    done = in_clean_environment("python", "-c", CLICK, book)
    assert "Credit Status" in done.stdout.splitlines(), done.stdout + done.stderr


def test_the_tests_of_the_example_pass(in_clean_environment, example, tmp_path):
    tests = shutil.copytree(example / "tests", tmp_path / "example" / "tests")
    (tests.parent / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    done = in_clean_environment("python", "-m", "pytest", "-q", tests)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
