"""The gate before a file is opened."""

from __future__ import annotations

from pathlib import Path

from kam_excel.errors import Place, WorkbookError, problem


def check(path: Path) -> None:
    """Raise WorkbookError where the file is not a workbook that can be read."""
    if not path.exists():
        raise WorkbookError(problem("FILE_NOT_FOUND", Place(file=path.name)))
