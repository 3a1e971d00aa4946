"""Where config.yaml is looked for.

Never beside the workbook and never in the working directory: its `plugins.folders` run code, and
whoever can put a file next to a workbook must not be able to do that.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from kam_excel.errors import ConfigError, Place, problem

FILE_NAME = "config.yaml"
VARIABLE = "KAM_EXCEL_CONFIG"


def user_config() -> Path:
    """The place of config.yaml in the user's own configuration folder."""
    return platformdirs.user_config_path("kam_excel", appauthor=False) / FILE_NAME


def find_config(option: Path | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """`option` (--config), else $KAM_EXCEL_CONFIG, else the user's file if there is one, else None.

    ConfigError where a file that was named is not there.
    """
    if option is not None:
        return _existing(option, "--config")
    if named := environment.get(VARIABLE):
        return _existing(Path(named), f"${VARIABLE}")
    own = user_config()
    return own if own.is_file() else None


def _existing(path: Path, source: str) -> Path:
    if not path.is_file():
        raise ConfigError(problem("CONFIG_NOT_FOUND", Place(str(path)), source=source))
    return path
