"""The formulas of a sheet's cells after a change; shared ones stay so where all still agree.

A shared formula is written once, for its first cell; the others follow it (ECMA-376 part 1,
18.3.1.40). Where a change means different things to them, each gets its own text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import FormulaXml, Grammar
from kam_excel.headless.cells.strings import escape
from kam_excel.headless.references.addressing import Area, column_number, parse_area
from kam_excel.headless.references.filling import shift as filled
from kam_excel.headless.rewriting.sheettext import Row, cells_of, row_markup, rows_of

Cell = tuple[int, int]
_ADDRESS = re.compile(r"""\sr=["']([A-Z]+)[0-9]""")


@dataclass(frozen=True, slots=True)
class Following:
    """What becomes of formulas: `formula` of a text at a cell, `cell` and `area` of places."""

    formula: Callable[[str, Cell], str]
    cell: Callable[[Cell], Cell | None]
    area: Callable[[Area], Area | None]


@dataclass(slots=True)
class _Shared:
    """A shared formula: its first cell, the text there, and its followers."""

    master: Cell
    text: str
    followers: list[Cell] = field(default_factory=list)


def changed(text: str, xml: Grammar, following: Following) -> str:
    """Rows with the formulas of their cells changed; cells stay where they are."""
    tag = f"<{xml.prefix}f"
    if tag not in text:
        return text
    writer = _Writer(xml, following, _shared(text, xml))
    return "".join(
        row_markup(row._replace(inner=writer.row(row)) if tag in row.inner else row, xml)
        for row in rows_of(text, xml)
    )


def _shared(text: str, xml: Grammar) -> dict[str, _Shared]:
    """The shared formulas by their index."""
    if "shared" not in text:
        return {}
    found: dict[str, _Shared] = {}
    followers: dict[str, list[Cell]] = {}
    for row in rows_of(text, xml):
        if "shared" not in row.inner:
            continue
        for cell in cells_of(row.inner, xml):
            formula = cellxml.formula(cell.markup, xml) if "shared" in cell.markup else None
            if formula is None or formula.attributes.get("t") != "shared":
                continue
            index, place = formula.attributes.get("si", ""), (row.number, cell.column)
            if formula.text and "ref" in formula.attributes:
                found[index] = _Shared(place, formula.text)
            elif not formula.text:
                followers.setdefault(index, []).append(place)
    for index, group in found.items():
        group.followers = followers.get(index, [])
    return found


class _Writer:
    """Writes the formulas of rows anew."""

    def __init__(self, xml: Grammar, following: Following, shared: dict[str, _Shared]) -> None:
        self._xml, self._following, self._shared = xml, following, shared
        self._opening = re.compile(rf"<{re.escape(xml.prefix)}c(?=[\s>])")
        self._apart = {index for index, each in shared.items() if not _agree(each, following)}

    def row(self, row: Row) -> str:
        """The cells of a row."""
        p = self._xml.prefix
        closing, tag = f"</{p}c>", f"<{p}f"
        pieces = row.inner.split(closing)
        for place, piece in enumerate(pieces):
            if tag in piece:
                start = [match.start() for match in self._opening.finditer(piece)][-1]
                column = self._column(piece, start) or _place_of(pieces, place, self._xml)
                cell = self._cell(piece[start:], (row.number, column))
                pieces[place] = piece[:start] + cell
        return closing.join(pieces)

    def _column(self, text: str, start: int) -> int:
        """The column that a cell says, 0 if it says none."""
        found = _ADDRESS.search(text, start, text.index(">", start))
        return column_number(found[1]) if found else 0

    def _cell(self, markup: str, place: Cell) -> str:
        formula = cellxml.formula(markup, self._xml)
        new = None if formula is None else self._formula(formula, place)
        if new is None:
            return markup
        return self._xml.formula.sub(lambda _: new, markup, count=1)

    def _formula(self, formula: FormulaXml, cell: Cell) -> str | None:
        """The element of a formula, or None where it stays as it is."""
        given, text = dict(formula.attributes), formula.text
        index = given.get("si", "")
        if given.get("t") == "shared" and index in self._shared:
            group = self._shared[index]
            if index not in self._apart:
                if not text:
                    return None
            else:
                text = text or _filled(group, cell)
                given = {name: given[name] for name in given if name not in ("t", "ref", "si")}
        new = self._following.formula(text, cell) if text else text
        given |= self._places(given)
        if new == formula.text and given == formula.attributes:
            return None
        attributes = "".join(f' {name}="{value}"' for name, value in given.items())
        p = self._xml.prefix
        return f"<{p}f{attributes}>{escape(new)}</{p}f>" if new else f"<{p}f{attributes}/>"

    def _places(self, given: dict[str, str]) -> dict[str, str]:
        """The attributes that name cells: the extent of a formula, the inputs of a data table."""
        found: dict[str, str] = {}
        for name in ("ref", "r1", "r2"):
            if name in given:
                after = self._following.area(parse_area(given[name]))
                if after is not None:
                    found[name] = str(after)
        return found


def _place_of(pieces: list[str], place: int, xml: Grammar) -> int:
    """The column of the last cell of a piece by its place in the row."""
    closing = f"</{xml.prefix}c>"
    return cells_of(closing.join(pieces[: place + 1]) + closing, xml)[-1].column


def _agree(group: _Shared, following: Following) -> bool:
    """Whether a shared formula, changed, is what each of its cells needs."""
    first = following.cell(group.master)
    if first is None:
        return False
    text = following.formula(group.text, group.master)
    for cell in group.followers:
        place = following.cell(cell)
        if place is None:
            continue
        wanted = following.formula(_filled(group, cell), cell)
        if wanted != filled(text, place[0] - first[0], place[1] - first[1]):
            return False
    return True


def _filled(group: _Shared, cell: Cell) -> str:
    return filled(group.text, cell[0] - group.master[0], cell[1] - group.master[1])
