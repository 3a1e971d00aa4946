"""Ctrl+C during a batch: once to finish what runs, twice to end it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from kam_excel.codes import Language
from kam_excel.report import batches

_STDERR = 2


@dataclass(slots=True)
class Interrupts:
    """How often the user has interrupted: the first time sets `stop`, the second `cancel`.

    A request to terminate counts as two, and a terminal that is closed.
    """

    language: Language
    stop: threading.Event = field(default_factory=threading.Event)
    cancel: threading.Event = field(default_factory=threading.Event)
    count: int = 0

    def take(self, number: int, frame: FrameType | None = None) -> None:
        """Take a signal."""
        self.count += 1 if number == signal.SIGINT else 2
        self.stop.set()
        if self.count > 1:
            self.cancel.set()
        text = (batches.STOPPING if self.count == 1 else batches.ENDING).in_(self.language)
        # A stream may be in the midst of a write; the file below it never is.
        encoding = os.device_encoding(_STDERR) or "utf-8"
        with suppress(OSError):  # nobody reads it
            os.write(_STDERR, f"\n{text}\n".encode(encoding, "replace"))

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Take the signals of this process; only the main thread can."""
        before = {each: signal.signal(each, self.take) for each in _taken()}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _taken() -> list[signal.Signals]:
    """The signals that end a batch."""
    taken = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        taken.append(signal.SIGHUP)  # nohup has it ignored
    return taken
