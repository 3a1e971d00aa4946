"""The formulas of a sheet, found in its bytes: most in one pass, the odd ones cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.stored import StoredCells
from kam_excel.headless.cells.values import NOT_COMPUTED, Content
from kam_excel.headless.references.addressing import column_number

# What nearly every cell with a formula looks like: address, formula, one value.
_USUAL = re.compile(
    rb'<c r="([A-Z]+)[0-9]+"([^>]*)><f([^>]*?)(?:/>|>([^<]*)</f>)(?:<v>([^<]*)</v>|<v/>|)</c>'
)


class Found(NamedTuple):
    """A formula: its place, the attributes of its cell and of its `<f>`, text and value."""

    row: int
    column: int
    rest: str
    attributes: dict[str, str]
    text: str
    cached: Content


def scan(stored: StoredCells) -> Iterator[Found]:
    """Every formula of a sheet, in order; followers of shared ones with their own text."""
    if not stored.holds_formulas:
        return
    xml, rows = stored.sheet.xml, stored.sheet.rows
    for row in stored.formula_rows:
        data = rows.written(row)
        usual = [] if xml.prefix else _USUAL.findall(data)
        if len(usual) != data.count(b"<f"):
            yield from _by_cells(stored, row)
            continue
        for letters, rest, given, text, value in usual:
            yield _found(stored, row, letters.decode(), rest.decode(), given, text, value)


def _found(
    stored: StoredCells, row: int, letters: str, rest: str, given: bytes, text: bytes, value: bytes
) -> Found:
    column = column_number(letters)
    attributes = cellxml.attributes(given.decode()) if given else {}
    formula = cellxml.read_text(text.decode())
    if not formula and attributes.get("t") == "shared":
        formula = stored.shared_text(row, column, attributes)
    try:
        kind = cellxml.shape(rest).kind
    except ValueError as error:
        raise stored.sheet.unusual(f"row {row}: {error}") from error
    cached: Content = NOT_COMPUTED
    if value or kind == "str":
        shown = stored.read(kind, value.decode())
        cached = cellxml.iso_serial(shown, stored.date1904)
    return Found(row, column, rest, attributes, formula, cached)


def _by_cells(stored: StoredCells, row: int) -> Iterator[Found]:
    for column, cell in stored.cells(row).items():
        found, text = cellxml.formula(cell.body, stored.sheet.xml), stored.formula(row, cell)
        if found is not None and text is not None:
            cached = stored.cached(cell)
            yield Found(row, column, cell.rest, found.attributes, str(text), cached)
