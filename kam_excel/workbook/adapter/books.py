"""What holds for a whole book: its date system, and the areas that it names."""

from __future__ import annotations

from collections.abc import Iterator

import xlwings as xw

from kam_excel.headless.references.addressing import area_or_none, quote_sheet, split_sheet
from kam_excel.headless.references.names import same_name
from kam_excel.workbook.adapter.looks import Box
from kam_excel.workbook.adapter.sides import is_headless, is_mac
from kam_excel.workbook.adapter.visibility import is_visible

# What Excel names itself (ECMA-376 part 1, 18.2.5), but for Database, which holds data.
_BUILT_IN = "_xlnm."
_OF_EXCEL = frozenset(
    ["_FilterDatabase", "Consolidate_Area", "Criteria", "Extract", "Print_Area", "Print_Titles"]
)


def uses_1904(book: xw.Book) -> bool:
    """Whether the dates of a book count from 1904; those that are read are right in either case."""
    if is_headless(book):
        return bool(book.impl.model.xml.date1904)
    if is_mac():
        return bool(book.api.date_1904.get())
    return bool(book.api.Date1904)


def named_areas(book: xw.Book) -> dict[str, tuple[str, *Box]]:
    """The areas of visible sheets that the book has names for, as (sheet, *box) by name.

    A name of one sheet begins with it, as in `'Q1 26'!orders`. Names of anything else (formulas,
    constants, several areas, other books, `#REF!`), hidden ones and Excel's own are left out.
    """
    sheets = [sheet.name for sheet in book.sheets if is_visible(sheet)]
    found: dict[str, tuple[str, *Box]] = {}
    for name, refers_to in _names(book):
        owner, address = split_sheet(refers_to)
        area = area_or_none(address)
        sheet = next((each for each in sheets if same_name(each, owner)), None)
        if area is not None and sheet is not None and "[" not in refers_to:
            found[name] = (sheet, area.row1, area.col1, area.row2, area.col2)
    return found


def _names(book: xw.Book) -> Iterator[tuple[str, str]]:
    """Names that people see in Excel's name manager, with the formulas that they stand for."""
    every = _stored_names(book) if is_headless(book) else _live_names(book)
    for name, refers_to in every:
        owner, local = split_sheet(name)
        local = local.removeprefix(_BUILT_IN)
        if local not in _OF_EXCEL:
            yield f"{quote_sheet(owner)}!{local}" if owner else local, refers_to


def _stored_names(book: xw.Book) -> Iterator[tuple[str, str]]:
    xml = book.impl.model.xml
    owners = {each.place: f"{quote_sheet(each.name)}!" for each in xml.sheets()}
    owners[None] = ""
    for each in xml.names():
        if not each.hidden and each.scope in owners:
            yield f"{owners[each.scope]}{each.name}", each.refers_to


def _live_names(book: xw.Book) -> Iterator[tuple[str, str]]:
    for each in book.names:
        if each.api.visible.get() if is_mac() else each.api.Visible:
            yield each.name, each.refers_to
