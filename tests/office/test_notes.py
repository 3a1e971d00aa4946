"""Hyperlinks, notes and pages that we write are what LibreOffice finds in the file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless
from kam_excel.workbook.adapter import set_up_page

pytestmark = pytest.mark.office


def rewritten(path: Path, folder: Path, kind: str) -> Path:
    """The file as LibreOffice, with a profile of its own, writes it again as `kind`."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder / kind), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / kind / f"{path.stem}.{kind}"


@pytest.fixture
def path(tmp_path):
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        book = app.books.add()
        sheet = book.sheets[0]
        sheet["A5"].value = [["客户", "说明"]] + [[f"客户{row}", "x" * 60] for row in range(120)]
        sheet["A6"].add_hyperlink("https://example.com/a?b=1&c=2", "网站", "打开")
        sheet["A7"].add_hyperlink("#'Sheet1'!A99", "跳转")
        sheet["B6"].add_note("第一行\n第二行")
        sheet["B5:B5"].column_width = 70
        set_up_page(
            sheet,
            landscape=True,
            title_rows=(5, 5),
            header="&C大客户",
            footer="&L&A&R&P / &N",
            centered=True,
        )
        sheet.page_setup.print_area = "A1:B125"
        book.save(tmp_path / "notes.xlsx")
    return tmp_path / "notes.xlsx"


def test_libreoffice_finds_what_we_wrote(path, tmp_path):
    sheet = openpyxl.load_workbook(rewritten(path, tmp_path, "xlsx")).active
    assert sheet["A6"].hyperlink.target == "https://example.com/a?b=1&c=2"
    assert sheet["A7"].hyperlink.location in ("Sheet1!A99", "'Sheet1'!A99")
    assert (sheet["A6"].value, sheet["A7"].value) == ("网站", "跳转")
    assert sheet["B6"].comment.text == "第一行\n第二行"
    assert sheet["B7"].comment is None
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.center.text.endswith("大客户")


def test_titles_and_footers_print_on_each_page(path, tmp_path):
    pdf = rewritten(path, tmp_path, "pdf")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    pages = text.stdout.decode().rstrip("\f").split("\f")
    assert len(pages) > 1
    assert all("说明" in page and "大客户" in page for page in pages)
    assert re.search(rf"Sheet1 .* {len(pages)} ?/ ?{len(pages)}", pages[-1])
