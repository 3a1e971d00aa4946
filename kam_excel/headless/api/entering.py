"""What cells hold once a value of Python is entered, and what one would type to enter it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from types import NoneType
from typing import Any

from kam_excel.errors import WorkbookError, problem
from kam_excel.headless.cells.cellxml import number_text
from kam_excel.headless.cells.values import (
    CellError,
    Content,
    Formula,
    checked_number,
    checked_text,
    to_serial,
    typed_text,
)
from kam_excel.headless.parts.tables import TableXml
from kam_excel.headless.references import futures, structured
from kam_excel.headless.references.addressing import Area
from kam_excel.headless.references.syntax import flaw


def entered(value: Any, date1904: bool) -> Content:
    """What a cell holds once `value` is typed into it.

    Raises TypeError for what none can hold, WorkbookError for a formula that is none.
    """
    kind = type(value)
    if kind is float or kind is int:
        return checked_number(value)
    if kind is str:
        return _entered_text(value)
    return _ENTER[kind](value) if kind in _ENTER else _entered_other(value, date1904)


def entered_column(values: Sequence[Any], date1904: bool, texts: bool = False) -> list[Content]:
    """`entered` for each value of a column; with `texts` a text stays one, whatever it says."""
    kinds = set(map(type, values))
    if kinds <= {float, NoneType}:
        for value in values:
            if value is not None and not math.isfinite(value):
                checked_number(value)
        return list(values)

    def content(value: Any) -> Content:
        if texts and isinstance(value, str):
            return checked_text(value) or None
        return entered(value, date1904)

    if kinds <= _REPEATED:
        known = {value: content(value) for value in set(values)}
        return list(map(known.__getitem__, values))
    return list(map(content, values))


_REPEATED = frozenset([str, dt.datetime, NoneType])


def _entered_other(value: Any, date1904: bool) -> Content:
    if isinstance(value, dt.date):
        return to_serial(value, date1904)
    if isinstance(value, str):
        return _entered_text(str(value))
    raise TypeError(f"a cell cannot hold {type(value).__name__}: {value!r}")


def _entered_text(text: str) -> Content:
    content = typed_text(text)
    return _entered_formula(content) if isinstance(content, Formula) else content


def _entered_formula(formula: Formula) -> Formula:
    return Formula(stored_formula(formula))


def stored_formula(text: str) -> str:
    """A formula that is typed as files hold it, without its equals sign.

    Raises WorkbookError for one that Excel would not take.
    """
    formula = text.removeprefix("=")
    near = flaw(formula)
    if near is not None:
        raise WorkbookError(problem("FORMULA_INVALID", formula=f"={formula}"[:100], near=near))
    return futures.stored(formula)


def typed_formula(stored: str) -> str:
    """A formula of a file as one would type it, with its equals sign."""
    return f"={futures.typed(stored)}"


_ENTER: dict[type, Callable[[Any], Content]] = {
    type(None): lambda _: None,
    bool: bool,
    CellError: lambda value: value,
    Formula: lambda value: value,
}


def typed(content: Content) -> str:
    """A content as one would type it."""
    if isinstance(content, Formula):
        return typed_formula(content)
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, float):
        return number_text(content)
    return "" if content is None else str(content)


def spell_out(contents: Sequence[list[Content]], area: Area, tables: Iterable[TableXml]) -> None:
    """Write references to a table's own rows as files have them: `[@Qty]` names no table.

    `contents` are about to stand in `area`.
    """
    for table in tables:
        common = table.area.common(area)
        for row in common.rows if common else ():
            cells = contents[row - area.row1]
            if Formula in map(type, cells):
                assert common is not None
                for place in (column - area.col1 for column in common.columns):
                    content = cells[place]
                    if isinstance(content, Formula):
                        cells[place] = Formula(structured.spelled_out(content, table.name))
