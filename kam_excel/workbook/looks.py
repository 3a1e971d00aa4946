"""Looks of a column on its output sheet: formats, bars, tones, drop-downs, notes, links."""

from __future__ import annotations

from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.look import Arrows, DataBar, Shades, Tone, Tones
from kam_excel.contract.table import Table
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
}
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
    cell.horizontal_alignment = ALIGNMENTS.get(column.kind, "left")
    set_note(cell, column.explained(language))


def format_body(cells: xw.Range, column: Column, language: Language) -> None:
    """Number format, alignment, look and drop-down of the cells of a column."""
    if code := number_format(column):
        cells.number_format = code
    cells.horizontal_alignment = ALIGNMENTS.get(column.kind, "left")
    if column.manual:
        cells.color = TO_FILL_IN
        if column.choices:
            offered = [column.shown(choice, language) for choice in column.choices]
            cells.data_validation.set_list(offered)
    _draw(cells, column, language)


def tint_groups(body: xw.Range, place: int, table: type[Table]) -> None:
    """Tint the first row of each value of the column at `place`, up to where the user's begin.

    The rule names its cells by their row, for Excel takes relative ones from the cell in front.
    """
    letter = xw.utils.col_name(body.column + place)
    above = f"INDEX(${letter}:${letter},ROW()-1)"
    columns = list(table.columns.values())
    width = next((i for i, each in enumerate(columns) if each.manual), len(columns))
    if width:
        body[:, :width].conditional_formats.add_custom(
            f"=INDEX(${letter}:${letter},ROW())<>{above}", fill_color=GROUP
        )


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
        case Tones(of=tones):
            for value, tone in tones.items():
                fill, font = TONES[tone]
                text = _as_shown(value, column, language).replace('"', '""')
                formats.add_cell_value("equal_to", f'="{text}"', fill_color=fill, font_color=font)


def _as_shown(value: Any, column: Column, language: Language) -> str:
    if isinstance(value, bool):
        return BOOLEANS[language][value]
    return column.shown(value, language)
