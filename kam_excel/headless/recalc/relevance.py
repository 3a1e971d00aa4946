"""Which sheets have formulas that may depend on changes, told from their bytes alone."""

from __future__ import annotations

import re

from kam_excel.headless.recalc.changes import Changes
from kam_excel.headless.recalc.state import State
from kam_excel.headless.references.addressing import quote_sheet

_P = rb"(?:[\w.-]+:)?"
_FORMULA = re.compile(rb"<%bf\b[^>]*>([^<]+)<" % _P)
_NO_VALUE = re.compile(
    rb"(?:</%bf>|<%bf\b[^>]*/>)\s*(?:<%bv\s*/>|<%bv></%bv>)?\s*</%bc>" % ((_P,) * 6)
)
_MARK = re.compile(rb"""<%bf\b[^>]*\bca\s*=\s*["'](?:1|true)""" % _P)
# What does not tell by itself which cells are read: functions that find them, ranges and
# spilled areas that are computed, several sheets in a row.
_ANYTHING = re.compile(
    r"offset\(|indirect\(|\):|:[^\W\d][\w.]*\(|[^!]:[^!(),]*!"
    r"|#(?!ref|n/a|null|div|value|num|name)"
)


class Relevance:
    """The sheets of a workbook by whether their formulas matter for a calculation."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._texts: dict[str, str] = {}

    def waiting(self) -> set[str]:
        """The sheets with formulas that have no value, or whose value is marked as old."""
        marks = self._state.has_marks
        return {
            part
            for part in self._with_formulas()
            if _NO_VALUE.search(data := self._data(part)) or (marks and _MARK.search(data))
        }

    def of(self, changes: Changes, waiting: set[str]) -> list[str]:
        """The sheets of changes, and those whose formulas may depend on them."""
        seeds = {part for part, _ in changes.areas} | {cell.part for cell in changes.formulas}
        found = seeds | waiting
        words = set(changes.words)
        rest = [part for part in self._with_formulas() if part not in found]
        while True:
            words |= self._words_of(found)
            reached = [part for part in rest if self._mentions(part, words)]
            if not reached:
                return [part for part in self._state.sheets if part in found]
            found.update(reached)
            rest = [part for part in rest if part not in found]

    def _with_formulas(self) -> list[str]:
        return [part for part in self._state.sheets if self._state.holds_formulas(part)]

    def _data(self, part: str) -> bytes:
        return self._state.model.package.read(part)

    def _words_of(self, parts: set[str]) -> set[str]:
        """The names under which formulas of other sheets reach these."""
        sheets = {name for name, part in self._state.parts.items() if part in parts}
        words = {quote_sheet(name).strip("'") for name in sheets}
        words |= {name for name, table in self._state.tables.items() if table.part in parts}
        names = {key[1]: text.casefold() for key, text in self._state.names.items()}
        named = {n for n, text in names.items() if any(w in text for w in words | sheets)}
        return words | named | {n for n, text in names.items() if _ANYTHING.search(text)}

    def _mentions(self, part: str, words: set[str]) -> bool:
        text = self._text(part)
        return bool(_ANYTHING.search(text)) or any(word in text for word in words)

    def _text(self, part: str) -> str:
        """The formulas of a sheet, one on each line, casefolded."""
        if part not in self._texts:
            found = b"\n".join(_FORMULA.findall(self._data(part))).decode("utf-8", "replace")
            for entity, character in (("&apos;", "'"), ("&quot;", '"'), ("&amp;", "&")):
                found = found.replace(entity, character)
            data_table = " offset(" if b"dataTable" in self._data(part) else ""
            self._texts[part] = found.casefold() + data_table
        return self._texts[part]
