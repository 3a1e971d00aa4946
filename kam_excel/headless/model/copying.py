"""Copying cells with all that belongs to them: contents, formats, rules, notes, links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kam_excel.headless.cells import copying, merging
from kam_excel.headless.cells.copying import Block
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.areas import moved
from kam_excel.headless.references.filling import shift
from kam_excel.headless.styles.cellformats import BORDER

if TYPE_CHECKING:
    from kam_excel.headless.model.sheet import SheetModel
    from kam_excel.headless.styles.part import Styles


@dataclass(frozen=True, slots=True)
class What:
    """What of cells is pasted. `contents` and `formats` say how, the others whether.

    Without contents the rest is that of cells which move: their sparklines draw what they drew.
    """

    contents: str = ""  # "formulas", "values" or ""
    formats: str = ""  # "all", "but borders", "numbers" or ""
    merges: bool = False
    rules: bool = False
    validation: bool = False
    notes: bool = False
    links: bool = False
    sparklines: bool = False
    widths: bool = False


_WHOLE = What("formulas", "all", True, True, True, True, True, True)
# By the names that xlwings has for what is pasted.
WHAT: dict[str | None, What] = {
    None: _WHOLE,
    "all": _WHOLE,
    "all_using_source_theme": _WHOLE,
    "all_merging_conditional_formats": _WHOLE,
    "all_except_borders": replace(_WHOLE, formats="but borders"),
    "column_widths": What(widths=True),
    "comments": What(notes=True),
    "formats": What(formats="all", merges=True, rules=True),
    "formulas": What("formulas"),
    "formulas_and_number_formats": What("formulas", "numbers"),
    "validation": What(validation=True),
    "values": What("values"),
    "values_and_number_formats": What("values", "numbers"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Cells to copy: the sheet that they are on, and the workbook's formats."""

    sheet: SheetModel
    area: Area
    styles: Styles


def paste(
    source: Source,
    target: SheetModel,
    area: Area,
    what: What,
    skip_blanks: bool = False,
    transpose: bool = False,
    operation: str | None = None,
) -> None:
    """Copy cells to an area: once from its first cell, or as often as fills it.

    Raises WorkbookError for part of a merged area or of an array, and where values are wanted of
    formulas that have none yet.
    """
    source = replace(source, area=_used(source, target))
    block = copying.read(
        source.sheet.grid, source.area, "values" if what.contents == "values" else "formulas"
    )
    block = block.turned() if transpose else block
    for row, column in _places(block, area):
        _paste(source, block, target, row, column, what, skip_blanks, operation)
        if not transpose:
            _paste_belongings(source, target, row, column, what)


def _used(source: Source, target: SheetModel) -> Area:
    """The cells, without the rest of whole columns or rows that both sheets never used."""
    area = source.area
    used = [source.sheet.grid.used_area(), target.grid.used_area()]
    last_row = max((each.row2 for each in used if each), default=1)
    last_column = max((each.col2 for each in used if each), default=1)
    if area.whole_columns:
        area = replace(area, row2=max(last_row, 1))
    if area.whole_rows:
        area = replace(area, col2=max(last_column, 1))
    return area


def _places(block: Block, area: Area) -> list[tuple[int, int]]:
    """Where copies begin: the area is filled where it is a multiple of the block."""
    fills = area.height % block.height == 0 and area.width % block.width == 0
    if not fills or area.whole_rows or area.whole_columns:
        return [(area.row1, area.col1)]
    rows = range(area.row1, area.row2 + 1, block.height)
    columns = range(area.col1, area.col2 + 1, block.width)
    return [(row, column) for row in rows for column in columns]


def _paste(
    source: Source,
    block: Block,
    target: SheetModel,
    row: int,
    column: int,
    what: What,
    skip_blanks: bool,
    operation: str | None,
) -> None:
    grid, styles = target.grid, source.styles
    area = Area(row, column, row + block.height - 1, column + block.width - 1)
    if what.merges:
        merging.unmerge(grid, area)
    if what.contents:
        copying.put_contents(grid, block, row, column, skip_blanks, operation)
    if what.formats == "all":
        copying.put_styles(grid, block, row, column)
    elif what.formats == "but borders":

        def without_borders(new: int, old: int) -> int:
            kept = styles.format_of(old)
            return styles.xf(new, **{name: getattr(kept, name) for name in BORDER})

        copying.put_styles(grid, block, row, column, without_borders)
    elif what.formats == "numbers":

        def numbers(new: int, old: int) -> int:
            return styles.xf(old, number_format=styles.number_format(new))

        copying.put_styles(grid, block, row, column, numbers)
    if what.merges:
        copying.put_merges(grid, block, row, column)


def _paste_belongings(
    source: Source, target: SheetModel, row: int, column: int, what: What
) -> None:
    area, sheet = source.area, source.sheet
    down, right = row - area.row1, column - area.col1
    if what.rules:
        _paste_rules(source, target, down, right)
    if what.validation:
        _paste_validation(source, target, down, right)
    if what.notes:
        _paste_notes(source, target, down, right)
    if what.links:
        _paste_links(source, target, down, right)
    if what.sparklines and sheet is target:
        copied = bool(what.contents)
        target.sparklines.spread(area, down, right, copied)
    if what.widths:
        widths = [sheet.grid.columns.width(each) for each in area.columns]
        for number, width in enumerate(widths, column):
            target.grid.columns.set_width(number, number, width)


def _paste_validation(source: Source, target: SheetModel, down: int, right: int) -> None:
    found = source.sheet.validations.within(source.area)
    target.validations.delete(moved(source.area, down, right))
    for area, criteria in found:
        formulas = [shift(each, down, right) for each in criteria.formulas]
        target.validations.put(moved(area, down, right), criteria.with_(formulas))


def _paste_rules(source: Source, target: SheetModel, down: int, right: int) -> None:
    if source.sheet is target:
        target.rules.spread(source.area, down, right)
    else:
        target.rules.take(source.sheet.rules, source.area, down, right)


def _paste_links(source: Source, target: SheetModel, down: int, right: int) -> None:
    links = source.sheet.hyperlinks.within(source.area)
    target.hyperlinks.remove(moved(source.area, down, right))
    for area, link in links:
        for cell in moved(area, down, right).cells():
            target.hyperlinks.put(*cell, replace(link))


def _paste_notes(source: Source, target: SheetModel, down: int, right: int) -> None:
    notes = source.sheet.notes
    found = {cell: notes.text(cell) for cell in notes.cells() if cell in source.area}
    target.notes.remove(moved(source.area, down, right))
    for (row, column), text in found.items():
        target.notes.add((row + down, column + right), text)
