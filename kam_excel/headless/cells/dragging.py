"""Dragging cells over others: contents as series, formats in turn."""

from __future__ import annotations

from collections.abc import Iterator

from kam_excel.headless.cells import series
from kam_excel.headless.cells.copying import carried
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.looks import always
from kam_excel.headless.cells.series import Fill, Given
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.styles.part import Styles

Line = list[tuple[int, int]]


def drag(
    grid: Grid,
    styles: Styles,
    source: Area,
    target: Area,
    fill: Fill,
    contents: bool,
    formats: bool,
) -> None:
    """Fill `target`, which holds `source` at one of its ends; in two directions one by one.

    Raises ValueError for a target that the source does not lie at the end of.
    """
    if not target.covers(source):
        raise ValueError(f"{target} does not hold {source}")
    down = Area(target.row1, source.col1, target.row2, source.col2)
    for whole, part in ((down, source), (target, down)):
        if whole != part:
            for given, line in _lines(part, whole):
                _fill(grid, styles, given, line, fill, contents, formats)


def _lines(source: Area, target: Area) -> Iterator[tuple[Line, Line]]:
    """The given cells and those to fill, line by line, the nearest to the given ones first."""
    if source.height != target.height:
        for column in target.columns:
            given = [(row, column) for row in source.rows]
            before = [(row, column) for row in range(source.row1 - 1, target.row1 - 1, -1)]
            yield given, before + [(row, column) for row in range(source.row2 + 1, target.row2 + 1)]
    else:
        for row in target.rows:
            given = [(row, column) for column in source.columns]
            before = [(row, column) for column in range(source.col1 - 1, target.col1 - 1, -1)]
            behind = range(source.col2 + 1, target.col2 + 1)
            yield given, before + [(row, column) for column in behind]


def _fill(
    grid: Grid,
    styles: Styles,
    given: Line,
    line: Line,
    fill: Fill,
    contents: bool,
    formats: bool,
) -> None:
    first = given[0]
    held = [grid.content(*cell) for cell in given]
    looks = [grid.style(*cell) for cell in given]
    cells = [
        Given(content, styles.is_date(look)) for content, look in zip(held, looks, strict=True)
    ]
    at = series.continued(cells, fill, grid.date1904)
    for row, column in line:
        place = row - first[0] + column - first[1]
        origin, content = at(place)
        if contents:
            source = given[origin]
            grid.write(row, column, [[carried(content, row - source[0], column - source[1])]])
        if formats:
            look = looks[origin]
            if grid.style(row, column) != look:
                grid.restyle(Area(row, column, row, column), always(look))
