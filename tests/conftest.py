"""Fixtures shared by all tests: workbooks made from small tables, and the command line."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import xlsxwriter

from kam_excel.cli import run_cli

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("kam_excel", deadline=None)
hypothesis.settings.load_profile("kam_excel")

Sheets = Mapping[str, Sequence[Sequence[Any]]]


@pytest.fixture
def make_workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write {sheet: rows} to an .xlsx file; dates become date cells."""

    def make(sheets: Sheets, name: str = "company.xlsx") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    if isinstance(cell, (date, datetime)):
                        sheet.write_datetime(i, j, cell, day)
                    else:
                        sheet.write(i, j, cell)
        book.close()
        return path

    return make


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def kam(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Done]:
    """Run `kam-excel` with these arguments, without any configuration of this machine."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KAM_EXCEL_CONFIG", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments: object) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run_cli([str(each) for each in arguments])
        return Done(code, out.getvalue(), err.getvalue())

    return run


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a golden file, or write it there with --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of `office` were left out."""
    left_out = sum(
        "office" in item.keywords for item in terminalreporter.stats.get("deselected", [])
    )
    if left_out:
        terminalreporter.write_line(f"{left_out} tests marked office were left out: make office")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With --no-skips a test that is not run is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
