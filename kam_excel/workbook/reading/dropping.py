"""Rows that hold no data of their table: headers said again, footnotes, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kam_excel.contract.table import Table
from kam_excel.workbook.finding.location import Region
from kam_excel.workbook.reading.block import Block
from kam_excel.workbook.reading.columns import ERRORS
from kam_excel.workbook.reading.totals import TotalKind, total_rows

_FOOTNOTE_CELLS = 2  # 制表人 | 张三
_SIGNED = re.compile(
    r"(?:制单|制表|审核|复核|经办|主管|签字|盖章|打印)(?:人|员|日期|时间)?\s*(?:[:：]|$)"
    r"|(?:prepared|approved|checked|printed)(?: by| on)?\s*(?::|$)",
    re.IGNORECASE,
)
_TOTALS: dict[TotalKind, str] = {
    "labelled": "TOTAL_ROW_DROPPED",
    "unlabelled": "TOTAL_ROW_DROPPED",
    "doubtful": "TOTAL_ROW_DOUBTFUL",
    "keyed": "TOTAL_ROW_KEYED",
}


def dropped_rows(
    block: Block,
    region: Region,
    table: type[Table],
    figures: Sequence[Sequence[Decimal | float | None]],
) -> dict[int, str]:
    """Positions of the rows of `block` that are no data, each with the code that says why.

    figures: the columns of figures as they were typed, in the unit of the sheet. TOTAL_ROW_KEYED
    is a row that cannot be told from data: the caller has to refuse it.
    """
    dropped: dict[int, str] = dict.fromkeys(_headers_again(block, region), "HEADER_REPEATED_ROW")
    dropped |= dict.fromkeys(_footnotes(block, table), "FOOTNOTE_ROW")
    keys = _keys(table)
    texts = [
        cells
        for name, cells in block.columns.items()
        if name not in keys and not table.columns[name].kind.is_figure
    ]
    found = total_rows(
        [_without_errors(cells) for name, cells in block.columns.items() if name in keys],
        [*texts, *block.others.values()],
        figures,
    )
    totals = {position: _TOTALS[kind] for position, kind in found.items()}
    return dict(sorted((totals | dropped).items()))


def _without_errors(cells: Sequence[Any]) -> Sequence[Any]:
    """An error is no key."""
    if ERRORS.isdisjoint(set(cells)):
        return cells
    return [None if cell in ERRORS else cell for cell in cells]


def _keys(table: type[Table]) -> set[str]:
    """The columns that tell a row from a total: what it is of, when, and in which document."""
    names = {*table.required(), *table.stand_ins.values(), *table.key, table.split_by}
    names |= {name for group in table.one_of for name in group}
    return {n for n in names if n in table.columns and not table.columns[n].kind.is_figure}


def _headers_again(block: Block, region: Region) -> list[int]:
    """Rows that say the headers again, as at the top of each printed page."""
    headers = {name: region.headers[name] for name in region.columns if region.headers}
    if not headers:
        return []
    first, *rest = headers
    return [
        i
        for i, cell in enumerate(block.columns[first])
        if cell == headers[first] and all(block.columns[name][i] == headers[name] for name in rest)
    ]


def _footnotes(block: Block, table: type[Table]) -> list[int]:
    """Rows below the last figure that hold a text or two: who made the list, what holds for it.

    Only of a table that cannot be without figures: others have rows of texts alone.
    """
    needed = {*table.required(), *(name for group in table.one_of for name in group)}
    figures = [
        cells
        for name, cells in block.columns.items()
        if name in needed and table.columns[name].kind.is_figure
    ]
    figures += block.months.values()
    found: list[int] = []
    for i in reversed(range(len(block.rows) if figures else 0)):
        shown = [cells[i] for cells in block.every() if cells[i] is not None]
        of_figures = [cells[i] for cells in figures if cells[i] is not None]
        if not _is_note(shown, of_figures):
            break
        found.append(i)
    return found[::-1]


def _is_note(shown: Sequence[Any], figures: Sequence[Any]) -> bool:
    """Whether the cells of a row are texts and no line: a text or two, or signatures."""
    if not all(isinstance(cell, str) for cell in shown):
        return False
    if any(map(_SIGNED.match, shown)):
        return all(any(map(str.isalpha, cell)) for cell in figures)
    return len(shown) <= _FOOTNOTE_CELLS and not figures
