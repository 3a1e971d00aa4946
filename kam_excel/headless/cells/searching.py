"""Finding cells by what they show, and replacing text in what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.display import shown
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.matching import pattern
from kam_excel.headless.cells.values import (
    NOT_COMPUTED,
    Content,
    Formula,
    checked_number,
    checked_text,
)
from kam_excel.headless.cells.visibility import is_row_hidden
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles

# Text that Excel would take for a number, told apart from ids that begin with 0.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?")
_TEXT_FORMAT = "@"


def find(
    grid: Grid,
    styles: Styles,
    area: Area,
    text: str,
    *,
    whole: bool,
    match_case: bool,
    by_columns: bool = False,
    backward: bool = False,
) -> tuple[int, int] | None:
    """The first cell of an area that shows `text`, wildcards in it; hidden cells are left out."""
    wanted = pattern(text, whole, match_case)
    matches = _matches(grid, styles, area, wanted, backward)
    if by_columns:
        choose = max if backward else min
        return choose(matches, key=lambda cell: (cell[1], cell[0]), default=None)
    return next(matches, None)


def _matches(
    grid: Grid, styles: Styles, area: Area, wanted: re.Pattern[str], backward: bool
) -> Iterator[tuple[int, int]]:
    """The cells that match, row by row, or from the last one back."""
    for row in sorted(_rows(grid, area), reverse=backward):
        if is_row_hidden(grid, row):
            continue
        for column in sorted(_columns(grid, area, row), reverse=backward):
            value = None if grid.columns.is_hidden(column) else grid.value(row, column)
            if value is not None and value != NOT_COMPUTED:
                number_format = styles.number_format(grid.style(row, column))
                if wanted.search(shown(value, number_format)):
                    yield row, column


def _rows(grid: Grid, area: Area) -> list[int]:
    return [row for row in grid.used_rows() if row in area.rows]


def _columns(grid: Grid, area: Area, row: int) -> list[int]:
    """The columns of an area in which a row has cells, in no order."""
    return [column for column in grid.used_columns(row) if column in area.columns]


def replace(
    grid: Grid, styles: Styles, area: Area, old: str, new: str, *, whole: bool, match_case: bool
) -> None:
    """Replace text in formulas, texts and numbers of an area; dates stay as they are.

    What then reads as a number becomes one, unless the cell is for text; text never becomes a
    formula.
    """
    wanted = pattern(old, whole, match_case)
    for row in _rows(grid, area):
        for column in _columns(grid, area, row):
            content = grid.content(row, column)
            if content is None:
                continue
            xf = grid.style(row, column)
            if type(content) is float and styles.is_date(xf):
                continue
            keeps_text = styles.number_format(xf) == _TEXT_FORMAT
            changed = _replaced(content, wanted, new, keeps_text)
            if changed != content:
                grid.write(row, column, [[changed]])


def _replaced(content: Content, wanted: re.Pattern[str], new: str, keeps_text: bool) -> Content:
    if isinstance(content, Formula):
        text = wanted.sub(lambda _: new, f"={content}")
        return Formula(text[1:]) if len(text) > 1 and text[0] == "=" else _entered(text, False)
    text = _typed(content)
    changed = wanted.sub(lambda _: new, text)
    return content if changed == text else _entered(changed, keeps_text)


def _typed(content: Content) -> str:
    if isinstance(content, bool):
        return str(content).upper()
    return number_text(content) if isinstance(content, float) else str(content)


def _entered(text: str, keeps_text: bool) -> Content:
    if text == "":
        return None
    if not keeps_text and _NUMBER.fullmatch(text):
        return checked_number(float(text))
    return checked_text(text)
