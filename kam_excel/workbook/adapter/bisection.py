"""Asking Excel of many rows at once: it answers where they are alike, else halves are asked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def alike(first: int, last: int, ask: Callable[[int, int], T | None]) -> Iterator[tuple[range, T]]:
    """Rows `first` to `last` as runs with the answer for each; `ask` gives None for a mixture.

    Where all rows are alike that is one question; of n runs it takes about 2 n log(rows / n).
    """
    answer = ask(first, last)
    if answer is not None:
        yield range(first, last + 1), answer
    elif first < last:
        middle = (first + last) // 2
        yield from alike(first, middle, ask)
        yield from alike(middle + 1, last, ask)


def of_each(rows: Sequence[int], ask: Callable[[int, int], T | None]) -> list[T]:
    """The answer for each of some rows, of which there is one at least."""
    runs = list(alike(min(rows), max(rows), ask))
    starts = [run.start for run, _ in runs]
    return [runs[bisect_right(starts, row) - 1][1] for row in rows]
