"""The one place that writes a workbook to disk: the old file or the new one, never less.

A temporary file beside the target is written, read again, verified and synced; then, if the
original still is the file that was read, it is renamed into its place.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kam_excel.errors import Place, WorkbookError, problem, reason_of
from kam_excel.headless.package.parts import Change, Origin, Package
from kam_excel.headless.package.preflight import OWNER_FILES
from kam_excel.headless.saving import locks, temporaries
from kam_excel.headless.saving.disk import Disk
from kam_excel.headless.saving.verify import NotVerifiedError, check_xml, verify

_PRIVATE, _BY_UMASK = 0o600, 0o666
_SHARING_VIOLATION = 32  # of Windows


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What a save did. `unchanged`: there was nothing to write and nothing was touched."""

    path: Path
    bytes_written: int
    parts_changed: dict[str, Change]
    unchanged: bool = False


def save(
    package: Package, path: Path, disk: Disk | None = None, root: Path | None = None
) -> SaveReport:
    """Save `package` as `path`, from which it counts as read from then on.

    A link is followed once, and out of the folder `root` never. Raises WorkbookError where that
    can't or must not be; the file at `path` is then as it was.
    """
    try:
        target = _followed(Path(os.path.abspath(path)), root)
        in_place = package.origin is not None and _is_same(package.origin.path, target)
        changes = package.changes()
        if in_place and not changes:
            return SaveReport(target, 0, {}, unchanged=True)
        check_target(package, target)
        with locks.exclusive(target):
            written = _write(package, target, in_place, disk or Disk())
    except locks.LockedError as error:
        raise _refusal("SAVE_BUSY", path, holder=error.holder) from error
    except NotVerifiedError as error:
        raise _refusal("SAVE_NOT_VERIFIED", path, reason=str(error)) from error
    except OSError as error:
        raise failure(error, path) from error
    return SaveReport(target, written, changes)


def _write(package: Package, target: Path, in_place: bool, disk: Disk) -> int:
    exists = target.exists()
    with _temporary(target.parent) as temporary:
        with disk.create(temporary, _PRIVATE if exists else _BY_UMASK) as file:
            # zlib lets another thread run: the XML is checked while it is deflated.
            with ThreadPoolExecutor(max_workers=1) as side:
                checked = side.submit(check_xml, package)
                package.save_to(file)
                checked.result()
            file.flush()
            raw = temporary.read_bytes()
            verify(raw, package)
            if exists:
                disk.copy_status(target, temporary)
            disk.sync(file)
        if in_place:
            _check_original(package, target)
        disk.replace(temporary, target)
    package.saved_as(raw, Origin.of(target, target.stat()))
    disk.sync_folder(target.parent)
    return len(raw)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    temporaries.sweep(folder)
    path = temporaries.new(folder)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _followed(path: Path, root: Path | None) -> Path:
    """`path`, or what it links to; folders on the way may be links as well."""
    target = path
    if path.is_symlink():
        target = Path(os.path.abspath(path.parent / os.readlink(path)))
        if target.is_symlink():
            raise _refusal("SAVE_LINK_CHAIN", path)
    if root is not None and root.resolve() not in target.resolve().parents:
        raise _refusal("SAVE_LINK_OUTSIDE", path, target=target.resolve())
    return target


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return os.path.samefile(one, other)
    return os.path.realpath(one) == os.path.realpath(other)


def check_target(package: Package, target: Path) -> None:
    """Raise WorkbookError where a save must not write to `target` as it is now."""
    if target.name.startswith(OWNER_FILES):
        raise _refusal("SAVE_OWNER_FILE", target)
    if package.is_signed and package.is_changed:
        raise _refusal("SAVE_SIGNED", target)
    holder = locks.opened_by(target)
    if holder is not None:
        raise _refusal("SAVE_OPEN_ELSEWHERE", target, holder=holder or "?")
    if target.exists():
        if target.stat().st_nlink > 1:
            raise _refusal("SAVE_HARD_LINK", target)
        if not os.access(target, os.W_OK):
            raise _refusal("SAVE_READ_ONLY", target)


def _check_original(package: Package, target: Path) -> None:
    try:
        with target.open("rb") as file:
            same = package.was_read_from(file)
    except FileNotFoundError:
        raise _refusal("SAVE_ORIGINAL_GONE", target) from None
    if not same:
        raise _refusal("SAVE_ORIGINAL_CHANGED", target)


def _refusal(code: str, path: Path, **facts: Any) -> WorkbookError:
    return WorkbookError(problem(code, Place(file=path.name), **facts))


def failure(error: OSError, path: Path) -> WorkbookError:
    """What the refusal of the system to write beside or at `path` means."""
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return _refusal("SAVE_OPEN_ELSEWHERE", path, holder="?")
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return _refusal("SAVE_NO_SPACE", path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _refusal("SAVE_READ_ONLY", path)
    return _refusal("SAVE_FAILED", path, reason=reason_of(error))
