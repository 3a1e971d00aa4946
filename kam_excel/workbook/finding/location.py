"""Where a table stands: regions of cells on sheets, and labels that name the place of a row.

The label of a frame's row encodes its place: sheet row + (sheet column of its month << 21) +
(number of the region << 36). In a table of one region without months it is the row of the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import xlwings as xw

from kam_excel.contract.table import Table
from kam_excel.errors import Place

COLUMN_BIT = 21  # rows take the bits below: Excel has 2**20 of them
REGION_BIT = 36  # columns take the bits between
FoundBy = Literal["search", "config", "plugin"]
PercentSense = Literal["fraction", "percent"]


class MonthColumn(NamedTuple):
    """A column of a wide table: the sheet column, and the month whose figures it holds."""

    column: int
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Region:
    """A block of cells that holds rows of a table; rows and columns count from 1.

    columns: sheet column by column id. factors: what a figure is multiplied with, by column id,
    where its header or a note above names a unit. percents: columns whose bare numbers are
    percents or fractions. months: the columns of a wide table, whose factor is that of the column
    that they stand for. constants: what holds for every row, by column id. headers: as the sheet
    has them, by column id. header_rows: the rows of the header, the last one above the data.
    rivals: headers that would fit a column, too, and are not read, by column id. year: what
    months take theirs from where headers say none, else 0. unread: headers of no column that may
    still change what counts. unknown: headers of no column of a closed table. table_end: the last
    row of an Excel table, its totals too, else 0.
    """

    sheet: str
    header_row: int
    last_row: int
    columns: Mapping[str, int]
    factors: Mapping[str, int] = field(default_factory=dict)
    percents: Mapping[str, PercentSense] = field(default_factory=dict)
    months: tuple[MonthColumn, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    header_rows: tuple[int, ...] = ()
    zh_headers: int = 0
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year: int = 0
    unread: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    table_end: int = 0


@dataclass(frozen=True, slots=True)
class Location:
    """Where a table stands. `lines` are the regions of lines whose documents stand in `regions`;
    `elsewhere` are sheets that look like the table too and are not read: they lack its name.
    """

    table: type[Table]
    regions: tuple[Region, ...]
    lines: tuple[Region, ...] = ()
    found_by: FoundBy = "search"
    elsewhere: tuple[str, ...] = ()

    @property
    def all_regions(self) -> tuple[Region, ...]:
        """Every region; its position is its number in labels."""
        return self.regions + self.lines

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets that the table stands on, each once."""
        return tuple(dict.fromkeys(region.sheet for region in self.all_regions))

    @property
    def columns(self) -> frozenset[str]:
        """The ids of the columns that are there."""
        found = {name for region in self.all_regions for name in region.columns}
        if self.table.wide and any(region.months for region in self.regions):
            found |= set(self.table.wide)
        return frozenset(found)

    def place(self, column: str, label: int) -> Place:
        """The cell of a row in a column, the whole row where the column is not there."""
        region, row, month = self._spot(label)
        position = region.columns.get(column) or month
        cell = f"{xw.utils.col_name(position)}{row}" if position else f"{row}:{row}"
        return Place(sheet=region.sheet, cell=cell)

    def row(self, label: int) -> int:
        """The row of the sheet."""
        return self._spot(label)[1]

    def _spot(self, label: int) -> tuple[Region, int, int]:
        """Region, sheet row, and the sheet column of the month (0 where there is none)."""
        region = self.all_regions[label >> REGION_BIT]
        row = label & ((1 << COLUMN_BIT) - 1)
        return region, row, (label >> COLUMN_BIT) & ((1 << (REGION_BIT - COLUMN_BIT)) - 1)


def label_of(row: int, month_column: int = 0, region: int = 0) -> int:
    """The label of a row."""
    return row + (month_column << COLUMN_BIT) + (region << REGION_BIT)
