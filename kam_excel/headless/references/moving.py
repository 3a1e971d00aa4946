"""Where cells go: room made, gaps closed and blocks moved, and what becomes of areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, Area
from kam_excel.headless.references.areas import moved, without

Axis = Literal["rows", "columns"]
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """Cells inserted at `area` or deleted there; those behind them along `axis` make or close up.

    Only cells in the lane of `area` move: its columns where rows shift, else its rows.
    """

    area: Area
    axis: Axis
    inserts: bool

    @property
    def count(self) -> int:
        """How many rows or columns come or go."""
        return self.area.height if self.axis == "rows" else self.area.width

    @property
    def is_whole(self) -> bool:
        """Whether whole rows or columns come or go."""
        return self.area.whole_rows if self.axis == "rows" else self.area.whole_columns

    @property
    def lane(self) -> Area:
        """The cells from the first one that is inserted or deleted to the edge of the sheet."""
        area = self.area
        if self.axis == "rows":
            return Area(area.row1, area.col1, MAX_ROW, area.col2)
        return Area(area.row1, area.col1, area.row2, MAX_COLUMN)

    @property
    def moving(self) -> Area | None:
        """The cells that move, or None where the deleted ones end at the edge."""
        lane = self.lane
        if self.inserts:
            return lane
        if self.axis == "rows":
            rest = Area(self.area.row2 + 1, lane.col1, lane.row2, lane.col2)
        else:
            rest = Area(lane.row1, self.area.col2 + 1, lane.row2, lane.col2)
        return rest if rest.height > 0 and rest.width > 0 else None

    def spans(self, area: Area) -> bool:
        """Whether an area lies in the lane with its whole width."""
        mine = self.area
        if self.axis == "rows":
            return mine.col1 <= area.col1 and area.col2 <= mine.col2
        return mine.row1 <= area.row1 and area.row2 <= mine.row2

    def line(self, number: int) -> int | None:
        """Where a row or a column of the lane goes; None where it is deleted."""
        first = self.area.row1 if self.axis == "rows" else self.area.col1
        if number < first:
            return number
        if self.inserts:
            return number + self.count
        return None if number < first + self.count else number - self.count

    def cell(self, row: int, column: int) -> Cell | None:
        """Where a cell goes; None where it is deleted or pushed over the edge."""
        if (row, column) not in self.lane:
            return row, column
        if self.axis == "rows":
            moved = self.line(row)
            return None if moved is None or moved > MAX_ROW else (moved, column)
        moved = self.line(column)
        return None if moved is None or moved > MAX_COLUMN else (row, moved)

    def follow(self, area: Area) -> Area | None:
        """What becomes of an area that is referred to; None where it is deleted whole.

        It grows around cells that are inserted in it and shrinks by those that are deleted; where
        a lane runs through a part of its width it stays.
        """
        if not self.spans(area):
            return area
        if self.axis == "rows":
            ends = self._ends(area.row1, area.row2, MAX_ROW)
            return ends and Area(ends[0], area.col1, ends[1], area.col2)
        ends = self._ends(area.col1, area.col2, MAX_COLUMN)
        return ends and Area(area.row1, ends[0], area.row2, ends[1])

    def _ends(self, first: int, last: int, limit: int) -> tuple[int, int] | None:
        if (first, last) == (1, limit):
            return first, last
        if self.inserts:
            start, end = self.line(first), self.line(last)
            assert start is not None
            assert end is not None
            return (start, min(end, limit)) if start <= limit else None
        kept_first, kept_last = self._kept(first, last)
        return (kept_first, kept_last) if kept_first <= kept_last else None

    def _kept(self, first: int, last: int) -> tuple[int, int]:
        """The ends of what is left once the deleted lines are gone."""
        start = self.area.row1 if self.axis == "rows" else self.area.col1
        end = start + self.count - 1
        new_first = first if first < start else max(first, end + 1) - self.count
        new_last = last if last < start else max(last - self.count, start - 1)
        return new_first, new_last

    def pieces(self, area: Area) -> list[Area]:
        """Where the cells of an area are afterwards, those between them included if they span."""
        if self.spans(area):
            followed = self.follow(area)
            return [] if followed is None else [followed]
        inside = area.common(self.lane)
        if inside is None:
            return [area]
        followed = self.follow(inside)
        return [*without((area,), inside), *([followed] if followed else [])]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of cells that is cut out and put elsewhere, `rows` down and `columns` right."""

    area: Area
    rows: int
    columns: int

    @property
    def target(self) -> Area:
        """Where the block lies afterwards."""
        return self.moved(self.area)

    def moved(self, area: Area) -> Area:
        """An area inside the block, where it lies afterwards."""
        return moved(area, self.rows, self.columns)

    def follow(self, area: Area) -> Area | None:
        """What becomes of an area on the block's own sheet; None where it is overwritten.

        Where an edge of the area goes along in its own direction, the area follows it.
        """
        if self.area.covers(area):
            return self.moved(area)
        edges = self._edges(area)
        if edges is not None:
            return edges
        return None if self.target.covers(area) else area

    def _edges(self, area: Area) -> Area | None:
        cut = self.area.common(area)
        if cut is None:
            return None
        if not self.columns and cut.width == area.width:
            ends = _stretched(area.row1, area.row2, cut.row1, cut.row2, self.rows)
            return ends and Area(ends[0], area.col1, ends[1], area.col2)
        if not self.rows and cut.height == area.height:
            ends = _stretched(area.col1, area.col2, cut.col1, cut.col2, self.columns)
            return ends and Area(area.row1, ends[0], area.row2, ends[1])
        return None


def _stretched(
    first: int, last: int, cut_first: int, cut_last: int, by: int
) -> tuple[int, int] | None:
    """Two ends of which the one that is cut out follows; None where neither is."""
    if cut_first == first:
        ends = first + by, last
    elif cut_last == last:
        ends = first, last + by
    else:
        return None
    return min(ends), max(ends)
