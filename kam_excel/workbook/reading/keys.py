"""Columns of ids: text with its leading zeros, the same however it was typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from kam_excel.contract.column import Kind
from kam_excel.domain.texts import plain
from kam_excel.workbook.reading.figures import DASHES
from kam_excel.workbook.reading.formats import padded, tells
from kam_excel.workbook.reading.lettering import half_width, visible
from kam_excel.workbook.reading.numbers import (
    are_plain,
    are_whole,
    dash,
    is_too_large,
    written_out,
)
from kam_excel.workbook.reading.verdicts import Coerced, Number, Reader, Refused

_DAMAGED = re.compile(
    r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}"
)  # what Excel makes of a long number in a CSV


class KeyReader(Reader):
    """Ids and document numbers."""

    refusal = "KEY_NOT_READABLE"

    def at_once(self, cells: Sequence[float | None]) -> list[Any] | None:
        """Whole numbers, where no format shows more zeros."""
        if any(tells(Kind.KEY, each) for each in set(self._facts.formats)):
            return None
        if not are_plain(cells) or not are_whole(cells):
            return None
        return [None if cell is None else str(int(cell)) for cell in cells]

    def keeps(self, texts: Sequence[str]) -> bool:
        """Texts in ASCII without a space that could be one too many."""
        joined = f"|{'|'.join(texts)}|"
        odd = ("|#", "||", "| ", " |", "  ", ".0|", "E+")
        is_plain = joined.isascii() and joined.isprintable() and self._rules.dash == "refuse"
        return is_plain and not any(each in joined for each in odd)

    def text(self, text: str, at: int) -> Any:
        """The id without what cannot be seen, in half width; 1001.0 is 1001."""
        seen = visible(text)
        key = plain(seen)
        if "E+" in key and _DAMAGED.fullmatch(key):
            raise Refused("KEY_DIGITS_LOST")
        if key in DASHES and self._rules.dash != "refuse":
            return dash(self._rules, None)
        if key.endswith(".0") and key[:-2].isdecimal():
            return Coerced(key[:-2], "KEY_CLEANED")
        is_usual = seen is text and (text.isascii() or key == " ".join(half_width(text).split()))
        if key and not is_usual:
            return Coerced(key, "KEY_CLEANED")
        return key or None

    def number(self, number: Number, at: int) -> Any:
        """The digits of a number, with the zeros that its format shows."""
        if is_too_large(number):
            raise Refused("KEY_DIGITS_LOST")
        is_whole = isinstance(number, float) and number.is_integer()
        key = str(int(number)) if is_whole else written_out(number)
        formats = self._facts.formats
        return padded(key, formats[at]) if formats and key.isdigit() else key

    def moment(self, moment: dt.datetime) -> Any:
        """Refused: Excel has made a date of an id like 3-5."""
        raise Refused("KEY_IS_DATE")
