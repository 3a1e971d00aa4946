"""Holding a frame to its declaration: the check at the border between plugin and core."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kam_excel.contract.column import Column, Kind
from kam_excel.domain.exact import ExactDtype, exact
from kam_excel.errors import Place, PluginError, Problem, nearest, problem, raise_if

DTYPES: dict[Kind, Any] = {
    Kind.KEY: "str",
    Kind.TEXT: "str",
    Kind.CHOICE: "str",
    Kind.DATE: "datetime64[us]",
    Kind.INTEGER: "Int64",
    Kind.BOOLEAN: "boolean",
}


def series_of(kind: Kind, values: Sequence[Any], index: pd.Index) -> pd.Series[Any]:
    """Values of one kind as a column of its dtype; None is missing."""
    if kind.is_exact:
        return exact(values).set_axis(index)
    typed: pd.Series[Any] = pd.Series(values, index=index, dtype=DTYPES[kind])
    return typed


def conform(
    data: pd.DataFrame,
    table: str,
    columns: Mapping[str, Column],
    key: Sequence[str],
    together: str | None = None,
) -> pd.DataFrame:
    """`data` with the declared columns in order, each of its kind's dtype.

    Rows of one value of the column `together` have to stand together.
    Optional columns that are missing are added empty. Percent and number columns may be
    exact or float64 (estimates are floats); money is exact. Raises PluginError.
    """
    problems = _foreign_columns(data, table, columns)
    typed: dict[str, pd.Series] = {}
    for name, column in columns.items():
        if name in data.columns:
            try:
                typed[name] = _typed(data[name], column)
            except (TypeError, ValueError) as error:
                problems.append(_wrong(table, name, column, data[name], error))
            else:
                problems += _wrong_choices(typed[name], table, column)
        elif column.optional or column.manual:
            typed[name] = series_of(column.kind, [None] * len(data), data.index)
        else:
            problems.append(
                problem("OUTPUT_COLUMN_MISSING", Place(path=f"{table}.{name}"), column=name)
            )
    raise_if(problems, PluginError)
    frame = pd.DataFrame(typed, index=data.index)
    apart = [] if together is None else _apart(frame, table, together)
    raise_if(_wrong_keys(frame, table, key) + apart, PluginError)
    return frame


def _typed(series: pd.Series, column: Column) -> pd.Series:
    if column.kind is Kind.MONEY:
        if pd.api.types.is_float_dtype(series.dtype):
            raise TypeError("money is exact, a float is not")
        return series if isinstance(series.dtype, ExactDtype) else exact(series)
    if column.kind.is_exact:
        return series if isinstance(series.dtype, ExactDtype) else series.astype("float64")
    typed: pd.Series[Any] = series.astype(DTYPES[column.kind])
    return typed


def _foreign_columns(
    data: pd.DataFrame, table: str, columns: Mapping[str, Column]
) -> list[Problem]:
    return [
        problem(
            "OUTPUT_COLUMN_UNKNOWN",
            Place(path=f"{table}.{name}"),
            column=name,
            nearest=nearest(str(name), columns),
        )
        for name in data.columns
        if name not in columns
    ]


def _wrong(table: str, name: str, column: Column, series: pd.Series, error: Exception) -> Problem:
    return problem(
        "OUTPUT_TYPE",
        Place(path=f"{table}.{name}"),
        column=name,
        kind=column.kind.value,
        dtype=str(series.dtype),
        error=str(error),
    )


def _wrong_choices(series: pd.Series, table: str, column: Column) -> list[Problem]:
    if column.kind is not Kind.CHOICE or not column.choices:
        return []
    return [
        problem(
            "OUTPUT_CHOICE_UNKNOWN",
            Place(path=f"{table}.{column.id}"),
            value=value,
            choices=", ".join(column.choices),
        )
        for value in series.dropna().unique()
        if value not in column.choices
    ]


def _wrong_keys(frame: pd.DataFrame, table: str, key: Sequence[str]) -> list[Problem]:
    if not key:
        return []
    place = Place(path=f"{table}.{'+'.join(key)}")
    columns = frame[list(key)]
    problems = []
    if columns.isna().any(axis=None):
        problems.append(
            problem("OUTPUT_KEY_EMPTY", place, count=int(columns.isna().any(axis=1).sum()))
        )
    twice = columns[columns.duplicated()]
    if len(twice):
        problems.append(
            problem("OUTPUT_KEY_DUPLICATE", place, count=len(twice), example=tuple(twice.iloc[0]))
        )
    return problems


def _apart(frame: pd.DataFrame, table: str, column: str) -> list[Problem]:
    """Values whose rows have rows of other values between them."""
    numbers, values = pd.factorize(frame[column], use_na_sentinel=False)
    begun = numbers[starts(numbers.tolist())]
    counts = pd.Series(begun).value_counts(sort=False)
    twice = counts[counts > 1].index
    if not len(twice):
        return []
    place = Place(path=f"{table}.{column}")
    return [
        problem("OUTPUT_ROWS_APART", place, column=column, value=values[twice[0]], count=len(twice))
    ]


def starts(values: Sequence[Any]) -> list[int]:
    """The positions at which another value begins, the first among them; None equals None."""
    return [i for i, value in enumerate(values) if i == 0 or value != values[i - 1]]
