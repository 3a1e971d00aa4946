"""What goes wrong in a click: plugins, writing, Excel, a mistake of ours. One message each."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
import xlwings as xw

from kam_excel.errors import ExcelError
from kam_excel.ribbon.excel import bounded_attempts, excel_error, when_ready

SALES = [
    ["Date", "Customer ID", "Amount"],
    [date(2026, 5, 5), "Smith and Sons", 100],
    [date(2026, 5, 6), "B", 50],
]
HEAD = """
import os, sys
from kam_excel import Frame, Key, Money, RibbonAction, Table, column, hookimpl, strategy
from kam_excel import Sales
from kam_excel.codes import Text
from kam_excel.errors import WorkbookError, problem


class Totals(Table, zh="合计", en="Totals"):
    customer_id: Key = column(zh="客户编码", en="Customer ID")


@strategy(zh="合计", en="Total")
def total(sales: Frame[Sales]) -> Frame[Totals]:
    {body}


def press(book):
    {press}


@hookimpl
def kam_register_strategies():
    return [total]


@hookimpl
def kam_ribbon_actions():
    {given}
"""
BUTTON = 'return [RibbonAction("mail", Text("发送", "Send list"), Text("发送", "Sends it"), press)]'
GIVES = 'return Totals.frame(sales.groupby("customer_id", as_index=False).first()[["customer_id"]])'
BUSY = "error = OSError(); error.hresult = -2147418111; raise error"


@pytest.fixture
def with_plugin(config, tmp_path, make_workbook, opened):
    """Open a workbook where a plugin `acme` is loaded, with these bodies of its functions."""

    def open_(body: str = GIVES, press: str = "pass", given: str = BUTTON):
        folder = tmp_path / "plugins"
        folder.mkdir()
        text = HEAD.format(body=body, press=press, given=given)
        (folder / "acme.py").write_text(text, encoding="utf-8")
        config(f"run:\n  as_of: 2026-06-30\nplugins:\n  folders: [{folder}]\n")
        return opened(make_workbook({"Sales": SALES}))

    return open_


@pytest.fixture
def unchanged():
    """Hold that a click leaves Excel and the file as they were; the message it shows."""

    def click(there, action: str) -> str:
        state, file = there.state(), there.path.read_bytes()
        front = there.book.sheets.active.name
        said = there.click(action)
        assert (there.state(), there.path.read_bytes()) == (state, file)
        assert there.book.sheets.active.name == front
        return said

    return click


# the workbook ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [" company.xlsx", "\u3000company.xlsx", "company.xlsx=b.xlsx"])
def test_a_name_that_xlwings_would_shorten_reaches_no_other_workbook(
    name, with_plugin, monkeypatch
):
    """Both may be open: the one that was clicked in and the one of the shorter name."""
    there = with_plugin()
    sheets = there.sheets()
    monkeypatch.setattr(sys, "argv", ["-c", f"--wb={name}", "--from_xl=1"])
    with pytest.raises(SystemExit, match="WORKBOOK_NAME_CUT") as ended:
        there.click("run")
    assert f"“{name}”" in str(ended.value)
    assert there.sheets() == sheets


def test_any_other_name_reaches_its_workbook(with_plugin, monkeypatch):
    there = with_plugin()
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=my company.xlsx", "--from_xl=1"])
    assert "Written:" in there.click("run")


# plugins ------------------------------------------------------------------------


def test_a_button_of_a_plugin_gets_the_workbook_and_says_nothing(with_plugin):
    there = with_plugin(press='book.sheets[0].range("H1").value = book.name')
    assert there.click("plugin.mail") == ""
    assert there.book.sheets[0].range("H1").value == "company.xlsx"
    assert there.click("plugin.mali").startswith("ACTION_UNKNOWN")


@pytest.mark.parametrize(
    ("press", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("sys.exit(3)", "SystemExit: 3"),
        ('raise WorkbookError(problem("STRUCTURE_LOCKED"))', "WorkbookError: STRUCTURE_LOCKED"),
        ("book.app.calculation = 'manual'; book.app.status_bar = 'x'; 1 / 0", "ZeroDivision"),
    ],
)
def test_what_a_button_raises_names_plugin_and_button(press, said, with_plugin, unchanged):
    message = unchanged(with_plugin(press=press), "plugin.mail")
    assert message.startswith("ACTION_RAISED\nThe button Send list of the plugin acme raised")
    assert said in message


@pytest.mark.parametrize("given", ["1 / 0", "sys.exit()", "return 7"])
def test_a_plugin_that_cannot_give_its_buttons_keeps_no_other_from_working(
    given, with_plugin, unchanged
):
    there = with_plugin(given=given)
    said = unchanged(there, "plugin.mail")
    assert said.startswith("ACTIONS_NOT_GIVEN\nThe plugin acme could not give its buttons")
    assert "Written:" in there.click("run")


def test_a_strategy_that_raises_is_named(with_plugin, unchanged, log):
    there = with_plugin(body='raise ValueError(f"bad {sales.customer_id.iloc[0]}")')
    before = there.cells()
    said = unchanged(there, "run.total")
    assert said.startswith("PLUGIN_RAISED\nStrategy total raised ValueError: bad Smith and Sons")
    assert there.cells() == before
    assert "acme.py" in log()
    assert "Smith" not in log()


def test_the_strategy_of_a_plugin_runs(with_plugin, unchanged):
    there = with_plugin()
    assert "Written: Totals" in unchanged(there, "run.total")
    assert there.book.sheets["Totals"].range("A6:A7").value == ["B", "Smith and Sons"]


def test_an_interrupt_leaves_excel_as_it_was(with_plugin, log):
    there = with_plugin(body="raise KeyboardInterrupt")
    state = there.state()
    with pytest.raises(KeyboardInterrupt):
        there.click("run.total")
    assert there.state() == state
    assert "KeyboardInterrupt, raised in:" in log()


# writing ------------------------------------------------------------------------


def test_an_output_that_cannot_be_written_is_one_message(with_plugin, unchanged, log):
    too_long = GIVES.replace('"customer_id"]])', '"customer_id"]] * 9999)')
    said = unchanged(with_plugin(body=too_long), "run.total")
    assert said.startswith("TEXT_TOO_LONG")
    assert "Log: " in said
    assert "Traceback" not in said
    assert "write_output" in log()


# a mistake of ours, and Excel ---------------------------------------------------


def test_a_mistake_of_ours_says_so_and_the_log_has_where(with_plugin, unchanged, log):
    there = with_plugin()
    there.book.app.impl.books.drop(there.book.impl)  # a state that no code expects
    there.book.impl.model = None
    said = there.click("run")
    assert said.startswith("BUG\nA mistake in kam_excel 0.1.0 (AttributeError")
    assert "Python 3." in said
    assert "xlwings 0.37" in said
    assert 'File "' not in said
    assert "CRITICAL AttributeError, raised in:" in log()


@pytest.mark.parametrize("refused", [("calculation", "manual"), ("status_bar", False)])
def test_an_excel_that_takes_no_setting_is_one_message(
    refused, stubborn_app, make_workbook, opened
):
    there = opened(make_workbook({"Sales": SALES}), stubborn_app)
    state = there.state()
    stubborn_app.impl.refuse(refused, error=BusyError)
    assert there.click("run").startswith("EXCEL_BUSY")
    assert there.state() | {"status_bar": False} == state


def test_a_busy_excel_is_no_mistake_of_a_plugin(with_plugin, unchanged):
    said = unchanged(with_plugin(press=BUSY), "plugin.mail")
    assert said.startswith("EXCEL_BUSY")


class ComError(Exception):
    """What pywin32 raises, as far as it is looked at: number and what Excel says beside it."""

    def __init__(self, hresult: int, excepinfo: tuple[object, ...] | None) -> None:
        super().__init__(hresult, "text", excepinfo, None)
        self.hresult, self.excepinfo = hresult, excepinfo


class CommandError(Exception):
    """What appscript raises, as far as it is looked at."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Command failed: OSERROR: {number}")
        self.errornumber = number


