"""New rows of a sheet that were written together, held and made into XML by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kam_excel.headless.cells.columnxml import PLAIN, Plain, column_cells
from kam_excel.headless.cells.values import Content
from kam_excel.headless.references.addressing import Area, column_letters

_NO_STYLE = -1
_AT_ONCE = 4096  # rows that are made into XML together

Attributes = Mapping[str, str | None]


class Block:
    """An area of rows none of which was there before, with plain contents."""

    def __init__(self, area: Area, columns: Sequence[Sequence[Content]]) -> None:
        self.area = area
        self._columns: Sequence[Sequence[Plain]] = columns
        self._styles: list[NDArray[np.int32]] = [
            np.full(area.height, _NO_STYLE, dtype=np.int32) for _ in columns
        ]

    @staticmethod
    def takes(columns: Sequence[Sequence[Content]]) -> bool:
        """Whether the columns hold nothing but numbers, texts, truth values and empty cells."""
        return all(set(map(type, column)) <= PLAIN for column in columns)

    def __contains__(self, row: int) -> bool:
        return self.area.row1 <= row <= self.area.row2

    def shares_rows(self, area: Area) -> bool:
        """Whether an area has rows of the block, in whatever columns."""
        return self.area.row1 <= area.row2 and area.row1 <= self.area.row2

    def contents(self, row: int) -> dict[int, Content]:
        """What was written into a row, by column."""
        place = row - self.area.row1
        return {
            n: column[place] for n, column in zip(self.area.columns, self._columns, strict=True)
        }

    def styles(self, row: int) -> dict[int, int]:
        """The cell formats that cells of a row were given, by column."""
        place = row - self.area.row1
        given = zip(self.area.columns, self._styles, strict=True)
        return {n: int(own[place]) for n, own in given if own[place] != _NO_STYLE}

    def style(self, row: int, column: int) -> int | None:
        """The cell format that a cell was given, or None."""
        if column not in self.area.columns:
            return None
        style = int(self._styles[column - self.area.col1][row - self.area.row1])
        return None if style == _NO_STYLE else style

    def restyle(
        self, rows: slice | Sequence[int], column: int, default: int, new: Callable[[int], int]
    ) -> None:
        """Give cells of a column other formats; `default` is that of cells without their own.

        `rows` are counted from the first one of the block.
        """
        own = self._styles[column - self.area.col1]
        distinct, places = np.unique(own[rows], return_inverse=True)
        changed = [new(default if style == _NO_STYLE else style) for style in distinct.tolist()]
        kept = [_NO_STYLE if style == default else style for style in changed]
        own[rows] = np.array(kept, dtype=np.int32)[places]

    def used(self) -> Area | None:
        """The smallest area around the cells that hold something or have a format."""
        cells = list(zip(self.area.columns, self._columns, self._styles, strict=True))
        columns = [
            n
            for n, column, own in cells
            if any(each is not None for each in column) or (own != _NO_STYLE).any()
        ]
        if not columns:
            return None

        def is_used(place: int) -> bool:
            return any(
                column[place] is not None or own[place] != _NO_STYLE for _, column, own in cells
            )

        places = range(self.area.height)
        first, last = next(filter(is_used, places)), next(filter(is_used, reversed(places)))
        row = self.area.row1
        return Area(row + first, columns[0], row + last, columns[-1])

    def xml(
        self, prefix: str, default: Callable[[int], int], attributes: Mapping[int, Attributes]
    ) -> Iterator[bytes]:
        """The rows, piece by piece; `default` is the cell format of a column."""
        for start in range(0, self.area.height, _AT_ONCE):
            part = slice(start, min(start + _AT_ONCE, self.area.height))
            numbers = [str(self.area.row1 + place) for place in range(part.start, part.stop)]
            columns = []
            for number, column, own in zip(
                self.area.columns, self._columns, self._styles, strict=True
            ):
                contents = column[part]
                bare = own[part] == _NO_STYLE
                styles = np.where(bare, default(number), own[part]).tolist()
                absent: list[bool] = []
                if bare.any():
                    absent = [b and c is None for b, c in zip(bare, contents, strict=True)]
                letters = column_letters(number)
                columns.append(column_cells(prefix, letters, numbers, contents, styles, absent))
            rows = map("".join, zip(*columns, strict=True))
            given = [_written(attributes.get(int(number), {})) for number in numbers]
            yield "".join(
                f'<{prefix}row r="{number}"{own}>{cells}</{prefix}row>' if cells or own else ""
                for number, own, cells in zip(numbers, given, rows, strict=True)
            ).encode()


def _written(attributes: Attributes) -> str:
    return "".join(f' {k}="{v}"' for k, v in attributes.items() if v is not None)
