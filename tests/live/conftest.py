"""All that a user can do in an open workbook, recorded without Excel."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

import openpyxl
import pandas as pd
import pytest
import xlwings as xw
from kam_excel_plugins.incentives.agreements import RebatePolicies, RebateTiers
from openpyxl.worksheet.table import Table as ExcelTable

import kam_excel.pipeline.run as pipeline_run
from kam_excel import Key, Table, column, headless
from kam_excel.codes import Language
from kam_excel.contract.strategy import Run
from kam_excel.pipeline import issue_book
from kam_excel.pipeline.setup import load_setup
from kam_excel.ribbon import handlers, on_action
from kam_excel.ribbon.actions import actions_of
from kam_excel.testing.books import write_workbook
from kam_excel.workbook.restoring import all_or_nothing
from kam_excel.workbook.write import write_output
from live.recording import Recording, recording

PLUGINS = Path(__file__).parent / "plugins"
CONFIG = f"run:\n  as_of: 2026-06-30\nplugins:\n  folders: [{PLUGINS}]\n"
HEADERS: dict[Language, list[str]] = {
    "zh": ["日期", "客户编码", "客户名称", "金额"],
    "en": ["Date", "Customer ID", "Customer Name", "Amount"],
}


@dataclass
class Clicks:
    """An open workbook, and what clicks in it showed."""

    app: xw.App
    book: xw.Book
    language: Language

    def click(self, action: str) -> str:
        before = len(self.app.impl.alerts)
        on_action(action, self.language)
        return "\n".join(self.app.impl.alerts[before:])


@pytest.fixture(scope="module")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A configuration and a log of the tests' own; the program for the log is not started."""
    folder = tmp_path_factory.mktemp("live")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setattr(handlers.system, "launch", lambda *_, **__: 0)
        config = folder / "config.yaml"
        config.write_text(CONFIG, encoding="utf-8")
        patch.setenv("KAM_EXCEL_CONFIG", str(config))
        yield folder


@pytest.fixture(scope="module", params=["zh", "en"])
def clicks(request: pytest.FixtureRequest, own_folders: Path) -> Iterator[Clicks]:
    path = company(own_folders / f"{request.param}.xlsx", request.param)
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    book = app.books.open(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xw.Book, "_mock_caller", None, raising=False)  # put back at the end
        book.set_mock_caller()
        yield Clicks(app, book, request.param)
    app.quit()


def company(path: Path, language: Language) -> Path:
    """A company's workbook: an Excel table, hidden and merged cells, a name, an amount that is
    doubtful.
    """
    rows = [[date(2026, 1 + i % 6, 5), f"C{i % 4}", f"Name {i % 4}", 100 + i] for i in range(12)]
    rows.append([date(2026, 3, 9), "C1", "Name 1", "abc"])
    sheets = {"Sales": [HEADERS[language], *rows], "Notes": [["x", None], [1, 2]]}
    write_workbook(path, sheets | agreements(language))
    book = openpyxl.load_workbook(path)
    book["Sales"].add_table(ExcelTable(displayName="sales", ref=f"A1:D{len(rows) + 1}"))
    book["Sales"].row_dimensions[4].hidden = True
    book["Notes"].merge_cells("A1:B1")
    book.defined_names["period"] = openpyxl.workbook.defined_name.DefinedName(
        "period", attr_text="Notes!$A$2:$B$2"
    )
    book.save(path)
    return path


def agreements(language: Language) -> dict[str, list[list[object]]]:
    """A rebate policy with its tiers, so that every strategy has something to write."""
    year = [date(2026, 1, 1), date(2026, 12, 31)]
    policy = {"policy_id": "R1", "valid_from": year[0], "valid_to": year[1], "basis": "sales"}
    tiers = [{"policy_id": "R1", "tier_lower": lower, "rebate_amount": 5} for lower in (0, 300)]
    tables = ((RebatePolicies, [policy]), (RebateTiers, tiers))
    return {
        table.title(language): [
            [table.columns[name].header(language) for name in rows[0]],
            *([*row.values()] for row in rows),
        ]
        for table, rows in tables
    }


class Looks(Table, zh="外观", en="Looks"):
    """The output of the plugin as another version of it declares it."""

    code: Key = column(zh="编码", en="Code")


class BrokenError(Exception):
    """What Excel raises in the middle of something."""


def _fail(clicks: Clicks) -> str:
    """Run, and break off when the outputs are written; what is said."""

    def remember(*_: object) -> NoReturn:
        raise BrokenError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline_run, "remember", remember)
        return clicks.click("run")


def _fail_upon_other_columns(clicks: Clicks) -> None:
    """Break off where an output is written that a plugin declared with other columns."""
    facts = Run(as_of=date(2026, 6, 30), language=clicks.language)
    with contextlib.suppress(BrokenError), all_or_nothing(clicks.book, [Looks], facts):
        frame = Looks.frame(pd.DataFrame({"code": ["A"]}))
        write_output(clicks.book, Looks, frame, facts, "")
        raise BrokenError


@contextlib.contextmanager
def _as_in_excel() -> Iterator[None]:
    """Nothing computes but Excel; the adapter alone has its other side."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (handlers, issue_book):
            patch.setattr(module, "is_headless", lambda book: False)
        yield


@pytest.fixture(scope="module")
def recorded(clicks: Clicks) -> Recording:
    """What is used by every action, by runs upon earlier ones, and by those that break off."""
    sales = clicks.book.sheets["Sales"]
    with recording("kam_excel_folder_plugins") as noted, _as_in_excel():
        refused = clicks.click("run")  # one amount is no number
        sales.range("D14").value = 70
        failed = [_fail(clicks)]
        done = [clicks.click(action.id) for action in actions_of(load_setup(None).host)]
        sales.range("B2:B4").value = [["C77"], ["C78"], ["C79"]]
        clicks.book.sheets[Looks.title(clicks.language)].range("A5").note.text = "mine"
        done.append(clicks.click("run"))
        sales.range("B2:B4").value = [["C1"], ["C1"], ["C1"]]
        failed.append(_fail(clicks))
        _fail_upon_other_columns(clicks)
    assert "NUMBER_NOT_READABLE" in refused
    assert all("BrokenError" in said for said in failed)
    assert not any(said.splitlines()[0].isupper() for said in done if said)
    return noted
