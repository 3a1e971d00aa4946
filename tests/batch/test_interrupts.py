"""Ctrl+C is taken whether or not anybody can be told of it."""

from __future__ import annotations

import os
import signal
import sys

import pytest

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


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of POSIX")
def test_a_terminal_that_is_closed_ends_a_batch_unless_that_is_ignored():
    before = signal.getsignal(signal.SIGHUP)
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
        with Interrupts("en").taken():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        taken = Interrupts("en")
        with taken.taken():
            signal.raise_signal(signal.SIGHUP)
        assert taken.cancel.is_set()
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)