class BusyError(OSError):
    hresult = -2147418111


class ExcelBusyError(Exception):
    """xlwings' own, by its name."""


SAYS = (0, "Microsoft Excel", "The  sheet\nis protected.", "help.chm", 0, -2146827284)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ComError(-2147418111, None), "EXCEL_BUSY", ""),
        (ComError(-2147417846, None), "EXCEL_BUSY", ""),
        (ComError(-2147352567, (0, None, None, None, 0, -2146777998)), "EXCEL_BUSY", ""),
        (CommandError(-1712), "EXCEL_BUSY", ""),
        (ExcelBusyError(), "EXCEL_BUSY", ""),
        (ComError(-2147352567, SAYS), "EXCEL_REFUSED", "The sheet is protected."),
        (CommandError(-50), "EXCEL_REFUSED", "OSERROR: -50"),
    ],
)
def test_errors_of_excel_are_told_by_what_they_bear(error, code, words):
    found = excel_error(error)
    assert [each.code.name for each in found.problems] == [code]
    assert words in found.problems[0].what("en")


@pytest.mark.parametrize("error", [ValueError("x"), OSError(5, "x"), KeyError("hresult")])
def test_other_errors_are_none_of_excels(error):
    assert excel_error(error) is None


def test_xlwings_gives_up_on_a_busy_excel_while_a_click_is_worked(monkeypatch):
    module = SimpleNamespace(N_COM_ATTEMPTS=0)
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    with bounded_attempts():
        assert 0 < module.N_COM_ATTEMPTS < 1_000_000
    assert module.N_COM_ATTEMPTS == 0


