"""Every bad workbook is refused by its code, or read to the totals that it declares."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from badbooks import BADBOOKS, Badbook, Reads, Refused
from badbooks.__main__ import write_all
from kam_excel.cli.options import Setup, load_setup
from kam_excel.pipeline.prepare import Options
from kam_excel.pipeline.workbook_file import check_file

AS_OF = date(2026, 6, 30)
REFUSED = [each for each in BADBOOKS.values() if isinstance(each.expect, Refused)]
READ = [each for each in BADBOOKS.values() if isinstance(each.expect, Reads)]


@pytest.fixture(scope="module")
def setup(tmp_path_factory) -> Setup:
    config = tmp_path_factory.mktemp("config") / "config.yaml"
    config.write_text("", encoding="utf-8")
    return load_setup(config)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file in a folder: its bytes and when it was changed."""
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.rglob("*")}


@pytest.mark.parametrize("book", REFUSED, ids=lambda book: book.name)
def test_it_is_refused_by_name_and_left_alone(book: Badbook, kam, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    path = book.write(folder)
    before = state(folder)
    done = kam("check", path, "--as-of", AS_OF)
    assert isinstance(book.expect, Refused)
    assert done.code in (1, 2)
    assert book.expect.code in done.err
    assert "Traceback" not in done.out + done.err
    assert state(folder) == before


@pytest.mark.parametrize("book", READ, ids=lambda book: book.name)
def test_it_reads_to_its_totals(book: Badbook, setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    path = book.write(folder)
    before = state(folder)
    found = check_file(path, setup.host, setup.settings, Options(as_of=AS_OF))
    assert [each.text() for each in found.all_problems] == []
    assert read(found.inputs.readings["sales"].frame, found.issues) == book.expect
    assert state(folder) == before


def read(sales: pd.DataFrame, issues: pd.DataFrame) -> Reads:
    """What came of the sales, in the terms of a declaration."""
    counts = issues["reason_code"].value_counts()
    amount = sales["amount"].sum()
    return Reads(len(sales), f"{amount:.2f}", {code: int(n) for code, n in counts.items()})


def test_they_are_written_for_people_to_look_at(tmp_path, capsys):
    some = [BADBOOKS["zero_bytes"], BADBOOKS["styles_that_are_missing"]]
    write_all(tmp_path / "bad", some)
    assert {each.stem for each in (tmp_path / "bad").iterdir()} == {each.name for each in some}
    assert capsys.readouterr().out.splitlines() == [
        "zero_bytes.xlsx: FILE_EMPTY",
        "styles_that_are_missing.xlsx: 3 rows, 600.00, NUMBER_DATE 3",
    ]
