"""The processes of a job: found, measured, ended.

Foreign code starts what it likes, and what it starts can leave the session, lose its parent and
clear its environment. On Linux the process that watches adopts such orphans (it is a "child
subreaper"), so that its descendants are exactly those of the job. Elsewhere they are found as
descendants of the child at any look, or by the cookie in the environment that they started with.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

import psutil

COOKIE = "KAM_EXCEL_JOB"
_MB = 10**6
_PARENT_DEATH_SIGNAL, _CHILD_SUBREAPER = 1, 36  # PR_SET_… of Linux' prctl
_PATIENCE, _PAUSE = 5.0, 0.02  # seconds


def adopt_orphans() -> bool:
    """Become the parent of descendants that lose theirs; False where there is no such thing."""
    return _prctl(_CHILD_SUBREAPER, 1)


def die_with_parent(parent: int) -> None:
    """Have this process, a child of `parent`, killed when that ends; only Linux can."""
    if _prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL) and os.getppid() != parent:
        os._exit(1)  # it had ended already


def _prctl(option: int, value: int) -> bool:
    return sys.platform == "linux" and not ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


class Family:
    """A child and whatever came of it.

    With `adopts` they are all descendants of this process, and no others are.
    """

    def __init__(self, child: int, cookie: str, adopts: bool) -> None:
        self._cookie, self._adopts = cookie, adopts
        # It knows when it began: another that gets its number later is not taken for it.
        self._above = psutil.Process() if adopts else psutil.Process(child)
        self._seen: set[psutil.Process] = set()

    def megabytes(self, enough: float) -> float:
        """Resident memory of all of them; exact about shared pages where it is above `enough`."""
        members = self._members()
        total = sum(_resident(each) for each in members) / _MB
        return total if total <= enough else sum(_own(each) for each in members) / _MB

    def end(self) -> list[int]:
        """Kill them all, those too that start meanwhile; the ids of any that do not die."""
        deadline = time.monotonic() + _PATIENCE
        while members := [*self._members(), *self._strayed()]:
            if time.monotonic() > deadline:
                return [each.pid for each in members]
            _kill(members)
            time.sleep(_PAUSE)
            self._reap()
        return []

    def _members(self) -> set[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            if not self._adopts:
                self._seen.add(self._above)
            self._seen |= {*self._above.children(recursive=True)}
        self._seen = {each for each in self._seen if _is_alive(each)}
        return self._seen

    def _strayed(self) -> list[psutil.Process]:
        """Those that only their cookie tells; where orphans are adopted there are none."""
        if self._adopts:
            return []
        return [each for each in psutil.process_iter() if _cookie_of(each) == self._cookie]

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while self._adopts and os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _kill(processes: Iterable[psutil.Process]) -> None:
    for each in processes:
        with suppress(psutil.Error):
            each.kill()


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _own(process: psutil.Process) -> int:
    """What a process takes for itself, its share of shared pages included where that is known."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return _resident(process)
    return int(getattr(memory, "pss", memory.uss))


def _cookie_of(process: psutil.Process) -> str:
    try:
        return str(process.environ().get(COOKIE, "")) if _is_alive(process) else ""
    except (psutil.Error, OSError):
        return ""
