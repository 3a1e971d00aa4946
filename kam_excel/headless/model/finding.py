"""Finding the cells that a text names: an address, a defined name, a table or part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kam_excel.headless.model.book import WorkbookModel
from kam_excel.headless.model.sheet import SheetModel
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references import structured
from kam_excel.headless.references.addressing import Area, parse_area, split_sheet
from kam_excel.headless.references.names import same_name
from kam_excel.headless.references.tokens import Token, tokens

_TABLE = re.compile(r"([^\[\]!]+)\[(.*)\]", re.DOTALL)
_BOOK = re.compile(r"=?'?\[((?:[^\]']|'')+)\]")
_DEEPEST = 8  # names that refer to names


def locate(book: WorkbookModel, sheet: SheetModel, text: str) -> Area:
    """The area of `sheet` that `text` names; raises ValueError where there is none."""
    found, area = find(book, sheet, text)
    if found is not sheet:
        raise ValueError(f"{text!r} is not on sheet {sheet.entry.name!r}")
    return area


def find(
    book: WorkbookModel, sheet: SheetModel, text: str, depth: int = 0
) -> tuple[SheetModel, Area]:
    """The sheet and the area that `text` names, as seen from `sheet`.

    Raises ValueError where it names none, KeyError for an unknown sheet, NotImplementedError for
    several areas.
    """
    if "," in text and Token("operator", ",") in tokens(text):
        raise NotImplementedError(f"{text}: take one area at a time")
    named = _BOOK.match(text)
    if named and not same_name(named[1], book.name):
        raise ValueError(f"{text!r} is in another workbook")
    owner, address = split_sheet(text)
    target = book.sheet(owner) if owner else sheet
    spilled = address.endswith("#")
    try:
        area = parse_area(address.removesuffix("#"))
        return target, _spill_area(target, area) if spilled else area
    except ValueError:
        pass
    refers_to = _defined(book, target, address)
    if refers_to is not None and depth < _DEEPEST:
        return find(book, target, refers_to, depth + 1)
    return _in_table(book, text, address)


def _spill_area(sheet: SheetModel, area: Area) -> Area:
    """The cells that the formula in the first cell of `area` gives the values of."""
    for array in sheet.grid.arrays():
        if (array.row1, array.col1) == (area.row1, area.col1):
            return array
    raise ValueError(f"no formula spills from {area}")


def _in_table(book: WorkbookModel, text: str, address: str) -> tuple[SheetModel, Area]:
    table = _TABLE.fullmatch(address)
    name, part = table.groups() if table else (address, "")
    for model in book.sheets():
        for each in model.tables:
            if same_name(each.name, name):
                return model, _part_of(each, part)
    raise ValueError(f"{text!r} is neither an address nor a name of this workbook")


def _defined(book: WorkbookModel, sheet: SheetModel, name: str) -> str | None:
    place, found = sheet.entry.place, None
    for each in book.xml.names():
        if same_name(each.name, name) and each.scope in (place, None):
            found = each.refers_to
            if each.scope == place:
                break
    return found


def _part_of(table: TableXml, part: str) -> Area:
    """The cells that what stands in a table's brackets names: `Qty`, `[#All],[Qty]:[Price]`."""
    if part.lstrip().startswith("@"):
        raise ValueError(f"[{part}] means nothing outside of a cell's formula")
    items = structured.items(part)
    rows = [item.casefold() for item in items if item.startswith("#")]
    columns = [structured.unescaped(item) for item in items if not item.startswith("#")]
    area = _rows_of(table, rows)
    if columns:
        first, last = _column(table, columns[0]), _column(table, columns[-1])
        area = Area(area.row1, min(first, last), area.row2, max(first, last))
    return area


def _rows_of(table: TableXml, items: Sequence[str]) -> Area:
    known = {
        "#data": table.body,
        "#all": table.area,
        "#headers": table.header,
        "#totals": table.totals,
    }
    found = None
    for item in items or ["#data"]:
        if item not in known:
            raise ValueError(f"{item} means nothing outside of a cell's formula")
        area = known[item]
        if area is None:
            raise ValueError(f"the table {table.name!r} has no {item.removeprefix('#')}")
        found = area.union(found) if found else area
    assert found is not None
    return found


def _column(table: TableXml, name: str) -> int:
    names = [each.casefold() for each in table.column_names]
    if name.casefold() not in names:
        raise ValueError(f"the table {table.name!r} has no column {name!r}")
    return table.area.col1 + names.index(name.casefold())
