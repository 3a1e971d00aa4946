"""A formula's text taken apart: what it refers to, what it calls, how its ranges are used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kam_excel.headless.recalc import functions

Kind = Literal["area", "name", "table"]

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')*'|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[\d+\])!)
  | (?P<error>\#[A-Z][A-Z/0_]*[!?]?)
  | (?P<function>[^\W\d][\w.\\?]*)\(
  | (?P<table>[^\W\d][\w.\\?]*)?(?P<brackets>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
  | (?P<area>
        \$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})?
      | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
      | \$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}
    )(?![\w.(!\[])
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))
  | (?P<word>[\w.\\?]+)
  | (?P<mark>[(),;{}:\#@])
    """,
    re.VERBOSE,
)
_PREFIXES = ("_XLFN.", "_XLWS.", "_XLUDF.")
_CONSTANTS = frozenset(["TRUE", "FALSE"])


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it is written; `bare` where no function takes it as a whole range."""

    kind: Kind
    sheet: str | None
    text: str
    bare: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the text of a formula says.

    functions: upper case, without `_xlfn.`. anywhere: it may read any cell (OFFSET, INDIRECT,
    ranges that are computed). external: it reads other files. arrays: it holds array constants
    or refers to spilled ranges.
    """

    references: tuple[Reference, ...]
    functions: frozenset[str]
    anywhere: bool
    external: bool
    arrays: bool


class _Calls:
    """The calls that are open at a place of a formula, innermost last."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []

    def enter(self, function: str) -> None:
        self._open.append((function, 0))

    def leave(self) -> None:
        if self._open:
            self._open.pop()

    def next_argument(self) -> None:
        if self._open:
            function, argument = self._open[-1]
            self._open[-1] = function, argument + 1

    def takes_range(self) -> bool:
        """Whether the argument at this place is one that takes a range."""
        return bool(self._open) and functions.takes_range(*self._open[-1])


@lru_cache(maxsize=65_536)
def parse(text: str) -> Parsed:
    """Take the text of a formula, without its equals sign, apart."""
    called: set[str] = set()
    external = anywhere = arrays = False
    references = []
    tokens = list(_TOKEN.finditer(text))
    for reference in _references(tokens, called):
        external |= reference.sheet is not None and "[" in reference.sheet
        references.append(reference)
    marks = {match["mark"] for match in tokens}
    arrays = "{" in marks or "#" in marks
    anywhere = ":" in marks or "#" in marks or bool(called & functions.ANYWHERE)
    return Parsed(tuple(references), frozenset(called), anywhere, external, arrays)


def substituted(text: str, other: Callable[[Kind, str], str | None]) -> str:
    """A formula with something else in place of the names and tables for which `other` gives it."""

    def named(match: re.Match[str]) -> str:
        found = None if match["area"] else _referred(match)
        return (other(*found) if found else None) or match[0]

    return _TOKEN.sub(named, text)


def _references(tokens: list[re.Match[str]], called: set[str]) -> Iterator[Reference]:
    calls, sheet, before = _Calls(), None, "("
    for place, match in enumerate(tokens):
        kind, mark = match.lastgroup or "", match["mark"]
        if match["function"]:
            name = _plain(match["function"])
            called.add(name)
            calls.enter(name)
        elif mark in ("(", "{"):
            calls.enter("")
        elif mark in (")", "}"):
            calls.leave()
        elif mark in (",", ";"):
            calls.next_argument()
        found = _referred(match)
        if found:
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            whole = before in ("(", ",") and _ends_argument(match, after)
            yield Reference(*found[:1], sheet, found[1], not (whole and calls.takes_range()))
        sheet = _unquoted(match["sheet"]) if kind == "sheet" else None
        before = _boundary(match) if kind != "sheet" else before


def _referred(match: re.Match[str]) -> tuple[Kind, str] | None:
    if match["area"]:
        return "area", match["area"]
    if match["brackets"]:
        return "table", match[0]
    if match["word"] and match["word"].upper() not in _CONSTANTS:
        return "name", match["word"]
    return None


def _boundary(match: re.Match[str]) -> str:
    return "(" if match["function"] else match["mark"] or ""


def _ends_argument(match: re.Match[str], after: re.Match[str] | None) -> bool:
    return (
        after is not None
        and after["mark"] in (",", ")")
        and not match.string[match.end() : after.start()].strip()
    )


def _plain(function: str) -> str:
    name = function.upper()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _unquoted(prefix: str) -> str:
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
