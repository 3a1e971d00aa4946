"""One verdict per cell: a value, a coercion that is counted, or a refusal that is named.

Every parser takes a cell as xlwings gives it (None, str, float, bool, datetime; errors as
their text) and returns a value, or raises Refused. A value that is not what the cell held
is wrapped in Coerced.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any

from kam_excel.contract.column import Column, Kind
from kam_excel.workbook.reading.lettering import plain as plain
from kam_excel.workbook.reading.verdicts import Coerced as Coerced
from kam_excel.workbook.reading.verdicts import Refused as Refused

ERRORS = frozenset(
    [
        "#N/A",
        "#DIV/0!",
        "#REF!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#VALUE!",
        "#GETTING_DATA",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
    ]
)
_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_SERIAL = 61  # 1900-03-01: before it Excel counts a day that never was
_LAST_SERIAL = 2_958_465  # 9999-12-31
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?:¥ ?(?P<inner>[+-]?))?(?P<digits>(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)"
    r" ?(?P<unit>[%元]?)"
)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?(?:[ T]\d{1,2}:\d{2}(:\d{2})?)?")
_MONTH_ONLY = re.compile(r"(\d{4})年(\d{1,2})月")
_COMPACT = re.compile(r"(19|20)\d{6}")
_TRUE = frozenset(["true", "yes", "y", "1", "是", "对", "√"])
_FALSE = frozenset(["false", "no", "n", "0", "否", "错", "×"])


def read_key(cell: Any) -> Any:
    """An id: text stays text with its leading zeros, 1001.0 is 1001."""
    if isinstance(cell, str):
        return plain(cell) or None
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise Refused("KEY_NOT_READABLE")
    return str(int(cell)) if float(cell).is_integer() else repr(cell)


def read_text(cell: Any) -> Any:
    """Any text; numbers and dates as people would write them."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return read_key(cell) if not isinstance(cell, bool) else str(cell).upper()


def read_number(cell: Any) -> Any:
    """A number; text only where it is unambiguous: 1,234.50, full-width digits, ¥ and 元."""
    if isinstance(cell, (bool, dt.datetime)):
        raise Refused("NUMBER_NOT_READABLE")
    if isinstance(cell, (int, float)):
        return cell
    text = plain(cell)
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None or (found["sign"] and found["inner"]):
        raise Refused("NUMBER_NOT_READABLE")
    sign = found["sign"] or found["inner"] or ""
    number = Decimal(sign + found["digits"].replace(",", ""))
    return Coerced(number / 100 if found["unit"] == "%" else number, "TEXT_NUMBER")


def read_percent(cell: Any) -> Any:
    """A share: 0.13, or text with its % sign; 13 may be 13 % or 1300 % and is refused."""
    number = read_number(cell)
    if isinstance(number, (int, float)) and abs(number) > 1:
        raise Refused("PERCENT_AMBIGUOUS")
    return number


def read_date(cell: Any) -> Any:
    """A date: date cells, serial numbers, and texts in the order year, month, day."""
    if isinstance(cell, dt.datetime):
        return cell.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, bool):
        raise Refused("DATE_NOT_READABLE")
    if isinstance(cell, (int, float)):
        return Coerced(_serial_date(float(cell)), "NUMBER_DATE")
    return Coerced(_text_date(plain(cell)), "TEXT_DATE") if plain(cell) else None


def _serial_date(number: float) -> dt.datetime:
    if number.is_integer() and _COMPACT.fullmatch(str(int(number))):
        return _text_date(str(int(number)))
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        raise Refused("DATE_NOT_READABLE")
    return _EPOCH + dt.timedelta(days=int(number))


def _text_date(text: str) -> dt.datetime:
    if _COMPACT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DAY.fullmatch(text)
    month = _MONTH_ONLY.fullmatch(text)
    try:
        if month:
            return dt.datetime(int(month[1]), int(month[2]), 1)
        if found and found[3]:
            return dt.datetime(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise Refused("DATE_NOT_READABLE") from error
    raise Refused("DATE_NOT_READABLE")


def read_boolean(cell: Any) -> Any:
    """Yes or no, in either language."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return cell == 1
    word = plain(cell).casefold() if isinstance(cell, str) else str(cell)
    if not word:
        return None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Refused("BOOLEAN_NOT_READABLE")


def read_integer(cell: Any) -> Any:
    """A whole number."""
    number = read_number(cell)
    value = number.value if isinstance(number, Coerced) else number
    if value is not None and value != int(value):
        raise Refused("INTEGER_NOT_READABLE")
    return number


def parser(column: Column) -> Callable[[Any], Any]:
    """The parser for the cells of `column`."""
    if column.kind is Kind.CHOICE:
        ids = {
            plain(name).casefold(): id_ for id_, zh in column.choices.items() for name in (id_, zh)
        }
        return lambda cell: ids.get(plain(str(cell)).casefold(), str(cell).strip() or None)
    return _PARSERS[column.kind]


_PARSERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.KEY: read_key,
    Kind.TEXT: read_text,
    Kind.DATE: read_date,
    Kind.MONEY: read_number,
    Kind.NUMBER: read_number,
    Kind.PERCENT: read_percent,
    Kind.INTEGER: read_integer,
    Kind.BOOLEAN: read_boolean,
}


def read_cell(parse: Callable[[Any], Any], cell: Any) -> Any:
    """The verdict on one cell; None for an empty one. Raises Refused, also for cell errors."""
    if cell is None:
        return None
    if isinstance(cell, str) and cell in ERRORS:
        raise Refused("FORMULA_NOT_COMPUTED" if cell == "#GETTING_DATA" else "CELL_ERROR")
    return parse(cell)


def read_cells(parse: Callable[[Any], Any], cells: Sequence[Any]) -> list[Any]:
    """The verdicts on a column: values, None, Coerced and, as a value too, Refused.

    Texts, dates and truth values repeat in a column: each is parsed once.
    """
    if _are_plain(parse, cells):
        return list(cells)
    known: dict[Any, Any] = {}
    verdicts = []
    for cell in cells:
        if cell.__class__ not in _REPEATED:
            verdict = _verdict(parse, cell)
        elif cell in known:
            verdict = known[cell]
        else:
            verdict = known[cell] = _verdict(parse, cell)
        verdicts.append(verdict)
    return verdicts


_REPEATED = frozenset([str, dt.datetime, bool])
# Which floats their parser takes as they are.
_PLAIN: dict[Callable[[Any], Any], Callable[[float], bool]] = {
    read_number: lambda _: True,
    read_percent: lambda number: abs(number) <= 1,
    read_integer: float.is_integer,
}


def _are_plain(parse: Callable[[Any], Any], cells: Sequence[Any]) -> bool:
    """Whether a column holds nothing but numbers that need no look, and empty cells."""
    if parse not in _PLAIN or not set(map(type, cells)) <= {float, NoneType}:
        return False
    return all(map(_PLAIN[parse], (cell for cell in cells if cell is not None)))


def _verdict(parse: Callable[[Any], Any], cell: Any) -> Any:
    try:
        return read_cell(parse, cell)
    except Refused as refused:
        return refused
