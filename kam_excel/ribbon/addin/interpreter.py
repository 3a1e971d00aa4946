"""Which Python the add-in runs, as xlwings' settings say it.

xlwings puts these texts into a line for a shell, unquoted in part: what a shell would not take
as it is, is refused here.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import PurePosixPath, PureWindowsPath

from kam_excel.errors import ConfigError, problem

_WINDOWS = re.compile(r"(?:[A-Za-z]:\\|\\\\)[^\"%^;|<>\r\n]+")
_POSIX = re.compile(r"/[^\"$`\\;|\r\n]+")
_NAME = re.compile(r"[\w.\- ]+")


def settings_for(interpreter: str | None) -> dict[str, str]:
    """The settings with which xlwings runs `interpreter`, by default the one that runs now.

    Nothing is left open: a setting that is missing here is looked up elsewhere, and a name without
    a path is whatever the shell finds. Raises ConfigError where the path cannot be used.
    """
    path = sys.executable if interpreter is None else interpreter
    folder = _folder(path)
    conda_path, conda_env = ("", "") if interpreter is not None else _conda()
    return {
        "INTERPRETER_WIN": path,
        "INTERPRETER_MAC": path,
        "INTERPRETER": path,
        # Not empty: that would be the current folder, and come first.
        "PYTHONPATH": folder,
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "CONDA PATH": conda_path,
        "CONDA ENV": conda_env,
        "USE UDF SERVER": "False",
        "SHOW CONSOLE": "False",
    }


def _folder(path: str) -> str:
    """The folder of a full path, of Windows or of macOS."""
    if _WINDOWS.fullmatch(path):
        return str(PureWindowsPath(path).parent)
    if _POSIX.fullmatch(path):
        return str(PurePosixPath(path).parent)
    raise ConfigError(problem("ADDIN_INTERPRETER", path=path))


def _conda() -> tuple[str, str]:
    """Folder of conda and name of the environment that is active, on Windows only, as xlwings does.

    Without activation Windows does not find the libraries of such an environment.
    """
    program, name = os.environ.get("CONDA_EXE", ""), os.environ.get("CONDA_DEFAULT_ENV", "")
    if not _WINDOWS.fullmatch(program) or not _NAME.fullmatch(name):
        return "", ""
    return str(PureWindowsPath(program).parent.parent), name
