"""Watching over a child until it ends, by itself or by us.

Memory is judged by looking at what is resident, of the child every 50 ms, of all that it started
less often. No limit of the kernel counts that: RLIMIT_AS counts what threads, allocators and
libraries merely reserve, RLIMIT_DATA neither shared maps nor other processes. It is set as well,
at twice as much, for what grows faster than anybody looks (`child.limit`).
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Literal, Protocol

import psutil

from kam_excel.batch.jobs import Limits
from kam_excel.batch.messages import Told
from kam_excel.batch.processes import Family

Why = Literal["", "time", "memory", "cancelled", "unwatched"]
IsCancelled = Callable[[], bool]
OUTPUT = 2000  # characters of output that are kept
_PIECE = 2**16
_CRASH, _MODULES = "Fatal Python error", "\n\nExtension modules: "  # of the faulthandler
_LOOK, _LOOK_AROUND = 0.05, 0.2  # seconds between looks at the child, and at all processes
_SHARE = 20  # looking takes at most this part of the time
_PATIENCE = 5.0  # seconds for a child to end that has told its result, or was killed
_MB = 10**6


class Child(Protocol):
    """A process that was started. `result` and `output` are the files to read from it."""

    pid: int
    result: int
    output: int

    def poll(self) -> int | None:
        """Its exit code, negative the signal that it died of; None while it runs."""

    def kill(self) -> None:
        """End it and its group, whatever it is doing."""

    def peak(self) -> float:
        """The most memory that it had, in MB, where the system says so once it has ended."""


Start = Callable[[Mapping[str, Any]], Child]


@dataclass(slots=True)
class End:
    """How a child ended: `why` we ended it, its `exit` code, what it told and printed.

    `left` are processes that could not be ended; `reason` why it was not watched to its end.
    """

    why: Why = ""
    exit: int | None = None
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_garbled: bool = False
    output: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    left: list[int] = field(default_factory=list)
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The end as plain data: `End(**data)` is it again."""
        return asdict(self)


def keep(
    start: Start,
    task: Mapping[str, Any],
    limits: Limits,
    is_cancelled: IsCancelled,
    *,
    adopts: bool = False,
) -> End:
    """Start a child for `task`, watch it, end all that came of it; raises OSError where none
    can be started. `adopts`: this process adopts orphans, and has no other children.
    """
    began = time.monotonic()
    cookie = secrets.token_hex(16)
    with TemporaryDirectory(prefix=_folders(os.getpid()), ignore_cleanup_errors=True) as folder:
        child = start({**task, "cookie": cookie, "folder": folder, "limits": asdict(limits)})
        end = _Watch(child, cookie, limits, Family(child.pid, cookie, adopts)).end(is_cancelled)
    end.seconds = time.monotonic() - began
    return end


def sweep(watcher: int) -> None:
    """Remove the folder of temporary files of a watcher that was killed."""
    for folder in Path(gettempdir()).glob(f"{_folders(watcher)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _folders(watcher: int) -> str:
    return f"kam-job-{watcher}-"


class _Watch:
    """One child that is watched."""

    def __init__(self, child: Child, cookie: str, limits: Limits, family: Family) -> None:
        self._child, self._limits, self._family = child, limits, family
        self._told, self._output = Told(cookie), b""
        self._has_result = threading.Event()
        self._peak = 0.0
        self._next_look_around = time.monotonic() + _LOOK_AROUND
        self._readers = [
            threading.Thread(target=_read, args=(file, take), daemon=True)
            for file, take in ((child.result, self._take_result), (child.output, self._take_output))
        ]

    def end(self, is_cancelled: IsCancelled) -> End:
        for reader in self._readers:
            reader.start()
        why = self._until_over(is_cancelled)
        if not why:
            self._wait(_PATIENCE)
        self._child.kill()
        self._wait(_PATIENCE)
        left = self._family.end()
        for reader in self._readers:
            reader.join(_PATIENCE)
        return End(
            why,
            self._child.poll(),
            self._told.messages,
            self._told.is_garbled,
            printed(self._output.decode("utf-8", "replace")),
            megabytes=max(self._peak, self._child.peak()),
            left=left,
        )

    def _until_over(self, is_cancelled: IsCancelled) -> Why:
        """Wait until the child has told its result or ended; why it has to be ended otherwise."""
        deadline = time.monotonic() + self._limits.seconds
        while not self._has_result.wait(_LOOK) and self._child.poll() is None:
            if is_cancelled():
                return "cancelled"
            if time.monotonic() > deadline:
                return "time"
            if self._look() > self._limits.megabytes:
                return "memory"
        return ""

    def _look(self) -> float:
        """The memory in MB now, of all processes where it is time to look at them."""
        began = time.monotonic()
        if began < self._next_look_around:
            found = _megabytes(self._child.pid)
            if found <= self._limits.megabytes:
                self._peak = max(self._peak, found)
                return found
        found = self._family.megabytes(self._limits.megabytes)
        now = time.monotonic()
        self._next_look_around = now + max(_LOOK_AROUND, _SHARE * (now - began))
        self._peak = max(self._peak, found)
        return found

    def _wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)

    def _take_result(self, data: bytes) -> None:
        self._told.take(data)
        if "end" in self._told.messages:
            self._has_result.set()

    def _take_output(self, data: bytes) -> None:
        self._output = (self._output + data)[-16 * OUTPUT :]


def printed(text: str) -> str:
    """What is kept of an output: its end, or where Python tells of a crash that from its begin."""
    crash = text.rfind(_CRASH)
    if crash < 0:
        return text[-OUTPUT:]
    return text[crash:].partition(_MODULES)[0][:OUTPUT]


def _read(file: int, take: Callable[[bytes], None]) -> None:
    """Read to the end of a file, so that nobody who writes to it has to wait."""
    try:
        while data := os.read(file, _PIECE):
            take(data)
    finally:
        os.close(file)


def _megabytes(process: int) -> float:
    try:
        return float(psutil.Process(process).memory_info().rss) / _MB
    except psutil.Error:
        return 0.0
