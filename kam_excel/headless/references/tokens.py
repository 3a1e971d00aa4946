"""The tokens of a formula; joined they give it back.

The grammar is that of ECMA-376 part 1, 18.17.2, with structured references and spilled ranges
as Excel writes them since. Formulas come without their equals sign.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, cast

from kam_excel.headless.references.addressing import MAX_COLUMN, MAX_ROW, column_number

Kind = Literal[
    "space",
    "text",
    "owner",
    "error",
    "cells",
    "number",
    "function",
    "structure",
    "name",
    "operator",
]


class Token(NamedTuple):
    """A token: `owner` is `Sheet1!` and the like, `cells` are `A1`, `A1:B2`, `A:C` and `1:3`."""

    kind: Kind
    text: str


_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[1-9][0-9]{0,6}"
_SHEET = r"[\w.\\?]+"
_ERRORS = (
    r"REF!|N/A|NAME\?|DIV/0!|VALUE!|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|BLOCKED!|"
    r"CONNECT!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!"
)
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<owner>
        '(?:[^']|'')+'!
      | (?:\[[^\[\]]+\])?(?:(?!{_CELL}:){_SHEET}:)?{_SHEET}!
      | \[[^\[\]]+\]!
      | \#REF!(?=[$\w\\])
    )
  | (?P<error>\#(?:{_ERRORS}))
  | (?P<cells>
        {_CELL}:{_CELL}(?![\w.(!\[])
      | {_CELL}(?![\w.(!\[])
      | {_COLUMN}:{_COLUMN}(?![\w.(!\[])
      | {_ROW}:{_ROW}(?![\w.(!\[])
    )
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:E[+-]?[0-9]+)?)
  | (?P<function>[^\W\d][\w.]*(?=\())
  | (?P<structure>\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\])
  | (?P<name>(?:[^\W\d]|\\)[\w.\\?]*)
  | (?P<operator><>|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_FAR = re.compile("[A-Za-z]{3}|[0-9]{7}")
_LETTERS, _DIGITS = re.compile("[A-Za-z]+"), re.compile("[0-9]+")


def tokens(formula: str) -> list[Token]:
    """The tokens of a formula."""
    return [_token(match) for match in _TOKEN.finditer(formula)]


def _token(match: re.Match[str]) -> Token:
    kind, text = cast(Kind, match.lastgroup), match[0]
    if kind == "cells" and not _exist(text):
        kind = "name"
    return Token(kind, text)


def _exist(cells: str) -> bool:
    """Whether the sheet reaches as far; `XFE1` may be the name of something."""
    if not _FAR.search(cells):
        return True
    try:
        columns = [column_number(each) for each in _LETTERS.findall(cells)]
    except ValueError:
        return False
    rows = [int(each) for each in _DIGITS.findall(cells)]
    return all(each <= MAX_COLUMN for each in columns) and all(each <= MAX_ROW for each in rows)
