"""The keeper of one job: forks its child, watches it, tells its end to the client."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kam_excel.batch.child import serve
from kam_excel.batch.jobs import Limits
from kam_excel.batch.processes import adopt_orphans, die_with_parent
from kam_excel.batch.watch import End, keep

_RESULT = 3  # the file of the child that its result is written to
_MOST_FILES = 2**16


def keep_for(client: socket.socket) -> None:
    """Keep one child for a client and end: tells the id of this process, then the end."""
    client.sendall(f"{os.getpid()}\n".encode())
    task: Mapping[str, Any] = json.loads(client.makefile("rb").readline())
    try:
        end = keep(
            _fork_child,
            task,
            Limits(**task["limits"]),
            lambda: bool(select.select([client], [], [], 0)[0]),
            adopts=adopt_orphans(),
        )
    except OSError as error:
        end = End("unwatched", reason=str(error))
    with suppress(OSError):  # the client is gone
        client.sendall(json.dumps(end.to_json()).encode() + b"\n")
    os._exit(0)


@dataclass(slots=True)
class _Forked:
    """A child that was forked."""

    pid: int
    result: int
    output: int
    code: int | None = None
    _peak: float = 0.0

    def poll(self) -> int | None:
        if self.code is None:
            ended, status, used = os.wait4(self.pid, os.WNOHANG)
            if ended:
                self.code = os.waitstatus_to_exitcode(status)
                self._peak = used.ru_maxrss * 1024 / 10**6
        return self.code

    def kill(self) -> None:
        for end, whom in ((os.killpg, self.pid), (os.kill, self.pid)):
            if self.code is None:
                with suppress(ProcessLookupError, PermissionError):
                    end(whom, signal.SIGKILL)

    def peak(self) -> float:
        return self._peak


def _fork_child(task: Mapping[str, Any]) -> _Forked:
    result, output = os.pipe(), os.pipe()
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            _become_child(task, keeper, result[1], output[1])
        finally:
            os._exit(1)
    os.close(result[1])
    os.close(output[1])
    return _Forked(child, result[0], output[0])


def _become_child(task: Mapping[str, Any], keeper: int, result: int, output: int) -> None:
    os.setsid()
    die_with_parent(keeper)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(task["environment"])
    with suppress(FileNotFoundError):  # it has been removed; the paths of a job are whole
        os.chdir(task["cwd"])
    for source, target in ((output, 1), (output, 2)):
        os.dup2(source, target)
    os.dup2(result, _RESULT, inheritable=False)
    os.closerange(_RESULT + 1, min(os.sysconf("SC_OPEN_MAX"), _MOST_FILES))
    serve(task, _RESULT)
