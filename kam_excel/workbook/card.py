"""The card: the figures of a table of one row, laid out for reading and printing.

It stands below the table: a band with the title, then labels and values in two halves, texts
over the whole width. Other tools read the table; people read the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.column import Column, Kind
from kam_excel.contract.table import Table
from kam_excel.workbook.cellvalues import SPACE, number_format
from kam_excel.workbook.looks import GREY, NAVY, WHITE

TOP = 9  # the row of the band
COLUMNS = 7  # label over two cells, value; a gap; the same again
LEFT, RIGHT = 1, 5
VALUE = 2  # cells from a label to its value
WIDTH = 15  # characters of each of these columns


def card_end(table: type[Table]) -> int:
    """The last row of the card of `table`."""
    figures, texts = _halves(list(table.columns.values()))
    return TOP + -(-len(figures) // 2) + len(texts)


def write_card(
    sheet: xw.Sheet, table: type[Table], values: Sequence[Any], heading: str, language: Language
) -> None:
    """Write the card of `table`, whose only row has these `values`, below the table."""
    cells = dict(zip(table.columns, values, strict=True))
    figures, texts = _halves(list(table.columns.values()))
    area = sheet.range((TOP, 1), (card_end(table), COLUMNS))
    area.clear()
    band = area.rows[0]
    band.color = NAVY
    band.font.color = WHITE
    band.font.bold = True
    sheet.range((TOP, 1)).value = f"'{heading}"
    half = -(-len(figures) // 2)
    for i, column in enumerate(figures):
        at = sheet.range((TOP + 1 + i % half, LEFT if i < half else RIGHT))
        _write_pair(at, column, cells[column.id], language)
    told = [column for column in texts if cells[column.id] is not None]
    for i, column in enumerate(told):
        at = sheet.range((TOP + 1 + half + i, LEFT))
        _write_pair(at, column, cells[column.id], language)


def _halves(columns: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """Figures for the two halves and texts for the whole width; codes are not shown."""
    shown = [column for column in columns if column.id != "reason_code"]
    texts = [column for column in shown if column.kind is Kind.TEXT]
    return [column for column in shown if column.kind is not Kind.TEXT], texts


def _write_pair(label: xw.Range, column: Column, value: Any, language: Language) -> None:
    label.value = f"'{column.header(language)}"
    label.font.color = GREY
    cell = label.offset(0, VALUE)
    is_text = column.kind is Kind.TEXT
    if not is_text:
        code = number_format(column) or "@"
        cell.number_format = code.removesuffix(SPACE) + SPACE
    cell.value = f"'{value}" if isinstance(value, str) else value
    cell.font.bold = True
    cell.horizontal_alignment = "left" if is_text else "right"
