"""From a header row to the block of cells below it: its last row, its units, its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam_excel.contract.column import Kind
from kam_excel.errors import Problem, problem
from kam_excel.workbook.finding.candidates import Candidate
from kam_excel.workbook.finding.headers import HeaderCell, normal
from kam_excel.workbook.finding.location import MonthColumn, PercentSense, Region
from kam_excel.workbook.finding.measures import may_change_sums
from kam_excel.workbook.finding.months import dated, year_in
from kam_excel.workbook.finding.refusal import UnclearLayout
from kam_excel.workbook.finding.refusals import where
from kam_excel.workbook.finding.series import part_of
from kam_excel.workbook.finding.units import NO_UNIT, Unit, split_unit, unit_note, unit_of

REMARKS = frozenset(
    (
        "备注 说明 序号 摘要 编制人 制表人 审批人 经办人"
        " remark remarks note notes comment comments no. #"
    ).split()
)


class Blocks:
    """Where the tables of the workbook end: each before the header of the next one below it."""

    def __init__(self, headers: Sequence[Candidate]) -> None:
        self._headers = headers

    def last_row(self, of: Candidate) -> int:
        """The last row that may belong to a table."""
        head = of.head
        if head.listed and not head.listed.is_name:
            return head.listed.last_row
        below = [
            other.head.rows[0]
            for other in self._headers
            if other.head.page is head.page
            and other.head.rows[0] > head.row
            and not other.head.cells.keys().isdisjoint(head.cells)
        ]
        return head.page.end_of(head.row, min(below, default=None))


def region_of(
    each: Candidate, last_row: int, said: Mapping[str, Any] | None = None
) -> Region | list[Problem]:
    """The block of cells below a header row, or what is not clear about it.

    said: `year`, and `units` and `percents` by column id, of a mapping that people wrote.
    """
    said = said or {}
    try:
        year = said.get("year") or _year_around(each)
        months = dated(each.months, year) if each.months else {}
        units = _units(each, said.get("units", {}))
    except UnclearLayout as unclear:
        return [_unclear(each, str(unclear))]
    percents: dict[str, PercentSense] = {
        name: "percent" for name, unit in units.items() if unit.is_percent
    }
    currencies = {unit.currency for unit in units.values()} - {""}
    if len(currencies) > 1:
        return [_unclear(each, "UNIT_CURRENCIES_DIFFER")]
    return Region(
        sheet=each.head.page.sheet,
        header_row=each.head.row,
        last_row=last_row,
        columns=each.match.positions,
        factors={name: unit.factor for name, unit in units.items() if unit.factor != 1},
        percents=percents | dict(said.get("percents", {})),
        months=tuple(
            MonthColumn(column, month.year or 0, month.month)
            for column, month in sorted(months.items())
        ),
        constants=_constants(each, next(iter(currencies), "")),
        headers=each.shown(),
        header_rows=each.head.rows,
        zh_headers=each.match.zh_headers,
        rivals=each.match.rivals,
        unread=_unread(each),
        unknown=_unknown(each),
        table_end=each.head.listed.end if each.head.listed else 0,
        year=0 if all(month.year for month in each.months.values()) else year or 0,
    )


def _year_around(each: Candidate) -> int | None:
    """The year that the sheet, a title above the table or the file is named after."""
    page = each.head.page
    texts = (page.sheet, *page.titles(each.head.rows[0]), page.file)
    return next((year for text in texts if (year := year_in(text))), None)


def _units(each: Candidate, said: Mapping[str, str]) -> dict[str, Unit]:
    """The unit of each column that has one: as people said, of its header, of a note above."""
    units = dict(each.match.units)
    if each.months:
        of_months = {each.head.cells[column].unit for column in each.months}
        if len(of_months) > 1:
            raise UnclearLayout("UNITS_OF_MONTHS_DIFFER")
        unit = of_months.pop()
        if unit is not None:
            units[each.table.wide[1]] = unit
    units |= {name: unit_of(text) or NO_UNIT for name, text in said.items()}
    note = _unit_around(each)
    if note is not None:
        kinds = each.table.columns
        money = [name for name in kinds if name in each.columns and kinds[name].kind is Kind.MONEY]
        units = dict.fromkeys(money, note) | units
    return units


def _unit_around(each: Candidate) -> Unit | None:
    """The unit that notes and titles above the table state, or the name of its sheet."""
    titles = each.head.page.titles(each.head.rows[0])
    names = [text for text in (*titles, each.head.page.sheet) if unit_note([text]) is None]
    units = (split_unit(normal(name))[1] for name in names)
    stated = {unit for unit in units if unit != NO_UNIT and not unit.is_percent}
    stated |= {note} if (note := unit_note(titles)) else set()
    if len(stated) > 1:
        raise UnclearLayout("UNIT_NOTES_DIFFER")
    return next(iter(stated), None)


def _unread(each: Candidate) -> tuple[str, ...]:
    """Headers that no column has and that speak of returns, of a status or of cancelling."""
    return tuple(cell.shown for cell in _beside(each) if any(map(may_change_sums, cell.readings)))


def _unknown(each: Candidate) -> tuple[str, ...]:
    """Headers that no column of a closed table has, where it lacks one on which figures depend:
    they may mean it. Remarks and numbers of rows mean none.
    """
    lacking = (c for name, c in each.table.columns.items() if name not in each.columns)
    if not each.table.closed or not any(column.decisive for column in lacking):
        return ()
    told = _unread(each)
    headers = (cell.shown for cell in _beside(each) if REMARKS.isdisjoint(cell.readings))
    return tuple(header for header in headers if header not in told)


def _beside(each: Candidate) -> list[HeaderCell]:
    """The headers that no column has, in the order of the sheet."""
    taken = {*each.match.positions.values(), *each.months}
    return [cell for position, cell in sorted(each.head.cells.items()) if position not in taken]


def _constants(each: Candidate, currency: str) -> dict[str, str]:
    """What holds for every row: the currency of its unit, the region that names its sheet."""
    known: dict[str, str] = {"currency": currency} if currency else {}
    part = part_of(each.head.page.sheet)
    if part and part.region:
        known["region"] = part.region
    there = each.columns
    return {n: text for n, text in known.items() if n in each.table.columns and n not in there}


def _unclear(each: Candidate, code: str) -> Problem:
    shown = [each.head.cells[column].shown for column in sorted(each.months)]
    table = each.table
    facts = {"table": table.id, "zh": table.zh, "en": table.en, "headers": ", ".join(shown)}
    return problem(code, where(each), **facts)
