"""Formulas as text: which references they hold, and how they move when a formula is filled."""

from __future__ import annotations

import re

from kam_excel.headless.references.addressing import (
    MAX_COLUMN,
    MAX_ROW,
    column_letters,
    column_number,
)

# What may not be touched comes first: text, quoted sheet names, brackets, functions and names.
_TOKEN = re.compile(
    r"""
    (?P<keep>
        "(?:[^"]|"")*"                                # text
      | '(?:[^']|'')*'                                # 'sheet name'
      | \[(?:[^\[\]]|\[[^\[\]]*\])*\]                 # [book] and [[structured],[references]]
      | \#[A-Z/0]+[!?]?                               # error values
      | [\w.\\?]+(?=[(!\[])                           # function(, sheet! and table[
    )
  | (?<![\w.$])(?P<cells>
        \$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.(!])
      | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!])
      | \$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}(?![\w.(!])
    )
  | (?P<word>[\w.\\$]+)
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(\$?)([A-Za-z]{1,3}|[1-9][0-9]{0,6})")


def shift(formula: str, rows: int, columns: int) -> str:
    """`formula` as filled `rows` down and `columns` to the right: relative references move.

    References that leave the sheet come in again at its other side, as in shared formulas
    (ECMA-376 part 1, 18.3.1.40).
    """
    if rows == columns == 0:
        return formula

    def moved(match: re.Match[str]) -> str:
        cells = match["cells"]
        if cells is None:
            return match[0]
        return _PART.sub(lambda part: _move(part, rows, columns), cells)

    return _TOKEN.sub(moved, formula)


def _move(part: re.Match[str], rows: int, columns: int) -> str:
    dollar, name = part.groups()
    if dollar:
        return part[0]
    if name.isdigit():
        return str((int(name) - 1 + rows) % MAX_ROW + 1)
    if len(name) == 3 and name.upper() > "XFD":
        return name
    return column_letters((column_number(name) - 1 + columns) % MAX_COLUMN + 1)
