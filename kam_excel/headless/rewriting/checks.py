"""What cells may not be pulled apart: tables, merged cells, array formulas, pivot tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import Grammar
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting.tables import Table

Fate = Literal["stays", "moves", "grows", "shrinks", "goes", "is cut"]


def fate(area: Area, shift: Shift) -> Fate:
    """What a shift does to the cells of an area."""
    if area.common(shift.lane) is None:
        return "stays"
    if not shift.spans(area):
        return "is cut"
    first, last = (area.row1, area.row2) if shift.axis == "rows" else (area.col1, area.col2)
    start = shift.area.row1 if shift.axis == "rows" else shift.area.col1
    if shift.inserts:
        return "grows" if first < start else "moves"
    end = start + shift.count - 1
    if last < start:
        return "stays"
    if first > end:
        return "moves"
    return "goes" if start <= first and last <= end else "shrinks"


def merges(areas: Iterable[Area], shift: Shift) -> None:
    """Raise WorkbookError where merged cells would come apart."""
    _refuse(areas, shift, ("is cut",), "MERGE_CUT")


def arrays(areas: Iterable[Area], shift: Shift) -> None:
    """Raise WorkbookError where part of an array formula or of a data table would change."""
    _refuse(areas, shift, ("is cut", "grows", "shrinks"), "ARRAY_CUT")


def pivots(areas: Iterable[Area], shift: Shift) -> None:
    """Raise WorkbookError where a pivot table would not move as a whole."""
    _refuse(areas, shift, ("is cut", "grows", "shrinks", "goes"), "PIVOT_CUT")


def _refuse(areas: Iterable[Area], shift: Shift, fates: tuple[Fate, ...], code: str) -> None:
    for area in areas:
        if fate(area, shift) in fates:
            raise _cut(code, area, shift)


def _cut(code: str, area: Area, shift: Shift) -> WorkbookError:
    place = Place(cell=str(shift.area))
    if code == "MERGE_CUT":
        return WorkbookError(problem("MERGE_CUT", place, area=area))
    if code == "ARRAY_CUT":
        return WorkbookError(problem("ARRAY_CUT", place, area=area))
    return WorkbookError(problem("PIVOT_CUT", place, area=area))


def tables(found: Iterable[Table], shift: Shift) -> None:
    """Raise WorkbookError where a table would come apart or lose its header or all its rows."""
    for table in found:
        if not _may(table, shift):
            place, area = Place(cell=str(shift.area)), table.area
            raise WorkbookError(problem("TABLE_CUT", place, table=table.name, area=area))


def _may(table: Table, shift: Shift) -> bool:
    what = fate(table.area, shift)
    if what != "shrinks" or shift.axis == "columns":
        return what != "is cut"
    area, deleted = table.area, shift.area
    if table.header_rows and deleted.row1 <= area.row1 <= deleted.row2:
        return False
    if table.totals_rows and deleted.row1 <= area.row2 <= deleted.row2:
        return False
    first, last = area.row1 + table.header_rows, area.row2 - table.totals_rows
    return not (deleted.row1 <= first and last <= deleted.row2)


def array_areas(text: str, xml: Grammar) -> list[Area]:
    """The areas of array formulas and data tables in the rows of a sheet."""
    if '"array"' not in text and '"dataTable"' not in text and "'" not in text:
        return []
    tag = re.compile(rf"<{re.escape(xml.prefix)}f\b([^>]*)>")
    given = (cellxml.attributes(match[1]) for match in tag.finditer(text))
    return [
        parse_area(each["ref"])
        for each in given
        if "ref" in each and each.get("t") in ("array", "dataTable")
    ]
