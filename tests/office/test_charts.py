"""LibreOffice opens the charts that we draw, and they show something."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import xlwings as xw

from kam_excel import headless

pytestmark = pytest.mark.office


def picture(path: Path, folder: Path) -> set[bytes]:
    """The colours of the first page as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    pdf, page = folder / f"{path.stem}.pdf", folder / path.stem
    subprocess.run(["pdftoppm", "-r", "50", "-singlefile", pdf, page], check=True, timeout=60)
    data = page.with_suffix(".ppm").read_bytes().split(b"\n", 3)[3]
    return {data[place : place + 3] for place in range(0, len(data), 3)}


def test_a_combination_of_150_customers_is_drawn(tmp_path):
    headless.register(activate=False)
    book = xw.engines["headless"].apps.add(visible=False, add_book=False).books.add()
    data = book.sheets[0]
    data.name = "大客户 '26"
    data["A1"].value = [["客户", "净销售额", "累计占比"]] + [
        [f"客户有限公司{place:03d}", 1e6 / place, place / 150] for place in range(1, 151)
    ]
    sheet = book.sheets.add("图")
    chart = sheet.charts.add(source=data["A1:C151"], width=420, height=280)
    chart.title = "帕累托图"
    chart.series[0].fill_color = "#204080"
    chart.series[1].set(chart_type="line", axis_group="secondary", line_color="#C00000")
    chart.secondary_value_axis.set(title="占比", number_format="0%")
    book.save(tmp_path / "charts.xlsx")

    colors = picture(tmp_path / "charts.xlsx", tmp_path)
    assert {bytes.fromhex("204080"), bytes.fromhex("C00000")} <= colors


def test_points_are_drawn_beside_a_step_curve_with_gaps(tmp_path):
    headless.register(activate=False)
    book = xw.engines["headless"].apps.add(visible=False, add_book=False).books.add()
    data = book.sheets[0]
    steps = [(0, 0), (100, 0), (100, 2), (200, 4), (200, 8), (300, 12)]
    accounts = [(60, 0), (150, 3), (250, 10)]
    data["A1"].value = [
        ["Sales", "Rebate", "Actual"],
        *([sales, rebate, None] for sales, rebate in steps),
        *([sales, None, rebate] for sales, rebate in accounts),
    ]
    chart = data.charts.add(
        width=420, height=280, source=data["B1:C10"], chart_type="xy_scatter_lines_no_markers"
    )
    chart.set_x_axis_values(data["A2:A10"])
    line, points = chart.series
    line.line_color = "#204080"
    points.set(chart_type="xy_scatter", marker_size=12, marker_background_color="#C00000")
    book.save(tmp_path / "points.xlsx")

    colors = picture(tmp_path / "points.xlsx", tmp_path)
    assert {bytes.fromhex("204080"), bytes.fromhex("C00000")} <= colors
    assert chart.series[1].line_color is None
