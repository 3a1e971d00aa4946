"""Formulas as text and references: who is referred to, and how a reference is written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    MAX_ROW,
    Area,
    column_letters,
    column_number,
    quote_sheet,
)
from kam_excel.headless.references.names import same_name
from kam_excel.headless.references.tokens import Token, tokens

LOST = "#REF!"
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([0-9]+)?")


@dataclass(frozen=True, slots=True)
class Owner:
    """The sheets that a reference names: one, or all from `first` to `last`.

    `book` is what stands in front of the sheet for another workbook (`[1]`), else "".
    """

    first: str
    last: str
    book: str = ""

    @classmethod
    def parse(cls, text: str) -> Owner:
        """The owner of `Sheet1!`, `'Q1 ''25'!`, `Jan:Mar!`, `[1]Sheet1!`; none for `#REF!`."""
        inner = text[:-1]
        if inner == "#REF":
            return cls("", "")
        if inner.startswith("'"):
            inner = inner[1:-1].replace("''", "'")
        book, bracket, sheets = inner.rpartition("]")
        first, colon, last = sheets.partition(":")
        return cls(first, last if colon else first, book + bracket)

    @property
    def is_one(self) -> bool:
        """Whether it is one sheet of this workbook."""
        return not self.book and bool(self.first) and same_name(self.first, self.last)

    def names(self, sheet: str) -> bool:
        """Whether it is `sheet` and no other."""
        return self.is_one and same_name(self.first, sheet)

    def __str__(self) -> str:
        if not self.first and not self.book:
            return LOST
        if same_name(self.first, self.last):
            bare = quote_sheet(self.first) if self.first else ""
            if self.book:
                bare = _quoted(f"{self.book}{self.first}", bare.startswith("'"))
            return f"{bare}!"
        quoted = "'" in quote_sheet(self.first) + quote_sheet(self.last)
        return f"{_quoted(f'{self.book}{self.first}:{self.last}', quoted)}!"


def _quoted(text: str, quoted: bool) -> str:
    return "'" + text.replace("'", "''") + "'" if quoted else text


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner as written: row and column, 0 where it names none; `fixed` by dollars."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool

    @classmethod
    def parse(cls, text: str) -> Corner:
        """The corner that `$A$1`, `A` or `$1` writes."""
        match = _CORNER.fullmatch(text)
        assert match is not None
        one, letters, two, digits = match.groups()
        if letters is None:
            return cls(int(digits), 0, bool(one or two), False)
        column = column_number(letters)
        return cls(int(digits or 0), column, bool(two), bool(one))

    def shifted(self, rows: int, columns: int) -> Corner:
        """The corner as filled: what is not fixed moves, round the edges of the sheet."""
        row, column = self.row, self.column
        if row and not self.row_fixed:
            row = (row - 1 + rows) % MAX_ROW + 1
        if column and not self.column_fixed:
            column = (column - 1 + columns) % MAX_COLUMN + 1
        return Corner(row, column, self.row_fixed, self.column_fixed)

    def __str__(self) -> str:
        letters = "$" * self.column_fixed + column_letters(self.column) if self.column else ""
        return letters + ("$" * self.row_fixed + str(self.row) if self.row else "")


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells as a formula writes them, by one corner or two."""

    start: Corner
    end: Corner | None

    @classmethod
    def parse(cls, text: str) -> Cells:
        """The cells of `A1`, `A1:B2`, `A:C` or `1:3`."""
        start, _, end = text.partition(":")
        return cls(Corner.parse(start), Corner.parse(end) if end else None)

    @property
    def area(self) -> Area:
        """The cells, wherever the corners stand."""
        one, two = self.start, self.end or self.start
        if one is two:
            return Area(one.row, one.column, one.row, one.column)
        rows = (one.row, two.row) if one.row else (1, MAX_ROW)
        columns = (one.column, two.column) if one.column else (1, MAX_COLUMN)
        return Area(min(rows), min(columns), max(rows), max(columns))

    def over(self, area: Area) -> Cells:
        """Cells written the same way, with the same dollars, for another area."""
        start = _at(self.start, area.row1, area.col1)
        if self.end is None and area.height == area.width == 1:
            return Cells(start, None)
        return Cells(start, _at(self.end or self.start, area.row2, area.col2))

    def shifted(self, rows: int, columns: int) -> Cells:
        """The cells of a formula that is filled."""
        end = self.end.shifted(rows, columns) if self.end else None
        return Cells(self.start.shifted(rows, columns), end)

    def is_near(self, other: Cells, rows: int, columns: int) -> bool:
        """Whether it stands at most so far from `other`: not round the edges of the sheet."""
        mine, others = (self.start, self.end or self.start), (other.start, other.end or other.start)
        return all(
            abs(one.row - two.row) <= abs(rows) and abs(one.column - two.column) <= abs(columns)
            for one, two in zip(mine, others, strict=True)
        )

    @property
    def is_fixed(self) -> bool:
        """Whether dollars hold every row and column that is written."""
        corners = (self.start, self.end or self.start)
        return all(
            (each.row_fixed or not each.row) and (each.column_fixed or not each.column)
            for each in corners
        )

    def __str__(self) -> str:
        return f"{self.start}:{self.end}" if self.end else str(self.start)


def _at(corner: Corner, row: int, column: int) -> Corner:
    row, column = row if corner.row else 0, column if corner.column else 0
    return Corner(row, column, corner.row_fixed, corner.column_fixed)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of a formula: to cells, to a name with its sheet, to what is lost already.

    `owner` is None where no sheet is named. `written` is its text.
    """

    owner: Owner | None
    cells: Cells | None
    rest: str
    written: str

    def with_cells(self, cells: Cells) -> Reference:
        """The reference to other cells of the same sheet."""
        rest = str(cells)
        return Reference(self.owner, cells, rest, self._prefix + rest)

    def with_owner(self, owner: Owner | None) -> Reference:
        """The reference to the same cells of another sheet."""
        written = f"{owner or ''}{self.rest}"
        return replace(self, owner=owner, written=written)

    def lost(self) -> Reference:
        """The reference once its cells are deleted: `Sheet1!#REF!`."""
        return replace(self, cells=None, rest=LOST, written=f"{self._prefix}{LOST}")

    @property
    def _prefix(self) -> str:
        return self.written[: len(self.written) - len(self.rest)]

    def __str__(self) -> str:
        return self.written


Change = Callable[[Reference], Reference]


@lru_cache(maxsize=2048)
def parse(formula: str) -> tuple[str | Reference, ...]:
    """A formula as text and references in turn."""
    return tuple(_pieces(tokens(formula)))


def _pieces(found: list[Token]) -> Iterator[str | Reference]:
    plain: list[str] = []
    owner = ""
    for token in found:
        if token.kind == "owner":
            plain.append(owner)
            owner = token.text
            continue
        refers = token.kind == "cells" or (owner and token.kind in ("name", "error"))
        if not refers:
            plain += (owner, token.text)
        else:
            yield "".join(plain)
            plain.clear()
            cells = Cells.parse(token.text) if token.kind == "cells" else None
            whose = Owner.parse(owner) if owner else None
            yield Reference(whose, cells, token.text, owner + token.text)
        owner = ""
    yield "".join((*plain, owner))


def changed(formula: str, change: Change) -> str:
    """`formula` with each reference as `change` makes it; what it leaves keeps its letters."""
    return "".join(
        piece if isinstance(piece, str) else change(piece).written for piece in parse(formula)
    )


def references(formula: str) -> list[Reference]:
    """The references of a formula."""
    return [piece for piece in parse(formula) if isinstance(piece, Reference)]
