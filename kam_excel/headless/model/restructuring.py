"""Changes of a workbook's structure: cells that make room, close up and move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells import merging
from kam_excel.headless.cells.looks import always
from kam_excel.headless.cells.values import Content, Formula
from kam_excel.headless.model.copying import WHAT, Source, paste
from kam_excel.headless.package import relating
from kam_excel.headless.references import following
from kam_excel.headless.references.addressing import Area, parse_area
from kam_excel.headless.references.areas import without
from kam_excel.headless.references.moving import Block, Shift
from kam_excel.headless.rewriting import shifting
from kam_excel.headless.rewriting.changes import BlockMoved, ColumnsDeleted, TablesDeleted
from kam_excel.headless.rewriting.rows import Origin
from kam_excel.headless.xml import splice

if TYPE_CHECKING:
    from kam_excel.headless.model.book import WorkbookModel
    from kam_excel.headless.model.sheet import SheetModel


def shift_cells(
    book: WorkbookModel, sheet: SheetModel, shift: Shift, origin: Origin = "before"
) -> None:
    """Insert or delete cells of a sheet; everything that refers to cells of it follows.

    Raises WorkbookError, with nothing changed, where a table, merged cells, an array formula or
    a pivot table would come apart.
    """
    book.flush()
    outcome = shifting.shifted(book.package, book.xml.sheets(), sheet.entry, shift, origin)
    for part, data in outcome.parts.items():
        book.package.write(part, data)
    book.reload(outcome.parts)
    for model in book.sheets():
        model.charts.follow(sheet, shift)
    _delete_tables(book, sheet, [table.part for table in outcome.gone])
    if outcome.gone:
        book.carry(TablesDeleted([table.name for table in outcome.gone]))
    for table, columns in outcome.columns.items():
        book.carry(ColumnsDeleted(table, columns))
    for (row, column), name in outcome.headers.items():
        sheet.grid.write(row, column, [[name]])
    book.cells_moved()


def move_cells(
    book: WorkbookModel, sheet: SheetModel, area: Area, target: SheetModel, row: int, column: int
) -> None:
    """Cut cells out and put them from a cell on, on the same sheet or another one.

    References to the cells follow. Raises WorkbookError, with nothing changed, where a table,
    merged cells, an array formula or a pivot table would come apart.
    """
    block = Block(area, row - area.row1, column - area.col1)
    if sheet is target and not (block.rows or block.columns):
        return
    parse_area(str(block.target))
    book.flush()
    _check_block(book, sheet, area, ())
    _check_block(book, target, block.target, (area,) if sheet is target else ())
    change = BlockMoved(sheet.entry.name, target.entry.name, block)
    contents = _contents(sheet, area, change)
    sheets = book.xml.sheets()
    rules = replace(change, fixed=True)
    parts = shifting.carried(book.package, sheets, sheets, change, rules)
    for part, data in parts.items():
        book.package.write(part, data)
    book.reload(parts)
    for model in book.sheets():
        model.charts.follow(sheet, block)
    source = Source(sheet, area, book.styles)
    paste(source, target, block.target, replace(WHAT["all"], contents=""))
    target.grid.write(row, column, contents)
    for rest in without((area,), block.target) if sheet is target else (area,):
        _clear(sheet, rest)
        if sheet is target:
            sheet.sparklines.clear(rest)
    book.cells_moved()


def _contents(sheet: SheetModel, area: Area, change: BlockMoved) -> list[list[Content]]:
    """The contents of a block as they are at its new place."""

    def moved(content: Content) -> Content:
        if not isinstance(content, Formula):
            return content
        where = change.sheet, change.target
        return Formula(following.in_moved_block(content, change.block, *where))

    return [[moved(each) for each in row] for row in sheet.grid.contents(area)]


def _check_block(
    book: WorkbookModel, sheet: SheetModel, area: Area, going: tuple[Area, ...]
) -> None:
    """Raise WorkbookError where a block cuts something that is not `going` anyway."""

    def is_cut(other: Area) -> bool:
        return other.common(area) is not None and not any(
            each.covers(other) for each in (area, *going)
        )

    place = Place(sheet=sheet.entry.name, cell=str(area))
    for merge in filter(is_cut, sheet.grid.merges()):
        raise WorkbookError(problem("MERGE_CUT", place, area=merge))
    for array in sheet.grid.stored.arrays():
        if array.common(area):
            raise WorkbookError(problem("ARRAY_CUT", place, area=array))
    for pivot in shifting.pivot_areas(book.package, sheet.part):
        if pivot.common(area):
            raise WorkbookError(problem("PIVOT_CUT", place, area=pivot))
    for table in sheet.tables:
        ends = [each for each in (table.header, table.totals) if each is not None]
        if any(each.common(area) for each in ends):
            found = problem("TABLE_CUT", place, table=table.name, area=table.area)
            raise WorkbookError(found)


def _clear(sheet: SheetModel, area: Area) -> None:
    """Leave nothing in cells that were cut out."""
    merging.unmerge(sheet.grid, area)
    sheet.grid.fill(area, None)
    sheet.grid.restyle(area, always(0))
    sheet.rules.clear(area)
    sheet.validations.delete(area)
    sheet.notes.remove(area)
    sheet.hyperlinks.remove(area)


def _delete_tables(book: WorkbookModel, sheet: SheetModel, parts: list[str]) -> None:
    """Take out tables whose cells are all deleted."""
    related = book.package.rels(sheet.part).of_type("table")
    ids = {each.id for each in related if book.package.find(each.target) in parts}
    if not ids:
        return
    shell = sheet.grid.shell
    listed = shell.items("tableParts", "tablePart")
    gone = [each for each in listed if relating.named(each.attributes) in ids]
    shell.edit(*map(splice.delete, gone))
    left = shell.child("tableParts")
    if left is not None and len(gone) == len(listed):
        shell.remove("tableParts")
    elif left is not None:
        shell.set_attribute(left, "count", str(len(listed) - len(gone)))
    relating.remove(book.package, sheet.part, ids)
    for part in parts:
        book.package.remove(part)
