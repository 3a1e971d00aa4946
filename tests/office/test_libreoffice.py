"""What we write opens in LibreOffice, with the values that we wrote."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

pytestmark = pytest.mark.office

DEMO = Path(__file__).parents[2] / "workbooks" / "demo_zh.xlsx"


def convert(path: Path, target: str, folder: Path) -> Path:
    """Convert with a LibreOffice of its own profile; raises where it fails."""
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{target.partition(':')[0]}"


def test_the_result_opens_and_shows_the_ranking(make_workbook, kam, tmp_path):
    rows = [["日期", "客户编码", "金额"]]
    rows += [[date(2026, 3, 5), f"00{i}", net] for i, net in enumerate([400, 250, 150])]
    out = tmp_path / "out.xlsx"
    done = kam("run", make_workbook({"销售明细": rows}), "--output", out, "--as-of", "2026-06-30")
    assert done.code == 0

    # Sheet 2 of the result is the list of key accounts.
    csv_path = convert(
        out, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,2", tmp_path
    )
    written = next(tmp_path.glob("out*.csv"), csv_path)
    lines = list(csv.reader(written.read_text("utf-8").splitlines()))
    assert lines[0][0] == "大客户名单"
    assert [line[1] for line in lines[5:8]] == ["000", "001", "002"]


def test_the_demo_with_all_its_features_opens(kam, tmp_path):
    copy = tmp_path / "demo.xlsx"
    shutil.copyfile(DEMO, copy)
    assert kam("run", copy, "--in-place", "--as-of", "2026-06-30").code == 0
    assert convert(copy, "pdf", tmp_path).read_bytes().startswith(b"%PDF")
