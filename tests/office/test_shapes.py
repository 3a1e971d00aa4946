"""LibreOffice finds the pictures, the texts and the tables that we write."""

from __future__ import annotations

import re
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from kam_excel import headless

pytestmark = pytest.mark.office


def rewritten(path: Path, folder: Path, kind: str) -> Path:
    """The file as LibreOffice, with a profile of its own, writes it again as `kind`."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(folder / kind), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / kind / f"{path.stem}.{kind}"


def png(width: int, height: int) -> bytes:
    """A black PNG of that many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(height * (width + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def path(tmp_path):
    """A text box that was written on, a picture beside it, a table with totals below."""
    with xlsxwriter.Workbook(str(tmp_path / "made.xlsx")) as workbook:
        workbook.add_worksheet("图").insert_textbox("B2", "old", {"font": {"bold": True}})
    (tmp_path / "logo.png").write_bytes(png(80, 40))
    headless.register(activate=False)
    with xw.engines["headless"].apps.add(visible=False, add_book=False) as app:
        book = app.books.open(tmp_path / "made.xlsx")
        sheet = book.sheets[0]
        sheet.shapes[0].text = "大客户\n第二段"
        sheet.shapes[0].characters[:3].font.color = "#C00000"
        sheet.pictures.add(tmp_path / "logo.png", anchor=sheet["H3"])
        sheet["A20"].value = [["客户", "金额"], ["甲", 1], ["乙", 2]]
        table = sheet.tables.add(sheet["A20:B22"], name="Kunden")
        table.show_totals = True
        table.rows.add(["丙", 4])
        sheet["A30"].value = "返利 10%"
        sheet["A30"].characters[3:].font.bold = True
        book.save(tmp_path / "shapes.xlsx")
    return tmp_path / "shapes.xlsx"


def test_libreoffice_finds_what_we_drew(path, tmp_path):
    result = rewritten(path, tmp_path, "xlsx")
    with zipfile.ZipFile(result) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        media = [name for name in archive.namelist() if name.startswith("xl/media/")]
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert re.findall(r"<a:t>([^<]*)</a:t>", drawing) == ["大客户", "第二段"]
    assert 'val="c00000"' in drawing.lower()
    assert len(media) == 1
    assert re.search(r"<b [^>]*val=\"true\"/>(?:(?!</r>).)*10%", strings)


def test_libreoffice_computes_the_totals(path, tmp_path):
    result = rewritten(path, tmp_path, "xlsx")
    sheet = openpyxl.load_workbook(result, data_only=True).active
    assert [cell.value for cell in sheet["B"][19:24]] == ["金额", 1, 2, 4, 7]
    assert sheet["A24"].value == "Total"
