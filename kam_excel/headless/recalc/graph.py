"""Which formulas depend on which cells, found through an index of what they read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kam_excel.headless.recalc.state import Cell, Precedents
from kam_excel.headless.references.addressing import MAX_ROW, Area

_WIDE = 16  # areas of more columns are kept once, not once for each column
_EVERY_COLUMN = 0


class Dependents:
    """Formulas by what they read. Single cells are looked up; areas stand in a tree of rows."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._filled: dict[Cell, Area] = {}
        self._anywhere: list[int] = []
        self._words: dict[str, list[int]] = defaultdict(list)
        self._singles: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        self._areas: dict[tuple[str, Area], list[int]] = defaultdict(list)
        self._trees: dict[tuple[str, int], dict[int, list[tuple[str, Area]]]] = {}

    def add(self, cell: Cell, precedents: Precedents, filled: Area | None = None) -> None:
        """Note a formula, what it reads and which cells it fills if not just its own."""
        number = len(self._cells)
        self._cells.append(cell)
        if filled is not None:
            self._filled[cell] = filled
        if precedents.anywhere:
            self._anywhere.append(number)
        for word in precedents.words:
            self._words[word].append(number)
        for part, area in precedents.areas:
            if area.height == area.width == 1:
                self._singles[part, area.row1, area.col1].append(number)
                continue
            if (part, area) not in self._areas:
                self._plant(part, area)
            self._areas[part, area].append(number)

    def _plant(self, part: str, area: Area) -> None:
        columns = area.columns if area.width <= _WIDE else (_EVERY_COLUMN,)
        nodes = list(_nodes(area.row1, area.row2))
        for column in columns:
            tree = self._trees.setdefault((part, column), {})
            for node in nodes:
                tree.setdefault(node, []).append((part, area))

    def reached(
        self, areas: Iterable[tuple[str, Area]], words: Iterable[str], cells: Iterable[Cell]
    ) -> set[Cell]:
        """The formulas that read any of `areas`, mention any of `words` or depend on `cells`,
        directly or through others. `cells` themselves are among them only where they do.
        """
        changed, start = list(areas), list(cells)
        waiting = [number for word in words for number in self._words.get(word, ())]
        for part, area in changed:
            waiting += self._reading(part, area)
        if changed or start or waiting:
            waiting += self._anywhere
        for cell in start:
            waiting += self._reading_formula(cell)
        found: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self._reading_formula(self._cells[number])
        return {self._cells[number] for number in found}

    def _reading_formula(self, cell: Cell) -> list[int]:
        filled = self._filled.get(cell)
        return (
            self._reading_cell(cell) if filled is None else list(self._reading(cell.part, filled))
        )

    def _reading(self, part: str, area: Area) -> Iterator[int]:
        if area.height == area.width == 1:
            yield from self._reading_cell(Cell(part, area.row1, area.col1))
            return
        for (owner, row, column), numbers in self._singles.items():
            if owner == part and (row, column) in area:
                yield from numbers
        for (owner, other), numbers in self._areas.items():
            if owner == part and other.common(area):
                yield from numbers

    def _reading_cell(self, cell: Cell) -> list[int]:
        found = list(self._singles.get((cell.part, cell.row, cell.column), ()))
        for column in (cell.column, _EVERY_COLUMN):
            tree = self._trees.get((cell.part, column))
            node = cell.row - 1 + MAX_ROW if tree else 0
            while tree and node:
                for part, area in tree.get(node, ()):
                    if cell.column in area.columns:
                        found += self._areas[part, area]
                node >>= 1
        return found


def _nodes(first: int, last: int) -> Iterator[int]:
    """The nodes of a binary tree over all rows that together cover the rows first to last."""
    low, high = first - 1 + MAX_ROW, last + MAX_ROW
    while low < high:
        if low & 1:
            yield low
            low += 1
        if high & 1:
            high -= 1
            yield high
        low >>= 1
        high >>= 1
