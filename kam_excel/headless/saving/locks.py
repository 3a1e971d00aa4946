"""Who works on a workbook: locks among our own runs, and the owner files of Excel and others."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_OFFICE_LENGTH, _OFFICE_NAME, _OFFICE_LONGEST = 55, 57, 52
_LOCKED_BYTE = 1 << 20  # behind the text that says who holds the lock


class LockedError(Exception):
    """Another run holds the lock; `holder` says which."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def exclusive(target: Path) -> Iterator[None]:
    """Be the only run that saves `target`; raises LockedError where another one does.

    The operating system gives the lock back when its holder dies.
    """
    path = _lock_of(target)
    file = _acquired(path)
    try:
        file.write(f"{os.getpid()}@{platform.node()}".encode())
        file.flush()
        yield
    finally:
        _release(file, path)


def sweep(target: Path) -> None:
    """Remove the lock that a killed run left behind; one that is held stays."""
    with suppress(LockedError):
        if _lock_of(target).exists():
            with exclusive(target):
                pass


def opened_by(target: Path) -> str | None:
    """Who has `target` open in Excel, WPS or LibreOffice; "" where the name cannot be read."""
    for name, read in ((f"~${target.name}", _office_user), (f".~lock.{target.name}#", _libre_user)):
        owner_file = target.with_name(name)
        if _is_there(owner_file):
            try:
                return read(owner_file.read_bytes())
            except OSError:  # Excel keeps it to itself on some shares
                return ""
    return None


def _is_there(owner_file: Path) -> bool:
    try:
        return owner_file.exists()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # longer than the name of any file
            return False
        raise


def _lock_of(target: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    return target.with_name(f".~kam-{digest}.lock")


def _acquired(path: Path) -> IO[bytes]:
    while True:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            holder = file.read(200).decode(errors="replace")
            file.close()
            raise LockedError(holder) from None
        except OSError:
            file.close()
            raise
        if _is_at(path, file):
            file.truncate(0)
            return file
        file.close()  # its last holder took the file away in the meantime


def _is_at(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(0)

    def _release(file: IO[bytes], path: Path) -> None:
        file.close()
        with suppress(PermissionError):  # the next run has it open already
            path.unlink()

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: IO[bytes], path: Path) -> None:
        path.unlink(missing_ok=True)
        file.close()


def _office_user(data: bytes) -> str:
    length = int.from_bytes(data[_OFFICE_LENGTH:_OFFICE_NAME], "little")
    if not 0 < length <= _OFFICE_LONGEST:
        return ""
    return data[_OFFICE_NAME : _OFFICE_NAME + 2 * length].decode("utf-16-le", "replace").strip()


def _libre_user(data: bytes) -> str:
    fields = [*data.decode("utf-8", "replace").split(","), "", "", ""]
    user, host = fields[0].strip() or fields[1].strip(), fields[2].strip()
    return f"{user}@{host}" if user and host else user
