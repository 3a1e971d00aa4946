"""The demo workbooks: everything that the company built in them survives, byte for byte."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

FOLDER = Path(__file__).parents[2] / "workbooks"
BOOKKEEPING = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}
OURS = {"zh": ("大客户名单", "运行历史"), "en": ("Key Accounts", "Run History")}


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def demo(language) -> Path:
    return FOLDER / f"demo_{language}.xlsx"


@pytest.fixture(scope="module")
def done() -> dict[str, tuple[Path, dict]]:
    return {}


@pytest.fixture
def run(kam, done, tmp_path_factory):
    """Run once in place on a copy of the demo of a language; the copy and what was said."""

    def run(language: str) -> tuple[Path, dict]:
        if language not in done:
            name = f"demo_{language}.xlsx"
            copy = Path(shutil.copy(FOLDER / name, tmp_path_factory.mktemp("demo")))
            done[language] = copy, report_of(kam, copy)
        return done[language]

    return run


def report_of(kam, copy: Path) -> dict:
    ran = kam("run", copy, "--in-place", "--as-of", "2026-06-30", "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_only_bookkeeping_changes_beside_our_own_sheets(demo, language, run):
    copy, _ = run(language)
    before, after = zipfile.ZipFile(demo), zipfile.ZipFile(copy)
    changed = {name for name in before.namelist() if after.read(name) != before.read(name)}
    assert changed == BOOKKEEPING
    kinds = ("charts", "pivotTables", "pivotCache", "comments", "media", "drawings", "tables")
    for kind in kinds:
        assert any(kind in name for name in before.namelist()), f"the demo lacks {kind}"


def test_the_company_depends_on_a_fifth_of_its_customers(language, run):
    summary = run(language)[1]["headlines"]["ka_summary"]
    assert summary["n_customers"] == 150
    assert summary["n_key_accounts"] == 30
    assert 0.75 < summary["key_share"] < 0.82


def test_a_second_run_changes_nothing(kam, language, run):
    copy, first = run(language)
    again = report_of(kam, copy)
    assert again["unchanged"] is True
    assert again["headlines"] == first["headlines"]


def test_both_languages_give_the_same_key_accounts_numbers_and_shares(run):
    said, listed = {}, {}
    for language, (sheet, _) in OURS.items():
        copy, report = run(language)
        said[language] = report["headlines"]["ka_summary"] | {"department_advice": None}
        rows = CalamineWorkbook.from_path(str(copy)).get_sheet_by_name(sheet).to_python()
        listed[language] = [
            [cell for cell in row if isinstance(cell, float) or str(cell).isdigit()] for row in rows
        ]
    assert said["zh"] == said["en"]
    assert listed["zh"] == listed["en"]
    assert sum(len(row) for row in listed["zh"]) > 1000


def test_the_sheets_of_the_company_keep_their_names_and_order(demo, language, run):
    copy, _ = run(language)
    company = CalamineWorkbook.from_path(str(demo)).sheet_names
    sheets = CalamineWorkbook.from_path(str(copy)).sheet_names
    assert sheets[: len(company)] == company
    ours = sheets[len(company) :]
    assert (ours[0], ours[-1]) == OURS[language]
