"""The demo workbook: everything that the company built in it survives, byte for byte."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

DEMO = Path(__file__).parents[2] / "workbooks" / "demo_zh.xlsx"
BOOKKEEPING = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    return Path(shutil.copy(DEMO, tmp_path_factory.mktemp("demo") / "demo.xlsx"))


def test_only_bookkeeping_changes_beside_our_own_sheets(copy, kam):
    done = kam("run", copy, "--in-place", "--as-of", "2026-06-30", "--json")
    assert done.code == 0, done.err
    before, after = zipfile.ZipFile(DEMO), zipfile.ZipFile(copy)
    changed = {name for name in before.namelist() if after.read(name) != before.read(name)}
    assert changed == BOOKKEEPING
    kinds = ("charts", "pivotTables", "pivotCache", "comments", "media", "drawings", "tables")
    for kind in kinds:
        assert any(kind in name for name in before.namelist()), f"the demo lacks {kind}"


def test_the_company_depends_on_a_fifth_of_its_customers(copy, kam):
    done = kam("run", copy, "--in-place", "--as-of", "2026-06-30", "--json")
    summary = json.loads(done.out)["headlines"]["ka_summary"]
    assert json.loads(done.out)["unchanged"] is True
    assert summary["n_key_accounts"] == -(-summary["n_customers"] // 5)
    assert 0.75 < summary["key_share"] < 0.85


def test_the_sheets_of_the_company_keep_their_names_and_order(copy):
    ours = ["大客户名单", "大客户概览", "数据问题", "运行历史"]
    assert openpyxl.load_workbook(copy, read_only=True).sheetnames == [
        *openpyxl.load_workbook(DEMO, read_only=True).sheetnames,
        *ours,
    ]
