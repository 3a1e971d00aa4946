"""References to tables and their columns: renamed, lost, and spelled out as files have them.

In a structured reference `'` escapes the characters that have a meaning in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from kam_excel.headless.references.formulas import LOST
from kam_excel.headless.references.names import same_name
from kam_excel.headless.references.tokens import Token, tokens

_ITEM = re.compile(r"\[((?:'.|[^\[\]'])*)\]", re.DOTALL)
_SPECIAL = re.compile(r"[\[\]#'@]")
_ESCAPED = re.compile(r"'(.)", re.DOTALL)


def with_table_renamed(formula: str, table: str, name: str) -> str:
    """`formula` after a table got another name."""
    return "".join(
        name if is_table and same_name(text, table) else text for is_table, text in _tables(formula)
    )


def without_tables(formula: str, tables: Collection[str]) -> str:
    """`formula` after tables are deleted: references to them are `#REF!`."""
    gone = {name.casefold() for name in tables}
    pieces: list[str] = []
    lost = False
    for token, is_table in _marked(formula):
        if is_table and token.text.casefold() in gone:
            pieces.append(LOST)
            lost = True
        elif not (lost and token.kind == "structure"):
            pieces.append(token.text)
            lost = False
    return "".join(pieces)


def with_column_renamed(formula: str, table: str, column: str, name: str, home: str = "") -> str:
    """`formula` after a column got another name; `home` is the table that the formula is in."""

    def renamed(structure: str) -> str:
        return _with_columns(structure, lambda each: name if same_name(each, column) else each)

    return _with_structures(formula, table, home, renamed)


def without_column(formula: str, table: str, column: str, home: str = "") -> str:
    """`formula` after a column is deleted: references to it are `#REF!`."""

    def is_gone(structure: str) -> bool:
        return any(same_name(each, column) for each in _columns(structure))

    pieces: list[str] = []
    owner = ""
    for token, is_table in _marked(formula):
        if token.kind == "structure" and same_name(owner or home, table) and is_gone(token.text):
            if owner:
                pieces.pop()
            pieces.append(LOST)
        else:
            pieces.append(token.text)
        owner = token.text if is_table else ""
    return "".join(pieces)


def spelled_out(formula: str, table: str) -> str:
    """`formula` as files have it in a cell of `table`: `[@Qty]` is `Tab[[#This Row],[Qty]]`."""
    if "[" not in formula:
        return formula
    pieces = []
    owned = False
    for token, is_table in _marked(formula):
        if token.kind == "structure":
            pieces.append(("" if owned else table) + _long(token.text))
        else:
            pieces.append(token.text)
        owned = is_table
    return "".join(pieces)


def escaped(column: str) -> str:
    """The name of a column as references write it."""
    return _SPECIAL.sub(r"'\g<0>", column)


def unescaped(column: str) -> str:
    """A column by its name, from what references write."""
    return _ESCAPED.sub(r"\1", column)


def items(inner: str) -> list[str]:
    """What stands between the outer brackets of a structured reference, one by one, as written.

    `[#All],[Qty]:[Price]` gives `#All`, `Qty` and `Price`; what has no brackets of its own is one.
    """
    return _ITEM.findall(inner) or [inner] * bool(inner)


def _long(structure: str) -> str:
    if not structure.startswith("[@"):
        return structure
    rest = structure[2:-1]
    if not rest:
        return "[#This Row]"
    return f"[[#This Row],{rest if rest.startswith('[') else f'[{rest}]'}]"


def _with_structures(formula: str, table: str, home: str, change: Callable[[str], str]) -> str:
    pieces = []
    owner = home
    for token, is_table in _marked(formula):
        mine = token.kind == "structure" and same_name(owner, table)
        pieces.append(change(token.text) if mine else token.text)
        owner = token.text if is_table else home
    return "".join(pieces)


def _with_columns(structure: str, change: Callable[[str], str]) -> str:
    """A structure with each column as `change` names it."""

    def renamed(text: str) -> str:
        if text.startswith("#"):
            return text
        column = unescaped(text)
        new = change(column)
        return text if new == column else escaped(new)

    inner = structure[1:-1]
    if _ITEM.search(inner):
        return "[" + _ITEM.sub(lambda item: f"[{renamed(item[1])}]", inner) + "]"
    this = "@" * inner.startswith("@")
    return f"[{this}{renamed(inner.removeprefix('@'))}]"


def _columns(structure: str) -> list[str]:
    """The columns that a structure names."""
    found = [each.removeprefix("@") for each in items(structure[1:-1])]
    return [unescaped(each) for each in found if not each.startswith("#")]


def _marked(formula: str) -> Iterator[tuple[Token, bool]]:
    """The tokens, and which of them may name a table of this workbook."""
    owned = False
    for token in tokens(formula):
        yield token, token.kind == "name" and not owned
        owned = token.kind == "owner"


def _tables(formula: str) -> Iterator[tuple[bool, str]]:
    return ((is_table, token.text) for token, is_table in _marked(formula))
