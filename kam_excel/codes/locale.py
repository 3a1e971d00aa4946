"""The language of whoever sits at this machine."""

from __future__ import annotations

import os

from kam_excel.codes.registry import Language


def language_of_locale() -> Language:
    """The language of the user's locale: zh, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "zh" if (locale or "").lower().startswith("zh") else "en"
