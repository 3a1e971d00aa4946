"""The rows of a sheet as cells make room or close up; cells that stay keep their bytes.

Inserted cells take the formats, and rows their height, from the neighbours `origin` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import Grammar
from kam_excel.headless.references.addressing import MAX_ROW, Area, column_letters
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
    styles = [(each.column, style_of(each, xml)) for each in cells_of(model.inner, xml)]
    if not kept and not any(style not in ("", "0") for _, style in styles):
        return
    for number in shift.area.rows:
        cells = [blank(number, c, style, xml) for c, style in styles if style not in ("", "0")]
        yield row_markup(Row(number, attributes, joined(cells)), xml)


def _level(row: Row, shift: Shift) -> int:
    adjoins = row.number in (shift.area.row1 - 1, shift.area.row1)
    return int(cellxml.attributes(row.attributes).get("outlineLevel", "0")) if adjoins else 0


# columns, or cells to the right and to the left ------------------------------------------


def _across(text: str, xml: Grammar, shift: Shift, origin: Origin) -> Iterator[str]:
    first = shift.area.col1
    wanted = first - 1 if origin == "before" else first
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
            place = shift.cell(row.number, cell.column)
            if place is None and shift.inserts:
                _refuse_loss(cell.markup, f"{column_letters(cell.column)}{row.number}", xml)
            if place is not None:
                stays = place[1] == cell.column
                found.append(cell if stays else addressed(cell, *place, xml))
            if shift.inserts and cell.column == wanted:
                style = style_of(cell, xml)
                if style not in ("", "0"):
                    new = (blank(row.number, c, style, xml) for c in shift.area.columns)
                    found += new
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
    rows: dict[int, Row] = {}
    arrived: dict[int, list[Cell]] = {}
    for row in rows_of(text, xml):
        cells = cells_of(row.inner, xml)
        for number, cell in _new_cells(row.number, cells, xml, shift, origin):
            arrived.setdefault(number, []).append(cell)
        stay: list[Cell] = []
        for cell in cells:
            place = shift.cell(row.number, cell.column)
            if place is None and shift.inserts:
                _refuse_loss(cell.markup, f"{column_letters(cell.column)}{row.number}", xml)
            if place == (row.number, cell.column):
                stay.append(cell)
            elif place is not None:
                arrived.setdefault(place[0], []).append(addressed(cell, *place, xml))
        moved = len(stay) != len(cells)
        rows[row.number] = row._replace(inner=joined(stay)) if moved else row
    for number in sorted(rows.keys() | arrived.keys()):
        row = rows.get(number, Row(number, "", ""))
        if number in arrived:
            merged = cells_of(row.inner, xml) + arrived[number]
            row = row._replace(
                attributes=_wider_spans(row.attributes, merged), inner=joined(merged)
            )
        yield row_markup(row, xml)


def _new_cells(
    row: int, cells: list[Cell], xml: Grammar, shift: Shift, origin: Origin
) -> Iterator[tuple[int, Cell]]:
    """(row, cell) of inserted cells that look like their neighbours in a row."""
    wanted = shift.area.row1 - (origin == "before")
    if not shift.inserts or row != wanted:
        return
    for cell in cells:
        style = style_of(cell, xml)
        if cell.column in shift.area.columns and style not in ("", "0"):
            for number in shift.area.rows:
                yield number, blank(number, cell.column, style, xml)
