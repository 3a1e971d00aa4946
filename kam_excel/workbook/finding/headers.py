"""Matching the headers of a company's sheet to the columns of a declared table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam_excel.contract.column import Column
from kam_excel.contract.table import Table

# A unit in the header scales the figures below it.
UNITS = {"元": 1, "千元": 1_000, "k": 1_000, "万元": 10_000, "百万元": 1_000_000, "m": 1_000_000}
_UNIT = re.compile(r"\(([^()]*)\)$")


def normal(text: object) -> str:
    """A header or a name as it is compared: NFKC, one space between words, case folded."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", str(text))).strip().casefold()


def split_unit(header: str) -> tuple[str, int]:
    """A normalised header without a known money unit, and the factor of that unit."""
    found = _UNIT.search(header)
    factor = UNITS.get(found.group(1).strip()) if found else None
    if found is None or factor is None:
        return header, 1
    return header[: found.start()].strip(), factor


@dataclass(frozen=True, slots=True)
class Match:
    """How a header row fits a table: positions (from 0) and factors by column id."""

    positions: Mapping[str, int]
    factors: Mapping[str, int]
    twice: Mapping[str, str] = field(default_factory=dict)
    zh_headers: int = 0

    def missing(self, table: type[Table]) -> tuple[str, ...]:
        """Columns that the table needs and the row lacks; alternatives joined by '/'."""
        lacking = [name for name in table.required() if name not in self.positions]
        if table.one_of and not any(self._has(group) for group in table.one_of):
            lacking.append("/".join("+".join(group) for group in table.one_of))
        return tuple(lacking)

    def _has(self, group: Sequence[str]) -> bool:
        return all(name in self.positions for name in group)


def match(
    table: type[Table], row: Sequence[object], fixed: Mapping[str, str] | None = None
) -> Match:
    """Match the cells of a row to the columns of `table`; `fixed` headers win over the search.

    Where several headers fit one column the one declared first wins; the same header twice
    is reported in `twice`.
    """
    cells = [normal(cell) if isinstance(cell, str) else "" for cell in row]
    positions: dict[str, int] = {}
    factors: dict[str, int] = {}
    twice: dict[str, str] = {}
    zh = 0
    for name, column in table.columns.items():
        found = _find(cells, _wanted(column, (fixed or {}).get(name)), set(positions.values()))
        if not found:
            continue
        if len(found) > 1:
            twice[name] = str(row[found[0][0]])
        positions[name], factors[name] = found[0]
        zh += any("\u4e00" <= char <= "\u9fff" for char in cells[found[0][0]])
    return Match(positions, factors, twice, zh)


def _wanted(column: Column, fixed: str | None) -> list[str]:
    return [normal(fixed)] if fixed else [normal(header) for header in column.headers()]


def _find(cells: Sequence[str], wanted: Sequence[str], taken: set[int]) -> list[tuple[int, int]]:
    """Positions and factors of the first wanted header that is there, in sheet order."""
    free = [(i, cell) for i, cell in enumerate(cells) if cell and i not in taken]
    for header in wanted:
        whole = [(i, 1) for i, cell in free if cell == header]
        if whole:
            return whole
        scaled = [(i, split_unit(cell)) for i, cell in free if cell.endswith(")")]
        fitting = [(i, factor) for i, (name, factor) in scaled if name == header]
        if fitting:
            return fitting
    return []
