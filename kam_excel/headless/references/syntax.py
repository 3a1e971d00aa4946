"""Where a formula is none: Excel takes no file that holds such a formula.

Only what is wrong for certain is told: brackets and quotes that do not match, operators that
lack an operand, characters that no formula has (ECMA-376 part 1, 18.17.2).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kam_excel.headless.references.tokens import tokens

_CLOSED_BY = {"(": ")", "{": "}"}
_BINARY = frozenset(["*", "/", "^", "&", "=", "<", ">", "<>", "<=", ">="])
_SIGNS = frozenset("+-")
_SEPARATORS = frozenset(",;")
_OTHER = frozenset("%:!@#|?.\\")
_DIGITS = re.compile(r"[0-9]+(?!!)")  # not that of #DIV/0!


def flaw(formula: str) -> str | None:
    """What stands where a formula (without its equals sign) goes wrong, or None.

    It is empty where the formula ends too early.
    """
    return _flaw(_DIGITS.sub("1", formula))


@lru_cache(maxsize=4096)
def _flaw(formula: str) -> str | None:
    """`flaw` of formulas that differ in numbers alone, as those of a column do."""
    opened: list[str] = []
    before = ""  # the operator just before, empty after an operand
    lacks = True  # an operand has to come
    for kind, text in tokens(formula):
        if kind == "space":
            continue
        if kind != "operator":
            before, lacks = "", kind == "owner"
        elif not _fits(text, before, lacks, opened):
            return text
        elif text not in _OTHER:
            before = "" if text in _CLOSED_BY.values() else text
            lacks = text in _BINARY or text in _SIGNS
    return "" if lacks or opened or before in _SEPARATORS else None


def _fits(operator: str, before: str, lacks: bool, opened: list[str]) -> bool:
    """Whether an operator may stand here; keeps account of the brackets that are open."""
    if operator in _CLOSED_BY:
        opened.append(operator)
        return True
    if operator in _CLOSED_BY.values():
        return not lacks and bool(opened) and _CLOSED_BY[opened.pop()] == operator
    if operator in _BINARY:
        return not lacks and not before
    if operator in _SEPARATORS:
        return not lacks and (operator == "," or opened[-1:] == ["{"])
    return operator in _SIGNS or operator in _OTHER
