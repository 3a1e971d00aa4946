"""Reading a located table into a typed frame, with what was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd
import xlwings as xw

from kam_excel.domain.amounts import stated_amounts
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import total
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
    """Read the table at `location`; `sheets` are those whose cells were read before."""
    cells = {
        name: (sheets or {}).get(name) or read_sheet(book.sheets[name]) for name in location.sheets
    }
    log = IssueLog()
    parts = [
        RegionReader(book, location, number, known or Conventions(), log).read(cells[region.sheet])
        for number, region in enumerate(location.all_regions)
    ]
    left_out = {name for part in parts for name in part.left_out}
    frames = [part.frame.drop(columns=left_out, errors="ignore") for part in parts]
    problems = [problem for part in parts for problem in part.problems]
    heads, logs = len(location.regions), [log]
    account = _account(location, parts[heads:] if location.lines else parts)
    frame = _together(frames[:heads])
    if location.lines and not problems:
        lines = _together(frames[heads:])
        joined = join_lines(location.table, frame, lines)
        frame, problems = joined.frame, _repeated(location, frame, joined.repeated)
        logs.append(joined.log)
        orphans = stated_amounts(lines.loc[joined.orphans])
        left = None if orphans is None else -total(orphans)
        account.changed("LINE_WITHOUT_HEADER", -len(joined.orphans), left)
    for sheet in location.elsewhere:
        log.add_one("TABLE_ELSEWHERE", location.table.id, "NOT_READ", value=sheet)
    return Reading(
        location,
        frame,
        pd.concat([each.frame() for each in logs], ignore_index=True),
        problems,
        account.closed(len(frame), stated_amounts(frame)) if not problems else pd.DataFrame(),
    )


def _repeated(location: Location, heads: pd.DataFrame, labels: pd.Index) -> list[Problem]:
    """A refusal of documents whose number another one bears with other facts."""
    column = location.table.columns[location.table.split_by]
    cells = heads.loc[labels, column.id].astype(object)
    judged = Judged(location, column, cells, cells, None)
    return [judged.refusal("HEADER_REPEATED", range(len(labels)))] if len(labels) else []


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return frames[0] if len(frames) == 1 else pd.concat(frames)


def _account(location: Location, parts: list[RegionReading]) -> Reconciliation:
    """The account of all regions up to the rows that they hold."""
    amounts = [part.amount for part in parts if part.amount is not None]
    account = Reconciliation(location.table.id)
    account.opened(sum(part.rows for part in parts), sum(amounts, Decimal(0)) if amounts else None)
    codes = dict.fromkeys(code for part in parts for code in part.changes)
    for code in codes:
        changes = [part.changes[code] for part in parts if code in part.changes]
        known = [amount for _, amount in changes if amount is not None]
        rows = sum(count for count, _ in changes)
        account.changed(code, rows, sum(known, Decimal(0)) if known else None)
    return account
