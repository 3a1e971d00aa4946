"""Proposing where tables stand, as `tables:` of the settings would say it, and trying that out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import xlwings as xw

from kam_excel.contract.table import Table
from kam_excel.errors import Problem, nearest
from kam_excel.host import Host
from kam_excel.pipeline.survey import Absent, Options, Survey, survey
from kam_excel.settings.settings import Settings
from kam_excel.settings.shapes import LinesMapping, TableMapping
from kam_excel.workbook.finding.candidates import Candidate
from kam_excel.workbook.finding.fixed import best_candidate
from kam_excel.workbook.finding.headers import normal
from kam_excel.workbook.finding.location import Location, Region
from kam_excel.workbook.finding.pages import Page, read_pages


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a table seems to stand.

    mapping: as the settings would say it; None where nothing comes near, or where the table is
        found and the settings could not say it (several blocks on one sheet)
    location: where it was found, if it was
    problems: why it cannot be read from there
    headers: those of the sheet by their column, columns of the sheet count from 1
    lacking: what is needed and not there; with several ways the columns of all
    nearest: a header that may be meant, by column that is not there
    """

    table: type[Table]
    mapping: TableMapping | None = None
    location: Location | None = None
    problems: Sequence[Problem] = ()
    headers: Mapping[int, str] = field(default_factory=dict)
    lacking: Sequence[str] = ()
    nearest: Mapping[str, str] = field(default_factory=dict)


class Mapper:
    """Looks for tables in an open book, with what was said so far of where they stand."""

    def __init__(self, book: xw.Book, host: Host, settings: Settings, options: Options) -> None:
        self._book, self._host, self._settings = book, host, settings
        self._options = options
        self._pages = read_pages(book)
        self.survey = self._survey()

    @property
    def sheets(self) -> list[str]:
        """The sheets that may hold tables."""
        return [page.sheet for page in self._pages]

    def said(self, table: str) -> TableMapping | None:
        """What the settings say of a table by now."""
        return self._settings.tables.get(table)

    def say(self, table: str, mapping: TableMapping | None) -> None:
        """Look again, with `mapping` for a table (None: search for it)."""
        tables = {name: each for name, each in self._settings.tables.items() if name != table}
        if mapping is not None:
            tables[table] = mapping
        self._settings = replace(self._settings, tables=tables)
        self.survey = self._survey()

    def proposals(self) -> list[Proposal]:
        """One for each table that a strategy reads: those that are needed, then the others."""
        absent = {each.table.id: each for each in self.survey.absent}
        return [self.proposal(table) for table in sorted(self._tables(), key=_need(absent))]

    def found(self) -> dict[str, TableMapping]:
        """What is found and could be said in the settings, by table id."""
        return {p.table.id: p.mapping for p in self.proposals() if p.location and p.mapping}

    def is_complete(self) -> bool:
        """Whether every table that is needed or there can be read."""
        needed = [each for each in self.survey.absent if each.needed_by]
        return not (needed or self.survey.search.refused or self.survey.bad)

    def proposal(self, table: type[Table]) -> Proposal:
        """Where a table seems to stand by now."""
        search, said = self.survey.search, self.said(table.id) or TableMapping()
        location = search.found.get(table.id)
        if location is not None:
            reading = self.survey.readings.get(table.id)
            head = self._head(table, location.regions[0].sheet, location.regions[0].header_row)
            return Proposal(
                table,
                mapping_of(location, said),
                location,
                reading.problems if reading else (),
                _headers(head),
            )
        near = self._near(table)
        if near is None:
            return Proposal(table, problems=search.refused.get(table.id, ()))
        lacking = _lacking(table, near)
        return Proposal(
            table,
            _mapping_near(near, said),
            problems=search.refused.get(table.id, ()),
            headers=_headers(near),
            lacking=lacking,
            nearest=_nearest(table, lacking, near),
        )

    def _survey(self) -> Survey:
        return survey(self._book, self._host, self._settings, self._options, self._pages)

    def _tables(self) -> list[type[Table]]:
        search = self.survey.search
        known = {table.id: table for table in self._host.tables()}
        there = {*search.found, *search.refused}
        return [known[n] for n in sorted(there)] + [each.table for each in self.survey.absent]

    def _near(self, table: type[Table]) -> Candidate | None:
        """The header row that comes nearest, on the sheets that were said if any were."""
        mapping = self.said(table.id) or TableMapping()
        said = mapping.model_dump(exclude_defaults=True)
        wanted = [normal(name) for name in (*said.get("sheets", ()), said.get("sheet", "")) if name]
        pages = [page for page in self._pages if normal(page.sheet) in wanted]
        found = [best_candidate(table, page, said) for page in pages]
        near = [each for each in found if each is not None]
        if near:
            return max(near, key=lambda each: each.score)
        return self.survey.search.near.get(table.id)

    def _head(self, table: type[Table], sheet: str, row: int) -> Candidate | None:
        page: Page = next(page for page in self._pages if page.sheet == sheet)
        return best_candidate(table, page, {"header_row": row})


