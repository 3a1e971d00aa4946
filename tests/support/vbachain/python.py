"""A recorded command, run as xlwings runs it: by a Python of its own, with `-c`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SECONDS = 120
# The workbook that is open in Excel, had it been Excel; then the command as it stands.
_OPENED = """\
import sys
import xlwings as xw
from kam_excel import headless
headless.register()
app = xw.engines["headless"].apps.add(visible=False, add_book=False)
book = app.books.open(sys.argv[1])
book.set_mock_caller()
before = (app.screen_updating, app.enable_events, app.calculation, app.status_bar)
exec(sys.argv[2])
assert before == (app.screen_updating, app.enable_events, app.calculation, app.status_bar)
book.save()
"""


def run_command(command: str, book: Path, home: Path, programs: Path | None = None) -> str:
    """Run `command` on `book`, save, and give what was told the user; raises where it fails.

    `home` is for settings and logs; `programs` a folder that comes first in PATH.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-B", "-c", _OPENED, str(book), command],
        env={**os.environ, **folders(home), **_path(programs)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def folders(home: Path) -> Mapping[str, str]:
    """Variables that keep this machine's settings and logs out."""
    return {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "state", "cache")}


def _path(programs: Path | None) -> Mapping[str, str]:
    return {"PATH": os.pathsep.join((str(programs), os.environ["PATH"]))} if programs else {}
