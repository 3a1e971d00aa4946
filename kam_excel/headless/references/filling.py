"""Filling: how the references of a formula move when it is written into other cells."""

from __future__ import annotations

from kam_excel.headless.references.formulas import Reference, changed


def shift(formula: str, rows: int, columns: int) -> str:
    """`formula` as filled `rows` down and `columns` to the right: relative references move.

    References that leave the sheet come in again at its other side, as in shared formulas
    (ECMA-376 part 1, 18.3.1.40).
    """
    if rows == columns == 0:
        return formula
    return changed(formula, lambda reference: shifted(reference, rows, columns))


def shifted(reference: Reference, rows: int, columns: int) -> Reference:
    """A reference of a formula that is filled; it keeps its letters where it stays."""
    if reference.cells is None:
        return reference
    cells = reference.cells.shifted(rows, columns)
    return reference if cells == reference.cells else reference.with_cells(cells)


def copied(formula: str, rows: int, columns: int) -> str:
    """`formula` as copied to another cell: references that would leave the sheet are lost."""

    def change(reference: Reference) -> Reference:
        moved = shifted(reference, rows, columns)
        if reference.cells is None or moved.cells is None:
            return reference
        return moved if moved.cells.is_near(reference.cells, rows, columns) else reference.lost()

    return changed(formula, change) if rows or columns else formula
