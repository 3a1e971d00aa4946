"""Whether a formula may give more than one value where arrays are computed whole."""

from __future__ import annotations

from kam_excel.headless.references.tokens import Token, tokens

# Which arguments of a function are ranges as a matter of course, counted from 1.
_ANY = frozenset(range(1, 256))
_EVERY_OTHER = frozenset([1, *range(2, 256, 2)])
_TAKE_RANGES = dict.fromkeys(
    """
    AND AVERAGE AVERAGEA COUNT COUNTA COUNTBLANK COLUMNS CONCAT GEOMEAN HARMEAN MAX MAXA MEDIAN
    MIN MINA OR PRODUCT ROWS STDEV STDEV.P STDEV.S STDEVP SUM SUMSQ VAR VAR.P VAR.S VARP XOR
    """.split(),
    _ANY,
) | {
    "AVERAGEIF": frozenset([1, 3]),
    "AVERAGEIFS": _EVERY_OTHER,
    "COUNTIF": frozenset([1]),
    "COUNTIFS": frozenset(range(1, 256, 2)),
    "HLOOKUP": frozenset([2]),
    "LARGE": frozenset([1]),
    "MATCH": frozenset([2]),
    "MAXIFS": _EVERY_OTHER,
    "MINIFS": _EVERY_OTHER,
    "RANK": frozenset([2]),
    "SMALL": frozenset([1]),
    "SUBTOTAL": frozenset(range(2, 256)),
    "SUMIF": frozenset([1, 3]),
    "SUMIFS": _EVERY_OTHER,
    "VLOOKUP": frozenset([2]),
}
_GIVE_ARRAYS = frozenset(
    """
    CHOOSE EXPAND FILTERXML INDEX INDIRECT LAMBDA LET LINEST LOGEST MAKEARRAY MINVERSE MMULT MUNIT
    OFFSET RANDARRAY SEQUENCE STOCKHISTORY TEXTSPLIT TRANSPOSE
    """.split()
)
_VALUES = ("true", "false")


def may_spill(formula: str) -> bool:
    """Whether the formula, as one types it, may give an array: none that does is missed.

    Ranges are harmless only where a function such as SUM takes them whole.
    """
    found = [token for token in tokens(formula) if token.kind != "space"]
    calls: list[tuple[str, int]] = [("", 1)]
    name = ""
    for place, token in enumerate(found):
        if token.kind == "function":
            name = token.text.upper().removeprefix("_XLFN.")
            if name in _GIVE_ARRAYS:
                return True
        elif token.text == "(" and token.kind == "operator":
            calls.append((name, 1))
            name = ""
        elif token.text == ")" and token.kind == "operator" and len(calls) > 1:
            calls.pop()
        elif token.text == "," and token.kind == "operator":
            calls[-1] = (calls[-1][0], calls[-1][1] + 1)
        elif _is_many(token) and not _is_taken(found, place, *calls[-1]):
            return True
    return False


def _is_many(token: Token) -> bool:
    if token.kind == "operator":
        return token.text in ("#", "{")
    if token.kind == "name":
        return token.text.casefold() not in _VALUES
    return token.kind == "structure" or (token.kind == "cells" and ":" in token.text)


def _is_taken(found: list[Token], place: int, function: str, argument: int) -> bool:
    """Whether a range is by itself an argument of a function that takes it whole."""
    if argument not in _TAKE_RANGES.get(function, ()):
        return False
    first, last = place, place
    while found[first - 1].kind in ("owner", "name") and first:
        first -= 1
    while last + 1 < len(found) and found[last + 1].kind == "structure":
        last += 1
    ends = found[last + 1].text if last + 1 < len(found) else ""
    return first > 0 and found[first - 1].text in ("(", ",") and ends in (")", ",")
