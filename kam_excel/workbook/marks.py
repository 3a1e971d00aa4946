"""The mark by which our own sheets are known, whatever their name or language."""

from __future__ import annotations

import xlwings as xw

PREFIX = "kam_"
FINGERPRINT_CELL = "A3"
SIGNATURE = "kam_excel "  # what the fingerprint line of every output sheet begins with


def table_name(table_id: str) -> str:
    """The name of the Excel table that holds an output: other tools find it by this name."""
    return f"{PREFIX}{table_id}"


def is_output(sheet: xw.Sheet) -> bool:
    """True where the sheet holds an output of ours: our table and our signature."""
    named = any(table.name.startswith(PREFIX) for table in sheet.tables)
    return named and str(sheet.range(FINGERPRINT_CELL).value or "").startswith(SIGNATURE)


def output_sheet(book: xw.Book, table_id: str) -> xw.Sheet | None:
    """The sheet that holds the output `table_id`, or None where there is none yet."""
    wanted = table_name(table_id)
    for sheet in book.sheets:
        if any(table.name == wanted for table in sheet.tables) and is_output(sheet):
            return sheet
    return None
