"""Our own sheets as they were, put back where writing them fails half-way.

A file that is not saved stays as it was by itself; a workbook that is open in Excel does not. Each
sheet is read once beforehand; it is written again from what it held and from its declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.strategy import Run
from kam_excel.contract.table import Table
from kam_excel.errors import ExcelError, KamError, problem
from kam_excel.workbook.adapter import is_visible
from kam_excel.workbook.card import write_card
from kam_excel.workbook.charts import draw_charts
from kam_excel.workbook.marks import table_name
from kam_excel.workbook.snapshot import Row, Snapshot, take_snapshot, take_snapshots
from kam_excel.workbook.write import write_table

HEAD = 3  # rows above the table that an output writes


@contextmanager
def all_or_nothing(book: xw.Book, tables: Iterable[type[Table]], run: Run) -> Iterator[None]:
    """A context in which the sheets of `tables` are written: all of them, or none.

    Where it is left by an error, sheets that were added are deleted and the others get back their
    tables, looks and charts; what users put beside them was never touched. Raises ExcelError with
    what went wrong and the sheets that could not be put back.
    """
    kept = Kept(book, tables)
    try:
        yield
    except BaseException as error:
        lost = kept.put_back(run)
        if lost and isinstance(error, Exception):
            raise _incomplete(error, lost) from error
        raise


class Kept:
    """What the output sheets of some tables hold, and which sheets there are."""

    def __init__(self, book: xw.Book, tables: Iterable[type[Table]]) -> None:
        self._book = book
        self._tables = {table.id: table for table in tables}
        self._sheets = {sheet.name for sheet in book.sheets}
        self._snapshots = {
            name: each
            for name, each in take_snapshots(book, exact=True).items()
            if name in self._tables
        }

    def put_back(self, run: Run) -> list[str]:
        """Have everything as it was; the names of the sheets where that failed.

        `run` is the one that failed: charts need its facts, but not its language.
        """
        lost = [
            sheet.name
            for sheet in reversed(list(self._book.sheets))
            if sheet.name not in self._sheets and not _done(sheet.delete)
        ]
        for name, each in self._snapshots.items():
            if not _done(self._put_back, self._tables[name], each):
                lost.append(each.sheet)
        for name, each in self._snapshots.items():
            table = self._tables[name]
            of_then = replace(run, language=_language(table, each))
            if not _done(draw_charts, self._book, table, of_then):
                lost.append(each.sheet)
        return list(dict.fromkeys(lost))

    def _put_back(self, table: type[Table], kept: Snapshot) -> None:
        sheet = self._book.sheets[kept.sheet]
        language = _language(table, kept)
        rows = [kept.row(number) for number in range(kept.header_row + 1, kept.last_row + 1)]
        for row in range(HEAD):
            sheet.range((row + 1, 1)).value = _typed(kept.cells[row][0])
        if kept.headers == [each.header(language) for each in table.columns.values()]:
            columns = [list(column) for column in zip(*rows, strict=True)]
            write_table(sheet, table, columns, language)
        else:  # written by a plugin that declared other columns
            _write_bare(sheet, table, kept)
        _enter_formulas(sheet, kept)
        if not table.card:
            _clear_below(sheet, table, kept)
        if table.card and any(cell is not None for cell in rows[0]):
            heading = " · ".join(str(kept.cells[row][0]) for row in (0, 1))
            write_card(sheet, table, rows[0], heading, language)
        if is_visible(sheet) is kept.is_hidden:
            sheet.visible = not kept.is_hidden


def _write_bare(sheet: xw.Sheet, table: type[Table], kept: Snapshot) -> None:
    """Have the Excel table where it was, with its values alone, and nothing of a wider one."""
    top, left = kept.header_row, kept.first_column
    sheet.tables[table_name(table.id)].resize(
        sheet.range((top, left), (kept.last_row, kept.last_column))
    )
    width = max(kept.last_column, left + len(table.columns) - 1)
    for row in range(top, sheet.used_range.last_cell.row + 1):
        cells = kept.cells[row - 1][left - 1 : width] if row <= len(kept.cells) else []
        cells = cells + [None] * (width - left + 1 - len(cells))
        sheet.range((row, left), (row, width)).value = [_typed(cell) for cell in cells]


def _enter_formulas(sheet: xw.Sheet, kept: Snapshot) -> None:
    """Have what users compute in the table, whole columns at once: of one cell Excel fills all."""
    rows = range(kept.header_row + 1, kept.last_row + 1)
    entries = [_entered(kept, row) for row in rows]
    for column in sorted({column for row, column in kept.formulas if row in rows}):
        cells = sheet.range((rows[0], column), (rows[-1], column))
        cells.formula = [[entry[column - kept.first_column]] for entry in entries]


def _clear_below(sheet: xw.Sheet, table: type[Table], kept: Snapshot) -> None:
    """Have the rows below the table as they were, where longer ones were written."""
    now = take_snapshot(sheet, sheet.tables[table_name(table.id)], exact=True)
    for number in range(kept.last_row + 1, len(now.cells) + 1):
        before = _entered(kept, number)
        if _entered(now, number) != before:
            row = sheet.range((number, kept.first_column), (number, kept.last_column))
            row.clear()
            if any(cell is not None for cell in before):
                row.value = before


def _entered(kept: Snapshot, number: int) -> Row:
    """What gives the cells of a row when it is entered: formulas, texts, other values."""
    cells = enumerate(kept.row(number), kept.first_column)
    return [kept.formulas.get((number, column)) or _typed(cell) for column, cell in cells]


def _language(table: type[Table], kept: Snapshot) -> Language:
    zh = [column.header("zh") for column in table.columns.values()]
    return "zh" if kept.headers == zh else "en"


def _typed(cell: object) -> object:
    """A value as it is entered: a text stays one."""
    return f"'{cell}" if isinstance(cell, str) else cell


def _done(action: Callable[..., object], *given: object) -> bool:
    try:
        action(*given)
    except Exception:  # Excel's errors have no common class; the first one is told
        return False
    return True


def _incomplete(error: Exception, lost: list[str]) -> ExcelError:
    problems = list(error.problems) if isinstance(error, KamError) else []
    told = problem("OUTPUTS_INCOMPLETE", sheets=", ".join(lost), error=repr(error)[:200])
    return ExcelError([*problems, told])
