"""Writing into a grid: contents wait until it is flushed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kam_excel.errors import Place, WorkbookError, problem
from kam_excel.headless.cells.block import Block
from kam_excel.headless.cells.gridreading import MANY, GridReading
from kam_excel.headless.cells.values import NOT_COMPUTED, ArrayFormula, Content, RichText
from kam_excel.headless.references.addressing import Area, cell_name


class GridWriting(GridReading):
    """Contents that cells are given; nothing of a merged area or of an array formula is torn."""

    def write_array(self, area: Area, formula: ArrayFormula) -> None:
        """Let a formula give the values of an area, which are not computed yet."""
        rows: list[list[Content]] = [[NOT_COMPUTED] * area.width for _ in area.rows]
        rows[0][0] = ArrayFormula(formula, area.height, area.width, formula.metadata)
        self.write(area.row1, area.col1, rows)
        self._arrays.append(area)

    def write(self, row: int, column: int, rows: Sequence[Sequence[Content]]) -> None:
        """Write contents from a first cell on; None empties a cell and leaves its format.

        Raises WorkbookError for part of an array formula or of a merged area.
        """
        if not rows or not rows[0]:
            return
        area = Area(row, column, row + len(rows) - 1, column + len(rows[0]) - 1)
        self._refuse_part_of_array(area)
        self._refuse_part_of_merge(area, rows)
        self._put(row, column, rows)

    def write_columns(self, row: int, column: int, columns: Sequence[Sequence[Content]]) -> None:
        """Write contents from a first cell on, given column by column; else as `write`."""
        area = Area(row, column, row + len(columns[0]) - 1, column + len(columns) - 1)
        merged = any(area.common(merge) for merge in self.merges())
        if merged or not self._hold(area, columns):
            self.write(row, column, list(zip(*columns, strict=True)))
            return
        self.revision += 1
        self._forget_computed(area)

    def fill(self, area: Area, content: Content) -> None:
        """Write one content into every cell of an area; None only where cells are."""
        if content is None:
            for part in self._used_parts(area):
                self._put(part.row1, part.col1, [[None] * part.width])
            return
        self.write(area.row1, area.col1, [[content] * area.width for _ in area.rows])

    def _put(self, row: int, column: int, rows: Sequence[Sequence[Content]]) -> None:
        area = Area(row, column, row + len(rows) - 1, column + len(rows[0]) - 1)
        self.revision += 1
        self._forget_computed(area)
        if self._hold(area, rows, by_row=True):
            return
        self._settle(area)
        for number, contents in enumerate(rows, row):
            if number in self.stored.sheet.rows:
                self._write_over(number, column, contents)
            else:
                self._contents.setdefault(number, {}).update(enumerate(contents, column))

    def _forget_computed(self, area: Area) -> None:
        for row in [row for row in self._computed if row in area.rows]:
            for column in [column for column in self._computed[row] if column in area.columns]:
                del self._computed[row][column]

    def _hold(
        self, area: Area, contents: Sequence[Sequence[Content]], by_row: bool = False
    ) -> bool:
        """Hold contents together where they are many, plain, and in new rows; whether they are."""
        if area.height * area.width < MANY or self._knows_rows(area):
            return False
        columns = list(zip(*contents, strict=True)) if by_row else contents
        if Block.takes(columns):
            self._blocks.append(Block(area, columns))
            return True
        return False

    def _knows_rows(self, area: Area) -> bool:
        """Whether anything is stored in the rows of an area or was said of them."""
        following = self.stored.sheet.rows.following(area.row1)
        stored = following is not None and following.number <= area.row2
        pending = self._pending_rows() | self._row_attributes.keys()
        return stored or any(row in area.rows for row in pending)

    def _settle(self, area: Area) -> None:
        """Hold the rows of blocks that an area has rows of one by one."""
        for block in [each for each in self._blocks if each.shares_rows(area)]:
            self._blocks.remove(block)
            for row in block.area.rows:
                self._contents[row] = block.contents(row)
                if styles := block.styles(row):
                    self._styles[row] = styles

    def _write_over(self, row: int, column: int, contents: Sequence[Content]) -> None:
        cells = self.stored.cells(row)
        pending = self._contents.setdefault(row, {})
        for number, content in enumerate(contents, column):
            cell = cells.get(number)
            old = self.stored.content(row, cell) if cell else None
            if self._same(old, content, row, number):
                pending.pop(number, None)
            else:
                pending[number] = content
        if not pending:
            del self._contents[row]

    def _same(self, old: Content, new: Content, row: int, column: int) -> bool:
        if isinstance(old, RichText):
            # A text that says the same keeps the looks of its parts.
            return old == new and (type(new) is str or old.is_like(new))
        if type(old) is not type(new) or old == new:
            return type(old) is type(new)
        if isinstance(old, float) and isinstance(new, float):
            return self._shown(old, row, column) == self._shown(new, row, column)
        return False

    def _refuse_part_of_array(self, area: Area) -> None:
        for array in self.arrays():
            if area.common(array) and not area.covers(array):
                if not self._spills(array) or (array.row1, array.col1) not in area:
                    raise WorkbookError(problem("PART_OF_ARRAY", Place(cell=str(area)), area=array))
                # What a dynamic formula spilled goes with it.
                self._put(array.row1, array.col1, [[None] * array.width for _ in array.rows])
        self._arrays = [array for array in self._arrays if not area.covers(array)]

    def _spills(self, array: Area) -> bool:
        formula = self.content(array.row1, array.col1)
        return isinstance(formula, ArrayFormula) and formula.metadata is not None

    def _refuse_part_of_merge(self, area: Area, rows: Sequence[Sequence[Content]]) -> None:
        for merge in self.merges():
            for row, column in common.cells() if (common := area.common(merge)) else ():
                first = (row, column) == (merge.row1, merge.col1)
                if not first and rows[row - area.row1][column - area.col1] is not None:
                    place = Place(cell=cell_name(row, column))
                    raise WorkbookError(problem("PART_OF_MERGE", place, area=merge))

    def _used_parts(self, area: Area) -> Iterator[Area]:
        self._refuse_part_of_array(area)
        for row in self._rows_in(area):
            columns = [column for column in self.used_columns(row) if column in area.columns]
            if columns:
                yield Area(row, min(columns), row, max(columns))

    def _rows_in(self, area: Area) -> Iterable[int]:
        return (row for row in self.used_rows() if row in area.rows)
