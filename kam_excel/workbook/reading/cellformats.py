"""The number formats of a column, asked for where they may say something of its cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import xlwings as xw

from kam_excel.contract.column import Kind
from kam_excel.workbook.adapter import formats_in_use, number_formats
from kam_excel.workbook.reading.formats import tells


class CellFormats:
    """The number formats of a sheet's cells; those that no cell has are not looked for."""

    def __init__(self, sheet: xw.Sheet) -> None:
        self._sheet = sheet
        self._in_use: Collection[str] | None = formats_in_use(sheet.book)

    def of(
        self, kind: Kind, column: int, rows: Sequence[int], cells: Sequence[Any]
    ) -> Sequence[str]:
        """The format of each of `cells`, "" where it is no number; () where none tells anything.

        column, rows: where the cells stand, as numbers of the sheet.
        """
        if not self._may_tell(kind):
            return ()
        numbers = [at for at, cell in enumerate(cells) if isinstance(cell, (float, Decimal))]
        if not numbers:
            return ()
        found = [""] * len(cells)
        asked = number_formats(self._sheet, column, [rows[at] for at in numbers])
        for at, text in zip(numbers, asked, strict=True):
            found[at] = text
        return found

    def _may_tell(self, kind: Kind) -> bool:
        """Whether a cell of the book may have a format that tells something of the kind."""
        if self._in_use is None:
            return kind in (Kind.PERCENT, Kind.KEY, Kind.MONEY, Kind.NUMBER, Kind.TEXT)
        return any(tells(kind, number_format) for number_format in self._in_use)
