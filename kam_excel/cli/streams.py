"""The standard streams: one may be closed, be read by nobody, or not take every letter."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

import click

_OUT, _ERR = 1, 2


def settle() -> None:
    """Have no file that is opened take the number of a stream that is closed, and write a letter
    that a stream has none for as an escape.
    """
    while (file := os.open(os.devnull, os.O_RDWR)) <= _ERR:
        os.set_inheritable(file, True)
    os.close(file)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def aside(text: str, *, newline: bool = True) -> None:
    """Write to stderr; where that cannot be, nothing is lost."""
    with suppress(OSError):
        click.echo(text, err=True, nl=newline)


def silence() -> None:
    """Have stdout go nowhere, also what it still holds: it cannot be written to."""
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, _OUT)
        os.close(null)


def encoding() -> str:
    """That of stdout."""
    return getattr(sys.stdout, "encoding", None) or "utf-8"
