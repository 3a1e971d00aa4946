"""Finding the cells that a text names: an address, a defined name, a table or part of one."""

from __future__ import annotations

import re

from kam_excel.headless.model.book import SheetModel, WorkbookModel
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.addressing import Area, parse_area, split_sheet

_TABLE = re.compile(r"([^\[\]!]+)\[(.*)\]", re.DOTALL)


def locate(book: WorkbookModel, sheet: SheetModel, text: str) -> Area:
    """The area of `sheet` that `text` names; raises ValueError where there is none."""
    if "," in text and "[" not in text and "'" not in text:
        raise NotImplementedError(f"{text}: take one area at a time")
    found, area = find(book, sheet, text)
    if found is not sheet:
        raise ValueError(f"{text!r} is not on sheet {sheet.entry.name!r}")
    return area


def find(book: WorkbookModel, sheet: SheetModel, text: str) -> tuple[SheetModel, Area]:
    """The sheet and the area that `text` names, as seen from `sheet`; raises ValueError."""
    owner, address = split_sheet(text)
    target = book.sheet(owner) if owner else sheet
    try:
        return target, parse_area(address)
    except ValueError:
        pass
    refers_to = _defined(book, target, address)
    if refers_to is not None:
        owner, address = split_sheet(refers_to)
        return (book.sheet(owner) if owner else target), parse_area(address)
    table, part = _TABLE.fullmatch(address), ""
    name = address
    if table:
        name, part = table.groups()
    for model in book.sheets():
        for each in model.tables:
            if each.name.casefold() == name.casefold():
                return model, _part_of(each, part)
    raise ValueError(f"{text!r} is neither an address nor a name of this workbook")


def _defined(book: WorkbookModel, sheet: SheetModel, name: str) -> str | None:
    place, found = sheet.entry.place, None
    for each in book.xml.names():
        if each.name.casefold() == name.casefold() and each.scope in (place, None):
            found = each.refers_to
            if each.scope == place:
                break
    return found


def _part_of(table: TableXml, part: str) -> Area:
    area = {
        "": table.body,
        "#data": table.body,
        "#all": table.area,
        "#headers": table.header,
        "#totals": table.totals,
    }.get(part.casefold(), table.body)
    if area is None:
        raise ValueError(f"the table {table.name!r} has no {part or 'data'}")
    if part and not part.startswith("#"):
        names = [name.casefold() for name in table.column_names]
        if part.casefold() not in names:
            raise ValueError(f"the table {table.name!r} has no column {part!r}")
        column = table.area.col1 + names.index(part.casefold())
        return Area(area.row1, column, area.row2, column)
    return area
