"""LibreOffice draws the bars, scales, icons and highlights that we write, and keeps drop-downs."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from kam_excel import headless

pytestmark = pytest.mark.office

BLUE, RED, AMBER, GREEN = (99, 142, 198), (250, 219, 214), (255, 242, 204), (226, 239, 218)
LEAST, GREATEST = (248, 105, 107), (99, 190, 123)
ROWS = [
    ["客户", "净销售额", "增长", "毛利率", "趋势", "评分", "状态"],
    ["北京一号", 900, 0.32, 0.41, 9, 5, "正常"],
    ["上海二号", 640, -0.18, 0.22, 6, 3, "关注"],
    ["广州三号", 410, 0.07, 0.35, 4, 4, "正常"],
    ["深圳四号", 150, -0.45, 0.08, 1, 1, "预警"],
]


def convert(path: Path, target: str, folder: Path) -> Path:
    """Convert with a LibreOffice of its own profile; raises where it fails."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{target}"


def colors_of(path: Path, folder: Path) -> Counter[tuple[int, ...]]:
    """How many pixels of the first page have which colour."""
    pdf = convert(path, "pdf", folder)
    page = folder / path.stem
    subprocess.run(["pdftoppm", "-r", "100", "-singlefile", pdf, page], check=True, timeout=60)
    data = page.with_suffix(".ppm").read_bytes().split(b"\n", 3)[3]
    return Counter(tuple(data[place : place + 3]) for place in range(0, len(data), 3))


@pytest.fixture
def book() -> xw.Book:
    headless.register(activate=False)
    book = xw.engines["headless"].apps.add(visible=False, add_book=False).books.add()
    sheet = book.sheets[0]
    sheet["A1"].value = ROWS
    sheet["B2:B5"].conditional_formats.add_data_bar(BLUE, gradient=False)
    sheet["C2:C5"].conditional_formats.add_data_bar(BLUE)
    sheet["C2:D5"].number_format = "0%"
    sheet["D2:D5"].conditional_formats.add_color_scale([LEAST, "#FFFFFF", GREATEST])
    sheet["E2:E5"].conditional_formats.add_icon_set("3_arrows", thresholds=[3, 7])
    sheet["F2:F5"].conditional_formats.add_icon_set("3_stars", thresholds=[2, 4])
    for text, fill in {"正常": GREEN, "关注": AMBER, "预警": RED}.items():
        formats = sheet["G2:G5"].conditional_formats
        formats.add_cell_value("equal_to", f'="{text}"', fill_color=fill, font_bold=True)
    sheet["G2:G5"].data_validation.set_list(["正常", "关注", "预警"])
    sheet["B2:B5"].data_validation.set_decimal("between", 0, 1e9)
    sheet["A:G"].column_width = 9
    return book


def test_rules_are_drawn(book, tmp_path):
    book.save(tmp_path / "rules.xlsx")
    colors = colors_of(tmp_path / "rules.xlsx", tmp_path)
    for color in (BLUE, RED, AMBER, GREEN, LEAST, GREATEST):
        assert colors[color] > 500, color
    # Highlights fill two cells and one; the solid bars 2.3 cells, of which texts hide little.
    assert colors[GREEN] > 1.8 * colors[AMBER]
    assert 3 * colors[AMBER] > colors[BLUE] > 2 * colors[AMBER]


def test_libreoffice_keeps_what_it_has_read(book, tmp_path):
    book.save(tmp_path / "rules.xlsx")
    (tmp_path / "again").mkdir()
    again = openpyxl.load_workbook(
        convert(tmp_path / "rules.xlsx", "xlsx", tmp_path / "again")
    ).active
    kinds = Counter(rule.type for each in again.conditional_formatting for rule in each.rules)
    assert kinds == {"cellIs": 3, "dataBar": 2, "colorScale": 1, "iconSet": 1}
    rules = {rule.type: rule.formula1 for rule in again.data_validations.dataValidation}
    assert rules == {"list": '"正常,关注,预警"', "decimal": "0"}
