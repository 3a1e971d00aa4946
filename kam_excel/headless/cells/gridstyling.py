"""Cell formats of a grid: of cells, of whole rows and of whole columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kam_excel.headless.cells.gridwriting import GridWriting
from kam_excel.headless.references.addressing import MAX_COLUMN, Area
from kam_excel.headless.references.areas import runs

Restyle = Callable[[int], int]


class GridStyling(GridWriting):
    """Formats that cells are given, by number."""

    def restyle(self, area: Area, change: Restyle) -> None:
        """Give the cells of an area other formats: `change` maps old to new.

        Whole columns and rows keep the new format for cells that are written later.
        """
        changed: dict[int, int] = {}

        def new(style: int) -> int:
            if style not in changed:
                changed[style] = change(style)
            return changed[style]

        # Cells first: those without a format of their own look as their row or column did.
        self._restyle_blocks(area, new)
        for rows in self._between_blocks(area):
            for row in self._rows_in(area) if area.whole_columns else rows:
                if row in rows:
                    self._restyle_row(row, area, new)
        if area.whole_columns:
            self.columns.restyle(area.col1, area.col2, new)
        elif area.whole_rows:
            for row in area.rows:
                self._restyle_whole_row(row, new)

    def _restyle_whole_row(self, row: int, new: Restyle) -> None:
        """Give a row another format for cells to come; where columns look otherwise, make cells."""
        own = self._row_style(row)
        base = self.columns.style(MAX_COLUMN) if own is None else own
        style = new(base)
        if own is None:
            self._settle(Area(row, 1, row, 1))
            pending = self._styles.get(row, {})
            given = self.stored.row(row).styles.keys() | pending.keys()
            columns = set(self.columns.unlike(base)) | self._contents.get(row, {}).keys()
            for column in columns - given:
                old = self.columns.style(column)
                if new(old) != (style if style != base else old):
                    self._styles.setdefault(row, {})[column] = new(old)
        if style != base:
            self.set_row(row, {"s": str(style), "customFormat": "1"})

    def _between_blocks(self, area: Area) -> Iterator[range]:
        """The rows of an area that are in no block."""
        row = area.row1
        for block in sorted(self._blocks, key=lambda each: each.area.row1):
            if block.shares_rows(area):
                yield range(row, block.area.row1)
                row = block.area.row2 + 1
        yield range(row, area.row2 + 1)

    def restyle_cells(self, column: int, rows: Sequence[int], change: Restyle) -> None:
        """Give cells of one column other formats, in rows that rise."""
        for block in self._blocks:
            if column in block.area.columns and rows[0] in block and rows[-1] in block:
                places = [row - block.area.row1 for row in rows]
                block.restyle(places, column, self.columns.style(column), change)
                return
        for first, last in runs(rows):
            self.restyle(Area(first, column, last, column), change)

    def _restyle_blocks(self, area: Area, new: Restyle) -> None:
        """Restyle the cells of blocks in an area, which may have no other cells of their rows."""
        for block in [each for each in self._blocks if each.shares_rows(area)]:
            common = block.area.common(area)
            if common is None or (common.width < area.width and not area.whole_columns):
                self._settle(area)
                continue
            rows = slice(common.row1 - block.area.row1, common.row2 - block.area.row1 + 1)
            for column in common.columns:
                block.restyle(rows, column, self.columns.style(column), new)

    def _restyle_row(self, row: int, area: Area, new: Restyle) -> None:
        columns: Iterable[int] = area.columns
        if area.whole_columns or area.whole_rows:
            columns = [column for column in self.used_columns(row) if column in area.columns]
        stored = self.stored.row(row).styles
        pending = self._styles.setdefault(row, {})
        plain = self._is_plain(row)
        for column in columns:
            # A cell that is not there looks like its row or column: only others need be written.
            old = stored.get(column)
            if old is None:
                old = 0 if plain else self._default_style(row, column)
            style = new(pending.get(column, old))
            if style == old:
                pending.pop(column, None)
            else:
                pending[column] = style
        if not pending:
            del self._styles[row]

    def set_row(self, row: int, attributes: dict[str, str | None]) -> None:
        """Change attributes of a row, such as `ht`."""
        if "s" in attributes:
            self._settle(Area(row, 1, row, 1))
        stored = self.stored.sheet.row_attributes(row)
        pending = self._row_attributes.setdefault(row, {})
        pending |= attributes
        for name in [name for name, value in pending.items() if stored.get(name) == value]:
            del pending[name]
        if not pending:
            del self._row_attributes[row]
