"""The temporary files of saves, and the removal of those that a killed run left behind."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import sys
from pathlib import Path

_NAME = re.compile(r"\.~kam-(\d+)-([0-9a-f]{6})[0-9a-f]{8}\.tmp")


def new(folder: Path) -> Path:
    """A name in `folder` that nobody has; it tells the process and the host."""
    return folder / f".~kam-{os.getpid()}-{_host()}{secrets.token_hex(4)}.tmp"


def sweep(folder: Path) -> list[Path]:
    """Remove the temporary files of this host's dead processes; returns what was removed."""
    removed = [path for path in stale(folder) if not path.is_dir()]
    for path in removed:
        path.unlink(missing_ok=True)
    return removed


def stale(folder: Path) -> list[Path]:
    """What has the name of a temporary file of a process of this host that is dead."""
    return [
        path
        for path in folder.iterdir()
        if (match := _NAME.fullmatch(path.name))
        and match[2] == _host()
        and not _is_alive(int(match[1]))
    ]


def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:6]


if sys.platform == "win32":
    import ctypes

    _SYNCHRONIZE, _STILL_RUNNING = 0x00100000, 0x102

    def _is_alive(process: int) -> bool:
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return False
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
        finally:
            kernel.CloseHandle(handle)

else:

    def _is_alive(process: int) -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return True
