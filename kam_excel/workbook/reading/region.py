"""Reading one region: its cells typed, the rows that hold no data left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import xlwings as xw

from kam_excel.contract.column import Column, Kind
from kam_excel.contract.frames import series_of
from kam_excel.domain.amounts import STATED, stated_amounts
from kam_excel.domain.currencies import MINOR_UNITS
from kam_excel.domain.issues import IssueLog
from kam_excel.domain.money import total
from kam_excel.domain.rates import currency_codes
from kam_excel.errors import Place, Problem, problem
from kam_excel.workbook.adapter import uses_1904
from kam_excel.workbook.finding.location import Location, label_of
from kam_excel.workbook.finding.refusal import UnclearLayout
from kam_excel.workbook.finding.units import unit_note
from kam_excel.workbook.reading.block import Block, block_of
from kam_excel.workbook.reading.cellformats import CellFormats
from kam_excel.workbook.reading.columns import CellFacts, Verdicts, type_column
from kam_excel.workbook.reading.conventions import Conventions
from kam_excel.workbook.reading.dropping import dropped_rows
from kam_excel.workbook.reading.judging import NAMED_CELLS, Judged
from kam_excel.workbook.reading.merged import fill_merged
from kam_excel.workbook.reading.telling import tell_below, tell_hidden, tell_layout
from kam_excel.workbook.reading.wide import unpivot
from kam_excel.workbook.sheetcells import SheetCells

Change = tuple[int, Decimal | None]


@dataclass(slots=True)
class RegionReading:
    """What a region gives: its frame by label, and what became of its rows.

    rows and amount: of all that stands below the header. changes: signed rows and amounts by
    reason. left_out: columns that cannot be read and that the table can do without.
    """

    frame: pd.DataFrame
    rows: int
    amount: Decimal | None
    changes: dict[str, Change] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Typed:
    """A column of cells as it was typed; `month` is the sheet column of a month, else 0."""

    column: Column
    cells: Sequence[Any]
    verdicts: Verdicts
    month: int = 0

    def series(self, index: pd.Index) -> pd.Series:
        return series_of(self.column.kind, self.verdicts.values, index)


class RegionReader:
    """Reads the region `number` of a location; what is doubtful goes into `log`."""

    def __init__(
        self, book: xw.Book, location: Location, number: int, known: Conventions, log: IssueLog
    ) -> None:
        self._location = location
        self._number = number
        self._region = location.all_regions[number]
        self._sheet = book.sheets[self._region.sheet]
        self._formats = CellFormats(self._sheet)
        self._date1904 = uses_1904(book)
        self._known = known
        self._log = log

    def read(self, cells: SheetCells) -> RegionReading:
        """The rows of the region, typed; problems for what cannot be read and is needed."""
        block, problems = fill_merged(
            self._sheet,
            block_of(cells, self._region),
            self._location,
            self._number,
            self._known.rules,
            self._log,
        )
        currency = self._currencies(block)
        own = [self._typed(block, name, each, currency) for name, each in block.columns.items()]
        months = [
            self._typed(block, self._location.table.wide[1], each, currency, position)
            for position, each in block.months.items()
        ]
        rows = pd.Index(list(block.rows), dtype="int64")
        frame = pd.DataFrame({each.column.id: each.series(rows) for each in own}, index=rows)
        by_month = pd.DataFrame({each.month: each.series(rows) for each in months}, index=rows)
        worth = _worth(frame, by_month)
        figures = [self._unscaled(each) for each in months or own if each.column.kind.is_exact]
        dropped = dropped_rows(block, self._region, self._location.table, figures)
        problems += self._keyed_totals(dropped, rows) + self._unit_below(block, dropped)
        reading = RegionReading(frame, len(rows) + block.blank, _sum(worth), problems=problems)
        reading.changes = _changes(dropped, block.blank, worth)
        kept = np.ones(len(rows), dtype=bool)
        kept[list(dropped)] = False
        self._list_dropped(dropped, rows, worth)
        for each in (*own, *months):
            self._judge(each, block, kept, worth, reading)
        self._finish(reading, kept, by_month)
        table = self._location.table
        tell_layout(table, self._region, self._log)
        tell_hidden(table, self._sheet, rows[kept].tolist(), worth, self._log)
        tell_below(table, self._region, self._number, cells, self._log)
        return reading

    def _currencies(self, block: Block) -> str | list[str]:
        """The ISO code of all rows, or of each; what a text says that is none is left to it."""
        base = self._region.constants.get("currency", self._known.currency)
        if "currency" not in block.columns:
            return base
        texts = [cell if isinstance(cell, str) else None for cell in block.columns["currency"]]
        said = pd.DataFrame({"currency": pd.Series(texts, dtype="str")})
        codes = currency_codes(said, base)
        return list(codes) if codes.nunique() != 1 else codes.iloc[0]

    def _typed(
        self,
        block: Block,
        name: str,
        cells: Sequence[Any],
        currency: str | list[str],
        month: int = 0,
    ) -> _Typed:
        column, region = self._location.table.columns[name], self._region
        facts = CellFacts(
            factor=region.factors.get(name, 1),
            formats=self._formats.of(column.kind, month or region.columns[name], block.rows, cells),
            percent=region.percents.get(name, ""),
            date1904=self._date1904,
            places=_places(currency) if name in STATED else None,
            currencies=currency,
            words=self._known.words.get(name, ()),
        )
        return _Typed(column, cells, type_column(column, cells, self._known.rules, facts), month)

    def _judge(
        self,
        each: _Typed,
        block: Block,
        kept: np.ndarray,
        worth: pd.Series | None,
        reading: RegionReading,
    ) -> None:
        """List what was noted and what was refused in the rows that are kept."""
        verdicts = each.verdicts
        odd = sorted(
            {p for found in (verdicts.noted, verdicts.refused) for ps in found.values() for p in ps}
        )
        odd = [position for position in odd if kept[position]]
        if not odd:
            return
        rows = np.asarray(block.rows)[odd]
        labels = pd.Index([label_of(int(row), each.month, self._number) for row in rows])
        judged = Judged(
            self._location,
            each.column,
            cells=pd.Series([each.cells[p] for p in odd], labels, dtype=object),
            taken=pd.Series([verdicts.values[p] for p in odd], labels, dtype=object),
            amounts=_concerned(each, odd, labels, worth),
        )
        number = {position: i for i, position in enumerate(odd)}
        judged.note(_within(verdicts.noted, number), self._log)
        refused = _within(verdicts.refused, number)
        if refused:
            reading.problems += judged.refuse(refused, self._log)
            if each.column.kind is not Kind.TEXT:
                reading.left_out.add(each.column.id)

    def _finish(self, reading: RegionReading, kept: np.ndarray, by_month: pd.DataFrame) -> None:
        """Leave out the dropped rows, add what holds for every row, label the rest."""
        frame = reading.frame if kept.all() else reading.frame[kept]
        columns = self._location.table.columns
        for name, text in self._region.constants.items():
            frame = frame.assign(
                **{name: series_of(columns[name].kind, [text] * len(frame), frame.index)}
            )
        if self._region.months:
            before = len(frame)
            frame = unpivot(
                self._location.table, frame, by_month[kept], self._region.months, self._number
            )
            reading.changes["UNPIVOTED"] = (len(frame) - before, Decimal(0))
        elif self._number:
            frame = frame.set_axis(frame.index + label_of(0, 0, self._number))
        reading.frame = frame

    def _unscaled(self, each: _Typed) -> list[Any]:
        """The figures of a column in the unit of the sheet, in which totals are rounded."""
        factor = self._region.factors.get(each.column.id, 1)
        values = each.verdicts.values
        return [v and v / factor for v in values] if factor != 1 else values

    def _keyed_totals(self, dropped: dict[int, str], rows: pd.Index) -> list[Problem]:
        """Refuse rows that look like a total and like a line, and take them out of `dropped`."""
        keyed = [position for position, code in dropped.items() if code == "TOTAL_ROW_KEYED"]
        for position in keyed:
            del dropped[position]
        if not keyed:
            return []
        named = [f"{rows[position]}:{rows[position]}" for position in keyed[:NAMED_CELLS]]
        where = Place(sheet=self._region.sheet, cell=named[0])
        more = " …" if len(keyed) > NAMED_CELLS else ""
        facts = {"table": self._location.table.id, "cells": ", ".join(named) + more}
        return [problem("TOTAL_ROW_KEYED", where, count=len(keyed), **facts)]

    def _unit_below(self, block: Block, dropped: Mapping[int, str]) -> list[Problem]:
        """Refuse a table whose unit stands below it, where nothing above or in it states one."""
        for position, code in dropped.items():
            texts = [str(cells[position]) for cells in block.every() if cells[position]]
            if code == "FOOTNOTE_ROW" and not self._region.factors and _scales(texts):
                row = block.rows[position]
                where = Place(sheet=self._region.sheet, cell=f"{row}:{row}")
                facts = {"table": self._location.table.id, "text": " ".join(texts)}
                return [problem("UNIT_BELOW", where, **facts)]
        return []

    def _list_dropped(
        self, dropped: Mapping[int, str], rows: pd.Index, worth: pd.Series | None
    ) -> None:
        for code in dict.fromkeys(dropped.values()):
            positions = [position for position, why in dropped.items() if why == code]
            labels = rows[positions] + label_of(0, 0, self._number)
            amounts = None if worth is None else worth.iloc[positions].set_axis(labels)
            self._log.add(code, self._location.table.id, labels, "ROW_EXCLUDED", amounts=amounts)


def _scales(texts: Sequence[str]) -> bool:
    """Whether notes state a unit other than the whole one, or several."""
    try:
        unit = unit_note(texts)
    except UnclearLayout:
        return True
    return unit is not None and unit.factor != 1


def _places(currency: str | list[str]) -> int | list[int | None] | None:
    if isinstance(currency, str):
        return MINOR_UNITS.get(currency)
    return [MINOR_UNITS.get(each) for each in currency]


def _within(found: Mapping[str, Sequence[int]], number: Mapping[int, int]) -> dict[str, list[int]]:
    """Positions by code as `number` counts them, those without a number left out."""
    kept = {
        code: [number[p] for p in positions if p in number] for code, positions in found.items()
    }
    return {code: positions for code, positions in kept.items() if positions}


def _worth(frame: pd.DataFrame, by_month: pd.DataFrame) -> pd.Series | None:
    """What each row states, months added up; None where the table has no amounts."""
    return by_month.sum(axis=1) if len(by_month.columns) else stated_amounts(frame)


def _concerned(
    each: _Typed, positions: Sequence[int], labels: pd.Index, worth: pd.Series | None
) -> pd.Series | None:
    """The amount of each cell at `positions`: of a month its own figure, else that of its row."""
    if each.month:
        return series_of(each.column.kind, [each.verdicts.values[p] for p in positions], labels)
    return None if worth is None else worth.iloc[list(positions)].set_axis(labels)


def _sum(worth: pd.Series | None) -> Decimal | None:
    return None if worth is None else total(worth)


def _changes(dropped: Mapping[int, str], blank: int, worth: pd.Series | None) -> dict[str, Change]:
    """Rows and amounts that are left out, by reason."""
    changes: dict[str, Change] = {"BLANK_ROW": (-blank, None)} if blank else {}
    for code in dict.fromkeys(dropped.values()):
        positions = [position for position, why in dropped.items() if why == code]
        amount = None if worth is None else total(-worth.iloc[positions])
        changes[code] = (-len(positions), amount)
    return changes
