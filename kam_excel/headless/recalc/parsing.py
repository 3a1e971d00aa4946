"""A formula's text taken apart: what it refers to, what it calls, how its ranges are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from kam_excel.headless.recalc import functions
from kam_excel.headless.references.formulas import Owner
from kam_excel.headless.references.tokens import Token, tokens

Kind = Literal["area", "name", "table"]

# Texts, quoted sheets and brackets are passed over; then a column and a row without a dollar.
_ROWS = re.compile(
    r""""(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\[\]]*\]"""
    r"|(?<![\w.])(\$?[A-Za-z]{1,3})([1-9][0-9]{0,6})(?![\w.(!\[])"
)
_PREFIXES = ("_XLFN.", "_XLWS.", "_XLUDF.")
_CONSTANTS = frozenset(["TRUE", "FALSE"])


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it is written; `bare` where no function takes it as a whole range.

    owner: the sheets that it names, None where it names none.
    """

    kind: Kind
    owner: Owner | None
    text: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the text of a formula says.

    functions: upper case, without `_xlfn.`. nearest: it may look up the nearest value. anywhere:
    it may read any cell (OFFSET, INDIRECT, ranges that are computed). external: it reads other
    files. arrays: it holds array constants or refers to spilled ranges.
    """

    references: tuple[Reference, ...]
    functions: frozenset[str]
    nearest: bool
    anywhere: bool
    external: bool
    arrays: bool


class _Call(NamedTuple):
    """A call that is open, "" for a parenthesis alone, and the argument that is being read."""

    function: str
    argument: int


class _Calls:
    """The calls that are open at a place of a formula, innermost last."""

    def __init__(self) -> None:
        self._open: list[_Call] = []

    def follow(self, token: Token, function: str) -> None:
        """Go past a token, which may open a call of the function before it."""
        if token.text in ("(", "{"):
            self._open.append(_Call(function, 0))
        elif token.text in (")", "}") and self._open:
            self._open.pop()
        elif token.text in (",", ";") and self._open:
            self._open[-1] = self._open[-1]._replace(argument=self._open[-1].argument + 1)

    def is_at(self, places: Mapping[str, int]) -> bool:
        """Whether the argument at this place is the one that `places` tells for its function."""
        return bool(self._open) and places.get(self._open[-1].function) == self._open[-1].argument

    def takes_range(self, is_whole: bool) -> bool:
        """Whether a range may stand at this place: as a whole argument, or in an array."""
        named = [call for call in self._open if call.function]
        if named and named[-1].function in functions.ARRAYS:
            return True
        return is_whole and bool(self._open) and functions.takes_range(*self._open[-1])


def keyed(text: str) -> tuple[str, tuple[int, ...]]:
    """A formula with its relative rows counted from 1, and these rows: many formulas that were
    filled down share what they say that way. `A7*B$2+A6` is `A1*B$2+A2` with 7 and 6.
    """
    rows: list[int] = []

    def counted(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        rows.append(int(match[2]))
        return f"{match[1]}{len(rows)}"

    return _ROWS.sub(counted, text), tuple(rows)


@lru_cache(maxsize=16_384)
def parse(text: str) -> Parsed:
    """Take the text of a formula, without its equals sign, apart."""
    found = [token for token in tokens(text) if token.kind != "space"]
    marks = {token.text for token in found if token.kind == "operator"}
    called = frozenset(_plain(token.text) for token in found if token.kind == "function")
    references = tuple(_references(found))
    return Parsed(
        references,
        called,
        nearest=_looks_up_nearest(found),
        anywhere=":" in marks or "#" in marks or bool(called & functions.ANYWHERE),
        external=any(token.kind == "owner" and "[" in token.text for token in found),
        arrays="{" in marks or "#" in marks,
    )


def _looks_up_nearest(found: Sequence[Token]) -> bool:
    """Whether a look-up is not told to take exact matches alone."""
    calls, function = _Calls(), ""
    wanted = exact = 0
    for token, following in _with_next(found):
        calls.follow(token, function)
        function = _plain(token.text) if token.kind == "function" else ""
        wanted += function in functions.EXACT
        ends = following.text == ")" and token.text.upper() in ("0", "FALSE")
        exact += ends and calls.is_at(functions.EXACT)
    return exact < wanted


def substituted(text: str, other: Callable[[Kind, str], str | None]) -> str:
    """A formula with something else in place of the names and tables for which `other` gives it."""
    pieces: list[str] = []
    for name, kind in _joined(tokens(text)):
        pieces.append((other(kind, name) if kind else None) or name)
    return "".join(pieces)


def _joined(found: Sequence[Token]) -> Iterator[tuple[str, Kind | None]]:
    """The tokens, a table's name and what stands in brackets behind it as one."""
    name = ""
    for token, following in _with_next(found):
        if token.kind == "name" and following.kind == "structure":
            name = token.text
        elif token.kind == "structure":
            yield name + token.text, "table"
            name = ""
        else:
            yield token.text, "name" if token.kind == "name" else None


def _references(found: Sequence[Token]) -> Iterator[Reference]:
    calls, owner, table, function = _Calls(), None, "", ""
    before = ""
    for token, following in _with_next(found):
        calls.follow(token, function)
        kind = _KINDS.get(token.kind)
        if kind == "name" and following.kind == "structure":
            table = token.text
            continue
        if kind and token.text.upper() not in _CONSTANTS:
            is_whole = before in ("(", ",") and following.text in (",", ")")
            bare = not calls.takes_range(is_whole)
            yield Reference(kind, owner, table + token.text, bare)
        owner = Owner.parse(token.text) if token.kind == "owner" else None
        function = _plain(token.text) if token.kind == "function" else ""
        if token.kind != "owner":
            before, table = token.text, ""


def _with_next(found: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Each token with the one behind it, the last with an end."""
    return zip(found, [*found[1:], Token("space", "")], strict=True) if found else iter(())


_KINDS: dict[str, Kind] = {"cells": "area", "name": "name", "structure": "table"}


def _plain(function: str) -> str:
    name = function.upper()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name
