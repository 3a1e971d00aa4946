"""Formulas of rules, which are written for the first of the cells that they apply to."""

from __future__ import annotations

from collections.abc import Callable

from kam_excel.headless.references.areas import Areas, corner
from kam_excel.headless.references.filling import shift as filled
from kam_excel.headless.references.formulas import LOST
from kam_excel.headless.references.moving import Cell

Place = Callable[[int, int], Cell | None]


def scoped(
    formula: str, areas: Areas, after: Areas, place: Place, change: Callable[[str], str]
) -> str:
    """A rule's formula after its `areas` became `after` and cells went to their `place`.

    One text has to do for all cells. Seen from different ones it may have to change differently:
    then the one is taken by which relative references keep their distance.
    """
    base, new_base = corner(areas), corner(after)
    found: list[str] = []
    for cell in _corners(areas):
        moved = place(*cell)
        if moved is not None:
            there = change(filled(formula, cell[0] - base[0], cell[1] - base[1]))
            found.append(filled(there, new_base[0] - moved[0], new_base[1] - moved[1]))
    same = filled(formula, new_base[0] - base[0], new_base[1] - base[1])
    if same in found or not found:
        return same
    return next((text for text in found if LOST not in text), found[0])


def _corners(areas: Areas) -> list[Cell]:
    found: dict[Cell, None] = {}
    for area in areas:
        for row in (area.row1, area.row2):
            for column in (area.col1, area.col2):
                found[row, column] = None
    return list(found)
