"""A1 addresses: cells, areas, whole columns and rows, with `$` and a sheet prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?([1-9][0-9]{0,6})")
_BARE_SHEET = re.compile(r"[^\W\d][\w.]*")
_LOOKS_LIKE_CELL = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c?[0-9]*|c[0-9]*|true|false")


@lru_cache(maxsize=MAX_COLUMN)
def column_letters(number: int) -> str:
    """The letters of a column: 1 is A, 16384 is XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMN)
def column_number(letters: str) -> int:
    """The number of a column; raises ValueError beyond XFD."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f"there is no column {letters!r}")
    return number


def cell_name(row: int, column: int) -> str:
    """The relative name of a cell: (2, 3) is C2."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based, both corners included."""

    row1: int
    col1: int
    row2: int
    col2: int

    @property
    def height(self) -> int:
        return self.row2 - self.row1 + 1

    @property
    def width(self) -> int:
        return self.col2 - self.col1 + 1

    @property
    def rows(self) -> range:
        return range(self.row1, self.row2 + 1)

    @property
    def columns(self) -> range:
        return range(self.col1, self.col2 + 1)

    @property
    def whole_columns(self) -> bool:
        """Whether the area takes every row of its columns."""
        return self.row1 == 1 and self.row2 == MAX_ROW

    @property
    def whole_rows(self) -> bool:
        """Whether the area takes every column of its rows."""
        return self.col1 == 1 and self.col2 == MAX_COLUMN

    def __contains__(self, cell: tuple[int, int]) -> bool:
        row, column = cell
        return self.row1 <= row <= self.row2 and self.col1 <= column <= self.col2

    def cells(self) -> Iterator[tuple[int, int]]:
        """Every cell, row by row."""
        return ((row, column) for row in self.rows for column in self.columns)

    def covers(self, other: Area) -> bool:
        """Whether every cell of `other` is in this area."""
        return (other.row1, other.col1) in self and (other.row2, other.col2) in self

    def common(self, other: Area) -> Area | None:
        """The cells of both areas, or None."""
        found = Area(
            max(self.row1, other.row1),
            max(self.col1, other.col1),
            min(self.row2, other.row2),
            min(self.col2, other.col2),
        )
        return found if found.height > 0 and found.width > 0 else None

    def union(self, other: Area) -> Area:
        """The smallest area that covers both."""
        return Area(
            min(self.row1, other.row1),
            min(self.col1, other.col1),
            max(self.row2, other.row2),
            max(self.col2, other.col2),
        )

    def address(self, row_absolute: bool = False, column_absolute: bool = False) -> str:
        """The area in A1 style; whole columns as `A:C`, whole rows as `1:3`."""
        row, col = "$" * row_absolute, "$" * column_absolute
        first, last = column_letters(self.col1), column_letters(self.col2)
        if self.whole_columns and not self.whole_rows:
            return f"{col}{first}:{col}{last}"
        if self.whole_rows:
            return f"{row}{self.row1}:{row}{self.row2}"
        start = f"{col}{first}{row}{self.row1}"
        if self.height == self.width == 1:
            return start
        return f"{start}:{col}{last}{row}{self.row2}"

    def __str__(self) -> str:
        return self.address()


WHOLE_SHEET = Area(1, 1, MAX_ROW, MAX_COLUMN)


def parse_area(text: str) -> Area:
    """The area that `A1`, `A1:C3`, `A:C` or `1:3` names; raises ValueError for anything else."""
    start, colon, end = text.strip().partition(":")
    if not colon:
        cell = _CELL.fullmatch(start)
        if cell is None:
            raise ValueError(f"{text!r} is not the address of a cell or an area")
        return _ordered(int(cell[2]), column_number(cell[1]), int(cell[2]), column_number(cell[1]))
    if (one := _CELL.fullmatch(start)) and (two := _CELL.fullmatch(end)):
        return _ordered(int(one[2]), column_number(one[1]), int(two[2]), column_number(two[1]))
    if (one := _COLUMN.fullmatch(start)) and (two := _COLUMN.fullmatch(end)):
        return _ordered(1, column_number(one[1]), MAX_ROW, column_number(two[1]))
    if (one := _ROW.fullmatch(start)) and (two := _ROW.fullmatch(end)):
        return _ordered(int(one[1]), 1, int(two[1]), MAX_COLUMN)
    raise ValueError(f"{text!r} is not the address of a cell or an area")


def area_or_none(text: str) -> Area | None:
    """The area that a text names, or None."""
    try:
        return parse_area(text)
    except ValueError:
        return None


def _ordered(row1: int, col1: int, row2: int, col2: int) -> Area:
    if max(row1, row2) > MAX_ROW:
        raise ValueError(f"there is no row {max(row1, row2)}")
    return Area(min(row1, row2), min(col1, col2), max(row1, row2), max(col1, col2))


def split_sheet(reference: str) -> tuple[str, str]:
    """A reference as (sheet, address); the sheet is empty where none is named.

    `'Q1 ''25'!A1` gives `("Q1 '25", "A1")`; the name of a book in brackets is dropped.
    """
    sheet, _, address = reference.strip().removeprefix("=").rpartition("!")
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet.rpartition("]")[2], address


def quote_sheet(name: str, book: str = "") -> str:
    """A sheet's name as formulas write it, with the book in brackets where one is given."""
    whole = f"[{book}]{name}" if book else name
    bare = _BARE_SHEET.fullmatch(name) and not _LOOKS_LIKE_CELL.fullmatch(name)
    if bare and (not book or re.fullmatch(r"[\w.]+", book)):
        return whole
    return "'" + whole.replace("'", "''") + "'"
