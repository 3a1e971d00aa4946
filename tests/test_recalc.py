"""`kam-excel recalc`: computes, stores what is trusted, lists the rest."""

from __future__ import annotations

import json

import openpyxl
import pytest

CELLS = {
    "A1": 2,
    "B1": ("A1*10", 20),
    "C1": ("MYFUNC(A1)", 42),
    "D1": ("A1+1", None),
    "E1": ("BESSELJ(A1,1)", None),
}


@pytest.fixture
def doubtful(excel_file):
    """One formula of each standing."""
    return excel_file({"Data": CELLS})


def test_it_says_what_it_did_with_each_formula(doubtful, kam):
    before = doubtful.read_bytes()
    done = kam("recalc", doubtful, "--dry-run", "--language", "en")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{doubtful}: 4 formulas, trusted 1, recomputed 1, stale 1, not reproduced 1",
        "  stale, nothing to compare it with: Data!E1",
        "  not reproduced, what Excel stored is not reproduced: Data!C1",
        "  Dry run, nothing was saved",
    ]
    assert doubtful.read_bytes() == before


def test_it_stores_values_that_were_missing_and_keeps_the_original(doubtful, kam, cell_xml):
    before = doubtful.read_bytes()
    old = {name: cell_xml(doubtful, 1, name) for name in "B1 C1 E1".split()}
    done = kam("recalc", doubtful, "--in-place", "--language", "zh")
    assert done.code == 0
    assert "4 个公式，可信 1，重算 1，过期 1，无法核对 1" in done.out
    assert cell_xml(doubtful, 1, "D1") == '<c r="D1"><f>A1+1</f><v>3</v></c>'
    assert {name: cell_xml(doubtful, 1, name) for name in old} == old
    kept = list((doubtful.parent / ".kam" / "runs").rglob("*.xlsx"))
    assert [path.read_bytes() for path in kept] == [before]


def test_recalculating_again_changes_no_byte(doubtful, kam):
    kam("recalc", doubtful, "--in-place")
    once = doubtful.read_bytes()
    done = kam("recalc", doubtful, "--in-place", "--language", "en")
    assert "  Unchanged" in done.out
    assert doubtful.read_bytes() == once


def test_today_is_the_day_that_is_asked_for(excel_file, kam, tmp_path):
    path = excel_file({"Data": {"A1": ("TODAY()", 46083)}})
    kam("recalc", path, "--output", tmp_path / "as_stored.xlsx")
    kam("recalc", path, "--output", tmp_path / "june.xlsx", "--as-of", "2026-06-30")
    shown = [
        openpyxl.load_workbook(tmp_path / name, data_only=True)["Data"]["A1"].value
        for name in ("as_stored.xlsx", "june.xlsx")
    ]
    assert shown == [46083, 46203]


def test_several_workbooks_are_done_and_every_problem_is_told(excel_file, kam, tmp_path):
    one = excel_file({"Data": {"A1": ("1+1", None)}}, name="one.xlsx")
    two = excel_file({"Data": {"A1": ("2+2", None)}}, name="two.xlsx")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    folder = tmp_path / "out"
    done = kam("recalc", one, bad, tmp_path / "gone.xlsx", two, "--output", folder, "--json")
    assert done.code == 1
    said = json.loads(done.out)
    assert [each["saved"] for each in said["workbooks"]] == [
        str(folder / "one.xlsx"),
        str(folder / "two.xlsx"),
    ]
    assert [each["code"] for each in said["problems"]][1:] == ["FILE_NOT_FOUND"]
    assert len(said["problems"]) == 2
    two_sum = openpyxl.load_workbook(folder / "two.xlsx", data_only=True)["Data"]["A1"].value
    assert two_sum == 4


def test_results_do_not_go_into_files_that_we_cannot_write(excel_file, kam, tmp_path):
    path = excel_file({"Data": {"A1": ("1+1", None)}})
    done = kam("recalc", path, "--output", tmp_path / "old.xls")
    assert done.code == 1
    assert "FILE_KIND_UNSUPPORTED old.xls" in done.err
    assert not (tmp_path / "old.xls").exists()


def test_a_folder_is_no_workbook(kam, tmp_path):
    done = kam("recalc", tmp_path, "--dry-run")
    assert done.code == 1
    assert "FILE_NOT_A_FILE" in done.err


@pytest.mark.parametrize(
    "options", [[], ["--in-place", "--dry-run"], ["--output", "x.xlsx", "two.xlsx"]]
)
def test_it_has_to_be_told_where_results_go(doubtful, kam, options):
    assert kam("recalc", doubtful, *options).code == 2
