"""What differs between a workbook as it was read and as it is now, as far as formulas see it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.sheetxml import CellXml, SheetXml
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.cells.values import Formula
from kam_excel.headless.recalc.state import Cell, State
from kam_excel.headless.references.addressing import MAX_COLUMN, WHOLE_SHEET, Area
from kam_excel.headless.xml.values import is_true

_CLOSELY = 5_000  # where more rows of a sheet changed they count as changed whole


@dataclass(slots=True)
class Changes:
    """Areas whose values changed, formulas that are new, and words (names, tables, sheets) that
    stand for something else than before, casefolded.
    """

    areas: list[tuple[str, Area]] = field(default_factory=list)
    formulas: set[Cell] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.areas or self.formulas or self.words)


def find_changes(before: State | None, now: State) -> Changes:
    """What changed since `before`; all formulas are new where there was nothing before."""
    changes = Changes()
    if before is None:
        for part in now.sheets:
            changes.formulas |= {Cell(part, *place) for place in now.formulas(part)}
        return changes
    changes.words = _words(before, now)
    written = now.model.package.changes()
    for part in now.sheets:
        if part not in before.sheets:
            changes.areas.append((part, WHOLE_SHEET))
            changes.formulas |= {Cell(part, *place) for place in now.formulas(part)}
        elif part in written:
            _compare(part, before, now, changes)
    return changes


def _words(before: State, now: State) -> set[str]:
    """The names, tables and sheets that do not stand for the same cells as before."""
    old, new = _meanings(before), _meanings(now)
    return {key[1] for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def _meanings(state: State) -> dict[tuple[str, str], object]:
    found: dict[tuple[str, str], object] = {("", name): part for name, part in state.parts.items()}
    for (scope, name), text in state.names.items():
        found[f"name {scope}", name] = text
    for name, table in state.tables.items():
        found["table", name] = table
    return found


def _compare(part: str, before: State, now: State, changes: Changes) -> None:
    old, new = before.sheets[part].grid.stored, now.sheets[part].grid.stored
    rows = new.sheet.rows.differing(old.sheet.rows)
    closely = len(rows) <= _CLOSELY
    for number in rows:
        both = number in old.sheet.rows and number in new.sheet.rows
        if (
            not both
            or not closely
            or _is_hidden(old.sheet, number) != _is_hidden(new.sheet, number)
        ):
            _add_rows(part, number, changes)
        else:
            for column in _changed_cells(old, new, number):
                changes.areas.append((part, Area(number, column, number, column)))
    if rows:
        changes.formulas |= _new_formulas(part, before, now)


def _is_hidden(sheet: SheetXml, row: int) -> bool:
    return is_true(sheet.row_attributes(row).get("hidden"))


def _add_rows(part: str, row: int, changes: Changes) -> None:
    """Note a whole row, in one area with the row above where that is changed too."""
    if changes.areas:
        last_part, area = changes.areas[-1]
        if last_part == part and area.row2 == row - 1 and area.whole_rows:
            changes.areas[-1] = part, Area(area.row1, 1, row, MAX_COLUMN)
            return
    changes.areas.append((part, Area(row, 1, row, MAX_COLUMN)))


def _changed_cells(old: StoredCells, new: StoredCells, row: int) -> list[int]:
    """The columns whose values differ; formulas are compared apart."""
    before, now = old.cells(row), new.cells(row)
    return [
        column
        for column in sorted(before.keys() | now.keys())
        if _value(old, row, before.get(column)) != _value(new, row, now.get(column))
    ]


def _value(stored: StoredCells, row: int, cell: CellXml | None) -> object:
    if cell is None:
        return None
    content = stored.content(row, cell)
    if isinstance(content, Formula):
        found = cellxml.formula(cell.body, stored.sheet.xml)
        return "formula", str(content), found.attributes.get("ref") if found else None
    return type(content), content


def _new_formulas(part: str, before: State, now: State) -> set[Cell]:
    old = before.formulas(part)
    return {
        Cell(part, *place)
        for place, formula in now.formulas(part).items()
        if place not in old or (old[place].text, old[place].area) != (formula.text, formula.area)
    }
