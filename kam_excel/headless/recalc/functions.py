"""What is known of Excel's functions: which are volatile, and which engines compute as Excel does.

`KNOWN` holds what gave no other value than Excel had cached in the test workbooks of other
projects, and what gives the same as LibreOffice (tests/office): a formula that has no cached
value to be compared with is computed where it calls nothing else. Functions with an odd case
that engines miss are not in it, such as DATE in 1900, LEFT of a truth value, or look-ups of the
nearest value.
"""

from __future__ import annotations

from collections.abc import Callable

# Their value depends on when they are computed: they take the clock of the calculation.
CLOCK = frozenset(["NOW", "TODAY"])
# Their value is drawn or depends on the machine: nobody but Excel gives them a new one.
UNREPEATABLE = frozenset(["RAND", "RANDBETWEEN", "RANDARRAY", "INFO", "CELL", "RTD", "WEBSERVICE"])
# They leave out rows that are hidden, which engines see in other ways or not at all.
HIDDEN = frozenset(["SUBTOTAL", "AGGREGATE"])
# They may read any cell.
ANYWHERE = frozenset(["OFFSET", "INDIRECT"])
# They compute with whole ranges wherever these stand in their arguments.
ARRAYS = frozenset(["SUMPRODUCT"])
# An error of theirs that says that something was not found is a result.
LOOKUPS = frozenset(["VLOOKUP", "HLOOKUP", "LOOKUP", "XLOOKUP", "MATCH", "XMATCH", "NA"])

# They are known only where this argument of theirs, from 0, is 0 or FALSE: an exact match.
EXACT = {"VLOOKUP": 3, "MATCH": 2}

_Takes = Callable[[int], bool]


def _all(_: int) -> bool:
    return True


def _none(_: int) -> bool:
    return False


def _at(*places: int) -> _Takes:
    return lambda argument: argument in places


def _behind_first(argument: int) -> bool:
    return argument > 0


def _every_second(argument: int) -> bool:
    return argument % 2 == 0


def _sum_then_every_second(argument: int) -> bool:
    return argument == 0 or argument % 2 == 1


# By name: which arguments, from 0, take a range as a whole.
KNOWN: dict[str, _Takes] = {
    **dict.fromkeys(
        "SUM AVERAGE MIN MAX COUNT COUNTA PRODUCT MEDIAN STDEV VAR AND OR SUMSQ".split(),
        _all,
    ),
    **dict.fromkeys(
        (
            "ABS INT ROUND ROUNDUP ROUNDDOWN TRUNC MOD SIGN SQRT POWER EXP LN LOG10 PI "
            "IF IFERROR IFNA NOT TRUE FALSE ISBLANK ISERROR ISNA ISNUMBER ISTEXT NA "
            "LEN LOWER UPPER TRIM EXACT SUBSTITUTE CONCATENATE "
            "YEAR MONTH DAY EDATE EOMONTH HOUR MINUTE SECOND TIME CHOOSE"
        ).split(),
        _none,
    ),
    "SUMIF": _at(0, 2),
    "AVERAGEIF": _at(0, 2),
    "COUNTIF": _at(0),
    "COUNTBLANK": _at(0),
    "SUBTOTAL": _behind_first,
    "SUMIFS": _sum_then_every_second,
    "AVERAGEIFS": _sum_then_every_second,
    "COUNTIFS": _every_second,
    "VLOOKUP": _at(1),
    "MATCH": _at(1),
    "INDEX": _at(0),
    "LARGE": _at(0),
    "SMALL": _at(0),
    "ROWS": _at(0),
    "COLUMNS": _at(0),
    "ROW": _none,
    "COLUMN": _none,
}


def takes_range(function: str, argument: int) -> bool:
    """Whether an argument, counted from 0, of a known function takes a range as a whole."""
    return function in KNOWN and KNOWN[function](argument)
