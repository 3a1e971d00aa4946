"""Copies of sheets: in the same workbook with all that belongs to them, in another the cells."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from kam_excel.headless.cells import copying, merging
from kam_excel.headless.cells.values import Formula
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references.following import refers_to_sheet, renamed
from kam_excel.headless.references.tokens import tokens
from kam_excel.headless.rewriting.changes import SheetCopied
from kam_excel.headless.rewriting.duplicates import UNIQUE, Duplicator, kinds
from kam_excel.headless.xml.values import is_true

if TYPE_CHECKING:
    from kam_excel.headless.model.book import WorkbookModel
    from kam_excel.headless.model.sheet import SheetModel
    from kam_excel.headless.styles.cellformats import CellFormat

MAX_NAME = 31
# Elements of a sheet that can be taken to another workbook as they are.
_PORTABLE = ("sheetViews", "sheetFormatPr", "printOptions", "pageMargins", "headerFooter")
_ROW = ("ht", "customHeight", "hidden", "outlineLevel", "collapsed")
_PLAIN = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData mergeCells phoneticPr "
    "printOptions pageMargins pageSetup headerFooter ignoredErrors".split()
)


def free_name(book: WorkbookModel, name: str) -> str:
    """`Name (2)` and the like, the first that no sheet has."""
    taken = {each.name.casefold() for each in book.xml.sheets()}
    number = 2
    while True:
        end = f" ({number})"
        found = f"{name[: MAX_NAME - len(end)]}{end}"
        if found.casefold() not in taken:
            return found
        number += 1


def copy_within(book: WorkbookModel, sheet: SheetModel, place: int) -> SheetModel:
    """Copy a sheet with its tables, charts, notes and names to a place among all sheets.

    What it says of itself, its copy says of itself too. Raises NotImplementedError for sheets
    with slicers and the like, of which a workbook can have but one.
    """
    book.flush()
    found = sorted(kinds(book.package, sheet.part) & UNIQUE)
    if found:
        raise NotImplementedError(f"a sheet with {', '.join(found)} is copied in Excel alone")
    source = sheet.entry
    name = free_name(book, source.name)
    model = book.add_sheet(name, place)
    duplicator = Duplicator(book.package, sheet.part, model.part)
    tables = _table_names(book, sheet)
    duplicator.write(SheetCopied(source.name, name, tables), name)
    _name_tables(book, duplicator.tables(), tables)
    model.reload()
    _unselect(model)
    _copy_names(book, sheet, model)
    if source.state != "visible":
        book.xml.set_state(model.entry, source.state)
    book.cells_moved()
    return model


def _table_names(book: WorkbookModel, sheet: SheetModel) -> dict[str, str]:
    """New names for the tables of a sheet, by the old ones."""
    taken = book.taken_names()
    names: dict[str, str] = {}
    for table in sheet.tables:
        number = 2
        while f"{table.name}_{number}".casefold() in taken:
            number += 1
        names[table.name] = f"{table.name}_{number}"
        taken.add(names[table.name].casefold())
    return names


def _name_tables(book: WorkbookModel, parts: list[str], names: dict[str, str]) -> None:
    """Give copied tables their names, and ids that no other table has."""
    others = [table.id for table in book.tables() if table.part not in parts]
    free = max(others, default=0) + 1
    for number, part in enumerate(parts, free):
        table = TableXml(book.package, part)
        table.name = names[table.name]
        table.set_id(number)


def _unselect(model: SheetModel) -> None:
    """Let the copy not be selected together with the original, nor share its name in VBA."""
    shell = model.grid.shell
    for view in shell.items("sheetViews", "sheetView"):
        if is_true(view.attributes.get("tabSelected")):
            shell.set_attribute(view, "tabSelected", "0")
            break
    properties = shell.child("sheetPr")
    if properties is not None and "codeName" in properties.attributes:
        shell.remove_attribute(properties, "codeName")


def _copy_names(book: WorkbookModel, sheet: SheetModel, model: SheetModel) -> None:
    """The names of a sheet, and those of the workbook that lead to it, belong to the copy too."""
    source, copy = sheet.entry, model.entry
    for each in book.xml.names():
        own = each.scope == source.place
        if own or (each.scope is None and refers_to_sheet(each.refers_to, source.name)):
            text = renamed(each.refers_to, source.name, copy.name)
            book.xml.set_name(each.name, text, copy.place, hidden=each.hidden or None)


# to another workbook ----------------------------------------------------------------------


def copy_across(
    source: WorkbookModel, sheet: SheetModel, target: WorkbookModel, place: int
) -> SheetModel:
    """Copy the cells of a sheet with their formats and sizes to another workbook.

    Raises NotImplementedError where there is more than that: tables, charts, rules, links,
    formulas that name something outside of the sheet.
    """
    source.flush()
    _refuse_more(source, sheet, target)
    name = sheet.entry.name
    taken = {each.name.casefold() for each in target.xml.sheets()}
    model = target.add_sheet(free_name(target, name) if name.casefold() in taken else name, place)
    area = sheet.grid.used_area()
    if area is not None:
        block = copying.read(sheet.grid, area)
        formats = {
            xf: target.styles.xf(0, **_fields(source.styles.format_of(xf)))
            for xf in {style for row in block.styles for style in row}
        }
        copying.put_contents(model.grid, block, area.row1, area.col1, False, None)
        copying.put_styles(model.grid, block, area.row1, area.col1, lambda new, _: formats[new])
        merging.mark(model.grid, sheet.grid.merges())
    _copy_sizes(sheet, model)
    return model


def _fields(look: CellFormat) -> dict[str, Any]:
    return {each.name: getattr(look, each.name) for each in fields(look)}


def _refuse_more(source: WorkbookModel, sheet: SheetModel, target: WorkbookModel) -> None:
    found = {each.kind for each in source.package.rels(sheet.part)} - {"printerSettings"}
    found |= {name for name in sheet.grid.shell.names() if name not in _PLAIN}
    if source.xml.date1904 != target.xml.date1904:
        found.add("dates that count from another day")
    area = sheet.grid.used_area()
    contents = sheet.grid.contents(area) if area else []
    formulas = {each for row in contents for each in row if isinstance(each, Formula)}
    if any(_leads_away(each) for each in formulas):
        found.add("formulas that name sheets, tables or names")
    if found:
        raise NotImplementedError(
            f"to another workbook only cells are copied, and this sheet has "
            f"{', '.join(sorted(found))}: copy it in Excel"
        )


def _leads_away(formula: str) -> bool:
    return any(
        token.kind in ("owner", "structure")
        or (token.kind == "name" and token.text.upper() not in ("TRUE", "FALSE"))
        for token in tokens(formula)
    )


def _copy_sizes(sheet: SheetModel, model: SheetModel) -> None:
    """Column widths, row heights, and how the sheet is seen and printed."""
    source, target = sheet.grid.shell, model.grid.shell
    for name in _PORTABLE:
        element = source.child(name)
        if element is not None and source.prefix == target.prefix:
            target.put(name, source.outer(element).decode())
    for each in source.items("cols", "col"):
        first, last = int(each.attributes["min"]), int(each.attributes["max"])
        if "width" in each.attributes:
            width = sheet.grid.columns.width(first)
            model.grid.columns.set_width(first, last, width)
    for row in sheet.grid.used_rows():
        given = sheet.grid.row_attributes(row)
        kept = {name: given[name] for name in _ROW if name in given}
        if kept:
            model.grid.set_row(row, dict(kept))
