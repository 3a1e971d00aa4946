"""Changes of a workbook's structure: cells that make room, close up and move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kam_excel.headless.package import relating
from kam_excel.headless.references.moving import Shift
from kam_excel.headless.rewriting import shifting
from kam_excel.headless.rewriting.changes import ColumnsDeleted, TablesDeleted
from kam_excel.headless.rewriting.rows import Origin
from kam_excel.headless.xml import splice

if TYPE_CHECKING:
    from kam_excel.headless.model.book import SheetModel, WorkbookModel


def shift_cells(
    book: WorkbookModel, sheet: SheetModel, shift: Shift, origin: Origin = "before"
) -> None:
    """Insert or delete cells of a sheet; everything that refers to cells of it follows.

    Raises WorkbookError, with nothing changed, where a table, merged cells, an array formula or
    a pivot table would come apart.
    """
    book.flush()
    had_formulas = book.has_formulas()
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
    if had_formulas:
        book.formulas_moved()


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
