"""How cells look, as far as it says what they mean: number formats, hidden rows, merged cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import xlwings as xw

from kam_excel.headless.cells import visibility
from kam_excel.workbook.adapter.bisection import alike, of_each
from kam_excel.workbook.adapter.sides import is_headless, is_mac

Box = tuple[int, int, int, int]  # first row, first column, last row, last column


def number_formats(sheet: xw.Sheet, column: int, rows: Sequence[int]) -> list[str]:
    """The number format of the cells of a column in some rows, in Excel's English codes.

    Of cells that show nothing it may be another one than their own.
    """
    if not rows:
        return []
    if is_headless(sheet.book):
        styles = sheet.impl.model.grid.shown_styles(column, rows)
        shown = sheet.book.impl.model.styles.shown_format
        texts = {style: shown(style) for style in set(styles)}
        return [texts[style] for style in styles]

    def ask(first: int, last: int) -> str | None:
        found: str | None = sheet.range((first, column), (last, column)).number_format
        return found

    return of_each(rows, ask)


def formats_in_use(book: xw.Book) -> frozenset[str] | None:
    """The number formats that any cell of the book may have; None in Excel, which does not say."""
    return book.impl.model.styles.shown_formats() if is_headless(book) else None


def hidden_rows(sheet: xw.Sheet, rows: Collection[int]) -> set[int]:
    """Those of some rows that are hidden, by hand or by a filter."""
    if not rows:
        return set()
    if is_headless(sheet.book):
        return visibility.hidden_rows(sheet.impl.model.grid, rows)

    def ask(first: int, last: int) -> bool | None:
        found: bool | None = sheet.range(f"{first}:{last}").rows.hidden
        return found

    asked = sorted(rows)
    answers = zip(asked, of_each(asked, ask), strict=True)
    return {row for row, is_hidden in answers if is_hidden}


def indent(cells: xw.Range, steps: int) -> None:
    """Move the texts of cells so many steps, 0 to 15, from the side that they are aligned to."""
    if is_headless(cells.sheet.book):
        cells.impl.set_format(indent=steps)
    elif is_mac():
        cells.api.indent_level.set(steps)
    else:
        cells.api.IndentLevel = steps


def merged_areas(cells: xw.Range) -> list[Box]:
    """The merged areas that have any of `cells`, from the top, each as a whole.

    In Excel it takes a question for each column, and some for each area.
    """
    if is_headless(cells.sheet.book):
        own = cells.impl.area
        merges = [merge for merge in cells.sheet.impl.model.grid.merges() if merge.common(own)]
        return sorted((each.row1, each.col1, each.row2, each.col2) for each in merges)
    if cells.merge_cells is False:
        return []
    last_row = cells.row + cells.shape[0] - 1
    columns = range(cells.column, cells.column + cells.shape[1])
    sheet = cells.sheet
    return sorted({box for each in columns for box in _merged(sheet, each, cells.row, last_row)})


def _merged(sheet: xw.Sheet, column: int, first: int, last: int) -> Iterator[Box]:
    """The merged areas that have cells of a column of a live sheet."""

    def ask(top: int, bottom: int) -> bool | None:
        found = sheet.range((top, column), (bottom, column)).merge_cells
        return found if isinstance(found, bool) else None

    for run, is_merged in alike(first, last, ask):
        row = run.start
        while is_merged and row < run.stop:
            area = sheet.range((row, column)).merge_area
            bottom, right = area.row + area.shape[0] - 1, area.column + area.shape[1] - 1
            yield area.row, area.column, bottom, right
            row = bottom + 1
