"""LibreOffice prints the pages that an output declares."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlwings as xw

from kam_excel import Key, Page, Table, Text, column, headless
from kam_excel.contract.strategy import Run
from kam_excel.workbook.write import write_output

pytestmark = pytest.mark.office


class Statement(Table, zh="对账单", en="Statement", page=Page(break_by="customer_id")):
    customer_id: Key = column(zh="客户编码", en="Customer ID")
    line: Text = column(zh="行", en="Line")


def printed(path: Path, folder: Path) -> list[str]:
    """The text of each page as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    command = ["pdftotext", "-layout", str(folder / f"{path.stem}.pdf"), "-"]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]


def test_each_customer_has_pages_of_its_own_with_title_and_headers(tmp_path):
    customers = ["C1"] * 2 + ["C2"] * 60 + ["C3"]
    frame = pd.DataFrame({"customer_id": customers, "line": [f"line {i}" for i in range(63)]})
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        book = app.books.add()
        run = Run(as_of=date(2026, 6, 30), language="en")
        write_output(book, Statement, Statement.frame(frame), run, "0")
        book.save(tmp_path / "statement.xlsx")
    pages = printed(tmp_path / "statement.xlsx", tmp_path)
    assert [sorted({each for each in ("C1", "C2", "C3") if each in page}) for page in pages] == [
        *(["C1"], ["C2"], ["C2"], ["C3"])
    ]
    assert all("As of 2026-06-30" in page and "Customer ID" in page for page in pages)