def test_a_click_waits_for_a_busy_excel_and_asks_once_at_a_time(monkeypatch):
    module = SimpleNamespace(N_COM_ATTEMPTS=0)
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    asked = []

    def ask() -> str:
        asked.append(module.N_COM_ATTEMPTS)
        if len(asked) < 4:
            raise BusyError
        return "ready"

    assert when_ready(ask, seconds=60, pause=0) == "ready"
    assert (asked, module.N_COM_ATTEMPTS) == ([1, 1, 1, 1], 0)


def test_a_click_does_not_wait_for_ever():
    def ask() -> None:
        raise BusyError

    with pytest.raises(ExcelError) as raised:
        when_ready(ask, seconds=0.05, pause=0.01)
    assert raised.value.problems[0].code.name == "EXCEL_BUSY"


def test_a_message_that_excel_cannot_show_ends_the_process(stubborn_app, make_workbook, opened):
    there = opened(make_workbook({"Sales": SALES}), stubborn_app)
    stubborn_app.impl.shows_nothing = True
    state = there.state()
    with pytest.raises(SystemExit, match="ACTION_UNKNOWN"):
        there.click("nonsense")
    assert there.state() == state


def test_the_installed_xlwings_counts_its_attempts_by_that_name():
    source = Path(xw.__path__[0], "_xlwindows.py").read_text(encoding="utf-8")
    assert "\nN_COM_ATTEMPTS = 0  # 0 means try indefinitely\n" in source
    assert "class ExcelBusyError(Exception)" in source


def test_a_workbook_of_charts_alone_has_no_place_for_a_sheet(tmp_path, opened):
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart").add_chart(openpyxl.chart.BarChart())
    book.remove(book.worksheets[0])
    book.save(tmp_path / "charts.xlsx")
    there = opened(tmp_path / "charts.xlsx")
    for action, code in [("run", "TABLE_MISSING"), ("check", "WORKSHEET_MISSING")]:
        assert there.click(action).startswith(code)
