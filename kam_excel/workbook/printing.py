"""How an output prints: paper and orientation by its width, one page wide, headers repeated; and
where it begins new pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.frames import starts
from kam_excel.contract.outputs import DataIssues
from kam_excel.contract.table import Table
from kam_excel.workbook import card
from kam_excel.workbook.adapter import MOST_BREAKS, break_pages, set_up_page
from kam_excel.workbook.charts import charts_end

PORTRAIT, LANDSCAPE = 105, 190  # characters that fit on A4 before the print gets too small
FOOTER = "&L&A&R&P / &N"


def set_up_output(sheet: xw.Sheet, table: type[Table], header_row: int, last_row: int) -> None:
    """Set up the page of the output `table`; of a card, only the card and its charts print.

    The headers repeat; where each group has pages of its own, title and date do too. Where a
    last column is named, only the table up to it and what stands above it print.
    """
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
    count = len(table.columns)
    if wanted.last:
        count = list(table.columns).index(wanted.last) + 1
        sheet.page_setup.print_area = f"$A$1:${xw.utils.col_name(count)}${last_row}"
    columns = sheet.range((header_row, 1), (header_row, count))
    width = sum(cell.column_width for cell in columns)
    set_up_page(
        sheet,
        landscape=width > PORTRAIT if wanted.landscape is None else wanted.landscape,
        paper=wanted.paper or ("A3" if width > LANDSCAPE else "A4"),
        title_rows=(1 if wanted.break_by else header_row, header_row),
        footer=FOOTER,
        broken_width=columns.width if wanted.break_by else None,
    )


def print_by_group(sheet: xw.Sheet, first_row: int, values: Sequence[Any]) -> None:
    """Begin a page with each other one of `values`, which stand from `first_row` on, and with no
    other row; with none where Excel does not take so many.
    """
    begun = starts(values)[1:]
    rows = [first_row + place for place in begun] if len(begun) <= MOST_BREAKS else []
    break_pages(sheet, rows)


def unbroken_issues(table: type[Table], frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """A note, as DataIssues, where there are more groups than can begin a page."""
    name = table.page.break_by
    groups = frame[name].nunique(dropna=False) if name else 0
    facts = {
        "level": "note",
        "reason_code": "PAGES_NOT_BROKEN",
        "table_id": table.title(language),
        "column_name": table.columns[name].header(language) if name else "",
        "original_value": str(groups),
    }
    notes = pd.DataFrame([facts] if groups > MOST_BREAKS + 1 else [], columns=list(facts))
    return DataIssues.frame(notes)
