"""How a task gets its process: forked by a nursery, or afresh where a fork cannot be used."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from kam_excel.batch.jobs import Limits
from kam_excel.batch.processes import COOKIE
from kam_excel.batch.watch import End, IsCancelled, keep

_LOOK = 0.1  # seconds between looks whether a job is cancelled
_PATIENCE = 30.0  # seconds that a keeper may take beyond the limit
# The nursery calls nothing, but OpenBLAS starts a thread for each core when it is imported.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
# On macOS a process that was forked must not use Apple's own libraries, which numpy computes with.
_CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"
if sys.platform == "win32":  # Ctrl+C is for the client alone; elsewhere a session sees to that
    _APART = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _APART = 0


def end_of(task: Mapping[str, Any], limits: Limits, is_cancelled: IsCancelled) -> End:
    """Do a task in a process of its own; how that ended. Raises OSError where there is none."""
    if _CAN_FORK:
        return _SHARED.end_of(task, limits, is_cancelled)
    return keep(start_afresh, task, limits, is_cancelled)


@contextmanager
def nursery_at_hand() -> Iterator[None]:
    """Have the nursery ended at the end, unless it was there before."""
    was_there = _SHARED.is_running
    try:
        yield
    finally:
        if not was_there:
            close()


def close() -> None:
    """End the nursery if nobody uses it; the next task starts another."""
    _SHARED.close()


class Nursery:
    """The client of a nursery, which is started when it is needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._users = 0

    def end_of(self, task: Mapping[str, Any], limits: Limits, is_cancelled: IsCancelled) -> End:
        """Have a task done; how its process ended."""
        here = {"environment": dict(os.environ), "cwd": _folder(), "limits": asdict(limits)}
        with self._lock:
            self._users += 1
        try:
            with self._keeper() as keeper:
                keeper.sendall(json.dumps({**task, **here}).encode() + b"\n")
                return _answer(keeper, limits, is_cancelled)
        finally:
            with self._lock:
                self._users -= 1

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End it if nobody uses it."""
        with self._lock:
            if not self._users:
                self._end()

    def _keeper(self) -> socket.socket:
        """A socket to a keeper that the nursery forks; one that has died is started again."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._running(), [b"j"], [theirs.fileno()])
            except (BrokenPipeError, ConnectionResetError):
                self._end()
                socket.send_fds(self._running(), [b"j"], [theirs.fileno()])
        return ours

    def _running(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "kam_excel.batch.nursery"],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    env={**os.environ, **_ONE_THREAD, COOKIE: "nursery"},
                    start_new_session=True,
                )
        return self._control

    def _end(self) -> None:
        if self._control is not None and self._process is not None:
            self._control.close()
            self._process.wait()
        self._control = self._process = None


def _folder() -> str:
    """The working folder, "" where it has been removed."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        return ""


_SHARED = Nursery()


@atexit.register
def _close_at_exit() -> None:
    with suppress(KeyboardInterrupt):  # of a user without patience; it ends by itself
        _SHARED.close()


def _answer(keeper: socket.socket, limits: Limits, is_cancelled: IsCancelled) -> End:
    """Wait for the end that a keeper tells: its id, then the end, each on a line."""
    deadline = time.monotonic() + limits.seconds + _PATIENCE
    said, is_told = b"", False
    while said.count(b"\n") < 2:
        if select.select([keeper], [], [], _LOOK)[0]:
            data = keeper.recv(2**16)
            if not data:
                return End("unwatched", reason="ended")
            said += data
        elif is_cancelled() and not is_told:
            keeper.shutdown(socket.SHUT_WR)
            is_told = True
        elif time.monotonic() > deadline:
            _kill(said)
            return End("unwatched", reason="stopped")
    return End(**json.loads(said.split(b"\n")[1]))


def _kill(said: bytes) -> None:
    """Kill a keeper that does not keep; the nursery ends what it leaves behind."""
    with suppress(ValueError, ProcessLookupError):
        os.kill(int(said.split(b"\n")[0]), signal.SIGKILL)


@dataclass(slots=True)
class _Afresh:
    """A child that was started as a program."""

    process: subprocess.Popen[bytes]
    pid: int
    result: int
    output: int

    def poll(self) -> int | None:
        return self.process.poll()

    def kill(self) -> None:
        if self.process.stdin is not None:
            with suppress(OSError):  # of what it did not read
                self.process.stdin.close()
        if self.process.poll() is None:
            if sys.platform != "win32":
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pid, signal.SIGKILL)
            self.process.kill()

    def peak(self) -> float:
        return 0.0  # nobody tells, once it has ended


def start_afresh(task: Mapping[str, Any]) -> _Afresh:
    """Start a child as a program of its own: it imports everything once more."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "kam_excel.batch.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, COOKIE: task["cookie"]},
        creationflags=_APART,
        start_new_session=sys.platform != "win32",
    )
    request, result, output = process.stdin, process.stdout, process.stderr
    assert request is not None
    assert result is not None
    assert output is not None
    with result, output:
        child = _Afresh(process, process.pid, os.dup(result.fileno()), os.dup(output.fileno()))
        with suppress(OSError):  # it ended at once, which is seen by whoever watches
            request.write(json.dumps(task).encode() + b"\n")
            request.flush()
    return child
