"""Excel while a click is worked: quiet, and afterwards as it was, whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import xlwings as xw

from kam_excel.workbook.adapter import bring_to_front

# In this order; they are restored in the opposite one, so that what Excel computes then starts
# no event procedure and does not flicker.
QUIET = (("screen_updating", False), ("enable_events", False), ("calculation", "manual"))


class Quiet:
    """A context in which Excel neither redraws nor computes nor starts event procedures.

    At its end all that was set is as before, and Excel has its status bar back, also where
    entering it fails half-way or the context is left by an error or Ctrl+C. One setting that
    cannot be restored keeps no other from it; the first such error is raised, unless the context
    itself ended with one.
    """

    def __init__(self, app: xw.App) -> None:
        self._app = app
        self._before: list[tuple[str, Any]] = []

    def __enter__(self) -> Quiet:
        try:
            for name, value in QUIET:
                self._before.append((name, getattr(self._app, name)))
                setattr(self._app, name, value)
        except BaseException:
            self._restore()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failures = self._restore()
        if failures and error is None:
            raise failures[0]

    def tell(self, text: str) -> None:
        """Show `text` on the status bar until the end of the context."""
        self._app.status_bar = text

    def _restore(self) -> list[BaseException]:
        """Put everything back; what could not be, as errors."""
        settings = [("status_bar", False), *reversed(self._before)]
        self._before = []
        failures: list[BaseException] = []
        for name, value in settings:
            try:
                setattr(self._app, name, value)
            except BaseException as error:  # Ctrl+C once more keeps nothing from being restored
                failures.append(error)
        return failures


@contextmanager
def staying(book: xw.Book) -> Iterator[None]:
    """A context after which the same sheet of `book` is the active one."""
    sheet = book.sheets.active if len(book.sheets) else None  # a book may hold charts alone
    try:
        yield
    finally:
        if sheet is not None:
            bring_to_front(sheet)
