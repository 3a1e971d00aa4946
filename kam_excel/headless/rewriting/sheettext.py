"""A worksheet part as three texts: its rows, and what stands before and behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kam_excel.headless.cells import cellxml
from kam_excel.headless.cells.cellxml import Grammar
from kam_excel.headless.cells.sheetxml import unusual
from kam_excel.headless.references.addressing import cell_name, column_letters, column_number
from kam_excel.headless.xml import splice
from kam_excel.headless.xml.shell import Shell

_OPENING = re.compile(r"<((?:[\w.-]+:)?)sheetData\b[^>]*?(/?)>")


class Row(NamedTuple):
    """A row: its number, its attributes and its cells as written, and the gap before it."""

    number: int
    attributes: str
    inner: str
    before: str = ""


class Cell(NamedTuple):
    """A cell as written, and its column."""

    column: int
    markup: str


@dataclass(slots=True)
class SheetText:
    """The texts of a worksheet; `shell` is the part with an empty `<sheetData/>` for the rows."""

    shell: Shell
    rows: str
    xml: Grammar

    @classmethod
    def split(cls, data: bytes, part: str) -> SheetText:
        """The texts of a part; raises WorkbookError for one that no spreadsheet writes."""
        text = splice.utf8(data).decode()
        opening = _OPENING.search(text)
        if opening is None:
            raise unusual(part, "XML")
        prefix, start, end = opening[1], opening.end(), opening.end()
        rows = ""
        if not opening[2]:
            closing = f"</{prefix}sheetData>"
            stop = text.rindex(closing)
            rows, end = text[start:stop], stop + len(closing)
        shell = text[: opening.start()] + f"<{prefix}sheetData/>" + text[end:]
        return cls(Shell(shell.encode()), rows, cellxml.grammar(prefix))

    def joined(self) -> bytes:
        """The part."""
        p = self.xml.prefix
        before, _, after = self.shell.data.partition(f"<{p}sheetData/>".encode())
        rows = f"<{p}sheetData>{self.rows}</{p}sheetData>" if self.rows else f"<{p}sheetData/>"
        return b"".join((before, rows.encode(), after))


def rows_of(text: str, xml: Grammar) -> Iterator[Row]:
    """The rows of a sheet's text, in order."""
    close, number, done = f"</{xml.prefix}row>", 0, 0
    for match in xml.row.finditer(text):
        attributes, inner, end = match[1], "", match.end()
        if attributes.endswith("/"):
            attributes = attributes[:-1].rstrip()
        else:
            stop = text.index(close, end)
            inner, end = text[end:stop], stop + len(close)
        number = _row_number(attributes, number)
        yield Row(number, attributes, inner, text[done : match.start()])
        done = end


def _row_number(attributes: str, before: int) -> int:
    if attributes.startswith(' r="'):
        return int(attributes[4 : attributes.index('"', 4)])
    return int(cellxml.attributes(attributes).get("r", before + 1))


def cells_of(inner: str, xml: Grammar) -> list[Cell]:
    """The cells of a row; those that say no column follow the one before."""
    found: list[Cell] = []
    column = 0
    for match in xml.cell.finditer(inner):
        letters = match[1] or cellxml.shape(match[3]).letters
        column = column_number(letters) if letters else column + 1
        found.append(Cell(column, match[0]))
    return found


def row_markup(row: Row, xml: Grammar) -> str:
    """A row as it is written, with its number."""
    p, attributes = xml.prefix, row.attributes
    if not attributes.startswith(f' r="{row.number}"'):
        attributes = _numbered(attributes, row.number)
    if not row.inner:
        return f"{row.before}<{p}row{attributes}/>"
    return f"{row.before}<{p}row{attributes}>{row.inner}</{p}row>"


def _numbered(attributes: str, number: int) -> str:
    if "r" in cellxml.attributes(attributes):
        return cellxml.set_attribute(attributes, "r", str(number))
    return f' r="{number}"{attributes}'


@lru_cache
def _addresses(prefix: str) -> re.Pattern[str]:
    """What stands before the row number in the address of a cell."""
    return re.compile(rf"""(<{re.escape(prefix)}c(?:\s[^>]*?)??\sr=["'][A-Z]+)[0-9]+""")


def renumbered(inner: str, number: int, xml: Grammar) -> str:
    """The cells of a row with the number of another row."""
    pieces, digits = _addresses(xml.prefix).split(inner), str(number)
    pieces[2::2] = [digits + piece for piece in pieces[2::2]]
    return "".join(pieces)


def addressed(cell: Cell, row: int, column: int, xml: Grammar) -> Cell:
    """A cell at another place."""
    name, start, markup = cell_name(row, column), len(xml.prefix) + 2, cell.markup
    if markup.startswith(' r="', start):
        end = markup.index('"', start + 4)
        return Cell(column, f'{markup[:start]} r="{name}{markup[end:]}')
    end = markup.index(">")
    tag = markup[start:end]
    if "r" in cellxml.attributes(tag):
        tag = cellxml.set_attribute(tag, "r", name)
    else:
        tag = f' r="{name}"{tag}'
    return Cell(column, f"{markup[:start]}{tag}{markup[end:]}")


def style_of(cell: Cell, xml: Grammar) -> str:
    """The cell format of a cell as written, "" for none."""
    tag = cell.markup[len(xml.prefix) + 2 : cell.markup.index(">")]
    return cellxml.attributes(tag).get("s", "")


def blank(row: int, column: int, style: str, xml: Grammar) -> Cell:
    """An empty cell with a format."""
    name = f"{column_letters(column)}{row}"
    return Cell(column, f'<{xml.prefix}c r="{name}" s="{style}"/>')


def joined(cells: Iterable[Cell]) -> str:
    """Cells as a row holds them."""
    return "".join(cell.markup for cell in sorted(cells))
