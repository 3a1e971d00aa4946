"""Matching the headers of a company's sheet to the columns of a declared table."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from kam_excel.contract.column import Kind
from kam_excel.contract.table import Table
from kam_excel.domain.texts import folded
from kam_excel.workbook.finding.measures import measures_other
from kam_excel.workbook.finding.spellings import in_two_languages, spelled, undecorated
from kam_excel.workbook.finding.units import Unit, split_unit

_SCALED = (Kind.MONEY, Kind.NUMBER, Kind.PERCENT)  # what a unit in the header is about


_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")


def normal(text: object) -> str:
    """A header or a name as it is compared: folded, without a space beside Chinese characters."""
    return _BESIDE_CHINESE.sub("", folded(str(text)))


class HeaderCell(NamedTuple):
    """A header: the cell's own value, that of the header above it (None in a header of one
    row), and how it may be read, normalised, the most telling reading first.
    """

    value: Any
    above: Any
    readings: tuple[str, ...]

    @property
    def unit(self) -> Unit | None:
        """The unit that the header states, its own before that of the header above."""
        texts = (_bare(each) for each in (self.value, self.above) if isinstance(each, str))
        return next((unit for text in texts if (unit := _stated(text))), None)

    @property
    def shown(self) -> str:
        """The header as the sheet has it."""
        parts = [str(part) for part in (self.above, self.value) if part is not None]
        return " ".join(dict.fromkeys(parts))


def _stated(text: str) -> Unit | None:
    name, unit = split_unit(text)
    return unit if name != text else None


def _bare(text: str) -> str:
    return undecorated(normal(text))


def header_cell(value: Any, above: Any = None) -> HeaderCell:
    """A header of one row, or one that stands below another: 客户 above 编码 is 客户编码.

    What stands below 退货 or 含税 is not what it would be by itself.
    """
    own, upper = (_bare(each) if isinstance(each, str) else "" for each in (value, above))
    both = (upper + own, f"{upper} {own}") if upper and own else ()
    alone = "" if both and (measures_other(upper) or "税" in upper) else own or upper
    readings = tuple(each for each in (*both, alone) if each)
    return HeaderCell(value, above, readings)


@dataclass(frozen=True, slots=True)
class Match:
    """How a header row fits a table, by column id: positions; units of the headers that state
    one; `twice` holds headers on which figures depend and that stand there twice, `rivals`
    further ones that would fit.
    """

    positions: Mapping[str, int]
    units: Mapping[str, Unit] = field(default_factory=dict)
    twice: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zh_headers: int = 0

    def missing(self, table: type[Table], given: Container[str] = ()) -> tuple[str, ...]:
        """Columns that the table needs and the row lacks; alternatives joined by '/'.

        `given` are columns that come from elsewhere, as dates do from the months of a header.
        """
        there = {name for name in table.columns if name in self.positions or name in given}
        there |= {name for name, other in table.stand_ins.items() if other in there}
        lacking = [name for name in table.required() if name not in there]
        if table.one_of and not any(set(group) <= there for group in table.one_of):
            lacking.append("/".join("+".join(group) for group in table.one_of))
        return tuple(lacking)


def match(
    table: type[Table], row: Sequence[object], fixed: Mapping[str, str | None] | None = None
) -> Match:
    """Match a row of cells to the columns of `table`; positions count from 0."""
    cells = {i: header_cell(cell) for i, cell in enumerate(row) if isinstance(cell, str)}
    return match_cells(table, cells, fixed)


def match_cells(
    table: type[Table],
    cells: Mapping[int, HeaderCell],
    fixed: Mapping[str, str | None] | None = None,
) -> Match:
    """Match headers by position to the columns of `table`; `fixed` headers win over the search.

    Where several headers fit one column the one declared first wins; the same header twice
    is reported in `twice`. A column whose fixed header is None is not there.
    """
    index = _Index(_told_apart(table, cells))
    positions: dict[str, int] = {}
    units: dict[str, Unit] = {}
    twice: dict[str, str] = {}
    for name, column in table.columns.items():
        header = fixed.get(name, "") if fixed else ""
        if header is None:
            continue
        headers = (header,) if header else column.headers()
        found = index.find(_wanted(headers), positions.values(), column.kind)
        if not found:
            continue
        if len(found) > 1 and (not column.optional or column.decisive or column.kind.is_figure):
            twice[name] = cells[found[0]].shown
        positions[name] = found[0]
        unit = cells[found[0]].unit
        if unit is not None:
            units[name] = unit
    rivals = {
        name: tuple(cells[position].shown for position in others)
        for name in positions
        if not (fixed and fixed.get(name))
        and (others := index.others(_wanted(table.columns[name].headers()), positions.values()))
    }
    zh = sum(_is_chinese(cells[position].readings) for position in positions.values())
    return Match(positions, units, twice, rivals, zh)


@cache
def _wanted(headers: tuple[str, ...]) -> tuple[str, ...]:
    """Headers as they are compared, in the order of preference."""
    return tuple(spelled(_bare(header)) for header in headers)


def _told_apart(table: type[Table], cells: Mapping[int, HeaderCell]) -> dict[int, HeaderCell]:
    """Headers below others by both words where these are a column: 客户 above 名称 is no 名称."""
    if not any(len(cell.readings) > 1 for cell in cells.values()):
        return dict(cells)
    known = {h for column in table.columns.values() for h in _wanted(column.headers())}
    return {
        position: cell._replace(readings=cell.readings[:-1])
        if any(spelled(split_unit(each)[0]) in known for each in cell.readings[:-1])
        else cell
        for position, cell in cells.items()
    }


def _is_chinese(texts: Iterable[str]) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for text in texts for char in text)


class _Index:
    """The positions of each reading of the headers, as they are and without their unit."""

    def __init__(self, cells: Mapping[int, HeaderCell]) -> None:
        self._whole: dict[str, list[int]] = {}
        self._scaled: dict[str, list[int]] = {}
        self._pairs: dict[int, tuple[str, str]] = {}
        for position, cell in sorted(cells.items()):
            for reading in dict.fromkeys(cell.readings):
                self._whole.setdefault(spelled(reading), []).append(position)
                name, _ = split_unit(reading)
                if name != reading:
                    self._scaled.setdefault(spelled(name), []).append(position)
                pair = in_two_languages(reading)
                if pair:
                    self._pairs[position] = spelled(pair[0]), spelled(pair[1])

    def others(self, wanted: Sequence[str], taken: Collection[int]) -> list[int]:
        """Positions of all headers that are wanted and no column has."""
        found = {position for header in wanted for position in self._whole.get(header, ())}
        return sorted(found - set(taken))

    def find(self, wanted: Sequence[str], taken: Collection[int], kind: Kind) -> list[int]:
        """Positions of the first wanted header that is there, in sheet order; else of headers
        that say it in both languages.
        """
        indexes = (self._whole, self._scaled) if kind in _SCALED else (self._whole,)
        for header in wanted:
            for index in indexes:
                free = [position for position in index.get(header, ()) if position not in taken]
                if free:
                    return list(dict.fromkeys(free))
        both = (position for position, pair in self._pairs.items() if {*pair} <= {*wanted})
        return [position for position in both if position not in taken]
