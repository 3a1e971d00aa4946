from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw

from kam_excel import headless

_ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def app() -> Iterator[xw.App]:
    """A headless app without a book."""
    headless.register(activate=False)
    app = xw.engines["headless"].apps.add(visible=False, add_book=False)
    yield app
    app.quit()


@pytest.fixture
def new_book(app: xw.App) -> xw.Book:
    """A new book with one sheet."""
    return app.books.add()


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[..., Path]:
    """Make a workbook: `make_file(fill)` calls `fill(workbook)` with one of XlsxWriter's."""

    def make(fill: Callable[[Any], None], name: str = "made.xlsx", **options: Any) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path), options) as workbook:
            fill(workbook)
        return path

    return make


@pytest.fixture
def parts() -> Callable[[Path], dict[str, bytes]]:
    """The parts of a file by name."""

    def read(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return read


@pytest.fixture
def write_parts(tmp_path: Path) -> Callable[[dict[str, bytes], str], Path]:
    """Write a file from its parts."""

    def write(parts: dict[str, bytes], name: str) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in parts.items():
                archive.writestr(zipfile.ZipInfo(part), data)
        return path

    return write


@pytest.fixture
def rich_file(make_file: Callable[..., Path], tmp_path: Path) -> Path:
    """A workbook with about everything: charts, pictures, comments, tables, names, rules."""

    def fill(workbook: Any) -> None:
        bold = workbook.add_format({"bold": True, "bg_color": "#FFEE00"})
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet("销售")
        sheet.write_row("A1", ["日期", "客户", "金额", "备注"], bold)
        for row in range(1, 6):
            sheet.write_number(row, 0, 45000 + row, date)
            sheet.write(row, 1, f"客户{row}")
            sheet.write(row, 2, row * 100.5)
        sheet.write_formula("C8", "=SUM(C2:C6)", None, 1507.5)
        sheet.write_formula("D2", "=NA()", None, "#N/A")
        sheet.merge_range("A10:C11", "合并", bold)
        sheet.write_comment("B2", "重点客户")
        sheet.conditional_format("C2:C6", {"type": "data_bar"})
        sheet.data_validation("B2:B6", {"validate": "list", "source": ["客户1", "客户2"]})
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=销售!$C$2:$C$6"})
        sheet.insert_chart("F2", chart)
        picture = tmp_path / "dot.png"
        picture.write_bytes(_ONE_PIXEL)
        sheet.insert_image("F20", str(picture))
        sheet.set_column("A:A", 14)
        sheet.freeze_panes(1, 0)
        table = workbook.add_worksheet("Table")
        columns = [{"header": "Item"}, {"header": "Qty", "total_function": "sum"}]
        data = [["a", 1], ["b", 2]]
        options = {"name": "Stock", "columns": columns, "data": data, "total_row": True}
        table.add_table("B2:C5", options)
        hidden = workbook.add_worksheet("Hidden")
        hidden.write("A1", "secret")
        hidden.hide()
        workbook.define_name("Rate", "=销售!$C$2")
        workbook.define_name("Hidden!Local", "=Hidden!$A$1")

    return make_file(fill, "rich.xlsx")
