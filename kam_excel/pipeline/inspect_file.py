"""Looking into one workbook file: what it holds, and what an edit would touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import xlwings as xw

from kam_excel.errors import Problem, WorkbookError
from kam_excel.headless.model.contents import Contents, contents
from kam_excel.headless.saving.save import check_target
from kam_excel.pipeline.workbook_file import open_headless

Edit = Callable[[xw.Book], None]


@dataclass(frozen=True, slots=True)
class Inspection:
    """`touched`: for each trial edit ("cell", "sheet") the parts that it changes, and how;
    `obstacles`: what stands in the way of such edits or of saving them in place.
    """

    path: Path
    contents: Contents
    touched: Mapping[str, Mapping[str, str]]
    obstacles: tuple[Problem, ...]


def inspect_file(path: Path) -> Inspection:
    """Look into the workbook at `path`; nothing is written.

    What an edit touches is found out by making it in memory. Raises WorkbookError where the
    file is no workbook that can be opened.
    """
    with open_headless(path) as book:
        found = contents(book.impl.model)
    touched, obstacles = {}, {}
    for name, edit in _EDITS.items():
        try:
            touched[name] = _trial(path, edit)
        except WorkbookError as error:
            obstacles.update({each.code.name: each for each in error.problems})
    return Inspection(path, found, touched, tuple(obstacles.values()))


def _trial(path: Path, edit: Edit) -> dict[str, str]:
    """The parts that `edit` changes. Raises WorkbookError where it or its save is refused."""
    with open_headless(path) as book:
        edit(book)
        book.impl.flush()
        changes = dict(book.impl.package.changes())
        check_target(book.impl.package, path.resolve())
    return changes


def _set_a_cell(book: xw.Book) -> None:
    """A number below all that the first sheet holds; nothing in a book of charts alone."""
    for sheet in list(book.sheets)[:1]:
        sheet.range((sheet.used_range.last_cell.row + 1, 1)).value = 1


def _add_a_sheet(book: xw.Book) -> None:
    """A sheet with a table, as the outputs of strategies are."""
    sheet = book.sheets.add()
    sheet.range("A1").value = [["id"], [1]]
    sheet.tables.add(sheet.range("A1:A2"))


_EDITS: dict[str, Edit] = {"cell": _set_a_cell, "sheet": _add_a_sheet}
