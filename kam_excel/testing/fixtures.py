"""What pytest gives to the tests of a plugin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kam_excel.codes import Language
from kam_excel.testing.books import Sheets, write_workbook
from kam_excel.testing.golden import UPDATE, compare
from kam_excel.testing.runs import WorkbookRun, run_plugins
from kam_excel.testing.texts import text_of


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one command that writes golden files anew."""
    parser.addoption(UPDATE, action="store_true", help="write golden files anew")


@pytest.fixture
def make_workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: `make_workbook({"Notes": [["a", 1]], Sales: "date, amount\\n…"})`.

    Sheets are given by name with their cells, or by declared table with rows of it; see
    `kam_excel.testing.books`.
    """

    def make(sheets: Sheets, name: str = "company.xlsx", language: Language = "en") -> Path:
        return write_workbook(tmp_path / name, sheets, language)

    return make


@pytest.fixture
def run_workbook(tmp_path: Path, make_workbook: Callable[..., Path]) -> Callable[..., WorkbookRun]:
    """Run plugins on a workbook: `run_workbook(path or sheets, plugin, …, as_of=day)`.

    The result is saved beside the others of the test, the workbook itself stays as it is; see
    `kam_excel.testing.runs.run_plugins` for what else can be said.
    """
    numbers = count(1)

    def run(book: Path | Sheets, *plugins: object, **said: Any) -> WorkbookRun:
        path = book if isinstance(book, Path) else make_workbook(book, **_language(said))
        folder = tmp_path / f"run{next(numbers)}"
        folder.mkdir()
        return run_plugins(path, folder / path.name, *plugins, **said)

    return run


def _language(said: dict[str, Any]) -> dict[str, Any]:
    """A workbook that is made for a run is in the language of the run."""
    return {"language": said["language"]} if said.get("language") else {}


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str | Path, str | pd.DataFrame], None]:
    """Compare with a golden file: `golden("expected.csv", frame or text)`.

    The path is relative to the folder of the test. `pytest --update-golden` writes it anew.
    """

    def check(path: str | Path, given: str | pd.DataFrame) -> None:
        __tracebackhide__ = True
        text = given if isinstance(given, str) else text_of(given)
        compare(request.path.parent / path, text, update=request.config.getoption(UPDATE))

    return check