def _need(absent: Mapping[str, Absent]) -> Any:
    """Tables that are needed or there come first."""
    return lambda table: table.id in absent and not absent[table.id].needed_by


def mapping_of(location: Location, said: TableMapping) -> TableMapping | None:
    """A location as the settings would say it; None where they cannot.

    What `said` says stays: patterns of sheets, units, percents.
    """
    if len(location.sheets) < len(location.all_regions) or len(location.lines) > 1:
        return None
    data = {
        **_place(location.regions),
        "columns": _columns(location.regions),
        "year": _year(location.regions),
        "lines": LinesMapping(**_line_place(location.lines)) if location.lines else None,
    }
    kept = {name: getattr(said, name) for name in said.model_fields_set}
    if {"sheet", "sheets"} & kept.keys():
        data.pop("sheet", None)
        data.pop("sheets", None)
    columns = {**data["columns"], **kept.pop("columns", {})}
    return TableMapping(**{**data, **kept, "columns": columns})


def _place(regions: Sequence[Region]) -> dict[str, Any]:
    rows = {region.header_row for region in regions}
    sheets = tuple(region.sheet for region in regions)
    named = {"sheet": sheets[0]} if len(sheets) == 1 else {"sheets": sheets}
    return named | ({"header_row": rows.pop()} if len(rows) == 1 else {})


def _line_place(regions: Sequence[Region]) -> dict[str, Any]:
    return {**_place(regions), "columns": _columns(regions)}


def _columns(regions: Sequence[Region]) -> dict[str, str | None]:
    """Headers by column, where all regions call the column the same."""
    names = dict.fromkeys(name for region in regions for name in region.columns)
    headers = {n: {region.headers[n] for region in regions if n in region.headers} for n in names}
    return {name: each.pop() for name, each in headers.items() if len(each) == 1}


def _year(regions: Sequence[Region]) -> int | None:
    years = {month.year for region in regions for month in region.months}
    return years.pop() if len(years) == 1 else None


def _mapping_near(near: Candidate, said: TableMapping) -> TableMapping:
    """The header row that comes nearest; what `said` says stays."""
    data: dict[str, Any] = {"sheet": near.head.page.sheet, "header_row": near.head.row}
    kept = {name: getattr(said, name) for name in said.model_fields_set}
    if "sheets" in kept:
        del data["sheet"]
    columns = {**near.shown(), **kept.pop("columns", {})}
    return TableMapping(**{**data, **kept, "columns": columns})


def _headers(head: Candidate | None) -> dict[int, str]:
    if head is None:
        return {}
    return {column: cell.shown for column, cell in sorted(head.head.cells.items())}


def _lacking(table: type[Table], near: Candidate) -> list[str]:
    """The columns of `missing`, where alternatives are joined."""
    names = (name for each in near.missing for name in each.replace("+", "/").split("/"))
    return [name for name in dict.fromkeys(names) if name in table.columns]


def _nearest(table: type[Table], lacking: Sequence[str], near: Candidate) -> dict[str, str]:
    """For columns that are not there the header that is most like one of theirs, if any is."""
    taken = set(near.match.positions.values())
    free = [cell.shown for at, cell in sorted(near.head.cells.items()) if at not in taken]
    guesses = {name: list(_guesses(table, name, free)) for name in lacking}
    return {name: each[0] for name, each in guesses.items() if each}


def _guesses(table: type[Table], name: str, headers: Sequence[str]) -> Iterator[str]:
    for spelling in table.columns[name].headers():
        guess = nearest(spelling, headers)
        if guess:
            yield guess
