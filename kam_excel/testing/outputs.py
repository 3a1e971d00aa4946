"""What strategies gave, by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from kam_excel.contract.table import Frame, T, Table
from kam_excel.testing.golden import difference
from kam_excel.testing.rows import Rows, part_of, values_of
from kam_excel.testing.texts import text_of


class Outputs(Mapping[type[Table], pd.DataFrame]):
    """Frames by the table that they are of; KeyError says what there is instead."""

    def __init__(self, frames: Mapping[type[Table], pd.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, table: type[T]) -> Frame[T]:
        if table not in self._frames:
            there = ", ".join(each.__name__ for each in self._frames) or "nothing"
            raise KeyError(f"{table.__name__} was not given; {there} was")
        return self._frames[table]  # type: ignore[return-value]

    def assert_rows(self, table: type[Table], rows: Rows) -> None:
        """Compare what was given of `table` with `rows`, in the columns that these name.

        Raises AssertionError with the lines that differ.
        """
        __tracebackhide__ = True
        names = list(values_of(table, rows))
        expected = text_of(part_of(table, names, rows))
        given = text_of(self[table][names])
        if given != expected:
            raise AssertionError(
                difference(table.__name__, ("expected", expected), ("given", given))
            )

    def __iter__(self) -> Iterator[type[Table]]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)
