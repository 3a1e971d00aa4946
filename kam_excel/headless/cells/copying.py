"""Blocks of cells: read from a sheet, turned, and put elsewhere."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Literal

from kam_excel.headless.cells import merging
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import Content, Formula, computed, to_serial
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import moved
from kam_excel.headless.references.filling import copied

Held = Literal["formulas", "values"]
Operation = Callable[[float, float], float]
OPERATIONS: Mapping[str, Operation] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
}
_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


@dataclass(frozen=True, slots=True)
class Block:
    """Cells: contents and formats by row, merged areas, and where they come from."""

    area: Area
    contents: list[list[Content]]
    styles: list[list[int]]
    merges: list[Area]

    @property
    def height(self) -> int:
        return len(self.contents)

    @property
    def width(self) -> int:
        return len(self.contents[0])

    def turned(self) -> Block:
        """The block with rows for columns; formulas keep their relative distances turned too."""
        if any(isinstance(each, Formula) for row in self.contents for each in row):
            raise NotImplementedError("formulas are not transposed here: take their values")
        row, column = self.area.row1, self.area.col1
        merges = [
            Area(
                row + each.col1 - column,
                column + each.row1 - row,
                row + each.col2 - column,
                column + each.row2 - row,
            )
            for each in self.merges
        ]
        contents = [list(each) for each in zip(*self.contents, strict=True)]
        styles = [list(each) for each in zip(*self.styles, strict=True)]
        return Block(self.area, contents, styles, merges)


def read(grid: Grid, area: Area, held: Held = "formulas") -> Block:
    """The cells of an area, with formulas or with what they show.

    Raises WorkbookError for a formula that has no value yet where values are wanted, and
    NotImplementedError for array formulas where formulas are.
    """
    contents = grid.contents(area)
    if held == "formulas":
        if any(area.common(array) for array in grid.stored.arrays()):
            raise NotImplementedError("array formulas are not copied here: take their values")
    else:
        contents = [
            [_value(grid, row, column, each) for column, each in enumerate(cells, area.col1)]
            for row, cells in zip(area.rows, contents, strict=True)
        ]
    styles = [[grid.style(row, column) for column in area.columns] for row in area.rows]
    merges = [each for each in grid.merges() if area.covers(each)]
    return Block(area, contents, styles, merges)


def _value(grid: Grid, row: int, column: int, content: Content) -> Content:
    if not isinstance(content, Formula):
        return content
    value = computed(grid.value(row, column), row, column)
    return to_serial(value, grid.date1904) if isinstance(value, dt.date) else value


def put_contents(
    grid: Grid, block: Block, row: int, column: int, skip_blanks: bool, operation: str | None
) -> None:
    """Write the contents of a block from a cell on; relative references move along."""
    down, right = row - block.area.row1, column - block.area.col1
    target = Area(row, column, row + block.height - 1, column + block.width - 1)
    wanted = [[carried(each, down, right) for each in cells] for cells in block.contents]
    if skip_blanks or operation:
        old = grid.contents(target)
        wanted = [
            [_combined(a, b, skip_blanks, operation) for a, b in zip(olds, news, strict=True)]
            for olds, news in zip(old, wanted, strict=True)
        ]
    grid.write(row, column, wanted)


def carried(content: Content, down: int, right: int) -> Content:
    """What a cell holds after it was copied elsewhere: relative references move along."""
    return Formula(copied(content, down, right)) if isinstance(content, Formula) else content


def _combined(old: Content, new: Content, skip_blanks: bool, operation: str | None) -> Content:
    """What stands in a cell into which `new` is pasted."""
    if new is None and (skip_blanks or operation):
        return old
    if operation is None:
        return new
    if not (old is None or _counts(old)) or not _counts(new):
        return old
    if isinstance(old, float | None) and isinstance(new, float):
        return _computed(old or 0.0, new, operation)
    return Formula(f"({_operand(old)}){_SIGNS[operation]}({_operand(new)})")


def _counts(content: Content) -> bool:
    """Whether one computes with it: a number or a formula."""
    return isinstance(content, float | Formula)


def _operand(content: Content) -> str:
    return number_text(content) if isinstance(content, float) else str(content or "0")


def _computed(old: float, new: float, operation: str) -> Content:
    if operation == "divide" and new == 0:
        raise ZeroDivisionError("a cell would be divided by 0")
    return OPERATIONS[operation](old, new)


def put_styles(
    grid: Grid,
    block: Block,
    row: int,
    column: int,
    change: Callable[[int, int], int] = lambda new, _: new,
) -> None:
    """Give cells the formats of a block; `change` may mix the new format and the old one."""
    for down, (first, last) in _equal_rows(block.styles):
        right = 0
        for style, run in groupby(block.styles[down]):
            width = len(list(run))
            area = Area(row + first, column + right, row + last, column + right + width - 1)
            grid.restyle(area, partial(change, style))
            right += width


def _equal_rows(styles: list[list[int]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Neighbouring rows with the same formats: the first one, and the first and last."""
    start = 0
    for place in range(1, len(styles) + 1):
        if place == len(styles) or styles[place] != styles[start]:
            yield start, (start, place - 1)
            start = place


def put_merges(grid: Grid, block: Block, row: int, column: int) -> None:
    """Merge cells as they are merged in a block."""
    down, right = row - block.area.row1, column - block.area.col1
    merging.mark(grid, [moved(each, down, right) for each in block.merges])
