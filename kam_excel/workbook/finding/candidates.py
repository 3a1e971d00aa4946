"""Header rows with the table that they fit, wholly or in part."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kam_excel.contract.table import Table
from kam_excel.workbook.finding.headers import Match, match_cells, normal
from kam_excel.workbook.finding.headrows import HeadRow, head_rows
from kam_excel.workbook.finding.measures import (
    lists_other,
    measures_other,
    says_several,
    summarises,
)
from kam_excel.workbook.finding.months import Month, months_of
from kam_excel.workbook.finding.pages import Page
from kam_excel.workbook.finding.series import part_of

_ABOUT = re.compile(r"(?<![a-z])(?:by|for|from|per|to|with)(?: (?:all|our|the))? $")


@dataclass(frozen=True)
class Candidate:
    """A header row and how it fits a table. `months` are the columns of a wide table; `name` is
    that of the table which sheet, Excel table or title bear.
    """

    table: type[Table]
    head: HeadRow
    match: Match
    months: Mapping[int, Month] = field(default_factory=dict)
    name: str = ""

    @property
    def is_named(self) -> bool:
        """Whether the sheet, the Excel table or a title above the header bears the table's name."""
        return bool(self.name)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What the table needs and the header lacks."""
        return self.match.missing(self.table, self.table.wide if self.months else ())

    @property
    def fits(self) -> bool:
        """Whether nothing that the table needs is missing."""
        return not self.missing and (self.is_named or not (self.table.named or self.is_of_other))

    @property
    def is_of_other(self) -> bool:
        """Whether sheet or title say that these are plans, returns, payments: other lists."""
        return any(map(lists_other, _called(self.head)))

    @property
    def is_summary(self) -> bool:
        """Whether the sheet is called a summary of what others hold."""
        return summarises(normal(self.head.page.sheet))

    @property
    def columns(self) -> frozenset[str]:
        """The ids of the columns that it gives."""
        return frozenset(self.match.positions) | frozenset(self.table.wide if self.months else ())

    @property
    def weight(self) -> int:
        """How many columns it gives, months each."""
        return len(self.match.positions) + len(self.months)

    @property
    def score(self) -> tuple[bool, int, int, bool, int]:
        """Named tables first, then the most matches, then the longest name (what is called
        Proposed Tiers is no Tiers), then the simplest and the highest header.
        """
        is_simple = len(self.head.rows) == 1
        return self.is_named, self.weight, len(self.name), is_simple, -self.head.row

    def shown(self) -> dict[str, str]:
        """The headers as the sheet has them, by column id."""
        return {name: self.head.cells[at].shown for name, at in self.match.positions.items()}


def candidates(pages: Iterable[Page], tables: Sequence[type[Table]]) -> list[Candidate]:
    """Every header row with every table of which it has two columns or more, or the one that is
    all that a table of its name needs.
    """
    found: list[Candidate] = []
    for page in pages:
        for head in head_rows(page):
            each = (candidate(table, head) for table in tables)
            found += [c for c in each if c.weight > 1 or (c.weight and c.is_named and c.fits)]
    return _whole_or_in_parts(found)


def candidate(
    table: type[Table], head: HeadRow, fixed: Mapping[str, str] | None = None
) -> Candidate:
    """How a header row fits a table; `fixed` headers by column id win over the search."""
    found = match_cells(table, head.cells, fixed)
    months = _months(table, head, found)
    if months:
        cells = {column: cell for column, cell in head.cells.items() if column not in months}
        found = _descriptors(table, match_cells(table, cells, fixed))
    return Candidate(table, head, found, months, _name_of(table, head))


def _called(head: HeadRow) -> list[str]:
    """What the sheet and the titles above a header call it; a text with a colon says something
    of it instead: 收款账号：….
    """
    texts = map(normal, (head.page.sheet, *head.page.titles(head.rows[0])))
    return [text for text in texts if ":" not in text]


def _months(table: type[Table], head: HeadRow, found: Match) -> dict[int, Month]:
    """The columns of months, where the table has no column of dates and is of nothing else."""
    if not table.wide or table.wide[0] in found.positions:
        return {}
    if any(map(measures_other, _called(head))):
        return {}
    left, right = min(head.cells), max(head.cells)
    cells = [head.cells.get(column) for column in range(left, right + 1)]
    values = [cell.value if cell else None for cell in cells]
    above = [cell.above if cell else None for cell in cells]
    found_months = months_of(values, above if len(head.rows) > 1 else None)
    months = {left + position: month for position, month in found_months.items()}
    return {} if _stand_above_words(head, months) else months


def _stand_above_words(head: HeadRow, months: Collection[int]) -> bool:
    """Whether below each month is a word: then the header has another row."""
    below = head.page.row(head.row + 1)
    cells = [below[column] for column in months if column in below]
    return bool(cells) and all(
        isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells
    )


def _descriptors(table: type[Table], found: Match) -> Match:
    """The match without figures: those of a wide table's row belong to no month."""
    kept = {n: at for n, at in found.positions.items() if not table.columns[n].kind.adds_up}
    twice = {name: header for name, header in found.twice.items() if name in kept}
    rivals = {name: headers for name, headers in found.rivals.items() if name in kept}
    return replace(found, positions=kept, twice=twice, rivals=rivals)


def _name_of(table: type[Table], head: HeadRow) -> str:
    """The longest name of the table that sheet, Excel table or titles above the header bear; empty
    where they bear none.
    """
    sheet = normal(head.page.sheet)
    part = part_of(head.page.sheet)
    called = {sheet, normal(head.listed.name) if head.listed else "", part.rest if part else ""}
    ending = [normal(title) for title in head.page.titles(head.rows[0])]
    if table.named and not says_several(sheet):
        ending.append(sheet)
    names = {normal(name) for name in table.names()}
    borne = [n for n in names if n in called or any(_ends_with(text, n) for text in ending)]
    return max(borne, key=len, default="")


def _ends_with(text: str, name: str) -> bool:
    """Whether a title ends with a name, and not only with what the list is about: payments by
    customers are no customers.
    """
    return text.endswith(name) and not _ABOUT.search(text.removesuffix(name))


def _whole_or_in_parts(found: Sequence[Candidate]) -> list[Candidate]:
    """Parts of a row are tables of their own where two of them fit one; else the row is whole."""
    parts: dict[tuple[str, tuple[int, ...]], set[frozenset[int]]] = {}
    for each in found:
        if each.head.is_part and each.fits:
            parts.setdefault(_rows(each), set()).add(frozenset(each.head.cells))
    return [
        each
        for each in found
        if each.head.listed or each.head.is_part == (len(parts.get(_rows(each), ())) > 1)
    ]


def _rows(each: Candidate) -> tuple[str, tuple[int, ...]]:
    return each.head.page.sheet, each.head.rows
