"""Choosing among header rows that fit a table: parts of one, copies, sums, or several to ask of."""

from __future__ import annotations

from collections.abc import Sequence

from kam_excel.contract.table import Table
from kam_excel.errors import Place, Problem, problem
from kam_excel.workbook.finding.candidates import Candidate
from kam_excel.workbook.finding.location import Location, Region
from kam_excel.workbook.finding.pages import Page
from kam_excel.workbook.finding.refusals import twice
from kam_excel.workbook.finding.regions import Blocks, region_of
from kam_excel.workbook.finding.series import are_series, is_copy


def choose(
    table: type[Table],
    fitting: Sequence[Candidate],
    blocks: Blocks,
    unread: Sequence[Page],
) -> Location | list[Problem] | None:
    """Where the table stands, of the header rows that fit it; None where there are none.

    `unread` are the sheets on which no table was found.
    """
    named = [each for each in fitting if each.is_named]
    chosen = _narrowed(named or [each for each in fitting if not each.is_summary] or fitting)
    if not chosen:
        return None
    if not _is_one_table(chosen):
        names = ", ".join(dict.fromkeys(each.head.page.sheet for each in chosen))
        return [problem("TABLE_AMBIGUOUS", table=table.id, zh=table.zh, en=table.en, sheets=names)]
    problems = [p for each in chosen for p in twice(each)] + _missing_parts(table, chosen, unread)
    regions: list[Region] = []
    for each in chosen:
        region = region_of(each, blocks.last_row(each))
        if isinstance(region, Region):
            regions.append(region)
        else:
            problems += region
    return problems or Location(table, tuple(regions), elsewhere=_elsewhere(chosen, fitting))


def _elsewhere(chosen: Sequence[Candidate], fitting: Sequence[Candidate]) -> tuple[str, ...]:
    """The sheets that are not chosen and have at least half of the columns of those that are."""
    enough = min(len(each.columns) for each in chosen) / 2
    others = [each for each in fitting if each not in chosen and len(each.columns) >= enough]
    return tuple(dict.fromkeys(each.head.page.sheet for each in others))


def _narrowed(fitting: Sequence[Candidate]) -> list[Candidate]:
    """The header rows without those of copies and of sums, as far as it takes until they are of
    one table; all, where they never are.
    """
    chosen = list(fitting)
    for is_left_out in (_is_copy_of_one, _is_summary):
        if len(chosen) < 2 or _is_one_table(chosen):
            break
        kept = [each for each in chosen if not is_left_out(each, chosen)]
        chosen = kept or chosen
    return chosen if _is_one_table(chosen) else list(fitting)


def _is_copy_of_one(each: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a sheet is named as a copy, and shows what another one shows."""
    page = each.head.page
    return is_copy(page.sheet) and any(
        other.head.page is not page
        and not is_copy(other.head.page.sheet)
        and list(other.head.page.cells.rows) == list(page.cells.rows)
        and {c: list(v) for c, v in other.head.page.cells.columns.items()}
        == {c: list(v) for c, v in page.cells.columns.items()}
        for other in others
    )


def _is_summary(each: Candidate, _: Sequence[Candidate]) -> bool:
    return each.is_summary


def _is_one_table(chosen: Sequence[Candidate]) -> bool:
    """Whether header rows are of parts of one table: the same headers again on a sheet, or on
    sheets whose names say so.
    """
    by_sheet: dict[str, list[Candidate]] = {}
    for each in chosen:
        by_sheet.setdefault(each.head.page.sheet, []).append(each)
    same = all(
        each.shown() == parts[0].shown() for parts in by_sheet.values() for each in parts[1:]
    )
    return same and (len(by_sheet) < 2 or are_series(list(by_sheet)))


def _missing_parts(
    table: type[Table], chosen: Sequence[Candidate], unread: Sequence[Page]
) -> list[Problem]:
    """A problem for each sheet that its name makes a part of the table, and its header does not."""
    sheets = list(dict.fromkeys(each.head.page.sheet for each in chosen))
    return [
        problem(
            "PART_NOT_FOUND",
            Place(sheet=page.sheet),
            table=table.id,
            zh=table.zh,
            en=table.en,
            sheets=", ".join(sheets),
            headers=", ".join(chosen[0].shown().values()),
        )
        for page in unread
        if page.has_figures and are_series([*sheets, page.sheet])
    ]
