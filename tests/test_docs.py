"""What the documents show works as it stands there."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import xlwings as xw

import kam_excel
from kam_excel.contract.table import Table
from kam_excel.host import make_host
from kam_excel.pipeline import core

DOCS = Path(__file__).parents[1] / "docs"
BLOCKS = re.findall(r"```python\n(.*?)```", (DOCS / "write-a-plugin.md").read_text("utf-8"), re.S)


@pytest.fixture
def run_block(monkeypatch):
    """Run a block as a module that may use all public words, whether it imports them or not."""

    def run(block: str) -> ModuleType:
        module = ModuleType("shown_in_the_docs")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        vars(module).update({name: getattr(kam_excel, name) for name in kam_excel.__all__})
        exec("from __future__ import annotations\n" + block, vars(module))
        return module

    return run


def test_the_plugin_of_the_guide_can_be_loaded(run_block):
    host = make_host(core, run_block(BLOCKS[0]))
    assert "acme_visits" in host.strategies
    assert "acme_visits" in {policy.section for policy in host.policies()}


def test_the_looks_of_the_guide_can_be_declared(run_block):
    table = run_block(BLOCKS[1]).Visits
    assert issubclass(table, Table)
    assert table.manual() == ("verdict", "why")
    assert [chart.id for chart in table.charts] == ["visits"]


def test_the_script_for_xlwings_runs(make_workbook, monkeypatch, capsys):
    rows = [["Region", "Sales"], ["East", 10], ["West", 25.5], ["East", 5]]
    path = make_workbook({"Orders": rows})
    monkeypatch.chdir(path.parent)
    (block,) = re.findall(
        r"```python\n(.*?)```", (DOCS / "without-excel.md").read_text("utf-8"), re.S
    )
    try:
        exec(block, {})
    finally:
        xw.apps.cleanup()
        for app in list(xw.apps):
            app.quit()
    assert capsys.readouterr().out == "40.5\n"
    book = openpyxl.load_workbook(path)
    assert book["By region"].tables["regions"].ref == "A1:B3"
    assert len(book["By region"]._charts) == 1


def test_every_document_that_a_document_names_is_there():
    for path in [DOCS.parent / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name} names {target}"
