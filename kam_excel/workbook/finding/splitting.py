"""Tables that are split over two sheets: documents on one, their lines on another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kam_excel.contract.table import Table
from kam_excel.errors import Problem, problem
from kam_excel.workbook.finding.candidates import Candidate
from kam_excel.workbook.finding.headers import Match
from kam_excel.workbook.finding.location import Location, Region
from kam_excel.workbook.finding.refusals import twice
from kam_excel.workbook.finding.regions import Blocks, region_of

# A figure of a document is none of each of its lines, and its number in a list is no line's.
_OF_LINES = ("line_no", "product_id", "product_name")


def split(table: type[Table], every: Sequence[Candidate]) -> Location | list[Problem] | None:
    """The documents and the lines of a table, where two header rows are these together."""
    pairs = [
        (heads, lines)
        for heads in every
        for lines in every
        if heads is not lines and splits(table, heads.columns, lines.columns)
    ]
    if not pairs:
        return None
    if len(pairs) > 1:
        sheets = dict.fromkeys(each.head.page.sheet for pair in pairs for each in pair)
        names = ", ".join(sheets)
        return [problem("TABLE_AMBIGUOUS", table=table.id, zh=table.zh, en=table.en, sheets=names)]
    blocks = Blocks(pairs[0])
    parts = [region_of(each, blocks.last_row(each)) for each in pairs[0]]
    problems = [p for each in pairs[0] for p in twice(each)]
    problems += [p for part in parts if not isinstance(part, Region) for p in part]
    if problems:
        return problems
    heads, lines = (part for part in parts if isinstance(part, Region))
    return Location(table, (heads,), (lines,))


def splits(table: type[Table], heads: Collection[str], lines: Collection[str]) -> bool:
    """Whether columns found on two sheets are the documents and the lines of one `table`.

    Both have the number of the document; the lines lack what the documents have, and together
    they have all that the table needs. The amounts are the lines' own. Documents that are a table
    by themselves, with amounts of their own, are split only where the other sheet alone names
    products or numbers lines: payments have documents and amounts, too.
    """
    key = table.split_by
    if not key or key not in heads or key not in lines:
        return False
    has_amounts = any(set(group) <= set(lines) for group in table.one_of)
    together = {*lines, *shared_columns(table, heads)}
    if not has_amounts or _missing(table, together) or not _missing(table, lines):
        return False
    details = [bool(set(_OF_LINES) & set(there)) for there in (heads, lines)]
    return bool(_missing(table, heads)) or details == [False, True]


def shared_columns(table: type[Table], heads: Collection[str]) -> list[str]:
    """The columns of documents that are true of each of their lines."""
    return [
        name
        for name, column in table.columns.items()
        if name in heads and not column.kind.adds_up and name not in _OF_LINES
    ]


def _missing(table: type[Table], there: Collection[str]) -> tuple[str, ...]:
    return Match({}).missing(table, set(there))
