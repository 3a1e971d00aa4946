"""What saving asks of a file system; where a platform lacks something, it is left out by name."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

_NOT_SUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


class Disk:
    """The file system. Tests put one that fails in its place."""

    def create(self, path: Path, mode: int) -> BinaryIO:
        """A new file to write and to read; raises FileExistsError where there is one."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return cast(BinaryIO, os.fdopen(os.open(path, flags, mode), "w+b"))

    def copy_status(self, source: Path, target: Path) -> None:
        """Give `target` the owner, mode and extended attributes of `source`.

        What the user may not set (another owner) stays as it is, as in any editor.
        """
        status = source.stat()
        if hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(target, status.st_uid, status.st_gid)
        os.chmod(target, stat.S_IMODE(status.st_mode))
        if hasattr(os, "listxattr"):
            with _where_supported():
                for name in os.listxattr(source):
                    with suppress(PermissionError), _where_supported():
                        os.setxattr(target, name, os.getxattr(source, name))

    def sync(self, file: BinaryIO) -> None:
        """Have the bytes of `file` on the medium."""
        file.flush()
        os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target`, all or nothing."""
        os.replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        """Have the names in `folder` on the medium, where folders can be opened (not Windows)."""
        if not hasattr(os, "O_DIRECTORY"):
            return
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with _where_supported():
                os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _where_supported() -> Iterator[None]:
    """Let pass that a file system doesn't know an operation."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise
