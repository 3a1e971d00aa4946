"""Finding the company's tables: which sheet, which header row, which columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlwings as xw

from kam_excel.codes import Language
from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, nearest, problem
from kam_excel.workbook.finding.headers import Match, match, normal
from kam_excel.workbook.marks import is_output

HEADER_ROWS = 20  # the header stands within the first rows of the used range


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a sheet: its used range (from 1) and the cells where headers may stand."""

    sheet: str
    row: int
    column: int
    last_row: int
    cells: Sequence[Sequence[object]]
    bodies: Mapping[int, tuple[str, int]]  # header row of an Excel table -> name, last data row


@dataclass(frozen=True, slots=True)
class Location:
    """Where a table stands; rows and columns count from 1, `columns` by column id."""

    table: type[Table]
    sheet: str
    header_row: int
    last_row: int
    columns: Mapping[str, int]
    factors: Mapping[str, int]
    zh_headers: int

    def cell(self, column: str, row: int) -> str:
        """The address of a cell of `column`."""
        return f"{xw.utils.col_name(self.columns[column])}{row}"


def read_heads(book: xw.Book) -> list[Head]:
    """The tops of all sheets that may hold input: visible, not empty, not written by us."""
    heads = []
    for sheet in book.sheets:
        used = sheet.used_range
        is_empty = used.shape == (1, 1) and used.value is None
        if not sheet.visible or is_output(sheet) or is_empty:
            continue
        rows = used.shape[0]
        top = used[: min(rows, HEADER_ROWS), :].options(ndim=2, err_to_str=True).value
        heads.append(
            Head(sheet.name, used.row, used.column, used.row + rows - 1, top, _bodies(sheet))
        )
    return heads


def _bodies(sheet: xw.Sheet) -> dict[int, tuple[str, int]]:
    bodies = {}
    for table in sheet.tables:
        header, body = table.header_row_range, table.data_body_range
        if header is not None and body is not None:
            bodies[header.row] = (table.name, body.row + body.shape[0] - 1)
    return bodies


@dataclass(frozen=True, slots=True)
class Candidate:
    """A header row that fits a table, wholly or in part."""

    table: type[Table]
    head: Head
    row: int
    match: Match
    is_named: bool

    @property
    def fits(self) -> bool:
        """True where nothing that the table needs is missing."""
        return not self.match.missing(self.table) and (self.is_named or not self.table.named)

    @property
    def score(self) -> tuple[bool, int, int]:
        """Named tables first, then the most matches, then the highest row."""
        return self.is_named, len(self.match.positions), -self.row

    def location(self) -> Location:
        """The candidate as a place to read from."""
        columns = {name: self.head.column + i for name, i in self.match.positions.items()}
        _, last_row = self.head.bodies.get(self.row, ("", self.head.last_row))
        return Location(
            self.table,
            self.head.sheet,
            self.row,
            last_row,
            columns,
            self.match.factors,
            self.match.zh_headers,
        )


def locate(
    heads: Sequence[Head],
    tables: Iterable[type[Table]],
    fixed: Mapping[str, Mapping[str, Any]] | None = None,
) -> tuple[dict[str, Location], dict[str, list[Problem]]]:
    """Find `tables`: locations by table id, and problems by the id of tables that are there
    but cannot be read. A table in neither is not in the workbook.

    `fixed` (table id -> sheet, header_row, columns) says where the company keeps a table. A
    header row belongs to the table that it fits best, so that an order list, which names
    customers too, is no customer master.
    """
    fixed = fixed or {}
    tables = list(tables)
    found: dict[str, Location] = {}
    problems: dict[str, list[Problem]] = {}
    for table in tables:
        if table.id in fixed:
            location, mistakes = _locate_fixed(table, heads, fixed[table.id])
            if location:
                found[table.id] = location
            if mistakes:
                problems[table.id] = mistakes
    free = [table for table in tables if table.id not in fixed]
    best = _best_per_row(_candidates(heads, free))
    for table in free:
        mine = [candidate for candidate in best if candidate.table is table]
        if mine:
            mistakes = _mistakes(table, mine)
            if mistakes:
                problems[table.id] = mistakes
            else:
                found[table.id] = _one_per_sheet(mine)[0].location()
    return found, problems


