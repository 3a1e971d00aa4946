"""The engine as xlwings sees it: its name, its apps, and how values pass in and out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from kam_excel.headless.cells.values import NOT_COMPUTED, CellError

if TYPE_CHECKING:
    from kam_excel.headless.api.apps import Apps

NAME = "headless"


class CleanRows(list[list[Any]]):
    """Raw values that are as a reader wants them who asks for nothing special."""


class EngineImpl:
    """What xlwings calls an engine: `xw.Engine(impl=EngineImpl())`."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        from kam_excel.headless.api.apps import Apps  # apps name their engine

        self.apps: Apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any) -> Any:
        """One value as a cell can take it; missing ones of every kind become "".

        Raises TypeError for what no cell can hold.
        """
        kind = type(x)
        if kind is str or kind is int or kind is bool:
            return x
        if kind is float:
            return "" if x != x else x
        return _prepared(x)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Raw values as the reader wants them: dates, numbers, empty cells and errors.

        Errors become None, or their text with `err_to_str`. A formula that has no value yet is
        always its text: it must not pass for an empty cell.
        """
        wanted = datetime_builder is dt.datetime and empty_as is None and number_builder is None
        if wanted and isinstance(data, CleanRows):
            return data

        def clean(value: Any) -> Any:
            kind = type(value)
            if kind is float:
                return value if number_builder is None else number_builder(value)
            if value is None or value == "":
                return empty_as
            if kind is CellError:
                return str(value) if err_to_str or value == NOT_COMPUTED else None
            if kind is dt.datetime and datetime_builder is not dt.datetime:
                return _rebuilt(value, datetime_builder)
            return value

        if number_builder is None:
            return [[v if v.__class__ is float else clean(v) for v in row] for row in data]
        return [[clean(value) for value in row] for row in data]


def _rebuilt(moment: dt.datetime, builder: Callable[..., Any]) -> Any:
    return builder(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        microsecond=moment.microsecond,
        tzinfo=None,
    )


def _prepared(x: Any) -> Any:
    if x is None:
        return ""
    if isinstance(x, np.datetime64):
        return "" if np.isnat(x) else x.astype("datetime64[us]").item()
    if isinstance(x, dt.date):
        return "" if x != x else x  # pandas.NaT is a datetime that differs from itself
    if isinstance(x, np.bool_):
        return bool(x)
    if isinstance(x, (Decimal, np.number, float, int)):
        number = float(x)
        return "" if number != number else number
    if isinstance(x, str):
        return x
    if type(x).__name__ == "NAType":
        return ""
    raise TypeError(f"a cell cannot hold {type(x).__name__}: {x!r}")
