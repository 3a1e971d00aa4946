"""What the cells of a large area show, read in bulk; the same values as cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kam_excel.headless.cells.bulkvalues import Objects, pieces
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.references.addressing import Area


@dataclass(slots=True)
class Matrix:
    """The values of an area, row by row; None where a cell is empty.

    `is_clean` where neither errors nor empty texts can be among them.
    """

    cells: Objects
    is_clean: bool = True


def matrix(stored: StoredCells, area: Area) -> Matrix:
    """The values of an area."""
    result = Matrix(np.full((area.height, area.width), None, dtype=object))
    for piece in pieces(stored, area):
        result.cells[piece.rows - area.row1, piece.columns - area.col1] = piece.values
        result.is_clean &= piece.is_clean
    return result
