"""The cell formats of one column, read in bulk."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.bulk import scan
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.references.addressing import MAX_ROW

NO_CELL = -1


def column_styles(stored: StoredCells, column: int) -> NDArray[np.int32]:
    """The formats of the cells of a column, at the numbers of their rows.

    NO_CELL where none is stored. Raises WorkbookError where a row cannot be read.
    """
    result = np.full(MAX_ROW + 1, NO_CELL, dtype=np.int32)
    for block, numbers, *places in stored.sheet.rows.blocks(1, MAX_ROW):
        odd = numbers
        if not stored.sheet.xml.prefix:
            found = scan(block, numbers, *places)
            own = found.columns == column
            try:
                styles = [cellxml.shape(text).style for text in found.attributes]
            except ValueError:  # no number: its row will be named
                styles = []
            if styles:
                result[numbers[found.rows[own]]] = np.array(styles)[found.shapes[own]]
                odd = numbers[found.odd]
        for number in odd.tolist():
            result[number] = stored.parsed(number).styles.get(column, NO_CELL)
    return result
