"""What a child tells its watcher: marked lines of JSON, told apart from whatever else is written.

Foreign code may write to any file that is open, or close it. The mark is not known before.
"""

from __future__ import annotations

import errno
import json
import os
from typing import Any

leave = os._exit
_encoded, _fstat, _getpid, _write = json.JSONEncoder().encode, os.fstat, os.getpid, os.write
_MOST = 16 * 2**20  # bytes of all messages of a job


class Teller:
    """The end in the child.

    What foreign code put into the place of functions of `os` and `json` is not called. Where it
    has forked, its fork comes here as well, which is then ended: there is one result.
    """

    def __init__(self, file: int, mark: str) -> None:
        self._file, self._mark = file, mark
        self._process, self._pipe = _getpid(), os.fstat(file)

    def tell(self, kind: str, **facts: Any) -> None:
        """Send a message; raises OSError where foreign code has closed the file."""
        if _getpid() != self._process:
            leave(1)
        if not os.path.samestat(_fstat(self._file), self._pipe):
            raise OSError(errno.EBADF, "another file has the number of that of the result")
        said = f"\n{self._mark}{_encoded([kind, facts])}\n".encode()
        while said:
            said = said[_write(self._file, said) :]


class Told:
    """The end of the watcher: messages by kind. `is_garbled`: there was something else."""

    def __init__(self, mark: str) -> None:
        self._mark = mark.encode()
        self._rest = b""
        self._taken = 0
        self.messages: dict[str, dict[str, Any]] = {}
        self.is_garbled = False

    def take(self, data: bytes) -> None:
        """Take bytes as they come; what is too much is not kept."""
        self._taken += len(data)
        if self._taken > _MOST:
            self.is_garbled, self._rest = True, b""
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in filter(None, lines):
            self._read(line)

    def _read(self, line: bytes) -> None:
        _, mark, said = line.rpartition(self._mark)
        try:
            kind, facts = json.loads(said) if mark else (None, {})
        except ValueError:
            kind = None
        if kind is None:
            self.is_garbled = True
        else:
            self.messages[kind] = facts
