"""A blank sheet for an input, made from its declaration: headers, notes, rules, an Excel table.

Row 1 holds the title, row 2 what the sheet is for, row 3 who reads it, row 4 says above each
header whether the column is needed, row 5 holds the headers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import xlwings as xw

from kam_excel.codes import Language, Text
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.table import Table
from kam_excel.contract.units import unit_text
from kam_excel.workbook.adapter import freeze_rows, set_up_page
from kam_excel.workbook.cellvalues import FILTER_BUTTON, column_width, number_format, text_width
from kam_excel.workbook.entry import Lists, restrict
from kam_excel.workbook.looks import ALIGNMENTS, GREY, NAVY, WHITE, Color
from kam_excel.workbook.newsheet import new_sheet
from kam_excel.workbook.printing import FOOTER, LANDSCAPE
from kam_excel.workbook.write import HEADER_ROW, PADDING, TABLE_STYLE

BLANK_ROWS = 20  # the table grows with what is typed or pasted below it
LINE_HEIGHT, HEADER_LINES = 15, 2  # points; lines that the longest headers take
WIDEST_HEADER = 22
ALIASES_NAMED = 6
REQUIRED, ONE_OF, OPTIONAL = "required", "one_of", "optional"
NEEDS = {
    REQUIRED: Text("必填", "required"),
    ONE_OF: Text("至少一组", "one group"),
    OPTIONAL: Text("选填", "optional"),
}
FILLS: dict[str, tuple[Color, Color]] = {  # fill, font
    REQUIRED: (NAVY, WHITE),
    ONE_OF: ((46, 117, 182), WHITE),
    OPTIONAL: ((221, 235, 247), NAVY),
}
WIDTHS = {Kind.KEY: 14, Kind.TEXT: 22, Kind.DATE: 13, Kind.MONEY: 16, Kind.CHOICE: 14}
KINDS = {
    Kind.KEY: Text("编码，按文本保存（保留前导零）", "An id, kept as text with its leading zeros"),
    Kind.TEXT: Text("文本", "Text"),
    Kind.DATE: Text("日期，如 2026-01-05", "A date such as 2026-01-05"),
    Kind.MONEY: Text("金额", "An amount"),
    Kind.PERCENT: Text("百分比，如 13%", "A percentage such as 13%"),
    Kind.NUMBER: Text("数字", "A number"),
    Kind.INTEGER: Text("整数", "A whole number"),
    Kind.BOOLEAN: Text("是 或 否", "Yes or No"),
    Kind.CHOICE: Text("从列表中选择", "One of the list"),
}
UNIT = Text("单位：{unit}", "Unit: {unit}")
GROUPS = Text("至少填写其中一组：{groups}", "Fill in at least one of: {groups}")
HEADERS = Text("表头也可写作：{headers}", "The header may also be: {headers}")
PERSONAL = Text("含个人信息", "Personal data")


def write_title(sheet: xw.Sheet, title: str, *lines: str) -> None:
    """The title in A1 and grey lines below it."""
    sheet.range("A1").value = title
    sheet.range("A1").font.bold = True
    sheet.range("A1").font.size = 14
    for row, line in enumerate(lines, start=2):
        sheet.range((row, 1)).value = line
        sheet.range((row, 1)).font.color = GREY


def write_input_sheet(
    book: xw.Book, table: type[Table], readers: str, language: Language, lists: Lists
) -> xw.Sheet:
    """Write the blank sheet of `table` behind the others; `readers` says who reads it."""
    sheet = new_sheet(book, table.title(language))
    about = table.about.in_(language)
    write_title(sheet, table.title(language), *([about] if about else []), readers)
    columns = list(table.columns.values())
    needs = [need_of(table, column) for column in columns]
    labels = sheet.range((HEADER_ROW - 1, 1), (HEADER_ROW - 1, len(columns)))
    labels.value = [NEEDS[need].in_(language) for need in needs]
    labels.font.color = GREY
    area = sheet.range((HEADER_ROW, 1), (HEADER_ROW + BLANK_ROWS, len(columns)))
    area.rows[0].value = [column.header(language) for column in columns]
    for i, (column, need) in enumerate(zip(columns, needs, strict=True)):
        body = sheet.range((HEADER_ROW + 1, i + 1), (HEADER_ROW + BLANK_ROWS, i + 1))
        _write_column(labels[0, i], area[0, i], body, column, language)
        fill_header(area[0, i], need)
        area[0, i].add_note(note_of(table, column, language))
        restrict(body, column, language, lists)
    area.rows[0].row_height = HEADER_LINES * LINE_HEIGHT
    add_table(sheet, area, table)
    return sheet


def need_of(table: type[Table], column: Column) -> str:
    """Whether the column is required, one of the table's alternatives, or optional."""
    if column.id in table.required():
        return REQUIRED
    return ONE_OF if any(column.id in group for group in table.one_of) else OPTIONAL


