"""Reading a located table into a typed frame, with what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import xlwings as xw

from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.keys import one_row_a_key
from kam_excel.domain.reconciliation import Reconciliation
from kam_excel.errors import Problem
from kam_excel.workbook.finding.location import Location
from kam_excel.workbook.reading.conventions import Conventions
from kam_excel.workbook.reading.judging import Judged
from kam_excel.workbook.reading.region import RegionReader, RegionReading
from kam_excel.workbook.reading.split import join_lines
from kam_excel.workbook.sheetcells import SheetCells, read_sheet


@dataclass(slots=True)
class Reading:
    """A table as it was read.

    frame: its rows by label (see finding.location); a column that cannot be read and that the
        table can do without is not in it
    issues: what was doubtful, as IssueLog.frame gives it
    problems: refusals in columns that are needed
    reconciliation: where rows and amounts went, as domain.reconciliation gives it
    """

    location: Location
    frame: pd.DataFrame
    issues: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    reconciliation: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_table(
    book: xw.Book,
    location: Location,
    known: Conventions | None = None,
    sheets: Mapping[str, SheetCells] | None = None,
) -> Reading:
    """Read the table at `location`; `sheets` are those whose cells were read before.

    A column that one region has to leave out is left out of all.
    """
    cells = {
        name: (sheets or {}).get(name) or read_sheet(book.sheets[name]) for name in location.sheets
    }
    log = IssueLog()
    parts = [
        RegionReader(book, location, number, known or Conventions(), log).read(cells[region.sheet])
        for number, region in enumerate(location.all_regions)
    ]
    for sheet in location.elsewhere:
        log.add_one("TABLE_ELSEWHERE", location.table.id, "NOT_READ", value=sheet)
    problems = [problem for part in parts for problem in part.problems]
    heads, lines = parts[: len(location.regions)], parts[len(location.regions) :]
    reading = Reading(location, _together(heads, parts), log.frame(), problems)
    if not problems:
        account = _account(location, lines or heads)
        if lines:
            _join(reading, _together(lines, parts), account)
        if location.table.key:
            _hold_to_key(reading, account)
        stated = stated_amounts(reading.frame)
        reading.reconciliation = account.closed(len(reading.frame), stated)
    return reading


def _together(parts: Sequence[RegionReading], every: Sequence[RegionReading]) -> pd.DataFrame:
    """The rows of `parts` without the columns that one of `every` has to leave out."""
    left_out = {name for part in every for name in part.left_out}
    frames = [part.frame.drop(columns=left_out, errors="ignore") for part in parts]
    return frames[0] if len(frames) == 1 else pd.concat(frames)


def _account(location: Location, parts: Sequence[RegionReading]) -> Reconciliation:
    """The account of regions up to the rows that they give."""
    account = Reconciliation(location.table.id)
    for part in parts:
        account.opened(part.rows, part.amount)
        for code, (rows, amount) in part.changes.items():
            account.changed(code, rows, amount)
    return account


def _join(reading: Reading, lines: pd.DataFrame, account: Reconciliation) -> None:
    """Put the lines with the facts of their documents in place of the documents."""
    location, heads = reading.location, reading.frame
    joined = join_lines(location.table, heads, lines)
    orphans = stated_amounts(lines.loc[joined.orphans])
    left = None if orphans is None else -orphans
    account.changed("LINE_WITHOUT_HEADER", -len(joined.orphans), left)
    reading.frame = joined.frame
    reading.issues = pd.concat([reading.issues, joined.log.frame()], ignore_index=True)
    if len(joined.repeated):
        column = location.table.columns[location.table.split_by]
        cells = heads.loc[joined.repeated, column.id].astype(object)
        judged = Judged(location, column, cells, cells, None)
        reading.problems.append(judged.refusal("HEADER_REPEATED", range(len(cells))))


def _hold_to_key(reading: Reading, account: Reconciliation) -> None:
    """Keep one row of each key of the table."""
    log, table = IssueLog(), reading.location.table
    reading.frame = one_row_a_key(reading.frame, table.key, table.id, log, account)
    reading.issues = pd.concat([reading.issues, log.frame()], ignore_index=True)
