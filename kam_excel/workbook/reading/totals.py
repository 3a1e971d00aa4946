"""Total rows: which rows of a table sum up others and are no lines of their own.

A row without any key (document number, date, customer) is a total where it says so (合计, Total)
and one of its figures is a sum, or where it is blank but for its figures and these are sums.
Sums are of decimals of 15 digits. A total may be displayed rounded, and so may be what it sums:
a labelled one may differ by half a hundredth a line, an unlabelled one by half a hundredth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kam_excel.domain import integers
from kam_excel.domain.exact_values import read_floats
from kam_excel.domain.integers import Ints
from kam_excel.domain.texts import folded

# labelled and unlabelled totals are no lines. doubtful: says total, has no key, and sums nothing.
# keyed: says total and is a sum, but has a key of its own, as a line has.
TotalKind = Literal["labelled", "unlabelled", "doubtful", "keyed"]

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
Span = Callable[[Places], tuple[Places, Places]]

_NOTHING = " \t\n\u3000-—–―/"  # what a cell without a text may show
_HALF_CENT = 0.005
_NESTED = 1000  # how many totals of totals are tried, and over how many each may reach
_LARGEST = 1e100  # what is beyond is no figure of a table
_SIGNS = ("计", "total", "sum", "总额", "总和")  # one of them is in every word for a total
_ZH_LABEL = re.compile(r".{0,16}(?:合计|小计|总计|累计|共计|总和|^总额)(?:数|额|金额)?(?:\(.*\))?")
_PERIOD = r"(?:\d{4}|q[1-4]|h[12]|page|month(?:ly)?|year(?:ly)?|annual|overall|grand|running|net)"
_EN_LABEL = re.compile(
    rf"(?:{_PERIOD} )*(?:sub[- ]?)?totals?(?: {_PERIOD})*(?: ?\(.*\))?|sums?|(?:sub[- ]?)?totals? "
    r"(?:for|of) .+|sub[- ]?totals?\b.*|.*\bsub[- ]?totals?|.*\bgrand totals?"
)
_NAMED_TOTAL = re.compile(r"(?P<before>.+) totals?|totals? (?P<behind>.+)")


class Label(NamedTuple):
    """A cell that says total. `stem` is what it names where that may be a name of its own:
    "Total Energy" may be the total of Energy, or a customer.
    """

    stem: str = ""


def total_word(text: str) -> Label | None:
    """What a text says of a total: 合 计, 华东小计, Grand Total:, Total for East; else None."""
    if len(text) > 60 or not any(sign in text.casefold() for sign in _SIGNS):
        return None
    said = folded(text).strip(" :.*-—=")
    if _ZH_LABEL.fullmatch(said.replace(" ", "")) or _EN_LABEL.fullmatch(said):
        return Label()
    named = _NAMED_TOTAL.fullmatch(said)
    return Label(named["before"] or named["behind"]) if named else None


def total_rows(
    keys: Sequence[Sequence[Any]],
    texts: Sequence[Sequence[Any]],
    figures: Sequence[Sequence[float | Decimal | None]],
) -> dict[int, TotalKind]:
    """Which rows (positions from 0) are totals or look like it.

    keys: the columns that a line cannot be without: document number, date, customer. texts: the
    other columns that are no figures. figures: the columns that add up, as the sheet shows them,
    before the factor of a unit; one that does not add up (a price, a share) may be among them.
    All columns have the cells of the same rows; blank rows do no harm.
    """
    if _has_none([*keys, *texts]):
        return {}
    rows = _Rows.read(keys, texts, len(figures[0]) if figures else 0)
    columns = [_Column.read(cells) for cells in figures]
    filled = sum((column.values != 0 for column in columns), np.zeros(len(rows.has_key), dtype=int))
    bare = np.flatnonzero(~rows.has_text & (filled > 0))
    if 2 * len(bare) > rows.has_text.sum():
        bare = bare[:0]  # where most rows have no text, one without it says nothing
    if not (len(bare) or rows.labels):
        return {}
    at = np.array(sorted(rows.labels), dtype=np.int64)
    said, keyed = at[~rows.has_key[at]], at[rows.has_key[at]]
    search = _Search(columns, rows, filled, np.union1d(bare, at))
    unlabelled = search.unlabelled(bare, said)
    lines = search.lines_without(*unlabelled, *said)
    sums = search.keyed(keyed, lines)
    labelled = search.labelled(said, [lines, search.lines_without(*unlabelled, *said, *sums)])
    found: dict[int, TotalKind] = dict.fromkeys(unlabelled, "unlabelled")
    found |= dict.fromkeys(sums, "keyed")
    found |= {row: "labelled" if row in labelled else "doubtful" for row in said.tolist()}
    return dict(sorted(found.items()))


def _has_none(columns: Sequence[Sequence[Any]]) -> bool:
    """Whether every row has a text and none says total, as in most tables: a quick look."""
    is_full = False
    for column in columns:
        words = {cell for cell in column if cell.__class__ is str}
        said = "\n".join(words).casefold()
        if any(sign in said for sign in _SIGNS):
            return False
        if not is_full and None not in column:
            is_full = all(word.strip(_NOTHING) for word in words)
    return is_full


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the texts of the rows say: the labels by row, and which rows have a key or any text."""

    labels: dict[int, Label]
    has_key: Mask
    has_text: Mask
    cells: Sequence[Sequence[Any]]

    @classmethod
    def read(cls, keys: Sequence[Sequence[Any]], texts: Sequence[Sequence[Any]], n: int) -> _Rows:
        cells = [*keys, *texts]
        n = len(cells[0]) if cells else n
        labels: dict[int, Label] = {}
        has_key, has_text = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
        for number, column in enumerate(cells):
            there = np.array([cell is not None and cell != "" for cell in column], dtype=bool)
            words = {cell for cell in column if cell.__class__ is str}
            empty = {word for word in words if not word.strip(_NOTHING)}
            said = {word: label for word in words if (label := total_word(word))}
            if empty or said:
                for i, cell in enumerate(column):
                    if cell.__class__ is str and cell in said:
                        labels.setdefault(i, said[cell])
                        has_text[i] = True
                        there[i] = False
                    elif cell.__class__ is str and cell in empty:
                        there[i] = False
            has_text |= there
            if number < len(keys):
                has_key |= there
        return cls(labels, has_key, has_text, cells)

    def holds(self, row: int, name: str) -> bool:
        """Whether a cell of `row` is `name`."""
        if not 0 <= row < len(self.has_key):
            return False
        return any(folded(str(column[row])) == name for column in self.cells)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures as integers, 0 where there is none; `unit` is what 1 stands for."""

    values: Ints
    unit: int

    @classmethod
    def read(cls, cells: Sequence[float | Decimal | None]) -> _Column:
        floats = np.array([np.nan if cell is None else float(cell) for cell in cells], dtype=float)
        floats[~(np.abs(floats) < _LARGEST)] = np.nan
        values, _, scale = read_floats(floats)
        return cls(values, 10**scale)


class _Sums:
    """The running sums of the lines of a column."""

    def __init__(self, column: _Column, is_line: Mask) -> None:
        self.column, self.is_line = column, is_line
        used = column.values * is_line
        self._sums = _running(used)
        self._sizes = _running(np.abs(used))
        self._counts = _running((used != 0).astype(np.int64))

    def fits(
        self, rows: Places, first: Places, last: Places, cents_a_line: bool
    ) -> tuple[Mask, Places]:
        """Whether the figure of each row is the sum of the other lines in [first, last), and of
        how many. 0 is no sum of anything.
        """
        own = self.column.values[rows]
        inside = self.is_line[rows] & (first <= rows) & (rows < last)
        total = self._sums[last] - self._sums[first] - own * inside
        size = self._sizes[last] - self._sizes[first] - np.abs(own) * inside
        count = self._counts[last] - self._counts[first] - (inside & (own != 0))
        units = np.array([self.column.unit], dtype=object if own.dtype == object else np.int64)
        off = integers.ratio(np.abs(own - total), units)
        limit = integers.ratio(size, units) * (1e-3 if cents_a_line else 1e-4)
        allowed = np.minimum(_HALF_CENT * (count + 1 if cents_a_line else 1), limit)
        return (own != 0) & (count > 0) & (off <= allowed), count


def _running(values: Ints) -> Ints:
    """Sums of the first 0, 1, ... n values."""
    sums = integers.additive(values, np.cumsum)
    return np.concatenate([np.zeros(1, dtype=sums.dtype), sums])


class _Search:
    """The tests that rows which may be totals are put to.

    filled: how many figures each row has. edges: where these rows are, between which blocks lie.
    """

    def __init__(
        self, columns: Sequence[_Column], rows: _Rows, filled: Places, edges: Places
    ) -> None:
        self.columns, self.rows, self.filled, self.edges = columns, rows, filled, edges
        self.size = len(filled)

    def lines_without(self, *rows: int) -> Mask:
        """Which rows are lines where `rows` are none."""
        is_line = np.ones(self.size, dtype=bool)
        is_line[list(rows)] = False
        return is_line

    def unlabelled(self, bare: Places, said: Places) -> list[int]:
        """Which rows without texts are totals: of the whole table, or each of its own block.

        Blocks count only where every such row is the sum of one: else lines without texts are
        usual here, and one of them may well be the sum of its neighbours.
        """
        keyed = self._sums(self.lines_without(*bare, *said))
        every = self._sums(self.lines_without(*said))
        whole = self._mostly(bare, keyed, self._whole) | self._mostly(bare, every, self._whole)
        rest = bare[~whole]
        blocks = (self._mostly(rest, keyed, span) for span in (self._above, self._below))
        totals = rest if any(block.all() for block in blocks) else rest[:0]
        return [*bare[whole].tolist(), *totals.tolist()]

    def keyed(self, rows: Places, is_line: Mask) -> list[int]:
        """Which rows that say total and have a key are sums all the same."""
        sums = self._sums(is_line)
        spans = (self._above, self._below, self._whole)
        fits = np.any([self._mostly(rows, sums, span) for span in spans], axis=0)
        return rows[fits].tolist() if len(rows) else []

    def labelled(self, rows: Places, lines: Sequence[Mask]) -> set[int]:
        """Which rows that say total are sums, or have no figure that could be one."""
        found = self.filled[rows] == 0
        # What a careless total sums are the subtotals, too.
        for is_line in (*lines, np.ones(self.size, dtype=bool)):
            sums = self._sums(is_line)
            for span in (self._above, self._below, self._whole, self._to_here, self._from_here):
                found |= self._agrees(rows, self._votes(rows, sums, *span(rows), self._least(rows)))
            for i in np.flatnonzero(~found)[:_NESTED]:
                found[i] = self._reaches_back(int(rows[i]), sums)
        return set(rows[found].tolist())

    def _sums(self, is_line: Mask) -> list[_Sums]:
        return [_Sums(column, is_line) for column in self.columns]

    def _votes(
        self, rows: Places, sums: Sequence[_Sums], first: Places, last: Places, least: Places
    ) -> Places:
        """How many figures of each row sum `least` lines or more of [first, last)."""
        votes = np.zeros(len(rows), dtype=np.int64)
        for column in sums:
            fits, count = column.fits(rows, first, last, cents_a_line=True)
            votes += fits & (count >= least)
        return votes

    def _agrees(self, rows: Places, votes: Places) -> Mask:
        """Whether enough figures are sums: one, or half of them where the label may be a name."""
        is_name = np.array([bool(self.rows.labels[row].stem) for row in rows.tolist()], dtype=bool)
        return (votes > 0) & (~is_name | (2 * votes >= self.filled[rows]))

    def _least(self, rows: Places) -> Places:
        """How many lines a total has to sum: two where the label may be a name, unless a line
        beside it has that name.
        """
        stems = [(row, self.rows.labels[row].stem) for row in rows.tolist()]
        beside = [
            not stem or self.rows.holds(row - 1, stem) or self.rows.holds(row + 1, stem)
            for row, stem in stems
        ]
        return np.where(np.array(beside, dtype=bool), 1, 2)

    def _reaches_back(self, row: int, sums: Sequence[_Sums]) -> bool:
        """Whether a row sums the lines from behind some total before it: one over subtotals."""
        before = self.edges[: np.searchsorted(self.edges, row)][-_NESTED:]
        rows = np.full(len(before), row)
        votes = self._votes(rows, sums, before + 1, rows, np.full(len(before), 2))
        return bool(self._agrees(rows, votes).any())

    def _mostly(self, rows: Places, sums: Sequence[_Sums], span: Span) -> Mask:
        """Where at least half of the figures of a row are sums, each of two lines or more."""
        right = np.zeros(len(rows), dtype=np.int64)
        for column in sums:
            fits, count = column.fits(rows, *span(rows), cents_a_line=False)
            right += fits & (count > 1)
        return (right > 0) & (2 * right >= self.filled[rows])

    def _above(self, rows: Places) -> tuple[Places, Places]:
        before = np.searchsorted(self.edges, rows)
        return np.concatenate([[0], self.edges + 1])[before], rows

    def _below(self, rows: Places) -> tuple[Places, Places]:
        behind = np.searchsorted(self.edges, rows, side="right")
        return rows + 1, np.concatenate([self.edges, [self.size]])[behind]

    def _whole(self, rows: Places) -> tuple[Places, Places]:
        return np.zeros_like(rows), np.full_like(rows, self.size)

    def _to_here(self, rows: Places) -> tuple[Places, Places]:
        return np.zeros_like(rows), rows

    def _from_here(self, rows: Places) -> tuple[Places, Places]:
        return rows + 1, np.full_like(rows, self.size)
