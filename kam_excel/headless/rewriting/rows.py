"""The rows of a sheet as cells make room or close up; cells that stay keep their bytes.

Inserted cells take the formats, and rows their height, from the neighbours `origin` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import Grammar
from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area, cell_name
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting.sheettext import (
    Cell,
    Row,
    addressed,
    blank,
    cells_of,
    joined,
    renumbered,
    row_markup,
    rows_of,
    style_of,
)

# Where inserted cells take their formats from: the left or above, the right or below.
Origin = Literal["before", "behind"]
_SPANS = re.compile(r"""\sspans=["'](\d+):(\d+)["']""")
_INHERITED = ("s", "customFormat", "ht", "customHeight")


def shifted(text: str, xml: Grammar, shift: Shift, origin: Origin) -> str:
    """The rows after `shift`."""
    if shift.axis == "columns":
        return "".join(_across(text, xml, shift, origin))
    if shift.is_whole:
        return "".join(_whole(text, xml, shift, origin))
    return "".join(_down(text, xml, shift, origin))


def _refuse_loss(markup: str, address: str, xml: Grammar) -> None:
    """Raise WorkbookError where cells that are pushed over the edge hold something."""
    if any(f"<{xml.prefix}{name}" in markup for name in ("v", "f", "is")):
        raise WorkbookError(problem("CELLS_PUSHED_OUT", Place(cell=address)))


# whole rows -------------------------------------------------------------------


def _whole(text: str, xml: Grammar, shift: Shift, origin: Origin) -> Iterator[str]:
    first = shift.area.row1
    model: Row | None = None
    wanted = (first - 1) if origin == "before" else first
    waiting = shift.inserts
    for row in rows_of(text, xml):
        if row.number == wanted:
            model = row
        if waiting and row.number >= first:
            yield from _new_rows(model, row, xml, shift)
            waiting = False
        number = shift.line(row.number)
        if number is not None and number > MAX_ROW:
            _refuse_loss(row.inner, f"{row.number}:{row.number}", xml)
        if number is None or number > MAX_ROW:
            continue
        if number == row.number:
            yield row_markup(row, xml)
        else:
            inner = renumbered(row.inner, number, xml)
            yield row_markup(row._replace(number=number, inner=inner), xml)
    if waiting:
        yield from _new_rows(model, None, xml, shift)


def _new_rows(model: Row | None, below: Row | None, xml: Grammar, shift: Shift) -> Iterator[str]:
    """Empty rows that look like `model`; between two grouped rows they are grouped too."""
    if model is None:
        return
    given = cellxml.attributes(model.attributes)
    kept = {name: given[name] for name in _INHERITED if name in given}
    level = min(_level(model, shift), _level(below, shift) if below else 0)
    if level and model.number == shift.area.row1 - 1:
        kept["outlineLevel"] = str(level)
    attributes = "".join(f' {name}="{value}"' for name, value in kept.items())
    cells = cells_of(model.inner, xml)
    for number in shift.area.rows:
        new = [blank for cell in cells for blank in _like(cell, number, [cell.column], xml)]
        if kept or new:
            yield row_markup(Row(number, attributes, joined(new)), xml)


def _level(row: Row, shift: Shift) -> int:
    adjoins = row.number in (shift.area.row1 - 1, shift.area.row1)
    return int(cellxml.attributes(row.attributes).get("outlineLevel", "0")) if adjoins else 0


# columns, or cells to the right and to the left ------------------------------------------


def _across(text: str, xml: Grammar, shift: Shift, origin: Origin) -> Iterator[str]:
    first = shift.area.col1
    wanted = first - 1 if origin == "before" else first
    line = cache(shift.line)
    for row in rows_of(text, xml):
        if row.number not in shift.area.rows:
            yield row_markup(row, xml)
            continue
        cells = cells_of(row.inner, xml)
        if not cells or cells[-1].column < min(first, wanted):
            yield row_markup(row, xml)
            continue
        found: list[Cell] = []
        for cell in cells:
            column = line(cell.column)
            if column == cell.column:
                found.append(cell)
            elif column is not None and column <= MAX_COLUMN:
                found.append(addressed(cell, row.number, column, xml))
            elif shift.inserts:
                _refuse_loss(cell.markup, cell_name(row.number, cell.column), xml)
            if shift.inserts and cell.column == wanted:
                found += _like(cell, row.number, shift.area.columns, xml)
        attributes = _followed_spans(row, shift)
        yield row_markup(row._replace(attributes=attributes, inner=joined(found)), xml)


def _followed_spans(row: Row, shift: Shift) -> str:
    """The attributes of a row whose `spans` (its first and last columns) follow."""
    found = _SPANS.search(row.attributes)
    if found is None:
        return row.attributes
    after = shift.follow(Area(row.number, int(found[1]), row.number, int(found[2])))
    spans = f"{after.col1}:{after.col2}" if after else None
    return cellxml.set_attribute(row.attributes, "spans", spans)


def _wider_spans(attributes: str, cells: list[Cell]) -> str:
    """The attributes of a row whose `spans` reach around its cells."""
    found = _SPANS.search(attributes)
    if found is None:
        return attributes
    columns = [int(found[1]), int(found[2]), *(cell.column for cell in cells)]
    return cellxml.set_attribute(attributes, "spans", f"{min(columns)}:{max(columns)}")


# cells down and up --------------------------------------------------------------------


def _down(text: str, xml: Grammar, shift: Shift, origin: Origin) -> Iterator[str]:
    first, columns = shift.area.row1, shift.area.columns
    wanted = first - 1 if origin == "before" else first
    rows: dict[int, Row] = {}
    arrived: dict[int, list[Cell]] = {}
    for row in rows_of(text, xml):
        rows[row.number] = row
        if row.number < wanted:
            continue
        cells = cells_of(row.inner, xml)
        inside = [cell for cell in cells if cell.column in columns]
        if shift.inserts and row.number == wanted:
            for cell in inside:
                for number in shift.area.rows:
                    arrived.setdefault(number, []).extend(_like(cell, number, [cell.column], xml))
        if inside and row.number >= first:
            outside = [cell for cell in cells if cell.column not in columns]
            rows[row.number] = row._replace(inner=joined(outside))
            for number, cell in _moved(inside, row.number, shift, xml):
                arrived.setdefault(number, []).append(cell)
    for number in sorted(rows.keys() | arrived.keys()):
        yield row_markup(_with_cells(rows.get(number), number, arrived.get(number), xml), xml)


def _moved(cells: list[Cell], row: int, shift: Shift, xml: Grammar) -> Iterator[tuple[int, Cell]]:
    """(row, cell) of the cells of the lane in a row, where they go."""
    number = shift.line(row)
    for cell in cells:
        if number is not None and number <= MAX_ROW:
            yield number, addressed(cell, number, cell.column, xml)
        elif shift.inserts:
            _refuse_loss(cell.markup, cell_name(row, cell.column), xml)


def _with_cells(row: Row | None, number: int, more: list[Cell] | None, xml: Grammar) -> Row:
    """A row with cells that came to it, made where there is none."""
    row = row or Row(number, "", "")
    if not more:
        return row
    merged = cells_of(row.inner, xml) + more
    return row._replace(attributes=_wider_spans(row.attributes, merged), inner=joined(merged))


def _like(cell: Cell, row: int, columns: Iterable[int], xml: Grammar) -> list[Cell]:
    """Empty cells of a row in the format of another cell; none where it has no format."""
    style = style_of(cell, xml)
    return [] if style in ("", "0") else [blank(row, column, style, xml) for column in columns]
