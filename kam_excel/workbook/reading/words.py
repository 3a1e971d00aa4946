"""Columns of words: any text, one of several choices, yes or no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from kam_excel.contract.column import Column
from kam_excel.contract.policies import ReadingPolicy
from kam_excel.domain.texts import folded
from kam_excel.workbook.reading.figures import DASHES
from kam_excel.workbook.reading.formats import shown_as
from kam_excel.workbook.reading.lettering import visible
from kam_excel.workbook.reading.numbers import dash, digits, written_out
from kam_excel.workbook.reading.verdicts import CellFacts, Coerced, Number, Reader, Refused

_TRUE = frozenset(["true", "yes", "y", "1", "是", "对", "√", "✓", "✔", "☑"])
_FALSE = frozenset(["false", "no", "n", "0", "否", "错", "×", "✗", "✘", "☐"])


class TextReader(Reader):
    """Any text; numbers and dates as people would write them."""

    refusal = "TEXT_NOT_READABLE"

    def keeps(self, texts: Sequence[str]) -> bool:
        """Texts without spaces around them and without anything that cannot be seen."""
        joined = f"|{'|'.join(texts)}|"
        return joined.isprintable() and not any(odd in joined for odd in ("|#", "||", "| ", " |"))

    def text(self, text: str, at: int) -> Any:
        """The text without what cannot be seen."""
        seen = visible(text).strip()
        return Coerced(seen, "TEXT_CLEANED") if seen and seen != text.strip() else seen or None

    def number(self, number: Number, at: int) -> Any:
        """The digits of a number; 95 % where its format says so."""
        formats = self._facts.formats
        if formats and shown_as(formats[at]) == "fraction":
            return written_out(digits(number) * 100) + "%"
        return written_out(number)

    def moment(self, moment: dt.datetime) -> Any:
        """The day as 2026-01-05, with its time where it has one."""
        is_day = moment.time() == dt.time()
        return moment.date().isoformat() if is_day else moment.isoformat(sep=" ")

    def truth(self, truth: bool) -> Any:
        """TRUE or FALSE."""
        return str(truth).upper()


class ChoiceReader(TextReader):
    """One of the choices, in either language or by another word for it; any other text stays as
    it is and is counted.
    """

    def __init__(self, column: Column, rules: ReadingPolicy, facts: CellFacts) -> None:
        super().__init__(column, rules, facts)
        own = {folded(name): id_ for id_, zh in column.choices.items() for name in (zh, id_)}
        self._ids = column.readings() | {folded(word): word for word in facts.words} | own

    def keeps(self, texts: Sequence[str]) -> bool:
        """None: choices are known by their ids."""
        return False

    def text(self, text: str, at: int) -> Any:
        """The id of the choice, or the text."""
        seen = visible(text).strip()
        if seen in DASHES and self._rules.dash != "refuse":
            return dash(self._rules, None)
        return self._chosen(seen) if seen else None

    def number(self, number: Number, at: int) -> Any:
        """A choice may be a number."""
        return self._chosen(written_out(number))

    def moment(self, moment: dt.datetime) -> Any:
        """Never a choice."""
        return self._chosen(super().moment(moment))

    def truth(self, truth: bool) -> Any:
        """A choice may be called true."""
        return self._chosen(super().truth(truth))

    def _chosen(self, text: str) -> Any:
        known = self._ids.get(folded(text))
        if known is None and self._column.choices:
            return Coerced(text, "CHOICE_UNKNOWN")
        return text if known is None else known


class BooleanReader(Reader):
    """Yes or no, in either language, as 1 or 0, or as a mark."""

    refusal = "BOOLEAN_NOT_READABLE"

    def text(self, text: str, at: int) -> Any:
        """Whether a word means yes."""
        word = folded(visible(text))
        if not word:
            return None
        if word in DASHES:
            return dash(self._rules, None)
        if word not in _TRUE | _FALSE:
            raise Refused(self.refusal)
        return word in _TRUE

    def number(self, number: Number, at: int) -> Any:
        """1 is yes and 0 is no."""
        if number not in (0, 1):
            raise Refused(self.refusal)
        return number == 1

    def truth(self, truth: bool) -> Any:
        """The value itself."""
        return truth
