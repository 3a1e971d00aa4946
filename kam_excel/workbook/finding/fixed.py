"""Finding a table where people or a plugin said that it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, nearest, problem
from kam_excel.workbook.finding.candidates import Candidate, candidate
from kam_excel.workbook.finding.headers import normal
from kam_excel.workbook.finding.headrows import head_rows, head_rows_at
from kam_excel.workbook.finding.location import FoundBy, Location, Region
from kam_excel.workbook.finding.pages import Page
from kam_excel.workbook.finding.refusals import lacks, twice
from kam_excel.workbook.finding.regions import Blocks, region_of


def locate_fixed(
    table: type[Table],
    pages: Sequence[Page],
    said: Mapping[str, Any],
    blocks: Blocks,
    found_by: FoundBy = "config",
) -> Location | list[Problem]:
    """The table as a mapping says: `sheet` or `sheets` (names, or patterns with * and ?),
    `header_row`, `columns` (headers by column id), `year`, `units`, `percents`, and `lines`, a
    mapping of the same kind for the lines of documents. `blocks` knows where tables end.
    """
    of_lines = said.get("lines")
    path = f"tables.{table.id}"
    partly = ((table.split_by,) if table.split_by else ()) if of_lines else ()
    heads, problems = _heads(table, pages, said, path)
    regions, more = _regions(heads, said, blocks, partly)
    problems += more
    lines: list[Region] = []
    if of_lines:
        heads, mistakes = _heads(table, pages, of_lines, f"{path}.lines")
        lines, more = _regions(heads, of_lines, blocks, partly)
        problems += mistakes + more
    return problems or Location(table, tuple(regions), tuple(lines), found_by)


def heads_said(
    table: type[Table], pages: Sequence[Page], said: Mapping[str, Any]
) -> list[Candidate]:
    """The header rows that a mapping means, of documents and of lines: no other table's."""
    path = f"tables.{table.id}"
    parts = [said, *([said["lines"]] if said.get("lines") else [])]
    return [each for part in parts for each in _heads(table, pages, part, path)[0]]


def _heads(
    table: type[Table], pages: Sequence[Page], said: Mapping[str, Any], path: str
) -> tuple[list[Candidate], list[Problem]]:
    """The best header row of each sheet that is said, or of all where none is."""
    wanted = [*said.get("sheets", ()), *([said["sheet"]] if said.get("sheet") else [])]
    chosen, problems = _pages(pages, wanted, path)
    if problems:
        return [], problems
    best = [best_candidate(table, page, said) for page in chosen]
    heads = [each for each in best if each is not None]
    if not wanted and heads:  # the mapping names headers alone: search for them
        heads = [max(heads, key=lambda each: (each.fits, each.score))]
    if not heads:
        row = said.get("header_row", "")
        return [], [problem("HEADER_ROW_EMPTY", Place(path=f"{path}.header_row"), row=row)]
    return heads, []


def _regions(
    heads: Sequence[Candidate], said: Mapping[str, Any], blocks: Blocks, partly: Sequence[str]
) -> tuple[list[Region], list[Problem]]:
    """One region below each header; `partly` are the columns that have to be there where the
    table is split, in place of all that it needs.
    """
    regions: list[Region] = []
    problems: list[Problem] = []
    for each in heads:
        if (partly and not set(partly) <= each.columns) or (not partly and each.missing):
            problems += lacks(each)
            continue
        problems += twice(each)
        region = region_of(each, blocks.last_row(each), said)
        if isinstance(region, Region):
            regions.append(region)
        else:
            problems += region
    return regions, problems


def _pages(
    pages: Sequence[Page], wanted: Sequence[str], path: str
) -> tuple[list[Page], list[Problem]]:
    """The sheets that the names or patterns mean; a problem for each that means none."""
    if not wanted:
        return list(pages), []
    chosen: dict[str, Page] = {}
    problems = []
    names = [page.sheet for page in pages]
    for pattern in wanted:
        fitting = [page for page in pages if fnmatchcase(normal(page.sheet), normal(pattern))]
        exact = [page for page in pages if normal(page.sheet) == normal(pattern)]
        chosen |= {page.sheet: page for page in exact or fitting}
        if not (exact or fitting):
            facts = {
                "sheet": pattern,
                "there": ", ".join(names),
                "nearest": nearest(pattern, names),
            }
            problems.append(problem("SHEET_MISSING", Place(path=f"{path}.sheet"), **facts))
    return list(chosen.values()), problems


def best_candidate(table: type[Table], page: Page, said: Mapping[str, Any]) -> Candidate | None:
    """The header row of a sheet that fits best, or the one that is said."""
    row = said.get("header_row")
    heads = head_rows(page) if row is None else head_rows_at(page, row)
    every = [candidate(table, head, said.get("columns")) for head in heads]
    return max(every, key=lambda each: (each.fits, each.score), default=None)
