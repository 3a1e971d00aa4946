"""How an output prints: paper and orientation by its width, one page wide, headers repeated."""

from __future__ import annotations

import xlwings as xw

from kam_excel.contract.table import Table
from kam_excel.workbook import card
from kam_excel.workbook.adapter import set_up_page
from kam_excel.workbook.charts import charts_end

PORTRAIT, LANDSCAPE = 105, 190  # characters that fit on A4 before the print gets too small
FOOTER = "&L&A&R&P / &N"


def set_up_output(sheet: xw.Sheet, table: type[Table], header_row: int) -> None:
    """Set up the page of the output `table`; of a card, only the card and its charts print."""
    wanted = table.page
    if table.card:
        last = max(card.card_end(table), charts_end(table) if table.charts else 0)
        sheet.page_setup.print_area = f"$A${card.TOP}:${xw.utils.col_name(card.COLUMNS)}${last}"
        set_up_page(
            sheet,
            landscape=bool(wanted.landscape),
            paper=wanted.paper or "A4",
            pages_tall=1,
            footer=FOOTER,
        )
        return
    columns = sheet.range((header_row, 1), (header_row, len(table.columns)))
    width = sum(cell.column_width for cell in columns)
    set_up_page(
        sheet,
        landscape=width > PORTRAIT if wanted.landscape is None else wanted.landscape,
        paper=wanted.paper or ("A3" if width > LANDSCAPE else "A4"),
        title_rows=(header_row, header_row),
        footer=FOOTER,
    )
