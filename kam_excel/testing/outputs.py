"""What strategies gave, by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from kam_excel.contract.table import Frame, T, Table


class Outputs(Mapping[type[Table], pd.DataFrame]):
    """Frames by the table that they are of; KeyError says what there is instead."""

    def __init__(self, frames: Mapping[type[Table], pd.DataFrame]) -> None:
        self._frames = dict(frames)

    def __getitem__(self, table: type[T]) -> Frame[T]:
        if table not in self._frames:
            there = ", ".join(each.__name__ for each in self._frames) or "nothing"
            raise KeyError(f"{table.__name__} was not given; {there} was")
        return self._frames[table]  # type: ignore[return-value]

    def __iter__(self) -> Iterator[type[Table]]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)
