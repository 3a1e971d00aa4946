"""What a look at the sheet does not show: what holds for all rows, hidden rows that count, rows
below an Excel table that do not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import pandas as pd
import xlwings as xw

from kam_excel.contract.column import Kind
from kam_excel.contract.table import Table
from kam_excel.domain.amounts import STATED
from kam_excel.domain.exact import exact
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import total
from kam_excel.workbook.adapter import hidden_rows
from kam_excel.workbook.finding.location import Region, label_of
from kam_excel.workbook.reading.judging import is_needed
from kam_excel.workbook.reading.totals import total_word
from kam_excel.workbook.sheetcells import SheetCells


def tell_layout(table: type[Table], region: Region, log: IssueLog) -> None:
    """List what the sheet says once for all rows: units, the currency, the year of months; and
    headers that would fit a column on which figures depend.
    """
    for name, headers in region.rivals.items():
        if is_needed(table.columns[name]):
            others = ", ".join(headers)
            log.add_one("HEADER_RIVALS", table.id, "NOT_READ", column=name, value=others)
    for name, factor in region.factors.items():
        log.add_one("UNIT_STATED", table.id, "MULTIPLIED", column=name, value=f"{factor:,}")
    for name, text in region.constants.items():
        log.add_one("STATED_ONCE", table.id, "TAKEN_FOR_ALL", column=name, value=text)
    for header in region.unread:
        log.add_one("COLUMN_UNREAD", table.id, "NOT_READ", value=header)
    for header in region.unknown:
        log.add_one(
            "COLUMN_UNKNOWN", table.id, "NOT_READ", value=header, taken=_lacking(table, region)
        )
    if region.year:
        date = table.wide[0]
        log.add_one("YEAR_STATED", table.id, "TAKEN_FOR_ALL", column=date, value=region.year)


def _lacking(table: type[Table], region: Region) -> str:
    """The columns that are not there and on which figures depend."""
    lacking = [c for name, c in table.columns.items() if c.decisive and name not in region.columns]
    return ", ".join(f"{column.zh} / {column.en}" for column in lacking)


def tell_hidden(
    table: type[Table],
    sheet: xw.Sheet,
    rows: Sequence[int],
    worth: pd.Series | None,
    log: IssueLog,
) -> None:
    """List how many of `rows` nobody sees, and what they state (`worth`, by row)."""
    hidden = sorted(hidden_rows(sheet, rows))
    if hidden:
        amount = pd.NA if worth is None else total(worth.loc[hidden])
        log.add_one("HIDDEN_ROWS", table.id, "ROW_KEPT", value=len(hidden), amount=amount)


def tell_below(
    table: type[Table], region: Region, number: int, cells: SheetCells, log: IssueLog
) -> None:
    """List the rows below an Excel table that look like its lines: it ends above them."""
    if not region.table_end:
        return
    amounts = dict(_lines_below(table, region, cells))
    if amounts:
        labels = pd.Index([label_of(row, 0, number) for row in amounts])
        stated = exact(list(amounts.values())).set_axis(labels)
        log.add("ROWS_BELOW_TABLE", table.id, labels, "NOT_READ", amounts=stated)


def _lines_below(
    table: type[Table], region: Region, cells: SheetCells
) -> Iterator[tuple[int, float | None]]:
    """The rows below the table that have two cells of it or more and are neither totals nor
    texts alone, up to the header of another table; with what they show as amount.
    """
    money = [n for n in (*STATED, *region.columns) if n in region.columns]
    money = [n for n in money if table.columns[n].kind is Kind.MONEY]
    first = bisect_right(cells.rows, region.table_end)
    for at, row in enumerate(cells.rows[first:], first):
        own = {
            name: cells.columns[position][at]
            for name, position in region.columns.items()
            if position in cells.columns and cells.columns[position][at] is not None
        }
        if any(isinstance(each, str) and total_word(each) for each in own.values()):
            continue
        if len(own) > 1 and all(isinstance(each, str) for each in own.values()):
            return
        if len(own) > 1:
            yield row, next((own[n] for n in money if isinstance(own.get(n), float)), None)
