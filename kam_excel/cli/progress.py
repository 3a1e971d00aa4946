"""How far a batch is, on stderr: a line drawn anew on a terminal, now and then one elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping

from kam_excel.batch.jobs import JobResult
from kam_excel.cli.streams import aside
from kam_excel.codes import Language
from kam_excel.report import batches
from kam_excel.workbook.cellvalues import text_width

_PLAIN_LINES = 20  # at most, of a whole batch
_START_BYTES = 300_000  # what starting a process costs, told in bytes of a workbook


class Progress:
    """Counts results and tells how far the batch is.

    The time left is the time taken, by the bytes that are left and those that are done: the
    largest workbooks come first, and a rate of workbooks would promise far too much time. Each
    workbook weighs some bytes more than it has, for its process.
    """

    def __init__(
        self,
        sizes: Mapping[str, int],
        language: Language,
        *,
        is_terminal: bool | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._weights = {name: size + _START_BYTES for name, size in sizes.items()}
        self._whole, self._done_weight = sum(self._weights.values()), 0
        self._language, self._now, self._began = language, now, now()
        self._is_terminal = _is_terminal() if is_terminal is None else is_terminal
        self._every = -(-len(sizes) // _PLAIN_LINES)
        self._drawn = 0

    @property
    def elapsed(self) -> float:
        """Seconds since the batch began."""
        return self._now() - self._began

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take; None before anything is known."""
        if not self._done_weight:
            return None
        return self.elapsed * (self._whole - self._done_weight) / self._done_weight

    def add(self, result: JobResult) -> None:
        """Count a result."""
        self.counts[result.status] += 1
        self._done_weight += self._weights[result.workbook]

    def show(self) -> None:
        """Tell how far the batch is, where it is time to."""
        done, total = self.counts.total(), len(self._weights)
        if not self._is_terminal and (done % self._every or done == total):
            return
        text = batches.progress_as_text(self.counts, total, self.elapsed, self.left, self._language)
        if not self._is_terminal:
            aside(text)
            return
        self.clear()
        aside(text, newline=False)
        self._drawn = text_width(text)

    def clear(self) -> None:
        """Take the line off the terminal, so that others can be written."""
        if self._drawn:
            aside("\r" + " " * self._drawn + "\r", newline=False)
            self._drawn = 0


def _is_terminal() -> bool:
    """Whether stderr is one; there is none where it is closed."""
    return bool(sys.stderr and sys.stderr.isatty())
