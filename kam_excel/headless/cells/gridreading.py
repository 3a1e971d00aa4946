"""Reading a grid: what its cells hold, and what they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from lxml import etree

from kam_excel.headless.cells.bulkvalues import Piece, piece_of, pieces
from kam_excel.headless.cells.filled import Filled, filled
from kam_excel.headless.cells.gridstate import GridState
from kam_excel.headless.cells.matrix import Matrix, matrix
from kam_excel.headless.cells.values import (
    NOT_COMPUTED,
    Content,
    Formula,
    RichText,
    Value,
    from_serial,
)
from kam_excel.headless.references.addressing import WHOLE_SHEET, Area
from kam_excel.headless.xml.tree import MAIN, parse

MANY = 2000  # cells from which on they are read in bulk


class GridReading(GridState):
    """Contents and values of cells, with what was written since they were stored."""

    def value(self, row: int, column: int) -> Value:
        """What a cell shows."""
        pending, styles = self._pending(row)
        if column in pending:
            return self._shown(pending[column], row, column)
        computed = self._computed.get(row, {})
        if column in computed:
            return self._shown(computed[column], row, column)
        if column in styles:
            return self._row_values(row).get(column)
        return self.stored.row(row).values.get(column)

    def is_filled(self, row: int, column: int) -> bool:
        """Whether a cell shows something."""
        for given in (self._pending(row)[0], self._computed.get(row, {})):
            if column in given:
                return given[column] is not None
        return self.stored.row(row).values.get(column) is not None

    def values(self, area: Area) -> list[list[Value]]:
        """What the cells of an area show, row by row."""
        if area.height * area.width >= MANY:
            rows: list[list[Value]] = self.matrix(area).cells.tolist()
            return rows
        if area.height == area.width == 1:
            return [[self.value(area.row1, area.col1)]]
        columns = area.columns
        return [list(map(self._row_values(row).get, columns)) for row in area.rows]

    def matrix(self, area: Area) -> Matrix:
        """What the cells of an area show, read in bulk."""
        result = matrix(self.stored, area)
        for row in self._pending_rows() | self._computed.keys():
            if row in area.rows:
                values = self._row_values(row)
                result.cells[row - area.row1] = list(map(values.get, area.columns))
                result.is_clean = False
        return result

    def filled(self) -> Filled:
        """Every cell that shows something, read in bulk.

        Raises WorkbookError where a row cannot be read or cells lie beyond the sheet's edges.
        """
        self.used_area()
        found = filled(self._filled_pieces())
        self._shown_styles = found.styles
        return found

    def _filled_pieces(self) -> Iterator[Piece]:
        changed = sorted(self._pending_rows() | self._computed.keys())
        for piece in pieces(self.stored, WHOLE_SHEET):
            yield piece.only(~np.isin(piece.rows, changed)) if changed else piece
        if changed:
            yield piece_of(
                [
                    (row, column, value, self.style(row, column))
                    for row in changed
                    for column, value in self._row_values(row).items()
                    if value is not None
                ]
            )

    def shown_styles(self, column: int, rows: Sequence[int]) -> list[int]:
        """The cell formats of a column in some rows; any where a cell shows nothing."""
        known = self.filled().styles if self._shown_styles is None else self._shown_styles
        found = known[column].at(rows) if column in known else [0] * len(rows)
        changed = self._pending_rows()
        if changed:
            pairs = zip(rows, found, strict=True)
            return [self.style(row, column) if row in changed else style for row, style in pairs]
        return found

    def _row_values(self, row: int) -> dict[int, Value]:
        stored = self.stored.row(row).values
        pending, styles = self._pending(row)
        computed = self._computed.get(row)
        if not pending and not styles and computed is None:
            return stored
        values = dict(stored)
        cells = self.stored.cells(row) if styles else {}
        for column in styles:
            if column in cells:
                content = self.stored.content(row, cells[column])
                if not isinstance(content, Formula):
                    values[column] = self._shown(content, row, column)
        for column, content in (computed or {}).items():
            values[column] = self._shown(content, row, column)
        for column, content in pending.items():
            values[column] = self._shown(content, row, column)
        return values

    def _shown(self, content: Content, row: int, column: int) -> Value:
        if isinstance(content, Formula):
            return NOT_COMPUTED
        if isinstance(content, RichText):
            return str(content)
        if type(content) is float and self.style(row, column) in self._dates:
            return from_serial(content, self.date1904)
        return content

    def content(self, row: int, column: int) -> Content:
        """What a cell holds: a formula, or its value with dates as numbers."""
        pending, _ = self._pending(row)
        if column in pending:
            return pending[column]
        cell = self.stored.cells(row).get(column)
        return self.stored.content(row, cell) if cell else None

    def contents(self, area: Area) -> list[list[Content]]:
        """What the cells of an area hold, row by row."""
        result = []
        for row in area.rows:
            cells, (pending, _) = self.stored.cells(row), self._pending(row)
            held = {c: self.stored.content(row, cells[c]) for c in area.columns if c in cells}
            held |= pending
            result.append([held.get(column) for column in area.columns])
        return result

    def rich_text(self, row: int, column: int) -> etree._Element | None:
        """The element around the text of a cell, with the looks of its parts.

        None where the cell holds no text, or one that was written since the latest flush.
        """
        pending, _ = self._pending(row)
        if column in pending:
            content = pending[column]
            markup = content.markup if isinstance(content, RichText) else ""
            return parse(f'<is xmlns="{MAIN}">{markup}</is>'.encode()) if markup else None
        cell = self.stored.cells(row).get(column)
        return self.stored.rich_text(cell) if cell else None

    def show_computed(self, values: Mapping[tuple[int, int], Content]) -> None:
        """Show values for formulas, by row and column, in place of the stored ones.

        NOT_COMPUTED is one of them. They replace those that were given before.
        """
        self._computed = {}
        for (row, column), value in values.items():
            self._computed.setdefault(row, {})[column] = value

    def holds_formulas(self, area: Area) -> bool:
        """Whether any cell of an area has a formula."""
        if any(row in area.rows for row in self.stored.formula_rows):
            return True
        pending = (cells for row, cells in self._contents.items() if row in area.rows)
        return any(isinstance(content, Formula) for cells in pending for content in cells.values())

    def lacks_values(self, area: Area) -> bool:
        """Whether a formula of an area has no value yet."""
        rows = (row for row in self.stored.formula_rows if row in area.rows)
        return any(NOT_COMPUTED in self._row_values(row).values() for row in rows)

    def arrays(self) -> list[Area]:
        """The areas of array formulas, dynamic ones and data tables, as they are now."""
        stored = [
            each
            for each in self.stored.arrays()
            if each.col1 not in self._contents.get(each.row1, {})
        ]
        return stored + self._arrays

    def touches(self, area: Area) -> bool:
        """Whether something was written into an area since the latest flush."""
        if any(block.area.common(area) for block in self._blocks):
            return True
        return any(
            column in area.columns for row in area.rows for column in self._contents.get(row, {})
        )
