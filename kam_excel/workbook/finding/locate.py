"""Finding the company's tables: which sheets, which header rows, which columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kam_excel.codes import Language
from kam_excel.contract.table import Table
from kam_excel.errors import Problem
from kam_excel.workbook.finding.candidates import Candidate, candidates
from kam_excel.workbook.finding.choosing import choose
from kam_excel.workbook.finding.fixed import heads_said, locate_fixed
from kam_excel.workbook.finding.location import Location
from kam_excel.workbook.finding.pages import Page
from kam_excel.workbook.finding.refusals import lacks
from kam_excel.workbook.finding.regions import Blocks
from kam_excel.workbook.finding.splitting import split


@dataclass(slots=True)
class Search:
    """What was found, by table id. A table that is in neither is not in the workbook.

    found: where it stands. refused: what is wrong, where it is there but cannot be read.
    near: the header row that came nearest to a table that is not there.
    """

    found: dict[str, Location] = field(default_factory=dict)
    refused: dict[str, list[Problem]] = field(default_factory=dict)
    near: dict[str, Candidate] = field(default_factory=dict)


def locate(
    pages: Sequence[Page],
    tables: Iterable[type[Table]],
    fixed: Mapping[str, Mapping[str, Any]] | None = None,
) -> Search:
    """Find `tables` on `pages`. `fixed` says by table id where the company keeps one.

    A header row belongs to the table that it is said of, else to the one that it fits best, so
    that an order list, which names customers too, is no customer master.
    """
    search, fixed = Search(), fixed or {}
    tables = list(tables)
    free = [table for table in tables if table.id not in fixed]
    said = [table for table in tables if table.id in fixed]
    taken = [each for table in said for each in heads_said(table, pages, fixed[table.id])]
    every = [
        each
        for each in candidates(pages, free)
        if not any(each.head.overlaps(other.head) for other in taken)
    ]
    fitting = _without_repeats(_best([each for each in every if each.fits]))
    blocks = Blocks([*taken, *fitting])
    for table in said:
        _note(search, table, locate_fixed(table, pages, fixed[table.id], blocks))
    unread = _unread(pages, [*taken, *fitting])
    for table in free:
        mine = [each for each in fitting if each.table is table]
        spare = _best([each for each in every if each.table is table and _is_spare(each, fitting)])
        split_up = split(table, mine + spare)
        there = split_up or choose(table, mine, blocks, unread) or _named_only(spare)
        _note(search, table, there)
        if table.id not in search.found and spare:
            search.near[table.id] = max(spare, key=lambda each: each.score)
    return search


def language_of(locations: Iterable[Location]) -> Language:
    """The language that most matched headers are in."""
    regions = [region for location in locations for region in location.all_regions]
    zh = sum(region.zh_headers for region in regions)
    return "zh" if 2 * zh > sum(len(region.columns) for region in regions) else "en"


def _note(search: Search, table: type[Table], found: Location | list[Problem] | None) -> None:
    if isinstance(found, Location):
        search.found[table.id] = found
    elif found:
        search.refused[table.id] = found


def _best(found: Sequence[Candidate]) -> list[Candidate]:
    """The best of those that use the same cells, in the order of the workbook."""
    chosen: list[Candidate] = []
    for each in sorted(found, key=lambda candidate: candidate.score, reverse=True):
        if not any(each.head.overlaps(other.head) for other in chosen):
            chosen.append(each)
    return [each for each in found if each in chosen]


def _without_repeats(found: Sequence[Candidate]) -> list[Candidate]:
    """Without headers that stand again right below rows of their table, as on printed pages."""
    return [
        each
        for each in found
        if not any(
            other.head.page is each.head.page
            and other.head.row < each.head.row
            and other.match.positions == each.match.positions
            and other.head.page.goes_on(each.head.rows[0])
            for other in found
            if other is not each
        )
    ]


def _unread(pages: Sequence[Page], found: Sequence[Candidate]) -> list[Page]:
    """The sheets on which no table was found."""
    read = {each.head.page.sheet for each in found}
    return [page for page in pages if page.sheet not in read]


def _is_spare(each: Candidate, fitting: Sequence[Candidate]) -> bool:
    """Whether a header row is of no table that was found."""
    return not any(each.head.overlaps(other.head) for other in fitting)


def _named_only(spare: Sequence[Candidate]) -> list[Problem] | None:
    """What the sheet of the table's name lacks, if there is one."""
    named = [each for each in spare if each.is_named]
    return lacks(max(named, key=lambda each: each.score)) if named else None