def language_of(locations: Iterable[Location]) -> Language:
    """The language that most matched headers are in."""
    places = list(locations)
    zh = sum(place.zh_headers for place in places)
    return "zh" if 2 * zh > sum(len(place.columns) for place in places) else "en"


def _candidates(heads: Sequence[Head], tables: Sequence[type[Table]]) -> list[Candidate]:
    candidates = []
    for head in heads:
        for i, cells in enumerate(head.cells):
            row = head.row + i
            names = {normal(head.sheet), normal(head.bodies.get(row, ("", 0))[0])}
            for table in tables:
                found = match(table, cells)
                if len(found.positions) > 1:
                    is_named = bool(names & {normal(name) for name in table.names()})
                    candidates.append(Candidate(table, head, row, found, is_named))
    return candidates


def _best_per_row(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each row goes to one table: the fitting one of the best score, else a named near miss."""
    rows: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in candidates:
        rows.setdefault((candidate.head.sheet, candidate.row), []).append(candidate)
    best = []
    for same_row in rows.values():
        fitting = [c for c in same_row if c.fits]
        near = [c for c in same_row if c.is_named]
        if fitting or near:
            best.append(max(fitting or near, key=lambda candidate: candidate.score))
    return best


def _one_per_sheet(candidates: Sequence[Candidate]) -> list[Candidate]:
    sheets: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.fits, c.score), reverse=True):
        sheets.setdefault(candidate.head.sheet, candidate)
    return list(sheets.values())


def _mistakes(table: type[Table], candidates: Sequence[Candidate]) -> list[Problem]:
    """What stands in the way of reading the table from its candidates."""
    sheets = _one_per_sheet(candidates)
    fitting = [candidate for candidate in sheets if candidate.fits]
    if not fitting:
        return _lacks(sheets[0])
    if len(fitting) > 1 and not (fitting[0].is_named and not fitting[1].is_named):
        names = ", ".join(candidate.head.sheet for candidate in fitting)
        return [problem("TABLE_AMBIGUOUS", table=table.id, zh=table.zh, en=table.en, sheets=names)]
    return _twice(fitting[0])


def _twice(candidate: Candidate) -> list[Problem]:
    where = Place(sheet=candidate.head.sheet, cell=f"{candidate.row}:{candidate.row}")
    return [
        problem("HEADER_TWICE", where, header=header, column=name)
        for name, header in candidate.match.twice.items()
    ]


def _lacks(candidate: Candidate) -> list[Problem]:
    headers = [
        str(cell) for cell in candidate.head.cells[candidate.row - candidate.head.row] if cell
    ]
    where = Place(sheet=candidate.head.sheet, cell=f"{candidate.row}:{candidate.row}")
    problems = []
    for name in candidate.match.missing(candidate.table):
        column = candidate.table.columns.get(name)
        wanted = " / ".join((column.zh, column.en)) if column else name
        problems.append(
            problem(
                "COLUMN_MISSING",
                where,
                table=candidate.table.id,
                column=wanted,
                there=", ".join(headers[:20]),
                nearest=nearest(column.en, headers) or nearest(column.zh, headers)
                if column
                else "",
            )
        )
    return problems


def _locate_fixed(
    table: type[Table], heads: Sequence[Head], spec: Mapping[str, Any]
) -> tuple[Location | None, list[Problem]]:
    names = [head.sheet for head in heads]
    wanted = str(spec.get("sheet", ""))
    some = [head for head in heads if not wanted or normal(head.sheet) == normal(wanted)]
    if not some:
        facts = {"sheet": wanted, "there": ", ".join(names), "nearest": nearest(wanted, names)}
        return None, [problem("SHEET_MISSING", Place(path=f"tables.{table.id}.sheet"), **facts)]
    candidates = [
        Candidate(table, head, head.row + i, match(table, cells, spec.get("columns")), True)
        for head in some
        for i, cells in enumerate(head.cells)
        if spec.get("header_row") in (None, head.row + i)
    ]
    if not candidates:
        where = Place(path=f"tables.{table.id}.header_row")
        row = spec["header_row"]
        return None, [problem("HEADER_ROW_OUTSIDE", where, row=row, last=HEADER_ROWS)]
    best = max(candidates, key=lambda candidate: (candidate.fits, candidate.score))
    problems = _twice(best) if best.fits else _lacks(best)
    return (None if problems else best.location()), problems
