"""The language of whoever sits at this machine."""

from __future__ import annotations

import os
import sys

from kam_excel.codes.registry import Language

_CHINESE = 0x04  # primary language identifier of Windows
LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


def chosen(language: str | None) -> Language:
    """The language asked for; that of the user's locale for "auto", None or anything else."""
    return LANGUAGES.get(language or "auto") or language_of_locale()


def language_of_locale() -> Language:
    """The language of the user's locale, else that of Windows: zh, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if locale:
        return "zh" if locale.lower().startswith("zh") else "en"
    return "zh" if _windows_language() == _CHINESE else "en"


if sys.platform == "win32":
    import ctypes

    def _windows_language() -> int:
        """The primary language of the user's Windows: the lower ten bits of its id."""
        return int(ctypes.windll.kernel32.GetUserDefaultUILanguage()) & 0x3FF

else:

    def _windows_language() -> int:
        """None."""
        return 0
