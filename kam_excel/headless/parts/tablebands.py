"""The header and the totals row of a table: shown, hidden, filled as Excel fills them."""

from __future__ import annotations

import datetime as dt

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.grid import Grid
from kam_excel.headless.cells.values import CellError, Content, Formula
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.structured import escaped

# ST_TotalsRowFunction (ECMA-376 part 1, 18.18) and the numbers that SUBTOTAL takes.
_SUBTOTALS = {
    "average": 101,
    "countNums": 102,
    "count": 103,
    "max": 104,
    "min": 105,
    "stdDev": 107,
    "sum": 109,
    "var": 110,
}
_LABEL = "Total"
_THIS_ROW = "[#This Row]"


def hide_header(table: TableXml, grid: Grid) -> None:
    """Take the header away; its cells are emptied, the columns keep their names."""
    header, area = table.header, table.area
    if header is None:
        return
    rest = Area(area.row1 + 1, area.col1, area.row2, area.col2)
    table.set_bands(rest, header=False, totals=bool(table.totals_rows))
    grid.fill(header, None)


def show_header(table: TableXml, grid: Grid) -> None:
    """Write the names of the columns above the data, whose cells must be empty."""
    area = table.area
    if table.header_rows:
        return
    row = area.row1 - 1
    header = Area(row, area.col1, row, area.col2)
    _require_room(table, grid, header)
    whole = Area(row, area.col1, area.row2, area.col2)
    table.set_bands(whole, header=True, totals=bool(table.totals_rows))
    table.autofilter = True
    grid.write(row, area.col1, [list(table.column_names)])


def show_totals(table: TableXml, grid: Grid) -> None:
    """Show a totals row below the data, whose cells must be empty; the last column is summed."""
    area = table.area
    if table.totals_rows:
        return
    row = area.row2 + 1
    _require_room(table, grid, Area(row, area.col1, row, area.col2))
    _choose(table, grid)
    whole = Area(area.row1, area.col1, row, area.col2)
    table.set_bands(whole, header=bool(table.header_rows), totals=True)
    columns = range(area.width)
    grid.write(row, area.col1, [[_total(table, index) for index in columns]])


def hide_totals(table: TableXml, grid: Grid) -> None:
    """Take the totals row away; what it said is remembered."""
    totals, area = table.totals, table.area
    if totals is None:
        return
    rest = Area(area.row1, area.col1, area.row2 - 1, area.col2)
    table.set_bands(rest, header=bool(table.header_rows), totals=False)
    grid.fill(totals, None)


def filled_body(table: TableXml, grid: Grid) -> Area | None:
    """The cells of the data; None where the table waits for the first."""
    body = table.body
    if body is None or (table.waits_for_data and has_room(grid, body)):
        return None
    return body


def settle(table: TableXml, grid: Grid) -> None:
    """Note what was written: the row that waited has data, a column has one formula throughout."""
    body = table.body
    if body is None or not grid.touches(body):
        return
    if table.waits_for_data and filled_body(table, grid) is not None:
        table.waits_for_data = False
    for index, column in enumerate(body.columns):
        cells = Area(body.row1, column, body.row2, column)
        formula = _only_formula(grid, cells) if grid.touches(cells) else ""
        if formula and formula != table.column_formula(index, "calculatedColumnFormula"):
            table.calculate_column(index, formula)


def _only_formula(grid: Grid, cells: Area) -> str:
    """The formula that every cell of a column has in the very same words, "" if none.

    Words that stay the same in each row refer to the row by name, so they hold in new rows.
    """
    first = grid.content(cells.row1, cells.col1)
    if not isinstance(first, Formula) or _THIS_ROW not in first:
        return ""
    same = all(row == [first] and isinstance(row[0], Formula) for row in grid.contents(cells))
    return str(first) if same else ""


def has_room(grid: Grid, area: Area) -> bool:
    """Whether nothing stands in an area."""
    return area.row1 >= 1 and all(each is None for row in grid.contents(area) for each in row)


def _require_room(table: TableXml, grid: Grid, area: Area) -> None:
    if area.row1 < 1 or not has_room(grid, area):
        place = Place(cell=str(area) if area.row1 >= 1 else "")
        raise WorkbookError(problem("TABLE_NO_ROOM", place, table=table.name))


def _choose(table: TableXml, grid: Grid) -> None:
    """Say what the totals are, where nothing is said: a word first, a sum or a count last."""
    width = table.area.width
    said = ("totalsRowLabel", "totalsRowFunction")
    if any(table.column(index, name) for index in range(width) for name in said):
        return
    if width > 1:
        table.set_column(0, "totalsRowLabel", _LABEL)
    table.set_column(width - 1, "totalsRowFunction", "sum" if _is_numeric(table, grid) else "count")


def _is_numeric(table: TableXml, grid: Grid) -> bool:
    """Whether the last column holds numbers, or formulas of which nobody knows yet."""
    body = table.body
    if body is None:
        return False
    column = Area(body.row1, body.col2, body.row2, body.col2)
    values = [value for row in grid.values(column) for value in row if value is not None]
    numbers = [v for v in values if isinstance(v, (float, dt.datetime, CellError))]
    return bool(values) and len(numbers) == len(values)


def _total(table: TableXml, index: int) -> Content:
    label = table.column(index, "totalsRowLabel")
    function = table.column(index, "totalsRowFunction")
    if function == "custom":
        return Formula(table.column_formula(index, "totalsRowFormula"))
    if function in _SUBTOTALS:
        column = escaped(table.column_names[index])
        return Formula(f"SUBTOTAL({_SUBTOTALS[function]},{table.name}[{column}])")
    return label or None
