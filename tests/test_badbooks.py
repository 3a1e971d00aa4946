"""Every bad workbook is refused by its code, or read to the totals that it declares."""

from __future__ import annotations

import random
import re
import resource
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from badbooks import BADBOOKS, Badbook, Reads, Refused
from badbooks.__main__ import write_all
from badbooks.zips import zipped
from kam_excel.errors import KamError
from kam_excel.pipeline.prepare import Options
from kam_excel.pipeline.setup import Setup, load_setup
from kam_excel.pipeline.workbook_file import check_file

AS_OF = date(2026, 6, 30)
REFUSED = [each for each in BADBOOKS.values() if isinstance(each.expect, Refused)]
ATTRIBUTE = re.compile(rb'="([^"]*)"')
ODD_VALUES = "-1| |99999999999|1e999|A1:B|$A$1|XFE1|true|４|rId9|..".split("|")
COMMAND = "from kam_excel.cli import main; main()"
NASTIEST = [
    "a_million_members",
    "seven_million_cells_in_a_row",
    "sixty_four_thousand_formats",
    "value_in_the_last_cell",
]
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
    assert read(found.inputs.readings["sales"].reconciliation, found.issues) == book.expect
    assert state(folder) == before


@pytest.mark.parametrize("seed", range(20))
def test_whatever_an_attribute_says_is_read_or_told(seed, setup, tmp_path):
    """Nothing but a KamError comes of it."""
    choose = random.Random(seed).choice
    path = BADBOOKS["total_row_of_an_excel_table"].write(tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = choose([name for name in parts if name.startswith("xl/") and "theme" not in name])
    said = choose([*ATTRIBUTE.finditer(parts[name])])
    parts[name] = (
        parts[name][: said.start(1)] + choose(ODD_VALUES).encode() + parts[name][said.end(1) :]
    )
    path.write_bytes(zipped(parts))
    with suppress(KamError):
        check_file(path, setup.host, setup.settings, Options(as_of=AS_OF))


def read(account: pd.DataFrame, issues: pd.DataFrame) -> Reads:
    """What came of the sales, in the terms of a declaration."""
    used = account[account["reason_code"] == "ROWS_USED"].iloc[0]
    counts = issues["reason_code"].value_counts()
    return Reads(
        int(used["rows"]), f"{used['amount']:.2f}", {code: int(n) for code, n in counts.items()}
    )


def test_they_are_written_for_people_to_look_at(tmp_path, capsys):
    some = [BADBOOKS["zero_bytes"], BADBOOKS["styles_that_are_missing"]]
    write_all(tmp_path / "bad", some)
    assert {each.stem for each in (tmp_path / "bad").iterdir()} == {each.name for each in some}
    assert capsys.readouterr().out.splitlines() == [
        "zero_bytes.xlsx: FILE_EMPTY",
        "styles_that_are_missing.xlsx: 3 rows, 600.00, NUMBER_DATE 3",
    ]


@pytest.mark.parametrize("name", NASTIEST)
def test_a_small_process_survives_it(name, tmp_path):
    """With 1 GB of addresses for everything, the libraries' own too."""
    book = BADBOOKS[name]
    path = book.write(tmp_path)
    child = subprocess.run(
        [sys.executable, "-Ic", COMMAND, "check", path, "--as-of", str(AS_OF)],
        capture_output=True,
        text=True,
        preexec_fn=limit_memory,
        env={"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"},
        timeout=60,
    )
    if isinstance(book.expect, Refused):
        assert child.returncode == 1, child.stderr
        assert book.expect.code in child.stderr
    else:
        assert child.returncode == 0, child.stderr


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
