"""A process that has imported everything and forks: a child is there in milliseconds.

It is no server of `multiprocessing`: that one imports the main module of its client, hands what it
has open down to grandchildren, and is not over before they are. Here each job is a socket. The
nursery forks a keeper for it, which takes the task from the socket, forks the child, watches it
(`keeper`) and answers with its end. A socket that is closed, by a client that was killed
too, cancels the job.

After a fork from threads or from libraries that hold locks anything may hang: the nursery has no
threads, and calls nothing of what it imports. It and all that it forks are of another session than
the terminal, whose Ctrl+C is for the client.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import time
from contextlib import suppress

import psutil

from kam_excel import domain
from kam_excel.batch.keeper import keep_for
from kam_excel.batch.processes import adopt_orphans
from kam_excel.batch.watch import sweep

_CONTROL = 0  # standard input is the socket to the client
_NAP, _PATIENCE = 0.2, 30.0  # seconds


def main() -> None:
    """Fork a keeper for each socket that comes, until the client is gone; then wait for them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    _import_everything()
    gc.collect()
    gc.freeze()  # or the collector would write to pages that are shared
    control = socket.socket(fileno=os.dup(_CONTROL))
    keepers: set[int] = set()
    while True:
        if select.select([control], [], [], _NAP)[0]:
            word, (*files,), *_ = socket.recv_fds(control, 1, 1)
            if not word:
                break
            keepers.add(_fork_keeper(files[0], control))
        _reap(keepers)
    deadline = time.monotonic() + _PATIENCE
    while keepers and time.monotonic() < deadline:
        time.sleep(_NAP)
        _reap(keepers)


def _import_everything() -> None:
    """Import what a run imports late: the engine without Excel, and what strategies compute with.

    Plugins, ours too, are left to the children.
    """
    importlib.import_module("kam_excel.headless.api.apps")
    for module in pkgutil.iter_modules(domain.__path__, f"{domain.__name__}."):
        importlib.import_module(module.name)


def _fork_keeper(file: int, control: socket.socket) -> int:
    keeper = os.fork()
    if keeper == 0:
        try:
            control.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), _CONTROL)
            keep_for(socket.socket(fileno=file))
        finally:
            os._exit(1)
    os.close(file)
    return keeper


def _reap(keepers: set[int]) -> None:
    """Take note of keepers that ended; what one that was killed left behind is ended,
    and removed.
    """
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            is_adopted = ended[0] not in keepers
            keepers.discard(ended[0])
            if is_adopted or ended[1]:
                _end_strays(keepers)
            if ended[1]:
                sweep(ended[0])


def _end_strays(keepers: set[int]) -> None:
    """Kill those children, adopted as orphans, that are no keepers."""
    for child in psutil.Process().children():
        if child.pid not in keepers:
            with suppress(psutil.Error):
                child.kill()


if __name__ == "__main__":
    main()
