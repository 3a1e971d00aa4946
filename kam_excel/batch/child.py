"""The process of one job: takes its limits, does its task, tells how that ended.

A task is plain data: `task` names what to do (a key of `TASKS`), the rest is for it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TextIO

from kam_excel.batch.messages import Teller, leave
from kam_excel.batch.processes import COOKIE
from kam_excel.batch.tasks import TASKS

_MB = 10**6
_SPARE_SECONDS = 60
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def main() -> None:
    """Do the task on standard input; standard output carries what is told.

    Standard input stays open as long as the watcher lives.
    """
    task = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_die_at_end_of, args=(os.dup(0),), daemon=True).start()
    result = os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    serve(task, result)


def _die_at_end_of(file: int) -> None:
    while os.read(file, 1):
        pass
    os._exit(1)


def serve(task: Mapping[str, Any], result: int) -> None:
    """Do a task in this process and end it, whatever happens.

    Threads and exit handlers of foreign code are not waited for.
    """
    teller = Teller(result, task["cookie"])
    try:
        _tell_end(teller, task)
        with suppress(AttributeError, OSError, ValueError):  # foreign code may have replaced it
            sys.stdout.flush()
    finally:
        leave(0)


def _settle_in(task: Mapping[str, Any]) -> None:
    """Take what is this job's own: limits, a folder for temporary files, a cookie."""
    limit(task["limits"]["seconds"], task["limits"]["megabytes"])
    os.environ[COOKIE] = task["cookie"]
    os.environ.update(dict.fromkeys(_TEMPORARY, task["folder"]))
    tempfile.tempdir = None
    sys.stdout, sys.stderr = _printer(1), _printer(2)
    faulthandler.enable(2)


def _printer(file: int) -> TextIO:
    """A stream for what is printed; the one of the nursery was of another file."""
    return open(
        file, "w", 1, encoding="utf-8", errors="backslashreplace", newline="\n", closefd=False
    )


def _tell_end(teller: Teller, task: Mapping[str, Any]) -> None:
    try:
        _settle_in(task)
        TASKS[task["task"]](task, teller)
        teller.tell("end")
    except MemoryError:
        teller.tell("end", how="memory")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
        teller.tell("end", how="exit", exit=code)
    except Exception as error:  # whatever is left is a bug of ours and says so
        traceback.print_exc()
        teller.tell("end", how="bug", error=_last_line(error))
    except BaseException as error:  # foreign code raises what it likes
        teller.tell("end", how="left", error=_last_line(error))


def _last_line(error: BaseException) -> str:
    return traceback.format_exception_only(error)[-1].strip()


if sys.platform == "win32":

    def limit(seconds: float, megabytes: int) -> None:
        """There are no limits of a process that it could set itself."""

else:
    import resource

    def limit(seconds: float, megabytes: int) -> None:
        """Limits of the kernel for when the watcher is late or gone, and no core dumps.

        Processor time: of all cores, and some. Memory: twice as much as is allowed, beyond what
        is there already.
        """
        processor = int(seconds * (os.cpu_count() or 1)) + _SPARE_SECONDS
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_CPU, processor)
        _lower(resource.RLIMIT_DATA, _data() + 2 * megabytes * _MB)

    def _lower(which: int, to: int) -> None:
        _, most = resource.getrlimit(which)
        if most == resource.RLIM_INFINITY or to < most:
            resource.setrlimit(which, (to, to))

    def _data() -> int:
        """Bytes of data that this process has, as RLIMIT_DATA counts them on Linux."""
        try:
            with open("/proc/self/statm", encoding="ascii") as file:
                return int(file.read().split()[5]) * resource.getpagesize()
        except FileNotFoundError:
            return 0


if __name__ == "__main__":
    main()
