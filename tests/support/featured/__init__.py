"""Workbooks for tests, each with a feature that an edit must not lose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from featured import drawn, foreign

FEATURES: dict[str, Callable[[Path], None]] = {
    make.__name__: make for module in (drawn, foreign) for make in module.MAKERS
}


def make(feature: str, folder: Path) -> Path:
    """A workbook with the feature, in `folder`; .xlsm where it has macros."""
    path = folder / f"{feature}.{'xlsm' if feature == 'macros' else 'xlsx'}"
    FEATURES[feature](path)
    return path
