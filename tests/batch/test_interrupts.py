"""Ctrl+C is taken whether or not anybody can be told of it."""

from __future__ import annotations

import os
import signal

from kam_excel.cli import interrupts
from kam_excel.cli.interrupts import Interrupts


def test_a_second_one_cancels_where_nobody_reads_what_is_told(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(interrupts, "_STDERR", writing)
    taken = Interrupts("en")
    taken.take(signal.SIGINT)
    assert (taken.stop.is_set(), taken.cancel.is_set()) == (True, False)
    taken.take(signal.SIGINT)
    assert taken.cancel.is_set()
    os.close(writing)
