"""What is known of Excel's functions: which are volatile, and which engines compute as Excel does.

`KNOWN` holds what agreed with every value that Excel had cached for it in workbooks of other
projects' test sets, and with LibreOffice in tests/office: a formula that has no cached value to
be compared with is computed where it calls nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

# Their value depends on when they are computed: they take the clock of the calculation.
CLOCK = frozenset(["NOW", "TODAY"])
# Their value is drawn or depends on the machine: nobody but Excel gives them a new one.
UNREPEATABLE = frozenset(["RAND", "RANDBETWEEN", "RANDARRAY", "INFO", "CELL", "RTD", "WEBSERVICE"])
# They may read any cell.
ANYWHERE = frozenset(["OFFSET", "INDIRECT"])
# They compute with whole ranges wherever these stand in their arguments.
ARRAYS = frozenset(["SUMPRODUCT"])
# An error of theirs that says that something was not found is a result.
LOOKUPS = frozenset(["VLOOKUP", "HLOOKUP", "LOOKUP", "XLOOKUP", "MATCH", "XMATCH", "NA"])

_Takes = Callable[[int], bool]


def _all(_: int) -> bool:
    return True


def _none(_: int) -> bool:
    return False


def _at(*places: int) -> _Takes:
    return lambda argument: argument in places


def _every_second(argument: int) -> bool:
    return argument % 2 == 0


def _sum_then_every_second(argument: int) -> bool:
    return argument == 0 or argument % 2 == 1


# By name: which arguments, from 0, take a range as a whole.
KNOWN: dict[str, _Takes] = {
    **dict.fromkeys(
        "SUM AVERAGE MIN MAX COUNT COUNTA PRODUCT MEDIAN STDEV VAR AND OR SUMPRODUCT SUMSQ".split(),
        _all,
    ),
    **dict.fromkeys(
        (
            "ABS INT ROUND ROUNDUP ROUNDDOWN TRUNC MOD SIGN SQRT POWER EXP LN LOG10 PI "
            "IF IFERROR IFNA NOT TRUE FALSE ISBLANK ISERROR ISNA ISNUMBER ISTEXT N T NA "
            "LEFT RIGHT MID LEN LOWER UPPER TRIM EXACT REPT SUBSTITUTE CONCATENATE CHAR CODE "
            "DATE YEAR MONTH DAY EDATE EOMONTH HOUR MINUTE SECOND TIME CHOOSE"
        ).split(),
        _none,
    ),
    **dict.fromkeys(["SUMIF", "AVERAGEIF", "LOOKUP"], _at(0, 1, 2)),
    "SUMIF": _at(0, 2),
    "AVERAGEIF": _at(0, 2),
    "COUNTIF": _at(0),
    "COUNTBLANK": _at(0),
    "SUMIFS": _sum_then_every_second,
    "AVERAGEIFS": _sum_then_every_second,
    "COUNTIFS": _every_second,
    "VLOOKUP": _at(1),
    "HLOOKUP": _at(1),
    "MATCH": _at(1),
    "INDEX": _at(0),
    "LARGE": _at(0),
    "SMALL": _at(0),
    "RANK": _at(1),
    "ROWS": _at(0),
    "COLUMNS": _at(0),
    "ROW": _none,
    "COLUMN": _none,
}


def takes_range(function: str, argument: int) -> bool:
    """Whether an argument, counted from 0, of a known function takes a range as a whole."""
    return function in KNOWN and KNOWN[function](argument)
