"""LibreOffice computes the same from a workbook after its cells came, went and moved."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless

pytestmark = pytest.mark.office

FORMULAS = [
    "=SUM(Data!B2:B9)",
    "=Data!B3*2+Data!$C$4",
    "=SUM(Data!B:B)+SUM(Data!2:3)",
    '=SUMIF(Data!A2:A9,"k3",Data!B2:B9)',
    '=INDEX(Data!C2:C9,MATCH("k5",Data!A2:A9,0))',
    "=INDEX(Data!B2:C9,4,2)",
    "=Total+SUM(Data!E2:F3)",
    "=COUNTA(Data!A1:C9)",
    "=Data!D2+SUM(Data!D2:D9)",
]


def computed(path: Path, folder: Path) -> list[object]:
    """What LibreOffice computes for the formulas of the sheet "Check"."""
    bare = folder / f"bare_{path.name}"
    openpyxl.load_workbook(path).save(bare)  # without cached values
    results = folder / "computed"
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(results), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    sheet = openpyxl.load_workbook(results / bare.name, data_only=True)["Check"]
    return [cell.value for cell in sheet["A"]]


def test_formulas_mean_the_same_cells_afterwards(tmp_path):
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=True)
    book = app.books[0]
    data = book.sheets[0]
    data.name = "Data"
    data["A1"].value = [["key", "n", "m"]] + [[f"k{i}", i * 7, i * i + 0.5] for i in range(1, 9)]
    data["D2:D9"].formula = "=B2+C2"
    data["E2"].value = [[1000, 2000], [3000, 4000]]
    book.names.add("Total", "=SUM(Data!$B$2:$B$9)")
    check = book.sheets.add("Check", after=data)
    check["A1"].value = [[formula] for formula in FORMULAS]
    book.save(tmp_path / "before.xlsx")
    data["1:2"].insert("down")
    data["6:6"].insert("down")
    data["6:6"].delete("up")
    data["B:B"].insert("right")
    data["H1:I3"].delete("up")
    data["F4:G5"].move(data["K20"])
    data["A15:B16"].insert("down")
    data.name = "Data & more"
    check["A:A"].insert("right")
    check["A:A"].delete("left")
    book.save(tmp_path / "after.xlsx")
    app.quit()
    before = computed(tmp_path / "before.xlsx", tmp_path)
    after = computed(tmp_path / "after.xlsx", tmp_path)
    assert None not in before
    # A block that moved out of rows 2 and 3 is no part of their sum any more.
    moved = 1000 + 2000 + 3000 + 4000
    assert before[2] - after[2] == moved
    assert [*before[:2], *before[3:]] == [*after[:2], *after[3:]]
