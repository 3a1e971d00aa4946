"""Looks of a column on its output sheet: formats, bars, tones, drop-downs, notes, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.look import Arrows, DataBar, Shades, Tone, Tones
from kam_excel.contract.table import Table
from kam_excel.workbook.adapter import indent
from kam_excel.workbook.cellvalues import BOOLEANS, number_format

Color = tuple[int, int, int]

NAVY: Color = (31, 78, 121)
AMBER: Color = (127, 96, 0)
WHITE: Color = (255, 255, 255)
GREY: Color = (118, 118, 118)
TO_FILL_IN: Color = (255, 250, 230)
GROUP: Color = (226, 235, 245)
BAR: Color = (157, 187, 216)
PALE, STRONG = (247, 250, 253), (157, 187, 216)
RED, GREEN = (246, 199, 192), (198, 224, 180)
TONES: dict[Tone, tuple[Color, Color]] = {  # fill, font
    "good": ((226, 239, 218), (55, 86, 35)),
    "warning": ((255, 242, 204), (127, 96, 0)),
    "bad": ((250, 219, 214), (156, 0, 6)),
    "quiet": ((242, 242, 242), (118, 118, 118)),
    "strong": ((234, 239, 245), (0, 0, 0)),
    "heading": ((196, 213, 233), (0, 0, 0)),
}
BOLD: frozenset[Tone] = frozenset({"strong", "heading"})
ALIGNMENTS = {Kind.MONEY: "right", Kind.PERCENT: "right", Kind.NUMBER: "right"} | dict.fromkeys(
    (Kind.CHOICE, Kind.BOOLEAN, Kind.DATE, Kind.INTEGER), "center"
)


def format_header(cell: xw.Range, column: Column, language: Language) -> None:
    """Fill, note and alignment of a header; what the user fills in has another colour."""
    cell.color = AMBER if column.manual else NAVY
    cell.font.color = WHITE
    cell.font.bold = True
    cell.wrap_text = True
    cell.vertical_alignment = "center"
    side = ALIGNMENTS.get(column.kind, "left")
    cell.horizontal_alignment = side
    indent(cell, 1 if side == "right" else 0)  # off the next column, as SPACE keeps figures
    set_note(cell, column.explained(language))


def format_body(cells: xw.Range, column: Column, language: Language) -> None:
    """Number format, alignment, look and drop-down of the cells of a column."""
    if code := number_format(column):
        cells.number_format = code
    cells.horizontal_alignment = ALIGNMENTS.get(column.kind, "left")
    if column.widest:
        cells.wrap_text = True
    if column.manual:
        cells.color = TO_FILL_IN
        if column.choices:
            offered = [column.shown(choice, language) for choice in column.choices]
            cells.data_validation.set_list(offered)
    _draw(cells, column, language)


def format_rows(body: xw.Range, table: type[Table], language: Language) -> None:
    """Tint the first row of each page and give rows the tones of their values, up to where the
    user's columns begin.

    The rules name their cells by their row, for Excel takes relative ones from the cell in front.
    """
    columns = list(table.columns.values())
    width = next((i for i, each in enumerate(columns) if each.manual), len(columns))
    if not width:
        return
    formats = body[:, :width].conditional_formats
    for i, column in enumerate(columns):
        letter = xw.utils.col_name(body.column + i)
        here, above = (f"INDEX(${letter}:${letter},ROW(){shift})" for shift in ("", "-1"))
        if column.id == table.page.break_by:
            formats.add_custom(f"={here}<>{above}", fill_color=GROUP)
        if isinstance(column.look, Tones) and column.look.rows:
            for text, look in _tones(column.look, column, language):
                formats.add_custom(f'={here}="{text}"', **look)


def clear_looks(cells: xw.Range) -> None:
    """Take away conditional formats and drop-downs of an earlier run."""
    cells.conditional_formats.clear()
    cells.data_validation.delete()


def set_note(cell: xw.Range, text: str) -> None:
    """Give a cell this note; "" leaves it without ours."""
    if not text:
        return
    if cell.note is None:
        cell.add_note(text)
    elif cell.note.text != text:
        cell.note.text = text


def link(cell: xw.Range, address: str) -> None:
    """Link a cell to the address that it shows: a place in the workbook, or one of the web."""
    target = address
    if "://" not in address and not address.startswith("mailto:"):
        sheet, _, place = address.rpartition("!")
        quoted = sheet.replace("'", "''")
        target = f"#'{quoted}'!{place}"
    cell.add_hyperlink(target, text_to_display=address, screen_tip=address)


def _draw(cells: xw.Range, column: Column, language: Language) -> None:
    formats = cells.conditional_formats
    match column.look:
        case DataBar():
            formats.add_data_bar(BAR, gradient=False)
        case Shades(diverging=False):
            formats.add_color_scale([PALE, STRONG])
        case Shades():
            formats.add_color_scale([RED, WHITE, GREEN])
        case Arrows(up=up, down=down):
            formats.add_icon_set("3_arrows", thresholds=[float(down), float(up)])
        case Tones(rows=False):
            for text, look in _tones(column.look, column, language):
                formats.add_cell_value("equal_to", f'="{text}"', **look)


def _tones(
    tones: Tones, column: Column, language: Language
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The values as texts of a formula, and how a cell of their tone looks."""
    for value, tone in tones.of.items():
        fill, font = TONES[tone]
        look = {"fill_color": fill, "font_color": font, "font_bold": tone in BOLD or None}
        yield _as_shown(value, column, language).replace('"', '""'), look


def _as_shown(value: Any, column: Column, language: Language) -> str:
    if isinstance(value, bool):
        return BOOLEANS[language][value]
    return column.shown(value, language)
