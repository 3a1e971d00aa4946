"""What ranges write is valid, and LibreOffice shows the rows that a filter leaves."""

from __future__ import annotations

import datetime as dt
import subprocess

import pytest
import xlwings as xw

from kam_excel import headless
from lossless.validator import new_errors

pytestmark = pytest.mark.office
LINES = ["continuous", "dash", "dash_dot", "dash_dot_dot", "dot", "double", "slant_dash_dot"]


@pytest.fixture
def book(tmp_path):
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=True)
    book = app.books[0]
    book.sheets[0]["A1"].value = [
        ["k", "n", "d"],
        ["b", 2, dt.datetime(2024, 1, 1)],
        ["a", 1, None],
        ["a", 3, None],
        [None, 4, None],
    ]
    book.save(tmp_path / "before.xlsx")
    yield book
    app.quit()


def test_what_ranges_write_is_valid(book, tmp_path):
    sheet = book.sheets[0]
    for place, line_style in enumerate(LINES):
        sides = sheet.range((10 + place * 2, 2)).borders
        sides.set("everything", line_style=line_style, weight="medium", color="#ff0000")
    sheet["C:C"].borders.set("all", line_style="continuous")
    cells = sheet["A1:C5"]
    cells.sort([1, 2], [False, True], has_headers=True)
    cells.autofilter.apply_values(1, ["a", ""])
    cells.autofilter.apply_comparison(2, "between", 1, 3)
    cells.autofilter.apply_top_items(3, 2)
    sheet["F1"].formula2 = "=UNIQUE(A1:A5)"
    sheet["G1"].formula2 = "=LET(x,B2:B4,SUM(x*2))"
    sheet["H1:H3"].formula_array = "=B2:B4*2"
    sheet["K:K"].columns.hidden = True
    sheet["30:31"].rows.hidden = True
    sheet["2:2"].font.bold = True
    looks = sheet["A26"].api
    looks.Orientation, looks.FormulaHidden, looks.Font.Superscript = -45, True, True
    other = book.sheets.add("T")
    other["A1"].value = [["h", "g"], [1, 2], [3, 4]]
    other.tables.add(other["A1:B3"], name="Tab").autofilter.apply_bottom_percent(1, 50)
    book.save(tmp_path / "after.xlsx")
    assert new_errors(tmp_path / "before.xlsx", tmp_path / "after.xlsx") == []


def test_libreoffice_leaves_out_the_same_rows(book, tmp_path):
    book.sheets[0]["A1:C5"].autofilter.apply_comparison(2, "greater_than_or_equal", 3)
    book.save(tmp_path / "after.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "html", "--outdir", str(tmp_path), str(tmp_path / "after.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    shown = (tmp_path / "after.html").read_text(encoding="utf-8")
    assert [text for text in (">1<", ">2<", ">3<", ">4<") if text in shown] == [">3<", ">4<"]
