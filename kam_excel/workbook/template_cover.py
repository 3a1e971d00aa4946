"""The first sheet of a template: what each sheet is for, and a link to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xlwings as xw

from kam_excel.codes import Language, Text
from kam_excel.workbook.template import (
    NEEDS,
    OPTIONAL,
    REQUIRED,
    fill_header,
    fit_rows,
    set_up_sheet,
    write_title,
)
from kam_excel.workbook.write import HEADER_ROW

NAME = Text("说明", "About")
TITLE = Text("大客户管理工作簿", "Key account workbook")
HOW = Text(
    "在各工作表中填写或粘贴数据，然后运行：kam-excel run 本文件 --output 结果.xlsx",
    "Type or paste your data into the sheets, then: kam-excel run THIS-FILE --output RESULT.xlsx",
)
EMPTY = Text(
    "没有数据的工作表可以留空；表头深色为必填列，中间色至少填一组，浅色为选填列。",
    "A sheet without data may stay empty. Dark headers are required, medium ones are"
    " alternatives, pale ones optional.",
)
HEADERS = (
    Text("工作表", "Sheet"),
    Text("是否需要", "Needed"),
    Text("内容", "What it holds"),
    Text("用途", "Used for"),
    Text("必填列", "Required columns"),
)
WIDTHS = (22, 12, 46, 34, 46)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A sheet as the cover lists it."""

    sheet: str
    is_required: bool
    about: str
    readers: str
    columns: str


def write_cover(sheet: xw.Sheet, lines: Sequence[CoverLine], language: Language) -> None:
    """Fill the cover; every sheet of `lines` is linked."""
    sheet.name = NAME.in_(language)
    write_title(sheet, TITLE.in_(language), HOW.in_(language), EMPTY.in_(language))
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + len(lines), len(HEADERS)))
    area.value = [
        [header.in_(language) for header in HEADERS],
        *(
            [line.sheet, _need(line, language), line.about, line.readers, line.columns]
            for line in lines
        ),
    ]
    fill_header(area.rows[0], REQUIRED)
    area.wrap_text = True
    area.vertical_alignment = "top"
    for i, width in enumerate(WIDTHS):
        area.columns[i].column_width = width
    fit_rows(area)
    for i, line in enumerate(lines, start=1):
        quoted = line.sheet.replace("'", "''")
        area[i, 0].add_hyperlink(f"#'{quoted}'!A1", line.sheet, line.sheet)
    set_up_sheet(sheet, area)


def _need(line: CoverLine, language: Language) -> str:
    return NEEDS[REQUIRED if line.is_required else OPTIONAL].in_(language)
