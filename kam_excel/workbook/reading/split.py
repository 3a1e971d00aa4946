"""A table that is split over two sheets: its documents on one, their lines on the other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kam_excel.contract.column import Kind
from kam_excel.contract.table import Table
from kam_excel.domain.amounts import STATED, stated_amounts
from kam_excel.domain.columns import coalesce, holds
from kam_excel.domain.exact import ExactDtype, exact
from kam_excel.domain.issues import IssueLog
from kam_excel.workbook.finding.splitting import shared_columns


@dataclass(frozen=True, slots=True)
class Joined:
    """The lines with what their documents say, and what was found in joining them.

    frame: the lines that have a document; the label of a row is that of the line.
    orphans: labels of the lines that have none, which are left out.
    repeated: labels of documents whose number another one bears with other facts; where there
        are any, which of them a line belongs to cannot be known, and the frame is not to be used.
    log: the issues.
    """

    frame: pd.DataFrame
    orphans: pd.Index
    repeated: pd.Index
    log: IssueLog


def join_lines(table: type[Table], heads: pd.DataFrame, lines: pd.DataFrame) -> Joined:
    """Give each line what its document says; both are typed frames of `table`, by label.

    A line's own value is kept where it has one. Issues: LINE_WITHOUT_HEADER (left out),
    HEADER_WITHOUT_LINES, LINE_DIFFERS (a customer or a currency other than the document's; the
    line's counts), SPLIT_TOTAL_DIFFERS (the document's amount is not the sum of its lines; the
    lines count).
    """
    key, log = table.split_by, IssueLog()
    numbered = heads[heads[key].notna()]
    facts = numbered.drop_duplicates()
    repeated = facts.index[facts.duplicated(key, keep=False)]
    known = facts.drop_duplicates(key).set_index(key)
    has_document = lines[key].isin(known.index)
    orphans = lines.index[~has_document]
    values, amounts = lines[key], stated_amounts(lines)
    log.add(
        "LINE_WITHOUT_HEADER",
        table.id,
        orphans,
        "ROW_EXCLUDED",
        column=key,
        values=values,
        amounts=amounts,
    )
    _report_unused(table, heads, lines, log)
    frame = lines[has_document]
    for name in shared_columns(table, heads.columns):
        if name != key:
            frame = _with_shared(table, frame, name, known[name], log)
    _compare_totals(table, facts.drop_duplicates(key), frame, log)
    ordered = [name for name in table.columns if name in frame]
    return Joined(frame[ordered], orphans, repeated, log)


def _report_unused(
    table: type[Table], heads: pd.DataFrame, lines: pd.DataFrame, log: IssueLog
) -> None:
    key = table.split_by
    unused = heads.index[~heads[key].isin(lines[key].dropna())]
    log.add(
        "HEADER_WITHOUT_LINES",
        table.id,
        unused,
        "HEADER_NOT_COUNTED",
        column=key,
        values=heads[key],
        amounts=stated_amounts(heads),
    )


def _with_shared(
    table: type[Table], frame: pd.DataFrame, name: str, of_documents: pd.Series, log: IssueLog
) -> pd.DataFrame:
    """`frame` with a column of the documents, where a line has no value of its own."""
    found = of_documents.reindex(frame[table.split_by]).set_axis(frame.index)
    if name not in frame:
        return frame.assign(**{name: found})
    own = frame[name]
    if table.columns[name].kind is Kind.KEY or name == "currency":
        differs = own.notna() & found.notna() & (own != found)
        log.add(
            "LINE_DIFFERS",
            table.id,
            frame.index[differs],
            "LINE_VALUE_KEPT",
            column=name,
            values=own,
            amounts=stated_amounts(frame),
        )
    both = coalesce(own, found) if isinstance(own.dtype, ExactDtype) else own.fillna(found)
    return frame.assign(**{name: both})


def _compare_totals(
    table: type[Table], heads: pd.DataFrame, frame: pd.DataFrame, log: IssueLog
) -> None:
    """Log the documents whose amount is not the sum of their lines, by the difference.

    Like is compared with like: a net amount with net amounts. Lines that have none but quantity
    and price may be rounded, so that half a hundredth a line is no difference.
    """
    key = table.split_by
    both = [name for name in STATED if name in heads and name in frame]
    name = both[0] if both else "amount"
    of_lines = frame[name] if both else _computed(heads, frame)
    if of_lines is None:
        return
    heads = heads[heads[key].isin(frame[key])]
    groups = of_lines.groupby(frame[key])
    sums = groups.sum().reindex(heads[key]).set_axis(heads.index)
    lines = groups.size().reindex(heads[key]).set_axis(heads.index)
    off = heads[name] - sums
    half_cents = exact(lines * 0 + 1 if both else lines + 1)
    differs = heads.index[holds(abs(off) * 200 > half_cents)]
    log.add(
        "SPLIT_TOTAL_DIFFERS",
        table.id,
        differs,
        "LINES_COUNT",
        column=name,
        values=heads[name],
        amounts=off,
    )


def _computed(heads: pd.DataFrame, frame: pd.DataFrame) -> pd.Series | None:
    """Quantity times price of the lines, where nothing else says what a document's amount sums."""
    if "amount" not in heads or set(STATED) & set(frame.columns):
        return None
    return stated_amounts(frame)
