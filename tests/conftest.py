"""Fixtures shared by all tests: the kit for plugin authors, the command line, files of Excel."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import hypothesis
import pytest

from kam_excel.cli import run_cli

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("kam_excel", deadline=None)
hypothesis.settings.load_profile("kam_excel")

pytest_plugins = ("kam_excel.testing", "pytester")


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
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")


LEFT_OUT = pytest.StashKey[int]()


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Count the tests of `office` that are left out."""
    if items:
        count = sum("office" in item.keywords for item in items)
        stash = items[0].config.stash
        stash[LEFT_OUT] = stash.get(LEFT_OUT, 0) + count


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the count to the process that reports; with --no-skips a skipped test is a failure."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["left_out"] = config.stash.get(LEFT_OUT, 0)
        return
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if config.getoption("--no-skips") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker collects all the tests, so that one count is that of all."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests of `office` were left out."""
    left_out = terminalreporter.config.stash.get(LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(f"{left_out} tests marked office were left out: make office")


# workbooks of Excel -----------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."

Given = float | bool | str | tuple[str, object]


def _cell_markup(name: str, given: Given) -> str:
    """A cell: a value, or a formula and the value that is cached for it.

    A formula may be a whole `<f>` element; cached texts that begin with # are errors.
    """
    formula, value = given if isinstance(given, tuple) else ("", given)
    f = ""
    if formula:
        f = formula if formula.startswith("<f") else f"<f>{escape(formula)}</f>"
    if value is None:
        return f'<c r="{name}">{f}</c>'
    if isinstance(value, bool):
        return f'<c r="{name}" t="b">{f}<v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{name}">{f}<v>{value!r}</v></c>'
    kind = "e" if str(value).startswith("#") else "str"
    return f'<c r="{name}" t="{kind}">{f}<v>{escape(str(value))}</v></c>'


def _sheet_xml(cells: Mapping[str, Given]) -> str:
    """A worksheet with cells that are given row by row."""
    rows: dict[int, str] = {}
    for name, given in cells.items():
        row = int(re.sub("[A-Z]", "", name))
        rows[row] = rows.get(row, "") + _cell_markup(name, given)
    data = "".join(f'<row r="{row}">{rows[row]}</row>' for row in sorted(rows))
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{data}</sheetData></worksheet>'


@pytest.fixture
def excel_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook as Excel saves it: `excel_file({sheet: {"A1": value, "B1": (formula,
    cached value)}}, names={}, calc="<calcPr/>", saved=ISO date)`; names say what they refer to.
    """

    def make(
        sheets: Mapping[str, Mapping[str, Given]], name: str = "excel.xlsx", **rest: Any
    ) -> Path:
        return _write_excel_file(tmp_path / name, sheets, **rest)

    return make


@pytest.fixture(scope="session")
def write_excel_file() -> Callable[..., Path]:
    """The same at a path of one's own: `write_excel_file(path, sheets)`."""
    return _write_excel_file


@pytest.fixture
def cell_xml() -> Callable[[Path, int, str], str]:
    """A cell of a file as it is written, by the number of its sheet; "" where there is none."""

    def read(path: Path, sheet: int, name: str) -> str:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(f"xl/worksheets/sheet{sheet}.xml").decode()
        found = re.search(rf'<c r="{name}"[^>]*?(?:/>|>.*?</c>)', text)
        return found[0] if found else ""

    return read


def _write_excel_file(
    path: Path,
    sheets: Mapping[str, Mapping[str, Given]],
    names: Mapping[str, str] | None = None,
    calc: str = '<calcPr calcId="191029"/>',
    saved: str = "2026-03-02T08:00:00Z",
) -> Path:
    """Write a workbook as Excel saves it: formulas with the values cached for them."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheets, 1)
    )
    defined = "".join(
        f'<definedName name="{name}">{escape(text)}</definedName>'
        for name, text in (names or {}).items()
    )
    defined = f"<definedNames>{defined}</definedNames>" if defined else ""
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _rels(
            [
                (f"{_RELATED}/officeDocument", "xl/workbook.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{saved}</dcterms:modified>'
            "</cp:coreProperties>"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}'
        f"</sheets>{defined}{calc}</workbook>",
        "xl/_rels/workbook.xml.rels": _rels(
            [
                (f"{_RELATED}/worksheet", f"worksheets/sheet{n}.xml")
                for n in range(1, len(sheets) + 1)
            ]
        ),
    }
    for n, cells in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet_xml(cells)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return path


def _types(sheets: int) -> str:
    worksheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}worksheet+xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{worksheets}</Types>"
    )


def _rels(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
