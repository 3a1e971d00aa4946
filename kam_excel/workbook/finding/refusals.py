"""Why a table that is there cannot be read: what its header lacks or says twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, nearest, problem
from kam_excel.workbook.finding.candidates import Candidate
from kam_excel.workbook.finding.pages import HEADER_ROWS, Page

SHOWN = 20  # how many headers a message names


def twice(each: Candidate) -> list[Problem]:
    """One problem for each header that stands twice."""
    return [
        problem("HEADER_TWICE", where(each), header=header, column=name, table=each.table.id)
        for name, header in each.match.twice.items()
    ]


def lacks(each: Candidate) -> list[Problem]:
    """One problem for each column that the table needs, with the headers that are there."""
    headers = headers_of(each)
    problems = []
    for name in each.missing:
        column = each.table.columns.get(name)
        near = (nearest(column.en, headers) or nearest(column.zh, headers)) if column else ""
        problems.append(
            problem(
                "COLUMN_MISSING",
                where(each),
                table=each.table.id,
                column=" / ".join((column.zh, column.en)) if column else name,
                there=", ".join(headers[:SHOWN]),
                nearest=near,
            )
        )
    return problems


def headers_of(each: Candidate) -> list[str]:
    """The headers that are there, as the sheet has them."""
    return [cell.shown for _, cell in sorted(each.head.cells.items())]


def where(each: Candidate) -> Place:
    """The rows of the header."""
    rows = each.head.rows
    return Place(sheet=each.head.page.sheet, cell=f"{rows[0]}:{rows[-1]}")


def not_found(
    table: type[Table],
    strategies: Sequence[str],
    pages: Sequence[Page],
    near: Candidate | None,
) -> Problem:
    """A table that is not there: the rows that were searched, and what came nearest."""
    searched = [f"{page.sheet}!{page.cells.rows[0]}:{_last(page)}" for page in pages]
    facts: dict[str, Any] = {
        "table": table.id,
        "zh": table.zh,
        "en": table.en,
        "strategy": ", ".join(strategies),
        "searched": ", ".join(searched),
    }
    if near is None:
        return problem("TABLE_MISSING", missing=", ".join(table.required()), **facts)
    if not near.missing:
        return problem("TABLE_CALLED_OTHERWISE", where(near), **facts)
    headers = headers_of(near)
    guesses = [nearest(h, headers) for n in near.missing for h in _spellings(table, n)]
    return problem(
        "TABLE_NEARLY_FOUND",
        where(near),
        missing=", ".join(near.missing),
        there=", ".join(headers[:SHOWN]),
        nearest=", ".join(dict.fromkeys(filter(None, guesses))),
        **facts,
    )


def _last(page: Page) -> int:
    """The last of the rows that were searched without a break."""
    return page.cells.rows[:HEADER_ROWS][-1]


def _spellings(table: type[Table], name: str) -> tuple[str, ...]:
    column = table.columns.get(name)
    return (column.zh, column.en) if column else ()