def fill_header(header: xw.Range, need: str) -> None:
    """Dark where the column is required, brighter for alternatives, pale where optional."""
    header.color, header.font.color = FILLS[need]
    header.font.bold = True
    header.wrap_text = True
    header.vertical_alignment = "center"


def add_table(sheet: xw.Sheet, area: xw.Range, table: type[Table]) -> None:
    """Make `area` an Excel table; its name can be neither an output's nor a cell's address."""
    sheet.tables.add(area, name=f"input_{table.id}", table_style_name=TABLE_STYLE)
    set_up_sheet(sheet, area)


def set_up_sheet(sheet: xw.Sheet, area: xw.Range) -> None:
    """Keep the headers of `area` in sight, on the screen and on each printed page."""
    freeze_rows(sheet, area.row)
    width = sum(cell.column_width for cell in area.rows[0])
    set_up_page(
        sheet,
        landscape=True,
        pages_wide=math.ceil(width / LANDSCAPE),
        title_rows=(area.row, area.row),
        footer=FOOTER,
    )


def fit_rows(area: xw.Range) -> None:
    """Make rows as high as their longest wrapped text; only Excel itself would do so by itself."""
    widths = [cell.column_width for cell in area.rows[0]]
    for row, values in zip(area.rows, area.options(ndim=2).value, strict=True):
        lines = max(
            math.ceil(text_width(str(value or "")) / width)
            for value, width in zip(values, widths, strict=True)
        )
        row.row_height = LINE_HEIGHT * max(lines, 1) + PADDING


def note_of(table: type[Table], column: Column, language: Language) -> str:
    """What the note at a header says: what it is, whether it is needed, what else it may be."""
    need = need_of(table, column)
    lines = [f"{KINDS[column.kind].in_(language)} · {NEEDS[need].in_(language)}"]
    if need == ONE_OF:
        lines.append(GROUPS.in_(language).format(groups=groups_of(table, language)))
    if column.unit and not (column.kind is Kind.MONEY and column.unit == "currency"):
        unit = unit_text(column.unit).in_(language)
        lines.append(UNIT.in_(language).format(unit=unit))
    lines += [line for line in (column.explained(language),) if line]
    if column.personal:
        lines.append(PERSONAL.in_(language))
    others = [header for header in column.headers() if header != column.header(language)]
    if others:
        named = _joined(others[:ALIASES_NAMED], language) + ("…" if others[ALIASES_NAMED:] else "")
        lines.append(HEADERS.in_(language).format(headers=named))
    return "\n".join(lines)


def groups_of(table: type[Table], language: Language) -> str:
    """The alternatives of a table by their headers: Amount; Quantity + Unit Price."""
    groups = [
        " + ".join(table.columns[name].header(language) for name in group) for group in table.one_of
    ]
    return _joined(groups, language)


def _joined(texts: Sequence[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(texts)


def _write_column(
    label: xw.Range, header: xw.Range, body: xw.Range, column: Column, language: Language
) -> None:
    if code := number_format(column):
        body.number_format = code
    for cells in (label, header, body):
        cells.horizontal_alignment = ALIGNMENTS.get(column.kind, "left")
    header_width = min(text_width(column.header(language)) + FILTER_BUTTON, WIDEST_HEADER)
    fitting = column_width(column, [], language)
    body.column_width = max(WIDTHS.get(column.kind, 0), fitting, header_width)
